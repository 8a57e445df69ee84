"""What another process publishes is answered with here too, some seconds later."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.mailroom import AsyncMailroom
from knowledge import KnowledgeBase

_log = logging.getLogger(__name__)
EVERY = 2.0  # seconds; a look takes less than a millisecond


@asynccontextmanager
async def keeping_up(
    mailroom: AsyncMailroom, knowledge: KnowledgeBase, *, every: float = EVERY
) -> AsyncIterator[None]:
    """Look for a newer edition meanwhile; a failure is logged and tried again."""
    task = asyncio.create_task(_keep_up(mailroom, knowledge, every))
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


async def _keep_up(mailroom: AsyncMailroom, knowledge: KnowledgeBase, every: float) -> None:
    while True:
        await asyncio.sleep(every)
        try:
            await _take_in(mailroom, knowledge)
        except Exception as exc:  # noqa: BLE001 - a locked database now must not end this for ever
            _log.error("读取新发布的知识不成功，稍后再试：%s", type(exc).__name__, exc_info=exc)


async def _take_in(mailroom: AsyncMailroom, knowledge: KnowledgeBase) -> None:
    """Index the newer edition beside the worker, which goes on answering with the old one."""
    edition = await mailroom.run(knowledge.newer)
    if edition is None:
        return
    matcher = await asyncio.to_thread(edition.indexed)
    await mailroom.run(knowledge.adopt, edition, matcher)
    _log.info("知识已更新：%d 条", len(edition.entries))

"""Erasing, while the program serves, what is not to be kept any longer."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.mailroom import AsyncMailroom

_log = logging.getLogger(__name__)
EVERY = 3600.0  # seconds


@asynccontextmanager
async def keeping_tidy(mailroom: AsyncMailroom, *, every: float = EVERY) -> AsyncIterator[None]:
    """Tidy up now and every hour meanwhile; a failure is logged and tried again."""
    task = asyncio.create_task(_tidy_for_ever(mailroom, every))
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


async def _tidy_for_ever(mailroom: AsyncMailroom, every: float) -> None:
    while True:
        try:
            await mailroom.run(mailroom.sync.tidy)
        except Exception as exc:  # noqa: BLE001 - a full disk now must not end this for ever
            _log.error("清理过期内容不成功，下次再试：%s", type(exc).__name__)
        await asyncio.sleep(every)

"""Updates in: stored first, then handed to python-telegram-bot to be answered.

PTB by itself acknowledges an update once it is in memory, and a killed process would lose it;
hence both ways of receiving (`polling`, `webhook`) end here and go on only when `take` is back.
"""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from telegram import Update
from telegram.error import TelegramError
from telegram.ext import Application, TypeHandler

from bot.mailroom import AsyncMailroom
from bot.telegram.reading import read
from handlers.messages import Incoming

_log = logging.getLogger(__name__)
App: TypeAlias = "Application[Any, Any, Any, Any, Any, Any]"


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """An update that is on the disk."""

    incoming: Incoming


class Receiver:
    """Takes updates in."""

    def __init__(self, app: App, mailroom: AsyncMailroom) -> None:
        self._app = app
        self._mailroom = mailroom
        app.add_handler(TypeHandler(Arrival, self._answer))
        app.add_error_handler(_log_error)

    async def take(self, updates: Sequence[Update]) -> None:
        """Store what is for us, in one transaction; may be acknowledged as soon as this is back.

        Raises what the disk raised; then Telegram has to deliver them again.
        """
        now = self._mailroom.sync.clock()
        read_ones = [(update, read(update, self._app.bot.bot, now)) for update in updates]
        ours = [(update, incoming) for update, incoming in read_ones if incoming]
        fresh = await asyncio.gather(*(self._mailroom.accept(incoming) for _, incoming in ours))
        for (update, incoming), new in zip(ours, fresh, strict=True):
            if update.callback_query:
                self._app.create_task(self._stop_spinning(update.callback_query.id))
            if new:
                await self._app.update_queue.put(Arrival(incoming=incoming))

    async def _answer(self, arrival: Arrival, _: object) -> None:
        await self._mailroom.process(arrival.incoming.channel, arrival.incoming.update_id)

    async def _stop_spinning(self, query_id: str) -> None:
        """Every press is acknowledged, also on a button that means nothing any more."""
        try:
            await self._app.bot.answer_callback_query(query_id)
        except TelegramError as exc:  # too old, pressed while we were down: nobody waits any more
            _log.debug("button press not acknowledged: %s", type(exc).__name__)


async def _log_error(_: object, context: Any) -> None:
    """An update that is on the disk and could not be handled; it is taken up at the next start."""
    _log.error("Telegram 消息处理出错：%s", type(context.error).__name__, exc_info=context.error)

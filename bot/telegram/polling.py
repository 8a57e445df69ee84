"""Receiving by asking: getUpdates, whose offset acknowledges what came before."""

from typing import Any

from telegram.ext import ExtBot

from bot.telegram.limits import POLL_SECONDS, UPDATE_KINDS, Pace
from bot.telegram.persistence import persist
from bot.telegram.reading import parse
from bot.telegram.receiving import Receiver


class Poller:
    """Asks for updates for as long as it is let."""

    def __init__(self, bot: ExtBot[None], receiver: Receiver, pace: Pace) -> None:
        self._bot = bot
        self._receiver = receiver
        self._pace = pace
        self._offset = 0

    async def run(self) -> None:
        """Until cancelled; what was not acknowledged by then comes again."""
        await persist(self._bot.delete_webhook, self._pace)
        while True:
            await persist(self._poll, self._pace)

    async def _poll(self) -> None:
        """One batch. The offset moves when the batch is on the disk, and is sent with the next."""
        batch = await self._ask()
        updates = [parse(raw, self._bot) for raw in batch]
        await self._receiver.take([update for update in updates if update])
        if batch:
            self._offset = max(raw["update_id"] for raw in batch) + 1

    async def _ask(self) -> list[dict[str, Any]]:
        """The updates as Telegram sends them: `get_updates` gives all of a batch or, where one
        of them cannot be read, none."""
        asked = {
            "offset": self._offset,
            "timeout": POLL_SECONDS,
            "allowed_updates": UPDATE_KINDS,
        }
        wait = POLL_SECONDS + self._pace.answer
        batch: list[dict[str, Any]] = await self._bot.do_api_request(
            "getUpdates", api_kwargs=asked, read_timeout=wait
        )
        return batch

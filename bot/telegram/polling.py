"""Receiving by asking: getUpdates, whose offset acknowledges what came before."""

from telegram.ext import ExtBot

from bot.telegram.limits import POLL_SECONDS, UPDATE_KINDS, Pace
from bot.telegram.persistence import persist
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
        updates = await self._bot.get_updates(
            offset=self._offset, timeout=POLL_SECONDS, allowed_updates=UPDATE_KINDS
        )
        await self._receiver.take(updates)
        if updates:
            self._offset = max(update.update_id for update in updates) + 1

"""Order and speed: a chat's updates one after the other, its messages not too fast.

python-telegram-bot does the rest: 30 messages a second overall, 20 a minute to a group.
"""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import nullcontext
from typing import Any

from telegram.ext import AIORateLimiter, BaseUpdateProcessor

from bot.telegram.limits import HANDLED_AT_ONCE, Pace
from bot.telegram.receiving import Arrival

_MANY = 512  # chats remembered before idle ones are forgotten


class PerChat(BaseUpdateProcessor):
    """Different chats at once, one chat in order; `concurrent_updates(n)` alone reorders a chat."""

    def __init__(self) -> None:
        super().__init__(HANDLED_AT_ONCE)
        self._locks: dict[str, asyncio.Lock] = {}
        self._wanted: dict[str, int] = {}

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Wait for the chat's turn; locks are fair, so turns are in order of arrival."""
        chat = update.incoming.chat if isinstance(update, Arrival) else ""
        lock = self._locks.setdefault(chat, asyncio.Lock())
        self._wanted[chat] = self._wanted.get(chat, 0) + 1
        try:
            async with lock:
                await coroutine
        finally:
            self._wanted[chat] -= 1
            if not self._wanted[chat]:
                del self._wanted[chat], self._locks[chat]

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to release."""


class PacedLimiter(AIORateLimiter):
    """PTB's limiter, and one message a second to each chat, which it does not know."""

    def __init__(self, pace: Pace) -> None:
        # No retries in here: while it waits, PTB stops every chat; the outbox retries one.
        super().__init__(
            overall_max_rate=pace.per_second, group_max_rate=pace.group_per_minute, max_retries=0
        )
        self._per_chat = pace.per_chat
        self._chats: dict[int, _Turn] = {}

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, Any]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: int | None,
    ) -> Any:
        """Wait until the chat may get another message, then until Telegram may."""
        async with self._turn_of(data.get("chat_id")):
            return await super().process_request(
                callback, args, kwargs, endpoint, data, rate_limit_args
            )

    def _turn_of(self, chat: int | None) -> "_Turn | nullcontext[None]":
        if chat is None or not self._per_chat:
            return nullcontext()
        if len(self._chats) > _MANY:
            self._chats = {key: turn for key, turn in self._chats.items() if not turn.idle}
        return self._chats.setdefault(chat, _Turn(self._per_chat))


class _Turn:
    """One call at a time, a pause after each; counted from the end, for calls take their time."""

    def __init__(self, pause: float) -> None:
        self._pause = pause
        self._lock = asyncio.Lock()
        self._free_at = 0.0

    @property
    def idle(self) -> bool:
        """Whether nothing is lost by forgetting it."""
        return not self._lock.locked() and self._free_at <= asyncio.get_running_loop().time()

    async def __aenter__(self) -> None:
        await self._lock.acquire()
        try:
            await asyncio.sleep(self._free_at - asyncio.get_running_loop().time())
        except asyncio.CancelledError:
            self._lock.release()
            raise

    async def __aexit__(self, *_: object) -> None:
        self._free_at = asyncio.get_running_loop().time() + self._pause
        self._lock.release()

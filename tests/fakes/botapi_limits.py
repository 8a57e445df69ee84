"""Telegram's rate limits on sending, off unless a test switches them on."""

import math
from collections import defaultdict, deque
from collections.abc import Callable, Iterator

from .botapi_rules import too_many_requests
from .botapi_world import Chat

PER_CHAT, OVERALL, PER_GROUP = (1, 1.0), (30, 1.0), (20, 60.0)  # messages in seconds


class RateLimit:
    """Counts messages over sliding windows; the real limits bend a little, these do not."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self.enabled = False
        self._clock = clock
        self._sent: dict[tuple[int, float, int], deque[float]] = defaultdict(deque)

    def count(self, chat: Chat) -> None:
        """One more message goes to this chat, or it is refused with a 429 and not counted."""
        if not self.enabled:
            return
        now = self._clock()
        wait = max(self._wait(window, now) for window in self._windows(chat))
        if wait > 0:
            raise too_many_requests(math.ceil(wait))
        for window in self._windows(chat):
            self._sent[window].append(now)

    def _windows(self, chat: Chat) -> Iterator[tuple[int, float, int]]:
        yield (*PER_CHAT, chat.chat_id)
        yield (*OVERALL, 0)
        if not chat.private:
            yield (*PER_GROUP, chat.chat_id)

    def _wait(self, window: tuple[int, float, int], now: float) -> float:
        count, seconds, _ = window
        sent = self._sent[window]
        while sent and sent[0] <= now - seconds:
            sent.popleft()
        return sent[0] + seconds - now if len(sent) >= count else 0.0

"""Answers that may be a moment old: what is dear to find is kept, the dearer the longer."""

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Generic, TypeVar

from bot.web.limits import Monotonic

_SHARE = 1000  # an answer is kept so many times as long as it took to find
_MOST = 1000  # answers; the one not asked for longest is forgotten first

T = TypeVar("T")


def digest(text: str) -> bytes:
    """What a text is asked for by: what people wrote is not kept longer than their case."""
    return hashlib.sha256(text.encode("utf-8", "replace")).digest()


@dataclass(frozen=True, kw_only=True)
class _Kept(Generic[T]):
    answer: T
    begun_at: float  # finding it
    until: float


class Kept(Generic[T]):
    """Answers by what was asked. So finding them never takes more than a thousandth of the time."""

    def __init__(self, *, longest: float, now: Monotonic) -> None:
        """`longest`: seconds that an answer is kept at most."""
        self._longest = longest
        self._now = now
        self._answers: OrderedDict[Hashable, _Kept[T]] = OrderedDict()

    def get(self, asked: Hashable, find: Callable[[], T], *, after: float | None = None) -> T:
        """The answer that is kept, if that was looked for after `after`; else what `find` finds."""
        kept, now = self._answers.get(asked), self._now()
        if kept and now < kept.until and (after is None or kept.begun_at > after):
            self._answers.move_to_end(asked)
            return kept.answer
        answer = find()
        until = now + min(self._longest, _SHARE * (self._now() - now))
        self._answers[asked] = _Kept(answer=answer, begun_at=now, until=until)
        self._answers.move_to_end(asked)
        if len(self._answers) > _MOST:
            self._answers.popitem(last=False)
        return answer

"""How fast one person and one network address may write: token buckets in memory."""

import math
from collections import OrderedDict
from collections.abc import Callable
from typing import TypeAlias

Monotonic: TypeAlias = Callable[[], float]

ROUNDING = 1e-9  # of a token: whoever waited as long as told has one
MOST_KEYS = 20_000  # the ones not seen for longest are forgotten first


class Buckets:
    """A bucket a key: holds a minute's worth, refills evenly."""

    def __init__(self, *, per_minute: int, now: Monotonic, most_keys: int = MOST_KEYS) -> None:
        self._size = float(per_minute)
        self._rate = per_minute / 60
        self._now = now
        self._most_keys = most_keys
        self._levels: OrderedDict[str, tuple[float, float]] = OrderedDict()  # level, as of

    def wait(self, key: str) -> float:
        """Seconds until a token is there; 0 if one is."""
        missing = 1 - self._level(key)
        return missing / self._rate if missing > ROUNDING else 0.0

    def take(self, key: str) -> None:
        """Use up a token."""
        self._levels[key] = (self._level(key) - 1, self._now())
        self._levels.move_to_end(key)
        if len(self._levels) > self._most_keys:
            self._levels.popitem(last=False)

    def _level(self, key: str) -> float:
        level, as_of = self._levels.get(key, (self._size, self._now()))
        return min(self._size, level + (self._now() - as_of) * self._rate)


class Limits:
    """Both buckets together: a refusal uses up neither."""

    def __init__(self, *, person_per_minute: int, address_per_minute: int, now: Monotonic) -> None:
        self._people = Buckets(per_minute=person_per_minute, now=now)
        self._addresses = Buckets(per_minute=address_per_minute, now=now)

    def admit(self, *, address: str, person: str | None = None) -> int:
        """0 and the request counts, or the whole seconds to wait first."""
        wait = self._addresses.wait(address)
        if person is not None:
            wait = max(wait, self._people.wait(person))
        if wait > 0:
            return math.ceil(wait)
        self._addresses.take(address)
        if person is not None:
            self._people.take(person)
        return 0

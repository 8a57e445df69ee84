"""What was worked out lately, kept; of many things at once where that takes less time."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Any, Generic, Self, TypeVar, overload

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class Kept(Generic[Key, Value]):
    """Values by key, worked out together for all keys that are not known.

    At least `most` values are kept, those asked for last, and at most twice as many. Safe to use
    from several threads, which at worst work out the same value twice.
    """

    def __init__(self, most: int, work_out: Callable[[Sequence[Key]], Iterable[Value]]) -> None:
        self._most = most
        self._work_out = work_out
        self._new: dict[Key, Value] = {}
        self._old: dict[Key, Value] = {}

    def __call__(self, key: Key) -> Value:
        """The value of one key."""
        return self._new[key] if key in self._new else self.of((key,))[0]

    def of(self, keys: Sequence[Key]) -> list[Value]:
        """The values of some keys."""
        new, old = self._new, self._old
        found = {key: old[key] for key in keys if key not in new and key in old}
        missing = [key for key in dict.fromkeys(keys) if key not in new and key not in found]
        if missing:
            found.update(zip(missing, self._work_out(missing), strict=True))
        if found:
            self._keep(found)
        return [found[key] if key in found else new[key] for key in keys]

    def _keep(self, found: dict[Key, Value]) -> None:
        if len(self._new) + len(found) > self._most:
            self._old, self._new = self._new, {}
        self._new.update(found)


class Remembered(dict[Key, Value]):
    """A value for every key, worked out when it is first asked for."""

    def __init__(self, work_out: Callable[[Key], Value]) -> None:
        super().__init__()
        self._work_out = work_out

    def __missing__(self, key: Key) -> Value:
        value = self[key] = self._work_out(key)
        return value


class lazily(Generic[Value]):  # noqa: N801 - a decorator, like `property`
    """`functools.cached_property` without its lock, which before Python 3.12 takes longer than
    most of what is read of a short text."""

    def __init__(self, read: Callable[[Any], Value]) -> None:
        self._read = read
        self.__doc__ = read.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    @overload
    def __get__(self, of: None, owner: type) -> Self: ...
    @overload
    def __get__(self, of: object, owner: type) -> Value: ...
    def __get__(self, of: object | None, owner: type) -> Self | Value:
        if of is None:
            return self
        value = self._read(of)
        vars(of)[self._name] = value  # found there from now on, before this is asked
        return value

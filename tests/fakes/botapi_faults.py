"""What can go wrong on the way to Telegram, on demand."""

from dataclasses import dataclass
from fnmatch import fnmatchcase

from .botapi_rules import OTHER_POLLER, Rejected, too_many_requests

CUTS = ("drop", "hang")  # nothing happens and no answer comes: at once, or never
WORDS = {
    "400": "Bad Request",
    "401": "Unauthorized",
    "403": "Forbidden: bot was blocked by the user",
    "409": OTHER_POLLER,
    "500": "Internal Server Error",
    "502": "Bad Gateway",
}
KINDS = frozenset((*WORDS, *CUTS, "429", "lost", "delay"))


@dataclass(frozen=True, kw_only=True)
class Fault:
    """One call that will go wrong.

    429 (arg: seconds), 400 401 403 409 500 502 (arg: other words) refuse it; `drop` cuts the
    connection before it takes effect, `lost` after; `hang` never answers, `delay` does so after
    arg seconds.
    """

    methods: str  # a name or a pattern: sendMessage, send*, *
    kind: str
    arg: str

    @property
    def seconds(self) -> float:
        return float(self.arg or 1)

    def refusal(self) -> Rejected | None:
        """The answer that the call gets instead of its own."""
        if self.kind == "429":
            return too_many_requests(int(self.seconds))
        if self.kind in WORDS:
            return Rejected(int(self.kind), self.arg or WORDS[self.kind])
        return None


class Faults:
    """The faults still to come, in order."""

    def __init__(self) -> None:
        self._ahead: list[Fault] = []

    def add(self, fault: Fault, times: int) -> None:
        assert fault.kind in KINDS, f"no such fault: {fault.kind}"
        self._ahead += [fault] * times

    def take(self, method: str) -> Fault | None:
        """The first fault that is meant for this method, used up by that."""
        for fault in self._ahead:
            if fnmatchcase(method.lower(), fault.methods.lower()):
                self._ahead.remove(fault)
                return fault
        return None

    def clear(self) -> None:
        self._ahead.clear()

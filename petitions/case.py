"""The records of a case: as registered, each thing that happened, what people are told of it."""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any
from unicodedata import category

from petitions.states import Action, State
from petitions.words import ApplicantType, Channel, Kind, Outcome, Rating

TITLE_LENGTH = 30
_SENTENCE_ENDS = re.compile(r"[。！？；!?;]")
# JSON in the one form that digests are made of and events are kept in.
canonical = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode
_PAUSES = re.compile(r"[，、：,:\s]")


@dataclass(frozen=True, kw_only=True)
class Case:
    """A case as registered; what became of it is in its events."""

    number: str
    kind: Kind
    channel: Channel
    person: str  # "telegram:1001"; "" if nobody asks through a channel of ours
    title: str
    text: str
    contact: str = ""
    applicant: str = ""  # a name; "" where none is needed
    applicant_type: ApplicantType = ApplicantType.NATURAL
    received: date  # day 0 of the deadline, local
    due_on: date | None = None  # a rectification's own date; other kinds compute theirs
    origin: str | None = None  # what it grew out of: the same origin is never registered twice
    registered_at: datetime
    salt: str = ""  # of the digest that the first event keeps

    def digest(self) -> str:
        """What the first event keeps, so that nobody can change what a case was registered with.

        Salted: once the text and the salt are erased, nobody can find out the text by trying.
        """
        facts = {
            **vars(self),
            "received": self.received.isoformat(),
            "due_on": self.due_on.isoformat() if self.due_on else None,
            "registered_at": self.registered_at.astimezone(UTC).isoformat(),
        }
        return _sha256(facts)


@dataclass(frozen=True, kw_only=True)
class Event:
    """One step of a case. Events are never changed: a wrong one is corrected by another."""

    number: str
    at: datetime  # when it was recorded
    day: date  # the local day it counts for: paper may be recorded days after it arrived
    by: str  # the id of whoever did it; "citizen" for citizens, whose identity may be erased
    who: str = ""  # their name
    action: Action = Action.REGISTER
    from_state: State | None  # None: the first event
    to_state: State
    note: str = ""  # the reason, in a sentence
    data: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    position: int = field(default=0, compare=False)  # in the chain; 0 until it is stored

    def digest(self, previous: str) -> str:
        """The event's link in the chain: changes if this event or any before it is changed."""
        facts: dict[str, Any] = {
            "previous": previous,
            "number": self.number,
            "at": self.at.astimezone(UTC).isoformat(),
            "day": self.day.isoformat(),
            "by": self.by,
            "from": self.from_state,
            "to": self.to_state,
            "note": self.note,
        }
        if self.who:  # the first releases recorded neither name nor action
            facts |= {"who": self.who, "action": self.action, "data": dict(self.data)}
        return _sha256(facts)


def _sha256(facts: Mapping[str, Any]) -> str:
    return hashlib.sha256(canonical(facts).encode()).hexdigest()


class TextKind(StrEnum):
    """What a text that belongs to an event is."""

    NOTE = "note"  # for colleagues only
    SUPPLEMENT = "supplement"  # what the applicant completed
    OPINION = "opinion"  # what a third party or another body wrote
    REPLY = "reply"
    COMMENT = "comment"  # on the reply, with a rating or a wish to reopen


@dataclass(frozen=True, kw_only=True)
class Text:
    """A text of some length; events name it by id and keep its salted digest."""

    id: str
    number: str
    kind: TextKind
    body: str  # "" once erased
    salt: str
    at: datetime
    erased: bool = False

    def digest(self) -> str:
        """What the event keeps."""
        return _sha256({"id": self.id, "body": self.body, "salt": self.salt})


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A reply that somebody is writing; no event until it is submitted."""

    number: str
    by: str
    who: str
    body: str
    outcome: Outcome | None
    basis: str
    at: datetime

    @property
    def stamp(self) -> str:
        """Another whenever what is written is: by it one knows whether one has seen it."""
        written = {"outcome": self.outcome, "basis": self.basis, "body": self.body}
        return _sha256(written)[:12]


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """What the person is given on registration."""

    number: str
    query_code: str | None  # shown once; None when the same thing was registered before
    kind: Kind
    received: date
    due: date
    provisional: bool  # the due date may move when a year's holidays are announced
    repeated: bool = False


@dataclass(frozen=True, kw_only=True)
class CaseStatus:
    """What a person may see of a case."""

    number: str
    kind: Kind
    title: str
    state: State
    received: date
    due: date  # while `stopped`, the earliest it can be
    provisional: bool
    stopped: bool = False  # the clock stands still
    department: str = ""
    supplement: str = ""  # what has to be completed, while that is waited for
    supplement_by: date | None = None
    reply: str = ""
    basis: str = ""
    outcome: Outcome | None = None
    rating: Rating | None = None
    may: frozenset[Action] = frozenset()  # what its owner could do now


@dataclass(frozen=True, kw_only=True)
class Forgotten:
    """Numbers of cases from which a person was erased, and of those that still need them."""

    erased: tuple[str, ...]
    kept: tuple[str, ...]


def title_of(text: str) -> str:
    """The beginning of a text, cut where a reader would pause."""
    line = " ".join(text.split())
    if len(line) <= TITLE_LENGTH:
        return line
    head = line[: _cut(line)]
    return head.rstrip("。；，、：;,: ") + "…"


def _cut(line: str) -> int:
    """Where to cut: after a sentence, else at a pause, else not inside a word or a character."""
    head = line[:TITLE_LENGTH]
    for breaks in (_SENTENCE_ENDS, _PAUSES):
        ends = [found.end() for found in breaks.finditer(head)]
        if ends and ends[-1] > TITLE_LENGTH // 3:
            return ends[-1]
    for end in range(TITLE_LENGTH, TITLE_LENGTH // 3, -1):
        if not _joined(line[end - 1], line[end]):
            return end
    return TITLE_LENGTH


def _joined(left: str, right: str) -> bool:
    """Whether the two stand or fall together: letters of a word, a character and its marks."""
    word = left.isascii() and right.isascii() and left.isalnum() and right.isalnum()
    return word or left == "\u200d" or right == "\u200d" or category(right).startswith("M")

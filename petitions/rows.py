"""What lists, figures and recounts read of a case: computed from its events, kept beside them."""

from collections.abc import Set
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from petitions.states import State
from petitions.words import Channel, Kind, Outcome, Rating


@dataclass(frozen=True, kw_only=True)
class CaseRow:
    """A line of a list."""

    number: str
    kind: Kind
    channel: Channel
    title: str
    state: State
    department: str
    co: tuple[str, ...]
    officer: str  # id; "" if nobody
    officer_name: str
    objection: str
    registered_on: date
    received: date
    due: date  # while `stopped`, the earliest it can be
    provisional: bool
    stopped: bool
    waiting_until: date | None
    extended: int
    replied_at: datetime | None
    closed_at: datetime | None
    outcome: Outcome | None
    rating: Rating | None
    confidential: bool
    merged_into: str
    version: int
    last_by: str
    updated_at: datetime


class Figure(NamedTuple):
    """What figures need of a case; 100,000 of them are made for a year, so texts stay texts.

    Dates are ISO days, times ISO in UTC: both sort and compare as they are.
    """

    number: str
    kind: str
    channel: str
    department: str
    applicant_type: str
    state: str
    registered_on: str
    registered_at: str
    due: str
    provisional: int
    first_due: str | None  # of the first reply, or with which it ended
    stopped_from: str | None  # the clock stands still
    first_replied_at: str | None
    closed_at: str | None
    outcome: str | None
    rating: str | None
    fee: float
    needs_handling: int
    part: str


class Clocked(NamedTuple):
    """What counting a deadline needs of an open case."""

    number: str
    kind: Kind
    received: date
    clock_start: date
    due_on: date | None
    extended: int
    pauses: tuple[tuple[date, date], ...]
    stopped_from: date | None
    waiting_until: date | None
    due: date
    provisional: bool


class Order(StrEnum):
    """How a list is sorted."""

    DUE = "due"  # what is due first comes first
    NEWEST = "newest"
    UPDATED = "updated"


@dataclass(frozen=True, kw_only=True)
class Filter:
    """Which cases a list shows; None or empty: whatever it is. All have to hold."""

    open: bool | None = None
    states: Set[State] = frozenset()
    kinds: Set[Kind] = frozenset()
    channels: Set[Channel] = frozenset()
    department: str | None = None  # leads or helps; "" = nobody is answerable yet
    officer: str | None = None  # id; "" = nobody has it
    due_from: date | None = None
    due_to: date | None = None
    registered_from: date | None = None
    registered_to: date | None = None
    stopped: bool | None = None
    provisional: bool | None = None
    outcomes: Set[Outcome] = frozenset()
    ratings: Set[Rating] = frozenset()
    person: str | None = None  # "telegram:1001", or a part of an applicant's name
    text: str = ""  # words, or a number or the end of one


@dataclass(frozen=True, kw_only=True)
class Page:
    """A part of a list."""

    rows: tuple[CaseRow, ...]
    total: int  # of the whole list; counts no further than `more`
    more: bool  # there may be more than `total`

"""What a body decides for itself; every value here is a default."""

from dataclasses import dataclass, field
from datetime import time, timedelta
from enum import StrEnum
from types import MappingProxyType

from petitions.deadlines import Rules
from petitions.words import Kind


class Assignment(StrEnum):
    """Who gets a case that was routed to a department."""

    NOBODY = "nobody"  # whoever claims it
    ROUND_ROBIN = "round_robin"  # the officer whose last one was longest ago
    LEAST_LOADED = "least_loaded"  # the officer with the fewest open ones


@dataclass(frozen=True, kw_only=True)
class Hours:
    """A span of a working day, local."""

    start: time
    end: time


@dataclass(frozen=True, kw_only=True)
class Policy:
    """How cases are worked on here."""

    rules: Rules = field(default_factory=lambda: MappingProxyType({}))  # in place of `deadlines`'
    reviewed: frozenset[Kind] = frozenset({Kind.DISCLOSURE})  # a second person reads the reply
    front: str = "办公室"  # owns what somebody without a department accepts
    assignment: Assignment = Assignment.NOBODY
    supplement_days: int = 15  # working days to complete a request, unless the notice names others
    reopen_days: int = 15  # calendar days after the reply
    close_days: int = 15  # calendar days after the reply, if nobody closes before
    rating_days: int = 3  # calendar days after the reply who did not rate is asked to; 0: never
    remind_at: tuple[int, ...] = (5, 2, 1, 0)  # working days before the deadline
    working_hours: Hours = Hours(start=time(9), end=time(17))
    duty_hours: Hours = Hours(start=time(7), end=time(10))  # sign in to be on duty
    lock_for: timedelta = timedelta(minutes=10)  # how long a page counts as being read

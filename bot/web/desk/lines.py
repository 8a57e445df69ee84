"""What a list shows of a case beside its row: how urgent it is, in a colour and in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache

from bot.web.desk import texts
from petitions import Calendar, CaseRow, State

SOON = 2  # working days from which a deadline is near

_ENDED = frozenset({State.DECLINED, State.REPLIED, State.CLOSED, State.WITHDRAWN})


class Level(StrEnum):
    """How urgent a case is; the class that the style sheet knows."""

    OVERDUE = "overdue"
    SOON = "soon"
    FINE = "fine"
    STOPPED = "stopped"
    ENDED = "ended"


@dataclass(frozen=True, kw_only=True)
class Urgency:
    """A colour and the words for it: nobody has to see colours."""

    level: Level
    words: str


@dataclass(frozen=True, kw_only=True)
class Line:
    """A line of a list."""

    row: CaseRow
    urgency: Urgency


def urgency(*, state: State, due: date, stopped: bool, today: date, calendar: Calendar) -> Urgency:
    """How urgent a case is today."""
    if state in _ENDED:
        return Urgency(level=Level.ENDED, words=state.label)
    if stopped:
        return Urgency(level=Level.STOPPED, words=texts.STOPPED)
    return _running(due, today, calendar)


def _running(due: date, today: date, calendar: Calendar) -> Urgency:
    days = calendar.between(today, due)
    words = texts.left(days, due, today)
    if due < today:
        return Urgency(level=Level.OVERDUE, words=words)
    return Urgency(level=Level.SOON if days <= SOON else Level.FINE, words=words)


def lines(rows: Iterable[CaseRow], today: date, calendar: Calendar) -> tuple[Line, ...]:
    """Rows with their urgency; cases due on the same day share the counting."""

    @cache
    def of(state: State, due: date, stopped: bool) -> Urgency:
        return urgency(state=state, due=due, stopped=stopped, today=today, calendar=calendar)

    return tuple(Line(row=row, urgency=of(row.state, row.due, row.stopped)) for row in rows)

"""The monthly assessment 考核: every department's figures, ranked, with what was late."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, Final

from petitions import Calendar, Figure, Kind, PetitionDesk
from reports.columns import DRILLS, RATES
from reports.metrics import (
    NO_DEPARTMENT,
    Behind,
    By,
    Metrics,
    Office,
    Period,
    cases_behind,
    metrics,
)
from reports.sources import cases_of, office_of

RANKED_BY: Final = ("on_time_rate", "reply_rate", "satisfaction_rate")


class Format(StrEnum):
    """What a monthly assessment can be written as."""

    JSON = "json"
    DOCX = "docx"
    HTML = "html"


@dataclass(frozen=True, kw_only=True)
class Late:
    """A case whose deadline fell in the month and that was not replied to by it."""

    number: str
    kind: Kind
    due: date
    replied: date | None
    days: int  # working days until the reply, or until the day of the count


@dataclass(frozen=True, kw_only=True)
class Assessed:
    """A department."""

    rank: int | None  # None: no deadline fell in the month
    metrics: Metrics
    late: tuple[Late, ...]


@dataclass(frozen=True, kw_only=True)
class Assessment:
    """A month."""

    period: Period
    counted_on: date
    total: Metrics
    departments: tuple[Assessed, ...]  # the best first, those without rank last

    @property
    def month(self) -> str:
        """As people write it."""
        return f"{self.period.since.year}年{self.period.since.month}月"

    def as_json(self) -> dict[str, Any]:
        """Each department as `metrics --json` gives it, with rank and late cases."""
        return {
            "month": self.period.since.isoformat()[:7],
            "as_of": self.period.as_of.isoformat(),
            "ranked_by": list(RANKED_BY),
            "definitions": {one.name: one.meaning for one in RATES},
            "departments": [_as_json(one) for one in self.departments],
            "total": self.total.as_json(),
        }


def _as_json(one: Assessed) -> dict[str, Any]:
    late = [
        {
            "number": case.number,
            "kind": case.kind.label,
            "due": case.due.isoformat(),
            "replied": case.replied.isoformat() if case.replied else None,
            "working_days_late": case.days,
        }
        for case in one.late
    ]
    return {**one.metrics.as_json(), "rank": one.rank, "overdue": late}


def month_of(first: date) -> tuple[date, date]:
    """The first and the last day of a month."""
    return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def assessment(desk: PetitionDesk, period: Period) -> Assessment:
    """The assessment of the month that `period` is."""
    return assess(cases_of(desk, period), period, office_of(desk, period))


def assess(figures: Iterable[Figure], period: Period, office: Office) -> Assessment:
    """The same from its parts."""
    figures = list(figures)
    counted_on = period.as_of.astimezone(period.zone).date()
    groups = metrics(figures, period, office, By.DEPARTMENT)
    ranks = _ranks(groups)
    departments = [
        Assessed(
            rank=ranks.get(group.name),
            metrics=group,
            late=_late(_cases(figures, period, office, group), period, office.calendar),
        )
        for group in groups
    ]
    departments.sort(key=lambda one: (one.rank is None, one.rank or 0, one.metrics.group))
    (total,) = metrics(figures, period, office)
    return Assessment(
        period=period, counted_on=counted_on, total=total, departments=tuple(departments)
    )


def _ranks(groups: Iterable[Metrics]) -> dict[str, int]:
    """By on-time rate, then reply rate, then satisfaction; equals share a rank."""
    values = {one.name: one.as_json() for one in groups if one.due and one.name != NO_DEPARTMENT}
    marks = {name: tuple(row[rate] or 0.0 for rate in RANKED_BY) for name, row in values.items()}
    return {name: 1 + sum(other > mark for other in marks.values()) for name, mark in marks.items()}


def _cases(
    figures: Iterable[Figure], period: Period, office: Office, group: Metrics
) -> list[Figure]:
    late = DRILLS["late"]
    wanted = Behind(group=group.name, figure=late.figure, without=late.without)
    return cases_behind(figures, period, office, By.DEPARTMENT, wanted)


def _late(cases: Iterable[Figure], period: Period, calendar: Calendar) -> tuple[Late, ...]:
    counted_on = period.as_of.astimezone(period.zone).date()
    found = []
    for one in cases:
        due = date.fromisoformat(one.first_due or one.due)
        replied = period.local_day(one.first_replied_at) if one.first_replied_at else None
        found.append(
            Late(
                number=one.number,
                kind=Kind(one.kind),
                due=due,
                replied=replied,
                days=calendar.between(due, replied or counted_on),
            )
        )
    return tuple(sorted(found, key=lambda one: (one.due, one.number)))

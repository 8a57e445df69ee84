"""How long open cases have been open, in working days, and how many of them are late."""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from petitions import Calendar, Figure


@dataclass(frozen=True, kw_only=True)
class Band:
    """Ages that are told together."""

    name: str
    label: str
    last: int | None  # working days, included; None: without end


BANDS: Final = (
    Band(name="0-5", label="0–5 个工作日", last=5),
    Band(name="6-10", label="6–10 个工作日", last=10),
    Band(name="11-15", label="11–15 个工作日", last=15),
    Band(name="16-20", label="16–20 个工作日", last=20),
    Band(name="21-", label="20 个工作日以上", last=None),
)
OVERDUE: Final = "overdue"


@dataclass(frozen=True, kw_only=True)
class Ages:
    """Open cases by age; those past their deadline are in a band, too."""

    bands: tuple[tuple[Band, tuple[str, ...]], ...]  # with the numbers of the cases
    overdue: tuple[str, ...]

    @property
    def total(self) -> int:
        """How many are open."""
        return sum(len(numbers) for _, numbers in self.bands)

    def numbers(self, name: str) -> tuple[str, ...]:
        """The cases of a band, or the late ones."""
        if name == OVERDUE:
            return self.overdue
        return next((numbers for band, numbers in self.bands if band.name == name), ())


def ages(open_cases: Iterable[Figure], today: date, calendar: Calendar) -> Ages:
    """Age counts from registration, its day being day 0; a stopped clock is not late."""
    limits = [band.last for band in BANDS if band.last is not None]
    days: dict[str, int] = {}
    found: list[list[str]] = [[] for _ in BANDS]
    late = []
    for one in sorted(open_cases, key=lambda one: (one.due, one.number)):
        if one.registered_on not in days:
            since = date.fromisoformat(one.registered_on)
            days[one.registered_on] = max(0, calendar.between(since, today))
        found[bisect_left(limits, days[one.registered_on])].append(one.number)
        if one.due < today.isoformat() and not one.stopped_from:
            late.append(one.number)
    return Ages(
        bands=tuple((band, tuple(numbers)) for band, numbers in zip(BANDS, found, strict=True)),
        overdue=tuple(late),
    )

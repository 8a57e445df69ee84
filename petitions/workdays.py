"""Which days are working days, and whether that is certain.

A year's holidays come from the years loaded into the database if it is there, otherwise from the
chinesecalendar library. A year in neither is not announced yet: its weekdays count as working days
and every such answer is provisional.
"""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Protocol, Self

import chinese_calendar

from petitions.holidays import Holiday, Mark, check_year

_ANNOUNCED_FROM = 11  # the State Council announces next year's holidays in November
_LIBRARY_YEARS = range(min(chinese_calendar.holidays).year, max(chinese_calendar.holidays).year + 1)


class Why(StrEnum):
    """Why a day counts or does not; the word that ledgers show."""

    WORKDAY = "工作日"
    WEEKEND = "周末"
    HOLIDAY = "节假日"
    MAKE_UP = "调休上班"  # a weekend worked in exchange for a longer holiday
    PAUSED = "暂停"
    RECEIVED = "收到当日"
    NATURAL = "自然日"  # a day of a period that is not counted in working days


@dataclass(frozen=True, kw_only=True)
class Day:
    """What a day is: whether it counts as a working day, and why."""

    counts: bool
    why: Why
    provisional: bool = False  # the year is not announced yet


class CalendarStore(Protocol):
    """Where loaded years are kept."""

    def atomic(self) -> AbstractContextManager[object]:
        """A transaction, or part of the caller's."""

    def calendar_stamp(self) -> int:
        """Differs whenever something was loaded since."""

    def calendar_years(self) -> Mapping[int, Mapping[date, Mark]]:
        """Every loaded year."""

    def save_year(
        self, year: int, holidays: Sequence[Holiday], *, source: str, at: datetime
    ) -> None:
        """Put a year in place of what was loaded for it before."""


class Calendar:
    """Working days of every year, announced or not."""

    def __init__(self, store: CalendarStore | None = None) -> None:
        self._store = store
        self._stamp = 0
        self._loaded: Mapping[int, Mapping[date, Mark]] = {}
        self._days: dict[date, Day] = {}  # what was asked before: counting asks again and again
        self.refresh()

    @classmethod
    def from_store(cls, store: CalendarStore) -> Self:
        """A calendar that knows the loaded years."""
        return cls(store)

    def refresh(self) -> None:
        """See what another process loaded meanwhile; cheap when that is nothing."""
        stamp = self._store.calendar_stamp() if self._store else 0
        if self._store and stamp != self._stamp:
            self._loaded = self._store.calendar_years()
            self._days = {}
            self._stamp = stamp

    def day(self, on: date) -> Day:
        """What a day is."""
        found = self._days.get(on)
        if found is None:
            found = self._days[on] = self._look_up(on)
        return found

    def _look_up(self, on: date) -> Day:
        mark = self._mark(on)
        if mark is Mark.REST:
            return Day(counts=False, why=Why.HOLIDAY)
        if mark is Mark.WORK:
            return Day(counts=True, why=Why.MAKE_UP)
        counts = on.weekday() < 5
        why = Why.WORKDAY if counts else Why.WEEKEND
        return Day(counts=counts, why=why, provisional=not self.is_published(on.year))

    def _mark(self, on: date) -> Mark | None:
        if on.year in self._loaded:
            return self._loaded[on.year].get(on)
        if on in chinese_calendar.workdays:
            return Mark.WORK
        return Mark.REST if on in chinese_calendar.holidays else None

    def after(self, start: date, days: int) -> date:
        """The n-th working day after a day (n ≥ 1), or before it (n ≤ -1)."""
        step, on, left = timedelta(days=1 if days > 0 else -1), start, abs(days)
        while left:
            on += step
            left -= self.day(on).counts
        return on

    def between(self, start: date, end: date) -> int:
        """How many working days after `start` up to and including `end`; negative the other way."""
        if end < start:
            return -self.between(end, start)
        days = range(start.toordinal() + 1, end.toordinal() + 1)
        return sum(self.day(date.fromordinal(day)).counts for day in days)

    def is_published(self, year: int) -> bool:
        """Whether the year's holidays are known."""
        return year in self._loaded or year in _LIBRARY_YEARS

    def published_years(self) -> tuple[int, ...]:
        """Every year whose holidays are known, in order."""
        return tuple(sorted({*self._loaded, *_LIBRARY_YEARS}))

    def missing_years(self, today: date) -> tuple[int, ...]:
        """The years somebody should load by now: this one, and from November the next."""
        wanted = [today.year]
        if today.month >= _ANNOUNCED_FROM:
            wanted.append(today.year + 1)
        return tuple(year for year in wanted if not self.is_published(year))

    def load_year(
        self, year: int, holidays: Sequence[Holiday], *, source: str, at: datetime
    ) -> None:
        """Check and keep a year's holidays; deadlines counted from now on follow them."""
        check_year(year, holidays)
        if self._store is None:
            self._days = {}
            self._loaded = {**self._loaded, year: {one.date: one.mark for one in holidays}}
            return
        with self._store.atomic():
            self._store.save_year(year, holidays, source=source, at=at)
        self._stamp = 0  # a load that was rolled back may have left the same stamp
        self.refresh()

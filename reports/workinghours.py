"""Working hours between two moments."""

from datetime import date, datetime, time

from petitions import Calendar, Hours


class WorkingClock:
    """Working hours between two moments, as fast as subtracting two numbers."""

    def __init__(self, calendar: Calendar, hours: Hours) -> None:
        self._calendar = calendar
        self._start = _hour(hours.start)
        self._length = _hour(hours.end) - self._start
        self._years = range(0)
        self._days: dict[int, tuple[float, bool]] = {}  # hours before that day; whether it counts

    def between(self, start: datetime, end: datetime) -> float:
        """Working hours from `start` to `end`, both local; 0 if it is earlier."""
        for year in (start.year, end.year):
            if year not in self._years:
                self._learn(year)
        return max(0.0, self._at(end) - self._at(start))

    def _at(self, local: datetime) -> float:
        """Working hours of the years that are known, until then."""
        before, works = self._days[local.toordinal()]
        if not works:
            return before
        done = local.hour + local.minute / 60 + local.second / 3600 - self._start
        return before + min(max(done, 0.0), self._length)

    def _learn(self, year: int) -> None:
        """The days of a year, and of those between it and the ones known."""
        known = [*self._years, year]
        self._years = range(min(known), max(known) + 1)
        first = date(self._years[0], 1, 1).toordinal()
        last = date(self._years[-1], 12, 31).toordinal()
        before = 0.0
        for ordinal in range(first, last + 1):
            works = self._calendar.day(date.fromordinal(ordinal)).counts
            self._days[ordinal] = (before, works)
            before += self._length * works


def _hour(at: time) -> float:
    return at.hour + at.minute / 60 + at.second / 3600

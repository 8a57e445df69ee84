"""Working hours between two moments, as fast as subtracting two numbers."""

from bisect import bisect_left
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import NamedTuple

from petitions import Calendar, Hours

_HOUR, _MINUTE = 13, 16  # characters of an ISO time


class Moment(NamedTuple):
    """A moment as figures need it."""

    hours: float  # of time
    working: float  # working hours; both since an arbitrary beginning


class _Spot(NamedTuple):
    """What all moments of an hour have in common."""

    hours: float
    full: float  # working hours of the days before
    local: float  # hour of the local day
    counts: bool  # a working day
    day: str


class WorkingClock:
    """Reads ISO times in UTC. 200,000 of them a year, in few different hours."""

    def __init__(self, calendar: Calendar, hours: Hours, zone: tzinfo) -> None:
        self._calendar, self._zone = calendar, zone
        self._start, self._end = _hour(hours.start), _hour(hours.end)
        offset = datetime(2026, 1, 1, tzinfo=zone).utcoffset() or timedelta()
        # Where a day does not begin on the hour of UTC, moments of a minute are what is alike.
        self._alike = _MINUTE if offset % timedelta(hours=1) else _HOUR
        self._spots: dict[str, _Spot] = {}
        self._days: dict[int, list[int]] = {}  # ordinals of each year's working days
        self._before: dict[int, int] = {}  # working days before each year

    def at(self, text: str) -> Moment:
        """A moment; `text` is its ISO form in UTC."""
        hours, full, local, counts, _ = self._spot_of(text)
        more = int(text[17:19]) / 3600
        if self._alike == _HOUR:
            more += int(text[14:16]) / 60
        if counts and local + more > self._start:
            full += min(local + more, self._end) - self._start
        return Moment(hours + more, full)

    def day(self, text: str) -> str:
        """The local day of a moment, ISO."""
        return self._spot_of(text).day

    def _spot_of(self, text: str) -> _Spot:
        key = text[: self._alike]
        found = self._spots.get(key)
        if found is None:
            found = self._spots[key] = self._spot(key)
        return found

    def between(self, start: datetime, end: datetime) -> float:
        """Working hours from `start` to `end`; 0 if it is earlier."""
        first, last = (self.at(at.astimezone(UTC).isoformat()) for at in (start, end))
        return max(0.0, last.working - first.working)

    def _spot(self, key: str) -> _Spot:
        form = "%Y-%m-%dT%H" if self._alike == _HOUR else "%Y-%m-%dT%H:%M"
        begun = datetime.strptime(key, form).replace(tzinfo=UTC)
        local = begun.astimezone(self._zone)
        place, counts = self._place(local.date())
        return _Spot(
            hours=begun.timestamp() / 3600,
            full=place * (self._end - self._start),
            local=_hour(local.time()),
            counts=counts,
            day=local.date().isoformat(),
        )

    def _place(self, on: date) -> tuple[int, bool]:
        """How many working days came before, and whether this is one."""
        self._learn(on.year)
        days, day = self._days[on.year], on.toordinal()
        place = bisect_left(days, day)
        return self._before[on.year] + place, days[place : place + 1] == [day]

    def _learn(self, year: int) -> None:
        """The working days of a year, and of those between it and the ones known."""
        known = self._days
        if not known:
            known[year], self._before[year] = self._working_days(year), 0
        while year < (first := min(known)):
            known[first - 1] = self._working_days(first - 1)
            self._before[first - 1] = self._before[first] - len(known[first - 1])
        while year > (last := max(known)):
            known[last + 1] = self._working_days(last + 1)
            self._before[last + 1] = self._before[last] + len(known[last])

    def _working_days(self, year: int) -> list[int]:
        days = range(date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal() + 1)
        return [day for day in days if self._calendar.day(date.fromordinal(day)).counts]


def _hour(at: time) -> float:
    return at.hour + at.minute / 60 + at.second / 3600

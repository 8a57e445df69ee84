"""The figures of cases for a period, as of a moment: pure functions, one definition each.

There is no national definition of 办复率 or 办结率. These are ours, and each says of what it is a
share; a share of nothing is None.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from typing import Any

from petitions import Calendar, Channel, Figure, Hours, Kind, Rating, SignIn


class By(StrEnum):
    """What the figures are grouped by."""

    DEPARTMENT = "department"
    KIND = "kind"
    CHANNEL = "channel"
    MONTH = "month"


ALL = "all"
NO_DEPARTMENT = "未定处室"


@dataclass(frozen=True, kw_only=True)
class Period:
    """Days from `since` to `until`, both in it, seen at `as_of`."""

    since: date
    until: date
    as_of: datetime
    zone: tzinfo

    @property
    def last_day(self) -> date:
        """The last day that was over at `as_of`."""
        return self.as_of.astimezone(self.zone).date() - timedelta(days=1)

    def local_day(self, text: str) -> date:
        """The day of a moment that is kept as text."""
        return datetime.fromisoformat(text).astimezone(self.zone).date()


@dataclass(frozen=True, kw_only=True)
class Office:
    """What the figures have to know of the body: its calendar, hours, and who was on duty."""

    calendar: Calendar
    working_hours: Hours
    duty_hours: Hours
    duty: Sequence[SignIn] = ()
    departments: Mapping[str, str] = field(default_factory=dict)  # of officers, by name


@dataclass(frozen=True, kw_only=True)
class Metrics:
    """The figures of one group.

    received 收到: registered in the period.
    needing_handling 需要办理: of those, all but thanks, duplicates, declined, withdrawn, given up.
    replied, closed: of those needing handling, by `as_of`.
    due: cases needing handling whose legal deadline, extensions and stopped clocks counted, fell in
    the period and was over by `as_of`; on_time: of those, replied to by it (the first reply).
    rated, satisfied: of those received; 基本满意 is not 满意.
    working_days of the period that were over by `as_of`; duty_days: of those, with a sign-in within
    the duty window. None where duty is not kept apart for the group (kinds, channels).
    first_reply_hours_…: from registration to the first reply, in calendar time, of those needing
    handling; first_reply_working_hours_…: the same in working hours.
    """

    group: str
    key: str = ""  # the English value of a kind or channel
    received: int = 0
    needing_handling: int = 0
    replied: int = 0
    closed: int = 0
    due: int = 0
    on_time: int = 0
    rated: int = 0
    satisfied: int = 0
    basically_satisfied: int = 0
    working_days: int = 0
    duty_days: int | None = 0
    hours: tuple[float, ...] = ()  # sorted
    working_hours: tuple[float, ...] = ()  # sorted

    @property
    def name(self) -> str:
        """What `Behind` calls the group."""
        return self.key or self.group

    def as_json(self) -> dict[str, Any]:
        """The keys that other programs rely on, then ours."""
        return {
            "group": self.group,
            "received": self.received,
            "needing_handling": self.needing_handling,
            "replied": self.replied,
            "reply_rate": share(self.replied, self.needing_handling),
            "closed": self.closed,
            "closing_rate": share(self.closed, self.needing_handling),
            "due": self.due,
            "on_time": self.on_time,
            "on_time_rate": share(self.on_time, self.due),
            "rated": self.rated,
            "satisfied": self.satisfied,
            "satisfaction_rate": share(self.satisfied, self.rated),
            "working_days": self.working_days,
            "duty_days": self.duty_days,
            "duty_rate": None
            if self.duty_days is None
            else share(self.duty_days, self.working_days),
            "first_reply_hours_median": quantile(self.hours, 0.5),
            "first_reply_hours_p90": quantile(self.hours, 0.9),
            "first_reply_working_hours_median": quantile(self.working_hours, 0.5),
            "first_reply_working_hours_p90": quantile(self.working_hours, 0.9),
            "basically_satisfied": self.basically_satisfied,
            "rating_rate": share(self.rated, self.replied),
            "key": self.key,
        }


def share(part: int, whole: int) -> float | None:
    """A rate between 0 and 1; None of nothing."""
    return part / whole if whole else None


def quantile(ordered: Sequence[float], portion: float) -> float | None:
    """Between the two values it falls between; None of nothing."""
    if not ordered:
        return None
    place = portion * (len(ordered) - 1)
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return round(ordered[low] + (ordered[high] - ordered[low]) * (place - low), 2)


@dataclass(frozen=True, kw_only=True)
class Behind:
    """A number whose cases are wanted: a count of `Metrics`, without those of other counts."""

    group: str  # `Metrics.name`
    figure: str
    without: tuple[str, ...] = ()


def metrics(
    figures: Iterable[Figure], period: Period, office: Office, by: By | None = None
) -> list[Metrics]:
    """The figures of every group, in its order; without `by` one group named "all"."""
    counting = Counting(period, office, by)
    for one in figures:
        counting.take(one)
    return counting.results()


def cases_behind(
    figures: Iterable[Figure], period: Period, office: Office, by: By | None, wanted: Behind
) -> list[Figure]:
    """The cases that a number counts: those that raise it when they are counted."""
    counting = Counting(period, office, by)
    counts = counting.group(wanted.group).counts
    names = (wanted.figure, *wanted.without)
    found = []
    for one in figures:
        before = [counts[name] for name in names]
        counting.take(one)
        counted, *left_out = (
            counts[name] > earlier for name, earlier in zip(names, before, strict=True)
        )
        if counted and not any(left_out):
            found.append(one)
    return found


def _order(by: By | None) -> Callable[[str], Any]:
    """Kinds and channels in the order of their lists, everything else as it sorts."""
    if by not in (By.KIND, By.CHANNEL):
        return str
    members = list(Kind) if by is By.KIND else list(Channel)
    return [str(member) for member in members].index


_NAMES: Mapping[By | None, Callable[[Figure, str], str]] = {  # of a case's group, on a day
    None: lambda _, __: ALL,
    By.MONTH: lambda _, day: day[:7],
    By.DEPARTMENT: lambda one, _: one.department or NO_DEPARTMENT,
    By.KIND: lambda one, _: one.kind,
    By.CHANNEL: lambda one, _: one.channel,
}


@dataclass(kw_only=True)
class Group:
    """What was counted of a group so far."""

    counts: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    hours: list[float] = field(default_factory=list)
    working: list[float] = field(default_factory=list)

    def add(self, other: "Group") -> None:
        """Count what was counted elsewhere."""
        for name, count in other.counts.items():
            self.counts[name] += count
        self.hours += other.hours
        self.working += other.working


class Counting:
    """Takes cases one by one; made for one set of figures."""

    def __init__(self, period: Period, office: Office, by: By | None) -> None:
        self._since, self._until = period.since.isoformat(), period.until.isoformat()
        self._over = min(period.until, period.last_day)
        self._over_text = self._over.isoformat()
        self._period, self._office, self._by = period, office, by
        self._clock = WorkingClock(office.calendar, office.working_hours)
        self._name = _NAMES[by]
        self.groups: dict[str, Group] = {}

    def group(self, name: str) -> Group:
        """The group of that name, made when it is first needed."""
        found = self.groups.get(name)
        if found is None:
            found = self.groups[name] = Group()
        return found

    def _group_of(self, one: Figure, day: str) -> Group:
        return self.group(self._name(one, day))

    def take(self, one: Figure) -> None:
        """Count one case."""
        replied = self._local(one.first_replied_at) if one.first_replied_at else None
        if self._since <= one.registered_on <= self._until:
            self._take_received(one, replied, self._group_of(one, one.registered_on))
        if one.needs_handling:
            self._take_due(one, replied)

    def _local(self, at: str) -> datetime:
        return datetime.fromisoformat(at).astimezone(self._period.zone)

    def _take_received(self, one: Figure, replied: datetime | None, group: Group) -> None:
        counts = group.counts
        counts["received"] += 1
        if one.rating:
            counts["rated"] += 1
            counts["satisfied"] += one.rating == Rating.SATISFIED.value
            counts["basically_satisfied"] += one.rating == Rating.BASICALLY_SATISFIED.value
        if not one.needs_handling:
            return
        counts["needing_handling"] += 1
        counts["closed"] += one.closed_at is not None
        if replied:
            counts["replied"] += 1
            registered = self._local(one.registered_at)
            group.hours.append((replied - registered).total_seconds() / 3600)
            group.working.append(self._clock.between(registered, replied))

    def _take_due(self, one: Figure, replied: datetime | None) -> None:
        """A deadline that fell in the period and is over; the first reply's, once there is one."""
        due = one.first_due or one.due
        if not self._since <= due <= self._over_text:
            return
        if one.stopped_from and not replied:
            return
        counts = self._group_of(one, due).counts
        counts["due"] += 1
        if replied:
            counts["on_time"] += replied.date().isoformat() <= due

    def _take_duty(self) -> None:
        """Count the working days, and those on which somebody was on duty in time."""
        kept = self._kept()
        day = self._period.since
        while day <= self._over:
            if self._office.calendar.day(day).counts:
                self._take_day(day, kept)
            day += timedelta(days=1)

    def _take_day(self, day: date, kept: Mapping[date, set[str]]) -> None:
        if self._by in (None, By.MONTH):
            group = self.group(day.isoformat()[:7] if self._by else ALL)
            group.counts["working_days"] += 1
            group.counts["duty_days"] += day in kept
            return
        for name, group in self.groups.items():
            group.counts["working_days"] += 1
            group.counts["duty_days"] += name in kept.get(day, ())

    def _kept(self) -> Mapping[date, set[str]]:
        """The departments that were on duty in time, by day."""
        kept: dict[date, set[str]] = defaultdict(set)
        hours, zone = self._office.duty_hours, self._period.zone
        for one in self._office.duty:
            if one.signed_in_at is None or one.signed_in_at > self._period.as_of:
                continue
            local = one.signed_in_at.astimezone(zone)
            if local.date() == one.date and hours.start <= local.time() <= hours.end:
                kept[one.date].add(self._office.departments.get(one.officer, ""))
        return kept

    def results(self) -> list[Metrics]:
        """The figures of every group, in its order; without groups one named "all"."""
        if self._by is None:
            self.group(ALL)
        self._take_duty()
        return [self._result(name) for name in sorted(self.groups, key=_order(self._by))]

    def _result(self, name: str) -> Metrics:
        group = self.groups[name]
        counts: dict[str, Any] = {**group.counts}
        enum = {By.KIND: Kind, By.CHANNEL: Channel}.get(self._by) if self._by else None
        if enum:
            counts["duty_days"] = None
        return Metrics(
            group=enum(name).label if enum else name,
            key=name if enum else "",
            **counts,
            hours=tuple(sorted(group.hours)),
            working_hours=tuple(sorted(group.working)),
        )


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


def end_of(day: date, zone: tzinfo) -> datetime:
    """The moment a local day is over."""
    return datetime.combine(day + timedelta(days=1), time.min, zone).astimezone(UTC)

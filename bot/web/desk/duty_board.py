"""Who is on duty today, who was this month, and on how many of its working days."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.web.desk.fields import Typed
from bot.web.desk.periods import month_end
from bot.web.desk.room import Room, Seat
from petitions import SignIn, User
from reports import Metrics, Period, metrics
from reports.columns import percent
from reports.sources import office_of


@dataclass(frozen=True, kw_only=True)
class Entry:
    """Somebody on the board on a day."""

    name: str
    department: str
    at: datetime | None  # None: on the rota, has not signed in
    in_time: bool


@dataclass(frozen=True, kw_only=True)
class Day:
    """A day of the month that was a working day, or on which somebody signed in."""

    on: date
    why: str  # 工作日, 周末 …
    counts: bool
    kept: bool  # somebody signed in in time
    over: bool
    entries: tuple[Entry, ...]


@dataclass(frozen=True, kw_only=True)
class Rate:
    """How many of the working days somebody was on duty."""

    label: str
    text: str
    parts: str


@dataclass(frozen=True, kw_only=True)
class DutyPage:
    """Everything the board shows."""

    month: date
    before: date
    after: date | None  # None: this is the current month
    today: tuple[Entry, ...]
    window: str
    signed_in: bool
    days: tuple[Day, ...]  # the latest first
    rates: tuple[Rate, ...]  # of the office, then of departments


def show_duty(room: Room, seat: Seat, typed: Typed) -> DutyPage:
    """The board of a month."""
    desk, this_month = room.desk, seat.today.replace(day=1)
    month = _month(typed, this_month)
    people = {user.name: user for user in desk.people.all()}
    entries = desk.duty.between(month, min(month_end(month), seat.today))
    today = desk.duty.on(seat.today)
    hours = desk.policy.duty_hours
    return DutyPage(
        month=month,
        before=(month - timedelta(days=1)).replace(day=1),
        after=month_end(month) + timedelta(days=1) if month < this_month else None,
        today=_entries(desk.duty.in_window, today, people),
        window=f"{hours.start:%H:%M}–{hours.end:%H:%M}",
        signed_in=any(one.officer == seat.user.name and one.signed_in_at for one in today),
        days=_days(room, seat, month, entries, people),
        rates=_rates(room, seat, month, people),
    )


def _month(typed: Typed, current: date) -> date:
    """The month of an address, not later than the current one."""
    text = typed.text("month")
    asked = Typed([("day", f"{text}-01" if text else "")]).day("day") or current
    return min(asked, current)


def _entries(
    in_window: Callable[[SignIn], bool], entries: Iterable[SignIn], people: Mapping[str, User]
) -> tuple[Entry, ...]:
    return tuple(
        Entry(
            name=one.officer,
            department=people[one.officer].department if one.officer in people else "",
            at=one.signed_in_at,
            in_time=in_window(one),
        )
        for one in entries
    )


def _days(
    room: Room,
    seat: Seat,
    month: date,
    entries: Iterable[SignIn],
    people: Mapping[str, User],
) -> tuple[Day, ...]:
    by_day: dict[date, list[SignIn]] = {}
    for one in entries:
        by_day.setdefault(one.date, []).append(one)
    found = []
    on = min(month_end(month), seat.today)
    while on >= month:
        what, there = room.desk.calendar.day(on), by_day.get(on, [])
        if what.counts or there:
            shown = _entries(room.desk.duty.in_window, there, people)
            kept = any(one.in_time for one in shown)
            over = on < seat.today
            found.append(
                Day(on=on, why=what.why, counts=what.counts, kept=kept, over=over, entries=shown)
            )
        on -= timedelta(days=1)
    return tuple(found)


def _rates(room: Room, seat: Seat, month: date, people: Mapping[str, User]) -> tuple[Rate, ...]:
    """As the figures count: days that are over; departments as far as somebody signed in."""
    period = Period(since=month, until=month_end(month), as_of=seat.now, zone=room.services.zone)
    office = office_of(room.desk, period)
    (total,) = metrics((), period, office)
    there = sorted({people[one.officer].department for one in office.duty if one.officer in people})
    rates = [_rate("全机关", total)]
    for department in there:
        (own,) = metrics((), period, office_of(room.desk, period, department))
        rates.append(_rate(department, own))
    return tuple(rates)


def _rate(label: str, of: Metrics) -> Rate:
    return Rate(
        label=label,
        text=percent(of.as_json()["duty_rate"]),
        parts=f"{of.duty_days}/{of.working_days}",
    )

"""Who has to be reminded of what is due; each reminder once, only in working hours."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from petitions.casebook import Casebook
from petitions.notices import Notice, NoticeKind
from petitions.people import People
from petitions.rows import CaseRow, Filter, Order

_MOST = 1_000_000
_ASKED_WITHIN = timedelta(days=14)  # later nobody remembers the reply


@dataclass(frozen=True, kw_only=True)
class Reminder:
    """One case to remind some people of."""

    number: str
    title: str
    due: date
    provisional: bool
    left: int  # working days until it is due; negative: how many ago
    to: tuple[str, ...]  # ids of users


class Reminders:
    """Reminders."""

    def __init__(self, book: Casebook, people: People) -> None:
        self._book = book
        self._people = people

    def due(self, now: datetime) -> tuple[Reminder, ...]:
        """What nobody was reminded of yet; noted as given, in the caller's transaction if any.

        Before the deadline the officer; on the day, after it, and where there is no officer, the
        supervisors, too. What is overdue comes back every working day.
        """
        if not self._in_hours(now):
            return ()
        today = self._book.today(now)
        points = self._book.policy.remind_at
        last = self._book.calendar.after(today, max(points)) if max(points) else today
        wanted = Filter(open=True, stopped=False, due_to=last)
        with self._book.store.atomic():
            self._book.store.lock()
            rows = self._book.store.listed(wanted, Order.DUE, limit=_MOST, skip=0).rows
            found = (self._reminder(row, today, now) for row in rows)
            return tuple(one for one in found if one)

    def ratings(self, now: datetime) -> int:
        """Ask those who have had their reply for some days what they think of it, once for each
        reply; how many were asked."""
        days = self._book.policy.rating_days
        if not days or not self._in_hours(now):
            return 0
        until = now - timedelta(days=days)
        with self._book.store.atomic():
            self._book.store.lock()
            rows = self._book.store.unrated(until - _ASKED_WITHIN, until)
            return sum(self._ask_rating(row, now) for row in rows)

    def _ask_rating(self, row: CaseRow, now: datetime) -> bool:
        case = self._book.store.case(row.number)
        assert row.replied_at, "that is what was asked for"
        replied = self._book.today(row.replied_at)
        if case is None or not case.person:
            return False
        if not self._book.store.remind_once(row.number, replied, "rating", now):
            return False
        self._book.notify(
            Notice(
                number=row.number,
                person=case.person,
                channel=row.channel,
                case_kind=row.kind,
                title=row.title,
                kind=NoticeKind.RATING,
                data={"replied": replied.isoformat()},
            )
        )
        return True

    def _in_hours(self, now: datetime) -> bool:
        self._book.calendar.refresh()
        local = now.astimezone(self._book.zone)
        hours = self._book.policy.working_hours
        working = self._book.calendar.day(local.date()).counts
        return working and hours.start <= local.time() < hours.end

    def _reminder(self, row: CaseRow, today: date, now: datetime) -> Reminder | None:
        left = self._book.calendar.between(today, row.due)
        if row.due < today:
            left = min(left, -1)
        point = self._point(left, row.due, today)
        if point is None or not self._book.store.remind_once(row.number, row.due, point, now):
            return None
        return Reminder(
            number=row.number,
            title="" if row.confidential else row.title,
            due=row.due,
            provisional=row.provisional,
            left=left,
            to=self._to(row, left),
        )

    def _point(self, left: int, due: date, today: date) -> str | None:
        """The point that was reached: the nearest that has passed, so none is missed by a pause."""
        if due < today:
            return today.isoformat()
        passed = [point for point in self._book.policy.remind_at if left <= point]
        return str(min(passed)) if passed else None

    def _to(self, row: CaseRow, left: int) -> tuple[str, ...]:
        officer = self._people.user(row.officer) if row.officer else None
        if officer and officer.absent and officer.deputy:
            officer = self._people.user(officer.deputy)
        chasing = self._people.supervisors(row.department) if left <= 0 or not officer else ()
        return tuple(dict.fromkeys(one.id for one in (*([officer] if officer else []), *chasing)))

"""What staff look at: lists, a case on one page, who has it open, whether history is whole."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice

from petitions.actor import Actor
from petitions.case import Case, Draft, Event, Text
from petitions.casebook import Casebook
from petitions.deadlines import Deadline, reckon, rule_for
from petitions.errors import NotAllowed, UnknownCase
from petitions.facts import Facts
from petitions.folding import recount
from petitions.permission import may_read
from petitions.rows import CaseRow, Clocked, Figure, Filter, Order, Page
from petitions.states import Action, actions_for
from petitions.store import figure_of
from petitions.verify import Broken, verify


@dataclass(frozen=True, kw_only=True)
class Holder:
    """Who has a case open on the screen."""

    id: str
    name: str
    until: datetime


@dataclass(frozen=True, kw_only=True)
class CasePage:
    """Everything about a case, for staff who may see it."""

    case: Case  # as registered: text and contact
    facts: Facts  # where it stands
    deadline: Deadline
    due: date  # of what was replied or ended, as it was then
    events: tuple[Event, ...]  # oldest first
    texts: tuple[Text, ...]  # supplements, opinions, replies, notes, comments; oldest first
    draft: Draft | None
    duplicates: tuple[str, ...]  # merged into this one
    holder: Holder | None  # somebody else who has it open
    may: frozenset[Action]  # by role and state; department and officer are checked on doing it


@dataclass(frozen=True, kw_only=True)
class Alike:
    """A past case about something similar."""

    row: CaseRow
    score: float
    reply: str


@dataclass(frozen=True, kw_only=True)
class Difference:
    """A case whose row does not follow from its events."""

    number: str
    columns: tuple[str, ...]


class Queue:
    """Reading. Nothing here changes a case."""

    def __init__(self, book: Casebook) -> None:
        self._book = book
        self._store = book.store

    def find(
        self,
        wanted: Filter,
        *,
        by: Actor,
        order: Order = Order.DUE,
        limit: int = 50,
        skip: int = 0,
    ) -> Page:
        """A page of cases; of a confidential one only those who handle it see the title."""
        page = self._store.listed(wanted, order, limit=limit, skip=skip)
        rows = tuple(_shown(row, by) for row in page.rows)
        return Page(rows=rows, total=page.total, more=page.more)

    def mine(self, by: Actor, *, limit: int = 50, skip: int = 0) -> Page:
        """What this person works on, first what is due first."""
        return self.find(Filter(open=True, officer=by.id), by=by, limit=limit, skip=skip)

    def page(self, number: str, *, by: Actor) -> CasePage:
        """A case on one page; NotAllowed if it is confidential and not theirs."""
        case = self._book.found(number)
        events = self._store.events(case.number)
        facts = recount(case, events)
        _check_readable(facts, by)
        now = self._book.clock()
        today = self._book.today(now)
        deadline = self._book.deadline(facts, today)
        return CasePage(
            case=case,
            facts=facts,
            deadline=deadline,
            due=self._book.due(facts, today)[0],
            events=events,
            texts=self._store.texts(case.number),
            draft=self._store.draft(case.number),
            duplicates=self._store.merged_into(case.number),
            holder=self._other(case.number, by, now),
            may=frozenset(actions_for(facts.state, facts.kind, by.role)),
        )

    def facts(self, number: str, *, by: Actor) -> Facts:
        """Where a case stands; NotAllowed if it is confidential and not theirs."""
        facts = self._book.facts(self._book.found(number))
        _check_readable(facts, by)
        return facts

    def news(self, after: int, *, limit: int = 200) -> tuple[Event, ...]:
        """What happened to any case after a position, oldest first: for a loop that tells of it."""
        return self._store.events_after(after, limit)

    def newest(self) -> int:
        """The position of the newest event; 0 before the first."""
        return self._store.last_position()

    def row(self, number: str) -> CaseRow:
        """A case as lists show it; the caller sees to it who may read its title."""
        row = self._store.row(number)
        if row is None:
            raise UnknownCase(number)
        return row

    def alike(self, number: str, *, by: Actor, limit: int = 5) -> tuple[Alike, ...]:
        """Past cases that were replied to and are about something similar."""
        return self.replied(self.like(number, limit=limit * 4), by=by, limit=limit)

    def like(self, number: str, *, limit: int = 20) -> tuple[tuple[str, float], ...]:
        """Numbers of the cases whose words are most like this one's, best first, with a score."""
        case = self._book.found(number)
        text = f"{case.title}\n{case.text}"
        like = self._store.alike(text, limit=limit, of_case=True)
        return tuple((other, score) for other, score in like if other != case.number)

    def replied(
        self, like: Sequence[tuple[str, float]], *, by: Actor, limit: int
    ) -> tuple[Alike, ...]:
        """Those of them that were replied to, if this person may read it."""
        rows = self._store.rows(other for other, _ in like)
        found = ((rows.get(other), score) for other, score in like)
        fit = ((row, score) for row, score in found if row and _helps(row, by))
        return tuple(
            Alike(row=row, score=score, reply=self._reply(row.number))
            for row, score in islice(fit, limit)
        )

    def _reply(self, number: str) -> str:
        text = self._store.text(self._book.facts(self._book.found(number)).text)
        return text.body if text else ""

    def open_case(self, number: str, by: Actor) -> Holder | None:
        """Say that I am reading it; the colleague who already is, if somebody is."""
        case = self._book.found(number)
        now = self._book.clock()
        with self._store.atomic():
            self._store.lock()
            other = self._other(case.number, by, now)
            if other is None:
                until = now + self._book.policy.lock_for
                self._store.hold(case.number, by.id, by.name, until=until)
            return other

    def holder(self, number: str, *, by: Actor) -> Holder | None:
        """Somebody else who has it open."""
        return self._other(number, by, self._book.clock())

    def leave(self, number: str, by: Actor) -> None:
        """I am not reading it any more."""
        with self._store.atomic():
            self._store.let_go(self._book.found(number).number, by.id)

    def _other(self, number: str, by: Actor, now: datetime) -> Holder | None:
        held = self._store.holder(number, now)
        if held is None or held[0] == by.id:
            return None
        return Holder(id=held[0], name=held[1], until=held[2])

    def figures(self, since: date, until: date, *, as_of: datetime | None = None) -> list[Figure]:
        """The cases registered in a period or due in it, as they stand now or stood then."""
        current = self._store.figures(since, until)
        if as_of is None or as_of >= self._book.clock():
            return current
        changed = set(self._store.changed_since(as_of))
        same = [one for one in current if one.number not in changed]
        return [*same, *self._earlier(as_of, since.isoformat(), until.isoformat())]

    def _earlier(self, as_of: datetime, since: str, until: str) -> Iterator[Figure]:
        """What changed since, as it stood then."""
        today = self._book.today(as_of)
        for case, events in self._store.before(as_of):
            one = figure_of(self._book.values(recount(case, events), today))
            days = (one.registered_on, one.due, one.first_due or "")
            if any(since <= day <= until for day in days):
                yield one

    def open_figures(self) -> list[Figure]:
        """The cases that are open now."""
        return self._store.open_figures()

    def first_day(self) -> date | None:
        """The day on which the first case was registered; None if there is none."""
        return self._store.first_day()

    def rows(self, numbers: Iterable[str], *, by: Actor) -> tuple[CaseRow, ...]:
        """Some cases as lists show them, in this order."""
        asked = tuple(numbers)
        found = self._store.rows(asked)
        return tuple(_shown(found[number], by) for number in asked if number in found)

    def recount(self) -> int:
        """Count every open case's deadline anew, after a calendar year was loaded; how many moved.

        Where the clock stands still, the row keeps what was counted to its last event.
        """
        self._book.calendar.refresh()
        moved = []
        with self._store.atomic():
            self._store.lock()
            for one in self._store.clocked():
                due, provisional = self._recounted(one)
                if (due, provisional) != (one.due, one.provisional):
                    moved.append((one.number, due, provisional))
            self._store.move_deadlines(moved)
        return len(moved)

    def _recounted(self, one: Clocked) -> tuple[date, bool]:
        if one.due_on:
            return one.due_on, False
        rule = rule_for(one.kind, one.received, overrides=self._book.policy.rules)
        return reckon(
            rule, one.clock_start, self._book.calendar, extended=one.extended, paused=one.pauses
        )

    def upgrade(self) -> int:
        """Compute the rows and words of cases that an earlier release registered; how many."""
        with self._store.atomic():
            found = self._store.without_facts()
            for number in found:
                case = self._book.found(number)
                self._book.keep(self._book.facts(case))
                self._store.index_words(number, f"{case.title}\n{case.text}")
        return len(found)

    def verify(self) -> tuple[Broken, ...]:
        """Everything that is wrong with the history; nothing if it is whole."""
        return tuple(verify(self._store))

    def rebuild(self) -> int:
        """Compute every row from its events anew; how many differed."""
        with self._store.atomic():
            self._store.lock()
            differing = list(self.check())
            for one in differing:
                self._book.keep(self._book.facts(self._book.found(one.number)))
            return len(differing)

    def check(self) -> Iterator[Difference]:
        """The cases whose row does not follow from their events."""
        self._book.calendar.refresh()
        for case in self._store.every_case():
            facts = self._book.facts(case)
            right = self._book.values(facts, self._book.today(facts.updated_at))
            if not case.salt and facts.title:
                right = {**right, "title": case.title}  # erased
            kept = self._store.facts_row(case.number) or {}
            wrong = tuple(name for name, value in right.items() if kept.get(name) != value)
            if wrong:
                yield Difference(number=case.number, columns=wrong)


def _check_readable(facts: Facts, by: Actor) -> None:
    if not may_read(facts.department, facts.co, by, confidential=facts.confidential):
        raise NotAllowed(by.name, by.role.label, "查看这件保密事项")


def _helps(row: CaseRow, by: Actor) -> bool:
    """Whether there is a reply that this person may read."""
    readable = may_read(row.department, row.co, by, confidential=row.confidential)
    return readable and row.replied_at is not None


def _shown(row: CaseRow, by: Actor) -> CaseRow:
    if may_read(row.department, row.co, by, confidential=row.confidential):
        return row
    return CaseRow(**{**vars(row), "title": "（保密）"})

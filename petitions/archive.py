"""Cases from files and to files: past years with their own dates, numbers kept."""

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from typing import Any

from petitions.actor import Actor
from petitions.case import Case, Event
from petitions.casebook import Casebook
from petitions.codes import NOBODYS_HASH
from petitions.facts import Facts
from petitions.numbers import is_ours, make_number
from petitions.records import Fault, Record, faults_of, parse, word_of
from petitions.states import OPEN, Action, after, step_for
from petitions.store import Bulk, values_of
from petitions.words import Kind, Outcome, Rating


@dataclass(frozen=True, kw_only=True)
class Loaded:
    """What became of some records."""

    added: int
    same: int  # were here already


@dataclass(frozen=True, kw_only=True)
class _Step:
    action: Action
    day: date
    data: dict[str, Any]


class Archive:
    """Records in, records out."""

    def __init__(self, book: Casebook) -> None:
        self._book = book
        self._store = book.store

    def parse(self, values: Mapping[str, Any], *, whole: bool = True) -> Record | tuple[Fault, ...]:
        """A row's values as a record, or everything wrong with them.

        Not `whole`: some could not be read, so there is no record and nothing to be said of how
        the others go together.
        """
        if not whole:
            return faults_of(values)
        today = self._book.today(self._book.clock())
        return parse(values, today, self._book.policy.front)

    def conflicts(self, records: Sequence[Record]) -> Iterator[tuple[int, Fault]]:
        """Which records contradict a case that is here, or another record; by their place."""
        seen: set[str] = set()
        for place, record in enumerate(records):
            if not record.number:
                continue
            if record.number in seen:
                yield place, Fault("number", f"编号“{record.number}”在文件里出现了两次")
            seen.add(record.number)
            case = self._store.case(record.number)
            if case and self.record_of(case) != record:
                text = f"已经有编号为“{record.number}”的事项，内容与这一行不同；没有改动它"
                yield place, Fault("number", text)

    def load(self, records: Sequence[Record], *, by: Actor) -> Loaded:
        """Keep records as cases, all or none; those that are here already are left alone."""
        added = 0
        self._book.calendar.refresh()
        with self._store.bulk() as bulk:
            loading = _Loading(replace(self._book, store=bulk), bulk, by)
            times: Counter[Record] = Counter()
            for record in records:
                times[record] += 1
                origin = None if record.number else _origin(record, times[record])
                if not loading.is_here(record, origin):
                    loading.add(record, origin)
                    added += 1
        return Loaded(added=added, same=len(records) - added)

    def records(self) -> Iterator[Record]:
        """Every case as a record, by number."""
        return map(self.record_of, self._store.every_case())

    def record_of(self, case: Case) -> Record:
        """A case as a record: the first reply counts, as in the figures."""
        facts = self._book.facts(case)
        return Record(
            number=case.number,
            kind=facts.kind,
            channel=facts.channel,
            title=case.title,
            content=case.text,
            applicant_type=facts.applicant_type,
            received_at=facts.received,
            accepted_at=self._day(facts.accepted_at),
            department=facts.department,
            role=facts.part,
            replied_at=self._day(facts.first_replied_at),
            closed_at=self._day(facts.closed_at),
            outcome=facts.outcome_words or word_of(facts.outcome),
            needs_handling=facts.needs_handling,
            rating=facts.rating,
            fee=facts.fee,
            due_on=facts.due_on,
        )

    def _day(self, at: datetime | None) -> date | None:
        return self._book.today(at) if at else None


class _Loading:
    """Records becoming cases, inside one transaction."""

    def __init__(self, book: Casebook, store: Bulk, by: Actor) -> None:
        self._book = book
        self._store = store
        self._by = by
        self._dues: dict[tuple[Kind, date], tuple[date, bool]] = {}  # cases of a day share it

    def is_here(self, record: Record, origin: str | None) -> bool:
        """Whether there is such a case."""
        if origin:
            return self._store.has_origin(origin)
        return self._store.has_case(record.number)

    def add(self, record: Record, origin: str | None) -> None:
        """A case with the events that the record tells of."""
        case = Case(
            number=self._number(record),
            kind=record.kind,
            channel=record.channel,
            person="",
            title=record.title,
            text=record.content,
            applicant_type=record.applicant_type,
            received=record.received_at,
            due_on=record.due_on,
            origin=origin,
            registered_at=self._at(record.received_at),
            salt=self._book.salt(),
        )
        data = {"needs_handling": record.needs_handling, "part": record.role}
        facts = self._book.begin(case, self._by, NOBODYS_HASH, data, keep=False)
        for step in _steps(record):
            facts = self._take(facts, step)
        due, provisional = self._due(facts)
        self._store.put_facts(values_of(facts, due, provisional=provisional))

    def _number(self, record: Record) -> str:
        if record.number:
            if serial := is_ours(record.number):
                self._store.skip_serials(*serial)
            return record.number
        year = record.received_at.year
        return make_number(year, self._store.next_serial(year))

    def _at(self, day: date) -> datetime:
        """Files know the day: its beginning."""
        return datetime.combine(day, time.min, self._book.zone).astimezone(UTC)

    def _take(self, facts: Facts, step: _Step) -> Facts:
        to_state = after(step_for(facts.state, step.action, facts.kind), facts.state, facts.before)
        data = dict(step.data)
        if to_state not in OPEN and not facts.due:
            due, provisional = self._due(facts)
            data |= {"due": due.isoformat(), "provisional": provisional}
        event = Event(
            number=facts.number,
            at=self._at(step.day),
            day=step.day,
            by=self._by.mark,
            who=self._by.name,
            action=step.action,
            from_state=facts.state,
            to_state=to_state,
            data=data,
        )
        return self._book.append(facts, event, keep=False)

    def _due(self, facts: Facts) -> tuple[date, bool]:
        """As `Casebook.due`; what a file tells of neither extends nor stops the clock."""
        if facts.due or facts.due_on:
            return self._book.due(facts, facts.received)
        key = facts.kind, facts.received
        if key not in self._dues:
            self._dues[key] = self._book.due(facts, facts.received)
        return self._dues[key]


def _steps(record: Record) -> Iterator[_Step]:
    """The events a record tells of, in their order."""
    if record.accepted_at:
        yield _Step(
            action=Action.ACCEPT,
            day=record.accepted_at,
            data={"department": record.department},
        )
    if record.replied_at or (record.closed_at and record.needs_handling):
        yield from _replied(record)
    elif not record.needs_handling:
        day = record.closed_at or record.received_at
        yield _Step(action=Action.FILE, day=day, data=_answer(record))
    if record.rating:
        day = record.closed_at or record.replied_at or record.received_at
        yield _Step(action=Action.RATE, day=day, data={"rating": Rating(record.rating)})


def _replied(record: Record) -> Iterator[_Step]:
    """Somebody worked on it, nobody knows who."""
    start = record.accepted_at or record.received_at
    yield _Step(action=Action.ASSIGN, day=start, data={"officer": "", "name": ""})
    if record.replied_at:
        yield _Step(action=Action.REPLY, day=record.replied_at, data=_answer(record))
    if record.closed_at:
        data = {} if record.replied_at else _answer(record)
        yield _Step(action=Action.CLOSE, day=record.closed_at, data=data)


def _answer(record: Record) -> dict[str, Any]:
    data: dict[str, Any] = {"fee": record.fee} if record.fee else {}
    labels = {one.label: one for one in Outcome}
    if record.outcome in labels:
        return {**data, "outcome": labels[record.outcome]}
    return {**data, **({"words": record.outcome} if record.outcome else {})}


def _origin(record: Record, time: int) -> str:
    """What tells a row without a number from others: itself, and how often it came before."""
    digest = hashlib.sha256(repr(record).encode()).hexdigest()[:32]
    return f"import/{digest}/{time}"

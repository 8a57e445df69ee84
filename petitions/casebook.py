"""The one way in which anything happens to a case: check, append the event, keep the rows equal.

Use cases open a `Move`, look at its facts, and record it; everything is one transaction.
"""

import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo
from typing import Any, TypeAlias

from petitions.actor import Actor
from petitions.case import Case, Event, Text, TextKind
from petitions.deadlines import Deadline, Rule, count, reckon, rule_for, until
from petitions.errors import AlreadyChanged, NotYours, UnknownCase
from petitions.facts import Facts, opening
from petitions.folding import fold, recount
from petitions.notices import Notice, NoticeKind, Notify
from petitions.numbers import parse_number
from petitions.permission import check_case, check_role
from petitions.policy import Policy
from petitions.states import OPEN, Action, State, Step, after, step_for
from petitions.store import PetitionStore, values_of
from petitions.words import Kind
from petitions.workdays import Calendar

Clock: TypeAlias = Callable[[], datetime]  # aware, UTC


@dataclass(kw_only=True)
class Casebook:
    """Cases and everything that is needed to move them."""

    store: PetitionStore
    calendar: Calendar
    clock: Clock
    zone: tzinfo
    policy: Policy
    notify: Notify

    def today(self, now: datetime) -> date:
        """The local day of a moment."""
        return now.astimezone(self.zone).date()

    def clock_time(self, at: datetime) -> str:
        """A moment as people here say it: 11月24日09:05."""
        local = at.astimezone(self.zone)
        return f"{local.month}月{local.day}日{local:%H:%M}"

    @staticmethod
    def salt() -> str:
        """Of one digest."""
        return secrets.token_hex(16)

    def found(self, number: str) -> Case:
        """The case with that number, however it is written; files bring numbers of other forms."""
        case = self.store.case(number.strip()) or self.store.case(parse_number(number))
        if case is None:
            raise UnknownCase(parse_number(number))
        return case

    def facts(self, case: Case, *, until: datetime | None = None) -> Facts:
        """Where it stands, or stood."""
        return recount(case, self.store.events(case.number, until=until))

    def rule(self, facts: Facts) -> Rule:
        """The rule that counts its days; NoRule if it has a date of its own."""
        return rule_for(facts.kind, facts.received, overrides=self.policy.rules)

    def deadline(self, facts: Facts, today: date) -> Deadline:
        """Its deadline day by day; while the clock stands still, as if it went on tomorrow."""
        self.calendar.refresh()
        if facts.due_on:
            return until(facts.received, facts.due_on)
        return count(
            self.rule(facts),
            facts.clock_start,
            self.calendar,
            extended=facts.extended,
            paused=facts.pauses_on(today),
        )

    def due(self, facts: Facts, today: date) -> tuple[date, bool]:
        """Due date and whether it is provisional: of what ended, as it was then."""
        if facts.due and facts.state not in OPEN:
            return facts.due, facts.provisional
        if facts.due_on:
            return facts.due_on, False
        return reckon(
            self.rule(facts),
            facts.clock_start,
            self.calendar,
            extended=facts.extended,
            paused=facts.pauses_on(today),
        )

    def values(self, facts: Facts, today: date) -> dict[str, Any]:
        """The row that lists and figures read, of the facts alone."""
        due, provisional = self.due(facts, today)
        return values_of(facts, due, provisional=provisional)

    def keep(self, facts: Facts) -> None:
        """Bring that row up to date.

        A clock that stands still is counted to the day of the last event, so that the row follows
        from the events alone.
        """
        self.store.put_facts(self.values(facts, self.today(facts.updated_at)))

    def begin(
        self, case: Case, by: Actor, code_hash: str, data: Mapping[str, Any], *, keep: bool = True
    ) -> Facts:
        """Keep a new case with its first event; `keep` its row, too, unless more will follow."""
        self.store.add(case, code_hash)
        self.store.index_words(case.number, f"{case.title}\n{case.text}")
        event = Event(
            number=case.number,
            at=case.registered_at,
            day=case.received,
            by=by.mark,
            who=by.name,
            from_state=None,
            to_state=State.REGISTERED,
            data={"case": case.digest(), "kind": case.kind, "channel": case.channel, **data},
        )
        return self.append(opening(case), event, keep=keep)

    def append(self, facts: Facts, event: Event, *, keep: bool = True) -> Facts:
        """Append an event and keep the row equal; the case after it."""
        position = self.store.record(event)
        facts = fold(facts, event, position)
        if keep:
            self.keep(facts)
        return facts

    @contextmanager
    def move(
        self, number: str, action: Action, by: Actor, *, expected: int | None = None
    ) -> "Iterator[Move]":
        """A step that this actor may take now; nothing has happened until it is recorded.

        `expected` is the position of the last event they saw: AlreadyChanged if another came.
        """
        now = self.clock()
        with self.store.atomic():
            self.store.lock()
            case = self.found(number)
            if by.is_citizen and case.person != by.id:
                raise NotYours
            facts = self.facts(case)
            if expected is not None and facts.version != expected:
                raise AlreadyChanged(facts.last_by, facts.last_action.label)
            step = step_for(facts.state, action, facts.kind)
            check_role(step, by)
            check_case(facts, step, by)
            self.calendar.refresh()
            yield Move(book=self, case=case, facts=facts, step=step, by=by, now=now)


@dataclass(kw_only=True)
class Move:
    """One step under way."""

    book: Casebook
    case: Case
    facts: Facts  # before it is recorded, and after
    step: Step
    by: Actor
    now: datetime
    _kept: dict[str, Any] = field(default_factory=dict)

    @property
    def today(self) -> date:
        """The local day."""
        return self.book.today(self.now)

    @property
    def kind(self) -> Kind:
        """The kind of the case."""
        return self.facts.kind

    def due(self) -> tuple[date, bool]:
        """The deadline as it stands."""
        return self.book.due(self.facts, self.today)

    def keep_text(self, kind: TextKind, body: str) -> str:
        """Keep a text and have the event name it; its id."""
        text = Text(
            id=secrets.token_hex(8),
            number=self.case.number,
            kind=kind,
            body=body,
            salt=self.book.salt(),
            at=self.now,
        )
        self.book.store.add_text(text)
        self._kept = {"text": text.id, "digest": text.digest()}
        return text.id

    def record(self, *, note: str = "", day: date | None = None, **data: Any) -> Facts:
        """Append the event; where the case stands after it."""
        to_state = after(self.step, self.facts.state, self.facts.before)
        event = Event(
            number=self.case.number,
            at=self.now,
            day=day or self.today,
            by=self.by.mark,
            who=self.by.name,
            action=self.step.action,
            from_state=self.facts.state,
            to_state=to_state,
            note=note,
            data={**self._kept, **self._deadline(to_state), **data},
        )
        self.facts = self.book.append(self.facts, event)
        return self.facts

    def _deadline(self, to_state: State) -> dict[str, Any]:
        """The deadline goes into the event that first ends or answers the case."""
        if to_state in OPEN or self.facts.due:
            return {}
        due, provisional = self.due()
        return {"due": due.isoformat(), "provisional": provisional}

    def tell(self, kind: NoticeKind, **data: Any) -> None:
        """Tell the person, if they can be reached."""
        if self.case.person:
            self.book.notify(self.notice(kind, **data))

    def notice(self, kind: NoticeKind, **data: Any) -> Notice:
        """What the person would be told."""
        return Notice(
            number=self.case.number,
            person=self.case.person,
            channel=self.case.channel,
            case_kind=self.facts.kind,
            title=self.facts.title,
            kind=kind,
            data=data,
        )

"""What people do with cases: register one, see where it stands, see its deadline counted."""

from collections.abc import Callable
from datetime import date, datetime, tzinfo
from types import MappingProxyType
from typing import TypeAlias
from unicodedata import category

from petitions.case import Case, CaseStatus, Channel, Event, Kind, Receipt, title_of
from petitions.codes import WINDOW, hash_code, matches, new_code
from petitions.deadlines import Deadline, Rules, due, until
from petitions.errors import (
    NothingWritten,
    NotYours,
    ReceivedInFuture,
    TooManyAttempts,
    UnknownCase,
    WrongDueDate,
)
from petitions.numbers import make_number, parse_number
from petitions.store import PetitionStore
from petitions.workdays import Calendar

Clock: TypeAlias = Callable[[], datetime]  # aware, UTC


class PetitionDesk:
    """The use cases of petitions."""

    def __init__(
        self,
        *,
        store: PetitionStore,
        calendar: Calendar,
        clock: Clock,
        zone: tzinfo,
        new_code: Callable[[], str] = new_code,
        rules: Rules = MappingProxyType({}),
    ) -> None:
        """`zone` decides which day it is; `rules` take the place of those of `deadlines`."""
        self.calendar = calendar
        self._store = store
        self._clock = clock
        self._zone = zone
        self._new_code = new_code
        self._rules = rules

    def register(  # noqa: PLR0913 - what a case is made of, by name
        self,
        *,
        kind: Kind,
        channel: Channel,
        person: str,
        text: str,
        title: str = "",
        contact: str = "",
        received: date | None = None,
        due_on: date | None = None,
        origin: str | None = None,
    ) -> Receipt:
        """A new case with number and query code; the case there is if `origin` has one already.

        `received` is the day of receipt, today unless it arrived earlier; `due_on` the date that
        a rectification names.
        """
        now = self._clock()
        with self._store.atomic():
            self._store.lock()
            known = self._store.case_from(origin) if origin else None
            if known:
                return self._receipt(known, None)
            today = now.astimezone(self._zone).date()
            case = Case(
                number=make_number(today.year, self._store.next_serial(today.year)),
                kind=kind,
                channel=channel,
                person=person,
                title=title or title_of(text),
                text=text,
                contact=contact,
                received=received or today,
                due_on=due_on,
                origin=origin,
                registered_at=now,
            )
            _check(case, today)
            return self._receipt(case, self._keep(case))

    def _keep(self, case: Case) -> str:
        """Store a new case with its first event; the query code, which is in no other place."""
        code = self._new_code()
        self._store.add(case, hash_code(code))
        self._store.record(
            Event(
                number=case.number,
                at=case.registered_at,
                day=case.received,
                by=case.person,
                from_state=None,
                to_state=case.state,
            )
        )
        return code

    def _receipt(self, case: Case, code: str | None) -> Receipt:
        deadline = self._deadline(case)
        return Receipt(
            number=case.number,
            query_code=code,
            kind=case.kind,
            received=case.received,
            due=deadline.due,
            provisional=deadline.provisional,
            repeated=code is None,
        )

    def cases_of(self, person: str) -> tuple[CaseStatus, ...]:
        """A person's own cases, newest first."""
        return tuple(map(self._status, self._store.cases_of(person))) if person else ()

    def status(self, number: str, *, person: str, code: str | None = None) -> CaseStatus:
        """Where a case stands; others than its owner need the query code.

        Wrong codes are counted in the caller's transaction if there is one: it has to be
        committed after `NotYours`, too. Nothing tells a wrong code from a number that does not
        exist, neither the error nor the time it takes.
        """
        number = parse_number(number)
        case = self._store.case(number)
        if case and case.person and case.person == person:
            return self._status(case)
        if code is None or not self._opens(number, code, person) or case is None:
            raise NotYours
        return self._status(case)

    def _opens(self, number: str, code: str, person: str) -> bool:
        """Whether the code is that of the number; remembers it if not."""
        now = self._clock()
        with self._store.atomic():
            wrong = self._store.wrong_codes(number, person, since=now - WINDOW)
            if minutes := wrong.wait(now):
                raise TooManyAttempts(minutes)
            right = matches(code, self._store.code_hash(number))
            if not right:
                self._store.add_wrong_code(number, person, at=now)
            return right

    def ledger(self, number: str) -> Deadline:
        """A case's deadline, day by day."""
        number = parse_number(number)
        case = self._store.case(number)
        if case is None:
            raise UnknownCase(number)
        return self._deadline(case)

    def _status(self, case: Case) -> CaseStatus:
        deadline = self._deadline(case)
        return CaseStatus(
            number=case.number,
            kind=case.kind,
            title=case.title,
            state=case.state,
            received=case.received,
            due=deadline.due,
            provisional=deadline.provisional,
        )

    def _deadline(self, case: Case) -> Deadline:
        self.calendar.refresh()
        if case.due_on:
            return until(case.received, case.due_on)
        return due(case.kind, case.received, self.calendar, overrides=self._rules)


def _check(case: Case, today: date) -> None:
    """Whether a case may be registered as it is."""
    if not any(category(char)[0] in "LNPS" for char in case.text):
        raise NothingWritten
    if case.received > today:
        raise ReceivedInFuture(case.received)
    if (case.kind is Kind.RECTIFICATION) != (case.due_on is not None):
        raise WrongDueDate

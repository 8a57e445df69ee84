"""The entrance to cases: what the people whose cases they are do, and the parts for staff.

`desk.work`, `desk.replies`, `desk.queue`, `desk.routing`, `desk.people`, `desk.reminders`,
`desk.duty` are the use cases of staff; docs/cases.md lists all.
"""

from collections.abc import Callable
from datetime import date, timedelta, tzinfo
from unicodedata import category

from petitions.actor import SYSTEM, Actor, citizen
from petitions.archive import Archive
from petitions.case import Case, CaseStatus, Forgotten, Receipt, TextKind, title_of
from petitions.casebook import Casebook, Clock
from petitions.codes import WINDOW, NewCode, hash_code, matches, new_code
from petitions.deadlines import Deadline
from petitions.duty import Duty
from petitions.errors import (
    NothingWritten,
    NotNow,
    NotYours,
    ReceivedInFuture,
    TooManyAttempts,
    WrongDueDate,
)
from petitions.facts import Facts
from petitions.notices import Notice, NoticeKind, Notify
from petitions.numbers import make_number, parse_number
from petitions.people import People
from petitions.policy import Policy
from petitions.queue import Queue
from petitions.reminders import Reminders
from petitions.replies import Replies
from petitions.routing import Routing
from petitions.standing import CONFIRMED, Standing
from petitions.states import Action, State
from petitions.store import PetitionStore
from petitions.waiting import said
from petitions.words import ApplicantType, Channel, Kind, Part, Rating
from petitions.work import Work
from petitions.workdays import Calendar


def nobody(_: Notice) -> None:
    """Tells nobody: where no channel is there to tell anybody through."""


class PetitionDesk:
    """The use cases of petitions."""

    def __init__(  # noqa: PLR0913 - what a desk is made of, by name
        self,
        *,
        store: PetitionStore,
        calendar: Calendar,
        clock: Clock,
        zone: tzinfo,
        new_code: Callable[[], str] = new_code,
        policy: Policy | None = None,
        notify: Notify = nobody,
    ) -> None:
        """`zone` decides which day it is; `notify` is told what a person has to be told."""
        self.calendar = calendar
        self.policy = policy or Policy()
        self._store = store
        self._clock = clock
        self._new_code = new_code
        self._book = Casebook(
            store=store,
            calendar=calendar,
            clock=clock,
            zone=zone,
            policy=self.policy,
            notify=notify,
        )
        self._standing = Standing(self._book)
        self.people = People(store)
        self.work = Work(self._book)
        self.replies = Replies(self._book)
        self.queue = Queue(self._book)
        self.routing = Routing(store)
        self.reminders = Reminders(self._book, self.people)
        self.duty = Duty(self._book)
        self.archive = Archive(self._book)

    def register(  # noqa: PLR0913 - what a case is made of, by name
        self,
        *,
        kind: Kind,
        channel: Channel,
        person: str,
        text: str,
        title: str = "",
        contact: str = "",
        applicant: str = "",
        applicant_type: ApplicantType = ApplicantType.NATURAL,
        received: date | None = None,
        due_on: date | None = None,
        part: Part = Part.LEAD,
        origin: str | None = None,
        by: Actor | None = None,
        code: NewCode | None = None,
    ) -> Receipt:
        """A new case with number and query code; the case there is if `origin` has one already.

        `received` is the day of receipt, today unless it arrived earlier; `due_on` the date that
        a rectification names; `by` who registers what came on paper, the person itself if None;
        `code` one that was prepared.
        """
        now = self._clock()
        with self._store.atomic():
            self._store.lock()
            known = self._store.case_from(origin) if origin else None
            if known:
                return self._receipt(known, None)
            today = self._book.today(now)
            case = Case(
                number=make_number(today.year, self._store.next_serial(today.year)),
                kind=kind,
                channel=channel,
                person=person,
                title=title or title_of(text),
                text=text,
                contact=contact,
                applicant=applicant,
                applicant_type=applicant_type,
                received=received or today,
                due_on=due_on,
                origin=origin,
                registered_at=now,
                salt=self._book.salt(),
            )
            _check(case, today)
            code = code or self.prepare_code()
            self._book.begin(case, by or citizen(person), code.hash, {"part": part})
            return self._receipt(case, code.code)

    def prepare_code(self) -> NewCode:
        """A query code with its hash, which takes a while; in any thread, nothing is stored."""
        code = self._new_code()
        return NewCode(code=code, hash=hash_code(code))

    def _receipt(self, case: Case, code: str | None) -> Receipt:
        facts = self._book.facts(case)
        self.calendar.refresh()
        due, provisional = self._book.due(facts, self._today())
        return Receipt(
            number=case.number,
            query_code=code,
            kind=facts.kind,
            received=facts.received,
            due=due,
            provisional=provisional,
            repeated=code is None,
        )

    def _today(self) -> date:
        return self._book.today(self._clock())

    def cases_of(self, person: str) -> tuple[CaseStatus, ...]:
        """A person's own cases, newest first."""
        if not person:
            return ()
        return tuple(self._standing.of(case) for case in self._store.cases_of(person))

    def status(self, number: str, *, person: str, code: str | None = None) -> CaseStatus:
        """Where a case stands; others than its owner need the query code.

        Wrong codes are counted in the caller's transaction if there is one: it has to be
        committed after `NotYours`, too. Nothing tells a wrong code from a number that does not
        exist, neither the error nor the time it takes.
        """
        number = parse_number(number)
        case = self._store.case(number)
        if case and case.person and case.person == person:
            return self._standing.of(case)
        if code is None or not self._opens(number, code, person) or case is None:
            raise NotYours
        return self._standing.of(case)

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
        facts = self._book.facts(self._book.found(number))
        return self._book.deadline(facts, self._today())

    def forget(self, person: str) -> Forgotten:
        """Erase a person from their cases that have ended; those under way stay as they are.

        个人信息保护法 第四十七条; numbers, dates and steps are records that the law wants kept.
        """
        with self._store.atomic():
            cases = [self._book.facts(case) for case in self._store.cases_of(person)]
            ended = tuple(one.number for one in cases if not one.open)
            self._store.erase_person(person, ended)
        return Forgotten(erased=ended, kept=tuple(one.number for one in cases if one.open))

    def confirm_receipt(self, number: str, *, by: Actor, day: date | None = None) -> Facts:
        """Both sides confirm that the request arrived: that day is the day of receipt.

        政府信息公开条例 第三十一条: requests online, by fax or ordinary letter. Until then the
        day of registration counts.
        """
        with self._book.move(number, Action.CONFIRM_RECEIPT, by) as move:
            facts = move.facts
            if facts.confirmed or facts.channel not in CONFIRMED:
                raise NotNow("收到日期已经确定，不用再确认。")
            on = move.today if by.is_citizen or day is None else day
            if not facts.received <= on <= move.today:
                raise NotNow(f"确认日期应当在{facts.received}至{move.today}之间。")
            return move.record(day=on)

    def supplement(self, number: str, *, by: Actor, text: str) -> Facts:
        """The person completes the request."""
        return self.work.receive_supplement(number, by=by, text=text)

    def withdraw(
        self, number: str, *, by: Actor, reason: str = "", expected: int | None = None
    ) -> Facts:
        """The person does not want it handled any more."""
        with self._book.move(number, Action.WITHDRAW, by, expected=expected) as move:
            return move.record(note=reason)

    def rate(self, number: str, *, by: Actor, rating: Rating, comment: str = "") -> Facts:
        """What the person thinks of the reply; the last rating counts."""
        with self._book.move(number, Action.RATE, by) as move:
            if move.facts.replied_at is None and not move.facts.merged_into:
                raise NotNow("还没有答复，不能评价。")
            if comment.strip():
                move.keep_text(TextKind.COMMENT, comment.strip())
            return move.record(rating=rating)

    def reopen(self, number: str, *, by: Actor, reason: str, expected: int | None = None) -> Facts:
        """Not satisfied: once, within the configured period. The period to reply begins anew."""
        reason = said(reason, "不满意的原因")
        with self._book.move(number, Action.REOPEN, by, expected=expected) as move:
            if not self._standing.may_reopen(move.facts):
                days = self.policy.reopen_days
                raise NotNow(f"只能在答复后{days}天内要求重新办理一次。")
            move.keep_text(TextKind.COMMENT, reason)
            facts = move.record()
            move.tell(NoticeKind.REOPENED, due=move.due()[0].isoformat())
            return facts

    def split(self, number: str, *, by: Actor, text: str, kind: Kind | None = None) -> Receipt:
        """The second matter of a message becomes a case of its own, received the same day."""
        with self._book.move(number, Action.SPLIT, by) as move:
            receipt = self.register(
                kind=kind or move.kind,
                channel=move.case.channel,
                person=move.case.person,
                text=text,
                contact=move.case.contact,
                applicant=move.case.applicant,
                applicant_type=move.case.applicant_type,
                received=move.facts.received,
                by=by,
            )
            move.record(other=receipt.number)
            with self._book.move(receipt.number, Action.LINK, SYSTEM) as new:
                new.record(other=move.case.number)
            return receipt

    def run_out(self) -> tuple[str, ...]:
        """Do what follows from silence and time: for a timer, as often as one likes.

        Opinions that did not come; cases replied to long enough ago are closed. A supplement that
        did not come is left to an officer: whether there was a good reason is for a person to say.
        """
        now = self._clock()
        today = self._book.today(now)
        done = []
        for row in self._store.waiting_past(today):
            if row.state is State.THIRD_PARTY:
                self.work.silence(row.number, by=SYSTEM)
                done.append(row.number)
        for row in self._store.replied_before(now - timedelta(days=self.policy.close_days)):
            self.replies.close(row.number, by=SYSTEM)
            done.append(row.number)
        return tuple(done)


def _check(case: Case, today: date) -> None:
    """Whether a case may be registered as it is."""
    if not any(category(char)[0] in "LNPS" for char in case.text):
        raise NothingWritten
    if case.received > today:
        raise ReceivedInFuture(case.received)
    if (case.kind is Kind.RECTIFICATION) != (case.due_on is not None):
        raise WrongDueDate
    if case.due_on and case.due_on < case.received:
        raise WrongDueDate

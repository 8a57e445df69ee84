"""What staff do with a case before there is a reply: take it in, pass it on, wait, extend."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from petitions.actor import SYSTEM, Actor
from petitions.case import TextKind
from petitions.casebook import Casebook, Move
from petitions.deadlines import check_extension
from petitions.errors import Missing, NotNow
from petitions.facts import Facts
from petitions.notices import NoticeKind
from petitions.people import User
from petitions.policy import Assignment
from petitions.states import Action
from petitions.words import Kind, Outcome, Role

SUPPLEMENT_WITHIN = 7  # working days of receipt: 条例 第三十条
OPINION_WITHIN = 15  # working days: 条例 第三十二条、第三十四条
OBJECT_WITHIN = 5  # working days, letters: 信访工作条例 第二十三条


class Work:
    """Use cases of staff. Each takes who does it, and the last event they saw as `expected`."""

    def __init__(self, book: Casebook) -> None:
        self._book = book

    def accept(
        self, number: str, *, by: Actor, department: str = "", expected: int | None = None
    ) -> Facts:
        """It is ours; answerable: `department`, else that of who accepts, else the front desk."""
        with self._book.move(number, Action.ACCEPT, by, expected=expected) as move:
            owner = department or by.department or self._book.policy.front
            facts = move.record(department=owner)
            due, provisional = move.due()
            move.tell(NoticeKind.ACCEPTED, due=due.isoformat(), provisional=provisional)
            return facts

    def decline(
        self,
        number: str,
        *,
        by: Actor,
        reason: str,
        referral: str = "",
        expected: int | None = None,
    ) -> Facts:
        """It is not ours: why, and where the person can turn."""
        reason = said(reason, "不予受理的理由")
        with self._book.move(number, Action.DECLINE, by, expected=expected) as move:
            facts = move.record(note=reason, referral=referral)
            move.tell(NoticeKind.DECLINED, reason=reason, referral=referral)
            return facts

    def file(self, number: str, *, by: Actor, reason: str, expected: int | None = None) -> Facts:
        """Nothing to answer, such as thanks."""
        reason = said(reason, "存档的理由")
        with self._book.move(number, Action.FILE, by, expected=expected) as move:
            facts = move.record(note=reason)
            move.tell(NoticeKind.CLOSED)
            return facts

    def route(
        self,
        number: str,
        *,
        by: Actor,
        lead: str,
        co: Sequence[str] = (),
        note: str = "",
        expected: int | None = None,
    ) -> Facts:
        """To a department, with others that help; an officer gets it where that is configured."""
        lead = said(lead, "主办处室")
        with self._book.move(number, Action.ROUTE, by, expected=expected) as move:
            helping = [one for one in dict.fromkeys(co) if one and one != lead]
            facts = move.record(note=note, lead=lead, co=helping)
            officer = self._next_officer(lead)
            return self._give(number, officer, SYSTEM) if officer else facts

    def _next_officer(self, department: str) -> User | None:
        """Who gets it by the configured rule; None: whoever claims it."""
        officers = self._book.store.officers(department)
        if self._book.policy.assignment is Assignment.NOBODY or not officers:
            return None
        if self._book.policy.assignment is Assignment.LEAST_LOADED:
            return min(officers, key=lambda one: (one[1], one[2], one[0].name))[0]
        return min(officers, key=lambda one: (one[2], one[0].name))[0]

    def object(self, number: str, *, by: Actor, reason: str, expected: int | None = None) -> Facts:
        """The department says that it is not theirs; a supervisor routes it anew or upholds."""
        reason = said(reason, "异议的理由")
        with self._book.move(number, Action.OBJECT, by, expected=expected) as move:
            if move.kind is Kind.LETTER:
                self._check_objection(move)
            return move.record(note=reason)

    def _check_objection(self, move: Move) -> None:
        last = self._book.calendar.after(self._book.today(move.facts.updated_at), OBJECT_WITHIN)
        if move.today > last:
            raise NotNow(f"转办异议要在{OBJECT_WITHIN}个工作日内提出（信访工作条例第二十三条）。")

    def uphold(self, number: str, *, by: Actor, reason: str, expected: int | None = None) -> Facts:
        """It stays with the department that objected."""
        reason = said(reason, "维持转办的理由")
        with self._book.move(number, Action.UPHOLD, by, expected=expected) as move:
            if not move.facts.objection:
                raise NotNow("没有待处理的转办异议。")
            return move.record(note=reason)

    def claim(self, number: str, *, by: Actor, expected: int | None = None) -> Facts:
        """I take it. Of two at once one wins, the other learns who has it."""
        with self._book.move(number, Action.CLAIM, by, expected=expected) as move:
            department = move.facts.department or by.department
            facts = move.record(officer=by.id, name=by.name, department=department)
            self._book.store.assigned(by.id, move.now)
            return facts

    def assign(
        self, number: str, *, by: Actor, officer: User, note: str = "", expected: int | None = None
    ) -> Facts:
        """Somebody else gets it: a supervisor assigns, an officer transfers their own."""
        if not officer.active:
            raise NotNow(f"{officer.name}已经停用，请另选承办人。")
        if by.role is Role.STAFF and officer.department != by.department:
            raise NotNow("只能转交给本处室的人；要换处室请用转办。")
        return self._give(number, officer, by, note=note, expected=expected)

    def _give(
        self, number: str, officer: User, by: Actor, *, note: str = "", expected: int | None = None
    ) -> Facts:
        with self._book.move(number, Action.ASSIGN, by, expected=expected) as move:
            facts = move.record(
                note=note, officer=officer.id, name=officer.name, department=officer.department
            )
            self._book.store.assigned(officer.id, move.now)
            return facts

    def release(
        self, number: str, *, by: Actor, note: str = "", expected: int | None = None
    ) -> Facts:
        """Back to the department, for somebody else to claim."""
        with self._book.move(number, Action.RELEASE, by, expected=expected) as move:
            return move.record(note=note)

    def request_supplement(
        self, number: str, *, by: Actor, items: str, days: int = 0, expected: int | None = None
    ) -> Facts:
        """Ask the applicant, once, to complete the request within so many working days.

        A disclosure request's clock stands still meanwhile and starts anew on receipt; nothing
        stops the clock of other kinds.
        """
        items = said(items, "需要补正的内容")
        with self._book.move(number, Action.REQUEST_SUPPLEMENT, by, expected=expected) as move:
            disclosure = move.kind is Kind.DISCLOSURE
            if disclosure:
                self._check_supplement(move)
            last = self._working_days(move, days or self._book.policy.supplement_days)
            facts = move.record(items=items, until=last.isoformat(), stops=disclosure)
            move.tell(NoticeKind.SUPPLEMENT_REQUESTED, items=items, until=last.isoformat())
            return facts

    def _check_supplement(self, move: Move) -> None:
        if move.facts.supplements:
            raise NotNow("已经告知过补正，补正应当一次性告知（条例第三十条）。")
        if move.today > self._book.calendar.after(move.facts.received, SUPPLEMENT_WITHIN):
            raise NotNow(
                f"收到申请已超过{SUPPLEMENT_WITHIN}个工作日，不能再要求补正（条例第三十条）。"
            )

    def _working_days(self, move: Move, days: int) -> date:
        if not 1 <= days <= 60:
            raise NotNow("期限应当是1至60个工作日。")
        return self._book.calendar.after(move.today, days)

    def receive_supplement(
        self,
        number: str,
        *,
        by: Actor,
        text: str,
        day: date | None = None,
        expected: int | None = None,
    ) -> Facts:
        """What the applicant completed, received on `day`; also by the applicant."""
        text = said(text, "补正的内容")
        with self._book.move(number, Action.RECEIVE_SUPPLEMENT, by, expected=expected) as move:
            received = day_of(move, day)
            move.keep_text(TextKind.SUPPLEMENT, text)
            restarts = move.kind is Kind.DISCLOSURE
            return move.record(day=received, restarts=restarts)

    def lapse(self, number: str, *, by: Actor, expected: int | None = None) -> Facts:
        """Not completed in time without good reason: given up (条例 第三十条)."""
        with self._book.move(number, Action.LAPSE, by, expected=expected) as move:
            if move.facts.waiting_until and move.today <= move.facts.waiting_until:
                raise NotNow(f"补正期限到{move.facts.waiting_until}，还没有过。")
            given_up = {"outcome": Outcome.OTHER_LAPSED}
            data: dict[str, Any] = given_up if move.kind is Kind.DISCLOSURE else {}
            items = move.facts.waiting_for
            facts = move.record(**data)
            move.tell(NoticeKind.LAPSED, items=items)
            return facts

    def consult(
        self,
        number: str,
        *,
        by: Actor,
        party: str,
        co_producing: bool = False,
        expected: int | None = None,
    ) -> Facts:
        """Ask in writing whose interests are touched, or who made the information, too.

        The clock stands still, for 15 working days at most. Then silence means: a co-producing
        body agrees (第三十四条), for a third party the body decides itself (第三十二条).
        """
        party = said(party, "征求谁的意见")
        with self._book.move(number, Action.CONSULT, by, expected=expected) as move:
            last = self._working_days(move, OPINION_WITHIN)
            facts = move.record(
                party=party, until=last.isoformat(), stops=True, co_producing=co_producing
            )
            move.tell(NoticeKind.CONSULTING, until=last.isoformat(), co_producing=co_producing)
            return facts

    def receive_opinion(
        self,
        number: str,
        *,
        by: Actor,
        text: str,
        agrees: bool,
        day: date | None = None,
        expected: int | None = None,
    ) -> Facts:
        """Their answer, received on `day`."""
        with self._book.move(number, Action.RECEIVE_OPINION, by, expected=expected) as move:
            received = day_of(move, day)
            move.keep_text(TextKind.OPINION, said(text, "意见内容"))
            return move.record(day=received, agrees=agrees)

    def silence(self, number: str, *, by: Actor, expected: int | None = None) -> Facts:
        """They did not answer in time."""
        with self._book.move(number, Action.SILENCE, by, expected=expected) as move:
            last = move.facts.waiting_until
            if last is None or move.today <= last:
                raise NotNow(f"回复意见的期限到{last}，还没有过。")
            agreed = move.facts.co_producing
            note = (
                "逾期未回复，视为同意（条例第三十四条）"
                if agreed
                else "逾期未回复（条例第三十二条）"
            )
            return move.record(note=note, day=last, agrees=True if agreed else None)

    def extend(
        self,
        number: str,
        *,
        by: Actor,
        days: int,
        reason: str,
        consent_by: str,
        expected: int | None = None,
    ) -> Facts:
        """More time, in the unit of the rule, with consent; the person is told."""
        reason = said(reason, "延期的理由")
        consent_by = said(consent_by, "同意延期的负责人")
        with self._book.move(number, Action.EXTEND, by, expected=expected) as move:
            rule = self._book.rule(move.facts)
            if days < 1:
                raise NotNow("延期至少一天。")
            check_extension(rule, move.facts.extended + days)
            if move.today > move.due()[0]:
                raise NotNow(f"期限{move.due()[0]}已过，不能再延期。")
            facts = move.record(note=reason, days=days, consent_by=consent_by)
            move.tell(
                NoticeKind.EXTENDED,
                days=f"{days}{rule.unit}",
                reason=reason,
                due=move.due()[0].isoformat(),
            )
            return facts


def said(text: str, what: str) -> str:
    """The text without space around it; Missing if nothing is left."""
    if not text.strip():
        raise Missing(what)
    return text.strip()


def day_of(move: Move, day: date | None) -> date:
    """The day something arrived: between the last event and today."""
    last = move.facts.stopped_from or move.book.today(move.facts.updated_at)
    if day and not last <= day <= move.today:
        raise NotNow(f"收到日期应当在{last}至{move.today}之间。")
    return day or move.today

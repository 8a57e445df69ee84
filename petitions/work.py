"""What staff do with a case before there is a reply: take it in, pass it on, extend."""

from collections.abc import Sequence

from petitions.actor import SYSTEM, Actor
from petitions.casebook import Move
from petitions.deadlines import check_extension
from petitions.errors import NotNow
from petitions.facts import Facts
from petitions.notices import NoticeKind
from petitions.people import User
from petitions.policy import Assignment
from petitions.states import Action
from petitions.waiting import Waiting, said
from petitions.words import Kind, Role

OBJECT_WITHIN = 5  # working days, letters: 信访工作条例 第二十三条


class Work(Waiting):
    """Use cases of staff. Each takes who does it, and the last event they saw as `expected`."""

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

"""Random lives of cases: whatever people do in whatever order, the promises hold."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlite_utils import Database

from petitions import (
    Action,
    Actor,
    Channel,
    Facts,
    Kind,
    Outcome,
    PetitionDesk,
    PetitionError,
    PetitionStore,
    Rating,
    Role,
    State,
    User,
    citizen,
    migrations,
    outcomes_for,
)
from petitions.states import OWNED, TRANSITIONS, actions_for
from tests.conftest import Clock
from tests.petitions.conftest import make_desk

OWNER = citizen("web:1001")
DEPARTMENTS = ("投资处", "综合处")
STAFF = tuple(
    Actor(id=f"u{n}", name=name, role=role, department=department)
    for n, (name, role, department) in enumerate(
        [
            ("张三", Role.STAFF, "投资处"),
            ("李四", Role.STAFF, "综合处"),
            ("王五", Role.SUPERVISOR, "办公室"),
            ("赵六", Role.ADMIN, "办公室"),
            ("钱七", Role.DUTY, "办公室"),
        ]
    )
)
ACTORS = (OWNER, *STAFF)
USERS = tuple(
    User(id=one.id, name=one.name, role=one.role, department=one.department) for one in STAFF
)
# Without these a case would nearly always be over, or noted upon, before anything happens to it.
_ONWARD = set(Action) - {
    Action.DECLINE,
    Action.FILE,
    Action.WITHDRAW,
    Action.MERGE,
    Action.NOTE,
    Action.URGE,
    Action.LINK,
    Action.SPLIT,
    Action.HIDE,
    Action.CORRECT,
}
# A correction may have to; a second round has a period of its own. Nothing else makes a deadline
# earlier.
_MAY_SHRINK = {Action.CORRECT, Action.REOPEN}


class Walk(RuleBasedStateMachine):
    """One case; everybody tries everything."""

    def __init__(self) -> None:
        super().__init__()
        self.db = Database(memory=True)
        migrations.apply(self.db)
        self.clock = Clock()
        self.told: list[Any] = []
        self.store = PetitionStore(self.db)
        self.desk: PetitionDesk = make_desk(self.store, self.clock, notify=self.told.append)
        self.numbers: list[str] = []
        self.kind = Kind.CONSULTATION

    def teardown(self) -> None:
        self.db.close()

    @rule(kind=st.sampled_from(Kind), channel=st.sampled_from(Channel))
    @precondition(lambda self: not self.numbers)
    def register(self, kind: Kind, channel: Channel) -> None:
        self.kind = kind
        for text in ("路灯坏了三个月。", "路灯不亮。"):
            due_on = date(2027, 1, 20) if kind is Kind.RECTIFICATION else None
            receipt = self.desk.register(
                kind=kind, channel=channel, person="web:1001", text=text, due_on=due_on
            )
            self.numbers.append(receipt.number)

    @rule(days=st.integers(0, 12), hours=st.integers(0, 23))
    @precondition(lambda self: self.numbers)
    def time_passes(self, days: int, hours: int) -> None:
        self.clock.pass_by(days=days, hours=hours)

    @rule(action=st.sampled_from(Action), by=st.sampled_from(ACTORS), pick=st.integers(0, 99))
    @precondition(lambda self: self.numbers)
    def somebody_tries(self, action: Action, by: Actor, pick: int) -> None:
        self._try(self.numbers[0], action, by, pick)

    @rule(by=st.sampled_from((OWNER, *STAFF[2:4])), pick=st.integers(0, 99))
    @precondition(lambda self: self.numbers)
    def the_case_goes_on(self, by: Actor, pick: int) -> None:
        """Those whom no department limits take a step that leads somewhere."""
        facts = self._facts(self.numbers[0])
        allowed = [one for one in actions_for(facts.state, facts.kind, by.role) if one in _ONWARD]
        if allowed:
            self._try(facts.number, allowed[pick % len(allowed)], by, pick)

    @rule(pick=st.integers(0, 99))
    @precondition(lambda self: self.numbers)
    def the_case_goes_on_again(self, pick: int) -> None:
        self.the_case_goes_on(STAFF[2 + pick % 2], pick)

    @rule()
    @precondition(lambda self: self.numbers)
    def the_timer_runs(self) -> None:
        self.desk.run_out()

    def _facts(self, number: str) -> Facts:
        return self.desk.queue.page(number, by=STAFF[2]).facts

    def _due(self, number: str) -> date:
        return self.desk.queue.page(number, by=STAFF[2]).deadline.due

    def _try(self, number: str, action: Action, by: Actor, pick: int) -> None:
        due, seen = self._due(number), self.store.events(number)
        refused = self._refused(number, action, by, pick)
        if refused:
            assert "{" not in refused
            assert self.store.events(number) == seen, "a refused step changed history"
            return
        if action not in _MAY_SHRINK:
            assert self._due(number) >= due, f"{action} made the deadline earlier"

    def _refused(self, number: str, action: Action, by: Actor, pick: int) -> str:
        """The sentence with which a step was refused; "" if it was taken."""
        call = self._calls(number, by, pick).get(action)
        if call is None:
            return "nobody can do that by themselves"
        try:
            call()
        except PetitionError as exc:
            return str(exc)
        return ""

    def _calls(self, number: str, by: Actor, pick: int) -> dict[Action, Callable[[], Any]]:
        desk, work, replies = self.desk, self.desk.work, self.desk.replies
        department = DEPARTMENTS[pick % 2]
        outcomes = [None, *outcomes_for(self.kind, date(2026, 11, 24))]
        outcome: Outcome | None = outcomes[pick % len(outcomes)]
        more: dict[str, Any] = {"by": by}
        field, value = [("kind", "letter"), ("received", "2026-11-20"), ("fee", "5")][pick % 3]
        return {
            Action.CONFIRM_RECEIPT: lambda: desk.confirm_receipt(number, **more),
            Action.ACCEPT: lambda: work.accept(number, **more),
            Action.DECLINE: lambda: work.decline(number, reason="不属于本机关", **more),
            Action.FILE: lambda: work.file(number, reason="感谢信", **more),
            Action.ROUTE: lambda: work.route(number, lead=department, co=DEPARTMENTS, **more),
            Action.OBJECT: lambda: work.object(number, reason="不是我们的", **more),
            Action.UPHOLD: lambda: work.uphold(number, reason="是你们的", **more),
            Action.CLAIM: lambda: work.claim(number, **more),
            Action.ASSIGN: lambda: work.assign(number, officer=USERS[pick % 2], **more),
            Action.RELEASE: lambda: work.release(number, **more),
            Action.REQUEST_SUPPLEMENT: lambda: work.request_supplement(
                number, items="写明年份", days=pick % 20, **more
            ),
            Action.RECEIVE_SUPPLEMENT: lambda: work.receive_supplement(
                number, text="2025年", **more
            ),
            Action.LAPSE: lambda: work.lapse(number, **more),
            Action.CONSULT: lambda: work.consult(
                number, party="某公司", co_producing=bool(pick % 2), **more
            ),
            Action.RECEIVE_OPINION: lambda: work.receive_opinion(
                number, text="不同意", agrees=False, **more
            ),
            Action.SILENCE: lambda: work.silence(number, **more),
            Action.EXTEND: lambda: work.extend(
                number, days=pick % 12, reason="情况复杂", consent_by="王五", **more
            ),
            Action.SUBMIT: lambda: replies.submit(number, text="答复", outcome=outcome, **more),
            Action.APPROVE: lambda: replies.approve(number, send=bool(pick % 2), **more),
            Action.RETURN: lambda: replies.send_back(number, comment="改", **more),
            Action.REPLY: lambda: replies.reply(number, text="答复", outcome=outcome, **more),
            Action.CLOSE: lambda: replies.close(number, **more),
            Action.REOPEN: lambda: desk.reopen(number, reason="没解决", **more),
            Action.WITHDRAW: lambda: desk.withdraw(number, **more),
            Action.MERGE: lambda: replies.merge(number, into=self.numbers[1], **more),
            Action.LINK: lambda: replies.link(number, other=self.numbers[1], **more),
            Action.SPLIT: lambda: desk.split(
                number,
                text="另一件事",
                kind=Kind.APPEAL,
                **more,
            ),
            Action.RATE: lambda: desk.rate(number, rating=list(Rating)[pick % 3], **more),
            Action.NOTE: lambda: replies.note(number, text="备注", **more),
            Action.URGE: lambda: replies.urge(number, note="请抓紧", **more),
            Action.HIDE: lambda: replies.set_confidential(
                number, confidential=bool(pick % 2), **more
            ),
            Action.CORRECT: lambda: replies.correct(
                number, field=field, value=value, reason="登记有误", **more
            ),
        }

    @invariant()
    def every_step_is_in_the_table(self) -> None:
        for number in self.numbers:
            for event in self.store.events(number)[1:]:
                assert event.from_state is not None
                step = TRANSITIONS[event.from_state, event.action]
                assert isinstance(event.to_state, State)
                assert step.to in (
                    event.to_state,
                    *([] if isinstance(step.to, State) else [step.to]),
                )

    @invariant()
    def no_case_is_without_owner_after_acceptance(self) -> None:
        for number in self.numbers:
            facts = self._facts(number)
            assert facts.department or facts.state not in OWNED

    @invariant()
    def no_deadline_is_before_receipt(self) -> None:
        for number in self.numbers:
            page = self.desk.queue.page(number, by=STAFF[2])
            assert page.deadline.due >= page.facts.received
            assert page.due >= page.facts.received
            days = [one.date for one in page.deadline.ledger]
            assert days == [days[0] + timedelta(days=n) for n in range(len(days))]

    @invariant()
    def rows_follow_from_events_and_history_is_whole(self) -> None:
        assert list(self.desk.queue.check()) == []
        assert self.desk.queue.verify() == ()

    @invariant()
    def nobody_is_told_anything_without_a_case(self) -> None:
        assert all(one.number in self.numbers for one in self.told)


@pytest.mark.parametrize("steps", [30])
def test_whatever_people_do_the_promises_hold(steps):
    run_state_machine_as_test(
        Walk,
        settings=settings(
            max_examples=25,
            stateful_step_count=steps,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )

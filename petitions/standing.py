"""Where a case stands, as the person whose case it is sees it."""

from datetime import date, timedelta
from typing import Any

from petitions.case import Case, CaseStatus
from petitions.casebook import Casebook
from petitions.facts import Facts
from petitions.states import Action, State, actions_for
from petitions.words import Channel, Role

# Post that was signed for and what was handed over have their day (条例 第三十一条).
CONFIRMED = frozenset({Channel.TELEGRAM, Channel.WEB, Channel.TERMINAL, Channel.LETTER})


class Standing:
    """What a person may know of a case."""

    def __init__(self, book: Casebook) -> None:
        self._book = book

    def _today(self) -> date:
        return self._book.today(self._book.clock())

    def of(self, case: Case) -> CaseStatus:
        """Where a case stands, and what its owner could do."""
        facts = self._book.facts(case)
        self._book.calendar.refresh()
        due, provisional = self._book.due(facts, self._today())
        waits = facts.state is State.SUPPLEMENT_REQUESTED
        return CaseStatus(
            number=case.number,
            kind=facts.kind,
            title=case.title,
            state=facts.state,
            received=facts.received,
            due=due,
            provisional=provisional,
            stopped=facts.stopped_from is not None,
            department=facts.department,
            supplement=facts.waiting_for if waits else "",
            supplement_by=facts.waiting_until if waits else None,
            **self._answer(facts),
            rating=facts.rating,
            may=self._may(facts),
        )

    def _answer(self, facts: Facts) -> dict[str, Any]:
        """The reply, once it is sent; that of the case it was merged into if it was."""
        if facts.merged_into:
            main = self._book.store.case(facts.merged_into)
            return self._answer(self._book.facts(main)) if main else {}
        if facts.replied_at is None or facts.state is State.REOPENED:
            return {}
        text = self._book.store.text(facts.text)
        return {
            "reply": text.body if text else "",
            "basis": facts.basis,
            "outcome": facts.outcome,
        }

    def _may(self, facts: Facts) -> frozenset[Action]:
        """What the owner could do now."""
        could = frozenset(actions_for(facts.state, facts.kind, Role.CITIZEN))
        if facts.confirmed or facts.channel not in CONFIRMED:
            could -= {Action.CONFIRM_RECEIPT}
        if not self.may_reopen(facts):
            could -= {Action.REOPEN}
        return could if facts.replied_at else could - {Action.RATE}

    def may_reopen(self, facts: Facts) -> bool:
        """Once, within the configured period."""
        if facts.reopened or facts.replied_at is None:
            return False
        last = self._book.today(facts.replied_at) + timedelta(days=self._book.policy.reopen_days)
        return self._today() <= last

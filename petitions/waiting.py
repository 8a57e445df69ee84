"""What staff do while somebody else has to answer first: supplements and opinions."""

from datetime import date
from typing import Any

from petitions.actor import Actor
from petitions.case import TextKind
from petitions.casebook import Casebook, Move
from petitions.errors import Missing, NotNow
from petitions.facts import Facts
from petitions.notices import NoticeKind
from petitions.states import Action
from petitions.words import Kind, Outcome

SUPPLEMENT_WITHIN = 7  # working days of receipt: 条例 第三十条
OPINION_WITHIN = 15  # working days: 条例 第三十二条、第三十四条


class Waiting:
    """The part of `Work` that waits for others."""

    def __init__(self, book: Casebook) -> None:
        self._book = book

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

"""What staff do about the reply: write it, have it read, send it, close, correct."""

from datetime import date, timedelta
from typing import Any

from petitions.actor import SYSTEM, Actor
from petitions.case import Draft, TextKind
from petitions.casebook import Casebook, Move
from petitions.deadlines import Scheme
from petitions.errors import DraftChanged, FourEyes, NotNow, UnknownWord
from petitions.facts import Facts
from petitions.folding import corrected
from petitions.notices import Notice, NoticeKind
from petitions.states import Action, State
from petitions.waiting import said
from petitions.words import OF_2008, OF_2019, OF_OTHER_KINDS, Kind, Outcome

REVIEW_DAYS = 60  # to ask for administrative reconsideration: 行政复议法 (2023) 第二十条


def outcomes_for(kind: Kind, received: date) -> tuple[Outcome, ...]:
    """What may become of a case, in the order of the forms."""
    if kind is not Kind.DISCLOSURE:
        return tuple(one for one in Outcome if one in OF_OTHER_KINDS)
    allowed = OF_2008 if Scheme.on(received) is Scheme.OF_2008 else OF_2019
    return tuple(one for one in Outcome if one in allowed)


class Replies:
    """Use cases around the reply."""

    def __init__(self, book: Casebook) -> None:
        self._book = book

    def save_draft(
        self, number: str, *, by: Actor, text: str, outcome: Outcome | None = None, basis: str = ""
    ) -> Draft:
        """Keep what is being written; whoever may submit it may keep it.

        Takes the place of the draft that is there: `check_draft` first.
        """
        with self._book.move(number, Action.SUBMIT, by) as move:
            draft = Draft(
                number=move.case.number,
                by=by.id,
                who=by.name,
                body=text,
                outcome=outcome,
                basis=basis,
                at=move.now,
            )
            self._book.store.save_draft(draft)
            return draft

    def check_draft(self, number: str, *, by: Actor, seen: str, text: str) -> None:
        """Raise DraftChanged if a draft is there that was not seen when `text` was begun.

        `seen`: the stamp of the draft it was begun from; "" if there was none.
        """
        kept = self._book.store.draft(self._book.found(number).number)
        if kept is None or kept.stamp == seen or kept.body.strip() in ("", text.strip()):
            return
        who = "您自己" if kept.by == by.id else kept.who
        raise DraftChanged(who, self._book.clock_time(kept.at))

    def preview(self, number: str, *, by: Actor) -> Notice | None:
        """What the person would be told if the draft went out as it is; None without a draft."""
        with self._book.move(number, Action.SUBMIT, by) as move:
            draft = self._book.store.draft(move.case.number)
            if draft is None:
                return None
            told = _told(draft.body, draft.outcome, draft.basis)
            return move.notice(NoticeKind.REPLIED, **told, may_reopen_until=None)

    def submit(
        self,
        number: str,
        *,
        by: Actor,
        text: str,
        outcome: Outcome | None = None,
        basis: str = "",
        expected: int | None = None,
    ) -> Facts:
        """Hand the reply to a second person; a disclosure request needs an outcome."""
        with self._book.move(number, Action.SUBMIT, by, expected=expected) as move:
            return move.record(**self._answer(move, text, outcome, basis))

    def _answer(self, move: Move, text: str, outcome: Outcome | None, basis: str) -> dict[str, Any]:
        """What an event says of a reply; keeps its text and drops the draft."""
        if outcome is None and move.kind is Kind.DISCLOSURE:
            raise NotNow("依申请公开的答复要选答复结果。")
        allowed = outcomes_for(move.kind, move.facts.received)
        if outcome and outcome not in allowed:
            raise UnknownWord(outcome.label, "、".join(one.label for one in allowed))
        move.keep_text(TextKind.REPLY, said(text, "答复内容"))
        self._book.store.drop_draft(move.case.number)
        return {"basis": basis.strip(), **({"outcome": outcome} if outcome else {})}

    def approve(
        self, number: str, *, by: Actor, send: bool = True, expected: int | None = None
    ) -> Facts:
        """It may go out; with `send` it does. Nobody approves their own."""
        with self._book.move(number, Action.APPROVE, by, expected=expected) as move:
            _check_eyes(move)
            facts = move.record()
            return self.reply(number, by=by) if send else facts

    def send_back(
        self, number: str, *, by: Actor, comment: str, expected: int | None = None
    ) -> Facts:
        """Back to the officer with what has to change."""
        comment = said(comment, "退回的意见")
        with self._book.move(number, Action.RETURN, by, expected=expected) as move:
            return move.record(note=comment)

    def reply(  # noqa: PLR0913 - what a reply is made of, by name
        self,
        number: str,
        *,
        by: Actor,
        text: str = "",
        outcome: Outcome | None = None,
        basis: str = "",
        fee: float = 0.0,
        expected: int | None = None,
    ) -> Facts:
        """Send the approved reply, or `text` at once where no second person has to look."""
        with self._book.move(number, Action.REPLY, by, expected=expected) as move:
            if move.facts.state is State.UNDER_REVIEW:
                _check_approved(move)
                answer: dict[str, Any] = {"text": move.facts.text}
            elif move.kind in self._book.policy.reviewed:
                raise NotNow(f"{move.kind.label}的答复要先送审。")
            else:
                answer = self._answer(move, text, outcome, basis)
            if fee:
                answer["fee"] = fee
            facts = move.record(**answer)
            self._tell_reply(move)
            self._serve(move)
            return facts

    def _tell_reply(self, move: Move) -> None:
        facts, policy = move.facts, self._book.policy
        text = self._book.store.text(facts.text)
        reopen_by = move.today + timedelta(days=policy.reopen_days)
        move.tell(
            NoticeKind.REPLIED,
            **_told(text.body if text else "", facts.outcome, facts.basis),
            may_reopen_until=None if facts.reopened else reopen_by.isoformat(),
        )

    def _serve(self, move: Move) -> None:
        """One reply serves all: the people of the duplicates get it, too."""
        for number in self._book.store.merged_into(move.case.number):
            with self._book.move(number, Action.SERVE, SYSTEM) as other:
                other.record(main=move.case.number, text=move.facts.text)
                text = self._book.store.text(move.facts.text)
                told = _told(text.body if text else "", move.facts.outcome, move.facts.basis)
                other.tell(NoticeKind.REPLIED, **told, may_reopen_until=None)

    def close(self, number: str, *, by: Actor, expected: int | None = None) -> Facts:
        """Nothing more will happen."""
        with self._book.move(number, Action.CLOSE, by, expected=expected) as move:
            facts = move.record()
            move.tell(NoticeKind.CLOSED)
            return facts

    def merge(
        self, number: str, *, by: Actor, into: str, note: str = "", expected: int | None = None
    ) -> Facts:
        """A duplicate of `into`, whose reply will serve both."""
        with self._book.move(number, Action.MERGE, by, expected=expected) as move:
            main = self._book.facts(self._book.found(into))
            if main.number == move.case.number:
                raise NotNow("不能并入自己。")
            if not main.open or main.merged_into:
                raise NotNow(f"{main.number}已经办完，不能再并入。")
            if self._book.store.merged_into(move.case.number):
                raise NotNow("已有其他事项并入这一件，请反过来并。")
            facts = move.record(note=note, into=main.number)
            move.tell(NoticeKind.MERGED, into=main.number)
        return facts

    def link(self, number: str, *, by: Actor, other: str, note: str = "") -> Facts:
        """Related cases, each of which names the other."""
        with self._book.move(number, Action.LINK, by) as move:
            found = self._book.found(other)
            if found.number == move.case.number:
                raise NotNow("不能与自己关联。")
            facts = move.record(note=note, other=found.number)
            with self._book.move(found.number, Action.LINK, by) as back:
                back.record(note=note, other=move.case.number)
            return facts

    def note(self, number: str, *, by: Actor, text: str) -> Facts:
        """For colleagues only."""
        with self._book.move(number, Action.NOTE, by) as move:
            move.keep_text(TextKind.NOTE, said(text, "备注"))
            return move.record()

    def urge(self, number: str, *, by: Actor, note: str) -> Facts:
        """A supervisor chases a case 督办."""
        with self._book.move(number, Action.URGE, by) as move:
            return move.record(note=said(note, "督办意见"))

    def set_confidential(
        self, number: str, *, by: Actor, confidential: bool = True, reason: str = ""
    ) -> Facts:
        """Informants are never disclosed (信访工作条例 第三十条): only who handles it sees it."""
        with self._book.move(number, Action.HIDE, by) as move:
            return move.record(note=reason, confidential=confidential)

    def correct(
        self,
        number: str,
        *,
        by: Actor,
        field: str,
        value: Any,
        reason: str,
        expected: int | None = None,
    ) -> Facts:
        """Put a wrong entry right; what was there stays in the history.

        `field`: kind, title, applicant_type, received, outcome, fee, needs_handling; `value` as
        text, number or truth value.
        """
        reason = said(reason, "更正的理由")
        with self._book.move(number, Action.CORRECT, by, expected=expected) as move:
            try:
                new = corrected(field, value)
            except (KeyError, ValueError, TypeError) as exc:
                raise NotNow(f"不能把“{field}”更正为“{value}”，请核对。") from exc
            if field == "received" and new > move.today:
                raise NotNow(f"收到日期{new}还没有到，请核对。")
            old = getattr(move.facts, field)
            return move.record(note=reason, field=field, value=_plain(value), old=_plain(old))


def _told(text: str, outcome: Outcome | None, basis: str) -> dict[str, Any]:
    """What a person is told of a reply."""
    return {
        "text": text,
        "outcome": outcome,
        "basis": basis,
        "refuses": bool(outcome and outcome.refuses),
        "review_days": REVIEW_DAYS,
    }


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _check_eyes(move: Move) -> None:
    if move.facts.submitted_by == move.by.id:
        raise FourEyes(move.by.name, move.by.role.label, Action.APPROVE.label)


def _check_approved(move: Move) -> None:
    if not move.facts.approved_by:
        raise NotNow("答复还没有审核通过。")

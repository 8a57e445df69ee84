"""A person's own case: where it stands, why that day, and what its owner can do about it.

What is offered is what the state table allows now (`CaseStatus.may`); whether it is still allowed
when the button is pressed is checked again there.
"""

from collections.abc import Callable
from dataclasses import replace

from handlers import case_texts, texts
from handlers.conversation import Draft
from handlers.messages import Action, Block, Button, Reply, Style, say
from handlers.turn import Turn
from petitions import (
    Action as Step,
)
from petitions import (
    CaseStatus,
    NotYours,
    PetitionError,
    Rating,
    citizen,
)

VERB = "case"
SUPPLEMENT_FORM = "supplement"  # wait for a text about the case in `Draft.values["number"]`
REOPEN_FORM = "reopen"
COMMENT_FORM = "comment"
_SHOWN = 8  # own cases as buttons; older ones by number

Row = tuple[Button, ...]


def view(status: CaseStatus, *, own: bool = True) -> Reply:
    """Where a case stands, with what its owner can do; whoever has the code only reads."""
    blocks = [Block(text=status.title, style=Style.TITLE), Block(text=case_texts.standing(status))]
    if status.supplement:
        blocks.append(Block(text=case_texts.to_complete(status.supplement, status.supplement_by)))
    if status.reply:
        blocks.append(Block(text=status.reply))
    if status.reply and status.basis:
        blocks.append(Block(text=case_texts.based_on(status.basis), style=Style.SOURCE))
    return Reply(blocks=tuple(blocks), buttons=_offers(status) if own else ())


def _offers(status: CaseStatus) -> tuple[Row, ...]:
    number = status.number
    rows: list[Row] = [
        (_button(label, what, number),)
        for step, what, label in (
            (Step.RECEIVE_SUPPLEMENT, "supplement", case_texts.COMPLETE),
            (Step.CONFIRM_RECEIPT, "confirm", case_texts.CONFIRM),
        )
        if step in status.may
    ]
    if Step.WITHDRAW in status.may:  # open: what is sent still counts
        rows.append((_button(case_texts.UPLOAD, "upload", number),))
    if Step.RATE in status.may:
        rows.append(ratings(number))
    last = [why_that_day(number)]
    if Step.REOPEN in status.may:
        last.append(_button(case_texts.REOPEN, "reopen", number))
    if Step.WITHDRAW in status.may:
        last.append(_button(case_texts.WITHDRAW, "withdraw", number))
    return (*rows, tuple(last))


def why_that_day(number: str) -> Button:
    """The deadline, day by day."""
    return _button(case_texts.WHY_THAT_DAY, "ledger", number)


def ratings(number: str) -> Row:
    """满意 / 基本满意 / 不满意"""
    return tuple(_button(one.label, "rate", number, str(one)) for one in Rating)


def _button(label: str, what: str, number: str, *more: str) -> Button:
    return Button(label=label, action=Action(verb=VERB, args=(what, number, *more)))


def mine(turn: Turn, _: str) -> Reply:
    """/mycases"""
    if not turn.incoming.private:
        return say(texts.PLEASE_PRIVATELY)
    cases = turn.services.desk.cases_of(turn.incoming.person)
    if not cases:
        return say(texts.STATUS_NONE)
    shown = cases[:_SHOWN]
    lines = [case_texts.MINE, *map(case_texts.line, shown)]
    if len(cases) > _SHOWN:
        lines.append(case_texts.older(len(cases) - _SHOWN))
    rows = tuple((_button(case_texts.see(one.number), "show", one.number),) for one in shown)
    return Reply(blocks=(Block(text="\n".join(lines)),), buttons=rows)


def pressed(turn: Turn, args: tuple[str, ...]) -> Reply:
    """A button of a case; only its owner's presses mean anything."""
    what, number, *more = (*args, "", "")
    if not turn.incoming.private:
        return say(texts.PLEASE_PRIVATELY)
    handle = _HANDLERS.get(what)
    try:
        status = turn.services.desk.status(number, person=turn.incoming.person)
        return handle(turn, status, more[0]) if handle else say(texts.STALE_BUTTON)
    except NotYours:
        return say(texts.STALE_BUTTON)
    except PetitionError as exc:
        return say(str(exc))


def _show(turn: Turn, status: CaseStatus, _: str) -> Reply:
    return view(status)


def _ledger(turn: Turn, status: CaseStatus, _: str) -> Reply:
    return say(case_texts.ledger(turn.services.desk.ledger(status.number)))


def _confirm(turn: Turn, status: CaseStatus, _: str) -> Reply:
    me = citizen(turn.incoming.person)
    turn.services.desk.confirm_receipt(status.number, by=me)
    return _again(turn, status, case_texts.CONFIRMED)


def _upload(turn: Turn, status: CaseStatus, _: str) -> Reply:
    """Files are sent through a page of ours, not through the chat."""
    link = turn.services.uploads.link(
        channel=turn.incoming.channel,
        person=turn.incoming.person,
        number=status.number,
        at=turn.now,
    )
    return say(case_texts.upload_here(link) if link else case_texts.BRING_IT)


def _ask_withdraw(turn: Turn, status: CaseStatus, _: str) -> Reply:
    yes = _button(case_texts.REALLY_WITHDRAW, "withdrawn", status.number)
    keep = _button(case_texts.KEEP, "show", status.number)
    return Reply(
        blocks=(Block(text=case_texts.withdraw_what(status.title)),), buttons=((yes, keep),)
    )


def _withdraw(turn: Turn, status: CaseStatus, _: str) -> Reply:
    turn.services.desk.withdraw(status.number, by=citizen(turn.incoming.person))
    return say(case_texts.withdrawn(status.number))


def _rate(turn: Turn, status: CaseStatus, word: str) -> Reply:
    """Rated; a dissatisfied person can have it handled again, anybody can add why."""
    rating = next((one for one in Rating if one == word), None)
    if rating is None:
        return say(texts.STALE_BUTTON)
    turn.services.desk.rate(status.number, by=citizen(turn.incoming.person), rating=rating)
    now = turn.services.desk.status(status.number, person=turn.incoming.person)
    row = [_button(case_texts.ADD_A_WORD, "comment", status.number, word)]
    if rating is Rating.DISSATISFIED and Step.REOPEN in now.may:
        row.append(_button(case_texts.REOPEN, "reopen", status.number))
    return Reply(blocks=(Block(text=case_texts.rated(rating)),), buttons=(tuple(row),))


def _ask_comment(turn: Turn, status: CaseStatus, word: str) -> Reply:
    """Asked for only on request: the next thing said may well be a new question."""
    turn.remember(draft=Draft(form=COMMENT_FORM, values={"number": status.number, "as": word}))
    return say(case_texts.ASK_COMMENT)


def _ask(form: str, prompt: str) -> Callable[[Turn, CaseStatus, str], Reply]:
    """Ask for a text about a case."""

    def ask(turn: Turn, status: CaseStatus, _: str) -> Reply:
        turn.remember(draft=Draft(form=form, values={"number": status.number}))
        return say(prompt)

    return ask


_HANDLERS: dict[str, Callable[[Turn, CaseStatus, str], Reply]] = {
    "show": _show,
    "ledger": _ledger,
    "confirm": _confirm,
    "upload": _upload,
    "withdraw": _ask_withdraw,
    "withdrawn": _withdraw,
    "rate": _rate,
    "comment": _ask_comment,
    "supplement": _ask(SUPPLEMENT_FORM, case_texts.ASK_SUPPLEMENT),
    "reopen": _ask(REOPEN_FORM, case_texts.ASK_WHY_AGAIN),
}


def owes_supplement(turn: Turn, number: str) -> bool:
    """Whether this person is asked to complete this case, which is theirs."""
    try:
        status = turn.services.desk.status(number, person=turn.incoming.person)
    except PetitionError:
        return False
    return turn.incoming.private and Step.RECEIVE_SUPPLEMENT in status.may


def not_awaited(turn: Turn, number: str) -> Reply:
    """Our request for a supplement was answered when it was over; where the case stands."""
    if not turn.incoming.private:
        return say(texts.PLEASE_PRIVATELY)
    try:
        status = turn.services.desk.status(number, person=turn.incoming.person)
    except PetitionError:
        return say(texts.STALE_BUTTON)
    return _noted(view(status), case_texts.NOTHING_AWAITED)


def supplement_step(turn: Turn, text: str) -> Reply:
    """What was missing was written."""
    return supplement(turn, _asked_about(turn), text)


def supplement(turn: Turn, number: str, text: str) -> Reply:
    """Complete a case of one's own."""
    return _done(
        turn,
        number,
        lambda: turn.services.desk.supplement(number, by=citizen(turn.incoming.person), text=text),
        case_texts.COMPLETED,
    )


def reopen_step(turn: Turn, text: str) -> Reply:
    """Why the reply does not settle it was written."""
    number = _asked_about(turn)
    return _done(
        turn,
        number,
        lambda: turn.services.desk.reopen(number, by=citizen(turn.incoming.person), reason=text),
        case_texts.REOPENED,
    )


def comment_step(turn: Turn, text: str) -> Reply:
    """A word on the rating was written."""
    draft = turn.conversation.draft
    rating = next((one for one in Rating if draft and one == draft.values["as"]), None)
    if rating is None:
        return say(texts.STALE_BUTTON)
    number = _asked_about(turn)
    return _done(
        turn,
        number,
        lambda: turn.services.desk.rate(
            number, by=citizen(turn.incoming.person), rating=rating, comment=text
        ),
        case_texts.COMMENTED,
    )


def _asked_about(turn: Turn) -> str:
    draft = turn.conversation.draft
    turn.remember(draft=None)
    return draft.values["number"] if draft else ""


def _done(turn: Turn, number: str, step: Callable[[], object], said: str) -> Reply:
    """Take a step; the case as it stands then, or why not."""
    try:
        step()
        status = turn.services.desk.status(number, person=turn.incoming.person)
    except PetitionError as exc:
        return say(str(exc))
    return _noted(view(status), said)


def _again(turn: Turn, status: CaseStatus, said: str) -> Reply:
    now = turn.services.desk.status(status.number, person=turn.incoming.person)
    return _noted(view(now), said)


def _noted(reply: Reply, said: str) -> Reply:
    return replace(reply, blocks=(Block(text=said), *reply.blocks))

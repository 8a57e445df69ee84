"""A case as staff see it in the chat: words, timeline, deadline, and what can be done about it."""

from dataclasses import dataclass
from datetime import date

from handlers.messages import Action as Press
from handlers.messages import Block, Button, Reply, Style, say
from handlers.staff import texts
from handlers.turn import Turn
from petitions import Action, Actor, Calendar, CasePage, PetitionError, TextKind, allowed

VERB = "desk"
TEXT_FORM = "desk"  # waits for the text of a step: `Draft.values` has "step" and "number"
_STEPS_SHOWN = 8
_LONGEST_POSITION = 12  # digits
Row = tuple[Button, ...]

# What most cases go through, in its order; the rest is behind one more press.
MAIN = (
    Action.ACCEPT,
    Action.CLAIM,
    Action.APPROVE,
    Action.RETURN,
    Action.ROUTE,
    Action.ASSIGN,
    Action.REQUEST_SUPPLEMENT,
    Action.RECEIVE_SUPPLEMENT,
    Action.RECEIVE_OPINION,
    Action.EXTEND,
    Action.CLOSE,
)
OTHER = (
    Action.NOTE,
    Action.URGE,
    Action.DECLINE,
    Action.FILE,
    Action.OBJECT,
    Action.UPHOLD,
    Action.RELEASE,
    Action.CONSULT,
    Action.SILENCE,
    Action.LAPSE,
    Action.CONFIRM_RECEIPT,
    Action.SPLIT,
    Action.MERGE,
    Action.LINK,
    Action.HIDE,
    Action.WITHDRAW,
    Action.REOPEN,
)
_LABELS = {
    Action.APPROVE: "审核通过并发出",
    Action.RELEASE: "退回待领",
    Action.OBJECT: "不归本处室",
    Action.RECEIVE_SUPPLEMENT: "代录补正",
    Action.ASSIGN: "转交",
    Action.WITHDRAW: "对方要撤回",
    Action.REOPEN: "重新办理",
}


@dataclass(frozen=True, kw_only=True)
class On:
    """What a button was pressed on."""

    number: str  # of the case; the key of a list
    choice: str = ""
    seen: int | None = None  # the last event when the button was shown


def button(label: str, what: str, on: On) -> Button:
    """A button about a case."""
    args = (what, on.number, on.choice, "" if on.seen is None else str(on.seen))
    return Button(label=label, action=Press(verb=VERB, args=args))


def pressed_on(args: tuple[str, ...]) -> tuple[str, On]:
    """The reverse: what a button does, and on what; any arguments give something."""
    what, number, choice, seen, *_ = (*args, "", "", "", "")
    known = seen.isascii() and seen.isdecimal() and len(seen) <= _LONGEST_POSITION
    return what, On(number=number, choice=choice, seen=int(seen) if known else None)


def urgency(due: date, today: date, calendar: Calendar, *, stopped: bool) -> str:
    """已超期 / 今天到期 / 还剩几天, in working days."""
    if stopped:
        return texts.STOPPED
    days = calendar.between(today, due)
    return texts.left(min(days, -1) if due < today else days, due)


def show(turn: Turn, me: Actor, number: str, said: str = "") -> Reply:
    """The case; below what was just done, if anything was."""
    page = turn.services.desk.queue.page(number, by=me)
    head = (Block(text=said, style=Style.NOTE),) if said else ()
    return Reply(
        blocks=(*head, *_blocks(turn, page)),
        buttons=_buttons(me, page),
        about=page.case.number,
    )


def done(turn: Turn, me: Actor, number: str, action: Action) -> Reply:
    """What was done, above the case as it is now, unless it is no longer theirs to see."""
    return refused(turn, me, number, texts.DONE[action])


def refused(turn: Turn, me: Actor, number: str, why: str) -> Reply:
    """Why a step was not taken, above the case as it is now."""
    try:
        return show(turn, me, number, why)
    except PetitionError:  # not theirs to see, or no case at all: the first reason says so
        return say(why)


def _blocks(turn: Turn, page: CasePage) -> tuple[Block, ...]:
    facts, calendar = page.facts, turn.services.desk.calendar
    stopped = facts.stopped_from is not None
    how_urgent = urgency(page.due, turn.today, calendar, stopped=stopped)
    found = [
        Block(text=f"{page.case.number} {facts.title}", style=Style.TITLE),
        Block(text=texts.standing(page, how_urgent)),
        Block(text=page.case.text),
        *(Block(text=text) for text in _added(page)),
    ]
    steps = [texts.step(one, turn.local(one.at)) for one in page.events[-_STEPS_SHOWN:]]
    return (*found, Block(text="\n".join(steps), style=Style.NOTE))


def _added(page: CasePage) -> list[str]:
    """What was written since it was registered, and what it waits for."""
    facts = page.facts
    found = [
        texts.written(one.kind, one.body)
        for one in page.texts
        if one.body and (one.kind is not TextKind.REPLY or one.id == facts.text)
    ]
    if facts.objection:
        found.append(texts.OBJECTED + facts.objection)
    if facts.waiting_for:
        found.append(texts.WAITED_FOR + facts.waiting_for)
    if facts.outcome:
        found.append(texts.chosen(facts.outcome))
    return found + ([texts.DRAFTED + page.draft.body] if page.draft else [])


def _buttons(me: Actor, page: CasePage) -> tuple[Row, ...]:
    on = On(number=page.case.number, seen=page.facts.version)
    may = allowed(page.facts, me)
    main = [_step(one, on) for one in MAIN if one in may]
    if Action.SUBMIT in may:
        main.insert(0, button(texts.ANSWER, "answer", on))
    if Action.REPLY in may and page.facts.approved_by and Action.SUBMIT not in may:
        main.insert(0, button(texts.SEND, "deliver", on))
    more = [button(texts.WHY_THAT_DAY, "ledger", on), button(texts.CONTACT, "contact", on)]
    more.append(button(texts.ALIKE, "alike", on))
    if any(one in may for one in OTHER):
        more.append(button(texts.OTHER_ACTIONS, "other", on))
    return (*pairs(main), *pairs(more))


def other_actions(turn: Turn, me: Actor, on: On) -> Reply:
    """What is done more rarely."""
    page = turn.services.desk.queue.page(on.number, by=me)
    may = allowed(page.facts, me)
    on = On(number=page.case.number, seen=page.facts.version)
    if page.facts.confirmed:
        may -= {Action.CONFIRM_RECEIPT}
    if page.facts.confidential:
        may -= {Action.HIDE}
    steps = [_step(one, on) for one in OTHER if one in may]
    heading = Block(text=f"{page.case.number} {page.facts.title}", style=Style.TITLE)
    back = (button(texts.BACK, "show", on),)
    return Reply(blocks=(heading,), buttons=(*pairs(steps), back), about=page.case.number)


def _step(action: Action, on: On) -> Button:
    return button(_LABELS.get(action, action.label), str(action), on)


def pairs(buttons: list[Button]) -> tuple[Row, ...]:
    """Two to a row: what a phone shows without cutting words."""
    return tuple(tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2))

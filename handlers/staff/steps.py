"""Every step on a case: at once, after a text, after a short form, or after a choice.

Each ends in a use case of `petitions`, which checks role, department, officer and whether anything
happened since the button was shown; its refusal is a sentence, shown above the case as it is now.
"""

from collections.abc import Callable, Mapping

from handlers import texts as common
from handlers.case_texts import ledger
from handlers.messages import Block, Reply, Style, say
from handlers.staff import forms, lists, replying, routing, texts, view
from handlers.turn import Turn
from petitions import Action, Actor, PetitionDesk, PetitionError, allowed, parse_number

FORMS = tuple(forms.OF_STEPS.values())

Step = Callable[[PetitionDesk, str, Actor, int | None], object]
_AT_ONCE: Mapping[str, Step] = {
    Action.ACCEPT: lambda desk, no, me, seen: desk.work.accept(no, by=me, expected=seen),
    Action.CLAIM: lambda desk, no, me, seen: desk.work.claim(no, by=me, expected=seen),
    Action.LAPSE: lambda desk, no, me, seen: desk.work.lapse(no, by=me, expected=seen),
    Action.SILENCE: lambda desk, no, me, seen: desk.work.silence(no, by=me, expected=seen),
    Action.APPROVE: lambda desk, no, me, seen: desk.replies.approve(no, by=me, expected=seen),
    Action.CLOSE: lambda desk, no, me, seen: desk.replies.close(no, by=me, expected=seen),
    Action.CONFIRM_RECEIPT: lambda desk, no, me, seen: desk.confirm_receipt(no, by=me),
    Action.HIDE: lambda desk, no, me, seen: desk.replies.set_confidential(no, by=me),
}
Written = Callable[[PetitionDesk, str, Actor, str], object]
_WITH_TEXT: Mapping[str, Written] = {
    Action.FILE: lambda desk, no, me, text: desk.work.file(no, by=me, reason=text),
    Action.OBJECT: lambda desk, no, me, text: desk.work.object(no, by=me, reason=text),
    Action.UPHOLD: lambda desk, no, me, text: desk.work.uphold(no, by=me, reason=text),
    Action.RELEASE: lambda desk, no, me, text: desk.work.release(no, by=me, note=text),
    Action.REQUEST_SUPPLEMENT: lambda desk, no, me, text: desk.work.request_supplement(
        no, by=me, items=text
    ),
    Action.RECEIVE_SUPPLEMENT: lambda desk, no, me, text: desk.work.receive_supplement(
        no, by=me, text=text
    ),
    Action.RETURN: lambda desk, no, me, text: desk.replies.send_back(no, by=me, comment=text),
    Action.NOTE: lambda desk, no, me, text: desk.replies.note(no, by=me, text=text),
    Action.MERGE: lambda desk, no, me, text: desk.replies.merge(no, by=me, into=parse_number(text)),
    Action.LINK: lambda desk, no, me, text: desk.replies.link(no, by=me, other=parse_number(text)),
    Action.SPLIT: lambda desk, no, me, text: desk.split(no, by=me, text=text),
    Action.WITHDRAW: lambda desk, no, me, text: desk.withdraw(no, by=me, reason=text),
    Action.REOPEN: lambda desk, no, me, text: desk.reopen(no, by=me, reason=text),
    Action.URGE: lambda desk, no, me, text: desk.replies.urge(no, by=me, note=text),
}
Pressed = Callable[[Turn, Actor, view.On], Reply]
_OTHERS: Mapping[str, Pressed] = {
    "list": lists.more,
    "show": lambda turn, me, on: view.show(turn, me, on.number),
    "other": view.other_actions,
    "ledger": lambda turn, me, on: _ledger(turn, me, on),
    "contact": lambda turn, me, on: _contact(turn, me, on),
    "alike": lambda turn, me, on: _alike(turn, me, on),
    "answer": replying.begin,
    "rewrite": replying.rewrite,
    "basis": replying.ask_basis,
    "outcome": replying.outcomes,
    "choose": replying.choose,
    "send": replying.send,
    "submit": replying.submit,
    "deliver": replying.deliver,
    Action.ROUTE: routing.departments,
    "routed": routing.route,
    Action.ASSIGN: routing.colleagues,
    "assigned": routing.assign,
}


TAKEN = frozenset({*_AT_ONCE, *_WITH_TEXT, *_OTHERS, *forms.OF_STEPS})  # what buttons may say
WRITTEN = frozenset(_WITH_TEXT)  # of these, what needs a text


def pressed(turn: Turn, args: tuple[str, ...]) -> Reply:
    """A button of staff; what was asked to be written before is over."""
    me = turn.staff
    if me is None:
        return say(common.STALE_BUTTON)
    if not turn.incoming.private:
        return say(common.PLEASE_PRIVATELY)
    lists.leave_text(turn)
    what, on = view.pressed_on(args)
    return _or_refused(turn, me, on.number, lambda: _press(turn, me, what, on))


def _press(turn: Turn, me: Actor, what: str, on: view.On) -> Reply:
    if handle := _OTHERS.get(what):
        return handle(turn, me, on)
    if step := _AT_ONCE.get(what):
        step(turn.services.desk, on.number, me, on.seen)
        return view.done(turn, me, on.number, Action(what))
    if what in _WITH_TEXT or what in forms.OF_STEPS:
        return _ask(turn, me, Action(what), on)
    return say(texts.NOT_A_CASE)


def _ask(turn: Turn, me: Actor, action: Action, on: view.On) -> Reply:
    """Ask for what the step needs, unless it cannot be taken any more."""
    page = turn.services.desk.queue.page(on.number, by=me)
    if action not in allowed(page.facts, me):
        return view.show(turn, me, on.number, texts.NOT_NOW)
    if action in _WITH_TEXT:
        return replying.ask(turn, page.case.number, action)
    return forms.begin(turn, action, page.case.number)


def written(turn: Turn, text: str) -> Reply:
    """The text of a step was written."""
    draft, me = turn.conversation.draft, turn.staff
    turn.remember(draft=None)
    if draft is None or me is None:
        return say(common.STALE_BUTTON)
    number = draft.values["number"]
    return _or_refused(turn, me, number, lambda: _write(turn, me, draft.values, text))


def _write(turn: Turn, me: Actor, asked: Mapping[str, str], text: str) -> Reply:
    step, number = asked["step"], asked["number"]
    if step == "answer":
        return replying.write(turn, me, number, text, seen=asked.get("seen", ""))
    if step == "basis":
        return replying.base(turn, me, number, text)
    _WITH_TEXT[step](turn.services.desk, number, me, text)
    return view.done(turn, me, number, Action(step))


def answered(turn: Turn, number: str, text: str) -> Reply:
    """Our message about a case was answered: that is the reply, which is shown before it goes; in
    the topic that the staff group has for the case, a note."""
    me = turn.staff
    if me is None:
        return say(common.STALE_BUTTON)
    if not turn.incoming.private:
        return _noted(turn, me, number, text)

    def write() -> Reply:
        seen = replying.own(turn, me, number)
        return replying.write(turn, me, number, text, seen=seen)

    return _or_refused(turn, me, number, write)


def _noted(turn: Turn, me: Actor, number: str, text: str) -> Reply:
    try:
        turn.services.desk.replies.note(number, by=me, text=text)
    except PetitionError as exc:
        return say(str(exc))
    return say(texts.DONE[Action.NOTE])


def _or_refused(turn: Turn, me: Actor, number: str, act: Callable[[], Reply]) -> Reply:
    """What came of it; or why not, above the case as it is now."""
    try:
        return act()
    except PetitionError as exc:
        return view.refused(turn, me, number, str(exc))


def _ledger(turn: Turn, me: Actor, on: view.On) -> Reply:
    page = turn.services.desk.queue.page(on.number, by=me)
    return Reply(blocks=(Block(text=ledger(page.deadline)),), about=page.case.number)


def _contact(turn: Turn, me: Actor, on: view.On) -> Reply:
    """Shown once, and written down who looked."""
    case = turn.services.desk.queue.page(on.number, by=me).case
    if not case.contact and not case.applicant:
        return say(texts.NO_CONTACT)
    turn.services.reads.log(me, case.number, texts.CONTACT, turn.now)
    shown = texts.contact(case.applicant, case.contact)
    return Reply(
        blocks=(
            Block(text=shown, style=Style.SECRET),
            Block(text=texts.SHOWN_LOGGED, style=Style.NOTE),
        ),
        about=case.number,
    )


def _alike(turn: Turn, me: Actor, on: view.On) -> Reply:
    found = turn.services.desk.queue.alike(on.number, by=me, limit=3)
    if not found:
        return say(texts.NO_ALIKE)
    past = (texts.past(one.row.number, one.row.title, one.reply) for one in found)
    return Reply(blocks=tuple(Block(text=one) for one in past), about=on.number)

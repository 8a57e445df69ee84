"""The reply: written, looked at as the person will see it, sent or handed to a second person."""

from handlers.conversation import Draft as Open
from handlers.messages import Block, Button, Reply, Style, say
from handlers.notices import reply_for
from handlers.staff import texts, view
from handlers.turn import Turn
from petitions import Action, Actor, CasePage, Outcome, allowed, outcomes_for

_AT_ONCE = 8  # as many outcomes are shown in one list; more are chosen in two steps


def ask(turn: Turn, number: str, step: str, *, seen: str = "") -> Reply:
    """Ask for the text of a step; of a reply, one that takes the place of the draft `seen`."""
    values = {"step": step, "number": number, "seen": seen}
    turn.remember(draft=Open(form=view.TEXT_FORM, values=values))
    return say(texts.PROMPTS[step])


def begin(turn: Turn, me: Actor, on: view.On) -> Reply:
    """答复 pressed: go on with the draft, or ask for the text."""
    page = turn.services.desk.queue.page(on.number, by=me)
    if Action.SUBMIT not in allowed(page.facts, me):
        return view.show(turn, me, on.number, texts.NOT_NOW)
    return preview(turn, me, on.number) if page.draft else ask(turn, on.number, "answer")


def rewrite(turn: Turn, _: Actor, on: view.On) -> Reply:
    """改: the text anew."""
    return ask(turn, on.number, "answer", seen=on.choice)


def ask_basis(turn: Turn, _: Actor, on: view.On) -> Reply:
    """写依据"""
    return ask(turn, on.number, "basis")


def write(turn: Turn, me: Actor, number: str, text: str, *, seen: str = "") -> Reply:
    """The text of the reply was written; what was chosen before stays.

    Raises DraftChanged if it would take the place of another draft than `seen`.
    """
    turn.services.desk.replies.check_draft(number, by=me, seen=seen, text=text)
    old = turn.services.desk.queue.page(number, by=me).draft
    outcome, basis = (old.outcome, old.basis) if old else (None, "")
    return _keep(turn, me, number, text=text, outcome=outcome, basis=basis)


def own(turn: Turn, me: Actor, number: str) -> str:
    """The stamp of the draft, if it is one's own: whoever answers our message means to replace it;
    what a colleague wrote meanwhile is not in that message."""
    draft = turn.services.desk.queue.page(number, by=me).draft
    return draft.stamp if draft and draft.by == me.id else ""


def base(turn: Turn, me: Actor, number: str, text: str) -> Reply:
    """The law that the reply rests on was written."""
    old = turn.services.desk.queue.page(number, by=me).draft
    if old is None:
        return ask(turn, number, "answer")
    return _keep(turn, me, number, text=old.body, outcome=old.outcome, basis=text)


def choose(turn: Turn, me: Actor, on: view.On) -> Reply:
    """An outcome was chosen."""
    page = turn.services.desk.queue.page(on.number, by=me)
    outcome = next((one for one in _outcomes(page) if one == on.choice), None)
    if page.draft is None or outcome is None:
        return view.show(turn, me, on.number, texts.NO_DRAFT)
    draft = page.draft
    return _keep(turn, me, on.number, text=draft.body, outcome=outcome, basis=draft.basis)


def _keep(
    turn: Turn, me: Actor, number: str, *, text: str, outcome: Outcome | None, basis: str
) -> Reply:
    turn.services.desk.replies.save_draft(
        number, by=me, text=text, outcome=outcome, basis=basis.strip()
    )
    return preview(turn, me, number)


def preview(turn: Turn, me: Actor, number: str, said: str = "") -> Reply:
    """The draft as the person would get it, and what can be done with it."""
    desk = turn.services.desk
    page = desk.queue.page(number, by=me)
    notice = desk.replies.preview(number, by=me)
    if notice is None or page.draft is None:
        return view.show(turn, me, number, texts.NO_DRAFT)
    notes = [said] if said else []
    if page.draft.outcome:
        notes.append(texts.chosen(page.draft.outcome))
    notes.append(texts.NEEDS_OUTCOME if _lacks_outcome(turn, page) else texts.WILL_SEE)
    return Reply(
        blocks=(
            *reply_for(notice).blocks,
            *(Block(text=note, style=Style.NOTE) for note in notes),
        ),
        buttons=_offers(turn, page),
        about=page.case.number,
    )


def _lacks_outcome(turn: Turn, page: CasePage) -> bool:
    """A request for information cannot be answered without one."""
    draft = page.draft
    return _reviewed(turn, page) and (draft is None or draft.outcome is None)


def _reviewed(turn: Turn, page: CasePage) -> bool:
    return page.facts.kind in turn.services.desk.policy.reviewed


def _offers(turn: Turn, page: CasePage) -> tuple[view.Row, ...]:
    draft = page.draft
    on = view.On(number=page.case.number, choice=draft.stamp if draft else "")
    go = [view.button(texts.SUBMIT, "submit", on)]
    if not _reviewed(turn, page):
        go.insert(0, view.button(texts.SEND, "send", on))
    details = (
        view.button(texts.OUTCOME, "outcome", view.On(number=on.number)),
        view.button(texts.BASIS, "basis", on),
    )
    last = (view.button(texts.CHANGE, "rewrite", on), view.button(texts.BACK, "show", on))
    return (details, last) if _lacks_outcome(turn, page) else (tuple(go), details, last)


def _outcomes(page: CasePage) -> tuple[Outcome, ...]:
    return outcomes_for(page.facts.kind, page.facts.received)


def outcomes(turn: Turn, me: Actor, on: view.On) -> Reply:
    """What may become of the case; of many, first the group."""
    page = turn.services.desk.queue.page(on.number, by=me)
    every = _outcomes(page)
    if on.choice or len(every) <= _AT_ONCE:
        chosen = [one for one in every if not on.choice or _group(one) == on.choice]
        return _choices(page, texts.CHOOSE_WITHIN, [_choice(page, one) for one in chosen])
    groups = [
        (name, [one for one in every if _group(one) == name])
        for name in dict.fromkeys(map(_group, every))
    ]
    buttons = [
        _choice(page, members[0]) if len(members) == 1 else _group_button(page, name)
        for name, members in groups
    ]
    return _choices(page, texts.CHOOSE_OUTCOME, buttons)


def _group(outcome: Outcome) -> str:
    """The part of the yearly form that counts it: refused, unable, unhandled…"""
    return outcome.value.partition("_")[0]


def _group_button(page: CasePage, name: str) -> Button:
    return view.button(texts.GROUPS[name], "outcome", view.On(number=page.case.number, choice=name))


def _choice(page: CasePage, outcome: Outcome) -> Button:
    on = view.On(number=page.case.number, choice=outcome.value)
    return view.button(outcome.label, "choose", on)


def _choices(page: CasePage, question: str, buttons: list[Button]) -> Reply:
    rows = [(one,) for one in buttons]
    back = (view.button(texts.BACK, "show", view.On(number=page.case.number)),)
    return Reply(blocks=(Block(text=question),), buttons=(*rows, back), about=page.case.number)


def send(turn: Turn, me: Actor, on: view.On) -> Reply:
    """发出: at once, where no second person has to look."""
    return _hand_out(turn, me, on, Action.REPLY)


def submit(turn: Turn, me: Actor, on: view.On) -> Reply:
    """送审: to a second person."""
    return _hand_out(turn, me, on, Action.SUBMIT)


def _hand_out(turn: Turn, me: Actor, on: view.On, action: Action) -> Reply:
    """The draft that was looked at, and no other."""
    desk = turn.services.desk
    draft = desk.queue.page(on.number, by=me).draft
    if draft is None:
        return view.show(turn, me, on.number, texts.NO_DRAFT)
    if draft.stamp != on.choice:
        return preview(turn, me, on.number, texts.CHANGED_MEANWHILE)
    take = desk.replies.reply if action is Action.REPLY else desk.replies.submit
    take(on.number, by=me, text=draft.body, outcome=draft.outcome, basis=draft.basis)
    return view.done(turn, me, on.number, action)


def deliver(turn: Turn, me: Actor, on: view.On) -> Reply:
    """发出: a reply that was approved and not sent."""
    turn.services.desk.replies.reply(on.number, by=me, expected=on.seen)
    return view.done(turn, me, on.number, Action.REPLY)

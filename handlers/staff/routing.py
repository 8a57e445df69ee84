"""To whom: a department, the suggested ones first; a colleague."""

from zlib import crc32

from handlers.messages import Block, Reply, Style, say
from handlers.staff import texts, view
from handlers.turn import Turn
from petitions import Action, Actor, CasePage, Role, User, allowed

_OFFICERS = frozenset({Role.STAFF, Role.SUPERVISOR, Role.ADMIN})


def departments(turn: Turn, me: Actor, on: view.On) -> Reply:
    """Where the case could go; why the first ones."""
    desk = turn.services.desk
    page = desk.queue.page(on.number, by=me)
    if Action.ROUTE not in allowed(page.facts, me):
        return view.show(turn, me, on.number, texts.NOT_NOW)
    words = f"{page.facts.title}\n{page.case.text}"
    suggested = desk.routing.suggest(words, apart_from=page.case.number)
    first = {one.department: texts.suggested(one) for one in suggested}
    names = [*first, *(one for one in _departments(turn) if one not in first)]
    if not names:
        return say(texts.NO_DEPARTMENT)
    buttons = [
        view.button(first.get(name, name), "routed", _to(page, _key(name))) for name in names
    ]
    reasons = "\n".join(texts.why(one) for one in suggested)
    notes = (Block(text=reasons, style=Style.NOTE),) if reasons else ()
    return Reply(
        blocks=(Block(text=texts.CHOOSE_DEPARTMENT), *notes),
        buttons=(*view.pairs(buttons), (view.button(texts.BACK, "show", on),)),
        about=page.case.number,
    )


def route(turn: Turn, me: Actor, on: view.On) -> Reply:
    """A department was chosen."""
    desk = turn.services.desk
    name = next((one for one in _departments(turn) if _key(one) == on.choice), None)
    if name is None:
        return view.show(turn, me, on.number, texts.NOT_NOW)
    desk.work.route(on.number, by=me, lead=name, expected=on.seen)
    return view.done(turn, me, on.number, Action.ROUTE)


def _departments(turn: Turn) -> list[str]:
    """Those somebody works in, and those of the power list."""
    desk = turn.services.desk
    listed = (power.department for power in desk.routing.powers())
    return list(dict.fromkeys((*desk.people.departments(), *listed)))


def _key(department: str) -> str:
    """A department on a button, which takes ASCII only."""
    return f"{crc32(department.encode()):x}"


def _to(page: CasePage, choice: str) -> view.On:
    return view.On(number=page.case.number, choice=choice, seen=page.facts.version)


def colleagues(turn: Turn, me: Actor, on: view.On) -> Reply:
    """Who could take the case over."""
    page = turn.services.desk.queue.page(on.number, by=me)
    if Action.ASSIGN not in allowed(page.facts, me):
        return view.show(turn, me, on.number, texts.NOT_NOW)
    found = [one for one in _colleagues(turn, me, page) if one.id != page.facts.officer]
    if not found:
        return view.show(turn, me, on.number, texts.NO_COLLEAGUE)
    buttons = [view.button(texts.colleague(one), "assigned", _to(page, one.id)) for one in found]
    return Reply(
        blocks=(Block(text=texts.CHOOSE_COLLEAGUE),),
        buttons=(*view.pairs(buttons), (view.button(texts.BACK, "show", on),)),
        about=page.case.number,
    )


def _colleagues(turn: Turn, me: Actor, page: CasePage) -> list[User]:
    """Those of the department that is answerable; a supervisor may reach into any."""
    everybody = [one for one in turn.services.desk.people.all() if one.active]
    officers = [one for one in everybody if one.role in _OFFICERS]
    department = page.facts.department or me.department
    near = [one for one in officers if one.department == department]
    return officers if me.of_any_department and not near else near


def assign(turn: Turn, me: Actor, on: view.On) -> Reply:
    """A colleague was chosen."""
    desk = turn.services.desk
    officer = desk.people.user(on.choice)
    if officer is None:
        return view.show(turn, me, on.number, texts.NOT_NOW)
    desk.work.assign(on.number, by=me, officer=officer, expected=on.seen)
    return view.done(turn, me, on.number, Action.ASSIGN)

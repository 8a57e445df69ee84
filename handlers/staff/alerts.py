"""What staff are told without having asked: what is due, and what happened to their cases."""

from collections.abc import Iterable
from datetime import datetime

from handlers.messages import Block, Reply, say
from handlers.staff import texts, view
from petitions import Action, CasePage, CaseRow, Event, People, Reminder, Role, User


def reminder(one: Reminder) -> Reply:
    """A case that is due soon, or over."""
    return _about(one.number, texts.reminder(one))


def calendar_alert(year: int) -> Reply:
    """Next year's holidays are not known."""
    return say(texts.no_calendar(year))


def alerts(event: Event, row: CaseRow, people: People) -> list[tuple[User, Reply]]:
    """Whom a step concerns beside who took it, and what they are told."""
    over = row.closed_at is not None and event.action is not Action.WITHDRAW
    if event.action not in texts.NEWS or over:
        return []
    to = {one.id: one for one in _concerned(event, row, people) if one.id != event.by}
    title = "" if row.confidential else row.title
    said = texts.told(texts.NEWS[event.action], row.number, title, _note(event))
    return [(user, _about(row.number, said)) for user in to.values()]


def is_posted(event: Event) -> bool:
    """Whether the topic of a case is told of it; notes are written there in the first place."""
    return event.action not in (Action.NOTE, Action.RATE)


def topic_post(page: CasePage, event: Event, local: datetime, *, first: bool) -> Reply:
    """A step, for the topic of its case; with the case itself above the first."""
    head = [page.case.text, texts.standing(page, "")] if first else []
    body = next((one for one in page.texts if one.id == event.data.get("text")), None)
    words = [texts.written(body.kind, body.body)] if body and body.body else []
    lines = (*head, texts.step(event, local), *words)
    return Reply(blocks=tuple(Block(text=one) for one in lines), about=page.case.number)


def _note(event: Event) -> str:
    return event.note if event.action in (Action.RETURN, Action.URGE, Action.OBJECT) else ""


def _concerned(event: Event, row: CaseRow, people: People) -> Iterable[User]:
    """The officer; of what has none the department; of what needs a decision the supervisors."""
    if event.action is Action.REGISTER:
        return [one for one in people.all() if one.active and one.role is Role.DUTY]
    if event.action in (Action.SUBMIT, Action.OBJECT):
        return people.supervisors(row.department)
    officer = people.user(row.officer) if row.officer else None
    if officer:
        return [officer]
    if event.action is Action.WITHDRAW:
        return []
    return [one for one in people.all() if one.active and one.department == row.department]


def _about(number: str, said: str) -> Reply:
    see = view.button(texts.SEE, "show", view.On(number=number))
    return Reply(blocks=(Block(text=said),), buttons=((see,),), about=number)

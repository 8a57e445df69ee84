"""A case on one page: what it shows, to whom, and what it offers them to do."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from math import ceil

from bot.store import FileName
from bot.web.desk import texts
from bot.web.desk.act import Act
from bot.web.desk.acts import ACTS
from bot.web.desk.editing import Editor, Review, editor, review
from bot.web.desk.fields import NOTHING_TYPED, Typed
from bot.web.desk.lines import Urgency, urgency
from bot.web.desk.lists import officers
from bot.web.desk.quotes import Quote, matching_entries, past_replies
from bot.web.desk.room import Room, Seat
from bot.web.desk.store import Read
from bot.web.desk.story import Chapter, story
from bot.web.errors import Problem
from petitions import (
    Action,
    Actor,
    CasePage,
    Facts,
    Holder,
    NotAllowed,
    NotNow,
    Role,
    Suggestion,
    User,
)
from petitions.permission import check_case, check_role, is_officer
from petitions.states import step_for
from reports.replies import Matter

_ANYWHERE = frozenset({Role.SUPERVISOR, Role.ADMIN, Role.DUTY})


@dataclass(frozen=True, kw_only=True)
class Told:
    """What the page says about what was just done."""

    good: str = ""
    bad: str = ""
    action: str = ""  # whose form the mistake is in
    typed: Typed = NOTHING_TYPED
    apart: bool = False  # the draft that is kept is another than what was typed: show both


@dataclass(frozen=True, kw_only=True)
class CaseView:
    """Everything the page of a case shows."""

    page: CasePage
    urgency: Urgency
    chapters: tuple[Chapter, ...]
    acts: tuple[Act, ...]
    may_note: bool
    contact: bool  # whether contact data are shown
    reads: tuple[Read, ...]
    alike: tuple[Quote, ...]
    faq: tuple[Quote, ...]
    files: tuple[FileName, ...]
    suggestions: tuple[Suggestion, ...]
    departments: tuple[str, ...]
    officers: tuple[User, ...]
    editor: Editor | None
    review: Review | None
    told: Told


NOTHING_SAID = Told()


def allowed(facts: Facts, may: Iterable[Action], by: Actor) -> frozenset[Action]:
    """What this person can do to this case now: role, department and officer looked at."""
    return frozenset(action for action in may if is_allowed(facts, action, by))


def check_step(facts: Facts, action: Action, by: Actor) -> None:
    """Raise what stands between this person and an action: state, role, department, officer."""
    step = step_for(facts.state, action, facts.kind)
    check_role(step, by)
    check_case(facts, step, by)


def is_allowed(facts: Facts, action: Action, by: Actor) -> bool:
    """Whether this is something to offer: this person may do it now, and it makes sense."""
    try:
        check_step(facts, action, by)
    except (NotAllowed, NotNow):
        return False
    return not _pointless(facts, action, by)


def _pointless(facts: Facts, action: Action, by: Actor) -> bool:
    """What the table has and makes no sense to offer here."""
    if action is Action.UPHOLD:
        return not facts.objection
    if action is Action.APPROVE:
        return facts.submitted_by == by.id or bool(facts.approved_by)
    return action is Action.CONFIRM_RECEIPT and facts.confirmed


def check_readable(facts: Facts, by: Actor) -> None:
    """Whether a case concerns this person: staff see their department's and nobody's yet.

    The least that is needed (个人信息保护法 第六条): what other departments handle is theirs.
    """
    if by.role in _ANYWHERE or is_officer(facts, by):
        return
    if facts.department and by.department not in (facts.department, *facts.co):
        raise Problem(403, "not_yours", texts.not_yours(facts.department))


def read_case(room: Room, seat: Seat, number: str) -> CasePage:
    """A case this person may see; raises PetitionError or Problem."""
    page = room.desk.queue.page(number, by=seat.actor)
    check_readable(page.facts, seat.actor)
    return page


def read_facts(room: Room, seat: Seat, number: str) -> Facts:
    """Where such a case stands, where that is enough."""
    facts = room.desk.queue.facts(number, by=seat.actor)
    check_readable(facts, seat.actor)
    return facts


def show_case(
    room: Room, seat: Seat, number: str, *, told: Told = NOTHING_SAID, contact: bool = False
) -> CaseView:
    """The page of a case; whoever works on the reply has it open from now on."""
    page = read_case(room, seat, number)
    may = allowed(page.facts, page.may, seat.actor)
    if contact:
        room.log_read(seat, page.case.number, texts.READ_CONTACT)
    if Action.SUBMIT in may and is_officer(page.facts, seat.actor):
        room.desk.queue.open_case(number, seat.actor)
    return _view(room, seat, page, may, told=told, contact=contact)


def _view(
    room: Room,
    seat: Seat,
    page: CasePage,
    may: frozenset[Action],
    *,
    told: Told,
    contact: bool,
) -> CaseView:
    desk, facts, number = room.desk, page.facts, page.case.number
    routing = Action.ACCEPT in may or Action.ROUTE in may
    return CaseView(
        page=page,
        urgency=urgency(
            state=facts.state,
            due=page.due,
            stopped=facts.stopped_from is not None,
            today=seat.today,
            calendar=desk.calendar,
        ),
        chapters=story(page.events, page.texts, room.local_day),
        acts=tuple(act for action, act in ACTS.items() if action in may),
        may_note=Action.NOTE in may,
        contact=contact,
        reads=room.store.reads(number),
        alike=past_replies(room, seat, number),
        faq=matching_entries(room, page.case.text, seat.today),
        files=room.files.names_of_case(number),
        suggestions=room.suggested(page.case.text) if routing else (),
        departments=desk.people.departments(),
        officers=officers(desk.people.all(), seat),
        editor=editor(room, page, may, told.typed),
        review=review(page, may),
        told=told,
    )


def matter_of(page: CasePage, today: date) -> Matter:
    """What a written reply has to say of a case."""
    return Matter(
        number=page.case.number,
        kind=page.facts.kind,
        title=page.facts.title,
        text=page.case.text,
        applicant=page.case.applicant,
        received=page.facts.received,
        today=today,
    )


def minutes_left(holder: Holder, seat: Seat) -> int:
    """How long a page counts as being read."""
    return max(1, ceil((holder.until - seat.now).total_seconds() / 60))

"""A case on one page: what it shows, to whom, and what it offers them to do."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from math import ceil

from bot.store import FileName
from bot.web.desk import texts
from bot.web.desk.act import Act
from bot.web.desk.acts import ACTS
from bot.web.desk.fields import NOTHING_TYPED, Typed
from bot.web.desk.lines import Urgency, urgency
from bot.web.desk.lists import officers
from bot.web.desk.room import Room, Seat
from bot.web.desk.store import Read
from bot.web.desk.story import Chapter, story
from bot.web.errors import Problem
from handlers.texts import source_line
from knowledge import Entry
from petitions import (
    Action,
    Actor,
    CasePage,
    Facts,
    Holder,
    NotAllowed,
    NotNow,
    Outcome,
    Role,
    State,
    Suggestion,
    User,
    outcomes_for,
)
from petitions.permission import check_case, check_role, is_officer
from petitions.states import step_for
from reports.replies import Matter

_ANYWHERE = frozenset({Role.SUPERVISOR, Role.ADMIN, Role.DUTY})
_FAQ_SHOWN = 3
_ALIKE_SHOWN = 3
_FAQ_COMPARED = 300  # characters of a text that entries are looked for by


@dataclass(frozen=True, kw_only=True)
class OutcomeGroup:
    """Outcomes under the heading that the yearly form gives them."""

    label: str
    outcomes: tuple[Outcome, ...]


@dataclass(frozen=True, kw_only=True)
class Editor:
    """The reply as it stands: what was typed, the draft, or nothing yet."""

    text: str
    outcome: Outcome | None
    basis: str
    kept: str  # who kept the draft; "" without one
    may_submit: bool
    may_send: bool  # at once, where no second person has to look
    needs_outcome: bool
    groups: tuple[OutcomeGroup, ...]


@dataclass(frozen=True, kw_only=True)
class Review:
    """A reply that waits for a second person, or for being sent."""

    text: str
    approved: bool
    may_decide: bool
    may_send: bool


@dataclass(frozen=True, kw_only=True)
class Quote:
    """Something that the reply may quote, with its source."""

    key: str
    title: str
    text: str
    source: str  # "" for a past case
    where: str = ""  # number of that case

    @property
    def inserted(self) -> str:
        """What a reply says."""
        return f"{self.text}\n（{self.source}）" if self.source else self.text


@dataclass(frozen=True, kw_only=True)
class Told:
    """What the page says about what was just done."""

    good: str = ""
    bad: str = ""
    action: str = ""  # whose form the mistake is in
    typed: Typed = NOTHING_TYPED


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
    return frozenset(action for action in may if _is_allowed(facts, action, by))


def check_step(facts: Facts, action: Action, by: Actor) -> None:
    """Raise what stands between this person and an action: state, role, department, officer."""
    step = step_for(facts.state, action, facts.kind)
    check_role(step, by)
    check_case(facts, step, by)


def _is_allowed(facts: Facts, action: Action, by: Actor) -> bool:
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
        suggestions=desk.routing.suggest(page.case.text) if routing else (),
        departments=desk.people.departments(),
        officers=officers(desk.people.all(), seat),
        editor=_editor(room, page, may, told.typed),
        review=_review(page, may),
        told=told,
    )


def matching_entries(room: Room, text: str, today: date) -> tuple[Quote, ...]:
    """Published entries about what was asked, best first."""
    found = room.services.knowledge.answer_one(text[:_FAQ_COMPARED], today)
    return tuple(
        Quote(
            key=f"faq:{candidate.entry.id}",
            title=candidate.entry.question or candidate.entry.section,
            text=candidate.entry.answer,
            source=_source(candidate.entry),
        )
        for candidate in found.candidates[:_FAQ_SHOWN]
    )


def _source(entry: Entry) -> str:
    return source_line(entry.source) if entry.source.title else ""


def past_replies(room: Room, seat: Seat, number: str) -> tuple[Quote, ...]:
    """What was replied to others who asked something similar, best first."""
    return tuple(
        Quote(
            key=f"case:{one.row.number}",
            title=one.row.title,
            text=one.reply,
            source="",
            where=one.row.number,
        )
        for one in room.desk.queue.alike(number, by=seat.actor, limit=_ALIKE_SHOWN)
    )


def _editor(room: Room, page: CasePage, may: frozenset[Action], typed: Typed) -> Editor | None:
    reviewed = page.facts.kind in room.desk.policy.reviewed
    if Action.SUBMIT not in may:
        return None
    draft = page.draft
    returned = page.facts.text if not draft else ""
    earlier = next((text.body for text in page.texts if text.id == returned), "")
    retyped = "body" in typed.values
    return Editor(
        text=typed.text("body") if retyped else draft.body if draft else earlier,
        outcome=outcome_of(typed) if retyped else draft.outcome if draft else page.facts.outcome,
        basis=typed.text("basis") if retyped else draft.basis if draft else page.facts.basis,
        kept=draft.who if draft else "",
        may_submit=True,
        may_send=Action.REPLY in may and not reviewed,
        needs_outcome=bool(groups_of(page)) and page.facts.kind == "disclosure",
        groups=groups_of(page),
    )


def outcome_of(typed: Typed) -> Outcome | None:
    """The outcome that was chosen."""
    return next((one for one in Outcome if one.value == typed.text("outcome")), None)


_GROUPS = (
    ("refused_", "（三）不予公开"),
    ("unable_", "（四）无法提供"),
    ("unhandled_", "（五）不予处理"),
    ("other_", "（六）其他处理"),
    ("granted", "（一）予以公开"),
    ("partial", "（二）部分公开"),
)


def groups_of(page: CasePage) -> tuple[OutcomeGroup, ...]:
    """The outcomes to choose from, under the headings of the form (国办公开办函〔2021〕30号)."""
    groups: dict[str, list[Outcome]] = {}
    for outcome in outcomes_for(page.facts.kind, page.facts.received):
        label = next((name for start, name in _GROUPS if outcome.value.startswith(start)), "")
        groups.setdefault(label, []).append(outcome)
    return tuple(
        OutcomeGroup(label=label, outcomes=tuple(members)) for label, members in groups.items()
    )


def _review(page: CasePage, may: frozenset[Action]) -> Review | None:
    facts = page.facts
    if facts.state is not State.UNDER_REVIEW:
        return None
    approved = bool(facts.approved_by)
    return Review(
        text=next((text.body for text in page.texts if text.id == facts.text), ""),
        approved=approved,
        may_decide=Action.APPROVE in may,
        may_send=Action.REPLY in may and approved,
    )


def matter_of(page: CasePage, today: date) -> Matter:
    """What a written reply has to say of a case."""
    return Matter(
        number=page.case.number,
        kind=page.facts.kind,
        title=page.facts.title,
        applicant=page.case.applicant,
        received=page.facts.received,
        today=today,
    )


def minutes_left(holder: Holder, seat: Seat) -> int:
    """How long a page counts as being read."""
    return max(1, ceil((holder.until - seat.now).total_seconds() / 60))

"""The reply on a case's page: as it is being written, or waiting for a second person."""

from dataclasses import dataclass

from bot.web.desk.fields import Typed
from bot.web.desk.room import Room
from petitions import Action, CasePage, Kind, Outcome, State, outcomes_for

SEEN = "seen"  # the field of that stamp


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
    seen: str  # stamp of the draft that the text was begun from; "" without one
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


def editor(room: Room, page: CasePage, may: frozenset[Action], typed: Typed) -> Editor | None:
    """The editor, for whoever may submit."""
    if Action.SUBMIT not in may:
        return None
    text, outcome, basis = _written(page, typed)
    return Editor(
        text=text,
        outcome=outcome,
        basis=basis,
        kept=page.draft.who if page.draft else "",
        seen=_seen(page, typed),
        may_send=Action.REPLY in may and page.facts.kind not in room.desk.policy.reviewed,
        needs_outcome=page.facts.kind is Kind.DISCLOSURE,
        groups=groups_of(page),
    )


def _written(page: CasePage, typed: Typed) -> tuple[str, Outcome | None, str]:
    """Text, outcome and basis: as just typed, else the draft, else what was sent back."""
    if "body" in typed.values:
        return typed.text("body"), outcome_of(typed), typed.text("basis")
    if page.draft:
        return page.draft.body, page.draft.outcome, page.draft.basis
    facts = page.facts
    return text_of(page, facts.text), facts.outcome, facts.basis


def _seen(page: CasePage, typed: Typed) -> str:
    """What was typed goes on from the draft that its form was made from."""
    if "body" in typed.values:
        return typed.text(SEEN)
    return page.draft.stamp if page.draft else ""


def text_of(page: CasePage, text_id: str) -> str:
    """A text of the case; "" if it has none of that id."""
    return next((text.body for text in page.texts if text.id == text_id), "")


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


def review(page: CasePage, may: frozenset[Action]) -> Review | None:
    """What waits for a second person; None if nothing does."""
    facts = page.facts
    if facts.state is not State.UNDER_REVIEW:
        return None
    approved = bool(facts.approved_by)
    return Review(
        text=text_of(page, facts.text),
        approved=approved,
        may_decide=Action.APPROVE in may,
        may_send=Action.REPLY in may and approved,
    )

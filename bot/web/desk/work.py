"""What the forms of a case's page do; each is one call in the mailroom's thread.

Whatever is refused comes back as the same page with a sentence and everything that was typed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TypeAlias

from bot.web.desk import texts
from bot.web.desk.acts import NOTE_FIELDS, act_of
from bot.web.desk.cases import (
    CaseView,
    Told,
    check_step,
    is_allowed,
    matter_of,
    minutes_left,
    read_case,
    read_facts,
    show_case,
)
from bot.web.desk.editing import SEEN, outcome_of
from bot.web.desk.fields import Typed
from bot.web.desk.quotes import matching_entries, past_replies
from bot.web.desk.room import Room, Seat
from handlers.messages import Reply
from handlers.notices import reply_for
from petitions import (
    Action,
    CasePage,
    Draft,
    DraftChanged,
    Facts,
    Notice,
    NoticeKind,
    NotNow,
    PetitionError,
    Receipt,
)
from reports.replies import REVIEW_DAYS, gaps, lacks_remedies, opening


@dataclass(frozen=True, kw_only=True)
class Done:
    """It happened; the browser goes back to the page by a fresh request."""

    number: str
    action: Action


@dataclass(frozen=True, kw_only=True)
class Refused:
    """It did not; the page says why."""

    view: CaseView


@dataclass(frozen=True, kw_only=True)
class Preview:
    """A reply as the person will get it; kept as a draft at the same time."""

    number: str
    reply: Reply
    gaps: tuple[str, ...]
    kept: bool  # there is something to download


Result: TypeAlias = Done | Refused | Preview


def act(room: Room, seat: Seat, number: str, word: str, typed: Typed) -> Result:
    """One of the actions of the table, or a note."""
    facts = read_facts(room, seat, number)
    action = Action.NOTE if word == Action.NOTE else act_of(word).action
    return _try(room, seat, facts.number, action, typed)


def _try(room: Room, seat: Seat, number: str, action: Action, typed: Typed) -> Result:
    try:
        made = _do(room, seat, number, action, typed)
    except PetitionError as exc:
        told = Told(bad=str(exc), action=action, typed=typed)
        return Refused(view=show_case(room, seat, number, told=told))
    if isinstance(made, Receipt):  # its query code is shown once, so on this very page
        told = Told(good=texts.split_off(made.number, made.query_code or ""))
        return Refused(view=show_case(room, seat, number, told=told))
    return Done(number=number, action=action)


def _do(room: Room, seat: Seat, number: str, action: Action, typed: Typed) -> object:
    if action is Action.NOTE:
        typed.require(NOTE_FIELDS)
        return room.desk.replies.note(number, by=seat.actor, text=typed.text("text"))
    chosen = act_of(action)
    typed.require(chosen.fields)
    return chosen.call(room.desk, number, seat.actor, typed)


def reply(room: Room, seat: Seat, number: str, typed: Typed) -> Result:
    """A button of the reply's editor; `do` says which. One transaction, one wait for the disk."""
    with room.store.writing():
        page = read_case(room, seat, number)
        try:
            return _press(room, seat, page, typed)
        except DraftChanged as exc:
            return _apart(room, seat, page, typed, str(exc))
        except PetitionError as exc:
            return _again(room, seat, page, typed, bad=str(exc))


def _press(room: Room, seat: Seat, page: CasePage, typed: Typed) -> Result:
    what, _, argument = typed.text("do").partition(":")
    if what == "approve":
        _approve(room, seat, page, typed)
        return Done(number=page.case.number, action=Action.APPROVE)
    if what == "return":
        room.desk.replies.send_back(
            page.case.number,
            by=seat.actor,
            comment=typed.text("comment"),
            expected=typed.version(),
        )
        return Done(number=page.case.number, action=Action.RETURN)
    return _write(room, seat, page, typed, what, argument)


def _again(
    room: Room, seat: Seat, page: CasePage, typed: Typed, *, bad: str = "", good: str = ""
) -> Refused:
    told = Told(bad=bad, good=good, action="reply", typed=typed)
    return Refused(view=show_case(room, seat, page.case.number, told=told))


def _apart(room: Room, seat: Seat, page: CasePage, typed: Typed, bad: str) -> Refused:
    """Both texts, once: the next time what was typed goes over what has now been seen."""
    seen = page.draft.stamp if page.draft else ""
    told = Told(bad=bad, action="reply", typed=typed.with_values({SEEN: seen}), apart=True)
    return Refused(view=show_case(room, seat, page.case.number, told=told))


def _approve(room: Room, seat: Seat, page: CasePage, typed: Typed) -> None:
    if page.facts.approved_by:
        room.desk.replies.reply(page.case.number, by=seat.actor, expected=typed.version())
    else:
        room.desk.replies.approve(page.case.number, by=seat.actor, expected=typed.version())


def _write(
    room: Room, seat: Seat, page: CasePage, typed: Typed, what: str, argument: str
) -> Result:
    take_pen(room, seat, page.facts)
    if what == "fill":
        return _again(
            room, seat, page, _filled(room, seat, page, typed), good=texts.TEMPLATE_FILLED
        )
    if what == "quote":
        return _again(room, seat, page, _quoted(room, seat, page, typed, argument))
    if what in ("submit", "send"):
        return _finish(room, seat, page, typed, send=what == "send")
    draft = save_draft(room, seat, page.case.number, typed)
    if what == "preview":
        return _preview(page, typed)
    typed = typed.with_values({SEEN: draft.stamp})
    return _again(room, seat, page, typed, good=texts.DRAFT_KEPT)


def take_pen(room: Room, seat: Seat, facts: Facts) -> None:
    """Have the reply to oneself; NotNow while somebody else is writing it.

    Only who may submit it may write it: nobody else can lock it.
    """
    check_step(facts, Action.SUBMIT, seat.actor)
    holder = room.desk.queue.open_case(facts.number, seat.actor)
    if holder:
        raise NotNow(texts.held(holder.name, minutes_left(holder, seat)))


def check_draft(room: Room, seat: Seat, number: str, typed: Typed) -> None:
    """Raise DraftChanged rather than write over what the form does not know of."""
    if SEEN in typed.values:  # a page from before there was such a field has none
        room.desk.replies.check_draft(
            number, by=seat.actor, seen=typed.text(SEEN), text=typed.text("body")
        )


def save_draft(room: Room, seat: Seat, number: str, typed: Typed) -> Draft:
    """Keep what is being written, in place of what it goes on from and nothing else."""
    check_draft(room, seat, number, typed)
    return room.desk.replies.save_draft(
        number,
        by=seat.actor,
        text=typed.text("body"),
        outcome=outcome_of(typed),
        basis=typed.text("basis"),
    )


@dataclass(frozen=True, kw_only=True)
class Kept:
    """What a page is told of the draft that it wanted kept by itself."""

    here: "Presence"
    seen: str = ""  # stamp of the draft that is kept now
    problem: str = ""  # why that is not what the page sent,
    theirs: str = ""  # but this


def keep_draft(room: Room, seat: Seat, number: str, typed: Typed) -> Kept:
    """Keep what is being written; whether somebody else came. One transaction."""
    with room.store.writing():
        take_pen(room, seat, read_facts(room, seat, number))
        here = presence(room, seat, number, writing=False)
        try:
            return Kept(here=here, seen=save_draft(room, seat, number, typed).stamp)
        except DraftChanged as exc:
            kept = read_case(room, seat, number).draft
            assert kept is not None  # it was changed, not taken away
            return Kept(here=here, problem=str(exc), theirs=kept.body)


def _preview(page: CasePage, typed: Typed) -> Preview:
    """What the person will get, made as it will be made then."""
    outcome = outcome_of(typed)
    notice = Notice(
        number=page.case.number,
        person=page.case.person,
        channel=page.case.channel,
        case_kind=page.facts.kind,
        title=page.facts.title,
        kind=NoticeKind.REPLIED,
        data={
            "text": typed.text("body"),
            "outcome": outcome,
            "basis": typed.text("basis"),
            "refuses": bool(outcome and outcome.refuses),
            "review_days": REVIEW_DAYS,
            "may_reopen_until": None,
        },
    )
    return Preview(
        number=page.case.number,
        reply=reply_for(notice),
        gaps=gaps(typed.text("body")),
        kept=bool(typed.text("body")),
    )


def _filled(room: Room, seat: Seat, page: CasePage, typed: Typed) -> Typed:
    """The template in place of what was written; what was written stays below it."""
    made = opening(matter_of(page, seat.today), outcome_of(typed), room.office)
    written = typed.text("body")
    body = f"{made.text}\n\n{written}" if written and not gaps(written) else made.text
    return typed.with_values({"body": body, "basis": made.basis})


def _quoted(room: Room, seat: Seat, page: CasePage, typed: Typed, key: str) -> Typed:
    """An entry or a past reply, with its source, at the end of what was written."""
    quotes = (
        *matching_entries(room, page.case.text, seat.today),
        *past_replies(room, seat, page.case.number),
    )
    found = [quote.inserted for quote in quotes if quote.key == key]
    return typed.with_values({"body": "\n\n".join([typed.text("body"), *found]).strip()})


def _finish(room: Room, seat: Seat, page: CasePage, typed: Typed, *, send: bool) -> Done:
    text, outcome = typed.text("body"), outcome_of(typed)
    if left := gaps(text):
        raise NotNow(texts.still_open(left))
    if lacks_remedies(text, outcome):
        raise NotNow(texts.REMEDIES_MISSING)
    check_draft(room, seat, page.case.number, typed)
    finish = room.desk.replies.reply if send else room.desk.replies.submit
    finish(
        page.case.number,
        by=seat.actor,
        text=text,
        outcome=outcome,
        basis=typed.text("basis"),
        expected=typed.version(),
    )
    room.desk.queue.leave(page.case.number, seat.actor)
    return Done(number=page.case.number, action=Action.REPLY if send else Action.SUBMIT)


SAID: Mapping[str, str] = MappingProxyType({str(a): said for a, said in texts.DONE.items()})


@dataclass(frozen=True, kw_only=True)
class Presence:
    """What a page that stays open is told."""

    version: int
    who: str  # somebody else who writes the reply; "" if nobody
    last: str  # what happened last


def presence(room: Room, seat: Seat, number: str, *, writing: bool) -> Presence:
    """Say that the page is still open; whether somebody else writes or did something."""
    facts = read_facts(room, seat, number)
    holder = room.desk.queue.holder(facts.number, by=seat.actor)
    if writing and holder is None and is_allowed(facts, Action.SUBMIT, seat.actor):
        holder = room.desk.queue.open_case(facts.number, seat.actor)
    return Presence(
        version=facts.version,
        who=holder.name if holder else "",
        last=f"{facts.last_by}：{facts.last_action.label}",
    )

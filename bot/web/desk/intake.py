"""Registering what came on paper, by phone or in person: one form, one minute."""

from dataclasses import dataclass

from bot.web.desk.fields import Typed
from bot.web.desk.room import Room, Seat
from petitions import (
    ApplicantType,
    Channel,
    Kind,
    Missing,
    NewCode,
    PetitionError,
    Receipt,
    Suggestion,
)

CHANNELS = (
    Channel.PHONE,
    Channel.LETTER,
    Channel.ON_SITE,
    Channel.MINXIN,
    Channel.RENMIN,
)


@dataclass(frozen=True, kw_only=True)
class IntakePage:
    """The form, as it was typed so far."""

    typed: Typed
    nonce: str  # two posts of the same form are one case
    problem: str
    suggestions: tuple[Suggestion, ...]
    departments: tuple[str, ...]
    today: str


@dataclass(frozen=True, kw_only=True)
class ReceiptPage:
    """What is handed over: number and query code, shown once."""

    receipt: Receipt
    title: str
    channel: Channel
    department: str


def show_intake(
    room: Room, seat: Seat, typed: Typed, *, nonce: str, problem: str = ""
) -> IntakePage:
    """The form; with a text, departments that it may belong to."""
    text = typed.text("text")
    return IntakePage(
        typed=typed,
        nonce=nonce,
        problem=problem,
        suggestions=room.desk.routing.suggest(text) if text else (),
        departments=room.desk.people.departments(),
        today=seat.today.isoformat(),
    )


def take_in(
    room: Room, seat: Seat, typed: Typed, *, nonce: str, code: NewCode
) -> IntakePage | ReceiptPage:
    """Register it, accepted by the department if one was named; the form again if it is wrong."""
    if typed.text("do") == "suggest":
        return show_intake(room, seat, typed, nonce=nonce)
    try:
        with room.store.atomic():  # registered and accepted, or neither
            return _registered(room, seat, typed, nonce, code)
    except PetitionError as exc:
        return show_intake(room, seat, typed, nonce=nonce, problem=str(exc))


def _registered(room: Room, seat: Seat, typed: Typed, nonce: str, code: NewCode) -> ReceiptPage:
    kind = Kind.parse(typed.text("kind"))
    channel = Channel.parse(typed.text("channel"))
    if channel not in CHANNELS:
        raise Missing("来源")
    receipt = room.desk.register(
        kind=kind,
        channel=channel,
        person="",
        text=typed.text("text"),
        title=typed.text("title"),
        contact=typed.text("contact"),
        applicant=typed.text("applicant"),
        applicant_type=ApplicantType.parse(typed.text("applicant_type") or "natural"),
        received=typed.day("received"),
        due_on=typed.day("due_on") if kind is Kind.RECTIFICATION else None,
        origin=f"desk:{nonce}" if nonce else None,
        by=seat.actor,
        code=code,
    )
    department = typed.text("department")
    if department and not receipt.repeated:
        facts = room.desk.work.accept(receipt.number, by=seat.actor, department=department)
        room.desk.work.route(receipt.number, by=seat.actor, lead=department, expected=facts.version)
    facts = room.desk.queue.facts(receipt.number, by=seat.actor)
    return ReceiptPage(
        receipt=receipt,
        title=facts.title,
        channel=channel,
        department=facts.department,
    )

"""Signing in and out, the own password, duty."""

from http import HTTPStatus
from math import ceil

from fastapi import APIRouter, Request, Response

from bot.web.addresses import client_address
from bot.web.desk import texts
from bot.web.desk.door import DeskDep, DeskRoute, DeskWeb
from bot.web.desk.fields import Typed
from bot.web.desk.room import Seat
from bot.web.errors import Problem
from petitions import LockedOut, NotNow, PetitionError, WrongPassword

router = APIRouter(prefix="/desk", include_in_schema=False, route_class=DeskRoute)


@router.get("/sign-in")
async def show_sign_in(desk: DeskDep, to: str = "") -> Response:
    """The form; how to add the first user if there is none."""
    return await _sign_in_page(desk, to=to)


async def _sign_in_page(
    desk: DeskWeb, *, to: str, name: str = "", problem: str = "", status: int = HTTPStatus.OK
) -> Response:
    empty = await desk.web.mailroom.run(desk.room.is_empty)
    hint = texts.NO_USERS if empty else ""
    return desk.page("sign_in", None, status=status, to=to, name=name, problem=problem, hint=hint)


@router.post("/sign-in")
async def sign_in(request: Request, desk: DeskDep) -> Response:
    """Name and password; both kinds of limits, by name and by address, hold."""
    typed = await desk.typed(request)
    desk.check_origin(request)
    to, name = typed.text("to"), typed.text("name")[:100]
    address = client_address(request, desk.web.trusted)
    if wait := desk.sign_ins.wait(address):
        raise Problem(429, "too_fast", texts.too_many_sign_ins(ceil(wait)), retry_after=ceil(wait))
    desk.sign_ins.take(address)
    password = typed.values.get("password", "")[:1000]
    try:
        token = await desk.web.mailroom.run(desk.room.sign_in, name, password)
    except (WrongPassword, LockedOut) as exc:
        status = HTTPStatus.UNAUTHORIZED
        return await _sign_in_page(desk, to=to, name=name, problem=str(exc), status=status)
    response = desk.go(to if to.startswith(("/", "?")) else "")
    desk.keep(response, token)
    return response


@router.post("/sign-out")
async def sign_out(request: Request, desk: DeskDep) -> Response:
    """This browser only."""
    await desk.post(request, lambda seat, _: desk.room.sign_out(seat))
    response = desk.go("/sign-in")
    desk.forget(response)
    return response


@router.get("/password")
async def show_password(request: Request, desk: DeskDep) -> Response:
    """The form for a new password."""
    seat = await desk.ask(request, lambda seat: seat)
    return desk.page("password", seat, problem="", done="")


@router.post("/password")
async def change_password(request: Request, desk: DeskDep) -> Response:
    """A new password signs out every other browser."""

    def change(seat: Seat, typed: Typed) -> tuple[Seat, str]:
        new = typed.values.get("new", "")[:1000]
        try:
            if new != typed.values.get("again", "")[:1000]:
                raise NotNow(texts.PASSWORDS_DIFFER)
            desk.room.change_password(seat, typed.values.get("old", "")[:1000], new)
        except PetitionError as exc:
            return seat, str(exc)
        return seat, ""

    seat, problem = await desk.post(request, change)
    return desk.page(
        "password",
        seat,
        status=HTTPStatus.UNPROCESSABLE_ENTITY if problem else HTTPStatus.OK,
        problem=problem,
        done="" if problem else texts.PASSWORD_CHANGED,
    )


@router.post("/duty")
async def duty(request: Request, desk: DeskDep) -> Response:
    """I am on duty today."""
    await desk.post(
        request, lambda seat, _: desk.room.desk.duty.sign_in(by=seat.actor, now=seat.now)
    )
    return desk.go("?said=on_duty")

"""Lists: the queue, what is done with many cases, saved views, the Excel file, the overview."""

import asyncio
from http import HTTPStatus
from urllib.parse import parse_qsl, urlencode

from fastapi import APIRouter, Request, Response

from bot.web.desk import texts
from bot.web.desk.door import DeskDep, DeskRoute, DeskWeb
from bot.web.desk.fields import Typed
from bot.web.desk.lists import OVERSIGHT, ListPage, show_list
from bot.web.desk.oversight import Assigned, assign_many, rows_to_export, show_overview, workbook
from bot.web.desk.room import Seat
from bot.web.desk.store import View
from bot.web.errors import Problem
from petitions import NotNow, PetitionError
from reports.sheets import MEDIA_TYPE

router = APIRouter(prefix="/desk", include_in_schema=False, route_class=DeskRoute)

_NOTHING = Assigned(good="", bad=())
_SAID = {
    "on_duty": texts.ON_DUTY,
    "view_kept": texts.VIEW_KEPT,
    "view_dropped": texts.VIEW_DROPPED,
}
_VIEWS_KEPT = 30


def _query(text: str) -> Typed:
    return Typed(parse_qsl(text[:4000], max_num_fields=200))


@router.get("")
async def show_queue(request: Request, desk: DeskDep) -> Response:
    """A list, first what is due first."""
    typed = _query(request.url.query)
    seat, page = await desk.ask(request, lambda seat: (seat, _list(desk, seat, typed)))
    said = Assigned(good=_SAID.get(typed.text("said"), ""), bad=())
    return desk.page("queue", seat, page=page, told=said)


def _list(desk: DeskWeb, seat: Seat, typed: Typed) -> ListPage:
    return show_list(desk.room, seat, typed)


@router.post("/assign")
async def assign(request: Request, desk: DeskDep) -> Response:
    """Give the chosen cases to one officer; the same list again, with what became of it."""

    def give(seat: Seat, typed: Typed) -> tuple[Seat, ListPage, Assigned]:
        try:
            told = assign_many(desk.room, seat, typed)
        except PetitionError as exc:
            told = Assigned(good="", bad=(str(exc),))
        return seat, _list(desk, seat, _query(typed.text("query"))), told

    seat, page, told = await desk.post(request, give)
    status = HTTPStatus.CONFLICT if told.bad else HTTPStatus.OK
    return desk.page("queue", seat, status=status, page=page, told=told)


@router.post("/views")
async def keep_view(request: Request, desk: DeskDep) -> Response:
    """Keep the list under a name, or forget one."""

    def keep(seat: Seat, typed: Typed) -> str:
        query = urlencode(parse_qsl(typed.text("query")[:2000]))
        name = typed.text("name")[:30]
        with desk.room.store.atomic():
            if dropped := typed.text("drop"):
                desk.room.store.drop_view(seat.user.id, dropped)
                return "?said=view_dropped"
            if not name:
                raise NotNow(texts.VIEW_UNNAMED)
            if len(desk.room.store.views(seat.user.id)) < _VIEWS_KEPT:
                desk.room.store.keep_view(seat.user.id, View(name=name, query=query))
            return f"?{query}&said=view_kept" if query else "?said=view_kept"

    return desk.go(await desk.post(request, keep))


@router.get("/export.xlsx")
async def export(request: Request, desk: DeskDep) -> Response:
    """The list as an Excel file; made in a thread of its own, it takes its time."""
    typed = _query(request.url.query)
    rows = await desk.ask(request, lambda seat: rows_to_export(desk.room, seat, typed))
    body = await asyncio.to_thread(workbook, rows)
    return Response(
        body,
        media_type=MEDIA_TYPE,
        headers={"Content-Disposition": 'attachment; filename="cases.xlsx"'},
    )


@router.get("/overview")
async def overview(request: Request, desk: DeskDep) -> Response:
    """Who has how much on the table; for supervisors."""

    def show(seat: Seat) -> Response:
        if seat.actor.role not in OVERSIGHT:
            raise Problem(403, "not_for_role", texts.NOT_FOR_ROLE)
        return desk.page("overview", seat, page=show_overview(desk.room, seat))

    return await desk.ask(request, show)

"""A case's page and its forms; registering a new one."""

import asyncio
from collections.abc import Callable
from http import HTTPStatus
from urllib.parse import quote

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from bot.store import File
from bot.web.desk import texts, work
from bot.web.desk.cases import CaseView, Told, matter_of, read_case, show_case
from bot.web.desk.door import DeskDep, DeskRoute, DeskWeb
from bot.web.desk.editing import text_of
from bot.web.desk.fields import NOTHING_TYPED, Typed
from bot.web.desk.intake import ReceiptPage, show_intake, take_in
from bot.web.desk.room import Seat
from bot.web.errors import Problem

router = APIRouter(prefix="/desk", include_in_schema=False, route_class=DeskRoute)


@router.get("/case/{number}")
async def show(request: Request, desk: DeskDep, number: str, said: str = "") -> Response:
    """Everything about a case on one page."""
    told = Told(good=work.SAID.get(said, ""))
    seat, view = await desk.ask(
        request, lambda seat: (seat, show_case(desk.room, seat, number, told=told))
    )
    return _case(desk, seat, view)


def _case(desk: DeskWeb, seat: Seat, view: CaseView, status: int = HTTPStatus.OK) -> Response:
    return desk.page("case", seat, status=status, view=view)


@router.post("/case/{number}/contact")
async def show_contact(request: Request, desk: DeskDep, number: str) -> Response:
    """The same page with contact data; that they were looked at is written down."""
    seat, view = await desk.post(
        request,
        lambda seat, _: (seat, show_case(desk.room, seat, number, contact=True)),
    )
    return _case(desk, seat, view)


@router.post("/case/{number}/do/{action}")
async def act(request: Request, desk: DeskDep, number: str, action: str) -> Response:
    """An action of the table."""
    return await _result(
        request, desk, lambda seat, typed: work.act(desk.room, seat, number, action, typed)
    )


@router.post("/case/{number}/reply")
async def reply(request: Request, desk: DeskDep, number: str) -> Response:
    """A button of the reply's editor."""
    return await _result(
        request, desk, lambda seat, typed: work.reply(desk.room, seat, number, typed)
    )


async def _result(
    request: Request, desk: DeskWeb, call: Callable[[Seat, Typed], work.Result]
) -> Response:
    seat, result = await desk.post(request, lambda seat, typed: (seat, call(seat, typed)))
    if isinstance(result, work.Done):
        return desk.go(f"/case/{result.number}?said={result.action}")
    if isinstance(result, work.Preview):
        return desk.page("preview", seat, page=result)
    status = HTTPStatus.CONFLICT if result.view.told.bad else HTTPStatus.OK
    return _case(desk, seat, result.view, status)


@router.post("/case/{number}/draft")
async def keep_draft(request: Request, desk: DeskDep, number: str) -> Response:
    """What is being written, kept by the page itself; says whether somebody else came."""
    kept = await desk.post(
        request, lambda seat, typed: work.keep_draft(desk.room, seat, number, typed)
    )
    return JSONResponse({**vars(kept), "here": vars(kept.here)})


@router.post("/case/{number}/presence")
async def say_present(request: Request, desk: DeskDep, number: str) -> Response:
    """The page is still open. Keeps nobody signed in: a forgotten page is no presence of mind."""
    here = await desk.post(
        request,
        lambda seat, typed: work.presence(
            desk.room, seat, number, writing=typed.checked("writing")
        ),
        used=False,
    )
    return JSONResponse(vars(here))


@router.post("/case/{number}/leave")
async def leave(request: Request, desk: DeskDep, number: str) -> Response:
    """The page was closed."""
    await desk.post(
        request, lambda seat, _: desk.room.desk.queue.leave(number, seat.actor), used=False
    )
    return Response(status_code=HTTPStatus.NO_CONTENT)


@router.get("/case/{number}/reply.docx")
async def document(request: Request, desk: DeskDep, number: str) -> Response:
    """The 答复书: what was sent or submitted, else the draft."""
    from reports import letters  # python-docx loads slowly, and only for this

    def make(seat: Seat) -> tuple[str, bytes]:
        page = read_case(desk.room, seat, number)
        text = page.draft.body if page.draft else text_of(page, page.facts.text)
        if not text:
            raise Problem(404, "no_reply", texts.NO_REPLY)
        matter = matter_of(page, seat.today)
        return matter.number, letters.write_reply(text, kind=matter.kind, number=matter.number)

    made, body = await desk.ask(request, make)
    return _attachment(f"答复书{made}.docx", letters.MEDIA_TYPE, body)


@router.get("/case/{number}/file/{file_id}")
async def download(request: Request, desk: DeskDep, number: str, file_id: str) -> Response:
    """A file of this case and no other; that it was taken is written down."""

    def take(seat: Seat) -> File:
        page = read_case(desk.room, seat, number)
        file = desk.room.files.in_case(page.case.number, file_id)
        if file is None:
            raise Problem(404, "no_file", texts.NO_SUCH_FILE)
        desk.room.log_read(seat, page.case.number, f"{texts.READ_FILE}：{file.name}")
        return file

    file = await desk.ask(request, take)
    return _attachment(file.name, "application/octet-stream", file.body)


def _attachment(name: str, media_type: str, body: bytes) -> Response:
    """A download: never shown in the page, whatever it claims to be."""
    disposition = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
    return Response(body, media_type=media_type, headers={"Content-Disposition": disposition})


@router.get("/new")
async def show_new(request: Request, desk: DeskDep) -> Response:
    """The form for what came on paper, by phone or in person."""
    nonce = desk.web.new_id()
    seat, page = await desk.ask(
        request, lambda seat: (seat, show_intake(desk.room, seat, NOTHING_TYPED, nonce=nonce))
    )
    return desk.page("new", seat, page=page)


@router.post("/new")
async def register(request: Request, desk: DeskDep) -> Response:
    """Register it; number and query code are shown this once, to be handed over."""
    await desk.typed(request)
    await desk.ask(request, lambda _: None)  # nothing is made ready for strangers
    # Hashing is slow on purpose: not in the thread that everybody waits for.
    code = await asyncio.to_thread(desk.room.desk.prepare_code)
    seat, result = await desk.post(
        request,
        lambda seat, typed: (
            seat,
            take_in(desk.room, seat, typed, nonce=typed.text("nonce")[:40], code=code),
        ),
    )
    if isinstance(result, ReceiptPage):
        return desk.page("receipt", seat, page=result)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if result.problem else HTTPStatus.OK
    return desk.page("new", seat, status=status, page=result)


@router.post("/suggest")
async def suggest(request: Request, desk: DeskDep) -> Response:
    """Departments for a text that is being typed."""
    found = await desk.post(
        request, lambda _, typed: desk.room.desk.routing.suggest(typed.text("text"))
    )
    return JSONResponse({"departments": [one.department for one in found]})

"""The page where a person sends a file for a case: one link, one file."""

from datetime import datetime
from http import HTTPStatus

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse
from starlette.datastructures import UploadFile

from bot.mailroom import Mailroom
from bot.web import texts
from bot.web.access import WebDep
from bot.web.context import Web
from bot.web.errors import too_fast
from bot.web.filetypes import UPLOAD_LIMIT, FileType, file_type
from bot.web.rendering import UploadPage
from handlers.services import NewFile

router = APIRouter(prefix="/upload", include_in_schema=False)


@router.get("/{token}")
async def show(request: Request, token: str, web: WebDep) -> Response:
    """The form, or why there is none."""
    if wait := web.seconds_to_wait(request):
        raise too_fast(wait)
    link = await web.mailroom.run(web.mailroom.sync.links.find, token, web.clock())
    if link is None:
        return _page(web, UploadPage(message=texts.LINK_USED_UP), HTTPStatus.GONE)
    return _page(web, UploadPage(number=link.number))


@router.post("/{token}")
async def send(request: Request, token: str, web: WebDep) -> Response:
    """Keep the file; a wrong one leaves the link as it is."""
    if wait := web.seconds_to_wait(request):
        raise too_fast(wait)
    link = await web.mailroom.run(web.mailroom.sync.links.find, token, web.clock())
    if link is None:
        return _page(web, UploadPage(message=texts.LINK_USED_UP), HTTPStatus.GONE)
    async with request.form(max_files=1, max_fields=2) as form:
        sent = form.get("file")
        body = await sent.read() if isinstance(sent, UploadFile) else b""
    kind = file_type(body)
    if kind is None or len(body) > UPLOAD_LIMIT:
        wrong = texts.FILE_TOO_LARGE if len(body) > UPLOAD_LIMIT else texts.FILE_NOT_TAKEN
        page = UploadPage(number=link.number, error=wrong)
        return _page(web, page, HTTPStatus.UNPROCESSABLE_ENTITY)
    room = web.mailroom.sync
    kept = await web.mailroom.run(room.transact, _keep, room, token, body, kind, web.clock())
    return _page(web, UploadPage(message=texts.UPLOAD_KEPT if kept else texts.LINK_USED_UP))


def _keep(room: Mailroom, token: str, body: bytes, kind: FileType, at: datetime) -> bool:
    """File and used link together, in the thread that owns the database."""
    link = room.links.use(token, at)
    if link is None:
        return False
    new = NewFile(
        person=link.person,
        number=link.number,
        name=texts.upload_name(kind.ending),
        media_type=kind.media_type,
        body=body,
    )
    room.files.put(new, at)
    return True


def _page(web: Web, page: UploadPage, status: int = HTTPStatus.OK) -> Response:
    return HTMLResponse(web.templates.upload_page(page), status)

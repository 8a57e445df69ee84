"""The pages: chat (with or without JavaScript), the widget's inside, and their files."""

import sqlite3
import uuid
from collections.abc import Mapping
from http import HTTPStatus

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from pydantic import BaseModel, ConfigDict, ValidationError

from bot.web import texts
from bot.web.access import WebDep, cookie_visitor, keep_cookie
from bot.web.addresses import is_own_origin
from bot.web.context import Web
from bot.web.errors import Problem, not_stored, too_fast
from bot.web.headers import embed_policy
from bot.web.identity import Visitor
from bot.web.incoming import to_incoming
from bot.web.rendering import ChatPage, Form
from bot.web.schemas import MessageIn
from bot.web.transcript import Transcript

router = APIRouter(include_in_schema=False)

_FOREVER = "public, max-age=31536000, immutable"
_EMPTY = Transcript(items=(), cursor=0)
_FORM_IDS = uuid.UUID("8a0d7f0e-6d0e-4a43-9d0e-2b6f5f1f4a11")  # namespace of ids made here


class Posted(BaseModel):
    """What the form sends, nothing checked yet."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    token: str = ""
    nonce: str = ""
    text: str | None = None
    action: str | None = None
    on: str | None = None

    def message(self) -> MessageIn:
        """As the API takes it. The id covers the content: going back and writing something else
        is a new message, pressing twice is not."""
        content = "\0".join((self.nonce, self.text or "", self.action or "", self.on or ""))
        made = uuid.uuid5(_FORM_IDS, content.encode("utf-8", "replace").decode())
        return MessageIn.model_validate({**self.model_dump(exclude={"token", "nonce"}), "id": made})


@router.get("/")
async def show_chat(request: Request, web: WebDep) -> Response:
    """The chat page with the history of whoever's cookie came along."""
    visitor = cookie_visitor(request, web)
    if visitor is None:
        return _page(web, web.identities.newcomer(), _EMPTY)
    return _page(web, visitor, await web.transcript(visitor))


@router.post("/")
async def post_chat(request: Request, web: WebDep) -> Response:
    """The form: the same as the API for browsers without JavaScript."""
    posted = await _posted(request)
    visitor = cookie_visitor(request, web)
    if visitor is None:
        refusal = Problem(403, "no_cookie", texts.NO_COOKIE)
        return _page(web, web.identities.newcomer(), _EMPTY, refusal, posted.text)
    try:
        await _take(request, web, visitor, posted)
    except Problem as problem:
        return _page(web, visitor, await web.transcript(visitor), problem, posted.text)
    except sqlite3.Error:
        return _page(web, visitor, _EMPTY, not_stored(), posted.text)
    return RedirectResponse("./#newest", HTTPStatus.SEE_OTHER)


async def _posted(request: Request) -> Posted:
    form = await request.form(max_files=0, max_fields=10)
    return Posted.model_validate({k: v for k, v in form.items() if isinstance(v, str)})


async def _take(request: Request, web: Web, visitor: Visitor, posted: Posted) -> None:
    """Check where the form comes from, then what it says, then send it on."""
    known_sender = {"origin", "sec-fetch-site"} & set(request.headers)
    if known_sender and not is_own_origin(request, web.settings.public_url):
        raise Problem(403, "foreign_origin", texts.FOREIGN_ORIGIN)
    if not web.identities.is_form_token(visitor, posted.token):
        raise Problem(403, "bad_form", texts.BAD_FORM)
    try:
        message = posted.message()
    except ValidationError as exc:
        raise _invalid(exc) from exc
    if wait := web.seconds_to_wait(request, visitor):
        raise too_fast(wait)
    await web.exchange(to_incoming(visitor, message, web.clock()))


def _invalid(exc: ValidationError) -> Problem:
    error = exc.errors()[0]
    return Problem(422, "invalid", error["msg"] if error["type"] == "own" else texts.BAD_FORM)


def _page(
    web: Web,
    visitor: Visitor,
    transcript: Transcript,
    problem: Problem | None = None,
    draft: str | None = None,
) -> Response:
    page = ChatPage(
        transcript=transcript,
        form=Form(token=web.identities.form_token(visitor), nonce=web.new_id()),
        draft=draft or "",
        error=problem.detail if problem else "",
    )
    status = problem.status_code if problem else HTTPStatus.OK
    headers: Mapping[str, str] | None = problem.headers if problem else None
    response = HTMLResponse(web.templates.chat_page(page), status, headers)
    keep_cookie(response, web, visitor)
    return response


@router.get("/embed")
async def show_embed(web: WebDep) -> Response:
    """The inside of the widget: no cookie, which other sites' pages may not keep anyway."""
    body = web.templates.chat_page(ChatPage(transcript=_EMPTY, form=None))
    policy = embed_policy(web.settings.widget_origins)
    return HTMLResponse(
        body,
        headers={
            "Content-Security-Policy": policy,
            "Cross-Origin-Resource-Policy": "cross-origin",
            "Cache-Control": "no-cache",
        },
    )


@router.get("/widget.js")
async def widget(request: Request, web: WebDep) -> Response:
    """One line on another site's page loads this."""
    asset = web.assets.files["widget.js"]
    headers = {
        "Cache-Control": "public, max-age=3600",
        "Cross-Origin-Resource-Policy": "cross-origin",
        "ETag": f'"{web.assets.version}"',
    }
    if headers["ETag"] in request.headers.get("if-none-match", ""):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    return Response(asset.body, media_type=asset.media_type, headers=headers)


@router.get("/static/{version}/{name}")
async def static(version: str, name: str, web: WebDep) -> Response:
    """A file of the page. A page from before an update gets the new one, but must not keep it."""
    asset = web.assets.files.get(name)
    if asset is None:
        raise Problem(404, "not_found", texts.NOT_FOUND)
    keep = _FOREVER if version == web.assets.version else "no-cache"
    return Response(asset.body, media_type=asset.media_type, headers={"Cache-Control": keep})

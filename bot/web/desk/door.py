"""Between HTTP and the room behind: cookies, forms, where a form comes from, what goes wrong."""

import sqlite3
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated, Any, TypeVar
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from fastapi import Depends, Request, Response
from fastapi.responses import JSONResponse, RedirectResponse
from fastapi.routing import APIRoute

from bot.web.addresses import is_own_origin
from bot.web.context import Web
from bot.web.desk import texts
from bot.web.desk.answers import FIELD, Answers, Page
from bot.web.desk.fields import Typed
from bot.web.desk.rendering import DeskTemplates
from bot.web.desk.room import Room, Seat, SignedOut
from bot.web.errors import Problem, not_stored
from bot.web.limits import Buckets
from petitions import (
    AlreadyChanged,
    NotAllowed,
    PetitionError,
    UnknownCase,
    WrongNumber,
)

T = TypeVar("T")
FORM_TOKEN = "token"
_FIELDS = 600  # of one form: a page of a list with every box ticked


@dataclass(frozen=True, kw_only=True)
class DeskWeb:
    """What the routes of the desk work with."""

    room: Room
    templates: DeskTemplates
    sign_ins: Buckets
    answers: Answers
    web: Web

    @property
    def home(self) -> str:
        """The path of the desk as browsers see it."""
        return f"{urlsplit(self.web.settings.public_url).path.rstrip('/')}/desk"

    @property
    def cookie(self) -> str:
        """With HTTPS a name that is refused without the Secure flag."""
        return "__Secure-zhengwen-desk" if self.web.is_secure else "zhengwen-desk"

    def keep(self, response: Response, token: str) -> None:
        """Sign the browser in. No age: it ends with the browser, and by our own clock."""
        response.set_cookie(
            self.cookie,
            token,
            path=self.home,
            httponly=True,
            samesite="strict",
            secure=self.web.is_secure,
        )

    def forget(self, response: Response) -> None:
        """Sign it out."""
        response.delete_cookie(
            self.cookie,
            path=self.home,
            httponly=True,
            samesite="strict",
            secure=self.web.is_secure,
        )

    async def ask(self, request: Request, call: Callable[[Seat], T]) -> T:
        """What a signed-in person wants to see: one call in the mailroom's thread."""
        token = request.cookies.get(self.cookie, "")
        return await self.web.mailroom.run(self.room.seated, token, call)

    async def post(
        self, request: Request, call: Callable[[Seat, Typed], T], *, used: bool = True
    ) -> T:
        """What a form asks for: ours, made for this session, and sent by a page of ours."""
        typed = await self.typed(request)
        self.check_origin(request)
        return await self.web.mailroom.act(  # the person may have to be told
            self.room.posted,
            request.cookies.get(self.cookie, ""),
            typed.text(FORM_TOKEN),
            lambda seat: call(seat, typed),
            used=used,
        )

    async def typed(self, request: Request) -> Typed:
        """The fields of a form."""
        form = await request.form(max_files=0, max_fields=_FIELDS)
        typed = Typed([(k, v) for k, v in form.multi_items() if isinstance(v, str)])
        request.state.typed = typed
        return typed

    def check_origin(self, request: Request) -> None:
        """Refuse what no page of ours sent; every browser that is in use says where it is from."""
        if not is_own_origin(request, self.web.settings.public_url):
            raise Problem(403, "foreign_origin", texts.FOREIGN_ORIGIN)

    def page(
        self,
        template: str,
        seat: Seat | None,
        /,
        *,
        status: int = HTTPStatus.OK,
        headers: Mapping[str, str] | None = None,
        **values: Any,
    ) -> Response:
        """A page."""
        made = Page(self.templates.page(template, seat, **values), status, headers)
        made.seated = seat is not None
        return made

    def go(self, path: str = "") -> Response:
        """On to another page of the desk."""
        return RedirectResponse(self.home + path, HTTPStatus.SEE_OTHER)


def desk_of(request: Request) -> DeskWeb:
    """The one that belongs to the app of this request."""
    desk = request.app.state.desk
    assert isinstance(desk, DeskWeb)
    return desk


async def _desk(request: Request) -> DeskWeb:
    return desk_of(request)


DeskDep = Annotated[DeskWeb, Depends(_desk)]


class DeskRoute(APIRoute):
    """Every error of the desk becomes a page of the desk."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The handler with our own way of telling what went wrong around it."""
        handle = super().get_route_handler()

        async def handle_safely(request: Request) -> Response:
            response = await answered(request)
            if isinstance(response, Page) and request.method == "POST":
                return _see_other(request, response)
            return response

        async def answered(request: Request) -> Response:
            try:
                return await _answer_again(request) or await handle(request)
            except SignedOut:
                return _signed_out(request)
            except Problem as problem:
                return _wrong(request, problem.status_code, problem.detail, problem.headers)
            except PetitionError as exc:
                return _wrong(request, _status(exc), str(exc))
            except sqlite3.Error:
                full = not_stored()
                return _wrong(request, full.status_code, full.detail, full.headers)

        return handle_safely


async def _answer_again(request: Request) -> Page | None:
    """The page that answered a form, if the address names one; raises SignedOut."""
    key = request.query_params.get(FIELD)
    if not key or request.method != "GET":
        return None
    desk = desk_of(request)
    page = desk.answers.get(key, request.cookies.get(desk.cookie, ""))
    if page and page.seated:
        await desk.ask(request, lambda _: None)
    return page


def _see_other(request: Request, page: Page) -> Response:
    """Where a page that answers a form is fetched: at the address of the page with the form."""
    desk = desk_of(request)
    key = desk.answers.keep(page, request.cookies.get(desk.cookie, ""))
    path, query = _place_of_form(request)
    return desk.go(f"{path}?{query}{'&' if query else ''}{FIELD}={key}")


def _place_of_form(request: Request) -> tuple[str, str]:
    """Path and query of the page that a form stands on."""
    typed = _typed(request)
    if number := request.path_params.get("number"):
        return f"/case/{quote(number, safe='')}", ""
    path = request.url.path.partition("/desk")[2]
    if path == "/sign-in":
        return path, urlencode({"to": typed.text("to")})
    if path in ("/new", "/password"):
        return path, ""
    return "", urlencode(parse_qsl(typed.text("query")[:2000]))


def _status(exc: PetitionError) -> int:
    if isinstance(exc, UnknownCase | WrongNumber):
        return HTTPStatus.NOT_FOUND
    if isinstance(exc, NotAllowed):
        return HTTPStatus.FORBIDDEN
    return HTTPStatus.CONFLICT if isinstance(exc, AlreadyChanged) else 422


def _typed(request: Request) -> Typed:
    typed = getattr(request.state, "typed", None)
    return typed if isinstance(typed, Typed) else Typed(())


def _signed_out(request: Request) -> Response:
    """To the sign-in page and back; what a form held is shown, not lost."""
    desk = desk_of(request)
    if wants_json(request):
        return JSONResponse({"message": texts.SIGNED_OUT}, HTTPStatus.UNAUTHORIZED)
    if request.method == "GET":
        path = request.url.path.partition("/desk")[2]
        query = f"?{request.url.query}" if request.url.query else ""
        to = quote(path + query, safe="")
        return desk.go(f"/sign-in?to={to}" if path + query else "/sign-in")
    return _wrong(request, HTTPStatus.UNAUTHORIZED, texts.NOT_SAVED)


def _wrong(
    request: Request, status: int, message: str, headers: Mapping[str, str] | None = None
) -> Response:
    if wants_json(request):
        return JSONResponse({"message": message}, status, headers)
    written = [
        value
        for name, value in _typed(request).items
        if name in ("body", "text", "note", "reason", "items", "comment") and value.strip()
    ]
    return desk_of(request).page(
        "error", None, status=status, headers=headers, message=message, written=written
    )


def wants_json(request: Request) -> bool:
    """Whether a script of ours asks rather than a person."""
    return "application/json" in request.headers.get("accept", "")

"""Who may do what on the API: a bearer token, or the page's cookie sent by our own page.

Dependencies are coroutines although they wait for nothing: FastAPI would run plain functions in
threads, and messages sent at the same moment would overtake each other.
"""

from typing import Annotated

from fastapi import Depends, Request, Response
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from bot.web import texts
from bot.web.addresses import is_own_origin
from bot.web.context import Web, web_of
from bot.web.errors import Problem
from bot.web.identity import HOLDS, Visitor

_bearer = HTTPBearer(auto_error=False, description="POST /api/v1/session 给出的 token")


async def _web(request: Request) -> Web:
    return web_of(request)


WebDep = Annotated[Web, Depends(_web)]
Bearer = Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]


def cookie_name(web: Web) -> str:
    """With HTTPS a name that sibling sites under the same domain cannot set."""
    return "__Host-zhengwen" if web.is_secure else "zhengwen"


def cookie_visitor(request: Request, web: Web) -> Visitor | None:
    """The visitor whose cookie this is."""
    return web.identities.read(request.cookies.get(cookie_name(web), ""))


def keep_cookie(response: Response, web: Web, visitor: Visitor) -> None:
    """Give the browser a fresh cookie when the one it has is missing or old."""
    if not web.identities.is_due(visitor):
        return
    response.set_cookie(
        cookie_name(web),
        web.identities.token(visitor),
        max_age=int(HOLDS.total_seconds()),
        httponly=True,
        samesite="lax",
        secure=web.is_secure,
    )


async def bearer_visitor(web: WebDep, bearer: Bearer) -> Visitor | None:
    """The visitor of a token; None without one."""
    if bearer is None:
        return None
    visitor = web.identities.read(bearer.credentials)
    if visitor is None:
        raise Problem(401, "no_session", texts.NO_SESSION)
    return visitor


async def reader(
    request: Request, web: WebDep, bearer: Annotated[Visitor | None, Depends(bearer_visitor)]
) -> Visitor:
    """Whoever may read their own conversation."""
    visitor = bearer or cookie_visitor(request, web)
    if visitor is None:
        raise Problem(401, "no_session", texts.NO_SESSION)
    return visitor


async def writer(
    request: Request,
    web: WebDep,
    bearer: Annotated[Visitor | None, Depends(bearer_visitor)],
    visitor: Annotated[Visitor, Depends(reader)],
) -> Visitor:
    """Whoever may write: a cookie counts only if our own page sent it, and as JSON."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise Problem(415, "not_json", texts.NOT_JSON_TYPE)
    if bearer is None and not is_own_origin(request, web.settings.public_url):
        raise Problem(403, "foreign_origin", texts.FOREIGN_ORIGIN)
    return visitor


Reader = Annotated[Visitor, Depends(reader)]
Writer = Annotated[Visitor, Depends(writer)]

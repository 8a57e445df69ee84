"""What goes wrong, as one sentence: JSON for programs, a page for people."""

import math
import sqlite3
from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse
from starlette.exceptions import HTTPException

from bot.web import texts
from bot.web.context import web_of
from bot.web.headers import complete_headers
from bot.web.schemas import ErrorBody, ErrorOut

RETRY_SECONDS = 5  # after a failure that may pass


class Problem(HTTPException):
    """A request that is refused: a status, a code for programs, a sentence for people."""

    def __init__(
        self, status: int, code: str, message: str, *, retry_after: float | None = None
    ) -> None:
        headers = {} if retry_after is None else {"Retry-After": str(math.ceil(retry_after))}
        super().__init__(status, message, headers=headers)
        self.code = code


def too_fast(seconds: int) -> Problem:
    """A limit was reached."""
    return Problem(429, "too_fast", texts.too_fast(seconds), retry_after=seconds)


def body_too_large() -> Problem:
    """More than a message can be."""
    return Problem(413, "too_large", texts.BODY_TOO_LARGE)


def not_stored() -> Problem:
    """The disk is full or the database does not answer."""
    return Problem(503, "not_stored", texts.NOT_STORED, retry_after=RETRY_SECONDS)


_PLAIN = {
    404: ("not_found", texts.NOT_FOUND),
    405: ("wrong_method", texts.WRONG_METHOD),
}


def install(app: FastAPI) -> None:
    """Turn every error into our own form."""
    app.add_exception_handler(HTTPException, _on_http)
    app.add_exception_handler(RequestValidationError, _on_invalid)
    app.add_exception_handler(sqlite3.Error, _on_database)
    app.add_exception_handler(Exception, _on_bug)


async def _on_http(request: Request, exc: Exception) -> Response:
    assert isinstance(exc, HTTPException)
    if isinstance(exc, Problem):
        return _answer(request, exc.status_code, ErrorBody(code=exc.code, message=exc.detail),
                       exc.headers)  # fmt: skip
    code, message = _PLAIN.get(exc.status_code, ("refused", texts.OTHER))
    return _answer(request, exc.status_code, ErrorBody(code=code, message=message), exc.headers)


async def _on_invalid(request: Request, exc: Exception) -> Response:
    assert isinstance(exc, RequestValidationError)
    body = ErrorBody(code="invalid", message=_sentence(exc.errors()[0]))
    return _answer(request, 422, body)


def _sentence(error: Mapping[str, Any]) -> str:
    if error["type"] == "own":
        return str(error["msg"])
    if error["type"] == "json_invalid":
        return texts.NOT_JSON
    return texts.bad_field(str(error["loc"][-1]))


async def _on_database(request: Request, exc: Exception) -> Response:
    problem = not_stored()
    return _answer(request, 503, ErrorBody(code=problem.code, message=problem.detail),
                   problem.headers)  # fmt: skip


async def _on_bug(request: Request, exc: Exception) -> Response:
    response = _answer(request, 500, ErrorBody(code="failed", message=texts.FAILED))
    complete_headers(response.headers)  # Starlette sends this one past every middleware
    return response


def _answer(
    request: Request, status: int, error: ErrorBody, headers: Mapping[str, str] | None = None
) -> Response:
    if "text/html" in request.headers.get("accept", ""):
        page = web_of(request).templates.error_page(status=status, message=error.message)
        return HTMLResponse(page, status, headers)
    return JSONResponse(ErrorOut(error=error).model_dump(), status, headers)

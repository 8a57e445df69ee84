"""The HTTP side of the fake Bot API: URLs, the ways to pass parameters, cut connections.

What a method does is not known here.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from tornado.httputil import HTTPServerRequest
from tornado.web import Application, RequestHandler

from .botapi_rules import Rejected, bad_request
from .botapi_state import Params, Upload
from .botapi_text import Json

NOT_FOUND = Rejected(404, "Not Found")


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What goes back over the wire."""

    body: bytes
    status: int = 200
    content_type: str = "application/json"


# A call by token, method and request; no answer means that the connection is cut.
Serve = Callable[[str, str, HTTPServerRequest], Awaitable[Answer | None]]
ReadFile = Callable[[str, str], Answer]


def answer_json(values: Json, status: int = 200) -> Answer:
    return Answer(body=json.dumps(values, ensure_ascii=False).encode(), status=status)


def refusal(rejected: Rejected) -> Answer:
    return answer_json(rejected.to_json(), rejected.code)


def read_params(request: HTTPServerRequest) -> Params:
    """The parameters from the query string, a form, a multipart form or a JSON object."""
    values = {name: items[-1].decode() for name, items in request.arguments.items()}
    if request.headers.get("Content-Type", "").startswith("application/json"):
        values |= _read_json(request.body)
    files = {
        name: Upload(name=items[-1].filename, data=items[-1].body)
        for name, items in request.files.items()
    }
    return Params(values=values, files=files)


def _read_json(body: bytes) -> dict[str, str]:
    try:
        items = json.loads(body or b"{}").items()
    except (ValueError, AttributeError) as exc:
        raise bad_request("can't parse JSON object") from exc
    given = ((name, value) for name, value in items if value is not None)
    return {n: v if isinstance(v, str) else json.dumps(v) for n, v in given}


class _Handler(RequestHandler):
    """Sends answers, or cuts the connection."""

    gone = False

    def on_connection_close(self) -> None:
        self.gone = True

    def reply(self, answer: Answer | None) -> None:
        if self.gone:
            return
        if answer is None:
            self.detach().close()
            return
        self.set_status(answer.status)
        self.set_header("Content-Type", answer.content_type)
        self.finish(answer.body)


class _Method(_Handler):
    def initialize(self, serve: Serve, jobs: set["asyncio.Future[Answer | None]"]) -> None:
        self._serve, self._jobs = serve, jobs

    async def post(self, token: str, method: str) -> None:
        # A job of its own: the server cancels it when it stops, and it goes on when the client
        # hangs up, for what was asked happens although nobody hears of it any more.
        job = asyncio.ensure_future(self._serve(token, method, self.request))
        self._jobs.add(job)
        job.add_done_callback(self._jobs.discard)
        await asyncio.wait({job})
        self.reply(None if job.cancelled() else job.result())

    get = post


class _File(_Handler):
    def initialize(self, read_file: ReadFile) -> None:
        self._read_file = read_file

    def get(self, token: str, path: str) -> None:
        self.reply(self._read_file(token, path))


class _Nothing(_Handler):
    def prepare(self) -> None:
        self.reply(refusal(NOT_FOUND))


def application(
    serve: Serve, read_file: ReadFile, jobs: set["asyncio.Future[Answer | None]"]
) -> Application:
    """The URLs of the Bot API; `jobs` holds the calls under way."""
    return Application(
        [
            (r"/bot([^/]+)/(\w+)/?", _Method, {"serve": serve, "jobs": jobs}),
            (r"/file/bot([^/]+)/(.+)", _File, {"read_file": read_file}),
        ],
        default_handler_class=_Nothing,
        log_function=lambda _: None,
    )

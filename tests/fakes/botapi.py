"""A Telegram Bot API server for tests: strict, on a loopback socket, with people to play.

    async with BotApi() as api:            # in the event loop of the test
        zhang = api.user(1001, "张三")
        await zhang.send("/start")
        welcome = await zhang.expect("欢迎")
        await zhang.press("办事指南")

    with BotApi() as api:                  # in a thread of its own, for a bot in a subprocess
        api.run(zhang.send("/start"))

A bot is pointed at `base_url` and `base_file_url` with `token`. What is refused, and in which
words, is in `botapi_rules`; what a person can do, in `botapi_people`.
"""

import asyncio
import inspect
import threading
import time
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass
from typing import Any, Self, TypeVar

from tornado.httpserver import HTTPServer
from tornado.httputil import HTTPServerRequest
from tornado.netutil import bind_sockets

from .botapi_faults import Fault, Faults
from .botapi_http import (
    NOT_FOUND,
    Answer,
    answer_json,
    application,
    read_params,
    refusal,
)
from .botapi_limits import RateLimit
from .botapi_methods import METHODS
from .botapi_people import Group, Person
from .botapi_rules import Rejected
from .botapi_state import Params, State
from .botapi_text import Json
from .botapi_updates import Updates
from .botapi_world import Access, Chat, Message, World

T = TypeVar("T")
TOKEN = "110201543:TEST"  # its length is not that of a real one
USERNAME = "zhengwen_test_bot"

_NAMES = {name.lower(): name for name in METHODS}  # Telegram does not care for case


@dataclass(frozen=True, kw_only=True)
class Call:
    """A call of the bot that has ended, the way it ended."""

    method: str
    params: Mapping[str, str]
    files: tuple[str, ...] = ()  # names of uploads
    ok: bool
    error: str = ""  # Telegram's description
    fault: str = ""  # the kind of fault that it met

    @property
    def text(self) -> str:
        return self.params.get("text", "")

    @property
    def chat_id(self) -> int:
        return int(self.params.get("chat_id", 0))


class BotApi:
    """The server and everything it knows."""

    def __init__(
        self,
        *,
        hears_all: bool = False,
        retry_delay: float = 0.02,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """`hears_all` switches privacy mode off; `retry_delay` is the webhook's first one."""
        self.token = TOKEN
        self.calls: list[Call] = []
        world = World(_bot(hears_all), clock)
        self.state = State(
            world=world, updates=Updates(retry_delay, world.change), limit=RateLimit(clock)
        )
        self.port = 0
        self._faults = Faults()
        self._jobs: set[asyncio.Future[Answer | None]] = set()
        self._server: HTTPServer | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None

    # -- starting and stopping

    async def __aenter__(self) -> Self:
        sockets = bind_sockets(0, "127.0.0.1")
        self.port = sockets[0].getsockname()[1]
        self._server = HTTPServer(application(self._serve, self._read_file, self._jobs))
        self._server.add_sockets(sockets)
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._server, "was never started"
        self._server.stop()
        for job in tuple(self._jobs):
            job.cancel()
        await self.state.updates.close()
        await self._server.close_all_connections()

    def __enter__(self) -> Self:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="bot-api")
        self._thread.start()
        return self.run(self.__aenter__())

    def __exit__(self, *_: object) -> None:
        assert self._loop, "was never started in a thread"
        assert self._thread, "goes with the loop"
        try:
            self.run(self.__aexit__())
        finally:
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join()
            self._loop.close()

    def run(self, coroutine: Coroutine[Any, Any, T], timeout: float = 60) -> T:
        """The result of a coroutine of this server that runs in its own thread."""
        assert self._loop, "only for a server in a thread; await it instead"
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop).result(timeout)

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.port}/bot"

    @property
    def base_file_url(self) -> str:
        return f"http://127.0.0.1:{self.port}/file/bot"

    # -- playing

    def user(self, user_id: int, name: str, *, username: str = "", started: bool = False) -> Person:
        """A person; the bot may not write first unless the chat was started before."""
        profile: Json = {"id": user_id, "is_bot": False, "first_name": name}
        profile |= {"username": username} if username else {}
        info = {k: v for k, v in profile.items() if k != "is_bot"} | {"type": "private"}
        access = Access.OPEN if started else Access.UNKNOWN
        chat = self.state.world.chats.setdefault(user_id, Chat(info=info, access=access))
        return Person(self.state, {**profile, "language_code": "zh-hans"}, chat)

    def group(self, chat_id: int, title: str, *, forum: bool = False) -> Group:
        """A supergroup with the bot in it; a forum has topics, which the bot may open."""
        info = {"id": chat_id, "type": "supergroup", "title": title}
        info |= {"is_forum": True} if forum else {}
        return Group(self.state, self.state.world.chats.setdefault(chat_id, Chat(info=info)))

    def fault(self, methods: str, kind: str | int, *, times: int = 1, arg: object = "") -> None:
        """Let the next calls of these methods go wrong; see `Fault`. `*` means getUpdates too."""
        self._faults.add(Fault(methods=methods, kind=str(kind), arg=str(arg)), times)

    def clear_faults(self) -> None:
        """Nothing goes wrong any more."""
        self._faults.clear()

    def limit_rates(self, *, enabled: bool = True) -> None:
        """Answer 429 to more messages than Telegram allows."""
        self.state.limit.enabled = enabled

    async def duplicate_last(self) -> None:
        """Deliver the newest update a second time."""
        self.state.updates.duplicate_last()

    def expire_queries(self) -> None:
        """Every button pressed so far is too old to be answered."""
        for query in self.state.world.queries.values():
            query.expired = True

    # -- looking

    def messages(self, chat_id: int) -> list[Message]:
        """The chat as a person sees it now."""
        return list(self.state.world.chats[chat_id].messages.values())

    def called(self, method: str) -> list[Call]:
        """The calls of a method that succeeded."""
        return [call for call in self.calls if call.method == method and call.ok]

    @property
    def polled(self) -> bool:
        """Whether a bot waits in getUpdates right now."""
        return self.state.updates.polled

    @property
    def pending(self) -> int:
        """How many updates the bot has not acknowledged."""
        return len(self.state.updates.pending)

    @property
    def webhook_error(self) -> str:
        """Why the last push to the webhook failed."""
        webhook = self.state.updates.webhook
        return webhook.last_error if webhook else ""

    async def until(self, find: Callable[[], T | None], timeout: float = 5.0) -> T:
        """What `find` returns, once it is true: `await api.until(lambda: api.called(…))`."""
        return await self.state.world.until(find, timeout)

    # -- serving

    async def _serve(self, token: str, name: str, request: HTTPServerRequest) -> Answer | None:
        if token != self.token:
            return refusal(Rejected(401, "Unauthorized"))
        method = _NAMES.get(name.lower())
        if not method:
            return refusal(Rejected(404, "Not Found: method not found"))
        try:
            params = read_params(request)
        except Rejected as exc:
            return refusal(exc)
        fault = self._faults.take(method)
        if fault:
            return await self._serve_badly(method, params, fault)
        return await self._perform(method, params)

    async def _serve_badly(self, method: str, params: Params, fault: Fault) -> Answer | None:
        refused = fault.refusal()
        if refused:
            self._record(method, params, refused, fault=fault.kind)
            return refusal(refused)
        if fault.kind in ("lost", "delay"):
            await asyncio.sleep(fault.seconds if fault.kind == "delay" else 0)
            answer = await self._perform(method, params, fault=fault.kind)
            return answer if fault.kind == "delay" else None
        self._record(method, params, Rejected(0, "no answer"), fault=fault.kind)
        if fault.kind == "hang":
            await asyncio.get_running_loop().create_future()
        return None

    async def _perform(self, method: str, params: Params, *, fault: str = "") -> Answer:
        try:
            result = METHODS[method](self.state, params)
            result = await result if inspect.isawaitable(result) else result
        except Rejected as exc:
            self._record(method, params, exc, fault=fault)
            return refusal(exc)
        self._record(method, params, fault=fault)
        return answer_json({"ok": True, "result": result})

    def _record(
        self, method: str, params: Params, rejected: Rejected | None = None, *, fault: str
    ) -> None:
        files = tuple(upload.name for upload in params.files.values())
        error = rejected.description if rejected else ""
        call = Call(
            method=method, params=params.values, files=files, ok=not rejected, error=error,
            fault=fault,
        )  # fmt: skip
        self.calls.append(call)
        self.state.world.change()

    def _read_file(self, token: str, path: str) -> Answer:
        stored = [f for f in self.state.world.files.values() if f.path == path]
        if token != self.token or not stored:
            return refusal(NOT_FOUND)
        return Answer(body=stored[0].data, content_type="application/octet-stream")


def _bot(hears_all: bool) -> Json:
    return {
        "id": int(TOKEN.split(":")[0]), "is_bot": True, "first_name": "政问", "username": USERNAME,
        "can_join_groups": True, "can_read_all_group_messages": hears_all,
        "supports_inline_queries": False, "can_connect_to_business": False,
        "has_main_web_app": False,
    }  # fmt: skip

"""A web app on a real database file, answered by a small script instead of the real handlers."""

import asyncio
from collections.abc import Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

import httpx
import pytest
import pytest_asyncio
from playwright.async_api import async_playwright

from bot.config import Settings, read_settings
from bot.mailroom import AsyncMailroom, Mailroom
from bot.store import Mail, migrations, open_database
from bot.web import WebServer, create_app
from bot.web.streams import Streams
from handlers.messages import Action, Block, Button, Incoming, Reply, Style, say
from handlers.services import Clock

CHROMIUM = Path("/usr/bin/chromium")
CHROMIUM_ARGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PHONE = {"width": 360, "height": 740}

HOST = "http://test"
SECRET = "a secret of this test"
EXAMPLES = ("怎么申请？", "要钱吗？")
FEEDBACK = (
    Button(label="有帮助", action=Action(verb="good", args=("1",))),
    Button(label="没解决", action=Action(verb="bad", args=("1",))),
)
SOURCE = "依据：《条例》第三十三条，https://example.gov.cn/a?id=1。"


def answer_by_script(incoming):
    """「坏了」 fails, buttons thank or ask back, everything else is echoed with a source."""
    if incoming.text == "坏了":
        raise RuntimeError("scripted")
    if incoming.action and incoming.action.verb == "good":
        return Reply(blocks=(Block(text="谢谢您的评价。"),), in_place=True)
    if incoming.action and incoming.action.verb == "silent":
        return Reply()
    if incoming.action:
        return say("请换个说法再问。")
    if incoming.text == "长文":
        quote = Block(text="这一句最要紧。", style=Style.QUOTE)
        return Reply(blocks=(quote, Block(text=f"一句。{SOURCE}", style=Style.FULL)))
    blocks = (Block(text=f"答：{incoming.text}"), Block(text=SOURCE, style=Style.SOURCE))
    return Reply(blocks=blocks, buttons=(FEEDBACK,), decision="answer")


@dataclass
class Site:
    """Everything behind one address; settings may be changed before `app` is first used."""

    settings: Settings
    clock: Clock
    mailroom: AsyncMailroom
    monotonic: list[float] = field(default_factory=lambda: [0.0])
    respond: Callable[[Incoming], Reply] = answer_by_script

    def __post_init__(self):
        self._app = None

    def configure(self, **settings):
        self.settings = self.settings.model_copy(update=settings)

    @property
    def app(self):
        if self._app is None:
            self._app = create_app(
                mailroom=self.mailroom,
                settings=self.settings,
                secret=SECRET,
                new_id=lambda: uuid4().hex[:10],
                clock=self.clock,
                examples=EXAMPLES,
                monotonic=lambda: self.monotonic[0],
                streams=Streams(self.mailroom, poll_seconds=0.05, heartbeat_seconds=0.2),
            )
        return self._app

    @property
    def mail(self):
        return self.mailroom.sync.mail

    def client(self, **more):
        transport = httpx.ASGITransport(app=self.app, raise_app_exceptions=False)
        return httpx.AsyncClient(transport=transport, base_url=HOST, trust_env=False, **more)

    async def visitor(self, **more):
        """A client with a session of its own."""
        client = self.client(**more)
        token = (await client.post("/api/v1/session")).json()["token"]
        client.headers["Authorization"] = f"Bearer {token}"
        return client

    async def serve(self, port=0):
        """Listen on loopback until `stop`."""
        self._app = None  # streams end with their server
        self.server = WebServer(self.app, host="127.0.0.1", port=port)
        self.serving = asyncio.create_task(self.server.serve())
        while not self.server.started:
            await asyncio.sleep(0.01)
        self.port = self.server.servers[0].sockets[0].getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"

    async def stop(self):
        self.server.should_exit = True
        await asyncio.wait_for(self.serving, 10)


@pytest.fixture
def site(tmp_path, clock):
    settings = read_settings(None)
    db = open_database(tmp_path / "web.db")
    migrations.apply(db)
    made = Site(settings=settings, clock=clock, mailroom=None)  # type: ignore[arg-type]  # below
    respond = lambda incoming: made.respond(incoming)  # noqa: E731 - looked up at each call
    made.mailroom = AsyncMailroom(Mailroom(db, Mail(db), respond, clock))
    yield made
    made.mailroom.close()
    db.close()


@pytest.fixture
async def visitor(site):
    client = await site.visitor()
    yield client
    await client.aclose()


@pytest.fixture
def say_to():
    """Posts one message; more=… are further fields of it."""

    async def post(client, text=None, **more):
        body = {"id": str(uuid4()), **({"text": text} if text is not None else {}), **more}
        return await client.post("/api/v1/messages", json=body)

    return post


@pytest_asyncio.fixture(loop_scope="session", scope="session")
async def chromium():
    """One browser for all journeys."""
    if not CHROMIUM.exists():
        pytest.skip("no Chromium on this machine")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=str(CHROMIUM), args=CHROMIUM_ARGS
        )
        yield browser
        await browser.close()


@pytest.fixture
def device(chromium):
    """Opens a browser profile of its own; what its pages complain of fails the test."""

    @asynccontextmanager
    async def opened(**more):
        complaints = []
        context = await chromium.new_context(locale="zh-CN", **{"viewport": PHONE, **more})
        context.set_default_timeout(8000)
        context.on("weberror", lambda error: complaints.append(str(error.error)))
        context.on(
            "console",
            lambda said: complaints.append(said.text) if "Content Security" in said.text else None,
        )
        yield context
        await context.close()
        assert complaints == []

    return opened


@pytest_asyncio.fixture(loop_scope="session")
async def served(site):
    """The site, listening on loopback."""
    await site.serve()
    yield site
    await site.stop()

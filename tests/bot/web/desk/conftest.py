"""A whole program with a staff desk, people who work there, and cases on their tables."""

import asyncio
import re
from dataclasses import dataclass, field
from html import unescape
from uuid import uuid4

import httpx
import pytest
import pytest_asyncio

from bot.config import Settings
from bot.mailroom import AsyncMailroom
from bot.services import Program
from bot.web import WebServer, create_app
from handlers.services import Clock, NewFile
from petitions import Channel, Kind, PetitionStore, Role
from petitions.people import hashed

HOST = "http://test"
HTML = {"Accept": "text/html,*/*;q=0.8", "Origin": HOST}
PASSWORD = "a password of these tests"

STAFF = (
    ("张三", Role.STAFF, "投资处"),
    ("李四", Role.STAFF, "投资处"),
    ("王五", Role.STAFF, "价格处"),
    ("赵六", Role.SUPERVISOR, "办公室"),
    ("钱七", Role.ADMIN, "办公室"),
    ("孙八", Role.DUTY, "办公室"),
)


@dataclass
class Office:
    """The program behind one address, and people to sign in as."""

    program: Program
    clock: Clock
    mailroom: AsyncMailroom
    monotonic: list[float] = field(default_factory=lambda: [0.0])

    def __post_init__(self):
        self.settings: Settings = self.program.settings
        self._app = None

    @property
    def desk(self):
        return self.program.services.desk

    def configure(self, **settings):
        self.settings = self.settings.model_copy(update=settings)

    @property
    def app(self):
        if self._app is None:
            self._app = create_app(
                mailroom=self.mailroom,
                settings=self.settings,
                secret="a secret of these tests",
                new_id=lambda: uuid4().hex[:10],
                clock=self.clock,
                monotonic=lambda: self.monotonic[0],
                staff=self.program.staff(),
            )
        return self._app

    def user(self, name):
        return self.desk.people.named(name)

    def actor(self, name):
        return self.desk.people.actor(self.user(name))

    def client(self, **headers):
        transport = httpx.ASGITransport(app=self.app)
        return httpx.AsyncClient(
            transport=transport,
            base_url=HOST,
            headers={**HTML, **headers},
            follow_redirects=True,
            trust_env=False,
        )

    async def sign_in(self, name):
        """A browser in which somebody is signed in."""
        client = self.client()
        page = await client.post("/desk/sign-in", data={"name": name, "password": PASSWORD})
        assert page.status_code == 200, seen(page)
        return client

    def case(self, text="项目备案要多久？", *, kind=Kind.CONSULTATION, officer="", **more):
        """A registered case; with an officer, one they work on."""
        values = {"channel": Channel.WEB, "person": "web:1001", **more}
        number = self.desk.register(kind=kind, text=text, **values).number
        if officer:
            by = self.actor(officer)
            self.desk.work.accept(number, by=by)
            self.desk.work.claim(number, by=by)
        return number

    def file(self, number, name, body):
        """A file that somebody sent for a case; its id."""
        new = NewFile(person="web:1001", number=number, name=name, media_type="x/y", body=body)
        with self.program.db.atomic():
            return self.program.mailroom.files.put(new, self.clock())

    async def serve(self):
        """Listen on loopback until `stop`."""
        self._app = None
        self.server = WebServer(self.app, host="127.0.0.1", port=0)
        self.serving = asyncio.create_task(self.server.serve())
        while not self.server.started:
            await asyncio.sleep(0.01)
        port = self.server.servers[0].sockets[0].getsockname()[1]
        self.url = f"http://127.0.0.1:{port}/desk"

    async def stop(self):
        self.server.should_exit = True
        await asyncio.wait_for(self.serving, 10)


HASH = hashed(PASSWORD)  # slow on purpose, so once for everybody


def add_people(program, at):
    """Everybody, each with the password of these tests."""
    store = PetitionStore(program.db)
    with program.db.atomic():
        for name, role, department in STAFF:
            user = program.services.desk.people.add(name, role=role, department=department, at=at)
            store.set_password(user.id, HASH)


@pytest.fixture
def office(program, clock):
    made = Office(program=program, clock=clock, mailroom=AsyncMailroom(program.mailroom))
    add_people(program, clock())
    yield made
    made.mailroom.close()


@pytest_asyncio.fixture(loop_scope="session")
async def served(office):
    """The desk, listening on loopback."""
    await office.serve()
    yield office
    await office.stop()


def seen(page):
    """What a person reads of a page, tags removed."""
    body = page.text.partition("<main")[2] or page.text
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


def hidden(page, name):
    """The value of a hidden field."""
    found = re.search(rf'name="{name}" value="([^"]*)"', page.text)
    assert found, f"no field {name}: {seen(page)}"
    return unescape(found[1])


async def does(client, number, action, **fields):
    """Take an action on a case's page, with the page's token and version."""
    page = await client.get(f"/desk/case/{number}")
    data = {"token": hidden(page, "token"), "version": version(page), **fields}
    return await client.post(f"/desk/case/{number}/do/{action}", data=data)


async def writes(client, number, do, **fields):
    """Press a button of the reply's editor."""
    page = await client.get(f"/desk/case/{number}")
    data = {"token": hidden(page, "token"), "version": version(page), "do": do, **fields}
    return await client.post(f"/desk/case/{number}/reply", data=data)


def version(page):
    """The last event that a page shows."""
    found = re.search(r'data-version="(\d+)"', page.text)
    assert found, f"no case: {seen(page)}"
    return found[1]

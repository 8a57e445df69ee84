"""The real channel on a real database file, answered by a small script instead of the handlers."""

import asyncio
import sqlite3
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass

import pytest
from pydantic import SecretStr

from bot.config import Settings, read_settings
from bot.mailroom import AsyncMailroom, Mailroom
from bot.services import utc_now
from bot.store import Mail, migrations, open_database
from bot.telegram import telegram_running
from bot.telegram.limits import Pace
from handlers.messages import Action, Block, Button, Reply, Style, say
from tests.fakes.botapi import BotApi

KEY = "the signing key of this test"
QUICK = Pace(
    per_chat=0,
    per_second=10_000,
    group_per_minute=10_000,
    answer=0.5,
    first_wait=0.02,
    longest_wait=0.1,
    finish=2,
)
LONG = "第一句话。" * 2000  # 10,000 units: three messages
MENU = [("start", "开始"), ("help", "我能做什么")]


STYLED = {
    "出处": (
        Block(text="标题", style=Style.TITLE),
        Block(text="依据 <a&b>", style=Style.SOURCE),
    ),
    "长文": (
        Block(text="这一句 <最要紧>。", style=Style.QUOTE),
        Block(text="一句。\n\n" * 200, style=Style.FULL),
    ),
    "密码": (Block(text="KX4M", style=Style.SECRET),),
}


def button(label, verb):
    return Button(label=label, action=Action(verb=verb))


def answer_by_script(incoming):
    """Echoes, except for the words below."""
    if incoming.action:
        if incoming.action.verb == "there":
            return Reply(blocks=(Block(text="在这里"),), in_place=True)
        return say(f"按了 {incoming.action.verb}")
    match incoming.text:
        case "长":
            return Reply(blocks=(Block(text=LONG),), buttons=((button("好", "ok"),),))
        case "菜单":
            return say("菜单:", (button("就地", "there"), button("另起", "anew")))
        case "无声":
            return Reply()
        case text if text in STYLED:
            return Reply(blocks=STYLED[text])
    return say(f"答 {incoming.text or incoming.kind}")


@dataclass
class House:
    """A bot that can be started and stopped, and the fake it talks to."""

    api: BotApi
    settings: Settings
    mailroom: AsyncMailroom

    @asynccontextmanager
    async def open(self, *, pace=QUICK, **settings):
        """The channel while it runs."""
        chosen = self.settings.model_copy(update=settings)
        async with telegram_running(self.mailroom, chosen, MENU, KEY, pace=pace):
            yield

    def rows(self, sql):
        """What another process sees on the disk at this moment."""
        with closing(sqlite3.connect(self.settings.database)) as other:
            return other.execute(sql).fetchall()

    @property
    def outbox(self):
        """State and attempts of every reply, oldest first."""
        return self.rows("SELECT state, attempts FROM outbox ORDER BY seq")

    async def until(self, find, timeout=5.0):
        """What `find` returns once it is true; looks again and again, for a disk tells nobody."""
        async with asyncio.timeout(timeout):
            while not (result := find()):
                await asyncio.sleep(0.01)
        return result

    async def settled(self):
        """Wait until everything is answered and nothing waits to be sent."""
        await self.until(lambda: self.rows("SELECT 1 FROM inbox"))
        await self.until(lambda: not self.rows("SELECT 1 FROM inbox WHERE state <> 'done'"))
        await self.until(lambda: all(state != "waiting" for state, _ in self.outbox))


@pytest.fixture
async def api():
    async with BotApi() as api:
        yield api


@pytest.fixture
def house(api, tmp_path):
    settings = read_settings(None).model_copy(
        update={
            "database": tmp_path / "test.db",
            "telegram_bot_token": SecretStr(api.token),
            "telegram_base_url": api.base_url,
            "telegram_base_file_url": api.base_file_url,
            "webhook_port": 0,
        }
    )
    db = open_database(settings.database)
    migrations.apply(db)
    mailroom = AsyncMailroom(Mailroom(db, Mail(db), answer_by_script, utc_now))
    yield House(api, settings, mailroom)
    mailroom.close()
    db.close()


@pytest.fixture(params=["polling", "webhook"])
def mode(request):
    """Both ways of receiving."""
    return request.param


@pytest.fixture
def zhang(api):
    return api.user(1001, "张三")


@pytest.fixture
def li(api):
    return api.user(1002, "李四")

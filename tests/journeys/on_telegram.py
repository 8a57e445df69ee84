"""The program behind the real channel, over a real socket to a stand-in for Telegram."""

import asyncio
import sqlite3
from contextlib import asynccontextmanager, closing

from pydantic import SecretStr

from bot.mailroom import AsyncMailroom
from bot.telegram import telegram_running
from bot.telegram.limits import Pace

QUICK = Pace(
    per_chat=0,
    per_second=10_000,
    group_per_minute=10_000,
    first_wait=0.02,
    menus=0.02,
    finish=2,
)
MENU = [("start", "开始")]


@asynccontextmanager
async def open_bot(program, api, mode, **more):
    """The program, reachable on Telegram; its mailroom."""
    settings = program.settings.model_copy(
        update={
            "telegram_bot_token": SecretStr(api.token),
            "telegram_base_url": api.base_url,
            "telegram_base_file_url": api.base_file_url,
            "telegram_mode": mode,
            "webhook_port": 0,
        }
    )
    mailroom = AsyncMailroom(program.mailroom)
    try:
        async with telegram_running(mailroom, settings, MENU, program.secret, pace=QUICK, **more):
            yield mailroom
    finally:
        mailroom.close()


async def all_delivered(program):
    """Wait until the program knows that everything has arrived; a disk tells nobody, so it looks
    again and again."""
    async with asyncio.timeout(5):
        while _waiting(program):
            await asyncio.sleep(0.01)


def _waiting(program):
    with closing(sqlite3.connect(program.settings.database)) as other:
        return other.execute(
            "SELECT 1 FROM outbox WHERE state = 'waiting' "
            "UNION SELECT 1 FROM inbox WHERE done_at IS NULL"
        ).fetchall()

"""The real program, killed again and again while people write: nothing is lost, nothing twice."""

import os
import random
import signal
import socket
import sqlite3
import subprocess
import sys
from contextlib import closing
from threading import Event

import pytest

from bot.config import read_settings
from bot.services import open_services
from tests.bot.telegram import program
from tests.conftest import ENTRIES
from tests.fakes.botapi import BotApi

KILLS = 10  # in each mode
PEOPLE = 25
SAID = (
    "申请信息公开要钱吗",
    "火星移民怎么报名",  # nobody knows, so
    "转人工",  # registers it
    "投标保证金最多交多少",
    "转人工",  # was answered, so this asks what it is about
    "我家门口的路灯坏了",  # and this registers it
    "申请信息公开多久答复",  # not 你好 and 谢谢: of greetings that wait together one is returned
    "怎么申请政府信息公开",
    "/help",
    "再见",
)
CASES = 2  # of each person
UPDATES = PEOPLE * len(SAID)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def environment(tmp_path):
    """Settings of the program; its knowledge is small and already loaded."""
    settings = read_settings(None).model_copy(update={"database": tmp_path / "test.db"})
    open_services(settings, starter=ENTRIES).close()
    return {
        "DATABASE": str(settings.database),
        "WEB_PORT": "0",
        "WEBHOOK_PORT": str(free_port()),
    }


def count(environment, sql):
    with closing(sqlite3.connect(environment["DATABASE"])) as db:
        return db.execute(sql).fetchone()[0]


async def speak(people, sentences):
    """Everybody says the same things, one after the other."""
    for text in sentences:
        for person in people:
            await person.send(text)


def live_through(api, environment, people, chance):
    """As many lives as there are kills; in each, people say the next thing, and the program dies
    at some moment after some more calls: asked for, sent, or just about to be written down."""
    for life in range(KILLS):
        process = program.start(environment)
        api.run(speak(people, SAID[life : life + 1]))
        ahead = len(api.calls) + chance.randint(1, PEOPLE)
        try:
            api.run(api.until(lambda ahead=ahead: len(api.calls) >= ahead, timeout=30))
            Event().wait(chance.random() / 20)
        finally:
            process.kill()
            process.join()
        assert process.exitcode == -signal.SIGKILL


def finish(api, environment):
    """A last life, by the documented command, until all is said; it ends when told to."""
    command = [sys.executable, "-m", "bot", "serve"]
    process = subprocess.Popen(command, env={**os.environ, **environment})
    try:
        api.run(api.until(lambda: not api.pending, timeout=60))
        everything_is_told(environment)
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0
    finally:
        process.kill()
        process.wait()


def everything_is_told(environment):
    """Wait until all updates are done and no reply waits."""
    waiting = "SELECT count(*) FROM outbox WHERE state = 'waiting'"
    done = "SELECT count(*) FROM inbox WHERE state = 'done'"
    for _ in range(600):
        if count(environment, done) == UPDATES and not count(environment, waiting):
            return
        Event().wait(0.1)
    raise AssertionError("something is never answered")


@pytest.mark.slow
@pytest.mark.parametrize("mode", ["polling", "webhook"])
def test_twenty_kills_lose_nothing_and_register_nothing_twice(mode, environment):
    chance = random.Random(f"seed of {mode}")
    with BotApi() as api:
        people = [api.user(1000 + n, "某人") for n in range(PEOPLE)]
        environment |= {
            "TELEGRAM_BOT_TOKEN": api.token,
            "TELEGRAM_BASE_URL": api.base_url,
            "TELEGRAM_BASE_FILE_URL": api.base_file_url,
            "TELEGRAM_MODE": mode,
        }
        live_through(api, environment, people, chance)
        finish(api, environment)
        sent = len(api.called("sendMessage"))
    answered = "SELECT count(DISTINCT inbox_seq) FROM outbox WHERE state = 'delivered'"
    assert count(environment, "SELECT count(*) FROM inbox WHERE state = 'done'") == UPDATES
    assert count(environment, answered) == UPDATES
    assert count(environment, "SELECT count(*) FROM outbox") == UPDATES
    assert count(environment, "SELECT count(*) FROM cases") == CASES * PEOPLE
    for person in people:
        told = [m for m in person.messages if m.by_bot]
        assert sum("编号" in m.text for m in told) >= CASES
        assert len(told) >= len(SAID)
    repeated = sent - UPDATES
    assert 0 <= repeated <= KILLS * PEOPLE  # at most what was on its way when it died
    sys.stdout.write(f"{mode}: {KILLS} kills, {UPDATES} updates, {repeated} replies repeated\n")

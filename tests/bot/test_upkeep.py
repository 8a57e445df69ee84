"""What is not kept for ever, down to the bytes on the disk."""

import asyncio
from datetime import timedelta

import pytest

from bot.mailroom import AsyncMailroom
from bot.store import Link
from bot.upkeep import keeping_tidy
from handlers import form_texts
from handlers.conversation import DRAFT_HOLDS
from handlers.services import NewFile

NUMBER = "13800000000"


def on_disk(program):
    """Every byte of the database, its log included."""
    path = program.settings.database
    return b"".join(one.read_bytes() for one in path.parent.glob(path.name + "*"))


@pytest.fixture
def abandoned(citizen):
    """Somebody filled in a form up to the last button and went away."""
    citizen.says("我要投诉")
    citizen.says("楼下烧烤店半夜扰民")
    citizen.says(NUMBER)
    citizen.presses("不用")
    return citizen


def test_an_abandoned_form_is_erased_after_its_time(abandoned, program, clock):
    clock.now += DRAFT_HOLDS - timedelta(hours=1)
    assert program.mailroom.tidy() == 0
    assert NUMBER.encode() in on_disk(program)
    clock.pass_by(hours=2)
    assert program.mailroom.tidy() == 1
    assert NUMBER.encode() not in on_disk(program)
    assert abandoned.says("继续填写").text == form_texts.NOTHING_SAVED


def test_what_was_cancelled_leaves_the_log_on_the_disk_too(abandoned, program):
    abandoned.presses(form_texts.CANCEL)
    program.mailroom.tidy()
    assert NUMBER.encode() not in on_disk(program)


def test_a_code_that_nobody_fetched_is_forgotten(citizen, program, clock):
    citizen.says("转人工")
    code = citizen.says("我家门口的路灯坏了").blocks[1].text
    clock.now += DRAFT_HOLDS + timedelta(hours=1)
    program.mailroom.tidy()
    assert code.encode() not in on_disk(program)


def test_copies_made_for_a_download_go_files_of_a_case_stay(program, clock):
    files, more = program.mailroom.files, {"name": "a", "media_type": "text/plain"}
    copy = files.put(NewFile(person="web:1", body=b"copy", **more), clock())
    kept = files.put(NewFile(person="web:1", body=b"kept", number="1", **more), clock())
    clock.now += DRAFT_HOLDS + timedelta(hours=1)
    program.mailroom.tidy()
    assert (files.get(copy), files.get(kept) is None) == (None, False)


def test_links_that_have_ended_go(program, clock):
    program.mailroom.links.make(Link(person="web:1", number="1"), clock() + timedelta(days=7))
    program.mailroom.tidy()
    assert program.db["links"].count == 1
    clock.pass_by(days=8)
    program.mailroom.tidy()
    assert program.db["links"].count == 0


async def test_a_failure_is_tried_again(program, caplog):
    tries = iter([OSError("scripted")])
    done = asyncio.Event()
    mailroom = AsyncMailroom(program.mailroom)

    def tidy():
        if error := next(tries, None):
            raise error
        loop.call_soon_threadsafe(done.set)

    loop = asyncio.get_running_loop()
    program.mailroom.tidy = tidy
    async with keeping_tidy(mailroom, every=0.0), asyncio.timeout(10):
        await done.wait()
    mailroom.close()
    assert "清理过期内容不成功" in caplog.text

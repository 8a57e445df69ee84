"""The stream of later replies, over a real connection."""

import asyncio
import json
import logging
import sqlite3
from uuid import uuid4

import httpx
import pytest

from bot.web import texts
from bot.web.streams import MOST_PER_PERSON
from handlers.messages import Incoming, say
from petitions import Channel


@pytest.fixture
async def visitor(site):
    await site.serve()
    async with httpx.AsyncClient(base_url=site.url, trust_env=False, timeout=5) as client:
        token = (await client.post("/api/v1/session")).json()["token"]
        client.headers["Authorization"] = f"Bearer {token}"
        yield client
    await site.stop()


async def ask(visitor, text):
    response = await visitor.post("/api/v1/messages", json={"id": str(uuid4()), "text": text})
    return response.json()["replies"][0]


def notify(site, person):
    """A clerk, elsewhere, makes progress with a case."""
    nothing = Incoming(
        channel=Channel.WEB, update_id="", person=person, chat=person, received_at=site.clock()
    )
    site.mail.answer(None, nothing, say("您的事项已答复"), site.clock())


def person_of(site, visitor):
    token = visitor.headers["Authorization"].removeprefix("Bearer ")
    return site.app.state.web.identities.read(token).person


async def events(response, most):
    """The first `most` replies of a stream."""
    found = []
    async for line in response.aiter_lines():
        if line.startswith("data: "):
            found.append(json.loads(line[6:]))
        if len(found) == most:
            break
    return found


async def test_what_was_missed_comes_first_and_what_happens_then_at_once(visitor):
    first = await ask(visitor, "甲")
    async with visitor.stream("GET", "/api/v1/stream") as response:
        assert response.headers["Content-Type"].startswith("text/event-stream")
        assert "Content-Encoding" not in response.headers
        second = await ask(visitor, "乙")
        assert await events(response, 2) == [first, second]


async def test_a_stream_goes_on_after_the_last_event(visitor):
    first = await ask(visitor, "甲")
    second = await ask(visitor, "乙")
    headers = {"Last-Event-ID": str(first["seq"])}
    async with visitor.stream("GET", "/api/v1/stream", headers=headers) as response:
        assert await events(response, 1) == [second]


async def test_a_notice_from_elsewhere_comes_by_stream(site, visitor):
    person = person_of(site, visitor)
    async with visitor.stream("GET", "/api/v1/stream") as response:
        await site.mailroom.run(notify, site, person)
        [notice] = await events(response, 1)
    assert notice["blocks"][0]["text"] == "您的事项已答复"


async def test_a_silent_stream_shows_that_it_lives(visitor):
    async with visitor.stream("GET", "/api/v1/stream") as response:
        lines = response.aiter_lines()
        async for line in lines:
            if line == ":":
                break
        await lines.aclose()


async def test_a_passing_database_error_does_not_end_a_stream(site, visitor, caplog):
    works, fails = site.mail.after, asyncio.Event()
    loop = asyncio.get_running_loop()

    def broken(person, seq):
        loop.call_soon_threadsafe(fails.set)
        raise sqlite3.OperationalError("disk I/O error")

    async with visitor.stream("GET", "/api/v1/stream") as response:
        site.mail.after = broken
        await asyncio.wait_for(fails.wait(), 5)
        site.mail.after = works
        await ask(visitor, "甲")
        assert len(await events(response, 1)) == 1
    assert "cannot read the outbox: OperationalError" in caplog.text


async def test_the_server_stops_although_streams_are_open(site, visitor):
    async with visitor.stream("GET", "/api/v1/stream") as response:
        lines = response.aiter_lines()
        assert await anext(lines) == "retry: 3000"
        stopping = asyncio.create_task(site.stop())
        assert [line async for line in lines if line.startswith("data")] == []
        await stopping
    await site.serve(site.port)


async def test_nobody_opens_any_number_of_streams(site, visitor):
    streams = site.app.state.web.streams
    opened = [streams.follow("web:other", 0) for _ in range(MOST_PER_PERSON)]
    waiting = [asyncio.create_task(anext(one)) for one in opened]
    await asyncio.sleep(0)
    person = person_of(site, visitor)
    more = [streams.follow(person, 0) for _ in range(MOST_PER_PERSON)]
    waiting += [asyncio.create_task(anext(one)) for one in more]
    await asyncio.sleep(0)
    refused = await visitor.get("/api/v1/stream")
    assert refused.status_code == 429
    assert refused.json()["error"]["message"] == texts.TOO_MANY_STREAMS
    await asyncio.gather(*waiting)
    for one in opened + more:
        await one.aclose()


async def test_nothing_that_people_say_is_logged(site, visitor, caplog):
    caplog.set_level(logging.DEBUG)
    await ask(visitor, "我的私事")
    await ask(visitor, "坏了")
    token = visitor.headers["Authorization"]
    ours = [r.getMessage() for r in caplog.records if not r.name.startswith(("httpx", "httpcore"))]
    assert ours
    assert not [m for m in ours if "私事" in m or token in m or "/api/v1" in m]

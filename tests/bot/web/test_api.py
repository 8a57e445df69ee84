"""The JSON API as a program sees it."""

import asyncio
import sqlite3
from uuid import uuid4

import pytest

from bot.web import texts


def texts_of(response):
    return [block["text"] for reply in response.json()["replies"] for block in reply["blocks"]]


def sentence(response):
    return response.json()["error"]["message"]


async def test_a_question_is_answered_with_its_source(visitor, say_to):
    response = await say_to(visitor, "多久答复？")
    assert response.status_code == 200
    [reply] = response.json()["replies"]
    assert [block["style"] for block in reply["blocks"]] == ["body", "source"]
    assert reply["blocks"][0]["text"] == "答：多久答复？"
    assert reply["buttons"][0][0] == {"label": "有帮助", "action": "good:1", "note": ""}
    assert reply["decision"] == "answer"
    assert reply["created_at"] == "2026-11-24T12:00:00+08:00"


async def test_the_same_id_is_answered_once(visitor, say_to):
    one = str(uuid4())
    first = await say_to(visitor, "多久？", id=one)
    again = await say_to(visitor, "多久？", id=one.upper())
    assert first.json() == again.json()
    assert len((await visitor.get("/api/v1/messages")).json()["replies"]) == 1


async def test_two_people_may_use_the_same_id(site, visitor, say_to):
    other = await site.visitor()
    one = str(uuid4())
    await say_to(visitor, "甲", id=one)
    assert texts_of(await say_to(other, "乙", id=one))[0] == "答：乙"
    assert texts_of(await other.get("/api/v1/messages"))[0] == "答：乙"
    await other.aclose()


async def test_replies_after_a_number_are_those_later(visitor, say_to):
    first = (await say_to(visitor, "甲")).json()["replies"][0]["seq"]
    await say_to(visitor, "乙")
    later = await visitor.get("/api/v1/messages", params={"after": first})
    assert texts_of(later)[0] == "答：乙"
    assert len(later.json()["replies"]) == 1


async def test_a_button_press_replaces_the_reply_it_stands_in(visitor, say_to):
    asked = (await say_to(visitor, "甲")).json()["replies"][0]
    pressed = (await say_to(visitor, action="good:1", on=asked["seq"])).json()["replies"][0]
    assert pressed["in_place"] is True
    assert pressed["replaces"] == asked["seq"]
    items = (await visitor.get("/api/v1/history")).json()["items"]
    assert [item.get("seq") for item in items] == [None, pressed["seq"]]


async def test_a_pressed_button_is_marked_in_the_history(visitor, say_to):
    asked = (await say_to(visitor, "甲")).json()["replies"][0]
    await say_to(visitor, action="bad:1", on=asked["seq"])
    own, first, second = (await visitor.get("/api/v1/history")).json()["items"]
    assert own["kind"] == "own"
    assert (first["pressed"], second["pressed"]) == ("bad:1", None)


async def test_a_press_without_an_answer_gives_no_replies(visitor, say_to):
    response = await say_to(visitor, action="silent")
    assert response.json() == {"replies": []}


async def test_a_corrected_message_replaces_its_reply(visitor, say_to):
    one = str(uuid4())
    first = (await say_to(visitor, "多就", id=one)).json()["replies"][0]
    second = (await say_to(visitor, "多久", edits=one)).json()["replies"][0]
    assert second["corrects"] == second["replaces"] == first["seq"]
    own, reply = (await visitor.get("/api/v1/history")).json()["items"]
    assert (own["id"], own["text"], own["corrected"]) == (one, "多久", True)
    assert reply["blocks"][0]["text"] == "答：多久"


async def test_nobody_reads_what_others_said(site, visitor, say_to):
    await say_to(visitor, "我的私事")
    stranger = await site.visitor()
    assert (await stranger.get("/api/v1/history")).json() == {"items": [], "cursor": 0}
    await stranger.aclose()


async def test_ten_messages_at_once_are_answered_in_order(visitor, say_to):
    sent = [say_to(visitor, f"第{number}条") for number in range(10)]
    responses = await asyncio.gather(*sent)
    assert [texts_of(one)[0] for one in responses] == [f"答：第{n}条" for n in range(10)]
    seqs = [one.json()["replies"][0]["seq"] for one in responses]
    assert seqs == sorted(seqs)


async def test_a_message_whose_handling_fails_gets_an_apology(visitor, say_to):
    response = await say_to(visitor, "坏了")
    assert response.status_code == 200
    assert "不会丢" in texts_of(response)[0]


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ({"text": " \n "}, texts.EMPTY),
        ({"text": "字" * 2001}, texts.text_too_long(2001)),
        ({"text": "甲", "action": "good:1"}, texts.TEXT_OR_ACTION),
        ({}, texts.TEXT_OR_ACTION),
        ({"action": "good", "edits": str(uuid4())}, texts.EDIT_NEEDS_TEXT),
        ({"action": "按钮"}, texts.BAD_ACTION),
        ({"action": "a" * 65}, texts.BAD_ACTION),
        ({"text": 5}, texts.bad_field("text")),
        ({"text": "甲", "id": "1"}, texts.bad_field("id")),
        ({"text": "甲", "name": "张"}, texts.bad_field("name")),
        ({"action": "good", "on": 0}, texts.bad_field("on")),
    ],
)
async def test_what_does_not_fit_is_told_in_one_sentence(visitor, say_to, body, told):
    response = await say_to(visitor, **body)
    assert response.status_code == 422
    assert response.json() == {"error": {"code": "invalid", "message": told}}


async def test_two_thousand_characters_fit(visitor, say_to):
    assert (await say_to(visitor, "字" * 2000)).status_code == 200


@pytest.mark.parametrize("body", [b"{", b"\xff\xfe", b"[]", b"null", b""])
async def test_what_is_not_a_message_is_refused(visitor, body):
    headers = {"Content-Type": "application/json"}
    response = await visitor.post("/api/v1/messages", content=body, headers=headers)
    assert response.status_code == 422
    assert sentence(response)


async def test_characters_that_no_keyboard_types_do_not_get_in(visitor):
    body = f'{{"id": "{uuid4()}", "text": "\\u0000多\\ud800久\\u0007\\r\\n？"}}'
    headers = {"Content-Type": "application/json"}
    response = await visitor.post("/api/v1/messages", content=body, headers=headers)
    assert texts_of(response)[0] == "答：多久\n？"


async def test_without_a_session_nothing_is_said(site, say_to):
    async with site.client() as client:
        for response in (
            await say_to(client, "甲"),
            await client.get("/api/v1/messages"),
            await client.get("/api/v1/history"),
            await client.get("/api/v1/stream"),
            await client.get("/api/v1/history", headers={"Authorization": "Bearer forged.x.y"}),
        ):
            assert response.status_code == 401
            assert sentence(response) == texts.NO_SESSION


async def test_a_session_is_renewed_for_the_same_person(site, visitor, clock, say_to):
    await say_to(visitor, "甲")
    clock.pass_by(days=170)
    renewed = (await visitor.post("/api/v1/session")).json()
    clock.pass_by(days=170)
    visitor.headers["Authorization"] = f"Bearer {renewed['token']}"
    assert len((await visitor.get("/api/v1/history")).json()["items"]) == 2


async def test_a_session_ends_after_half_a_year(visitor, clock):
    clock.pass_by(days=181)
    assert (await visitor.get("/api/v1/history")).status_code == 401


async def test_only_json_is_taken(visitor):
    form = await visitor.post("/api/v1/messages", data={"text": "甲"})
    assert form.status_code == 415
    assert sentence(form) == texts.NOT_JSON_TYPE


async def test_a_huge_body_is_refused_whatever_length_it_announces(visitor):
    async def endless():
        for _ in range(9):
            yield b'{"text": "' + b"x" * 8192

    headers = {"Content-Type": "application/json"}
    for content in (b"x" * 70_000, endless()):
        response = await visitor.post("/api/v1/messages", content=content, headers=headers)
        assert response.status_code == 413
        assert sentence(response) == texts.BODY_TOO_LARGE


async def test_who_writes_too_fast_is_told_how_long_to_wait(site, say_to):
    site.configure(person_per_minute=2)
    visitor = await site.visitor()
    assert [(await say_to(visitor, "甲")).status_code for _ in range(3)] == [200, 200, 429]
    refused = await say_to(visitor, "甲")
    assert refused.headers["Retry-After"] == "30"
    assert sentence(refused) == texts.too_fast(30)
    site.monotonic[0] += 30
    assert (await say_to(visitor, "甲")).status_code == 200
    await visitor.aclose()


async def test_new_sessions_do_not_get_around_the_limit_of_an_address(site, say_to):
    site.configure(address_per_minute=3)
    visitor = await site.visitor()
    await say_to(visitor, "甲")
    assert (await visitor.post("/api/v1/session")).status_code == 200
    assert (await visitor.post("/api/v1/session")).status_code == 429
    await visitor.aclose()


async def test_a_message_that_cannot_be_stored_is_not_acknowledged(site, visitor, say_to):
    def full(incomings):
        raise sqlite3.OperationalError("database or disk is full")

    works, site.mailroom.sync.accept = site.mailroom.sync.accept, full
    one = str(uuid4())
    refused = await say_to(visitor, "甲", id=one)
    assert refused.status_code == 503
    assert sentence(refused) == texts.NOT_STORED
    assert int(refused.headers["Retry-After"]) > 0
    site.mailroom.sync.accept = works
    assert texts_of(await say_to(visitor, "甲", id=one))[0] == "答：甲"


async def test_health_tells_whether_the_database_can_be_read(site):
    async with site.client() as client:
        assert (await client.get("/healthz")).json() == {"status": "ok"}

        def broken(person, seq):
            raise sqlite3.DatabaseError("file is not a database")

        site.mail.after = broken
        response = await client.get("/healthz")
        assert response.status_code == 503
        assert sentence(response) == texts.UNHEALTHY


async def test_personal_numbers_do_not_come_back(visitor, say_to):
    await say_to(visitor, "我的手机13812345678")
    own = (await visitor.get("/api/v1/history")).json()["items"][0]
    assert "13812345678" not in own["text"]


async def test_openapi_describes_every_operation_with_its_errors(site):
    async with site.client() as client:
        described = (await client.get("/openapi.json")).json()
    assert set(described["paths"]) == {
        "/api/v1/session",
        "/api/v1/messages",
        "/api/v1/history",
        "/api/v1/files/{file_id}",
        "/api/v1/stream",
        "/healthz",
    }
    post = described["paths"]["/api/v1/messages"]["post"]
    assert set(post["responses"]) >= {"200", "401", "403", "413", "415", "422", "429", "503"}
    assert "HTTPValidationError" not in described["components"]["schemas"]
    assert described["components"]["schemas"]["MessageIn"]["examples"]

"""Updates are on the disk before they are acknowledged, by polling and by webhook."""

import asyncio
import json
import logging
import sqlite3

import httpx
import pytest
from pydantic import SecretStr

from bot.telegram.webhook import webhook_secret
from tests.bot.telegram.conftest import KEY, LONG
from tests.fakes.botapi_updates import Update

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"


def break_the_disk(house, monkeypatch, times):
    """The next transactions that store something fail."""
    accept, left = house.mailroom.sync.accept, [times]

    def refuse(incomings):
        if left[0]:
            left[0] -= 1
            raise sqlite3.OperationalError("database or disk is full")
        return accept(incomings)

    monkeypatch.setattr(house.mailroom.sync, "accept", refuse)


async def test_a_question_is_answered(house, mode, zhang):
    async with house.open(telegram_mode=mode):
        await zhang.send("要钱吗")
        await zhang.expect("答 要钱吗")
    assert house.rows("SELECT state FROM inbox") == [("done",)]
    assert house.outbox == [("delivered", 1)]


async def test_nothing_is_acknowledged_that_is_not_on_the_disk(house, mode, api, monkeypatch):
    """Whenever the fake forgets an update, the disk already has it."""
    updates = api.state.updates
    ahead: list[int] = []

    class Pending(dict[int, Update]):
        def pop(self, update_id, *default):
            self.check([update_id])
            return super().pop(update_id, *default)

        def check(self, ids):
            stored = house.rows("SELECT update_id FROM inbox")
            known = {int(row[0].split("-")[0]) for row in stored}
            ahead.extend(set(ids) - known)

    acknowledge = updates._acknowledge

    def checked(offset):
        Pending().check([i for i in updates.pending if i < offset])
        acknowledge(offset)

    monkeypatch.setattr(updates, "pending", Pending())
    monkeypatch.setattr(updates, "_acknowledge", checked)
    people = [api.user(2000 + n, "某人") for n in range(5)]
    async with house.open(telegram_mode=mode):
        for number in range(8):
            await asyncio.gather(*(one.send(f"问{number}") for one in people))
        await asyncio.gather(*(one.expect("问7", timeout=10) for one in people))
        await api.until(lambda: not api.pending)
    assert ahead == []
    assert house.rows("SELECT count(*) FROM inbox") == [(40,)]


async def test_what_the_disk_refuses_comes_again(house, mode, api, zhang, monkeypatch, caplog):
    break_the_disk(house, monkeypatch, times=3)
    async with house.open(telegram_mode=mode):
        await zhang.send("要钱吗")
        await zhang.expect("答 要钱吗")
        await api.until(lambda: not api.pending)
    assert house.outbox == [("delivered", 1)]
    assert "消息存不下" in caplog.text


async def test_a_repeat_is_answered_once(house, mode, api, zhang):
    async with house.open(telegram_mode=mode):
        await zhang.send("要钱吗")
        await zhang.expect("答")
        await api.duplicate_last()
        await zhang.send("再问")
        await zhang.expect("答 再问")
    assert house.rows("SELECT count(*) FROM inbox") == [(2,)]
    assert len(house.outbox) == 2


async def test_a_flood_is_stored_and_answered_in_order(house, mode, zhang, li):
    async with house.open(telegram_mode=mode):
        for number in range(30):
            await zhang.send(f"第{number}问")
        await li.send("我呢")
        await li.expect("答 我呢")
        await zhang.expect("答 第29问", timeout=10)
    told = [m.text for m in zhang.messages if m.by_bot]
    assert told == [f"答 第{number}问" for number in range(30)]


async def test_what_came_while_we_were_down_is_answered_at_the_next_start(house, mode, zhang):
    async with house.open(telegram_mode=mode):
        await zhang.send("一")
        await zhang.expect("答 一")
    await zhang.send("二")
    async with house.open(telegram_mode=mode):
        await zhang.expect("答 二")


async def test_the_way_of_receiving_can_be_changed(house, zhang):
    for mode in ("webhook", "polling", "webhook"):
        async with house.open(telegram_mode=mode):
            await zhang.send(mode)
            await zhang.expect(f"答 {mode}")


@pytest.mark.parametrize(
    ("send", "told"),
    [
        ("photo", "答 photo"),
        ("voice", "答 voice"),
        ("sticker", "答 sticker"),
        ("location", "答 location"),
    ],
)
async def test_what_is_no_text_is_answered_too(house, zhang, send, told):
    async with house.open():
        await getattr(zhang, send)()
        await zhang.expect(told)


async def test_a_pressed_button_stops_spinning_even_when_stale(house, api, zhang):
    async with house.open():
        await zhang.send("菜单")
        menu = await zhang.expect("菜单")
        query = await zhang.press("另起")
        await zhang.expect_answer(query)
        await zhang.expect("按了 anew")
        await zhang.press("另起", message_id=menu.message_id)
        api.expire_queries()
        await zhang.expect("按了 anew")


async def test_a_group_is_answered_when_it_asks(house, api, zhang, li):
    group = api.group(-1001, "邻里")
    async with house.open():
        await zhang.at(group).send("大家好")
        asked = await zhang.at(group).send("@zhengwen_test_bot 要钱吗")
        answer = await zhang.at(group).expect("答 要钱吗")
        await li.at(group).send("那要多久", reply_to=answer)
        await li.at(group).expect("答 那要多久")
    assert answer.reply_to == asked
    assert [m.text for m in group.chat.messages.values() if m.by_bot] == [
        "答 要钱吗",
        "答 那要多久",
    ]


async def test_the_menu_of_commands_is_shown(house, api):
    async with house.open():
        [call] = await api.until(lambda: api.called("setMyCommands"))
    assert [one["command"] for one in json.loads(call.params["commands"])] == ["start", "help"]


# -- what goes wrong


@pytest.mark.parametrize(
    ("kind", "words"), [("401", "令牌"), ("502", "连不上"), ("drop", "连不上")]
)
async def test_a_start_without_telegram_is_tried_again(house, api, zhang, caplog, kind, words):
    api.fault("getMe", kind, times=3)
    async with house.open():
        await zhang.send("要钱吗")
        await zhang.expect("答")
    assert words in caplog.text


async def test_a_wrong_token_is_never_logged(house, api, caplog):
    caplog.set_level(logging.DEBUG, logger="bot")
    wrong = SecretStr("99999:wrong-and-secret")
    async with house.open(telegram_bot_token=wrong):
        await house.until(lambda: "令牌" in caplog.text)
    assert "wrong-and-secret" not in caplog.text


async def test_a_second_program_with_our_token_is_named(house, api, zhang, caplog):
    api.fault("getUpdates", "409", times=2)
    async with house.open():
        await zhang.send("要钱吗")
        await zhang.expect("答")
    assert "另一个程序正在收取" in caplog.text


async def test_a_network_that_comes_and_goes_loses_nothing(house, api, zhang):
    async with house.open():
        for kind in ("502", "drop", "lost", "429"):
            api.fault("getUpdates", kind, times=1, arg=0)
            await zhang.send(kind)
            await zhang.expect(f"答 {kind}")


async def test_a_taken_port_is_waited_for(house, api, zhang, caplog):
    async with house.open(telegram_mode="webhook"):
        [call] = await api.until(lambda: api.called("setWebhook"))
        port = int(call.params["url"].split(":")[2].split("/")[0])
        async with house.open(telegram_mode="webhook", webhook_port=port):
            await house.until(lambda: "打不开端口" in caplog.text)


@pytest.mark.parametrize("unreadable", [7, {}, {"message_id": 5}, {"message_id": 5, "chat": []}])
async def test_an_update_that_nobody_can_read_keeps_no_other_back(
    house, mode, api, zhang, caplog, unreadable
):
    await zhang.send("一")
    api.state.updates.push("message", unreadable, "9")
    await zhang.send("二")
    async with house.open(telegram_mode=mode):
        await zhang.expect("答 二")
        await api.until(lambda: not api.pending)
    assert [m.text for m in zhang.messages if m.by_bot] == ["答 一", "答 二"]
    assert "看不懂" in caplog.text


# -- the webhook itself


async def hook_url(api):
    [call] = await api.until(lambda: api.called("setWebhook"))
    return call.params["url"], call.params["secret_token"]


async def test_the_webhook_opens_only_to_who_knows_the_secret(house, api):
    async with house.open(telegram_mode="webhook"), httpx.AsyncClient(trust_env=False) as client:
        url, secret = await hook_url(api)
        update = {"update_id": 1, "message": {}}
        assert (await client.post(url, json=update)).status_code == 403
        headers = {SECRET_HEADER: secret + "x"}
        assert (await client.post(url, json=update, headers=headers)).status_code == 403
    assert house.rows("SELECT count(*) FROM inbox") == [(0,)]
    assert secret == webhook_secret(house.settings, KEY) != KEY


async def test_a_secret_that_is_set_is_used(house, api):
    async with house.open(telegram_mode="webhook", webhook_secret=SecretStr("our-own_1")):
        assert (await hook_url(api))[1] == "our-own_1"


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'"x"', b'{"update_id": 1, "message": 7}'])
async def test_what_nobody_can_read_is_not_sent_for_ever(house, api, body):
    async with house.open(telegram_mode="webhook"), httpx.AsyncClient(trust_env=False) as client:
        url, secret = await hook_url(api)
        answer = await client.post(url, content=body, headers={SECRET_HEADER: secret})
        assert answer.status_code == 200


async def test_a_full_disk_is_a_500(house, api, zhang, monkeypatch):
    break_the_disk(house, monkeypatch, times=1)
    async with house.open(telegram_mode="webhook"):
        await hook_url(api)
        await zhang.send("要钱吗")
        await zhang.expect("答")
    assert api.webhook_error == "Wrong response from the webhook: 500 Internal Server Error"


async def test_whenever_we_are_stopped_the_next_start_says_the_rest(house, mode, api, zhang):
    async with house.open(telegram_mode=mode):
        await zhang.send("长")
        await house.until(lambda: house.rows("SELECT 1 FROM inbox"))
    await house.mailroom.catch_up()  # as every start does
    async with house.open(telegram_mode=mode):
        await house.settled()
    assert "".join(m.text for m in zhang.messages if m.by_bot) == LONG

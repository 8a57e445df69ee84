"""Replies are sent until they have arrived or never will, whole, in order, in their place."""

import pytest

from bot.telegram.limits import TEXT_UNITS, Pace
from tests.bot.telegram.conftest import LONG
from tests.fakes.botapi_faults import Fault
from tests.fakes.botapi_rules import Rejected


class Upgraded(Rejected):
    """The group has another number now."""

    def to_json(self):
        return {**super().to_json(), "parameters": {"migrate_to_chat_id": -1005}}


def told(person):
    return [m.text for m in person.messages if m.by_bot]


@pytest.mark.parametrize("kind", ["502", "500", "drop", "hang"])
async def test_a_reply_is_sent_until_it_arrives(house, api, zhang, kind):
    api.fault("sendMessage", kind, times=3)
    async with house.open():
        await zhang.send("要钱吗")
        await zhang.expect("答 要钱吗", timeout=10)
        await house.settled()
    assert told(zhang) == ["答 要钱吗"]
    assert house.outbox == [("delivered", 4)]


async def test_telegram_is_waited_for_as_long_as_it_asks(house, api, zhang, li):
    api.fault("sendMessage", "429", arg=1)
    async with house.open():
        await zhang.send("要钱吗")
        await house.until(lambda: house.outbox == [("waiting", 1)])
        await li.send("我呢")
        await li.expect("答 我呢")  # only that chat waits
        assert told(zhang) == []
        await zhang.expect("答 要钱吗")


async def test_a_reply_whose_answer_is_lost_is_rather_sent_twice(house, api, zhang):
    api.fault("sendMessage", "lost")
    async with house.open():
        await zhang.send("要钱吗")
        await zhang.expect("答")
        await zhang.expect("答")
        await house.settled()
    assert told(zhang) == ["答 要钱吗"] * 2
    assert house.outbox == [("delivered", 2)]


async def test_who_blocked_the_bot_is_left_alone(house, api, zhang):
    async with house.open():
        await zhang.send("一")
        await zhang.expect("答 一")
        api.fault("sendMessage", "403")
        await zhang.send("二")
        await house.until(lambda: ("refused", 1) in house.outbox)
        await zhang.send("三")
        await zhang.expect("答 三")
    reasons = house.rows("SELECT reason FROM outbox WHERE state = 'refused'")
    assert reasons == [("Forbidden: bot was blocked by the user",)]


async def test_a_chat_that_is_gone_is_refused_without_a_second_try(house, api, zhang, caplog):
    api.fault("sendMessage", "400", arg="Bad Request: chat not found")
    async with house.open():
        await zhang.send("一")
        await house.until(lambda: house.outbox == [("refused", 1)])
    assert "拒收" not in caplog.text


async def test_what_telegram_dislikes_is_sent_as_bare_words(house, api, zhang):
    api.fault("sendMessage", "400", arg="Bad Request: can't parse entities")
    async with house.open():
        await zhang.send("出处")
        bare = await zhang.expect("依据 <a&b>")
    assert (bare.text, bare.entities) == ("标题\n\n依据 <a&b>", ())


async def test_what_telegram_dislikes_altogether_is_told_to_the_operator(house, api, zhang, caplog):
    api.fault("sendMessage", "400", times=2, arg="Bad Request: something new")
    async with house.open():
        await zhang.send("一")
        await house.until(lambda: house.outbox == [("refused", 1)])
        await zhang.send("二")
        await zhang.expect("答 二")
    assert "Something new" in caplog.text


async def test_styles_are_shown(house, zhang):
    async with house.open():
        await zhang.send("出处")
        message = await zhang.expect("标题")
        await zhang.send("密码")
        secret = await zhang.expect("KX4M")
    assert [e["type"] for e in message.entities] == ["bold", "italic"]
    assert [e["type"] for e in secret.entities] == ["spoiler"]
    assert house.rows("SELECT count(*) FROM outbox WHERE body LIKE '%KX4M%'") == [(0,)]


async def test_a_long_answer_is_folded_below_its_quotation(house, zhang):
    async with house.open():
        await zhang.send("长文")
        message = await zhang.expect("这一句 <最要紧>。")
    assert [e["type"] for e in message.entities] == ["blockquote", "expandable_blockquote"]


async def test_a_long_reply_comes_in_parts_with_the_buttons_below(house, zhang):
    async with house.open():
        await zhang.send("长")
        await zhang.expect("第一句")
        await house.settled()
    parts = [m for m in zhang.messages if m.by_bot]
    assert "".join(m.text for m in parts) == LONG
    assert all(len(m.text) <= TEXT_UNITS and m.text.endswith("。") for m in parts)
    assert [m.buttons for m in parts] == [[], [], [["好"]]]


async def test_a_reply_that_was_partly_sent_goes_on_where_it_broke_off(house, api, zhang):
    served = api._faults.take

    def third_fails(method):
        if (
            method == "sendMessage"
            and len(api.called("sendMessage")) == 2
            and house.outbox[0][1] < 2
        ):
            return Fault(methods=method, kind="502", arg="")
        return served(method)

    api._faults.take = third_fails
    async with house.open():
        await zhang.send("长")
        await house.until(lambda: house.outbox == [("delivered", 3)])
    assert "".join(told(zhang)) == LONG
    assert len(api.called("sendMessage")) == 3


async def test_a_restart_goes_on_where_the_reply_broke_off(house, api, zhang):
    served = api._faults.take

    def no_more_than_one(method):
        if method == "sendMessage" and api.called("sendMessage"):
            return Fault(methods=method, kind="502", arg="")
        return served(method)

    api._faults.take = no_more_than_one
    async with house.open():
        await zhang.send("长")
        await house.until(lambda: house.outbox and house.outbox[0][1] > 1)
    api._faults.take = served
    async with house.open():
        await house.settled()
    assert "".join(told(zhang)) == LONG


async def test_a_reply_in_place_changes_the_message_with_the_button(house, zhang):
    async with house.open():
        await zhang.send("菜单")
        menu = await zhang.expect("菜单")
        await zhang.press("就地")
        changed = await zhang.expect("在这里")
        await zhang.press("就地", message_id=menu.message_id)  # it says so already: that is success
        await house.settled()
    assert changed.message_id == menu.message_id
    assert told(zhang) == ["在这里"]


async def test_a_place_that_is_gone_gives_way_to_a_new_message(house, api, zhang):
    async with house.open():
        await zhang.send("菜单")
        menu = await zhang.expect("菜单")
        api.state.world.delete(menu)
        await zhang.press("就地", message_id=menu.message_id)
        await zhang.expect("在这里")


# -- corrections


async def test_a_corrected_question_corrects_its_answer(house, zhang):
    async with house.open():
        await zhang.send("要前吗")
        wrong = await zhang.expect("答 要前吗")
        await zhang.edit("要钱吗")
        right = await zhang.expect("答 要钱吗")
        await zhang.edit("还要钱吗")
        again = await zhang.expect("答 还要钱吗")
    assert wrong.message_id == right.message_id == again.message_id
    assert told(zhang) == ["答 还要钱吗"]


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [("长", "短", 1), ("短", "长", 3), ("长", "长", 3), ("长", "菜单", 1)],
)
async def test_a_correction_leaves_nothing_of_the_old_answer(
    house, api, zhang, before, after, shown
):
    async with house.open():
        await zhang.send(before)
        await house.until(lambda: house.outbox == [("delivered", 1)])
        await zhang.edit(after)
        await house.until(lambda: house.outbox == [("delivered", 1)] * 2)
    assert len(told(zhang)) == shown
    whole = "".join(told(zhang))
    assert whole == (LONG if after == "长" else {"短": "答 短", "菜单": "菜单:"}[after])


async def test_a_correction_that_cannot_stand_in_the_old_place_is_a_new_message(house, api, zhang):
    async with house.open():
        await zhang.send("要前吗")
        wrong = await zhang.expect("答 要前吗")
        api.fault("editMessageText", "400", arg="Bad Request: message can't be edited")
        await zhang.edit("要钱吗")
        right = await zhang.expect("答 要钱吗")
        await house.settled()
    assert right.message_id != wrong.message_id
    assert told(zhang) == ["答 要钱吗"]


# -- order and pace


async def test_a_chat_gets_its_replies_in_order_whatever_goes_wrong(house, api, zhang):
    async with house.open():
        for number in range(8):
            api.fault("sendMessage", ("502", "drop")[number % 2])
            await zhang.send(f"第{number}问")
        await zhang.expect("答 第7问", timeout=10)
    assert told(zhang) == [f"答 第{number}问" for number in range(8)]


async def test_a_slow_chat_holds_up_no_other(house, api, zhang, li):
    api.fault("sendMessage", "hang")
    async with house.open(pace=Pace(per_chat=0, answer=30, finish=0.1)):
        await zhang.send("一")
        await api.until(lambda: any(call.fault == "hang" for call in api.calls))
        await li.send("二")
        await li.expect("答 二")


async def test_one_message_a_second_is_all_a_chat_gets(house, api, zhang):
    api.limit_rates()
    async with house.open(pace=Pace(answer=2)):
        for number in range(3):
            await zhang.send(f"第{number}问")
        await zhang.expect("答 第2问")
    assert [call.error for call in api.calls if call.method == "sendMessage"] == ["", "", ""]


async def test_the_loop_survives_a_database_that_fails(house, zhang, monkeypatch, caplog):
    due, left = house.mailroom.sync.mail.due, [2]

    def failing(*args, **kwargs):
        if left[0]:
            left[0] -= 1
            raise OSError("disk")
        return due(*args, **kwargs)

    monkeypatch.setattr(house.mailroom.sync.mail, "due", failing)
    async with house.open():
        await zhang.send("要钱吗")
        await zhang.expect("答 要钱吗")
    assert "读取待发回复失败" in caplog.text


async def test_a_group_that_became_a_supergroup_is_followed(house, api, zhang, monkeypatch):
    old, new = api.group(-5, "旧群"), api.group(-1005, "新群")
    chat = api.state.world.chat

    def find(chat_id):
        if chat_id == -5:
            raise Upgraded(400, "Bad Request: group chat was upgraded to a supergroup chat")
        return chat(chat_id)

    monkeypatch.setattr(api.state.world, "chat", find)
    async with house.open():
        await zhang.at(old).send("/help")
        await zhang.at(new).expect("答 /help")
        await house.settled()
    assert house.outbox == [("delivered", 1)]

"""The fake Bot API over its socket: methods, chats, people, files, limits, faults."""

import asyncio

import httpx
import pytest

from .botapi import BotApi
from .botapi_limits import RateLimit
from .botapi_media import PNG
from .botapi_people import NoSuchButton, NotSeen
from .botapi_rules import OTHER_POLLER, Rejected
from .botapi_world import Chat

KEYS = {"inline_keyboard": [[{"text": "办事指南", "callback_data": "guide"}]]}
TOO_OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"


@pytest.fixture
def zhang(api):
    return api.user(1001, "张三", username="zhangsan", started=True)


@pytest.fixture
def group(api):
    return api.group(-1001, "值班群")


async def get(api, path):
    async with httpx.AsyncClient(trust_env=False) as client:
        return await client.get(f"http://127.0.0.1:{api.port}{path}")


@pytest.mark.parametrize(
    ("path", "status", "description"),
    [
        ("/bot1:wrong/getMe", 401, "Unauthorized"),
        ("/bot{token}/getNothing", 404, "Not Found: method not found"),
        ("/elsewhere", 404, "Not Found"),
        ("/file/bot{token}/photos/none.jpg", 404, "Not Found"),
    ],
)
async def test_a_wrong_url_is_answered_in_json(api, path, status, description):
    answer = await get(api, path.format(token=api.token))
    assert answer.status_code == status
    assert answer.json() == {"ok": False, "error_code": status, "description": description}


async def test_parameters_come_as_query_form_json_or_multipart(api, bot, zhang):
    url, values = f"{api.base_url}{api.token}/SENDMESSAGE", {"chat_id": "1001", "text": "您好"}
    for how in ("params", "data", "json"):
        await bot.client.post(url, **{how: values})
    await bot.client.post(url, data=values, files={"unused": b"x"})
    assert [m.text for m in api.messages(1001)] == ["您好"] * 4


async def test_broken_json_is_refused(api, bot):
    url = f"{api.base_url}{api.token}/sendMessage"
    answer = await bot.client.post(url, content=b"[", headers={"Content-Type": "application/json"})
    assert answer.json()["description"] == "Bad Request: can't parse JSON object"


@pytest.mark.parametrize(
    ("method", "params", "description"),
    [
        ("sendMessage", {"text": "好"}, "chat_id is empty"),
        ("sendMessage", {"chat_id": 7, "text": "好"}, "chat not found"),
        ("sendMessage", {"chat_id": "张三", "text": "好"}, "chat not found"),
        (
            "sendMessage",
            {"chat_id": 1001, "text": "好", "reply_parameters": {"message_id": 99}},
            "message to be replied not found",
        ),
        ("editMessageText", {"text": "好"}, "message identifier is not specified"),
        ("editMessageText", {"chat_id": 1001, "text": "好"}, "message to edit not found"),
        (
            "editMessageText",
            {"chat_id": 1001, "message_id": 1, "text": "好"},
            "message can't be edited",
        ),
        ("deleteMessage", {"message_id": 1}, "chat identifier is not specified"),
        ("deleteMessage", {"chat_id": 1001}, "message identifier is not specified"),
        ("deleteMessage", {"chat_id": 1001, "message_id": 9}, "message to delete not found"),
        ("sendChatAction", {"chat_id": 1001, "action": "x"}, "wrong parameter action in request"),
        ("sendPhoto", {"chat_id": 1001}, "there is no photo in the request"),
        (
            "sendDocument",
            {"chat_id": 1001, "document": "x"},
            "wrong file identifier/HTTP URL specified",
        ),
        ("getFile", {}, "file_id not specified"),
        ("getFile", {"file_id": "x"}, "invalid file_id"),
        ("setWebhook", {"url": "nowhere"}, "invalid webhook URL specified"),
        ("leaveChat", {"chat_id": 1001}, "chat member status can't be changed in private chats"),
        (
            "setMyShortDescription",
            {"short_description": "字" * 121},
            "short description is too long",
        ),
    ],
)
async def test_what_cannot_be_done_is_refused(bot, zhang, method, params, description):
    await zhang.send("问题")
    assert await bot.refusal(method, **params) == (400, f"Bad Request: {description}")


async def test_an_edit_that_changes_nothing_is_refused(bot, zhang):
    sent = await bot.ok("sendMessage", chat_id=1001, text="<b>好</b>", parse_mode="HTML")
    same = {"chat_id": 1001, "message_id": sent["message_id"], "text": "好"}
    await bot.ok("editMessageText", **same)  # the same words, but no longer bold
    code, description = await bot.refusal("editMessageText", **same)
    assert (code, description[:40]) == (400, "Bad Request: message is not modified: sp")


async def test_an_edit_without_markup_takes_the_buttons_away(bot, zhang):
    sent = await bot.ok("sendMessage", chat_id=1001, text="一", reply_markup=KEYS)
    await bot.ok("editMessageText", chat_id=1001, message_id=sent["message_id"], text="二")
    message = await zhang.expect("二")
    assert message.buttons == []


async def test_a_reply_to_a_deleted_message_goes_out_without_it_if_that_is_allowed(bot, zhang):
    gone = await zhang.send("问题")
    await zhang.delete()
    reply = {"message_id": gone.message_id, "allow_sending_without_reply": True}
    sent = await bot.ok("sendMessage", chat_id=1001, text="答复", reply_parameters=reply)
    assert "reply_to_message" not in sent


async def test_the_bot_cannot_write_to_who_never_wrote_to_it(api, bot, group):
    stranger = api.user(1002, "李四")
    assert await bot.refusal("sendMessage", chat_id=1002, text="好") == (
        400, "Bad Request: chat not found",
    )  # fmt: skip
    await stranger.at(group).send("大家好")
    assert await bot.refusal("sendMessage", chat_id=1002, text="好") == (
        403, "Forbidden: bot can't initiate conversation with a user",
    )  # fmt: skip
    await stranger.send("/start")
    await bot.ok("sendMessage", chat_id=1002, text="好")


async def test_a_blocked_bot_is_refused_and_told_of_it(bot, zhang):
    await zhang.block()
    assert await bot.refusal("sendMessage", chat_id=1001, text="好") == (
        403, "Forbidden: bot was blocked by the user",
    )  # fmt: skip
    await zhang.unblock()
    await bot.ok("sendMessage", chat_id=1001, text="好")
    changes = [u["my_chat_member"] for u in await bot.ok("getUpdates")]
    statuses = [(c["old_chat_member"]["status"], c["new_chat_member"]["status"]) for c in changes]
    assert statuses == [("member", "kicked"), ("kicked", "member")]


async def test_a_bot_that_left_or_was_kicked_cannot_write_to_the_group(bot, zhang, group):
    await group.remove_bot(zhang)
    assert await bot.refusal("sendMessage", chat_id=-1001, text="好") == (
        403, "Forbidden: bot was kicked from the supergroup chat",
    )  # fmt: skip
    await group.add_bot(zhang)
    await bot.ok("leaveChat", chat_id=-1001)
    assert await bot.refusal("sendMessage", chat_id=-1001, text="好") == (
        403, "Forbidden: bot is not a member of the supergroup chat",
    )  # fmt: skip


async def test_in_a_group_the_bot_hears_only_what_is_meant_for_it(bot, zhang, group):
    said = await bot.ok("sendMessage", chat_id=-1001, text="新诉求")
    zhang = zhang.at(group)
    for text in ("闲聊", "/queue", "/queue@other_bot", "@zhengwen_test_bot 在吗"):
        await zhang.send(text)
    await zhang.send("收到", reply_to=zhang.chat.messages[said["message_id"]])
    heard = [u["message"]["text"] for u in await bot.ok("getUpdates")]
    assert heard == ["/queue", "@zhengwen_test_bot 在吗", "收到"]


async def test_a_press_reaches_the_bot_and_can_be_answered_once(bot, zhang):
    await bot.ok("sendMessage", chat_id=1001, text="请选择", reply_markup=KEYS)
    query = await zhang.press("指南")
    [update] = await bot.ok("getUpdates")
    assert update["callback_query"]["data"] == "guide"
    await bot.ok("answerCallbackQuery", callback_query_id=query.query_id, text="好的")
    assert (await zhang.expect_answer(query)).toast == "好的"
    assert await bot.refusal("answerCallbackQuery", callback_query_id=query.query_id) == (
        400, TOO_OLD,
    )  # fmt: skip


async def test_an_old_press_cannot_be_answered(api, bot, zhang):
    await bot.ok("sendMessage", chat_id=1001, text="请选择", reply_markup=KEYS)
    query = await zhang.press("指南")
    api.expire_queries()
    assert await bot.refusal("answerCallbackQuery", callback_query_id=query.query_id) == (
        400, TOO_OLD,
    )  # fmt: skip


async def test_a_button_that_is_gone_can_be_pressed_on_a_slow_phone_only(bot, zhang):
    sent = await bot.ok("sendMessage", chat_id=1001, text="请选择", reply_markup=KEYS)
    await bot.ok("editMessageReplyMarkup", chat_id=1001, message_id=sent["message_id"])
    with pytest.raises(NoSuchButton):
        await zhang.press("指南")
    assert (await zhang.press("指南", message_id=sent["message_id"])).data == "guide"


async def test_an_expectation_is_met_once_by_each_state_of_a_message(bot, zhang):
    sent = await bot.ok("sendMessage", chat_id=1001, text="第一题")
    await zhang.expect("第.题")
    with pytest.raises(NotSeen, match="政问: 第一题"):
        await zhang.expect("第.题", timeout=0.01)
    waiting = asyncio.create_task(zhang.expect("第.题"))
    await bot.ok("editMessageText", chat_id=1001, message_id=sent["message_id"], text="第二题")
    assert (await waiting).text == "第二题"


async def test_a_file_sent_by_either_side_can_be_fetched(api, bot, zhang):
    url = f"{api.base_url}{api.token}/sendDocument"
    sent = await bot.client.post(
        url, data={"chat_id": 1001, "caption": "表格"}, files={"document": ("表.docx", b"PK")}
    )
    theirs = await zhang.photo(PNG, caption="/start")
    ids = {
        sent.json()["result"]["document"]["file_id"]: b"PK",
        theirs.media["photo"][0]["file_id"]: PNG,
    }
    for file_id, data in ids.items():
        path = (await bot.ok("getFile", file_id=file_id))["file_path"]
        assert (await get(api, f"/file/bot{api.token}/{path}")).content == data
    assert (await zhang.expect("表.docx")).text == "表格"


async def test_a_file_over_20_megabytes_cannot_be_fetched(bot, zhang):
    theirs = await zhang.document("大.pdf", b"%PDF", size=21 * 1024 * 1024)
    file_id = theirs.media["document"]["file_id"]
    assert await bot.refusal("getFile", file_id=file_id) == (400, "Bad Request: file is too big")


async def test_the_menu_is_kept_by_scope_and_language(bot):
    menu = [{"command": "help", "description": "帮助"}]
    await bot.ok("setMyCommands", commands=menu, language_code="zh")
    assert await bot.ok("getMyCommands", language_code="zh") == menu
    assert await bot.ok("getMyCommands", scope={"type": "all_group_chats"}) == []


async def test_a_bot_that_sends_too_fast_is_told_when_to_come_back(api, bot, zhang):
    api.limit_rates()
    await bot.ok("sendMessage", chat_id=1001, text="一")
    answer = await bot("sendMessage", chat_id=1001, text="二")
    assert answer["error_code"] == 429
    assert answer["description"] == "Too Many Requests: retry after 1"
    assert answer["parameters"] == {"retry_after": 1}
    assert [m.text for m in api.messages(1001)] == ["一"]


@pytest.mark.parametrize(
    ("chat_ids", "gap", "wait"),
    [
        ([1, 1], 0.4, 1),  # one a second in a chat
        (range(1, 32), 0.01, 1),  # thirty a second in all
        ([-1] * 21, 1.5, 30),  # twenty a minute in a group
    ],
)
def test_the_rate_limits_are_those_of_telegram(chat_ids, gap, wait):
    now = 0.0
    limit = RateLimit(lambda: now)
    limit.enabled = True
    *allowed, refused = [Chat(info={"id": i, "type": _kind(i)}) for i in chat_ids]
    for chat in allowed:
        limit.count(chat)
        now += gap
    with pytest.raises(Rejected) as caught:
        limit.count(refused)
    assert caught.value.retry_after == wait
    now += wait
    limit.count(refused)


def _kind(chat_id):
    return "private" if chat_id > 0 else "supergroup"


@pytest.mark.parametrize(
    ("kind", "arg", "code", "description"),
    [
        ("429", 7, 429, "Too Many Requests: retry after 7"),
        (400, "", 400, "Bad Request"),
        ("401", "", 401, "Unauthorized"),
        ("403", "Forbidden: user is deactivated", 403, "Forbidden: user is deactivated"),
        ("409", "", 409, OTHER_POLLER),
        ("500", "", 500, "Internal Server Error"),
        ("502", "", 502, "Bad Gateway"),
    ],
)
async def test_a_refusal_can_be_ordered_for_so_many_calls(api, bot, kind, arg, code, description):
    api.fault("get*", kind, times=2, arg=arg)
    await bot.ok("setMyCommands")
    for _ in range(2):
        assert await bot.refusal("getMe") == (code, description)
    await bot.ok("getMe")
    assert [call.fault for call in api.calls] == ["", str(kind), str(kind), ""]


@pytest.mark.parametrize(("kind", "sent"), [("drop", []), ("lost", ["好"])])
async def test_a_cut_connection_leaves_open_whether_it_was_done(api, bot, zhang, kind, sent):
    api.fault("sendMessage", kind)
    with pytest.raises(httpx.RemoteProtocolError):
        await bot("sendMessage", chat_id=1001, text="好")
    assert [m.text for m in api.messages(1001)] == sent
    await bot.ok("sendMessage", chat_id=1001, text="再来")


async def test_a_slow_answer_takes_effect_even_if_nobody_waits_for_it(api, bot, zhang):
    api.fault("sendMessage", "delay", arg=0.05)
    bot.client.timeout = httpx.Timeout(0.02)
    with pytest.raises(httpx.ReadTimeout):
        await bot("sendMessage", chat_id=1001, text="好")
    assert api.messages(1001) == []
    await zhang.expect("好")


async def test_a_hanging_call_has_no_effect_and_does_not_keep_the_server_from_stopping(bot, zhang):
    bot.api.fault("sendMessage", "hang")
    bot.client.timeout = httpx.Timeout(0.02)
    with pytest.raises(httpx.ReadTimeout):
        await bot("sendMessage", chat_id=1001, text="好")
    assert bot.api.messages(1001) == []


def test_an_unknown_fault_is_an_error_of_the_test():
    with pytest.raises(AssertionError, match="no such fault"):
        BotApi().fault("*", "418")


def test_in_a_thread_the_server_serves_code_that_is_not_async():
    with BotApi() as api:
        zhang = api.user(1001, "张三")
        api.run(zhang.send("/start"))
        url = f"{api.base_url}{api.token}/sendMessage"
        httpx.post(url, data={"chat_id": "1001", "text": "欢迎"}, trust_env=False)
        assert api.run(zhang.expect("欢迎")).by_bot
        assert [call.text for call in api.called("sendMessage")] == ["欢迎"]

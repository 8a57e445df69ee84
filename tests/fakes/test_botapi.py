"""The fake Bot API over its socket: methods, chats, people, files, limits, faults."""

import asyncio

import httpx
import pytest

from .botapi import BotApi
from .botapi_media import PNG
from .botapi_people import NoSuchButton, NotSeen

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
    for how in ("params", "data"):
        await bot.client.post(url, **{how: values})
    await bot.client.post(url, json={**values, "chat_id": 1001, "reply_markup": None})
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


async def test_a_caption_is_no_text_to_edit(bot, zhang):
    theirs = await zhang.document("a.pdf", b"%PDF")
    file_id = theirs.media["document"]["file_id"]
    sent = await bot.ok("sendDocument", chat_id=1001, document=file_id, caption="表")
    edit = {"chat_id": 1001, "message_id": sent["message_id"], "text": "图"}
    assert await bot.refusal("editMessageText", **edit) == (
        400, "Bad Request: there is no text in the message to edit",
    )  # fmt: skip


async def test_the_bot_deletes_messages_of_others_in_private_chats_only(bot, zhang, group):
    private, public = await zhang.send("一"), await zhang.at(group).send("二")
    await bot.ok("deleteMessage", chat_id=1001, message_id=private.message_id)
    assert await bot.refusal("deleteMessage", chat_id=-1001, message_id=public.message_id) == (
        400, "Bad Request: message can't be deleted",
    )  # fmt: skip


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


async def test_the_answer_to_a_press_is_at_most_200_long(bot, zhang):
    await bot.ok("sendMessage", chat_id=1001, text="请选择", reply_markup=KEYS)
    answer = {"callback_query_id": (await zhang.press("指南")).query_id}
    code, description = await bot.refusal("answerCallbackQuery", text="字" * 201, **answer)
    assert (code, description) == (400, "Bad Request: MESSAGE_TOO_LONG")
    await bot.ok("answerCallbackQuery", text="字" * 200, **answer)


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


async def test_a_press_on_a_deleted_message_comes_without_its_content(bot, zhang):
    sent = await bot.ok("sendMessage", chat_id=1001, text="请选择", reply_markup=KEYS)
    await bot.ok("deleteMessage", chat_id=1001, message_id=sent["message_id"])
    await zhang.press("指南", message_id=sent["message_id"])
    [update] = await bot.ok("getUpdates")
    message = update["callback_query"]["message"]
    assert message == {"chat": zhang.chat.info, "message_id": sent["message_id"], "date": 0}


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


async def test_a_forum_has_topics(api, bot):
    forum, plain = api.group(-1001, "办件群", forum=True), api.group(-1002, "群")
    topic = await bot.ok("createForumTopic", chat_id=-1001, name="一件事")
    thread = topic["message_thread_id"]
    sent = await bot.ok("sendMessage", chat_id=-1001, message_thread_id=thread, text="好")
    assert (sent["message_thread_id"], sent["is_topic_message"]) == (thread, True)
    seat = api.user(1001, "张三").at(forum)
    answer = await seat.send("收到", reply_to=forum.chat.messages[sent["message_id"]])
    assert answer.thread == thread
    gone = {"chat_id": -1001, "message_thread_id": 999, "text": "好"}
    assert await bot.refusal("sendMessage", **gone) == (
        400,
        "Bad Request: message thread not found",
    )
    refused = await bot.refusal("createForumTopic", chat_id=plain.chat.chat_id, name="一件事")
    assert refused == (400, "Bad Request: the chat is not a forum")


def test_in_a_thread_the_server_serves_code_that_is_not_async():
    with BotApi() as api:
        zhang = api.user(1001, "张三")
        api.run(zhang.send("/start"))
        url = f"{api.base_url}{api.token}/sendMessage"
        httpx.post(url, data={"chat_id": "1001", "text": "欢迎"}, trust_env=False)
        assert api.run(zhang.expect("欢迎")).by_bot
        assert [call.text for call in api.called("sendMessage")] == ["欢迎"]


async def test_a_server_that_stops_cuts_who_waits_for_updates():
    async with httpx.AsyncClient(trust_env=False) as client:
        async with BotApi() as api:
            url = f"{api.base_url}{api.token}/getUpdates"
            waiting = asyncio.create_task(client.post(url, data={"timeout": "50"}))
            await api.until(lambda: api.polled)
        with pytest.raises(httpx.RemoteProtocolError):
            await waiting

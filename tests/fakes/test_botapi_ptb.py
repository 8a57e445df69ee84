"""The fake Bot API as python-telegram-bot sees it, over a real socket."""

import asyncio
import io
import socket
from contextlib import asynccontextmanager
from typing import Any

import pytest
from telegram import BotCommand, InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.constants import ChatMemberStatus, ParseMode
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter
from telegram.ext import ApplicationBuilder, TypeHandler

from .botapi_media import PNG


@asynccontextmanager
async def running(api, handle):
    """An application that polls the fake and gives every update to `handle`."""
    builder = ApplicationBuilder().token(api.token)
    app = builder.base_url(api.base_url).base_file_url(api.base_file_url).build()
    app.add_handler(TypeHandler(Update, handle))
    async with app:
        assert app.updater
        await app.updater.start_polling(timeout=5, allowed_updates=Update.ALL_TYPES)
        await app.start()
        try:
            yield app
        finally:
            await app.updater.stop()
            await app.stop()


async def guide(update, context):
    """A small bot: answers with a button, and edits the message when it is pressed."""
    if update.callback_query:
        await update.callback_query.answer("好的")
        await update.callback_query.edit_message_text(
            f"<b>您选了</b> {update.callback_query.data}", parse_mode=ParseMode.HTML
        )
    elif update.message:
        button = InlineKeyboardButton("办事指南", callback_data="guide")
        await update.message.reply_text(
            f"收到:{update.message.text}", reply_markup=InlineKeyboardMarkup([[button]])
        )


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def zhang(api):
    return api.user(1001, "张三", username="zhangsan")


async def test_a_bot_polls_answers_and_edits(api, zhang):
    async with running(api, guide):
        await zhang.send("怎么办身份证?")
        answer = await zhang.expect("收到:怎么办")
        assert answer.buttons == [["办事指南"]]
        query = await zhang.press("办事指南")
        edited = await zhang.expect("您选了 guide")
    assert (edited.message_id, edited.buttons) == (answer.message_id, [])
    assert edited.entities[0]["type"] == "bold"
    assert query.toast == "好的"
    assert api.pending == 0


async def test_every_kind_of_update_is_parsed(api, zhang):
    seen: asyncio.Queue[Any] = asyncio.Queue()

    async def keep(update, context):
        await seen.put(update)

    group = api.group(-1001, "值班群")
    async with running(api, keep) as app:
        for act in (zhang.photo, zhang.voice, zhang.sticker, zhang.location):
            await act()
        await zhang.document("a.pdf", b"%PDF", caption="材料")
        await zhang.send("/start")
        await zhang.edit("/help")
        await zhang.block()
        await zhang.unblock()
        button = InlineKeyboardMarkup.from_button(InlineKeyboardButton("好", callback_data="a"))
        asked = await app.bot.send_message(1001, "好吗", reply_markup=button)
        await asked.delete()
        await zhang.press("好", message_id=asked.message_id)
        said = await app.bot.send_message(-1001, "新诉求")
        reply_to = group.chat.messages[said.message_id]
        await zhang.at(group).send("@zhengwen_test_bot 收到", reply_to=reply_to)
        updates = [await seen.get() for _ in range(11)]
    photo, voice, sticker, location, document, start, edit, block, _, press, reply = updates
    assert photo.message.photo[-1].file_size == len(PNG)
    assert voice.message.voice.mime_type == "audio/ogg"
    assert sticker.message.sticker.emoji == "👍"
    assert location.message.location.latitude == 41.8
    assert document.message.document.file_name == "a.pdf"
    assert start.message.parse_entities() == {start.message.entities[0]: "/start"}
    assert edit.edited_message.edit_date
    assert block.my_chat_member.new_chat_member.status == ChatMemberStatus.BANNED
    assert not press.callback_query.message.is_accessible
    assert reply.message.reply_to_message.from_user.id == app.bot.id


async def test_files_travel_both_ways(api, zhang):
    zhang_sent = await zhang.photo(PNG)
    async with running(api, guide) as app:
        document = io.BytesIO(b"PK")
        sent = await app.bot.send_document(1001, document, filename="表.docx", caption="表格")
        again = await app.bot.send_document(1001, sent.document.file_id)
        picture = await app.bot.send_photo(1001, PNG, caption="流程图")
        for file_id in (sent.document.file_id, zhang_sent.media["photo"][0]["file_id"]):
            file = await app.bot.get_file(file_id)
            assert bytes(await file.download_as_bytearray()) in (b"PK", PNG)
    assert again.document.file_id == sent.document.file_id
    assert picture.photo[0].width > 0
    assert api.called("sendDocument")[0].files == ("表.docx",)


async def test_the_rest_of_the_methods_are_understood(api, zhang):
    await zhang.send("您好")
    async with running(api, guide) as app:
        await zhang.expect("收到")
        await app.bot.send_chat_action(1001, "typing")
        await app.bot.set_my_commands([BotCommand("help", "帮助")])
        assert await app.bot.get_my_commands() == (BotCommand("help", "帮助"),)
        await app.bot.set_my_description("说明")
        await app.bot.set_my_short_description("简介")
        assert (await app.bot.get_my_description()).description == "说明"
        assert (await app.bot.get_my_short_description()).short_description == "简介"
        message = api.messages(1001)[-1]
        await app.bot.edit_message_reply_markup(1001, message.message_id)
        await app.bot.delete_message(1001, message.message_id)
        assert (await app.bot.get_webhook_info()).url == ""
    assert [m.text for m in api.messages(1001)] == ["您好"]


async def test_errors_arrive_as_the_exceptions_that_a_bot_catches(api, zhang, monkeypatch):
    monkeypatch.setenv("PTB_TIMEDELTA", "1")  # or RetryAfter warns when it is made
    await zhang.send("您好")
    async with running(api, guide) as app:
        await zhang.expect("收到")
        for kind, arg, error in (
            ("429", 3, RetryAfter),
            ("403", "", Forbidden),
            ("400", "", BadRequest),
            ("502", "", NetworkError),
            ("drop", "", NetworkError),
        ):
            api.fault("sendMessage", kind, arg=arg)
            with pytest.raises(error):
                await app.bot.send_message(1001, "好")


async def test_a_bot_behind_a_webhook_gets_its_updates(api, zhang):
    app = ApplicationBuilder().token(api.token).base_url(api.base_url).build()
    assert app.updater
    app.add_handler(TypeHandler(Update, guide))
    async with app:
        port = free_port()
        await app.updater.start_webhook(
            listen="127.0.0.1", port=port, url_path="hook", secret_token="s",
            webhook_url=f"http://127.0.0.1:{port}/hook",
        )  # fmt: skip
        await app.start()
        await zhang.send("问")
        await zhang.expect("收到:问")
        await app.updater.stop()
        await app.stop()

"""What becomes of an update."""

from datetime import UTC, datetime

import pytest
from telegram import Update, User

from bot.telegram.reading import Address, read
from handlers.messages import Action, InputKind

ME = User(id=42, is_bot=True, first_name="政问", username="Zhengwen_bot")
NOW = datetime(2026, 11, 24, tzinfo=UTC)
ZHANG = {"id": 1001, "is_bot": False, "first_name": "张三"}
PRIVATE = {"id": 1001, "type": "private"}
GROUP = {"id": -1001, "type": "supergroup", "title": "群"}
DATE = 1_800_000_000
FILE = {"file_id": "f", "file_unique_id": "u"}
SIZED = {**FILE, "width": 1, "height": 1, "duration": 1}


def message(chat=PRIVATE, **content):
    return {"message_id": 7, "date": DATE, "chat": chat, "from": ZHANG, **content}


def reading(**update):
    return read(Update.de_json({"update_id": 5, **update}, None), ME, NOW)


def in_group(**content):
    return reading(message=message(GROUP, **content))


def test_a_text_keeps_who_where_and_which():
    incoming = reading(message=message(text="怎么申请"))
    assert (incoming.person, incoming.chat, incoming.message) == ("telegram:1001", "1001", "7")
    assert (incoming.text, incoming.kind, incoming.private) == ("怎么申请", InputKind.TEXT, True)
    assert incoming.edited is False


def test_an_update_has_one_name_and_no_other_has_it():
    same, again = (reading(message=message(text="问")) for _ in range(2))
    others = [
        reading(message=message(text="问", date=DATE + 1)),
        reading(message=message(text="答")),
        reading(edited_message=message(text="问", edit_date=DATE + 1)),
        read(Update.de_json({"update_id": 6, "message": message(text="问")}, None), ME, NOW),
    ]
    assert same.update_id == again.update_id
    assert same.update_id not in [other.update_id for other in others]


def test_half_a_character_keeps_no_update_from_being_stored():
    assert reading(message=message(text="要钱吗\ud83d")).text == "要钱吗?"


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ({"photo": [SIZED]}, InputKind.PHOTO),
        ({"voice": SIZED}, InputKind.VOICE),
        ({"audio": SIZED}, InputKind.VOICE),
        (
            {"sticker": {**SIZED, "type": "regular", "is_animated": False, "is_video": False}},
            InputKind.STICKER,
        ),
        ({"animation": SIZED, "document": FILE}, InputKind.STICKER),
        ({"document": FILE}, InputKind.FILE),
        ({"location": {"latitude": 1.0, "longitude": 1.0}}, InputKind.LOCATION),
        ({"contact": {"phone_number": "0", "first_name": "李四"}}, InputKind.OTHER),
        ({"dice": {"emoji": "🎲", "value": 1}}, InputKind.OTHER),
        ({"video": SIZED}, InputKind.OTHER),
    ],
)
def test_what_is_no_text_is_named(content, kind):
    assert reading(message=message(**content)).kind is kind


def test_a_caption_is_the_question():
    incoming = reading(message=message(photo=[SIZED], caption="这个怎么办"))
    assert (incoming.text, incoming.kind) == ("这个怎么办", InputKind.TEXT)


def test_the_pictures_of_an_album_are_one_thing_and_its_caption_another():
    album = {"photo": [SIZED], "media_group_id": "9"}
    first, second = (reading(message=message(**album)) for _ in range(2))
    asked = reading(message=message(**album, caption="问"))
    assert first.update_id == second.update_id != asked.update_id


@pytest.mark.parametrize(
    "update",
    [
        {"message": message(GROUP, text="大家好")},
        {"message": message(GROUP, text="/help@other_bot")},
        {"message": message(GROUP, text="@zhengwen_bot2 好")},
        {"message": message(GROUP, photo=[SIZED])},
        {"message": message(new_chat_members=[ZHANG])},
        {"message": message(migrate_to_chat_id=-1)},
        {"message": {**message(text="好"), "from": {**ZHANG, "is_bot": True}}},
        {"message": {k: v for k, v in message(text="好").items() if k != "from"}},
        {"edited_message": message(location={"latitude": 1.0, "longitude": 1.0})},
        {"channel_post": message(text="通知")},
        {"message": message(GROUP, text="通知 @zhengwen_bot", is_automatic_forward=True)},
        {"poll_answer": {"poll_id": "1", "option_ids": [], "option_persistent_ids": []}},
    ],
)
def test_what_is_not_for_us_is_left_alone(update):
    assert reading(**update) is None


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ({"text": "@zhengwen_bot 要钱吗"}, "要钱吗"),
        ({"text": "要钱吗@Zhengwen_Bot"}, "要钱吗"),
        ({"text": "/help"}, "/help"),
        ({"text": "/ask@zhengwen_bot 要钱吗"}, "/ask@zhengwen_bot 要钱吗"),
        ({"photo": [SIZED], "caption": "@zhengwen_bot 要钱吗"}, "要钱吗"),
        (
            {"text": "要钱吗", "reply_to_message": {**message(GROUP), "from": ME.to_dict()}},
            "要钱吗",
        ),
        (
            {
                "text": "政问 要钱吗",
                "entities": [
                    {"type": "text_mention", "offset": 0, "length": 2, "user": ME.to_dict()}
                ],
            },
            "政问 要钱吗",
        ),
    ],
)
def test_in_a_group_we_answer_when_spoken_to(content, text):
    incoming = in_group(**content)
    assert (incoming.text, incoming.private) == (text, False)


def test_the_first_message_of_a_topic_is_no_reply_to_us():
    topic = {"name": "话题", "icon_color": 1}
    root = {**message(GROUP), "from": ME.to_dict(), "forum_topic_created": topic}
    assert in_group(text="好", reply_to_message=root) is None


def test_a_topic_is_a_conversation_of_its_own():
    incoming = in_group(text="/help", message_thread_id=3, is_topic_message=True)
    assert Address.parse(incoming.chat) == Address(chat_id=-1001, thread_id=3)
    assert in_group(text="/help", message_thread_id=3).chat == "-1001"


def test_an_answer_names_the_message_of_ours_that_it_answers():
    ours = {**message(message_id=5, text="?"), "from": ME.to_dict()}
    theirs = message(message_id=5, text="?")
    assert reading(message=message(text="好", reply_to_message=ours)).replies_to == "5"
    assert reading(message=message(text="好", reply_to_message=theirs)).replies_to == ""
    assert reading(message=message(text="好")).replies_to == ""


def test_a_press_carries_its_action_and_the_message_it_stood_under():
    query = {"id": "q", "from": ZHANG, "chat_instance": "1", "data": "pick:a:1"}
    incoming = reading(callback_query={**query, "message": message(text="?")})
    assert incoming.action == Action(verb="pick", args=("a", "1"))
    assert (incoming.message, incoming.chat, incoming.person) == ("7", "1001", "telegram:1001")
    gone = {"chat": GROUP, "message_id": 8, "date": 0}
    assert reading(callback_query={**query, "message": gone}).private is False
    assert reading(callback_query=query) is None


def test_an_edit_is_a_correction_of_the_same_message():
    incoming = reading(edited_message=message(text="改", edit_date=DATE + 9))
    assert (incoming.edited, incoming.message) == (True, "7")

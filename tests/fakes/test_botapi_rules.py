"""Each refusal of the fake Bot API, in Telegram's words."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from . import botapi_rules as rules
from .botapi_rules import Rejected
from .botapi_text import BadMarkup, found, from_html, utf16


def refused(rule, *args, **options):
    """The description of the refusal."""
    with pytest.raises(Rejected) as caught:
        rule(*args, **options)
    assert caught.value.code == 400
    return caught.value.description.removeprefix("Bad Request: ")


def keyboard(*rows):
    return json.dumps({"inline_keyboard": rows})


def callback(data="a"):
    return {"text": "好", "callback_data": data}


@pytest.mark.parametrize(
    ("text", "mode", "words"),
    [
        ("", "", "message text is empty"),
        (" \n ", "", "text must be non-empty"),
        ("<b> </b>", "HTML", "text must be non-empty"),
        ("字" * 4097, "", "message is too long"),
        ("😀" * 2049, "", "message is too long"),
        ("字" * 10923, "", "text is too long"),
        ("*字*", "MarkdownV3", "unsupported parse_mode"),
        ("<p>字</p>", "HTML", 'can\'t parse entities: Unsupported start tag "p" at byte offset 0'),
    ],
)
def test_a_text_that_telegram_refuses_is_refused(text, mode, words):
    assert refused(rules.message_text, text, mode) == words


@pytest.mark.parametrize("text", ["字" * 4096, "😀" * 2048, "<b>" + "字" * 4096 + "</b>"])
def test_the_length_counts_utf16_units_after_the_tags_are_gone(text):
    assert utf16(rules.message_text(text, "HTML").text) == 4096


def test_a_caption_may_be_empty_but_not_longer_than_1024():
    assert rules.caption("", "").text == ""
    assert refused(rules.caption, "字" * 1025, "") == "message caption is too long"


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("<b>字", 'Can\'t find end tag corresponding to start tag "b"'),
        ("字 < 字", 'Unsupported start tag "" at byte offset 4'),
        ("字<3", "Unclosed start tag at byte offset 3"),
        ("<br/>", 'Unsupported start tag "br/" at byte offset 0'),
        ("字</b>", "Unexpected end tag at byte offset 3"),
        ("<b>字</b", "Unclosed end tag at byte offset 6"),
        ("<b><i>字</b></i>", 'Unmatched end tag at byte offset 9, expected "</i>", found "</b>"'),
        ('<a href="x', "Unclosed start tag at byte offset 0"),
        ("<a href=http://x>字</a>", "Unexpected end of name token at byte offset 8"),
        ("<a =x>字</a>", 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<span>字</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("字&nbsp;", 'Unsupported entity "&nbsp;" at byte offset 3'),
    ],
)
def test_bad_html_is_refused(source, words):
    with pytest.raises(BadMarkup) as caught:
        from_html(source)
    assert str(caught.value) == words


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("A&B &lt;&amp;&gt; &#20013;", "A&B <&> 中", []),
        ("😀<B>字</B>", "😀字", [("bold", 2, 1)]),
        ("<b>甲<i>乙</i></b>", "甲乙", [("bold", 0, 2), ("italic", 1, 1)]),
        ('<a href="https://a.cn/?x=1&amp;y=2">见</a>', "见", [("text_link", 0, 1)]),
        ('<a href="附件">见</a>', "见", []),
        ("<blockquote expandable>引</blockquote>", "引", [("expandable_blockquote", 0, 1)]),
        ("<b></b>空", "空", []),
    ],
)
def test_good_html_becomes_text_and_entities(source, text, entities):
    parsed = from_html(source)
    assert parsed.text == text
    assert [(e["type"], e["offset"], e["length"]) for e in parsed.entities] == entities


def test_blanks_around_a_message_are_cut_and_entities_move_along():
    said = rules.message_text(" \n一<b>二 </b>\n", "HTML")
    assert said.text == "一二"
    assert said.entities == ({"type": "bold", "offset": 1, "length": 1},)


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r")))
def test_escaped_text_is_always_readable_html(text):
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert from_html(escaped).text == text


@pytest.mark.parametrize(
    ("text", "entities"),
    [
        ("/start", [("bot_command", 0, 6)]),
        ("😀 /help@zhengwen_bot 好", [("bot_command", 3, 18)]),
        ("@zhengwen_bot 怎么申请", [("mention", 0, 13)]),
        ("请@zhengwen_bot 看", []),
        ("/start开始", []),
        ("a/b", []),
    ],
)
def test_commands_and_mentions_are_marked_in_utf16_units(text, entities):
    assert [(e["type"], e["offset"], e["length"]) for e in found(text)] == entities


PARSE = "can't parse inline keyboard button: "


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ("{", "can't parse reply keyboard markup JSON object"),
        ("[]", "object expected as reply markup"),
        (
            keyboard("好"),
            'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays',
        ),
        (keyboard(["好"]), PARSE + "InlineKeyboardButton must be an Object"),
        (keyboard([{"callback_data": "a"}]), PARSE + 'Can\'t find field "text"'),
        (
            keyboard([{"text": "好"}]),
            PARSE + "Text buttons are unallowed in the inline keyboard",
        ),
        (keyboard([callback("")]), PARSE + "Text buttons are unallowed in the inline keyboard"),
        (
            keyboard([{**callback(), "url": "https://a.cn"}]),
            PARSE + "exactly one action is allowed, found url, callback_data",
        ),
        (
            keyboard([{"text": "", "callback_data": "a"}]),
            "inline keyboard button text must be non-empty",
        ),
        (keyboard([callback("a" * 65)]), "BUTTON_DATA_INVALID"),
        (keyboard([callback("字" * 22)]), "BUTTON_DATA_INVALID"),
        (
            keyboard([{"text": "好", "url": "见附件"}]),
            "inline keyboard button URL '见附件' is invalid: Wrong HTTP URL",
        ),
        (keyboard(*[[callback()]] * 101), "reply markup is too long"),
        (keyboard([callback()] * 9), "reply markup is too long"),
        (
            keyboard(*[[{"text": "好" * 200, "callback_data": "a"}]] * 20),
            "reply markup is too long",
        ),
        (json.dumps({"keyboard": ["好"]}), 'field "keyboard" must be an Array of Arrays'),
        (json.dumps({"keyboard": [[""]]}), "keyboard button text must be non-empty"),
    ],
)
def test_a_keyboard_that_telegram_refuses_is_refused(markup, words):
    assert refused(rules.reply_markup, markup) == words


def test_a_keyboard_within_the_limits_is_kept():
    rows = [[callback("a" * 64)] * 8, *[[callback()]] * 91, [{"text": "网站", "url": "a.cn/b"}]]
    assert rules.reply_markup(keyboard(*rows)) == {"inline_keyboard": rows}


def test_only_an_inline_keyboard_can_be_put_under_an_old_message():
    markup = json.dumps({"keyboard": [["好"]]})
    assert refused(rules.reply_markup, markup, inline_only=True) == "inline keyboard expected"


@pytest.mark.parametrize(
    ("command", "description", "words"),
    [
        ("", "字", "command must be non-empty"),
        ("a" * 33, "字", "command length must not exceed 32"),
        ("帮助", "字", "BOT_COMMAND_INVALID"),
        ("Help", "字", "BOT_COMMAND_INVALID"),
        ("help", " ", "command description must be non-empty"),
        ("help", "字" * 257, "command description length must not exceed 256"),
    ],
)
def test_a_command_that_telegram_refuses_is_refused(command, description, words):
    menu = json.dumps([{"command": command, "description": description}])
    assert refused(rules.bot_commands, menu) == words


@pytest.mark.parametrize(
    ("menu", "words"),
    [
        ("[", "can't parse commands JSON object"),
        ("{}", "expected an Array of BotCommand"),
        ('["help"]', "can't parse BotCommand: expected an Object"),
        ('[{"command": "a"}]', "can't parse BotCommand: Can't find field \"description\""),
        (json.dumps([{"command": "a", "description": "b"}] * 101), "BOT_COMMANDS_TOO_MUCH"),
    ],
)
def test_a_menu_that_telegram_refuses_is_refused(menu, words):
    assert refused(rules.bot_commands, menu) == words


@pytest.mark.parametrize(
    ("rule", "value", "words"),
    [
        (rules.check_secret_token, "a" * 257, "secret token is too long"),
        (rules.check_secret_token, "秘密", "secret token contains unallowed characters"),
        (rules.check_upload, b"", "file must be non-empty"),
        (rules.check_photo, b"%PDF", "IMAGE_PROCESS_FAILED"),
        (rules.reply_parameters, "{", "can't parse reply parameters JSON object"),
        (rules.reply_parameters, "[]", "object expected as reply parameters"),
        (rules.reply_parameters, "{}", 'can\'t find field "message_id"'),
    ],
)
def test_other_values_that_telegram_refuses_are_refused(rule, value, words):
    assert refused(rule, value) == words

"""What is said but not asked."""

import pytest

from handlers import texts
from handlers.messages import InputKind


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("你好", texts.GREETING),
        ("您好!在吗?", texts.GREETING),
        ("hello", texts.GREETING),
        ("谢谢您", texts.WELCOME_BACK),
        ("好的,知道了,谢谢", texts.WELCOME_BACK),
        ("再见", texts.GOODBYE),
        ("", texts.NOTHING_WRITTEN),
        ("😀😀😀", texts.NOTHING_WRITTEN),
        ("???", texts.NOTHING_WRITTEN),
        ("1", texts.NOTHING_WRITTEN),
        ("垃圾", texts.ABUSE),
        ("你们都是骗子", texts.ABUSE),
        ("/frobnicate", texts.UNKNOWN_COMMAND),
    ],
)
def test_small_talk_gets_a_short_word(citizen, said, told):
    assert citizen.says(said).text == told


@pytest.mark.parametrize(
    "kind", [k for k in InputKind if k not in (InputKind.TEXT, InputKind.BUTTON)]
)
def test_what_is_not_text_is_answered_politely(citizen, kind):
    assert "文字" in citizen.says("", kind=kind).text


def test_a_question_behind_a_greeting_is_answered(citizen):
    assert "一般不收费" in citizen.says("你好,申请信息公开要收费吗?谢谢").text


def test_anger_with_a_question_in_it_is_helped(citizen):
    reply = citizen.says("什么垃圾单位,申请信息公开多久答复?")
    assert "多久答复" in reply.text + "".join(citizen.labels)

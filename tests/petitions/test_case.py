"""Words for kinds and channels, titles, events."""

from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from petitions import Channel, Event, Kind, State, UnknownWord
from petitions.case import title_of

EVENT = Event(
    number="2026-000123-8",
    at=datetime(2026, 11, 24, 4, 0, tzinfo=UTC),
    day=date(2026, 11, 24),
    by="web:1001",
    from_state=None,
    to_state=State.REGISTERED,
)


@pytest.mark.parametrize(
    ("word", "member"),
    [
        ("咨询", Kind.CONSULTATION),
        ("诉求", Kind.APPEAL),
        ("依申请公开", Kind.DISCLOSURE),
        ("建议提案", Kind.PROPOSAL),
        (" 来信 ", Kind.LETTER),
        ("整改", Kind.RECTIFICATION),
        ("disclosure", Kind.DISCLOSURE),
        ("终端", Channel.TERMINAL),
        ("信函", Channel.LETTER),
        ("电话", Channel.PHONE),
        ("现场", Channel.ON_SITE),
        ("民心网", Channel.MINXIN),
        ("人民网", Channel.RENMIN),
        ("ｔｅｌｅｇｒａｍ", Channel.TELEGRAM),
        ("Web", Channel.WEB),
    ],
)
def test_chinese_and_english_words_are_understood(word, member):
    assert type(member).parse(word) is member


def test_an_unknown_word_is_answered_with_the_known_ones():
    with pytest.raises(UnknownWord, match="不认识“投诉信”，可以写：咨询、诉求、依申请公开"):
        Kind.parse("投诉信")


@pytest.mark.parametrize("enum", [Kind, Channel, State])
def test_every_member_has_its_own_label(enum):
    assert len({member.label for member in enum}) == len(enum)
    assert all(enum(str(member)) is member for member in enum)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("怎么备案？", "怎么备案？"),
        ("  项目\n 备案  ", "项目 备案"),
        (
            "我想咨询一下企业投资项目怎么备案？我们公司去年在沈阳注册，现在打算新建一条生产线。",
            "我想咨询一下企业投资项目怎么备案？…",
        ),
        (
            "小区门口的路灯坏了三个月没有人来修理，晚上老人孩子出门非常不方便希望尽快解决这个问题",
            "小区门口的路灯坏了三个月没有人来修理…",
        ),
        ("一" * 40, "一" * 30 + "…"),
        ("请问办理" + "registration" * 3, "请问办理registrationregistration" + "re…"),
        ("请问" * 13 + "certificate of origin", "请问" * 13 + "…"),
        ("请" * 29 + "e\u0301" + "请" * 9, "请" * 29 + "…"),
        ("请" * 28 + "👩\u200d🎓" + "请" * 9, "请" * 28 + "…"),
    ],
)
def test_a_title_is_the_beginning_cut_where_one_would_pause(text, title):
    assert title_of(text) == title


@given(text=st.text())
def test_a_title_is_short_and_is_how_the_text_begins(text):
    title = title_of(text)
    assert len(title) <= 31
    assert " ".join(text.split()).startswith(title.removesuffix("…"))


@pytest.mark.parametrize(
    "change",
    [
        {"number": "2026-000124-6"},
        {"at": datetime(2026, 11, 24, 4, 1, tzinfo=UTC)},
        {"day": date(2026, 11, 23)},
        {"by": "web:1002"},
        {"from_state": State.ACCEPTED},
        {"to_state": State.CLOSED},
        {"note": "改"},
    ],
)
def test_every_field_of_an_event_is_in_its_digest(change):
    assert replace(EVENT, **change).digest("") != EVENT.digest("")


def test_the_digest_depends_on_the_event_before_but_not_on_the_zone_of_the_clock():
    assert EVENT.digest("a") != EVENT.digest("b")
    here = replace(EVENT, at=EVENT.at.astimezone(ZoneInfo("Asia/Shanghai")))
    assert here.digest("") == EVENT.digest("")

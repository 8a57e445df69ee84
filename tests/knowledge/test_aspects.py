"""Which side of a matter is asked for, and when two texts ask for different ones."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge import aspects
from knowledge.aspects import Aspect, asked, differ


@pytest.mark.parametrize(
    ("text", "aspect"),
    [
        ("受理电话是多少?", Aspect.CONTACT),
        ("申请主体包括哪些", Aspect.WHO),
        ("适用范围是什么", Aspect.SCOPE),
        ("停征依据是什么", Aspect.BASIS),
        ("需要提交哪些申请材料", Aspect.MATERIALS),
        ("供餐企业共有几家", Aspect.HOW_MANY),
        ("供餐企业有哪几家", Aspect.WHAT),
        ("延长到哪天", Aspect.WHEN),
        ("会人传人吗?", Aspect.MAY),
        ("如何处理", Aspect.THEN),
    ],
)
def test_the_side_asked_for(text, aspect):
    assert asked(text) == {aspect}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("受理范围是什么", "受理电话是多少"),
        ("在什么地方领取", "何时可以领取"),
        ("目的是什么", "参赛条件是什么"),
        ("首批企业有哪几家", "首批企业共有几家"),
        ("什么原因", "包括哪些"),
    ],
)
def test_different_sides_differ(one, other):
    assert differ(asked(one), asked(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("期限是多久", "多长时间"),
        ("由谁来确定", "由什么部门确定"),
        ("有何政策", "如何支持"),
        ("具体范围是什么", "具体包括什么"),
        ("有哪些措施", "采取了什么举措"),
        ("信息公开", "信息公开要多久"),
    ],
)
def test_the_same_side_in_other_words_does_not(one, other):
    assert not differ(asked(one), asked(other))


def test_how_many_days_asks_for_a_period_and_nothing_else():
    assert asked("备案要多少天") == {Aspect.HOW_LONG}
    assert asked("备案要多少个工作日") == {Aspect.HOW_LONG}


@given(st.data())
def test_whatever_a_row_matches_has_one_of_its_characters(data):
    _, needed, pattern = data.draw(st.sampled_from(aspects._ROWS))
    matched = data.draw(st.from_regex(pattern, alphabet=st.characters(max_codepoint=0x9FFF)))
    assert set(needed) & set(matched)

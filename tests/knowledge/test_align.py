"""Words with and without a counterpart."""

import pytest

from knowledge.align import Aligned, align, cosines
from knowledge.reading import Reading
from knowledge.text import fold


def aligned(one: str, other: str, *more) -> tuple[Aligned, Aligned]:
    mine, theirs = Reading(fold(one), one), Reading(fold(other), other)
    return align(mine, theirs, cosines(mine, [theirs]), lambda word: 1.0, *more)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("申请信息公开的期限", "信息公开申请期限"),
        ("申请材料有哪些", "需要提交哪些申请材料"),
        ("保正金交多少", "保证金交多少"),
        ("办证要钱吗", "办证收费吗"),
    ],
)
def test_the_same_thing_in_other_words_leaves_little_alone(one, other):
    there, _ = aligned(one, other)
    assert there.alone <= 0.2


@pytest.mark.parametrize(
    ("one", "other", "alone", "alone_there"),
    [
        ("申请主体包括哪些", "申请材料包括哪些", "主体", "申请材料"),
        ("口罩有多少", "帐篷有多少", "口罩", "帐篷"),
        ("公路处的电话", "水运处的电话", "公路", "水运"),
    ],
)
def test_the_word_that_was_exchanged_stands_alone_on_both_sides(one, other, alone, alone_there):
    there, back = aligned(one, other)
    assert (there.word, back.word) == (alone, alone_there)


def test_what_another_wording_says_is_met():
    there, _ = aligned("押金退不退", "保函退不退", [0.5, 0.5], "保函退不退")
    assert there.alone < 0.1


def test_a_text_without_words_meets_nothing():
    there, _ = aligned("吗", "申请期限")
    assert (there.met, there.word) == (0.0, "")

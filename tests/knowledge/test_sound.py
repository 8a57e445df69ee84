"""How a text sounds."""

import pytest

from knowledge.sound import syllable_pairs, syllables


@pytest.mark.parametrize(
    ("one", "other"),
    [("申请", "深请"), ("公开", "公凯"), ("备案", "被案"), ("知道", "资道"), ("南京", "蓝金")],
)
def test_what_sounds_alike_is_equal(one, other):
    assert syllables(one) == syllables(other)


def test_letters_and_digits_stay_themselves():
    assert syllables("ppp1") == ["p", "p", "p", "1"]


def test_one_character_has_one_sound():
    assert syllable_pairs("公") == ["gon"]

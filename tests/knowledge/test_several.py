"""What all wordings of an entry say together."""

import numpy as np
import pytest

from knowledge import several
from knowledge.likeness import of_each, units
from knowledge.reading import read
from knowledge.text import fold

WORDINGS = tuple(map(fold, ("信息公开要钱吗", "信息公开收费吗", "查信息公开花多少钱")))


def measured(question):
    said = read(question, fold(question))
    rarities = [1.0] * len(said.words)
    like = of_each(said.folded, dict.fromkeys(said.pairs, 1.0), said.words, [WORDINGS])[0]
    values = several.together(said, WORDINGS, like, rarities, lambda _: 1.0)
    return dict(zip(several.NAMES, values, strict=True))


def test_the_core_is_what_most_wordings_have():
    assert set(several.core_of(WORDINGS)) == {"信息", "息公", "公开"}


def test_a_question_on_another_matter_lacks_the_core():
    assert measured("信息公开免费吗")["core"] == 1.0
    assert measured("停车免费吗")["core"] == 0.0


def test_a_word_that_no_wording_has_is_named_as_missing():
    assert measured("法院信息公开收费吗")["said_by_none"] == 1.0
    assert measured("信息公开收费吗")["said_by_none"] == 0.0


def test_a_wording_itself_is_liked_most():
    own, other = measured("信息公开收费吗"), measured("举报热线几点下班")
    assert all(own[name] > other[name] for name in ("like_several", "meaning_of_all", "said_by"))


def lift(question):
    said = read(question, fold(question))
    like = of_each(said.folded, dict.fromkeys(said.pairs, 1.0), said.words, [WORDINGS])[0]
    return several.typical([like], np.full(len(units(said.folded)), 0.1))[0]


def test_what_the_wordings_hold_more_often_than_others_is_typical():
    assert lift("信息公开收费吗") > lift("信息公开几天") > lift("举报热线")


@pytest.mark.parametrize("question", ["那要多久", "吗", "信"])
def test_a_question_without_a_word_is_compared_too(question):
    assert 0 <= lift(question) <= 1

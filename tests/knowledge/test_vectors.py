"""What words mean, by the small table."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.passages import nearness
from knowledge.reading import Reading
from knowledge.vectors import table


@pytest.mark.parametrize(
    ("word", "near", "far"),
    [("期限", "多久", "苹果"), ("拖欠", "欠", "四川"), ("渠道", "途径", "口罩")],
)
def test_words_that_mean_nearly_the_same_are_nearer(word, near, far):
    vector = table().of(word)
    assert vector @ table().of(near) > vector @ table().of(far) + 0.2


@given(st.text(max_size=20))
def test_every_word_has_a_vector_of_length_one_or_none(word):
    length = float(np.linalg.norm(table().of(word)))
    assert length == pytest.approx(1, abs=1e-3) or length == 0


def test_the_passage_that_a_question_is_about_is_found():
    told = ["投标保证金不超过百分之二。申请信息公开的,二十个工作日内答复。", "联系电话见网站。"]
    near, far = nearness(Reading("多久能收到公开申请的答复", "多久能收到公开申请的答复"), told)
    assert near > max(far, 0.3)


def test_a_text_without_sentences_is_near_to_nothing():
    assert nearness(Reading("多久", "多久"), [""]) == [0.0]

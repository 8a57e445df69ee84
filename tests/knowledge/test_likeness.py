"""What stands of a question in many wordings, counted for all of them at once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz import fuzz

from knowledge.likeness import of_each
from knowledge.text import bigrams

texts = st.text(alphabet="申请公开要几天a1", min_size=1, max_size=8)


@given(texts, st.lists(st.lists(texts, min_size=1, max_size=3), min_size=1, max_size=3))
def test_all_at_once_is_as_one_by_one(question, entries):
    pairs = {pair: 1.0 + n for n, pair in enumerate(dict.fromkeys(bigrams(question)))}
    words = list({question[a:b] for a in range(len(question)) for b in range(a + 1, a + 4)})
    for wordings, like in zip(entries, of_each(question, pairs, words, entries), strict=True):
        for wording, shared, alike in zip(wordings, like.shared, like.alike, strict=True):
            assert shared == sum(weight for pair, weight in pairs.items() if pair in wording)
            assert alike == pytest.approx(fuzz.ratio(sorted(question), sorted(wording)) / 100)
        shares = [sum(word in one for one in wordings) / len(wordings) for word in words]
        assert like.said_by == pytest.approx(shares)


def test_a_question_without_words_is_compared_by_its_characters():
    (like,) = of_each("多", {"多": 2.0}, (), [("要多久", "几天")])
    assert (like.shared, like.said_by) == ([2.0, 0.0], [])
    assert like.alike == [0.5, 0.0]

"""Learning from questions whose answers are known; explaining what came of it."""

import numpy as np

from knowledge import Found, Matcher
from knowledge.explain import explained
from knowledge.learning import Asked, threshold, tuned
from tests.conftest import ENTRIES

MATCHER = Matcher([entry for entry in ENTRIES if entry.effective_to is None])
KNOWN = [
    Asked(question=wording, gold=frozenset({entry.id}))
    for entry in MATCHER.entries
    for wording in entry.similar
] + [
    Asked(question=text, gold=frozenset()) for text in ("今天天气怎么样", "怎么离婚", "股票会涨吗")
]


def test_the_threshold_is_the_lowest_that_is_precise_enough():
    scores, right = np.array([0.9, 0.8, 0.7, 0.6]), np.array([1.0, 1.0, 0.0, 1.0])
    assert threshold(scores, right, np.ones(4), 0.9) == 0.8
    assert threshold(scores, right, np.ones(4), 0.7) == 0.6
    assert threshold(scores, np.zeros(4), np.ones(4), 0.7) == 1.0


def test_a_few_questions_change_little():
    learned = tuned(MATCHER, KNOWN[:3])
    before, after = MATCHER.weights.thresholds.found, learned.weights.thresholds.found
    assert abs(after - before) < 0.1


def test_what_was_answered_still_is():
    outcome = tuned(MATCHER, KNOWN).match("信息公开要钱吗")
    assert isinstance(outcome, Found)
    assert outcome.entry.id == "fee"


def test_nothing_to_learn_from_changes_nothing():
    assert tuned(MATCHER, []) is MATCHER


def test_an_explanation_names_outcome_candidates_and_what_differs():
    text = "\n".join(explained(MATCHER, "2016年申请信息公开要收费吗"))
    assert "把握" in text
    assert "申请信息公开要收费吗?" in text
    assert "年份不同" in text

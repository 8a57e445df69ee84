"""Found, unsure, not found."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge import Found, Matcher, NotFound, Unsure
from knowledge.entries import ELSEWHERE
from tests.conftest import ENTRIES

MATCHER = Matcher([entry for entry in ENTRIES if entry.effective_to is None])


@pytest.mark.parametrize(
    ("asked", "entry_id"),
    [
        ("怎么申请政府信息公开", "how"),
        ("請問怎麼申請政府信息公開?", "how"),
        ("信息公开要钱吗", "fee"),
        ("申请信息公开收不收费", "fee"),
        ("申请信息公开几天有答复", "long"),
        ("投标押金最多多少", "bond"),
        ("投标保正金最多交多少", "bond"),
        ("企业投资项目咋备案", "file"),
    ],
)
def test_other_words_find_the_same_entry(asked, entry_id):
    outcome = MATCHER.match(asked)
    assert isinstance(outcome, Found)
    assert outcome.entry.id == entry_id


@pytest.mark.parametrize(
    "asked",
    ["今天天气怎么样", "怎么离婚", "帮我写一首诗", "附近哪里有好吃的", "股票会涨吗", "asdf"],
)
def test_what_is_not_known_is_not_found(asked):
    assert isinstance(MATCHER.match(asked), NotFound)


@pytest.mark.parametrize(
    "asked",
    ["2016年申请信息公开要收费吗", "北京市投标保证金最多交多少", "企业投资项目怎么不备案"],
)
def test_one_slot_apart_is_never_answered_outright(asked):
    assert not isinstance(MATCHER.match(asked), Found)


@pytest.mark.parametrize("asked", ["99999999999999999999", "2017", "１２３", "……", "🙂🙂"])
def test_what_has_no_word_in_it_is_asked_back(asked):
    outcome = MATCHER.match(asked)
    assert isinstance(outcome, NotFound)
    assert outcome.vague


def test_an_entry_on_other_bodies_matters_is_no_answer():
    there = replace(ENTRIES[-2], topic=ELSEWHERE)
    outcome = Matcher([*ENTRIES[:-2], there]).match(there.question)
    assert isinstance(outcome, NotFound)
    assert outcome.elsewhere == there


def test_when_two_compete_both_are_offered():
    outcome = MATCHER.match("企业投资项目备案核准")
    assert isinstance(outcome, Unsure)
    assert {"file", "file-long"} <= {c.entry.id for c in outcome.offered}


@given(st.text(max_size=60))
def test_confidence_is_a_probability_and_order_is_by_score(text):
    outcome = MATCHER.match(text)
    assert 0 <= outcome.confidence <= 1
    scores = [candidate.score for candidate in outcome.candidates]
    assert scores == sorted(scores, reverse=True)


@given(st.sampled_from(ENTRIES[:6]), st.sampled_from(["你好,", "请问", "麻烦问一下,"]))
def test_politeness_changes_nothing(entry, greeting):
    polite, plain = MATCHER.match(greeting + entry.question), MATCHER.match(entry.question)
    assert polite.confidence == plain.confidence

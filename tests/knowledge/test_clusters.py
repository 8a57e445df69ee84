"""Texts that ask the same fall together, and always the same way."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.services import read_starter
from knowledge.clusters import cluster

HOUSING = ("公积金怎么提取", "怎么提取公积金", "公积金如何提取啊", "公积金提取怎么弄")
LIGHT = ("小区路灯坏了找谁修", "我们小区的路灯坏了谁来修", "路灯坏了找谁")
SCHOOL = ("孩子上小学要什么材料", "小孩上小学需要哪些材料")
TEXTS = (*HOUSING, *LIGHT, *SCHOOL)


def groups(texts, weights=None):
    found = cluster(texts, weights or [1] * len(texts))
    return {frozenset(texts[place] for place in one.members) for one in found}


def pairs(found):
    return {frozenset((a, b)) for group in found for a in group for b in group if a < b}


def test_wordings_of_one_matter_fall_together():
    assert groups(TEXTS) == {frozenset(HOUSING), frozenset(LIGHT), frozenset(SCHOOL)}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("公积金怎么提取", "公鸡金怎么提取"),  # a typing error by sound
        ("公积金提取要钱吗", "公积金提取收费吗"),  # an everyday word
        ("公积金提取要多久", "公积金提取多长时间"),
    ],
)
def test_what_is_only_written_differently_falls_together(one, other):
    filling = ("小区路灯坏了找谁修", "孩子上小学要什么材料", "医保卡丢了怎么补", "水费在哪里交")
    assert frozenset((one, other)) in groups((one, other, *filling))


@pytest.mark.parametrize(
    ("one", "other"),
    [("公积金怎么提取", "路灯坏了找谁"), ("公积金提取要多久", "医保卡补办在哪里")],
)
def test_different_matters_stay_apart(one, other):
    assert len(groups((one, other))) == 2


@given(st.permutations(TEXTS))
@settings(max_examples=30, deadline=None)
def test_the_order_of_the_texts_changes_nothing(texts):
    assert groups(texts) == groups(TEXTS)


def test_the_most_asked_leads():
    (first, *_) = cluster(TEXTS, [1, 9, *[1] * (len(TEXTS) - 2)])
    assert TEXTS[first.members[0]] == HOUSING[1]


def test_more_questions_leave_most_clusters_as_they_were():
    texts = [wording for entry in read_starter() for wording in entry.wordings]
    texts = random.Random(7).sample(sorted(set(texts)), 6_000)
    old = texts[: len(texts) * 9 // 10]
    before, after = pairs(groups(old)), pairs(groups(texts))
    assert len(before & after) / len(before) > 0.8


@given(st.lists(st.text(max_size=20), unique=True, max_size=20))
@settings(deadline=None)
def test_every_text_is_in_exactly_one_cluster(texts):
    found = cluster(texts, [1] * len(texts))
    assert sorted(place for one in found for place in one.members) == list(range(len(texts)))

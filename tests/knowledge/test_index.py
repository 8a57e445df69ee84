"""Candidates by BM25."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.entries import Entry
from knowledge.index import Document, Index, asked_terms
from knowledge.text import fold

TEXTS = ("怎么申请政府信息公开", "投标保证金最多交多少", "企业投资项目怎么备案")


def index_of(*questions):
    entries = [Entry(id=str(n), question=q, answer="") for n, q in enumerate(questions)]
    return Index([Document.of(entry) for entry in entries])


def places(index, question, limit=10):
    terms = [(term, 1.0) for term in asked_terms(fold(question))]
    return [hit.place for hit in index.search(terms, limit)]


@pytest.mark.parametrize("place", range(len(TEXTS)))
def test_every_entry_finds_itself_first(place):
    assert places(index_of(*TEXTS), TEXTS[place])[0] == place


def test_a_typing_error_by_sound_still_finds_it():
    assert places(index_of(*TEXTS), "偷标保正金")[0] == 1


def test_words_of_the_answer_are_found_too():
    entries = [
        Entry(id="a", question="", answer="蓝色的鲸鱼"),
        Entry(id="b", question="", answer="x"),
    ]
    assert places(Index([Document.of(entry) for entry in entries]), "鲸鱼") == [0]


def test_nothing_in_common_finds_nothing():
    assert places(index_of(*TEXTS), "xyz") == []


def test_an_empty_index_finds_nothing():
    assert places(index_of(), "申请") == []


def test_the_limit_holds():
    assert len(places(index_of(*["申请公开"] * 9), "申请", limit=4)) == 4


@given(st.lists(st.text(max_size=20), max_size=8), st.text(max_size=20))
def test_scores_fall_and_places_are_distinct(questions, asked):
    hits = index_of(*questions).search([(t, 1.0) for t in asked_terms(fold(asked))], 5)
    assert [h.score for h in hits] == sorted((h.score for h in hits), reverse=True)
    assert len({h.place for h in hits}) == len(hits)

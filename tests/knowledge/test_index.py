"""Candidates by BM25."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge import postings, terms
from knowledge.entries import Entry
from knowledge.index import Index
from knowledge.text import fold, fold_all

TEXTS = ("怎么申请政府信息公开", "投标保证金最多交多少", "企业投资项目怎么备案")


def index_of(*questions):
    return Index([Entry(id=str(n), question=q, answer="") for n, q in enumerate(questions)])


def places(index, question, limit=10):
    hits, _ = index.search(terms.of_question(fold(question)), limit)
    return [hit.place for hit in hits]


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
    assert places(Index(entries), "鲸鱼") == [0]


def test_nothing_in_common_finds_nothing():
    assert places(index_of(*TEXTS), "xyz") == []


def test_an_empty_index_finds_nothing():
    assert places(index_of(), "申请") == []


def test_the_limit_holds():
    assert len(places(index_of(*["申请公开"] * 9), "申请", limit=4)) == 4


@given(st.lists(st.text(max_size=20), max_size=8), st.text(max_size=20))
def test_scores_fall_and_places_are_distinct(questions, asked):
    hits, _ = index_of(*questions).search(terms.of_question(fold(asked)), 5)
    assert [h.score for h in hits] == sorted((h.score for h in hits), reverse=True)
    assert len({h.place for h in hits}) == len(hits)


@given(st.lists(st.text(alphabet="申请公开aq1.%𠀁", max_size=9), min_size=1, max_size=4))
def test_a_text_has_the_same_terms_alone_and_among_others(texts):
    units = terms.units_of(fold_all(texts))
    lengths = np.array([len(terms.units_of(fold(text))) for text in texts])
    found, lines = terms.of_lines(units, lengths, np.zeros(len(texts), dtype=bool))
    for number, text in enumerate(texts):
        alone = {term for term in terms.of_question(fold(text)) if term < terms.DOCUMENT}
        assert set(found[lines == number].tolist()) == alone


def test_a_document_number_finds_the_entry_that_names_it():
    entries = [
        Entry(id="a", question="备案办法", answer="见国办发〔2016〕5号"),
        Entry(id="b", question="备案办法", answer="见国办发〔2016〕7号"),
    ]
    wanted = {terms.document("发2016-7"): 1.0}
    hits, _ = Index(entries).search(wanted, 5)
    assert [hit.place for hit in hits] == [1]


def test_common_terms_are_counted_for_the_best_when_there_are_very_many(monkeypatch):
    index = index_of(*["申请公开"] * 30, "申请备案", *["申请公开"] * 30)
    (exact,), _ = index.search(terms.of_question("申请备案"), 1)
    monkeypatch.setattr(postings, "_IN_FULL", 20)
    (found,), _ = index.search(terms.of_question("申请备案"), 1)
    assert found == pytest.approx(exact)


def test_entries_have_their_lines_folded():
    index = Index([Entry(id="a", question="怎么 申请?", similar=("咋申請",), answer="写信。")])
    assert index.text(0) == "怎么申请\n咋申请\n写信"

"""Typing errors by sound."""

import pytest

from knowledge import Found, Matcher
from knowledge.index import Index
from tests.conftest import entry

ENTRIES = [
    entry("bid", "投标保证金最多收多少", "2%。", "投标要交多少保证金"),
    entry("ask", "投标有疑问找谁", "招标人。", "投标的事问谁"),
    entry("pages", "按件收费是什么意思", "按件数收。"),
    entry("case", "案件多久办完", "三个月。", "案件要办几天"),
    entry("old", "旧案件怎么查", "到档案馆。"),
]
WORDS = Index(ENTRIES).words


@pytest.mark.parametrize(
    ("typed", "slips"),
    [
        ("投镖押金多少", [("投镖", "投标")]),
        ("投彪要交钱吗", [("投彪", "投标")]),
        ("投标要交钱吗", []),
        ("按件收多少", []),  # is a word
        ("公投表决", []),  # 投 belongs to another word
        ("", []),
        ("投", []),
        ("tou biao 123", []),
    ],
)
def test_what_is_no_word_is_read_as_the_word_that_sounds_so(typed, slips):
    assert WORDS.slips(typed) == slips


def test_a_word_that_few_entries_have_replaces_nothing():
    assert Index(ENTRIES[:1]).words.slips("投镖押金多少") == []


@pytest.mark.parametrize("asked", ["投镖保证金最多收多少", "投鏢保證金最多收多少"])
def test_a_question_with_a_slip_is_answered_like_one_without(asked):
    matcher = Matcher(ENTRIES)
    right = matcher.match("投标保证金最多收多少")
    assert isinstance(right, Found)
    assert matcher.match(asked) == right


def test_what_a_sign_divides_is_not_one_word():
    assert Matcher(ENTRIES).understood("我投，镖局的事").count("镖局") == 1


def test_entries_that_are_edited_keep_the_words_of_the_first_build():
    edited = Index(ENTRIES).edited([0], [entry("new", "公园几点关门", "九点。")])
    assert edited.words.slips("投镖押金多少") == [("投镖", "投标")]


def test_no_entries_no_words():
    assert Index([]).words.slips("投镖押金多少") == []

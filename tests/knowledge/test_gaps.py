"""Unanswered questions as suggested new entries."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from knowledge import Question, Said
from knowledge.gaps import ANSWERED_NOW, NOTHING_NEAR, UNSOLVED, gaps
from tests.conftest import NOON, entry

DAY = date(2026, 11, 24)
ZONE = ZoneInfo("Asia/Shanghai")


@pytest.fixture
def knowledge(program):
    return program.services.knowledge


@pytest.fixture
def found(knowledge):
    return lambda since=None, limit=20: gaps(
        knowledge.store.unanswered(since),
        lambda text: knowledge.answer_one(text, DAY),
        ZONE,
        limit,
    )


@pytest.mark.parametrize(
    ("said", "counted"),
    [
        (("公园几点关门",), 1),  # nothing found
        (("核准备案",), 1),  # a choice that nobody took
        (("核准备案", "都不是"), 1),
        (("核准备案", "第一个"), 0),
        (("申请信息公开要收费吗",), 0),
        (("申请信息公开要收费吗", "没解决"), 1),
        (("那要多久",), 0),  # no entry could answer that alone
        (("你好",), 0),
    ],
)
def test_what_counts_as_unanswered(citizen, found, said, counted):
    for text in said:
        citizen.says(text)
    assert sum(gap.count for gap in found()) == counted


def test_wordings_of_one_matter_are_one_gap_with_its_figures(person, clock, found):
    one, other = person("1"), person("2", channel="telegram")
    for who, text in ((one, "公园几点关门"), (other, "公园几点关门?"), (one, "公园是几点关门的")):
        who.says(text)
        clock.pass_by(hours=13)
    (gap,) = found()
    assert (gap.wording, gap.count, gap.days) == ("公园几点关门", 3, 2)
    assert gap.channels == ("telegram", "web")
    assert gap.last > gap.first


def test_the_most_asked_comes_first(person, found):
    for name in ("1", "2"):
        person(name).says("公园几点关门")
    person("3").says("井盖丢了找谁")
    assert [gap.count for gap in found()] == [2, 1]


def test_a_gap_says_why_the_nearest_entry_did_not_answer(citizen, found):
    citizen.says("申请信息公开找哪个部门")
    citizen.says("zzz qqq xxx")
    why = {gap.wording: gap.why for gap in found()}
    assert "问的方面不同" in why["申请信息公开找哪个部门"]
    assert why["zzz qqq xxx"] == NOTHING_NEAR


def test_an_answer_that_solved_nothing_says_so(citizen, found):
    citizen.says("申请信息公开要收费吗")
    citizen.says("没解决")
    assert [(gap.why, gap.nearest.id) for gap in found()] == [(UNSOLVED, "fee")]


def test_a_gap_that_was_closed_comes_last_and_says_so(person, knowledge, found):
    for name in ("1", "2"):
        person(name).says("公园几点关门")
    person("3").says("井盖丢了找谁")
    new = entry("park", "公园几点关门?", "晚上九点。", topic="公园")
    knowledge.take_in([new], publish=True, replace_all=False, at=NOON)
    gaps_now = found()
    assert [gap.open for gap in gaps_now] == [True, False]
    assert gaps_now[1].why == ANSWERED_NOW


def test_open_gaps_come_before_closed_ones_however_few_are_wanted(person, knowledge, found):
    for name in ("1", "2"):
        person(name).says("公园几点关门")
    person("3").says("井盖丢了找谁")
    new = entry("park", "公园几点关门?", "晚上九点。", topic="公园")
    knowledge.take_in([new], publish=True, replace_all=False, at=NOON)
    assert [gap.wording for gap in found(limit=1)] == ["井盖丢了找谁"]


def test_only_what_was_asked_since_then_counts(citizen, clock, found):
    citizen.says("公园几点关门")
    clock.pass_by(days=2)
    citizen.says("井盖丢了找谁")
    assert [gap.wording for gap in found(NOON + timedelta(days=1))] == ["井盖丢了找谁"]


def test_a_forgotten_text_is_no_gap(knowledge, found):
    question = Question(
        id="q1",
        conversation="",
        channel="web",
        asked_at=NOON,
        text="",
        decision="escalate",
        confidence=0.0,
    )
    knowledge.store.log(question)
    knowledge.store.rate(question, Said.UNSOLVED, NOON)
    assert found() == []

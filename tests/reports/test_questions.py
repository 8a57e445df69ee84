"""How well questions were answered."""

from datetime import timedelta

from handlers import texts
from reports import question_figures
from tests.conftest import NOON


def figures(program):
    day = timedelta(days=1)
    asked = program.services.knowledge.store.asked_between(NOON - day, NOON + day)
    return question_figures(asked)


def test_an_answer_that_was_passed_on_is_not_self_served(citizen, program):
    citizen.says("申请信息公开要收费吗")
    citizen.says("申请信息公开多久答复")
    citizen.presses("没解决")
    citizen.presses(texts.TO_STAFF)
    assert (figures(program).self_served, figures(program).questions) == (1, 2)


def test_a_choice_that_was_made_is_self_served(citizen, program):
    citizen.says("核准备案")
    citizen.presses("怎么备案")
    assert figures(program).self_service_rate == 1


def test_rates_of_nothing_are_none(program):
    nothing = figures(program)
    assert nothing.self_service_rate is None
    assert nothing.helpful_rate is None


def test_unanswered_questions_are_listed_by_how_often(citizen, program):
    for text in ("公园的猴子叫什么名字", "火星上有水吗", "公园的猴子叫什么名字"):
        citizen.says(text)
    assert figures(program).most_asked_unanswered[0] == ("公园的猴子叫什么名字", 2)


def test_what_nobody_rated_is_not_helpful(citizen, program):
    citizen.says("申请信息公开要收费吗")
    assert (figures(program).rated, figures(program).helpful_rate) == (0, None)

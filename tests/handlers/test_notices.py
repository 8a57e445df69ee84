"""What people are told when their case moves."""

import pytest

from handlers import case_texts, texts
from petitions import Actor, Channel, Kind, Outcome, Role

CLERK = Actor(id="u1", name="李四", role=Role.STAFF, department="办公室")
HEAD = Actor(id="u2", name="王五", role=Role.SUPERVISOR, department="办公室")


@pytest.fixture
def desk(program):
    return program.services.desk


@pytest.fixture
def number(desk):
    return desk.register(
        kind=Kind.DISCLOSURE, channel=Channel.TELEGRAM, person="telegram:1001", text="某某批复"
    ).number


def told(program):
    """The newest message to the person, and where it goes."""
    newest = program.mailroom.mail.after("telegram:1001", 0)[-1]
    return newest.reply, newest.chat


def test_acceptance_names_the_day_of_the_answer(program, desk, number):
    desk.work.accept(number, by=CLERK)
    reply, chat = told(program)
    assert chat == "1001"
    assert "已受理，预计2026年12月22日前答复" in reply.text


def test_a_decline_says_why_and_where_to_turn(program, desk, number):
    desk.work.decline(number, by=CLERK, reason="不归我们管", referral="市自然资源局")
    assert "原因：不归我们管\n您可以找：市自然资源局" in told(program)[0].text


def test_a_supplement_is_answered_by_a_button(program, desk, number):
    desk.work.accept(number, by=CLERK)
    desk.work.request_supplement(number, by=CLERK, items="写明年份")
    reply, _ = told(program)
    assert "写明年份" in reply.text
    assert reply.buttons[0][0].label == case_texts.COMPLETE


def test_a_refusal_says_that_reconsideration_comes_before_court(program, desk, number):
    desk.work.accept(number, by=CLERK)
    desk.work.claim(number, by=CLERK)
    desk.replies.submit(
        number,
        by=CLERK,
        text="属于国家秘密，不予公开。",
        outcome=Outcome.REFUSED_SECRET,
        basis="条例第十四条",
    )
    desk.replies.approve(number, by=HEAD)
    reply, _ = told(program)
    assert "依据：条例第十四条" in reply.text
    assert "先在收到之日起60日内申请行政复议" in reply.text
    assert [b.label for b in reply.buttons[0]] == ["满意", "基本满意", "不满意"]


def test_whoever_asks_through_the_web_reads_notices_on_the_page(citizen, program, desk):
    citizen.says("公园的猴子叫什么名字")
    citizen.presses(texts.TO_STAFF)
    [row] = program.db.query("SELECT number FROM cases")
    desk.work.accept(row["number"], by=CLERK)
    newest = program.mailroom.mail.after("web:1001", 0)[-1]
    assert "已受理" in newest.reply.text
    assert newest.state == "kept"


def test_the_answer_to_a_simple_question_speaks_of_no_court(program, desk):
    number = desk.register(
        kind=Kind.CONSULTATION, channel=Channel.TELEGRAM, person="telegram:1001", text="几点上班"
    ).number
    desk.work.accept(number, by=CLERK)
    desk.work.claim(number, by=CLERK)
    desk.replies.reply(number, by=CLERK, text="九点。")
    assert "复议" not in told(program)[0].text

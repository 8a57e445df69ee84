"""A person's own case, and what its owner can do with it."""

import pytest

from handlers import case_texts, texts
from petitions import Actor, Role

UNKNOWN = "公园的猴子叫什么名字"
CLERK = Actor(id="u1", name="李四", role=Role.STAFF, department="办公室")


@pytest.fixture
def number(citizen, program):
    """A case that is ready for its reply."""
    citizen.says(UNKNOWN)
    citizen.presses(texts.TO_STAFF)
    [row] = program.db.query("SELECT number FROM cases")
    return row["number"]


def handle(program, number):
    """Accepted and taken by an officer."""
    work = program.services.desk.work
    work.accept(number, by=CLERK)
    work.route(number, by=CLERK, lead="办公室")
    work.claim(number, by=CLERK)


def reply(program, number, text="叫小明。"):
    if program.services.desk.status(number, person="web:1001").state == "registered":
        handle(program, number)
    else:
        program.services.desk.work.claim(number, by=CLERK)
    program.services.desk.replies.reply(number, by=CLERK, text=text)


def test_the_deadline_is_explained_day_by_day(citizen, number):
    citizen.says(f"查 {number}")
    ledger = citizen.presses(case_texts.WHY_THAT_DAY).text
    assert "11月24日 收到当日 不计" in ledger
    assert "11月25日至11月27日 工作日 计3天" in ledger
    assert "11月28日至11月29日 周末 不计" in ledger


def test_withdrawing_is_asked_about_first(citizen, number):
    citizen.says(f"查 {number}")
    assert "确定撤回" in citizen.presses(case_texts.WITHDRAW).text
    assert "已撤回" in citizen.presses(case_texts.REALLY_WITHDRAW).text
    assert "已撤回" in citizen.says(f"查 {number}").text


def test_the_reply_is_shown_and_rated(citizen, number, program):
    reply(program, number)
    assert "叫小明。" in citizen.says(f"查 {number}").text
    citizen.presses("基本满意")
    assert program.services.desk.status(number, person="web:1001").rating == "basically_satisfied"


def test_a_rating_may_be_changed_and_explained(citizen, number, program):
    reply(program, number)
    citizen.says(f"查 {number}")
    action = citizen.button("满意").action
    citizen.presses_action(action)
    citizen.presses(case_texts.ADD_A_WORD)
    assert case_texts.COMMENTED in citizen.says("办得快").text
    citizen.presses("不满意")
    assert program.services.desk.status(number, person="web:1001").rating == "dissatisfied"


def test_who_is_not_satisfied_has_it_handled_again_once(citizen, number, program):
    reply(program, number)
    citizen.says(f"查 {number}")
    citizen.presses("不满意")
    citizen.presses(case_texts.REOPEN)
    assert case_texts.REOPENED in citizen.says("没有回答我的问题").text
    reply(program, number, "叫小红。")
    assert case_texts.REOPEN not in str(citizen.says(f"查 {number}"))


def test_a_supplement_is_written_in_the_chat(citizen, number, program):
    handle(program, number)
    program.services.desk.work.request_supplement(number, by=CLERK, items="哪个公园")
    assert "哪个公园" in citizen.says(f"查 {number}").text
    citizen.presses(case_texts.COMPLETE)
    assert case_texts.COMPLETED in citizen.says("中山公园").text


def test_buttons_of_another_person_do_nothing(citizen, number, person, program):
    citizen.says(f"查 {number}")
    stolen = citizen.button(case_texts.WITHDRAW).action
    assert person("2002").presses_action(stolen).text == texts.STALE_BUTTON
    assert program.services.desk.status(number, person="web:1001").state == "registered"


def test_whoever_has_the_code_reads_and_does_no_more(citizen, number, person, program):
    citizen.says("另一个没人知道的问题")
    receipt = citizen.presses(texts.TO_STAFF).text
    other_number, code = (
        line.split("：")[1]
        for line in receipt.splitlines()
        if "编号：" in line or "查询码：" in line
    )
    shown = person("2002").says(f"查 {other_number} {code}")
    assert "现在：已登记" in shown.text
    assert shown.buttons == ()


def test_what_is_said_after_a_rating_is_a_question_again(citizen, number, program):
    reply(program, number)
    citizen.says(f"查 {number}")
    citizen.presses("基本满意")
    assert "20个工作日" in citizen.says("申请信息公开多久答复").text

"""A form is filled in by talking; nothing typed is lost, nothing is asked twice."""

import pytest

from handlers import form_texts, texts


@pytest.fixture
def filling(citizen):
    """Somebody who has opened the form for an appeal."""
    citizen.says("我要投诉")
    return citizen


def cases(program):
    return list(program.db.query("SELECT kind, text, contact FROM cases"))


def test_questions_come_one_at_a_time_and_the_form_is_sent_after_a_look(filling, program):
    assert form_texts.ASK_STORY in filling.last.text
    assert form_texts.ASK_PHONE in filling.says("楼下烧烤店半夜扰民").text
    assert form_texts.ASK_CONFIDENTIAL in filling.says("13800000000").text
    summary = filling.presses("不用").text
    assert "什么事：楼下烧烤店半夜扰民" in summary
    assert "电话：13800000000" in summary
    assert cases(program) == []
    assert "编号：" in filling.presses(form_texts.SEND).text
    assert [case["contact"] for case in cases(program)] == ["13800000000"]


def test_back_asks_the_last_question_again(filling):
    filling.says("楼下烧烤店半夜扰民")
    assert form_texts.ASK_STORY in filling.presses(form_texts.BACK).text


def test_only_what_is_optional_can_be_skipped(filling):
    assert form_texts.SKIP not in filling.labels
    assert form_texts.CANNOT_SKIP in filling.says("跳过").text
    filling.says("楼下烧烤店半夜扰民")
    assert form_texts.ASK_CONFIDENTIAL in filling.presses(form_texts.SKIP).text


def test_a_form_put_aside_is_taken_up_where_it_was(filling):
    filling.says("楼下烧烤店半夜扰民")
    filling.presses(form_texts.LATER)
    assert "20个工作日" in filling.says("申请信息公开多久答复").text
    assert form_texts.ASK_PHONE in filling.says("继续填写").text


def test_cancelling_forgets_what_was_filled_in(filling, program):
    filling.says("楼下烧烤店半夜扰民")
    filling.says("取消")
    assert filling.says("继续填写").text == form_texts.NOTHING_SAVED
    assert cases(program) == []


def test_one_answer_is_changed_without_asking_the_others_again(filling):
    filling.says("楼下烧烤店半夜扰民")
    filling.says("13800000000")
    filling.presses("不用")
    filling.presses(form_texts.CHANGE)
    filling.presses("电话")
    assert "电话：024-12345678" in filling.says("024-12345678").text


def test_a_wrong_value_says_what_is_wrong_and_asks_again(filling):
    filling.says("楼下烧烤店半夜扰民")
    reply = filling.says("12").text
    assert form_texts.BAD_PHONE in reply
    assert form_texts.ASK_PHONE in reply


def test_a_button_of_an_earlier_question_changes_nothing(filling):
    filling.says("楼下烧烤店半夜扰民")
    old = filling.button(form_texts.SKIP).action
    filling.says("13800000000")
    assert form_texts.ASK_CONFIDENTIAL in filling.presses_action(old).text


def test_a_choice_may_be_written_by_name_or_number(filling):
    filling.says("楼下烧烤店半夜扰民")
    filling.says("跳过")
    assert "请从下面选一个" in filling.says("也许").text
    assert form_texts.PLEASE_CHECK in filling.says("2").text


def test_pressing_send_twice_registers_once(filling, program):
    filling.says("楼下烧烤店半夜扰民")
    filling.says("跳过")
    filling.says("不用")
    send = filling.button(form_texts.SEND).action
    filling.presses_action(send)
    assert filling.presses_action(send).text == texts.STALE_BUTTON
    assert len(cases(program)) == 1


def test_commands_work_while_a_form_is_open(filling):
    assert "查进度" in filling.says("/help").text
    assert form_texts.ASK_PHONE in filling.says("楼下烧烤店半夜扰民").text


def test_a_number_that_the_form_asked_for_leaves_the_inbox(filling, program):
    filling.says("楼下烧烤店半夜扰民")
    filling.says("13800000000")
    filling.presses("不用")
    filling.presses(form_texts.SEND)
    program.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    kept = [row["payload"] for row in program.db.query("SELECT payload FROM inbox")]
    assert not any("13800000000" in payload for payload in kept)


def test_a_form_is_not_opened_in_a_group(person):
    assert person(chat="-100").says("/request").text == texts.PLEASE_PRIVATELY

"""Several lines that one person wrote before the first was taken up."""

import pytest

from handlers import texts


def states(program):
    return [row["state"] for row in program.db.query("SELECT state FROM inbox")]


def test_the_pieces_of_a_question_are_one_question(program, citizen):
    (told,) = citizen.writes_at_once("你好", "在吗", "信息公开", "多久答复")
    assert "20个工作日内答复" in told
    assert states(program) == ["done"] * 4


def test_greetings_are_returned_once(citizen):
    assert citizen.writes_at_once("你好", "在吗", "有人吗") == [texts.GREETING]


def test_whole_questions_are_answered_each_in_order(citizen):
    told = citizen.writes_at_once("申请信息公开要收费吗", "投标保证金最多交多少", "谢谢")
    assert ["一般不收费" in told[0], "百分之二" in told[1]] == [True, True]
    assert told[2:] == [texts.WELCOME_BACK]


def test_a_beginning_that_is_followed_by_thanks_is_answered(citizen):
    (told,) = citizen.writes_at_once("申请公开", "谢谢")
    assert told != texts.WELCOME_BACK


def test_a_beginning_that_does_not_belong_to_the_question_behind_it_is_left(citizen):
    (told,) = citizen.writes_at_once("申请公开", "投标保证金最多交多少")
    assert "百分之二" in told


def test_a_beginning_that_makes_the_question_behind_it_unknown_is_left(citizen):
    (alone,) = citizen.writes_at_once("投标押金多少")
    assert citizen.writes_at_once("猴子", "投标押金多少") == [alone]


@pytest.mark.parametrize("word", ["人工", "/help", "查 2026-000001-1", "我要投诉"])
def test_a_word_of_ours_is_no_end_of_a_question(citizen, word):
    told = citizen.writes_at_once("申请公开", word)
    assert len(told) == 2


def test_a_question_in_pieces_goes_to_staff_whole(program, citizen):
    citizen.writes_at_once("公园的猴子", "叫什么名字")
    citizen.says("转人工")
    (case,) = program.db.query("SELECT text FROM cases")
    assert case["text"] == "公园的猴子，叫什么名字"


def test_a_question_later_has_no_old_beginning(citizen):
    citizen.writes_at_once("申请公开", "投标保证金最多交多少")
    assert "百分之二" not in citizen.says("公园的猴子叫什么名字").text
    assert citizen.says("谢谢").text == texts.WELCOME_BACK


def test_a_form_takes_each_line_by_itself(citizen):
    citizen.says("人工")
    told = citizen.writes_at_once("路灯坏了", "谢谢")
    assert "编号" in told[0]
    assert told[1] == texts.WELCOME_BACK


def test_what_a_killed_process_left_between_two_lines_is_answered_whole(program, citizen):
    lines = [citizen.incoming(text=text) for text in ("信息公开", "多久答复")]
    program.mailroom.accept(lines)
    assert program.mailroom.process(lines[0].channel, lines[0].update_id) == ()
    assert program.mailroom.catch_up() == 1  # as the next process does
    (told,) = program.mailroom.process(lines[1].channel, lines[1].update_id)
    assert "20个工作日内答复" in told.reply.text


def test_the_next_line_is_kept_in_its_own_row_only(program, citizen):
    citizen.says("人工")
    citizen.writes_at_once("路灯坏了", "我的电话不告诉你")
    kept = [row["payload"] for row in program.db.query("SELECT payload FROM inbox")]
    assert sum("我的电话" in payload for payload in kept) == 1

"""A form is filled in by talking; nothing typed is lost, nothing is asked twice."""

import pytest

from handlers import form_texts, texts
from handlers.conversation import Conversation
from handlers.messages import InputKind


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


@pytest.mark.parametrize("word", ["取消", "不投诉了", "算了，不投诉了。"])
def test_cancelling_forgets_what_was_filled_in(filling, program, word):
    filling.says("楼下烧烤店半夜扰民")
    filling.says(word)
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


NUMBER = "13800000000"


def tables_with(program, words):
    """Which tables hold these words."""
    names = ("inbox", "outbox", "conversations", "questions", "files", "cases")
    return {
        name
        for name in names
        for row in program.db[name].rows
        if any(words in str(value) for value in row.values())
    }


@pytest.mark.parametrize(
    ("end", "left"), [(form_texts.SEND, {"cases"}), (form_texts.CANCEL, set())]
)
def test_what_was_filled_in_is_kept_with_the_case_and_nowhere_else(filling, program, end, left):
    filling.says("楼下烧烤店半夜扰民")
    filling.says(NUMBER)
    assert NUMBER in filling.presses("不用").text
    filling.presses(end)
    assert tables_with(program, NUMBER) == left


def test_a_number_sent_twice_at_once_is_kept_in_the_form_only(filling, program):
    filling.says("楼下烧烤店半夜扰民")
    first, again = (filling.incoming(text=NUMBER) for _ in range(2))
    program.mailroom.accept([first, again])  # both while the form asks for it
    for one in (first, again):
        program.mailroom.process(one.channel, one.update_id)
    assert tables_with(program, NUMBER) == {"conversations"}


def test_a_form_is_not_opened_in_a_group(person):
    assert person(chat="-100").says("/request").text == texts.PLEASE_PRIVATELY


STORY = "楼下烧烤店半夜扰民"


def test_an_edited_answer_corrects_the_field_it_was_written_for(filling):
    filling.says("楼下烧烤店半夜绕民", message="7")
    assert form_texts.ASK_PHONE in filling.corrects(STORY, "7").text
    filling.presses(form_texts.SKIP)
    assert f"什么事：{STORY}" in filling.presses("不用").text


def test_an_answer_that_was_refused_may_be_corrected_by_editing_it(filling):
    filling.says(STORY)
    filling.says("1380000000", message="8")
    assert form_texts.ASK_CONFIDENTIAL in filling.corrects(NUMBER, "8").text


def test_an_edited_number_reaches_the_form_whole_and_nothing_else(filling, program):
    filling.says(STORY)
    filling.says("13800000001", message="8")
    filling.corrects(NUMBER, "8")
    assert NUMBER in filling.presses("不用").text
    filling.presses(form_texts.SEND)
    assert tables_with(program, NUMBER) == {"cases"}


def test_an_edited_question_from_before_the_form_is_answered_not_taken(citizen):
    citizen.says("申请信息公开多就答复", message="1")
    citizen.says("我要投诉")
    assert "20个工作日" in citizen.corrects("申请信息公开多久答复", "1").text
    assert form_texts.ASK_PHONE in citizen.says(STORY).text


def test_a_question_in_the_middle_is_answered_and_the_form_goes_on(filling, program):
    filling.says(STORY)
    said = filling.says("申请信息公开要收费吗？").text
    assert "一般不收费" in said
    assert form_texts.ASK_PHONE in said
    assert program.db["questions"].count == 0


def test_another_form_puts_the_open_one_aside(filling):
    filling.says(STORY)
    assert form_texts.PUT_ASIDE in filling.says("/request").text
    filling.says("取消")
    assert form_texts.ASK_PHONE in filling.says("继续填写").text


def test_asking_for_a_code_puts_the_open_form_aside(filling, person, program):
    other = person("2002")
    other.says("转人工")
    other.says("我家门口的路灯坏了")
    [case] = program.db["cases"].rows
    filling.says(STORY)
    assert texts.NEED_CODE in filling.says(f"/status {case['number']}").text
    filling.says("取消")
    assert form_texts.ASK_PHONE in filling.says("继续填写").text


def test_the_same_form_again_goes_on_where_it_was(filling):
    filling.says(STORY)
    assert filling.says("/appeal").text == f"{form_texts.GOES_ON}\n\n{form_texts.ASK_PHONE}"


@pytest.mark.parametrize(
    ("written", "said"),
    [("嗯", form_texts.SAY_MORE), ("长" * 2001, form_texts.too_long(2000, 2001))],
)
def test_what_stands_behind_the_command_is_checked_like_an_answer(citizen, written, said):
    assert said in citizen.says(f"/appeal {written}").text
    assert form_texts.ASK_PHONE in citizen.says(STORY).text


@pytest.mark.parametrize("kind", [InputKind.PHOTO, InputKind.VOICE, InputKind.FILE])
def test_a_photo_leaves_the_form_as_it_is(filling, kind):
    filling.says(STORY)
    said = filling.says("", kind=kind)
    assert texts.cannot_read(kind) in said.text
    assert form_texts.ASK_PHONE in said.text
    assert form_texts.SKIP in filling.labels


def test_a_form_put_aside_before_there_could_be_several_is_still_there():
    kept = {"form": "appeal", "values": {"story": STORY}}
    old = {"topic": None, "draft": None, "saved": kept, "asked": None}
    [draft] = Conversation.from_json(old).saved
    assert draft.values == kept["values"]


@pytest.mark.parametrize("label", [form_texts.CANCEL, form_texts.LATER])
def test_an_old_button_of_another_form_does_nothing_to_this_one(filling, label):
    filling.says(STORY)
    old = filling.button(label).action
    filling.says("/suggest 建议多设几个停车位")
    assert form_texts.ASK_PHONE in filling.presses_action(old).text
    assert form_texts.BACK in filling.labels

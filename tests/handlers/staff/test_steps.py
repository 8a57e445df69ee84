"""Steps on a case by buttons and words."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handlers import texts as common
from handlers.messages import Action as Press
from handlers.staff import steps, texts, view
from petitions import Action, Kind, Power, Role, State, citizen
from petitions.states import STEPS


def state(desk, number):
    return desk.status(number, person="telegram:1001").state


@pytest.fixture
def mine(li, number):
    """A case that 李四 works on, open in their chat."""
    li.opens(number)
    li.presses("受理")
    li.presses("领办")
    return number


def test_a_case_is_shown_with_words_deadline_and_timeline(li, number):
    shown = li.says(f"/case {number}").text
    assert "公园的猴子叫什么名字" in shown
    assert "期限：2026年12月1日，还剩5个工作日" in shown
    assert "11-24 12:00 群众 登记" in shown


def test_only_what_the_table_allows_is_offered(li, number):
    li.opens(number)
    assert "受理" in li.labels
    assert {"领办", "答复", "办结"}.isdisjoint(li.labels)


def test_what_a_colleague_has_is_not_offered(li, wang, mine):
    wang.opens(mine)
    assert {"答复", "延期", "转办"}.isdisjoint(wang.labels)


def test_of_two_who_press_at_once_one_wins_and_the_other_learns_who(li, wang, desk, number):
    for one in (li, wang):
        one.opens(number)
        one.presses("受理") if one is li else one.opens(number)
    li_claims, wang_claims = li.button("领办").action, wang.button("领办").action
    assert texts.DONE[Action.CLAIM] in li.presses_action(li_claims).text
    refused = wang.presses_action(wang_claims).text
    assert refused.startswith("李四刚刚做了“领办”")
    assert "承办：办公室 李四" in refused
    assert state(desk, number) is State.IN_PROGRESS


def test_a_press_again_does_nothing_twice(li, bureau, desk, mine):
    stale = Press(verb="desk", args=("claim", mine, "", "1"))
    assert "请看过最新情况" in li.presses_action(stale).text
    events = [one.action for one in desk.queue.page(mine, by=bureau.actor("李四")).events]
    assert events.count(Action.CLAIM) == 1


@pytest.mark.parametrize(
    "args",
    [(), ("",), ("claim",), ("claim", "x"), ("nothing", "2026-000001-1"), ("list", "no", "", "x")],
)
def test_any_stale_button_is_answered(li, args):
    assert li.presses_action(Press(verb="desk", args=args)).text


def test_a_citizen_who_has_a_button_of_staff_can_do_nothing(zhang, li, desk, number):
    li.opens(number)
    assert zhang.presses_action(li.button("受理").action).text == common.STALE_BUTTON
    assert state(desk, number) is State.REGISTERED


def test_a_case_is_routed_to_a_suggested_department(li, desk, number, employ):
    employ("孙七", "2009", department="动物科")
    desk.routing.load_powers([Power(department="动物科", item="动物命名", keywords=("猴子",))])
    li.opens(number)
    li.presses("受理")
    asked = li.presses("转办")
    assert asked.buttons[0][0].label == "建议：动物科"
    assert "动物科：猴子" in asked.text
    assert "承办：动物科" in li.presses("动物科").text


def test_a_case_is_handed_to_a_colleague(li, wang, mine):
    li.presses("转交")
    assert li.labels == ["王五", texts.BACK]
    assert "承办：办公室 王五" in li.presses("王五").text


def test_a_department_that_is_not_theirs_objects(li, desk, number):
    li.opens(number)
    li.presses("受理")
    li.presses("转办")
    li.presses("办公室")
    li.presses(texts.OTHER_ACTIONS)
    li.presses("不归本处室")
    assert "对转办有异议：猴子不归我们管" in li.says("猴子不归我们管").text


def test_a_supplement_is_asked_for(li, zhang, desk, mine):
    li.presses("要求补正")
    assert "在等：哪个公园" in li.says("哪个公园").text
    assert "哪个公园" in zhang.told[-1]


def test_an_extension_needs_days_reason_and_consent(li, desk, register, zhang):
    number = register(kind=Kind.DISCLOSURE)
    li.opens(number)
    li.presses("受理")
    li.presses("延期")
    assert texts.BAD_DAYS in li.says("很多").text
    for said in ("20", "需要查档", "赵六"):
        li.says(said)
    assert "天数：20" in li.last.text
    assert texts.DONE[Action.EXTEND] in li.presses("确认提交").text
    assert "延长20个工作日" in zhang.told[-1]
    assert "需要查档" in zhang.told[-1]


def test_what_the_rule_forbids_is_refused_with_the_article(li, register):
    number = register(kind=Kind.DISCLOSURE)
    li.opens(number)
    li.presses("受理")
    li.presses("延期")
    for said in ("21", "需要查档", "赵六"):
        li.says(said)
    assert "最多延长" in li.presses("确认提交").text


def test_what_cannot_be_done_any_more_is_not_asked_for(li, desk, mine):
    before = li.button("延期").action
    desk.withdraw(mine, by=citizen("telegram:1001"))
    assert texts.NOT_NOW in li.presses_action(before).text


def test_a_decline_names_reason_and_referral(li, zhang, number):
    li.opens(number)
    li.presses(texts.OTHER_ACTIONS)
    li.presses("不予受理")
    li.says("动物园归城管局管")
    li.says("市城管局，024-12345678")
    li.presses("确认提交")
    assert "原因：动物园归城管局管\n您可以找：市城管局，024-12345678" in zhang.told[-1]


def test_notes_are_for_colleagues_only(li, zhang, mine):
    li.presses(texts.OTHER_ACTIONS)
    li.presses("备注")
    assert "备注：问过动物园" in li.says("问过动物园").text
    assert not any("动物园" in one for one in zhang.told)


def test_a_supervisor_urges(head, mine, desk):
    head.opens(mine)
    head.presses(texts.OTHER_ACTIONS)
    head.presses("督办")
    assert "赵六 督办：请今天办完" in head.says("请今天办完").text


def test_leaving_for_something_else_ends_what_was_asked_for(li, mine, desk):
    li.presses(texts.OTHER_ACTIONS)
    li.presses("备注")
    li.says("/queue")
    assert "一般不收费" in li.says("信息公开要钱吗").text


def test_contact_data_are_shown_on_a_press_which_is_written_down(li, program, register):
    number = register(contact="024-12345678", applicant="张三")
    assert "024-12345678" not in li.says(f"/case {number}").text
    shown = li.presses(texts.CONTACT)
    assert "姓名：张三\n联系方式：024-12345678" in shown.text
    [read] = program.db.query("SELECT who, number, what FROM staff_reads")
    assert read == {"who": "李四", "number": number, "what": texts.CONTACT}


def test_what_was_shown_is_not_kept(li, program, register):
    number = register(contact="024-12345678")
    li.opens(number)
    li.presses(texts.CONTACT)
    li.shown(number)
    kept = program.db.query("SELECT group_concat(body) AS bodies FROM outbox")
    assert "12345678" not in next(iter(kept))["bodies"]


def test_a_confidential_case_is_shown_to_those_who_handle_it_only(li, bureau, desk, register):
    number = register("举报某某单位")
    li.opens(number)
    li.presses("受理")
    desk.replies.set_confidential(number, by=bureau.actor("李四"))
    other = bureau.employ("孙七", "2009", department="动物科")
    assert "举报" not in other.says(f"/case {number}").text
    assert "举报某某单位" in li.says(f"/case {number}").text


def test_duty_officers_take_in_and_do_not_handle(employ, number):
    officer = employ("周八", "2010", Role.DUTY)
    officer.opens(number)
    officer.presses("受理")
    assert {"领办", "答复", "延期"}.isdisjoint(officer.labels)


def test_phone_numbers_in_what_staff_write_reach_the_case_whole_and_the_inbox_not(
    li, program, desk, mine
):
    mobile = "138" + "0013" + "8000"
    li.presses(texts.OTHER_ACTIONS)
    li.presses("备注")
    assert mobile in li.says(f"动物园电话{mobile}").text
    kept = program.db.query("SELECT group_concat(payload) AS said FROM inbox")
    assert "动物园电话" not in next(iter(kept))["said"]


def test_what_staff_were_shown_is_erased_when_its_person_is_forgotten(li, zhang, program, number):
    li.opens(number)
    li.shown(number)
    zhang.says(f"查 {number}")
    zhang.presses("撤回")
    zhang.presses("确定撤回")
    zhang.says("/forget")
    zhang.presses_action(Press(verb="forget", args=("yes",)))
    kept = program.db.query("SELECT group_concat(body) AS bodies FROM outbox WHERE chat = '2001'")
    assert "猴子" not in next(iter(kept))["bodies"]


# On the web only: several fields at once, or a second department.
ELSEWHERE = {Action.CORRECT, Action.RATE}
BY_OTHER_WORDS = {Action.SUBMIT, Action.REPLY}  # 答复, 送审, 发出
STAFF = {Role.STAFF, Role.SUPERVISOR, Role.ADMIN, Role.DUTY}


def test_every_step_of_staff_has_a_button_that_works():
    of_staff = {step.action for step in STEPS if step.roles & STAFF}
    offered = {*view.MAIN, *view.OTHER}
    assert offered == of_staff - ELSEWHERE - BY_OTHER_WORDS
    assert offered <= steps.TAKEN


def test_every_step_has_its_words():
    assert set(texts.DONE) >= {*view.MAIN, *view.OTHER}
    assert set(texts.PROMPTS) >= steps.WRITTEN


WORDS = sorted({*steps.TAKEN, *view.MAIN, *view.OTHER, "written", "x"})


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    what=st.sampled_from(WORDS),
    number=st.sampled_from(["2026-000001-5", "2026-000009-1", "", "x"]),
    choice=st.text(st.characters(codec="ascii", exclude_characters=":"), max_size=2),
    seen=st.sampled_from(["", "1", "x", "9" * 20]),
)
def test_no_button_however_old_breaks_anything(li, number_one, what, number, choice, seen):
    reply = li.presses_action(Press(verb="desk", args=(what, number, choice, seen)))
    assert reply.text
    assert reply.text != common.FAILED
    assert all(len(b.action.encode()) <= 64 for row in reply.buttons for b in row)


@pytest.fixture
def number_one(number):
    assert number == "2026-000001-5"


def test_a_duplicate_is_merged_by_its_number(li, zhang, desk, register):
    first, second = register("路灯坏了怎么报修"), register("路灯不亮找谁")
    li.opens(second)
    li.presses(texts.OTHER_ACTIONS)
    li.presses("并案")
    assert "编号" in li.says("不知道").text
    li.presses(texts.OTHER_ACTIONS)
    li.presses("并案")
    li.says(first)
    assert state(desk, second) is State.CLOSED
    assert second in li.says(first).text


def test_a_second_matter_becomes_a_case_of_its_own(li, desk, number):
    li.opens(number)
    li.presses(texts.OTHER_ACTIONS)
    li.presses("拆分")
    li.says("还有路灯坏了")
    assert "还有路灯坏了" in [one.title for one in desk.cases_of("telegram:1001")]


def test_what_was_asked_to_be_confidential_is_marked(li, desk, mine):
    li.presses(texts.OTHER_ACTIONS)
    li.presses("设为保密")
    assert "来人要求保密" in li.last.text
    li.presses(texts.OTHER_ACTIONS)
    assert "设为保密" not in li.labels


def test_what_is_done_is_said_also_where_nothing_is_left_to_see(li, number):
    li.opens(number)
    li.presses(texts.OTHER_ACTIONS)
    assert li.presses("设为保密").text == texts.DONE[Action.HIDE]


def test_a_number_alone_opens_the_case_for_staff(li, zhang, number):
    assert "期限：" in li.says(number).text
    assert "查询码" not in li.last.text

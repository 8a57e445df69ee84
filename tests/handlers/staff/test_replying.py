"""The reply: by answering the bot's message or by a button, looked at before it goes."""

import pytest

from handlers.staff import texts
from petitions import Action, Kind, State


@pytest.fixture
def mine(li, number):
    li.opens(number)
    li.presses("受理")
    li.presses("领办")
    return number


@pytest.fixture
def request_of(li, register):
    """A disclosure request that 李四 works on."""
    number = register("某某项目的批复", kind=Kind.DISCLOSURE)
    li.opens(number)
    li.presses("受理")
    li.presses("领办")
    return number


def state(desk, number):
    return desk.status(number, person="telegram:1001").state


def test_a_reply_is_looked_at_before_it_goes(li, zhang, desk, mine):
    li.presses("答复")
    shown = li.says("叫小明。")
    assert shown.text.endswith(texts.WILL_SEE)
    assert state(desk, mine) is State.IN_PROGRESS
    assert texts.DONE[Action.REPLY] in li.presses("发出").text
    assert "叫小明。" in zhang.told[-1]
    assert state(desk, mine) is State.REPLIED


def test_answering_the_message_about_a_case_writes_its_reply(li, zhang, mine):
    assert "叫小红。" in li.answers("叫小红。", about=mine).text
    li.presses("发出")
    assert "叫小红。" in zhang.told[-1]


def test_answering_a_case_that_is_not_mine_changes_nothing(li, wang, bureau, desk, mine):
    wang.opens(mine)
    refused = wang.answers("叫小刚。", about=mine).text
    assert "正由李四办理" in refused
    assert desk.queue.page(mine, by=bureau.actor("李四")).draft is None


def test_a_draft_is_rewritten_and_goes_on_later(li, mine):
    li.presses("答复")
    li.says("叫小明。")
    li.presses("改")
    li.says("叫小红。")
    li.opens(mine)
    shown = li.presses("答复").text
    assert "叫小红。" in shown
    assert "叫小明。" not in shown


def test_what_goes_out_is_what_was_looked_at(li, zhang, bureau, desk, mine):
    li.presses("答复")
    li.says("叫小明。")
    send = li.button("发出").action
    desk.replies.save_draft(mine, by=bureau.actor("李四"), text="改过了")
    again = li.presses_action(send).text
    assert texts.CHANGED_MEANWHILE in again
    assert "改过了" in again
    assert state(desk, mine) is State.IN_PROGRESS


def test_a_draft_that_changed_meanwhile_is_not_written_over(li, head, bureau, desk, mine):
    li.presses("答复")
    desk.replies.save_draft(mine, by=bureau.actor("赵六"), text="赵六写的")
    told = li.says("李四写的").text
    assert "赵六在" in told
    assert "您写的没有覆盖它" in told
    assert "赵六写的" in told
    assert "赵六写的" in li.presses("答复").text  # seen now
    li.presses("改")
    assert "李四写的" in li.says("李四写的").text
    assert desk.queue.page(mine, by=bureau.actor("李四")).draft.body == "李四写的"


def test_a_request_needs_an_outcome_and_a_second_person(li, head, zhang, desk, request_of):
    li.presses("答复")
    asked = li.says("涉及国家秘密，不予公开。")
    assert asked.text.endswith(texts.NEEDS_OUTCOME)
    assert {"发出", "送审"}.isdisjoint(li.labels)
    li.presses(texts.OUTCOME)
    li.presses("不予公开")
    li.presses("属于国家秘密")
    li.presses(texts.BASIS)
    preview = li.says("《政府信息公开条例》第十四条")
    assert "先在收到之日起60日内申请行政复议" in preview.text
    assert "发出" not in li.labels
    assert texts.DONE[Action.SUBMIT] in li.presses("送审").text
    assert "涉及国家秘密" in head.says(f"/case {request_of}").text
    assert texts.DONE[Action.APPROVE] in head.presses("审核通过并发出").text
    assert "依据：《政府信息公开条例》第十四条" in zhang.told[-1]


def test_every_outcome_of_the_form_can_be_reached(li, request_of):
    li.presses("答复")
    li.says("详见附件。")
    li.presses(texts.OUTCOME)
    groups = [one for one in li.labels if one.endswith("…")]
    leaves = [one for one in li.labels if not one.endswith("…") and one != texts.BACK]
    for group in groups:
        li.presses(texts.BACK)
        li.presses("答复")
        li.presses(texts.OUTCOME)
        li.presses(group)
        leaves += [one for one in li.labels if one != texts.BACK]
    assert len(leaves) == len(set(leaves)) == 21


def test_a_reply_is_sent_back_with_a_comment(li, head, desk, mine):
    li.presses("答复")
    li.says("不知道。")
    li.presses("送审")
    head.opens(mine)
    head.presses("退回修改")
    head.says("请查清楚再答")
    assert state(desk, mine) is State.IN_PROGRESS
    assert "赵六 退回修改：请查清楚再答" in li.says(f"/case {mine}").text


def test_nobody_approves_their_own(head, desk, number):
    head.opens(number)
    head.presses("受理")
    head.presses("领办")
    head.presses("答复")
    head.says("叫小明。")
    head.presses("送审")
    assert "另一个人审核" in head.presses("审核通过").text
    assert state(desk, number) is State.UNDER_REVIEW


def test_a_case_is_closed(li, desk, mine):
    li.presses("答复")
    li.says("叫小明。")
    li.presses("发出")
    assert texts.DONE[Action.CLOSE] in li.presses("办结").text
    assert state(desk, mine) is State.CLOSED


def test_a_supplement_is_written_by_answering_the_notice(li, zhang, desk, mine):
    li.presses("要求补正")
    li.says("哪个公园")
    zhang.answers("中山公园", about=mine)
    assert state(desk, mine) is State.IN_PROGRESS
    assert "补正：中山公园" in li.says(f"/case {mine}").text


def test_an_answer_to_a_notice_that_is_over_says_so(li, zhang, desk, mine):
    li.presses("要求补正")
    li.says("哪个公园")
    zhang.answers("中山公园", about=mine)
    assert "现在不需要补正" in zhang.answers("还有北陵公园", about=mine).text


def test_somebody_else_who_answers_learns_nothing(li, zhang, bureau, mine):
    li.presses("要求补正")
    li.says("哪个公园")
    ref = zhang.shown(mine)
    assert mine not in bureau.account("1002").answers_message("中山公园", ref).text

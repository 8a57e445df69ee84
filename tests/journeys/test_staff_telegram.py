"""Staff and citizens on Telegram, from a question to its end: the real program, a real socket."""

import re
from dataclasses import replace
from functools import partial

import pytest

from bot.reminding import Duties, attend
from bot.serve import staff_menus
from handlers import texts as common
from petitions import Kind, Role
from tests.fakes.botapi import BotApi
from tests.journeys.on_telegram import all_delivered, open_bot
from tests.staffing import Bureau


@pytest.fixture
async def api():
    async with BotApi() as api:
        yield api


@pytest.fixture
def bureau(program, clock):
    made = Bureau(program=program, clock=clock)
    made.employ("李四", "2001")
    made.employ("王五", "2002")
    made.employ("赵六", "2003", Role.SUPERVISOR)
    return made


@pytest.fixture
def zhang(api):
    return api.user(1001, "张三")


@pytest.fixture
def li(api):
    return api.user(2001, "李四")


@pytest.fixture
def wang(api):
    return api.user(2002, "王五")


@pytest.fixture
def head(api):
    return api.user(2003, "赵六")


async def escalated(zhang):
    """A question that nobody could answer becomes a case; its number."""
    await zhang.send("火星移民怎么报名")
    await zhang.press("转人工", message_id=(await zhang.expect(".")).message_id)
    receipt = await zhang.expect("已登记")
    return re.findall(r"\d{4}-\d{6}-\d", receipt.text)[0]


async def taken(clerk, number):
    """A clerk finds the case in the queue, accepts and claims it."""
    await clerk.send("/queue")
    await clerk.press(number, message_id=(await clerk.expect("待受理")).message_id)
    await clerk.expect("现在|咨询 · 已登记")
    await clerk.press("受理")
    await clerk.expect("已受理，对方会收到通知")
    await clerk.press("领办")
    return await clerk.expect("已领办")


async def completed(program, clerk, citizen, number):
    """The clerk asks for a supplement, the citizen answers the notice."""
    await clerk.press("要求补正")
    await clerk.expect("一次写清")
    await clerk.send("请说明是哪一颗火星")
    await clerk.expect("补正通知已发给对方")
    notice = await citizen.expect("哪一颗火星")
    await all_delivered(program)
    await citizen.send("太阳系的那颗", reply_to=notice)
    await citizen.expect("补正收到了")
    await clerk.send(f"/case {number}")
    await clerk.expect("补正：太阳系的那颗")


async def not_satisfied(citizen):
    """Rates badly and has the case handled again."""
    await citizen.press("不满意")
    await citizen.expect("抱歉没有让您满意")
    await citizen.press("重新办理")
    await citizen.expect("哪里没有解决")
    await citizen.send("没说什么时候有")
    await citizen.expect("已重新办理")


async def extended(clerk):
    await clerk.press("延期")
    for asked, said in (("延长几天", "3"), ("为什么", "要问外单位"), ("哪位", "赵六")):
        await clerk.expect(asked)
        await clerk.send(said)
    await clerk.expect("请核对")
    await clerk.press("确认提交")
    await clerk.expect("已延期")


async def reviewed(program, clerk, head, number, text):
    """The clerk answers the bot's message, hands the reply in, the supervisor sends it."""
    await clerk.send(f"/case {number}")
    page = await clerk.expect("办理中")
    await all_delivered(program)
    await clerk.send(text, reply_to=page)
    await clerk.expect("以上是对方会看到的内容")
    await clerk.press("送审")
    await clerk.expect("已送审")
    await head.send("/queue")
    await head.press(number, message_id=(await head.expect("待审核")).message_id)
    await head.expect(text)
    await head.press("审核通过并发出")
    await head.expect("审核通过，答复已发给对方")


@pytest.mark.usefixtures("bureau")
@pytest.mark.parametrize("mode", ["polling", "webhook"])
async def test_from_a_question_over_a_bad_rating_to_the_end(program, api, zhang, li, head, mode):
    async with open_bot(program, api, mode):
        await head.send("/start")
        number = await escalated(zhang)
        await taken(li, number)
        await zhang.expect("已受理，预计")
        await completed(program, li, zhang, number)
        await extended(li)
        await zhang.expect("延长3个工作日")
        await reviewed(program, li, head, number, "目前没有这项报名。")
        await zhang.expect("目前没有这项报名")
        await not_satisfied(zhang)
        await li.send(f"/case {number}")
        await li.press(
            "领办", message_id=(await li.expect("对方的意见：没说什么时候有")).message_id
        )
        await li.expect("已领办")
        await reviewed(program, li, head, number, "明年三月再看公告。")
        await zhang.expect("明年三月再看公告")
        await li.send(f"/case {number}")
        await li.press("办结", message_id=(await li.expect("已答复")).message_id)
        await li.expect("已办结")
        await zhang.expect("这件事已办结")
    assert program.services.desk.queue.verify() == ()


async def test_of_two_clerks_who_claim_at_once_one_wins(program, api, bureau, li, wang):
    number = bureau.register()
    bureau.desk.work.accept(number, by=bureau.actor("赵六"), department="办公室")
    async with open_bot(program, api, "polling"):
        for one in (li, wang):
            await one.send(f"/case {number}")
            await one.expect("已受理")
        await li.press("领办")
        await wang.press("领办")
        outcomes = [await one.expect("已领办|刚刚做了“领办”") for one in (li, wang)]
    won = ["已领办" in one.shown for one in outcomes]
    assert sorted(won) == [False, True]
    loser, winner = outcomes[won.index(False)], ("李四", "王五")[won.index(True)]
    assert f"承办：办公室 {winner}" in loser.shown


async def test_staff_commands_do_not_exist_for_citizens(program, api, bureau, zhang, li):
    await li.send("/start")  # there is a chat before there is a menu for it
    async with open_bot(program, api, "polling", menus=partial(staff_menus, program)):
        await zhang.send("/queue")
        await zhang.expect(common.UNKNOWN_COMMAND)
        await li.expect("您好")
        await api.until(lambda: len(api.called("setMyCommands")) == 4)
    scopes = [call.params.get("scope") for call in api.called("setMyCommands")]
    public, *own = scopes
    assert public is None or "chat_id" not in public
    assert "2001" in str(own)


async def test_who_is_hired_or_dismissed_meanwhile_has_the_menu_that_fits(program, api, bureau):
    def menu_of(account):
        shown = [m for scope, m in api.state.menus.items() if account in scope]
        return [one["command"] for one in shown[0]] if shown else []

    people = program.services.desk.people
    async with open_bot(program, api, "polling", menus=partial(staff_menus, program)) as mailroom:
        await api.until(lambda: "queue" in menu_of("2001"))
        await mailroom.run(bureau.employ, "孙七", "2004")
        await api.until(lambda: "queue" in menu_of("2004"))
        await mailroom.run(people.change, replace(people.named("孙七"), role=Role.SUPERVISOR))
        await api.until(lambda: "metrics" in menu_of("2004"))
        await mailroom.run(people.change, replace(people.named("孙七"), telegram=None))
        await api.until(lambda: not menu_of("2004"))
    assert len(api.called("setMyCommands")) == 6  # nobody's menu is shown twice


async def test_a_menu_that_telegram_refuses_is_shown_later(program, api, bureau):
    api.fault("setMyCommands", "400", times=4)
    async with open_bot(program, api, "polling", menus=partial(staff_menus, program)):
        await api.until(lambda: len(api.state.menus) == 3)


async def test_reminders_reach_officer_and_supervisor_once(program, api, bureau, clock, li, head):
    number = bureau.register()
    bureau.desk.work.accept(number, by=bureau.actor("李四"))
    bureau.desk.work.claim(number, by=bureau.actor("李四"))
    for one in (li, head):
        await one.send("/start")
    clock.pass_by(days=7)
    async with open_bot(program, api, "polling") as mailroom:
        for _ in range(3):
            await attend(mailroom, Duties.of(program))
        for one in (li, head):
            await one.expect(f"今天到期：{number}")
        await all_delivered(program)
    for one in (li, head):
        assert len([m for m in one.messages if "今天到期" in m.shown]) == 1


async def test_a_request_that_is_refused_is_read_by_a_second_person(
    program, api, bureau, zhang, li, head
):
    await zhang.send("/start")
    await head.send("/start")
    number = bureau.register("某某项目的批复", kind=Kind.DISCLOSURE)
    async with open_bot(program, api, "polling"):
        await taken_request(li, number)
        await li.press("答复")
        await li.expect("写答复内容")
        await li.send("涉及国家秘密，不予公开。")
        await li.expect("先选答复结果")
        for label, then in (
            ("选答复结果", "哪一类"),
            ("不予公开", "哪一种"),
            ("属于国家秘密", "以上是对方会看到的内容"),
            ("送审", "已送审"),
        ):
            await li.press(label)
            await li.expect(then)
        await head.send(f"/case {number}")
        await head.expect("涉及国家秘密")
        await head.press("审核通过并发出")
        await zhang.expect("先在收到之日起60日内申请行政复议")


async def test_a_case_has_a_topic_in_the_staff_group(program, api, bureau, zhang, li):
    group = api.group(-1001, "办件群", forum=True)
    seat = li.at(group)
    await li.send("/start")
    duties = replace(Duties.of(program), group=-1001)
    async with open_bot(program, api, "polling") as mailroom:
        await attend(mailroom, duties)
        number = await escalated(zhang)
        await attend(mailroom, duties)
        post = await seat.expect("群众 登记")
        await all_delivered(program)
        await seat.send("我先问问外事处", reply_to=post)
        await seat.expect("备注已记下")
        await taken(li, number)
        await attend(mailroom, duties)
        claimed = await seat.expect("李四 领办")
    assert group.chat.topics == {post.thread: f"{number} 火星移民怎么报名"}
    assert claimed.thread == post.thread
    assert "火星移民怎么报名" in "".join(m.text for m in seat.messages)
    page = bureau.desk.queue.page(number, by=bureau.actor("李四"))
    assert [one.body for one in page.texts] == ["我先问问外事处"]


async def test_what_is_confidential_has_no_topic(program, api, bureau, li):
    api.group(-1001, "办件群", forum=True)
    duties = replace(Duties.of(program), group=-1001)
    async with open_bot(program, api, "polling") as mailroom:
        await attend(mailroom, duties)
        number = bureau.register("举报某某单位")
        bureau.desk.replies.set_confidential(number, by=bureau.actor("赵六"))
        await attend(mailroom, duties)
        await all_delivered(program)
    assert api.called("createForumTopic") == []


async def taken_request(clerk, number):
    await clerk.send(f"/case {number}")
    await clerk.expect("依申请公开")
    await clerk.press("受理")
    await clerk.expect("已受理，对方")
    await clerk.press("领办")
    await clerk.expect("已领办")

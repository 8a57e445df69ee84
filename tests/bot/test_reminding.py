"""What happens because time passes: once, in working hours, to whom it concerns."""

import asyncio
import logging
from datetime import UTC, date, datetime

import pytest

from bot.mailroom import AsyncMailroom
from bot.reminding import Duties, attend, reminding
from handlers.staff import texts
from petitions import Action, Channel, Kind, Rating, Record, Role, citizen
from tests.staffing import Bureau

ME = citizen("telegram:1001")


@pytest.fixture
def duties(program):
    return Duties.of(program)


@pytest.fixture
def bureau(program, clock):
    return Bureau(program=program, clock=clock)


@pytest.fixture
def li(bureau):
    return bureau.employ("李四", "2001")


@pytest.fixture
def head(bureau):
    return bureau.employ("赵六", "2003", Role.SUPERVISOR)


@pytest.fixture
def zhang(bureau):
    return bureau.account("1001")


@pytest.fixture
def taken(bureau, li, head):
    """A case that 李四 works on."""
    number = bureau.register()
    bureau.desk.work.accept(number, by=bureau.actor("李四"))
    bureau.desk.work.claim(number, by=bureau.actor("李四"))
    return number


@pytest.fixture
def replied(bureau, taken):
    bureau.desk.replies.reply(taken, by=bureau.actor("李四"), text="叫小明。")
    return taken


def test_the_officer_is_reminded_once_and_the_supervisor_on_the_day(duties, taken, li, head, clock):
    duties.remind()
    duties.remind()
    assert [one.split("\n")[0] for one in li.told] == [
        f"还剩5个工作日：{taken} 公园的猴子叫什么名字"
    ]
    assert head.told == []
    clock.pass_by(days=7)
    duties.remind()
    duties.remind()
    assert [one.split("：")[0] for one in li.told] == ["还剩5个工作日", "今天到期"]
    assert [one.split("：")[0] for one in head.told] == ["今天到期"]


def test_what_is_overdue_comes_back_every_working_day(duties, taken, head, clock):
    for _ in range(14):
        clock.pass_by(days=1)
        duties.remind()
    late = [one.split("：")[0] for one in head.told if "超期" in one]
    assert late == [f"已超期{n}个工作日" for n in (1, 2, 3, 4, 5)]


@pytest.mark.parametrize("hours", [-4, 5, 24 * 4])  # eight o'clock, five, a Saturday
def test_out_of_hours_nobody_is_reminded(duties, taken, li, clock, hours):
    clock.pass_by(hours=hours)
    duties.remind()
    assert li.told == []


def test_a_reminder_opens_the_case(duties, taken, li):
    duties.remind()
    ref = li.shown(taken)
    assert "叫小明。" in li.answers_message("叫小明。", ref).text


def test_who_is_not_on_telegram_is_left_to_the_desk(duties, bureau, taken, program):
    people = bureau.desk.people
    people.disable("赵六")
    people.add("孙七", role=Role.SUPERVISOR, department="办公室", at=bureau.clock())
    bureau.clock.pass_by(days=7)
    assert duties.remind() == 1


def test_a_rating_is_asked_for_once_after_three_days(duties, replied, zhang, clock):
    duties.ask_ratings()
    clock.pass_by(days=3, minutes=1)
    for _ in range(3):
        duties.ask_ratings()
        clock.pass_by(days=1)
    asked = [one for one in zhang.told if "办得怎么样" in one]
    assert len(asked) == 1
    assert "2026年11月24日已经答复您" in asked[0]


def test_who_has_rated_is_not_asked(duties, replied, bureau, zhang, clock):
    bureau.desk.rate(replied, by=ME, rating=Rating.SATISFIED)
    clock.pass_by(days=4)
    assert duties.ask_ratings() == 0


def test_after_another_reply_the_rating_is_asked_for_again(duties, replied, bureau, clock):
    bureau.desk.reopen(replied, by=ME, reason="没有答到")
    bureau.desk.work.claim(replied, by=bureau.actor("李四"))
    bureau.desk.replies.reply(replied, by=bureau.actor("李四"), text="叫小红。")
    clock.pass_by(days=3, minutes=1)
    assert duties.ask_ratings() == 1


def test_what_ran_out_is_closed(duties, replied, bureau, clock):
    clock.pass_by(days=16)
    assert duties.run_out() == 1
    assert bureau.desk.status(replied, person="telegram:1001").state == "closed"


def test_what_happened_before_the_first_time_is_no_news(duties, taken, li, head):
    assert duties.tell_news() == 0
    assert li.told == head.told == []


def test_staff_are_told_once_of_what_concerns_them(duties, taken, bureau, li, head):
    duties.tell_news()
    desk = bureau.desk
    desk.replies.submit(taken, by=bureau.actor("李四"), text="不知道。")
    duties.tell_news()
    desk.replies.send_back(taken, by=bureau.actor("赵六"), comment="请查清楚")
    desk.replies.urge(taken, by=bureau.actor("赵六"), note="今天办完")
    duties.tell_news()
    duties.tell_news()
    assert [one.split("：")[0] for one in head.told] == [texts.NEWS[Action.SUBMIT]]
    assert [one.split("：")[0] for one in li.told] == [texts.NEWS[Action.RETURN], "督办"]
    assert li.told[0].endswith("请查清楚")


def test_the_officer_is_told_of_a_supplement_and_the_department_of_a_route(
    duties, taken, bureau, li, head
):
    duties.tell_news()
    other = bureau.employ("孙七", "2009", department="动物科")
    desk = bureau.desk
    desk.work.request_supplement(taken, by=bureau.actor("李四"), items="哪个公园")
    desk.supplement(taken, by=ME, text="中山公园")
    duties.tell_news()
    assert texts.NEWS[Action.RECEIVE_SUPPLEMENT] in li.told[-1]
    desk.work.route(taken, by=bureau.actor("李四"), lead="动物科")
    duties.tell_news()
    assert texts.NEWS[Action.ROUTE] in other.told[-1]
    assert len(li.told) == 1


def test_of_a_confidential_case_no_title_is_told(duties, taken, bureau, head):
    duties.tell_news()
    bureau.desk.replies.set_confidential(taken, by=bureau.actor("李四"))
    bureau.desk.replies.submit(taken, by=bureau.actor("李四"), text="不知道。")
    duties.tell_news()
    assert "猴子" not in head.told[-1]


def test_admins_are_asked_for_the_calendar_once_a_week(duties, bureau, clock):
    admin = bureau.employ("周八", "2008", Role.ADMIN)
    clock.now = datetime(2026, 11, 2, 2, 0, tzinfo=UTC)
    year = bureau.desk.calendar.missing_years(date(2026, 11, 2))
    for _ in range(10):
        duties.ask_for_calendar()
        clock.pass_by(days=1)
    assert year == (2027,)
    assert [one[:11] for one in admin.told] == ["还没有2027年的放假"] * 2


async def test_a_duty_that_fails_does_not_keep_the_others(
    duties, program, taken, li, caplog, monkeypatch
):
    def broken():
        raise RuntimeError("broken")

    monkeypatch.setattr(program.services.desk, "run_out", broken)
    mailroom = AsyncMailroom(program.mailroom)
    with caplog.at_level(logging.ERROR):
        await attend(mailroom, duties)
    mailroom.close()
    assert "定时办理出错：RuntimeError" in caplog.text
    assert len(li.told) == 1


async def test_while_serving_duties_are_attended_to_and_delivery_is_woken(
    duties, program, taken, li
):
    mailroom = AsyncMailroom(program.mailroom)
    async with reminding(mailroom, duties):
        await asyncio.wait_for(mailroom.outgoing.wait(), 5)
    mailroom.close()
    assert len(li.told) == 1


def test_an_import_of_past_years_alarms_nobody(duties, bureau, li, head, clock):
    duties.tell_news()
    past = Record(
        kind=Kind.LETTER,
        channel=Channel.LETTER,
        title="去年的信",
        content="去年的信",
        received_at=date(2025, 3, 3),
        accepted_at=date(2025, 3, 4),
        department="办公室",
        replied_at=date(2025, 3, 20),
        closed_at=date(2025, 3, 21),
    )
    bureau.desk.archive.load([past], by=bureau.actor("赵六"))
    duties.tell_news()
    assert li.told == head.told == []

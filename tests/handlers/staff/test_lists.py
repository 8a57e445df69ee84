"""What staff see of their work, and who counts as staff."""

import pytest

from handlers import texts as common
from handlers.respond import menu
from handlers.staff import texts
from petitions import Channel, Kind, Role
from tests.conftest import Citizen

COMMANDS = ["/queue", "/case 2026-000001-1", "/duty", "/metrics"]


@pytest.mark.parametrize("command", COMMANDS)
def test_for_a_citizen_there_is_no_such_command(zhang, command):
    assert zhang.says(command).text == common.UNKNOWN_COMMAND


@pytest.mark.parametrize("channel", [Channel.WEB, Channel.TERMINAL])
def test_an_account_elsewhere_with_the_same_number_is_nobody(program, clock, li, channel):
    other = Citizen(program=program, clock=clock, name=li.name, channel=channel)
    assert other.says("/queue").text == common.UNKNOWN_COMMAND


def test_who_left_is_staff_no_more(li, desk):
    desk.people.disable("李四")
    assert li.says("/queue").text == common.UNKNOWN_COMMAND


def test_metrics_are_for_supervisors(li, head):
    assert li.says("/metrics").text == common.UNKNOWN_COMMAND
    assert "办复率：—" in head.says("/metrics").text


def test_menus_name_what_each_may_use():
    public = {name for name, _ in menu(None)}
    assert public.isdisjoint({"queue", "case", "duty", "metrics"})
    assert {name for name, _ in menu(Role.STAFF)} == public | {"queue", "case", "duty"}
    assert {name for name, _ in menu(Role.SUPERVISOR)} == public | {
        "queue",
        "case",
        "duty",
        "metrics",
    }


def test_help_names_staff_commands_to_staff_only(li, zhang):
    assert "/queue" in li.says("/help").text
    assert "/queue" not in zhang.says("/help").text


def test_in_a_group_nothing_of_a_case_is_said(program, clock, li, number):
    seat = Citizen(
        program=program, clock=clock, name=li.name, channel=Channel.TELEGRAM, chat="-100"
    )
    assert seat.says("/queue").text == common.PLEASE_PRIVATELY


def test_the_queue_is_empty_at_first(li):
    assert li.says("/queue").text == texts.NOTHING_TO_DO


def test_the_queue_shows_what_waits_and_what_is_mine(li, desk, register):
    first, second = register("第一件事怎么办"), register("第二件事怎么办")
    li.opens(first)
    li.presses("受理")
    li.presses("领办")
    shown = li.says("/queue").text
    assert shown.index("我在办（1）") < shown.index(first) < shown.index("待受理（1）")
    assert second in shown


def test_the_queue_says_how_long_is_left(li, register, clock):
    number = register(kind=Kind.CONSULTATION)  # 5 working days
    assert f"还剩5个工作日 · {number}" in li.says("/queue").text
    clock.pass_by(days=7)
    assert "今天到期" in li.says("/queue").text
    clock.pass_by(days=1)
    assert "已超期1个工作日" in li.says("/queue").text


def test_what_is_due_first_comes_first(li, register):
    later = register("诉求慢慢来", kind=Kind.APPEAL)
    sooner = register("咨询要快一点")
    shown = li.says("/queue").text
    assert shown.index(sooner) < shown.index(later)


def test_a_long_list_is_leafed_through_in_place(li, register):
    numbers = [register(f"第{n}件事怎么办") for n in range(14)]
    assert numbers[4] not in li.says("/queue").text
    second = li.presses("更多 待受理")
    assert second.in_place
    assert numbers[4] in second.text
    assert numbers[12] in li.presses("更多 待受理").text


def test_a_supervisor_sees_what_is_late_and_what_is_to_review(head, register, clock):
    register()
    clock.pass_by(days=30)
    assert head.says("/queue").text.startswith("已超期（1）")


def test_a_wrong_number_is_explained(li):
    assert "编号" in li.says("/case 2026-000123-0").text
    assert li.says("/case").text == texts.HOW_TO_OPEN


def test_signing_in_for_duty_counts_within_the_window(li, clock):
    assert "12:00签到" in li.says("/duty").text
    assert "不计入值守率" in li.last.text
    clock.pass_by(hours=21)  # nine o'clock the next morning
    assert "09:00签到。辛苦了" in li.says("/duty").text


def test_the_figures_of_the_month_are_shown(head, li, number):
    li.opens(number)
    li.presses("受理")
    shown = head.says("/metrics").text
    assert "收到：1" in shown
    assert "办复率：0.0%" in shown
    assert "办公室：收到 1" in shown

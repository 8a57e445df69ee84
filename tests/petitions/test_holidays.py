"""Reading and checking a year's holidays."""

from dataclasses import replace
from datetime import date

import pytest

from petitions import BadCalendar, Holiday, Mark, read_year
from petitions.holidays import check_year
from tests.petitions.announced import LINES, YEAR_2027


def problems(call, *args):
    with pytest.raises(BadCalendar) as raised:
        call(*args)
    return [(one.line, one.text) for one in raised.value.problems]


def with_day(text):
    return [
        *YEAR_2027,
        Holiday(date=date.fromisoformat(text), mark=Mark.WORK, name="春节", line=99),
    ]


def test_a_year_is_read_in_chinese_or_english_with_the_usual_ways_to_write_a_date():
    assert YEAR_2027[3] == Holiday(date=date(2027, 2, 5), mark=Mark.REST, name="春节", line=5)
    english = [
        "\ufeffname,day,date\n",
        "元旦,rest,2027-01-01\n",
        "\n",
        ",,\n",
        "春节,WORK,2027.1.31\n",
    ]
    assert [(one.mark, one.line) for one in read_year(2027, english)] == [
        (Mark.REST, 2),
        (Mark.WORK, 5),
    ]


def test_the_year_as_announced_has_no_mistakes():
    check_year(2027, YEAR_2027)


def test_all_bad_rows_are_named_at_once():
    lines = ["date,day,name", "2027-02-30,休,春节", "2027-01-01,休假,", "2027-01-02,休,元旦", "x"]
    assert problems(read_year, 2027, lines) == [
        (2, "“2027-02-30”不是日期，应写成 2027-01-01"),
        (3, "“休假”应写成 休 或 班；没有写节日名称"),
        (5, "“x”不是日期，应写成 2027-01-01；“”应写成 休 或 班；没有写节日名称"),
    ]


@pytest.mark.parametrize("header", ["", "date,day", "date,day,name,note", "date,date,name"])
def test_other_columns_are_refused(header):
    assert problems(read_year, 2027, [header, *LINES[1:]]) == [
        (1, "表头应当是 date,day,name（日期,休班,名称）")
    ]


@pytest.mark.parametrize(
    ("holidays", "text"),
    [
        (with_day("2028-02-19"), "2028-02-19 不在2027年"),
        (with_day("2027-01-31"), "2027-01-31 写了两次"),
        (with_day("2027-02-22"), "2027-02-22 不是周末，本来就上班，不能写成调休上班"),
    ],
)
def test_a_wrong_day_is_named_with_its_line(holidays, text):
    assert problems(check_year, 2027, holidays) == [(99, text)]


def test_a_day_that_is_rest_and_work_at_once_is_named():
    both = replace(YEAR_2027[1], mark=Mark.WORK, line=40)
    assert problems(check_year, 2027, [*YEAR_2027, both]) == [(40, "2027-01-02 写了两次")]


def test_a_year_of_which_a_part_is_missing_is_refused():
    january = [one for one in YEAR_2027 if one.name not in ("国庆节", "端午节")]
    assert problems(check_year, 2027, january) == [
        (0, "缺少10月1日，这一天是法定休息日"),
        (0, "缺少10月2日，这一天是法定休息日"),
        (0, "缺少10月3日，这一天是法定休息日"),
        (0, "缺少端午的休息日（两个节日连在一起的，名称里两个都写）"),
        (0, "缺少国庆的休息日（两个节日连在一起的，名称里两个都写）"),
    ]


def test_the_message_lists_every_problem():
    with pytest.raises(BadCalendar) as raised:
        read_year(2027, ["date,day,name", "x,休,元旦"])
    assert str(raised.value) == (
        "2027年的放假安排有问题，没有载入。\n第2行：“x”不是日期，应写成 2027-01-01"
    )

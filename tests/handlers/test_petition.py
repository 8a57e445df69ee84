"""From 转人工 to a case, and asking where it stands."""

import re

import pytest

from handlers import texts
from petitions import parse_number

UNKNOWN = "公园的猴子叫什么名字"


def register(citizen, text=UNKNOWN):
    """Number and code of a new case."""
    citizen.says(text)
    receipt = citizen.presses(texts.TO_STAFF).text
    numbers = re.findall(r"(?:编号|查询码)：(\S+)", receipt)
    return numbers[0], numbers[1]


def cases(program):
    return list(program.db.query("SELECT * FROM cases"))


def test_to_staff_registers_the_question_with_number_and_code(citizen, program):
    number, code = register(citizen)
    assert re.fullmatch(r"2026-\d{6}-\d", number)
    assert re.fullmatch(r"[0-9A-Z]{4}-[0-9A-Z]{4}", code)
    assert [case["text"] for case in cases(program)] == [UNKNOWN]


def test_a_consultation_is_due_in_five_working_days(citizen):
    citizen.says(UNKNOWN)
    assert "预计答复：2026年12月1日前" in citizen.presses(texts.TO_STAFF).text


def test_an_appeal_is_due_in_fifteen_working_days(citizen):
    citizen.says("我要投诉楼下烧烤店扰民")
    assert "预计答复：2026年12月15日前" in citizen.presses(texts.TO_STAFF).text


def test_pressing_twice_registers_once(citizen, program):
    citizen.says(UNKNOWN)
    button = citizen.button(texts.TO_STAFF).action
    citizen.presses_action(button)
    assert "已经登记过了" in citizen.presses_action(button).text
    assert len(cases(program)) == 1


def test_the_code_is_kept_hashed_and_nowhere_else(citizen, program):
    number, code = register(citizen)
    citizen.says(f"查 {number} {code}")
    citizen.says("谢谢")
    program.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert code.encode() not in program.settings.database.read_bytes()


@pytest.mark.parametrize(
    "asked",
    [
        *("查 {}", "/status {}", "查询{}", "{}", "查编号\uff1a{}", "编号: {}"),
        *("我{}这件事怎么还没答复？", "麻烦看看编号是{}的，谢谢"),
    ],
)
def test_the_owner_sees_the_case_without_a_code(citizen, asked):
    number, _ = register(citizen)
    assert UNKNOWN in citizen.says(asked.format(number)).text


def test_somebody_else_needs_the_code(citizen, person):
    number, code = register(citizen)
    other = person("2002")
    assert other.says(f"查 {number}").text == texts.NEED_CODE
    assert UNKNOWN in other.says(code).text


def test_number_and_code_in_one_line_are_enough(citizen, person):
    number, code = register(citizen)
    assert UNKNOWN in person("2002").says(f"查 {number} {code.lower()}").text


def test_full_width_signs_are_read_like_others(citizen, person):
    number, code = register(citizen)
    wide = {ord(char): ord(char) + 0xFEE0 for char in number + code}
    said = f"查 {number}\uff0c查询码\uff1a{code}".translate(wide)
    assert UNKNOWN in person("2002").says(said).text


def test_a_number_in_what_staff_are_told_is_a_part_of_it(citizen, program):
    number, _ = register(citizen)
    citizen.says("转人工")
    citizen.says(f"上次的{number}没有解决，路灯还是不亮")
    texts_of_cases = [row["text"] for row in program.db.query("SELECT text FROM cases")]
    assert f"上次的{number}没有解决，路灯还是不亮" in texts_of_cases


def test_the_example_number_is_a_right_one():
    numbers = re.findall(r"\d{4}-\d{6}-\d", texts.STATUS_HOW)
    assert [parse_number(number) for number in numbers] == numbers != []


def test_a_wrong_code_says_no_more_than_an_absent_number(citizen, person):
    number, _ = register(citizen)
    other = person("2002")
    absent = "2026-999999-" + next(
        d for d in "0123456789" if other.says(f"查 2026-999999-{d}").text == texts.NEED_CODE
    )
    assert other.says("AAAA-AAAA").text == texts.NOT_YOURS
    other.says(f"查 {number}")
    assert other.says("AAAA-AAAA").text == texts.NOT_YOURS
    assert absent


def test_guessing_codes_is_stopped(citizen, person):
    number, code = register(citizen)
    other = person("2002")
    for _ in range(5):
        other.says(f"查 {number} AAAA-AAAA")
    assert "试错的次数太多了" in other.says(f"查 {number} {code}").text


def test_a_mistyped_number_is_noticed(citizen):
    number, _ = register(citizen)
    wrong = number[:-1] + str((int(number[-1]) + 1) % 10)
    assert citizen.says(f"查 {wrong}").text == texts.WRONG_NUMBER


def test_one_s_own_cases_are_listed(citizen):
    number, _ = register(citizen)
    assert number in citizen.says("/status").text


def test_asking_for_staff_takes_the_last_question_along(citizen, program):
    citizen.says(UNKNOWN)
    citizen.says("转人工")
    assert [case["text"] for case in cases(program)] == [UNKNOWN]


def test_asking_for_staff_first_asks_what_it_is_about(citizen, program):
    assert citizen.says("转人工").text == texts.ASK_FOR_STAFF
    citizen.says("我家门口的路灯坏了")
    assert [case["text"] for case in cases(program)] == ["我家门口的路灯坏了"]


def test_a_form_can_be_left(citizen, program):
    citizen.says("转人工")
    assert citizen.says("取消").text == texts.CANCELLED
    assert citizen.says("/cancel").text == texts.NOTHING_TO_CANCEL
    assert cases(program) == []


def test_nothing_personal_is_said_in_a_group(person, citizen):
    number, _ = register(citizen)
    same_person = person(chat="-100")
    for said in (f"查 {number}", "/status", "转人工"):
        assert same_person.says(said).text == texts.PLEASE_PRIVATELY


def test_the_due_date_is_provisional_when_next_year_s_holidays_are_unknown(citizen, clock):
    clock.pass_by(days=35)
    citizen.says(UNKNOWN)
    assert "节假日安排公布后可能调整" in citizen.presses(texts.TO_STAFF).text

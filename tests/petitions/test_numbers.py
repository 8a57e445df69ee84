"""Receipt numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from petitions import WrongCheckDigit, WrongNumber, parse_number
from petitions.numbers import check_digit, make_number

NUMBERS = st.builds(make_number, st.integers(2000, 2999), st.integers(1, 9_999_999))


def test_the_check_digit_agrees_with_the_published_example():
    assert check_digit("572") == 4
    assert check_digit("5724") == 0


def test_a_number_shows_year_serial_and_check_digit():
    assert make_number(2026, 123) == "2026-000123-8"


def test_a_serial_may_outgrow_six_digits():
    assert parse_number(make_number(2026, 1_000_000)) == "2026-1000000-9"


@pytest.mark.parametrize(
    "written",
    [
        "2026-000123-8",
        "20260001238",
        " 2026 000123 8 ",
        "２０２６－０００１２３－８",
        "2026—000123—8",
        "2026–000123−8",
        "编号：2026-000123-8",
        "「编号」２０２６－０００１２３－８。",
        "受理号 2026_000123_8",
        "No.2026-000123-8",
        "2026-000123\u200b-8",
    ],
)
def test_a_number_is_read_however_it_is_written(written):
    assert parse_number(written) == "2026-000123-8"


@pytest.mark.parametrize(
    "written",
    ["", "编号", "2026", "2026-123-8", "2026-0001238-1-2", "二〇二六", "0" * 2000, "٢٠٢٦-000123-8"],
)
def test_what_is_no_number_is_called_that(written):
    with pytest.raises(WrongNumber) as raised:
        parse_number(written)
    assert not isinstance(raised.value, WrongCheckDigit)


@given(number=NUMBERS)
def test_every_number_is_read_back(number):
    assert parse_number(number) == number


@given(number=NUMBERS, data=st.data())
def test_every_single_wrong_digit_is_noticed(number, data):
    places = [at for at, char in enumerate(number) if char.isdigit()]
    at = data.draw(st.sampled_from(places))
    wrong = data.draw(st.sampled_from([digit for digit in "0123456789" if digit != number[at]]))
    with pytest.raises(WrongNumber):
        parse_number(number[:at] + wrong + number[at + 1 :])


@given(number=NUMBERS, data=st.data())
def test_every_swap_of_neighbours_is_noticed(number, data):
    digits = number.replace("-", "")
    at = data.draw(st.integers(0, len(digits) - 2))
    swapped = digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]
    if swapped != digits:
        with pytest.raises(WrongNumber):
            parse_number(swapped)


def test_a_wrong_digit_is_explained_as_one():
    with pytest.raises(WrongCheckDigit, match="输错了一位"):
        parse_number("2026-000124-8")


@given(text=st.text())
def test_any_text_is_a_number_or_is_not(text):
    try:
        number = parse_number(text)
    except WrongNumber:
        return
    assert parse_number(number) == number

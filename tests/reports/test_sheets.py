"""Excel files hold what they were given, whatever it looks like."""

from datetime import date
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from reports.sheets import write_sheet


def read(*values):
    book = load_workbook(BytesIO(write_sheet("表", ["甲"], [values], [10])))
    return next(iter(book["表"].iter_rows(min_row=2)))


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "=cmd|' /C calc'!A0"])
def test_no_text_is_a_formula(text):
    (cell,) = read(text)
    assert (cell.value, cell.data_type) == (text, "s")
    assert cell.quotePrefix


@settings(deadline=None, max_examples=40)  # a file each
@given(st.text(min_size=1, max_size=100))
def test_any_text_comes_back_but_for_what_files_cannot_hold(text):
    (cell,) = read(text)
    kept = "".join(char for char in text if char >= " " or char in "\t\n\r")
    if kept.strip() and "\r" not in kept and not set(kept) & {"\ufffe", "\uffff"}:
        assert cell.value == kept
    assert cell.data_type != "f"


def test_dates_and_numbers_stay_what_they_are():
    day, nothing, number = read(date(2026, 11, 24), None, 7)
    assert day.value.date() == date(2026, 11, 24)
    assert (number.value, nothing.value) == (7, None)


def test_a_text_too_long_for_a_cell_is_cut():
    (cell,) = read("长" * 40_000)
    assert len(cell.value) == 32_767

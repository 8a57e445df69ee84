"""What the starter knowledge promises of whole topics."""

import re

import pytest

from bot.services import read_starter

STARTER = read_starter()
ELSEWHERE = [entry for entry in STARTER if entry.topic == "不归本机关管的事"]
FIGURES = [entry for entry in STARTER if entry.topic == "2017年公开工作数据"]
HOTLINE = re.compile(r"(?<!\d)(?:1[12]\d|12\d{3}|9\d{4})(?!\d)")
BODY = re.compile(r"部门|机关|机构|派出所|登记处|街道办事处|教育局|统计局")


@pytest.mark.parametrize("entry", ELSEWHERE, ids=lambda entry: entry.id)
def test_what_is_not_ours_says_where_to_turn(entry):
    assert HOTLINE.search(entry.answer) or BODY.search(entry.answer)


@pytest.mark.parametrize("entry", FIGURES, ids=lambda entry: entry.id)
def test_a_figure_is_told_with_its_year(entry):
    assert re.search(r"201[78]年", entry.question)
    assert "2017年" in entry.answer


def test_no_two_entries_share_an_id():
    ids = [entry.id for entry in STARTER]
    assert len(ids) == len(set(ids))

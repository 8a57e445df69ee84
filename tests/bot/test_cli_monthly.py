"""report monthly: the same numbers as `metrics --by department`."""

import json
from io import BytesIO

import pytest
from docx import Document

from tests.bot.test_cli_cases import HEADINGS, file, run

__all__ = ["file", "run"]

ROWS = (
    "2026-1,诉求,电话,路灯,路灯坏了,,2026-03-02,2026-03-02,能源处,主办,2026-03-05,2026-03-06,,是,满意,",
    "2026-2,咨询,现场,备案,怎么备案,,2026-03-02,2026-03-02,投资处,主办,2026-03-30,,,是,,",
    "2026-3,咨询,网络,备案,要多久,,2026-03-03,2026-03-03,投资处,主办,,,,是,,",
)


@pytest.fixture
def imported(run, file):
    run("petitions", "import", file("in.csv", HEADINGS, *ROWS))
    return run


@pytest.mark.parametrize("more", [(), ("--as-of", "2026-03-20")])
def test_the_assessment_has_the_numbers_of_the_figures(imported, tmp_path, more):
    out = tmp_path / "monthly.json"
    assert "2 个处室" in imported("report", "monthly", "--month", "2026-03", "--out", out, *more)
    period = ("--from", "2026-03-01", "--to", "2026-03-31", "--by", "department", "--json", *more)
    rows = {row["group"]: row for row in json.loads(imported("metrics", *period))}
    found = json.loads(out.read_text())["departments"]
    assert {one["group"] for one in found} == set(rows) == {"能源处", "投资处"}
    for one in found:
        assert {name: one[name] for name in rows[one["group"]]} == rows[one["group"]]


@pytest.mark.parametrize(
    ("name", "more"),
    [("a.docx", ()), ("a.html", ()), ("a.json", ()), ("a", ()), ("a.json", ("--format", "docx"))],
)
def test_the_format_follows_the_option_then_the_name(imported, tmp_path, name, more):
    imported("report", "monthly", "--month", "2026-03", "--out", tmp_path / name, *more)
    body = (tmp_path / name).read_bytes()
    if name == "a.html":
        assert body.startswith(b"<!DOCTYPE html>")
    elif name == "a.json" and not more:
        assert json.loads(body)["month"] == "2026-03"
    else:
        assert len(Document(BytesIO(body)).tables) == 2


def test_a_month_is_written_as_one(imported, tmp_path):
    said = imported("report", "monthly", "--month", "3月", "--out", tmp_path / "a.docx", code=2)
    assert "%Y-%m" in said

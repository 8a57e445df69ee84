"""The monthly assessment: the same numbers as everywhere, ranked, with what was late."""

import json
from datetime import date
from io import BytesIO

import pytest
from docx import Document

from reports import By, metrics
from reports.monthly import Format, assess, month_of
from reports.monthly_files import NO_LATE, paper_of, write_monthly
from tests.reports.test_metrics import MARCH, figure, local, office

CASES = (
    figure(number="a", first_replied_at=local(3, 5), rating="satisfied"),
    figure(number="b", first_replied_at=local(3, 11)),  # two working days late
    figure(number="c", department="价格处", first_replied_at=local(3, 5)),
    figure(number="d", department="能源处"),
    figure(number="e", department="法规处", due="2026-05-09"),
    figure(number="f", department=""),
)


def found(*figures):
    return assess(figures or CASES, MARCH, office())


def test_every_department_has_the_numbers_of_the_figures():
    rows = {row.group: row.as_json() for row in metrics(CASES, MARCH, office(), By.DEPARTMENT)}
    for one in found().as_json()["departments"]:
        rank, overdue = one.pop("rank"), one.pop("overdue")
        assert one == rows[one["group"]]
        assert len(overdue) == one["due"] - one["on_time"], rank


def test_departments_are_ranked_by_what_was_on_time():
    ranks = [(one.rank, one.metrics.group) for one in found().departments]
    assert ranks == [
        (1, "价格处"),
        (2, "投资处"),
        (3, "能源处"),
        (None, "未定处室"),
        (None, "法规处"),
    ]


def test_equals_share_a_rank():
    same = [figure(number=name, department=name) for name in ("甲处", "乙处")]
    best = figure(number="c", department="丙处", first_replied_at=local(3, 5))
    assert sorted(one.rank for one in found(best, *same).departments) == [1, 2, 2]


def test_what_was_late_is_told_with_the_working_days():
    (late,) = found().departments[1].late
    assert (late.number, late.due, late.replied, late.days) == (
        "b",
        date(2026, 3, 9),
        date(2026, 3, 11),
        2,
    )


@pytest.mark.parametrize(
    ("month", "last"), [(date(2026, 2, 1), 28), (date(2028, 2, 1), 29), (date(2026, 12, 1), 31)]
)
def test_a_month_ends_with_its_last_day(month, last):
    assert month_of(month) == (month, month.replace(day=last))


def test_the_word_file_has_the_table_the_late_cases_and_what_each_rate_means():
    document = Document(BytesIO(write_monthly(found(), Format.DOCX, office="某机关")))
    ranked, late = document.tables
    paper = paper_of(found(), office="某机关")
    assert [[cell.text for cell in row.cells] for row in ranked.rows] == [
        list(paper.headings),
        *map(list, paper.rows),
    ]
    assert ["投资处", "b", "咨询", "2026-03-09", "2026-03-11", "2"] in [
        [cell.text for cell in row.cells] for row in late.rows
    ]
    said = "\n".join(one.text for one in document.paragraphs)
    assert "某机关2026年3月政务事项办理考核" in said
    for label, meaning in paper.definitions:
        assert f"{label}：{meaning}" in said


def test_a_month_without_late_cases_says_so():
    on_time = figure(first_replied_at=local(3, 5))
    said = Document(BytesIO(write_monthly(found(on_time), Format.DOCX, office=""))).paragraphs
    assert NO_LATE in [one.text for one in said]


def test_the_page_escapes_what_it_is_given():
    odd = figure(department="<b>&处")
    page = write_monthly(found(odd), Format.HTML, office="某机关").decode()
    assert "&lt;b&gt;&amp;处" in page
    assert "<b>&处" not in page


def test_json_is_what_programs_read():
    body = json.loads(write_monthly(found(), Format.JSON, office="某机关"))
    assert (body["month"], body["total"]["received"]) == ("2026-03", 6)
    assert body["departments"][1]["overdue"][0]["number"] == "b"

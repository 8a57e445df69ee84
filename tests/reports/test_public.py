"""What is published of a year, and that files hide what the page hides."""

import csv
import json
from dataclasses import replace
from datetime import date
from io import StringIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from petitions import Kind
from reports.open_data import FIELDS, write_csv, write_json
from reports.public import ALL_KINDS, WORDS, last_published, public_year, spans_of
from reports.suppression import Hidden
from tests.reports.test_cube import cases
from tests.reports.test_metrics import MARCH, figure, local, office

YEAR = replace(MARCH, since=date(2026, 1, 1), until=date(2026, 4, 30))


def published(*figures, period=YEAR):
    return public_year(figures, (), period, office())


def many(count, **more):
    return [figure(number=f"{more}-{n}", **more) for n in range(count)]


def row(year, span, kind=ALL_KINDS):
    (found,) = [one for one in year.rows if (one.span.key, one.key) == (span, kind)]
    return found.figures


@pytest.mark.parametrize(
    ("today", "last"),
    [(date(2026, 11, 24), date(2026, 10, 31)), (date(2026, 1, 1), date(2025, 12, 31))],
)
def test_the_last_published_day_ends_the_month_before(today, last):
    assert last_published(today) == last


def test_quarters_end_with_the_last_published_day():
    spans = spans_of(2026, date(2026, 10, 31))
    assert [(one.key, one.since, one.until) for one in spans] == [
        ("2026", date(2026, 1, 1), date(2026, 10, 31)),
        ("2026-Q1", date(2026, 1, 1), date(2026, 3, 31)),
        ("2026-Q2", date(2026, 4, 1), date(2026, 6, 30)),
        ("2026-Q3", date(2026, 7, 1), date(2026, 9, 30)),
        ("2026-Q4", date(2026, 10, 1), date(2026, 10, 31)),
    ]
    assert spans[-1].label == "第四季度（截至10月31日）"
    assert spans_of(2025, date(2026, 10, 31))[-1].until == date(2025, 12, 31)


def test_large_groups_are_shown_with_what_they_are_made_of():
    replied = many(9, first_replied_at=local(3, 5))
    year = published(*replied, *many(3))
    shown = row(year, "2026-Q1", "consultation")
    assert (shown["received"].text, shown["reply_rate"].text) == ("12", "75.0%")
    assert shown["reply_rate"].parts == "9/12"


def test_a_small_group_says_only_that_it_is_small_and_no_total_gives_it_away():
    year = published(*many(40), *many(30, kind="letter"), *many(2, kind="appeal"))
    appeal = row(year, "2026", "appeal")
    assert appeal["received"].text == "少于5件"
    assert appeal["received"].value is appeal["reply_rate"].value is None
    others = [row(year, "2026", kind.value)["received"] for kind in Kind]
    shown = sum(one.value for one in others if one.value is not None)
    assert row(year, "2026")["received"].value - shown != 2


def test_few_ratings_are_not_shown_though_the_cases_are():
    rated = many(3, first_replied_at=local(3, 5), rating="satisfied")
    shown = row(published(*rated, *many(40)), "2026")
    assert (shown["received"].value, shown["satisfied"].hidden) == (43, Hidden.FEW)
    assert shown["satisfaction_rate"].value is None


@settings(max_examples=40, deadline=None)
@given(st.lists(cases(), max_size=60))
def test_no_line_of_any_count_lacks_exactly_one_number(given_cases):
    year = published(*given_cases)
    quarters = [span.key for span in year.spans[1:]]
    kinds = [kind.value for kind in Kind]
    lines = [[(span.key, one) for one in (ALL_KINDS, *kinds)] for span in year.spans]
    lines += [[("2026", kind), *((one, kind) for one in quarters)] for kind in (ALL_KINDS, *kinds)]
    for name in ("received", "needing_handling", "replied", "closed", "due", "on_time", "rated"):
        for line in lines:
            assert sum(row(year, *cell)[name].hidden is not None for cell in line) != 1


def test_files_hold_what_the_page_shows_and_hide_what_it_hides():
    year = published(*many(40), *many(30, kind="letter"), *many(2, kind="appeal"))
    rows = list(csv.reader(StringIO(write_csv([year]).decode("utf-8-sig"))))
    assert rows[0][:6] == ["期间", "起", "止", "类型", "收到", "需要办理"]
    body = json.loads(write_json([year], office="某机关", as_of=date(2026, 4, 30)))
    assert len(rows) - 1 == len(body["figures"]) == len(year.rows)
    for line, item, shown in zip(rows[1:], body["figures"], year.rows, strict=True):
        for at, name in enumerate(FIELDS, start=4):
            one = shown.figures[name]
            if one.hidden:
                assert (line[at], item[name]) == (WORDS[one.hidden], None)
                assert item["hidden"][name] == one.hidden
            else:
                assert line[at] == ("" if one.value is None else str(item[name]))


def test_a_year_without_cases_has_zeros_and_no_rates():
    year = published()
    said = {(one.figures["received"].text, one.figures["reply_rate"].text) for one in year.rows}
    assert said == {("0", "—")}

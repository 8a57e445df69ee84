"""One count of every case gives the same figures as counting for each table."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from petitions import Channel, Kind, Rating, SignIn
from reports import By, Period, metrics
from reports.columns import COLUMNS, DRILLS, Form, percent, written
from reports.cube import Cube
from reports.metrics import ALL, Behind, cases_behind
from tests.reports.test_metrics import MARCH, figure, local, office

SPAN = Period(since=date(2025, 11, 1), until=date(2026, 4, 30), as_of=MARCH.as_of, zone=MARCH.zone)
DAYS = [date(2025, 11, 3) + timedelta(days=7 * n) for n in range(25)]


@st.composite
def cases(draw):
    registered = draw(st.sampled_from(DAYS))
    due = registered + timedelta(days=draw(st.integers(1, 40)))
    replied = draw(st.none() | st.integers(0, 60))
    at = local(3, 2) if replied is None else local(3, 2) + (registered - date(2026, 3, 2))
    return figure(
        number=f"n{draw(st.integers(0, 10**9))}",
        kind=draw(st.sampled_from(list(Kind))).value,
        channel=draw(st.sampled_from(list(Channel))).value,
        department=draw(st.sampled_from(["投资处", "价格处", ""])),
        registered_on=registered.isoformat(),
        registered_at=at.isoformat(),
        due=due.isoformat(),
        first_replied_at=None
        if replied is None
        else (at + timedelta(days=replied, hours=3)).isoformat(),
        closed_at=draw(st.sampled_from([None, "2026-03-09T00:00:00+00:00"])),
        rating=draw(st.sampled_from([None, *(one.value for one in Rating)])),
        needs_handling=draw(st.integers(0, 1)),
        stopped_from=draw(st.sampled_from([None, "2026-01-05"])),
    )


DUTY = office(SignIn(date=date(2026, 3, 2), officer="张三", signed_in_at=local(3, 2, 8, 30)))


@given(st.lists(cases(), max_size=30), st.sampled_from([None, *By]))
def test_a_cube_adds_up_to_what_is_counted_directly(given_cases, by):
    cube = Cube(SPAN, DUTY, by, within=MARCH)
    cube.take_all(given_cases)
    assert cube.within(MARCH, by) == metrics(given_cases, MARCH, DUTY, by)
    assert cube.within(MARCH, None) == metrics(given_cases, MARCH, DUTY)
    assert cube.by_month(SPAN) == metrics(given_cases, SPAN, DUTY, By.MONTH)


@given(st.lists(cases(), max_size=30, unique_by=lambda one: one.number), st.sampled_from(By))
def test_the_cases_behind_a_number_are_as_many_as_it_says(given_cases, by):
    for group in metrics(given_cases, MARCH, DUTY, by):
        for drill in DRILLS.values():
            wanted = Behind(group=group.name, figure=drill.figure, without=drill.without)
            found = cases_behind(given_cases, MARCH, DUTY, by, wanted)
            assert len({one.number for one in found}) == drill.number(group), drill.name


def test_late_and_on_time_are_what_is_due():
    on_time = figure(number="a", first_replied_at=local(3, 5))
    late = figure(number="b")
    for name, number in (("on_time", "a"), ("late", "b")):
        drill = DRILLS[name]
        wanted = Behind(group=ALL, figure=drill.figure, without=drill.without)
        (found,) = cases_behind([on_time, late], MARCH, office(), None, wanted)
        assert found.number == number


@pytest.mark.parametrize(
    ("rate", "text"),
    [(None, "—"), (0.0, "0.0%"), (1.0, "100.0%"), (0.9999, "99.9%"), (0.0001, "0.1%"),
     (12 / 13, "92.3%")],
)  # fmt: skip
def test_only_all_are_a_hundred_percent_and_only_none_are_zero(rate, text):
    assert percent(rate) == text


def test_every_rate_is_written_with_what_it_is_a_share_of():
    replied = figure(first_replied_at=local(3, 5), rating="satisfied")
    (row,) = metrics([replied, figure()], MARCH, office())
    texts = {column.name: written(column, row) for column in COLUMNS if column.form is Form.RATE}
    assert texts["reply_rate"] == "50.0%（1/2）"
    assert texts["rating_rate"] == "100.0%（1/1）"
    assert texts["closing_rate"] == "0.0%（0/2）"

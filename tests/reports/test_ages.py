"""Open cases by age in working days."""

from datetime import date

import pytest

from petitions import Calendar
from reports.ages import ages
from tests.reports.test_metrics import figure

TUESDAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("registered", "band"),
    [
        ("2026-11-24", "0-5"),
        ("2026-11-17", "0-5"),
        ("2026-11-16", "6-10"),
        ("2026-11-14", "6-10"),  # a Saturday: as old as on Friday evening
        ("2026-11-10", "6-10"),
        ("2026-11-09", "11-15"),
        ("2026-11-02", "16-20"),
        ("2026-10-27", "16-20"),
        ("2026-10-26", "21-"),
        ("2026-11-25", "0-5"),  # told ahead of its day: not older than new
    ],
)
def test_a_case_is_in_the_band_of_its_working_days(registered, band):
    found = ages([figure(registered_on=registered, due="2027-01-01")], TUESDAY, Calendar())
    assert [one.name for one, numbers in found.bands if numbers] == [band]


def test_late_is_past_the_deadline_unless_the_clock_stands_still():
    late = figure(number="late", due="2026-11-23")
    stopped = figure(number="stopped", due="2026-11-23", stopped_from="2026-11-20")
    today = figure(number="today", due="2026-11-24")
    found = ages([late, stopped, today], TUESDAY, Calendar())
    assert (found.overdue, found.total) == (("late",), 3)
    assert set(found.numbers("21-")) == {"late", "stopped", "today"}
    assert found.numbers("nonsense") == ()

"""Which days are working days."""

from datetime import UTC, date, datetime

import pytest

from petitions import BadCalendar, Calendar, Day, Mark, Why
from tests.petitions.announced import YEAR_2027

NOW = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
LIBRARY = Calendar()


def load(calendar, holidays=YEAR_2027, year=2027):
    calendar.load_year(year, holidays, source="国务院办公厅通知", at=NOW)


# 国务院办公厅关于2026年部分节假日安排的通知 (2025-11-04).
@pytest.mark.parametrize(
    ("day", "counts", "why"),
    [
        ("2026-01-04", True, Why.MAKE_UP),
        ("2026-02-13", True, Why.WORKDAY),
        ("2026-02-14", True, Why.MAKE_UP),
        ("2026-02-15", False, Why.HOLIDAY),
        ("2026-02-23", False, Why.HOLIDAY),
        ("2026-02-24", True, Why.WORKDAY),
        ("2026-02-28", True, Why.MAKE_UP),
        ("2026-03-01", False, Why.WEEKEND),
        ("2026-09-20", True, Why.MAKE_UP),
        ("2026-10-07", False, Why.HOLIDAY),
        ("2026-10-10", True, Why.MAKE_UP),
        ("2018-12-29", True, Why.MAKE_UP),
    ],
)
def test_announced_days_are_as_announced(day, counts, why):
    assert LIBRARY.day(date.fromisoformat(day)) == Day(counts=counts, why=why)


@pytest.mark.parametrize(
    ("day", "counts", "why"),
    [
        ("2027-01-01", True, Why.WORKDAY),
        ("2027-01-02", False, Why.WEEKEND),
        ("2003-10-01", True, Why.WORKDAY),
    ],
)
def test_days_of_unknown_years_go_by_the_weekday_and_are_provisional(day, counts, why):
    expected = Day(counts=counts, why=why, provisional=True)
    assert LIBRARY.day(date.fromisoformat(day)) == expected


def test_a_loaded_year_is_certain(store):
    calendar = Calendar.from_store(store)
    load(calendar)
    assert calendar.day(date(2027, 1, 1)) == Day(counts=False, why=Why.HOLIDAY)
    assert calendar.day(date(2027, 1, 31)) == Day(counts=True, why=Why.MAKE_UP)
    assert calendar.day(date(2027, 3, 1)) == Day(counts=True, why=Why.WORKDAY)
    assert calendar.day(date(2028, 1, 3)).provisional


def test_a_loaded_year_is_there_after_a_restart(store):
    load(Calendar.from_store(store))
    assert Calendar.from_store(store).day(date(2027, 1, 1)).why is Why.HOLIDAY


def test_a_loaded_year_takes_the_place_of_what_the_library_says(store):
    calendar = Calendar.from_store(store)
    extended = [*_fixed(2026), _rest(2026, 2, 24)]
    load(calendar, extended, 2026)
    assert calendar.day(date(2026, 2, 24)).why is Why.HOLIDAY
    assert calendar.day(date(2026, 2, 14)).why is Why.WEEKEND


def test_a_year_may_be_loaded_again_when_the_arrangement_changes(store):
    calendar = Calendar.from_store(store)
    load(calendar)
    load(calendar, [*YEAR_2027, _rest(2027, 2, 13)])
    assert calendar.day(date(2027, 2, 13)).why is Why.HOLIDAY
    load(calendar)
    assert calendar.day(date(2027, 2, 13)).why is Why.WEEKEND


def test_what_another_process_loaded_is_seen_on_refresh(store):
    one, other = Calendar.from_store(store), Calendar.from_store(store)
    load(one)
    assert other.day(date(2027, 1, 1)).provisional
    other.refresh()
    assert not other.day(date(2027, 1, 1)).provisional


def test_a_load_that_is_rolled_back_leaves_nothing(store, db):
    calendar = Calendar.from_store(store)
    db.begin()
    load(calendar, [*YEAR_2027, _rest(2027, 2, 13)])
    db.rollback()
    load(calendar)
    assert calendar.day(date(2027, 2, 13)).why is Why.WEEKEND


def test_a_year_with_mistakes_changes_nothing(store):
    calendar = Calendar.from_store(store)
    load(calendar)
    with pytest.raises(BadCalendar):
        load(calendar, YEAR_2027[:3])
    calendar.refresh()
    assert calendar.day(date(2027, 10, 1)).why is Why.HOLIDAY


def test_without_a_database_a_year_is_kept_in_memory():
    calendar = Calendar()
    load(calendar)
    assert calendar.day(date(2027, 1, 1)) == Day(counts=False, why=Why.HOLIDAY)


@pytest.mark.parametrize(
    ("today", "missing"),
    [
        ("2026-10-31", ()),
        ("2026-11-01", (2027,)),
        ("2026-12-31", (2027,)),
        ("2027-01-01", (2027,)),
        ("2027-11-01", (2027, 2028)),
    ],
)
def test_from_november_the_next_year_is_missed(today, missing):
    assert LIBRARY.missing_years(date.fromisoformat(today)) == missing


def test_a_loaded_year_is_missed_no_more(store):
    calendar = Calendar.from_store(store)
    load(calendar)
    assert calendar.missing_years(date(2026, 11, 24)) == ()
    assert calendar.published_years()[-2:] == (2026, 2027)


def _rest(year, month, day):
    return type(YEAR_2027[0])(date=date(year, month, day), mark=Mark.REST, name="春节")


def _fixed(year):
    """The festivals of 2027 on the days of another year: enough for a complete table."""
    rests = [one for one in YEAR_2027 if one.mark is Mark.REST]
    return [
        type(one)(date=one.date.replace(year=year), mark=one.mark, name=one.name) for one in rests
    ]

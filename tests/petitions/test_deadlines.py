"""When a case is due. The table is counted by hand from the announced calendars."""

from datetime import UTC, date, datetime, timedelta

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from petitions import (
    Calendar,
    DateOutOfRange,
    ExtensionTooLong,
    Kind,
    NoRule,
    Rule,
    Scheme,
    Unit,
    UnknownWord,
    Why,
    WrongPause,
    due,
)
from petitions.deadlines import rule_for, until
from petitions.errors import WrongDueDate
from tests.petitions.announced import YEAR_2027

CALENDAR = Calendar()
DAYS = st.dates(date(2003, 1, 1), date(2035, 12, 31))
KNOWN_DAYS = st.dates(date(2004, 1, 1), date(2026, 9, 30))
COUNTED = st.sampled_from([kind for kind in Kind if kind is not Kind.RECTIFICATION])
PAUSES = st.lists(
    st.tuples(DAYS, st.integers(0, 60)).map(lambda p: (p[0], p[0] + timedelta(days=p[1]))),
    max_size=3,
)


def day(text):
    return date.fromisoformat(text)


def count(kind, received, **more):
    return due(kind, day(received), CALENDAR, **more)


def span(text):
    start, _, end = text.partition(":")
    return day(start), day(end)


@pytest.mark.parametrize(
    ("kind", "received", "expected"),
    [
        # 14 Feb is worked, 15-23 Feb is Spring Festival, 28 Feb is worked
        (Kind.DISCLOSURE, "2026-02-06", "2026-03-12"),
        # 20 Sep is worked, 25-27 Sep and 1-7 Oct are holidays, 10 Oct is worked
        (Kind.DISCLOSURE, "2026-09-18", "2026-10-22"),
        (Kind.DISCLOSURE, "2026-03-02", "2026-03-30"),
        # received on a Saturday, on a holiday
        (Kind.CONSULTATION, "2026-11-21", "2026-11-27"),
        (Kind.CONSULTATION, "2026-10-01", "2026-10-13"),
        (Kind.CONSULTATION, "2026-11-24", "2026-12-01"),
        (Kind.CONSULTATION, "2026-02-10", "2026-02-24"),
        (Kind.APPEAL, "2026-11-24", "2026-12-15"),
        # the last day of the 2008 regulation, the first of the revised one
        (Kind.DISCLOSURE, "2019-05-14", "2019-06-04"),
        (Kind.DISCLOSURE, "2019-05-15", "2019-06-13"),
        (Kind.DISCLOSURE, "2017-09-20", "2017-10-17"),
        # the 60th day: a Friday; 2 Oct, so 8 Oct; a Saturday that is worked
        (Kind.LETTER, "2026-01-05", "2026-03-06"),
        (Kind.LETTER, "2026-08-03", "2026-10-08"),
        (Kind.LETTER, "2026-03-10", "2026-05-09"),
        # the same day three months on; 30 Nov has none in February; 3 Oct is a holiday
        (Kind.PROPOSAL, "2026-03-11", "2026-06-11"),
        (Kind.PROPOSAL, "2025-11-30", "2026-02-28"),
        (Kind.PROPOSAL, "2026-01-29", "2026-04-29"),
        (Kind.PROPOSAL, "2026-03-31", "2026-06-30"),
        (Kind.PROPOSAL, "2026-07-03", "2026-10-08"),
    ],
)
def test_the_due_date(kind, received, expected):
    found = count(kind, received)
    assert (found.due, found.provisional) == (day(expected), False)


@pytest.mark.parametrize(
    ("kind", "received", "extended", "expected"),
    [
        (Kind.DISCLOSURE, "2026-03-02", 20, "2026-04-28"),
        (Kind.DISCLOSURE, "2017-09-20", 15, "2017-11-07"),
        (Kind.LETTER, "2026-01-05", 30, "2026-04-07"),
        (Kind.PROPOSAL, "2026-03-11", 3, "2026-09-11"),
        (Kind.CONSULTATION, "2026-11-24", 3, "2026-12-04"),
    ],
)
def test_an_extension_is_counted_like_the_period(kind, received, extended, expected):
    assert count(kind, received, extended=extended).due == day(expected)


@pytest.mark.parametrize(
    ("kind", "received", "pauses", "expected"),
    [
        (Kind.DISCLOSURE, "2026-03-02", ["2026-03-10:2026-03-16"], "2026-04-07"),
        (
            Kind.DISCLOSURE,
            "2026-03-02",
            ["2026-03-10:2026-03-16", "2026-03-12:2026-03-16"],
            "2026-04-07",
        ),
        (Kind.DISCLOSURE, "2026-03-02", ["2026-03-14:2026-03-15"], "2026-03-30"),
        (Kind.DISCLOSURE, "2026-03-02", ["2026-02-01:2026-03-02"], "2026-03-30"),
        (Kind.DISCLOSURE, "2026-03-02", ["2026-03-30:2026-03-30"], "2026-03-31"),
        (Kind.DISCLOSURE, "2026-03-02", ["2026-03-31:2026-05-31"], "2026-03-30"),
        (Kind.LETTER, "2026-01-05", ["2026-01-10:2026-01-14"], "2026-03-11"),
        (Kind.PROPOSAL, "2026-03-11", ["2026-04-01:2026-04-04"], "2026-06-15"),
    ],
)
def test_paused_days_do_not_count(kind, received, pauses, expected):
    assert count(kind, received, paused=[span(one) for one in pauses]).due == day(expected)


@pytest.mark.parametrize(
    ("received", "scheme", "expected"),
    [
        ("2019-05-14", "2019", "2019-06-12"),
        ("2026-03-02", "2008", "2026-03-23"),
        ("2026-03-02", Scheme.OF_2019, "2026-03-30"),
    ],
)
def test_a_scheme_that_is_named_goes_before_the_date(received, scheme, expected):
    assert count(Kind.DISCLOSURE, received, scheme=scheme).due == day(expected)


def test_a_period_into_a_year_not_announced_is_provisional_until_it_is_loaded(store):
    calendar = Calendar.from_store(store)
    before = due(Kind.APPEAL, day("2026-12-21"), calendar)
    calendar.load_year(2027, YEAR_2027, source="通知", at=datetime(2026, 11, 24, tzinfo=UTC))
    after = due(Kind.APPEAL, day("2026-12-21"), calendar)
    assert (before.due, before.provisional) == (day("2027-01-11"), True)
    assert (after.due, after.provisional) == (day("2027-01-12"), False)


@pytest.mark.parametrize(
    ("kind", "received", "provisional"),
    [
        (Kind.APPEAL, "2026-12-10", False),  # the 15th working day is 31 December
        (Kind.APPEAL, "2026-12-11", True),
        (Kind.LETTER, "2026-11-01", False),  # the 60th day is 31 December
        (Kind.LETTER, "2026-11-02", True),
        (Kind.PROPOSAL, "2026-11-30", True),
        (Kind.APPEAL, "2003-12-25", True),  # begins before the library does
    ],
)
def test_only_days_that_decide_make_a_deadline_provisional(kind, received, provisional):
    assert count(kind, received).provisional is provisional


def test_the_ledger_says_of_each_day_why_it_counts_or_not():
    pauses = [span("2026-02-11:2026-02-12")]
    found = count(Kind.CONSULTATION, "2026-02-10", paused=pauses)
    assert [(one.date.day, one.counts, one.why) for one in found.ledger] == [
        (10, False, Why.RECEIVED),
        (11, False, Why.PAUSED),
        (12, False, Why.PAUSED),
        (13, True, Why.WORKDAY),
        (14, True, Why.MAKE_UP),
        *((number, False, Why.HOLIDAY) for number in range(15, 24)),
        (24, True, Why.WORKDAY),
        (25, True, Why.WORKDAY),
        (26, True, Why.WORKDAY),
    ]


def test_the_ledger_of_a_period_in_calendar_days_shows_the_rest_days_at_its_end():
    found = count(Kind.LETTER, "2026-01-05", extended=30)
    assert [(one.date.isoformat(), one.counts, str(one.why)) for one in found.ledger[-4:]] == [
        ("2026-04-04", True, "自然日"),
        ("2026-04-05", False, "节假日"),
        ("2026-04-06", False, "节假日"),
        ("2026-04-07", True, "自然日"),
    ]


def test_as_json_has_the_agreed_shape():
    found = due(Kind.CONSULTATION, day("2026-11-27"), CALENDAR).as_json()
    assert found["ledger"][:3] == [
        {"date": "2026-11-27", "counts": False, "why": "收到当日"},
        {"date": "2026-11-28", "counts": False, "why": "周末"},
        {"date": "2026-11-29", "counts": False, "why": "周末"},
    ]
    assert (found["due"], found["provisional"]) == ("2026-12-04", False)
    assert list(found) == ["due", "provisional", "ledger"]


def test_a_rectification_is_due_on_its_own_date():
    found = until(day("2026-11-24"), day("2026-11-29"))
    assert (found.due, len(found.ledger)) == (day("2026-11-29"), 6)
    with pytest.raises(WrongDueDate):
        until(day("2026-11-24"), day("2026-11-23"))
    with pytest.raises(NoRule, match="整改的期限是文件写明的日期"):
        count(Kind.RECTIFICATION, "2026-11-24")


def test_a_configured_rule_takes_the_place_of_the_default():
    rules = {Kind.CONSULTATION: Rule(length=3, unit=Unit.WORKING, source="本市规定")}
    found = count(Kind.CONSULTATION, "2026-11-24", overrides=rules)
    assert (found.due, found.source) == (day("2026-11-27"), "本市规定")


def test_a_rule_without_days_is_refused():
    with pytest.raises(ValueError, match="at least one day"):
        Rule(length=0, unit=Unit.WORKING, source="")


@pytest.mark.parametrize(
    ("kind", "received", "article"),
    [
        (Kind.DISCLOSURE, "2018-01-01", "第二十四条"),
        (Kind.DISCLOSURE, "2026-01-01", "第三十三条"),
        (Kind.LETTER, "2026-01-01", "第三十四条"),
    ],
)
def test_a_deadline_names_the_article_that_sets_it(kind, received, article):
    assert count(kind, received).source.endswith(article)


@pytest.mark.parametrize(
    ("kind", "extended", "message"),
    [
        (
            Kind.DISCLOSURE,
            21,
            "不能延长21个工作日，最多延长20个工作日（政府信息公开条例.*第三十三条）",
        ),
        (Kind.LETTER, 31, "最多延长30天"),
        (Kind.PROPOSAL, 4, "最多延长3个月"),
        (Kind.APPEAL, 5000, "最多延长366个工作日"),
        (Kind.DISCLOSURE, -1, "不能延长-1个工作日"),
    ],
)
def test_an_extension_beyond_the_law_is_refused(kind, extended, message):
    with pytest.raises(ExtensionTooLong, match=message):
        count(kind, "2026-03-02", extended=extended)


def test_impossible_input_is_named():
    with pytest.raises(WrongPause, match="2026-03-16 至 2026-03-10 的起止颠倒了"):
        count(Kind.APPEAL, "2026-03-02", paused=[span("2026-03-16:2026-03-10")])
    with pytest.raises(DateOutOfRange, match="9999-12-31 太远"):
        count(Kind.APPEAL, "2026-03-02", paused=[span("2026-03-16:9999-12-31")])
    with pytest.raises(UnknownWord, match="不认识“2020”"):
        count(Kind.DISCLOSURE, "2026-03-02", scheme="2020")


@given(kind=COUNTED, received=DAYS, pauses=PAUSES)
def test_a_deadline_is_after_receipt_and_its_ledger_has_every_day_once(kind, received, pauses):
    found = due(kind, received, CALENDAR, paused=pauses)
    span = (found.due - received).days
    assert span > 0
    assert [one.date for one in found.ledger] == [
        received + timedelta(days=number) for number in range(span + 1)
    ]
    assert found.ledger[-1].counts


@given(kind=st.sampled_from([Kind.CONSULTATION, Kind.APPEAL, Kind.DISCLOSURE, Kind.LETTER]),
       received=DAYS, pauses=PAUSES, extended=st.integers(0, 15))  # fmt: skip
def test_exactly_as_many_days_count_as_the_rule_has(kind, received, pauses, extended):
    found = due(kind, received, CALENDAR, paused=pauses, extended=extended)
    length = rule_for(kind, received).length + extended
    assert sum(one.counts for one in found.ledger) == length


@given(received=KNOWN_DAYS)
def test_the_days_that_count_are_the_working_days_of_the_library(received):
    found = due(Kind.APPEAL, received, CALENDAR)
    counting = [one.date for one in found.ledger if one.counts]
    assert counting == chinese_calendar.get_workdays(received + timedelta(days=1), found.due)
    assert not found.provisional


@given(kind=COUNTED, received=DAYS, later=st.integers(0, 40))
def test_what_is_received_later_is_not_due_earlier(kind, received, later):
    first = due(kind, received, CALENDAR, scheme="2019")
    second = due(kind, received + timedelta(days=later), CALENDAR, scheme="2019")
    assert first.due <= second.due


@given(kind=COUNTED, received=DAYS, pauses=PAUSES, extended=st.integers(0, 3))
def test_a_pause_or_an_extension_never_shortens_the_period(kind, received, pauses, extended):
    plain = due(kind, received, CALENDAR)
    paused = due(kind, received, CALENDAR, paused=pauses)
    assert plain.due <= paused.due
    assert paused.due <= due(kind, received, CALENDAR, paused=pauses, extended=extended).due


@given(kind=COUNTED, received=DAYS)
def test_a_period_never_ends_on_a_rest_day(kind, received):
    assert CALENDAR.day(due(kind, received, CALENDAR).due).counts

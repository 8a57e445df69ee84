"""Each figure by hand: what it counts and what it is a share of."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from petitions import Calendar, Figure, Hours, SignIn
from reports import By, Office, Period, metrics
from reports.metrics import WorkingClock, end_of, quantile

ZONE = ZoneInfo("Asia/Shanghai")
NINE_TO_FIVE = Hours(start=time(9), end=time(17))
MARCH = Period(
    since=date(2026, 3, 1),
    until=date(2026, 3, 31),
    as_of=end_of(date(2026, 4, 30), ZONE),
    zone=ZONE,
)


def local(month, day, hour=0, minute=0):
    return datetime(2026, month, day, hour, minute, tzinfo=ZONE).astimezone(UTC)


def figure(**more):
    """A consultation of 2 March, due 9 March, unanswered; say what is different."""
    values = {
        "number": "2026-000001-5",
        "kind": "consultation",
        "channel": "web",
        "department": "投资处",
        "applicant_type": "natural",
        "state": "in_progress",
        "registered_on": "2026-03-02",
        "registered_at": local(3, 2, 10).isoformat(),
        "due": "2026-03-09",
        "provisional": 0,
        "first_due": None,
        "stopped_from": None,
        "first_replied_at": None,
        "closed_at": None,
        "outcome": None,
        "rating": None,
        "fee": 0.0,
        "needs_handling": 1,
        "part": "lead",
    }
    for name, at in more.items():
        more[name] = at.isoformat() if isinstance(at, datetime) else at
    return Figure(**{**values, **more})


def office(*duty):
    return Office(
        calendar=Calendar(),
        working_hours=NINE_TO_FIVE,
        duty_hours=Hours(start=time(8), end=time(10)),
        duty=duty,
        departments={"张三": "投资处"},
    )


def row(*figures, period=MARCH, by=None, duty=()):
    (found,) = metrics(figures, period, office(*duty), by)
    return found.as_json()


def test_rates_of_nothing_are_null():
    found = row()
    rates = [name for name in found if name.endswith("rate") and name != "duty_rate"]
    assert {found[name] for name in rates} == {None}
    assert (found["group"], found["received"], found["duty_rate"]) == ("all", 0, 0.0)


def test_what_needs_no_handling_is_received_but_in_no_rate():
    found = row(figure(needs_handling=0, closed_at=local(3, 3)), figure())
    assert (found["received"], found["needing_handling"]) == (2, 1)
    assert (found["reply_rate"], found["closing_rate"]) == (0.0, 0.0)


def test_replied_and_closed_are_shares_of_what_needs_handling():
    replied = figure(first_replied_at=local(3, 5))
    closed = figure(first_replied_at=local(3, 5), closed_at=local(3, 6))
    found = row(replied, closed, figure(), figure())
    assert (found["reply_rate"], found["closing_rate"]) == (0.5, 0.25)


@pytest.mark.parametrize(
    ("more", "due", "on_time"),
    [
        ({"first_replied_at": local(3, 9, 23, 59), "first_due": "2026-03-09"}, 1, 1),
        ({"first_replied_at": local(3, 10), "first_due": "2026-03-09"}, 1, 0),
        ({}, 1, 0),
        ({"stopped_from": "2026-03-05"}, 0, 0),
        ({"due": "2026-04-02"}, 0, 0),
        ({"registered_on": "2026-02-20"}, 1, 0),
        ({"needs_handling": 0}, 0, 0),
        ({"due": "2026-05-09", "first_replied_at": local(3, 9), "first_due": "2026-03-09"}, 1, 1),
    ],
)
def test_on_time_is_a_share_of_the_deadlines_that_fell_in_the_period(more, due, on_time):
    found = row(figure(**more))
    assert (found["due"], found["on_time"]) == (due, on_time)


def test_a_deadline_that_is_not_over_yet_is_not_missed():
    period = Period(since=MARCH.since, until=MARCH.until, as_of=local(3, 9, 12), zone=ZONE)
    assert row(figure(), period=period)["due"] == 0


def test_who_did_not_rate_is_not_satisfied():
    rated = [figure(rating=one, first_replied_at=local(3, 5)) for one in
             ("satisfied", "basically_satisfied", "dissatisfied", None)]  # fmt: skip
    found = row(*rated)
    assert (found["rated"], found["satisfied"]) == (3, 1)
    assert found["satisfaction_rate"] == pytest.approx(1 / 3)
    assert found["rating_rate"] == 0.75


def test_duty_is_a_share_of_the_working_days_and_counts_within_the_window_only():
    at = [(3, 2, 8, 30), (3, 3, 11, 0), (3, 7, 8, 30), (3, 4, 9, 59)]  # 7 March is a Saturday
    duty = [SignIn(date=date(2026, m, d), officer="张三", signed_in_at=local(m, d, h, n))
            for m, d, h, n in at]  # fmt: skip
    found = row(duty=[*duty, SignIn(date=date(2026, 3, 5), officer="李四")])
    assert (found["working_days"], found["duty_days"]) == (22, 2)
    assert found["duty_rate"] == pytest.approx(2 / 22)


def test_the_first_reply_is_measured_in_calendar_and_in_working_hours():
    friday, monday = local(3, 6, 16), local(3, 9, 10)
    found = row(figure(registered_at=friday, first_replied_at=monday))
    assert found["first_reply_hours_median"] == 66.0
    assert found["first_reply_working_hours_median"] == 2.0


def test_working_hours_reach_over_years_whichever_is_asked_first():
    clock = WorkingClock(Calendar(), NINE_TO_FIVE)
    late = datetime(2026, 1, 5, 10, tzinfo=ZONE)  # the first two working days: 4 (make-up), 5
    early = datetime(2025, 12, 31, 16, tzinfo=ZONE)
    assert clock.between(late, late) == 0
    assert clock.between(early, late) == 1 + 8 + 1


@pytest.mark.parametrize(
    ("values", "portion", "expected"),
    [((), 0.5, None), ((3.0,), 0.9, 3.0), ((1.0, 2.0), 0.5, 1.5), (tuple(range(11)), 0.9, 9)],
)
def test_quantiles_lie_between_their_neighbours(values, portion, expected):
    assert quantile(values, portion) == expected


@pytest.mark.parametrize(
    ("by", "groups"),
    [
        (By.DEPARTMENT, ["投资处", "未定处室"]),
        (By.KIND, ["咨询", "诉求"]),
        (By.CHANNEL, ["网页", "电话"]),
        (By.MONTH, ["2026-02", "2026-03"]),
    ],
)
def test_groups_come_in_their_order(by, groups):
    period = Period(since=date(2026, 2, 1), until=MARCH.until, as_of=MARCH.as_of, zone=ZONE)
    other = {"kind": "appeal", "channel": "phone", "department": "", "registered_on": "2026-02-10"}
    found = metrics([figure(due="2026-03-09"), figure(**other)], period, office(), by)
    assert [one.group for one in found] == groups
    assert sum(one.received for one in found) == 2

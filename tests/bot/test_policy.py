"""Settings about cases: what people write in them."""

from datetime import time

import pytest

from bot.config import BadSettings, read_settings
from bot.policy import days_in, hours_in, kinds_in, policy_of, rules_in
from petitions import Hours, Kind, Policy, Unit


def test_the_defaults_are_those_of_petitions():
    assert policy_of(read_settings(None)) == Policy()


def test_rules_are_written_as_people_say_them():
    rules = rules_in("咨询=3, 来信=60天，诉求=10个工作日,建议提案=2个月")
    assert {kind: (rule.length, rule.unit) for kind, rule in rules.items()} == {
        Kind.CONSULTATION: (3, Unit.WORKING),
        Kind.LETTER: (60, Unit.CALENDAR),
        Kind.APPEAL: (10, Unit.WORKING),
        Kind.PROPOSAL: (2, Unit.MONTHS),
    }


def test_kinds_days_and_hours():
    assert kinds_in("依申请公开、来信") == {Kind.DISCLOSURE, Kind.LETTER}
    assert days_in("1, 5,2") == (5, 2, 1)
    assert hours_in("8:30 - 17:30") == Hours(start=time(8, 30), end=time(17, 30))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DEADLINES", "咨询=五天"),
        ("DEADLINES", "投诉=5"),
        ("DEADLINES", "整改=5"),
        ("REVIEW_KINDS", "投诉"),
        ("REMIND_DAYS", "五"),
        ("WORKING_HOURS", "17:00-09:00"),
        ("DUTY_HOURS", "early"),
        ("ASSIGNMENT", "dice"),
    ],
)
def test_what_cannot_be_read_is_named_at_the_start(monkeypatch, name, value):
    monkeypatch.setenv(name, value)
    with pytest.raises(BadSettings, match=name):
        read_settings(None)

"""deadline and petitions: the figures other programs read."""

from datetime import date

import pytest

from bot.config import read_settings
from bot.services import open_services
from petitions import Channel, Kind
from tests.petitions.announced import LINES

WHY = {"工作日", "周末", "节假日", "调休上班", "暂停", "收到当日"}


@pytest.fixture
def deadline(run):
    def count(received, *more, kind="依申请公开"):
        arguments = ("--kind", kind, "--received", received, *more, "--json")
        return run("deadline", *arguments).json

    return count


def test_the_shape_is_as_agreed(deadline):
    found = deadline("2025-09-22")
    assert set(found) == {"due", "provisional", "ledger"}
    assert {frozenset(day) for day in found["ledger"]} == {frozenset({"date", "counts", "why"})}
    assert {day["why"] for day in found["ledger"]} <= WHY
    assert found["ledger"][0] == {"date": "2025-09-22", "counts": False, "why": "收到当日"}
    assert found["ledger"][-1]["date"] == found["due"]


def test_every_day_is_in_the_ledger_and_twenty_count(deadline):
    found = deadline("2025-09-22")
    days = [date.fromisoformat(day["date"]) for day in found["ledger"]]
    assert (days[-1] - days[0]).days == len(days) - 1
    assert sum(day["counts"] for day in found["ledger"]) == 20
    assert {day["why"] for day in found["ledger"]} >= {"节假日", "调休上班", "周末", "工作日"}


# National Day 2025: 1 to 8 October off, 28 September and 11 October on.
@pytest.mark.parametrize(
    ("more", "due"),
    [
        ((), "2025-10-24"),
        (("--scheme", "2019"), "2025-10-24"),
        (("--scheme", "2008"), "2025-10-17"),
        (("--extended", "20"), "2025-11-21"),
        (("--paused", "2025-09-24:2025-09-25"), "2025-10-28"),
        (("--paused", "2025-10-01:2025-10-05"), "2025-10-24"),  # they would not have counted
        (("--paused", "2025-09-24:2025-09-24", "--paused", "2025-10-13:2025-10-13"), "2025-10-28"),
    ],
)
def test_schemes_extensions_and_pauses(deadline, more, due):
    assert deadline("2025-09-22", *more)["due"] == due


def test_the_scheme_follows_from_the_date(deadline):
    assert sum(day["counts"] for day in deadline("2019-05-14")["ledger"]) == 15
    assert sum(day["counts"] for day in deadline("2019-05-15")["ledger"]) == 20


def test_paused_days_say_so(deadline):
    found = deadline("2025-09-22", "--paused", "2025-09-24:2025-09-25")
    paused = [day["date"] for day in found["ledger"] if day["why"] == "暂停"]
    assert paused == ["2025-09-24", "2025-09-25"]


def test_a_year_without_a_calendar_is_provisional_until_it_is_loaded(deadline, run, file):
    before = deadline("2026-12-21")
    assert before["provisional"]
    assert not deadline("2026-11-02")["provisional"]
    path = file("2027.csv", *LINES)
    assert run("petitions", "calendar", 2027, path).status == 0
    assert not deadline("2026-12-21")["provisional"]


@pytest.mark.parametrize(
    ("arguments", "status", "sentence"),
    [
        (("--kind", "依申请公开", "--received", "2025-13-01"), 2, "2025-13-01"),
        (("--kind", "胡说", "--received", "2025-01-02"), 1, "不认识“胡说”"),
        (("--kind", "依申请公开", "--received", "2025-01-02", "--extended", "99"), 1, ""),
        (("--kind", "依申请公开", "--received", "2025-01-02", "--extended", "-1"), 1, ""),
        (("--kind", "依申请公开", "--received", "2025-01-02", "--scheme", "1999"), 1, "1999"),
    ],
)
def test_what_is_wrong_is_named(run, arguments, status, sentence):
    ran = run("deadline", *arguments, "--json")
    assert (ran.status, ran.out) == (status, "")
    assert sentence in ran.err
    assert "Traceback" not in ran.err


def test_people_read_a_line_a_day(run):
    printed = run("deadline", "--kind", "咨询", "--received", "2025-09-22").out.splitlines()
    assert printed[0] == "2025-09-22 不计 收到当日"
    assert printed[-1] == "期限：2025-09-28"


# --- a case's own deadline


@pytest.fixture
def number(database):
    """The number of a case that is registered now."""
    with open_services(read_settings(None)) as program, program.db.atomic():
        receipt = program.services.desk.register(
            kind=Kind.CONSULTATION, channel=Channel.WEB, person="web:zhang", text="何时发布？"
        )
    return receipt.number


def test_a_case_shows_its_ledger(run, number):
    found = run("petitions", "ledger", number, "--json").json
    assert set(found) == {"due", "provisional", "ledger"}
    assert sum(day["counts"] for day in found["ledger"]) == 5


def test_a_number_is_read_however_it_is_written(run, number):
    assert run("petitions", "ledger", number.replace("-", " ")).status == 0


@pytest.mark.parametrize("written", ["2026-000001-0", "abc", "2026-999999-9"])
def test_a_number_that_is_no_case_is_one_sentence(run, written):
    ran = run("petitions", "ledger", written)
    assert (ran.status, ran.err.count("\n")) == (1, 1)

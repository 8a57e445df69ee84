"""Registering cases and seeing where they stand."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest

from petitions import (
    Calendar,
    Channel,
    Kind,
    NothingWritten,
    NotYours,
    Policy,
    ReceivedInFuture,
    Rule,
    State,
    TooManyAttempts,
    Unit,
    UnknownCase,
    Why,
    WrongDueDate,
    WrongNumber,
)
from petitions.numbers import make_number
from tests.petitions.announced import YEAR_2027
from tests.petitions.conftest import QUESTION, make_desk

WRONG = "2222-2222"
ABSENT = make_number(2026, 999)


def guess(desk, number, times, person="web:2002"):
    """Wrong codes; what each was answered with."""
    answers = []
    for _ in range(times):
        with pytest.raises((NotYours, TooManyAttempts)) as raised:
            desk.status(number, person=person, code=WRONG)
        answers.append(type(raised.value))
    return answers


def test_a_case_gets_a_number_a_code_and_a_due_date(register):
    receipt = register()
    assert receipt.number == "2026-000001-5"
    assert len(receipt.query_code) == 9
    assert (receipt.received, receipt.due) == (date(2026, 11, 24), date(2026, 12, 1))
    assert (receipt.provisional, receipt.repeated) == (False, False)


def test_numbers_count_up(register):
    assert [register().number for _ in range(2)] == ["2026-000001-5", "2026-000002-8"]


def test_the_owner_sees_the_case_without_a_code(desk, register):
    receipt = register()
    found = desk.status(receipt.number, person="web:1001")
    assert (found.title, found.state) == ("企业投资项目怎么备案？", State.REGISTERED)
    assert (found.received, found.due) == (receipt.received, receipt.due)
    assert desk.cases_of("web:1001") == (found,)


def test_anybody_sees_it_with_number_and_code_however_written(desk, register):
    receipt = register()
    written = receipt.query_code.lower().replace("-", " ")
    found = desk.status(f"编号：{receipt.number}", person="web:2002", code=written)
    assert found.number == receipt.number


@pytest.mark.parametrize("code", [None, "", WRONG, "7K3M", "x" * 3000])
def test_nobody_else_sees_it(desk, register, code):
    receipt = register()
    with pytest.raises(NotYours):
        desk.status(receipt.number, person="web:2002", code=code)


def test_an_absent_number_is_answered_like_somebody_elses(desk, register):
    answers = []
    for number, code in [(register().number, WRONG), (ABSENT, WRONG), (ABSENT, None)]:
        with pytest.raises(NotYours) as raised:
            desk.status(number, person="web:2002", code=code)
        answers.append(str(raised.value))
    assert len(set(answers)) == 1


def test_a_case_without_a_person_belongs_to_nobody(desk, register):
    receipt = register(person="", channel=Channel.LETTER, kind=Kind.LETTER)
    assert desk.cases_of("") == ()
    with pytest.raises(NotYours):
        desk.status(receipt.number, person="")


def test_people_see_only_their_own_cases_newest_first(desk, register, clock):
    first = register().number
    clock.pass_by(days=1)
    register(person="web:2002")
    clock.pass_by(days=1)
    assert [one.number for one in desk.cases_of("web:1001")] == [first]
    second = register().number
    assert [one.number for one in desk.cases_of("web:1001")] == [second, first]


def test_what_is_no_number_is_said_at_once(desk):
    with pytest.raises(WrongNumber):
        desk.status("2026-000001-6", person="web:1001")


def test_five_wrong_codes_close_a_number_for_an_hour(desk, register, clock):
    receipt = register()
    assert guess(desk, receipt.number, 7) == [NotYours] * 5 + [TooManyAttempts] * 2
    clock.pass_by(minutes=20.5)
    with pytest.raises(TooManyAttempts) as raised:
        desk.status(receipt.number, person="web:3003", code=receipt.query_code)
    assert raised.value.minutes == 40
    clock.pass_by(minutes=39.5)
    assert desk.status(receipt.number, person="web:3003", code=receipt.query_code)


def test_the_owner_is_never_closed_out(desk, register):
    receipt = register()
    guess(desk, receipt.number, 6)
    assert desk.status(receipt.number, person="web:1001").number == receipt.number


def test_ten_wrong_codes_stop_a_person_whatever_the_numbers(desk):
    numbers = [make_number(2026, serial) for serial in range(1, 13)]
    answers = [guess(desk, number, 1)[0] for number in numbers]
    assert answers == [NotYours] * 10 + [TooManyAttempts] * 2
    assert guess(desk, numbers[-1], 1, person="web:3003") == [NotYours]


def test_an_absent_number_is_limited_like_any_other(desk):
    assert guess(desk, ABSENT, 6) == [NotYours] * 5 + [TooManyAttempts]


def test_a_right_code_is_no_wrong_one(desk, register):
    receipt = register()
    guess(desk, receipt.number, 4)
    for _ in range(3):
        assert desk.status(receipt.number, person="web:2002", code=receipt.query_code)
    assert guess(desk, receipt.number, 2) == [NotYours, TooManyAttempts]


def test_asking_without_a_code_is_no_wrong_code(desk, register, db):
    receipt = register()
    with pytest.raises(NotYours):
        desk.status(receipt.number, person="web:2002")
    assert db["code_attempts"].count == 0


def test_wrong_codes_count_inside_a_transaction_that_is_committed(desk, register, db):
    receipt = register()
    with db.atomic():
        guess(desk, receipt.number, 5)
    assert guess(desk, receipt.number, 1) == [TooManyAttempts]


def test_wrong_codes_are_forgotten_when_they_limit_nothing_any_more(desk, db, clock):
    guess(desk, ABSENT, 3)
    clock.pass_by(minutes=60)
    guess(desk, make_number(2026, 998), 1)
    assert db["code_attempts"].count == 1


def test_the_code_is_nowhere_in_the_database(register, db):
    receipt = register()
    dump = "\n".join(db.conn.iterdump())
    assert receipt.number in dump
    assert receipt.query_code not in dump
    assert receipt.query_code.replace("-", "") not in dump


def test_the_same_origin_is_registered_once_and_the_code_not_shown_again(desk, register, db):
    first, again = register(origin="q1"), register(origin="q1", text="又按了一次")
    assert (again.number, again.due) == (first.number, first.due)
    assert (again.repeated, again.query_code) == (True, None)
    assert db["cases"].count == 1
    assert register(origin="q2").number == "2026-000002-8"


def test_registering_writes_the_first_event(register, store):
    receipt = register(received=date(2026, 11, 20))
    (event,) = store.events(receipt.number)
    assert (event.from_state, event.to_state) == (None, State.REGISTERED)
    assert (event.at, event.day) == (datetime(2026, 11, 24, 4, 0, tzinfo=UTC), date(2026, 11, 20))


def test_the_day_is_the_local_one(register, clock):
    clock.now = datetime(2026, 12, 31, 16, 30, tzinfo=UTC)  # half past midnight in Shanghai
    receipt = register()
    assert receipt.number.startswith("2027-000001-")
    assert receipt.received == date(2027, 1, 1)


def test_what_arrived_earlier_is_counted_from_then(register):
    receipt = register(kind=Kind.LETTER, channel=Channel.LETTER, received=date(2026, 11, 1))
    assert (receipt.received, receipt.due) == (date(2026, 11, 1), date(2026, 12, 31))


@pytest.mark.parametrize(
    ("more", "error"),
    [
        ({"text": " \n\u200b "}, NothingWritten),
        ({"received": date(2026, 11, 25)}, ReceivedInFuture),
        ({"due_on": date(2026, 12, 1)}, WrongDueDate),
        ({"kind": Kind.RECTIFICATION}, WrongDueDate),
        ({"kind": Kind.RECTIFICATION, "due_on": date(2026, 11, 23)}, WrongDueDate),
    ],
)
def test_what_cannot_be_registered_leaves_nothing_behind(register, db, more, error):
    with pytest.raises(error):
        register(**more)
    assert db["cases"].count == db["case_events"].count == db["serials"].count == 0


def test_a_rectification_keeps_its_own_date(desk, register):
    receipt = register(kind=Kind.RECTIFICATION, due_on=date(2026, 12, 5))
    assert receipt.due == date(2026, 12, 5)
    assert desk.ledger(receipt.number).ledger[-1].why is Why.NATURAL


def test_the_ledger_counts_the_case_day_by_day(desk, register):
    ledger = desk.ledger(register().number).ledger
    assert (ledger[0].why, ledger[-1].date) == (Why.RECEIVED, date(2026, 12, 1))
    assert sum(one.counts for one in ledger) == 5


def test_the_ledger_of_an_absent_case_is_an_error(desk):
    with pytest.raises(UnknownCase, match=f"没有编号为 {ABSENT} 的事项"):
        desk.ledger(ABSENT)


def test_loading_next_years_holidays_makes_a_provisional_date_certain(desk, register, clock):
    clock.now = datetime(2026, 12, 29, 4, 0, tzinfo=UTC)
    receipt = register()
    assert (receipt.due, receipt.provisional) == (date(2027, 1, 5), True)
    desk.calendar.load_year(2027, YEAR_2027, source="通知", at=clock())
    found = desk.status(receipt.number, person="web:1001")
    assert (found.due, found.provisional) == (date(2027, 1, 6), False)


def test_holidays_that_another_process_loads_are_seen_at_once(desk, register, store, clock):
    clock.now = datetime(2026, 12, 29, 4, 0, tzinfo=UTC)
    number = register().number
    Calendar.from_store(store).load_year(2027, YEAR_2027, source="通知", at=clock())
    assert desk.ledger(number).due == date(2027, 1, 6)


def test_configured_rules_decide_the_due_date(store, clock):
    rules = {Kind.CONSULTATION: Rule(length=2, unit=Unit.WORKING, source="本市规定")}
    receipt = make_desk(store, clock, policy=Policy(rules=rules)).register(**QUESTION)
    assert receipt.due == date(2026, 11, 26)


def test_the_code_comes_from_where_the_caller_says(store, clock):
    desk = make_desk(store, clock, new_code=lambda: "7K3M-XQ9F")
    assert desk.register(**QUESTION).query_code == "7K3M-XQ9F"


def test_a_registration_is_undone_with_the_callers_transaction(register, db):
    db.begin()
    register()
    db.rollback()
    assert db["cases"].count == 0
    assert register().number == "2026-000001-5"


def test_registering_from_several_connections_at_once_is_safe(open_store, clock):
    def register_some(_):
        desk = make_desk(open_store(), clock)
        return [desk.register(**QUESTION, origin=f"q{number}") for number in range(4)]

    with ThreadPoolExecutor(3) as threads:
        receipts = [one for some in threads.map(register_some, range(3)) for one in some]
    assert len({receipt.number for receipt in receipts}) == 4
    assert sum(not receipt.repeated for receipt in receipts) == 4


def test_guessing_from_several_connections_at_once_is_limited(open_store, clock):
    def guess_some(_):
        return guess(make_desk(open_store(), clock), ABSENT, 4)

    with ThreadPoolExecutor(3) as threads:
        answers = [one for some in threads.map(guess_some, range(3)) for one in some]
    assert answers.count(NotYours) == 5


def test_a_minute_to_wait_is_never_none(desk, clock):
    guess(desk, ABSENT, 5)
    clock.now += timedelta(minutes=59, seconds=59)
    with pytest.raises(TooManyAttempts, match="请过1分钟再试"):
        desk.status(ABSENT, person="web:2002", code=WRONG)

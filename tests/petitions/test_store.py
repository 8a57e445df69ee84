"""Cases and events as rows: numbers never collide, history never changes."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from petitions import Case, Channel, Event, Kind, State, migrations

NOON = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
CASE = Case(
    number="2026-000001-5",
    kind=Kind.RECTIFICATION,
    channel=Channel.ON_SITE,
    person="web:1001",
    title="公示栏",
    text="公示栏没有更新。",
    contact="请来信",
    received=date(2026, 11, 20),
    due_on=date(2026, 12, 31),
    origin="q1",
    registered_at=NOON,
)
FIRST = Event(
    number=CASE.number,
    at=NOON,
    day=CASE.received,
    by="web:1001",
    from_state=None,
    to_state=State.REGISTERED,
)
SECOND = replace(
    FIRST, from_state=State.REGISTERED, to_state=State.ACCEPTED, by="web:staff", note="受理"
)


@pytest.fixture
def filled(store):
    store.add(CASE, "hash")
    store.record(FIRST)
    store.record(SECOND)
    return store


def test_a_case_comes_back_as_it_was(filled):
    assert filled.case(CASE.number) == CASE
    assert filled.case_from("q1") == CASE
    assert filled.cases_of("web:1001") == (CASE,)
    assert filled.code_hash(CASE.number) == "hash"


def test_what_is_not_there_is_none(filled):
    assert filled.case("2026-000002-8") is None
    assert filled.case_from("q2") is None
    assert filled.code_hash("2026-000002-8") is None
    assert filled.cases_of("web:1002") == ()


def test_events_come_back_in_order(filled):
    assert filled.events(CASE.number) == (FIRST, SECOND)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE case_events SET note = 'x'",
        "UPDATE case_events SET by = by WHERE position = 2",
        "DELETE FROM case_events",
        "INSERT OR REPLACE INTO case_events SELECT hash, previous, position, number, at, day, "
        "'x', from_state, to_state, note, who, action, data FROM case_events WHERE position = 2",
        "INSERT INTO case_events SELECT 'x', previous, 3, number, at, day, by, from_state, "
        "to_state, note, who, action, data FROM case_events WHERE position = 2",
        "INSERT INTO case_events SELECT 'x', hash, 4, number, at, day, by, from_state, "
        "to_state, note, who, action, data FROM case_events WHERE position = 2",
    ],
)
def test_events_are_only_ever_appended(filled, db, statement):
    with pytest.raises(sqlite3.IntegrityError, match="events are"):
        db.execute(statement)
    assert filled.events(CASE.number) == (FIRST, SECOND)


def test_each_event_carries_the_hash_of_the_one_before(filled, db):
    rows = list(db.query("SELECT previous, hash FROM case_events ORDER BY position"))
    assert rows[0] == {"previous": "", "hash": FIRST.digest("")}
    assert rows[1] == {"previous": rows[0]["hash"], "hash": SECOND.digest(rows[0]["hash"])}


def test_the_tables_are_strict_and_migrate_once(db):
    migrations.apply(db)
    assert migrations.pending(db) == []
    assert all(db[name].strict for name in ("cases", "case_events", "serials", "code_attempts"))


def test_serials_count_up_within_each_year(store):
    assert [store.next_serial(year) for year in (2026, 2026, 2027, 2026)] == [1, 2, 1, 3]


def test_a_serial_is_given_back_when_the_transaction_is_rolled_back(store, db):
    db.begin()
    store.next_serial(2026)
    db.rollback()
    assert store.next_serial(2026) == 1


def test_serials_never_collide_between_connections(open_store):
    def take(_):
        store = open_store()
        return [store.next_serial(2026) for _ in range(50)]

    with ThreadPoolExecutor(4) as threads:
        taken = [serial for serials in threads.map(take, range(4)) for serial in serials]
    assert sorted(taken) == list(range(1, 201))


def test_events_recorded_at_once_make_one_chain(open_store):
    def record(_):
        store = open_store()
        for _ in range(10):
            with store.atomic():
                store.lock()
                store.record(SECOND)

    store = open_store()
    store.add(CASE, "hash")
    store.record(FIRST)
    with ThreadPoolExecutor(3) as threads:
        list(threads.map(record, range(3)))
    assert len(store.events(CASE.number)) == 31

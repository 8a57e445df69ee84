"""A desk on a database in memory."""

import sqlite3
from zoneinfo import ZoneInfo

import pytest
from sqlite_utils import Database

from petitions import Calendar, Channel, Kind, PetitionDesk, PetitionStore, migrations

SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.fixture
def db():
    database = Database(memory=True)
    migrations.apply(database)
    yield database
    database.close()


@pytest.fixture
def store(db):
    return PetitionStore(db)


@pytest.fixture
def notices():
    """What people were told, in order."""
    return []


@pytest.fixture
def desk(store, clock, notices):
    return make_desk(store, clock, notify=notices.append)


@pytest.fixture
def register(desk):
    """Registers a consultation of a citizen; say what is different."""
    return lambda **more: desk.register(**{**QUESTION, **more})


@pytest.fixture
def open_store(tmp_path):
    """Opens the same file again and again: one connection for each thread."""
    connections = []

    def connect():
        connection = sqlite3.connect(tmp_path / "test.db", check_same_thread=False, timeout=30)
        connection.execute("PRAGMA journal_mode=WAL")
        connections.append(connection)
        return Database(connection)

    migrations.apply(connect())
    yield lambda: PetitionStore(connect())
    for connection in connections:
        connection.close()


QUESTION = {
    "kind": Kind.CONSULTATION,
    "channel": Channel.WEB,
    "person": "web:1001",
    "text": "企业投资项目怎么备案？",
}


def make_desk(store, clock, **more):
    return PetitionDesk(
        store=store, calendar=Calendar.from_store(store), clock=clock, zone=SHANGHAI, **more
    )

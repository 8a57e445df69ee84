"""The tables of this package, and opening the file they are in."""

import sqlite3
from pathlib import Path

from sqlite_utils import Database, Migrations

migrations = Migrations("bot")


@migrations()
def m001_mail(db: Database) -> None:
    """Inbox, outbox, conversations."""
    for statement in _SCHEMA.split(";\n"):  # executescript would end the migration's transaction
        if statement.strip():
            db.execute(statement)


_SCHEMA = """
CREATE TABLE inbox (
    seq INTEGER PRIMARY KEY,           -- order of arrival
    channel TEXT NOT NULL,
    update_id TEXT NOT NULL,           -- the channel's own id: a repeat is a no-op
    person TEXT NOT NULL,
    chat TEXT NOT NULL,
    message TEXT NOT NULL,             -- the channel's name of the message, for corrections
    payload TEXT NOT NULL,             -- Incoming as JSON, personal numbers masked
    state TEXT NOT NULL,               -- pending | done | failed
    attempts INTEGER NOT NULL DEFAULT 0,
    received_at TEXT NOT NULL,
    done_at TEXT,
    error TEXT,                        -- the error's class; never its text, which may quote
    UNIQUE (channel, update_id)
) STRICT;
CREATE INDEX inbox_pending ON inbox (state, seq);
CREATE INDEX inbox_person ON inbox (person, seq);
CREATE TABLE outbox (
    seq INTEGER PRIMARY KEY,           -- order of sending within a chat
    inbox_seq INTEGER REFERENCES inbox (seq),
    channel TEXT NOT NULL,
    person TEXT NOT NULL,
    chat TEXT NOT NULL,
    message TEXT NOT NULL,             -- the message it answers
    body TEXT NOT NULL,                -- Reply as JSON
    corrects INTEGER REFERENCES outbox (seq),   -- replaces what that row showed
    state TEXT NOT NULL,               -- waiting | delivered | refused | kept (fetched, not sent)
    delivered_ref TEXT,                -- the channel's name of what shows it, so far or whole
    reason TEXT,                       -- why it was refused for good
    attempts INTEGER NOT NULL DEFAULT 0,
    due_at TEXT NOT NULL,              -- not to be tried before
    created_at TEXT NOT NULL,
    finished_at TEXT
) STRICT;
CREATE INDEX outbox_waiting ON outbox (channel, chat, seq) WHERE state = 'waiting';
CREATE INDEX outbox_person ON outbox (person, seq);
CREATE INDEX outbox_answered ON outbox (inbox_seq);
CREATE INDEX outbox_message ON outbox (channel, chat, message);
CREATE TABLE conversations (
    key TEXT PRIMARY KEY,
    body TEXT NOT NULL,
    updated_at TEXT NOT NULL
) STRICT;
"""


@migrations()
def m003_files(db: Database) -> None:
    """Documents for people, what they send, and the links by which they send it."""
    for statement in _FILES.split(";\n"):
        if statement.strip():
            db.execute(statement)


_FILES = """
CREATE TABLE files (
    id TEXT PRIMARY KEY,
    person TEXT NOT NULL,              -- whose it is: of the public nobody else gets it
    number TEXT NOT NULL DEFAULT '',   -- of the case it belongs to
    name TEXT NOT NULL,                -- shown, never used as a path
    media_type TEXT NOT NULL,
    body BLOB NOT NULL,
    created_at TEXT NOT NULL
) STRICT;
CREATE INDEX files_number ON files (number) WHERE number <> '';
CREATE TABLE links (
    token_hash TEXT PRIMARY KEY,       -- whoever has the token may send one file
    person TEXT NOT NULL,
    number TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    used_at TEXT
) STRICT;
"""


@migrations()
def m004_staff(db: Database) -> None:
    """Which case a reply is about; what was said once; who looked at personal data."""
    db.execute("ALTER TABLE outbox ADD COLUMN about TEXT NOT NULL DEFAULT ''")
    for statement in _STAFF.split(";\n"):
        if statement.strip():
            db.execute(statement)


_STAFF = """
CREATE INDEX outbox_about ON outbox (channel, chat, seq) WHERE about <> '';
CREATE TABLE marks (
    key TEXT PRIMARY KEY,              -- what was said once, or how far a loop has got
    value TEXT NOT NULL,
    at TEXT NOT NULL
) STRICT;
CREATE TABLE topics (                  -- of the staff group, one for each case
    number TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    chat TEXT UNIQUE                   -- the channel's name of it; NULL until it is opened
) STRICT;
CREATE TABLE staff_reads (             -- who looked at personal data: 个人信息保护法 第五十一条
    id INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    user_id TEXT NOT NULL,
    who TEXT NOT NULL,                 -- their name then
    number TEXT NOT NULL,              -- of the case; '' for a whole list
    what TEXT NOT NULL
) STRICT;
CREATE INDEX staff_reads_number ON staff_reads (number, id);
"""


def open_database(path: Path | str) -> Database:
    """A database for one thread at a time, ready for concurrent readers.

    WAL with full sync: a committed row survives a power cut, which an acknowledgement promises.
    """
    if path != ":memory:":
        Path(path).parent.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(path, check_same_thread=False, timeout=30)
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}")
    return Database(connection, strict=True)

"""The only SQL of the staff desk: who is signed in, the views people keep, who read what.

Cases, people and everything that counts belong to `petitions`. Every method runs inside the
caller's transaction.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlite_utils import Database, Migrations

migrations = Migrations("desk")

_SCHEMA = (
    """
    CREATE TABLE staff_sessions (
        token_hash TEXT PRIMARY KEY,       -- the token itself is in the browser's cookie only
        user_id TEXT NOT NULL,
        begun_at TEXT NOT NULL,
        seen_at TEXT NOT NULL              -- to the minute: not every request is written down
    ) STRICT
    """,
    "CREATE INDEX staff_sessions_user ON staff_sessions (user_id)",
    """
    CREATE TABLE staff_views (             -- filters kept under a name
        user_id TEXT NOT NULL,
        name TEXT NOT NULL,
        query TEXT NOT NULL,               -- of the address of a list
        PRIMARY KEY (user_id, name)
    ) STRICT
    """,
)


@migrations()
def m001_staff_sessions(db: Database) -> None:
    """Sessions and saved views."""
    for statement in _SCHEMA:
        db.execute(statement)


@migrations()
def m002_password_stamps(db: Database) -> None:
    """A session ends with the password it began with, wherever that was changed."""
    db.execute("ALTER TABLE staff_sessions ADD COLUMN stamp TEXT NOT NULL DEFAULT ''")


@dataclass(frozen=True, kw_only=True)
class SessionRow:
    """Somebody is signed in on one browser."""

    token_hash: str
    user_id: str
    begun_at: datetime
    seen_at: datetime
    stamp: str  # of the password


@dataclass(frozen=True, kw_only=True)
class View:
    """A list that somebody comes back to."""

    name: str
    query: str


@dataclass(frozen=True, kw_only=True)
class Read:
    """Somebody looked at personal data."""

    at: datetime
    user_id: str
    who: str
    number: str
    what: str


class DeskStore:
    """Sessions, views, reads."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def atomic(self) -> AbstractContextManager[object]:
        """A transaction, or part of the caller's."""
        return self._db.atomic()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """A transaction that other writers wait for: one that read first could not write later."""
        with self._db.atomic():
            self._db.execute("UPDATE staff_sessions SET stamp = stamp WHERE token_hash = ''")
            yield

    def begin(self, session: SessionRow) -> None:
        """Somebody signed in."""
        self._db.execute(
            "INSERT INTO staff_sessions (token_hash, user_id, begun_at, seen_at, stamp) "
            "VALUES (:token_hash, :user_id, :begun_at, :seen_at, :stamp)",
            _values(session),
        )

    def session(self, token_hash: str) -> SessionRow | None:
        """The session of a token; None if it ended."""
        rows = self._db.query(
            "SELECT token_hash, user_id, begun_at, seen_at, stamp FROM staff_sessions "
            "WHERE token_hash = :hash",
            {"hash": token_hash},
        )
        return next(map(_session, rows), None)

    def seen(self, token_hash: str, at: datetime) -> None:
        """They did something."""
        self._db.execute(
            "UPDATE staff_sessions SET seen_at = :at WHERE token_hash = :hash",
            {"hash": token_hash, "at": _utc(at)},
        )

    def restamp(self, token_hash: str, stamp: str) -> None:
        """They gave themselves a new password on this browser."""
        self._db.execute(
            "UPDATE staff_sessions SET stamp = :stamp WHERE token_hash = :hash",
            {"hash": token_hash, "stamp": stamp},
        )

    def end(self, token_hash: str) -> None:
        """They signed out."""
        self._db.execute(
            "DELETE FROM staff_sessions WHERE token_hash = :hash", {"hash": token_hash}
        )

    def end_all(self, user_id: str, *, but: str = "") -> None:
        """Every browser of theirs but one."""
        self._db.execute(
            "DELETE FROM staff_sessions WHERE user_id = :user AND token_hash <> :but",
            {"user": user_id, "but": but},
        )

    def end_old(self, *, begun_before: datetime, seen_before: datetime) -> None:
        """Forget those that can no longer be used."""
        self._db.execute(
            "DELETE FROM staff_sessions WHERE begun_at <= :begun OR seen_at <= :seen",
            {"begun": _utc(begun_before), "seen": _utc(seen_before)},
        )

    def views(self, user_id: str) -> tuple[View, ...]:
        """What they keep, by name."""
        rows = self._db.query(
            "SELECT name, query FROM staff_views WHERE user_id = :user ORDER BY name",
            {"user": user_id},
        )
        return tuple(View(**row) for row in rows)

    def keep_view(self, user_id: str, view: View) -> None:
        """Keep a list under a name, in place of what had the name before."""
        self._db.execute(
            "INSERT INTO staff_views (user_id, name, query) VALUES (:user, :name, :query) "
            "ON CONFLICT (user_id, name) DO UPDATE SET query = excluded.query",
            {"user": user_id, "name": view.name, "query": view.query},
        )

    def drop_view(self, user_id: str, name: str) -> None:
        """Forget one."""
        self._db.execute(
            "DELETE FROM staff_views WHERE user_id = :user AND name = :name",
            {"user": user_id, "name": name},
        )

    def log_read(self, read: Read) -> None:
        """Write down that somebody looked."""
        self._db.execute(
            "INSERT INTO staff_reads (at, user_id, who, number, what) "
            "VALUES (:at, :user_id, :who, :number, :what)",
            {**vars(read), "at": _utc(read.at)},
        )

    def reads(self, number: str, *, limit: int = 50) -> tuple[Read, ...]:
        """Who looked at the personal data of a case, the latest first."""
        rows = self._db.query(
            "SELECT at, user_id, who, number, what FROM staff_reads WHERE number = :number "
            "ORDER BY id DESC LIMIT :limit",
            {"number": number, "limit": limit},
        )
        return tuple(Read(**{**row, "at": datetime.fromisoformat(row["at"])}) for row in rows)


def _utc(at: datetime) -> str:
    """One width, one zone: compares as text."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def _values(session: SessionRow) -> dict[str, Any]:
    begun, seen = _utc(session.begun_at), _utc(session.seen_at)
    return {**vars(session), "begun_at": begun, "seen_at": seen}


def _session(row: dict[str, Any]) -> SessionRow:
    begun, seen = map(datetime.fromisoformat, (row["begun_at"], row["seen_at"]))
    return SessionRow(**{**row, "begun_at": begun, "seen_at": seen})

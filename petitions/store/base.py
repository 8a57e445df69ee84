"""What every group of tables shares: the connection and the transaction."""

from collections.abc import Mapping
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime
from typing import Any

from sqlite_utils import Database


class Rows:
    """Tables on a connection; every method runs inside the caller's transaction."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def atomic(self) -> AbstractContextManager[object]:
        """A transaction, or part of the caller's."""
        return self._db.atomic()

    def _read(self, sql: str, values: Mapping[str, Any] | None = None) -> list[dict[str, Any]]:
        """The rows of a SELECT, all at once.

        `Database.query` makes three statements of each, in case it is none that returns rows.
        """
        cursor = self._db.conn.execute(sql, values or {})
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def lock(self) -> None:
        """Make other writers wait from here on.

        A transaction that reads first and writes later fails if somebody wrote in between.
        """
        self._db.execute("UPDATE serials SET last = last WHERE year = 0")


def utc(at: datetime) -> str:
    """One width, one zone: sorts as text."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def utc_or_none(at: datetime | None) -> str | None:
    """The same where there may be nothing."""
    return utc(at) if at else None


def day_or_none(day: date | None) -> str | None:
    """A day as text that sorts."""
    return day.isoformat() if day else None


def read_day(text: str | None) -> date | None:
    """The other way round."""
    return date.fromisoformat(text) if text else None


def read_time(text: str | None) -> datetime | None:
    """The other way round."""
    return datetime.fromisoformat(text) if text else None

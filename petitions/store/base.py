"""What every group of tables shares: the connection and the transaction."""

from contextlib import AbstractContextManager
from datetime import UTC, date, datetime

from sqlite_utils import Database


class Rows:
    """Tables on a connection; every method runs inside the caller's transaction."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def atomic(self) -> AbstractContextManager[object]:
        """A transaction, or part of the caller's."""
        return self._db.atomic()

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

"""What every group of tables shares: the connection, and how moments are written."""

from datetime import UTC, datetime

from sqlite_utils import Database


class Rows:
    """Tables on a connection; every method runs inside the caller's transaction."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def lock(self) -> None:
        """Make other writers wait from here on.

        A transaction that reads first and writes later fails if somebody wrote in between.
        """
        self._db.execute("UPDATE calibrations SET who = who WHERE id = 0")


def utc(moment: datetime) -> str:
    """As moments are written: they compare as text only in one zone."""
    return moment.astimezone(UTC).isoformat()

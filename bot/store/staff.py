"""What is written down so that it happens once, and who looked at whose data."""

from datetime import datetime

from sqlite_utils import Database

from bot.store.plain import utc
from petitions import Actor


class Marks:
    """Things that happen once, and how far a loop has got."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def once(self, key: str, at: datetime) -> bool:
        """Note that something is done now; False if it was done before."""
        rows = self._db.query(
            "INSERT INTO marks (key, value, at) VALUES (:key, '', :at) "
            "ON CONFLICT (key) DO NOTHING RETURNING key",
            {"key": key, "at": utc(at)},
        )
        return any(True for _ in rows)

    def reached(self, key: str) -> int | None:
        """How far a loop has got; None if it never ran."""
        rows = self._db.query("SELECT value FROM marks WHERE key = :key", {"key": key})
        return next((int(row["value"]) for row in rows), None)

    def reach(self, key: str, position: int, at: datetime) -> None:
        """It has got this far."""
        self._db.execute(
            "INSERT INTO marks (key, value, at) VALUES (:key, :value, :at) "
            "ON CONFLICT (key) DO UPDATE SET value = excluded.value, at = excluded.at",
            {"key": key, "value": str(position), "at": utc(at)},
        )


class Reads:
    """Who looked at personal data: 个人信息保护法 第五十一条."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def log(self, by: Actor, number: str, what: str, at: datetime) -> None:
        """Somebody of the staff looked at something of a case."""
        self._db.execute(
            "INSERT INTO staff_reads (at, user_id, who, number, what) "
            "VALUES (:at, :id, :name, :number, :what)",
            {"at": utc(at), "id": by.id, "name": by.name, "number": number, "what": what},
        )

"""What is written down so that it happens once, and who looked at whose data."""

from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from bot.store.plain import utc
from petitions import Actor

OF_CASE = "#"  # between a group and the number of a case: its topic there, opened or not


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


@dataclass(frozen=True, kw_only=True)
class Topic:
    """A topic of the staff group, for one case."""

    number: str
    name: str
    chat: str | None  # the channel's name of it; None until it is opened


class Topics:
    """Which topic belongs to which case."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def of_case(self, number: str) -> Topic | None:
        """The topic of a case; None if it has none."""
        rows = self._db.query(
            "SELECT number, name, chat FROM topics WHERE number = :number", {"number": number}
        )
        return next((Topic(**row) for row in rows), None)

    def number(self, chat: str) -> str:
        """The case that a topic belongs to; "" for any other chat."""
        rows = self._db.query("SELECT number FROM topics WHERE chat = :chat", {"chat": chat})
        return next((str(row["number"]) for row in rows), "")

    def plan(self, number: str, name: str) -> None:
        """A case is to have a topic; it is opened when something is delivered to it."""
        self._db.execute(
            "INSERT INTO topics (number, name) VALUES (:number, :name)",
            {"number": number, "name": name},
        )

    def opened(self, number: str, chat: str) -> None:
        """It is there."""
        self._db.execute(
            "UPDATE topics SET chat = :chat WHERE number = :number",
            {"number": number, "chat": chat},
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

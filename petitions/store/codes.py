"""Wrong query codes and passwords, for as long as they limit anything."""

import secrets
from datetime import datetime

from petitions.codes import WrongCodes
from petitions.store.base import Rows, utc


class CodeRows(Rows):
    """Attempts."""

    def code_hash(self, number: str) -> str | None:
        """The hash of a case's query code; None if there is no such case."""
        rows = self._read("SELECT code_hash FROM cases WHERE number = :n", {"n": number})
        return next((row["code_hash"] for row in rows), None)

    def wrong_codes(self, number: str, person: str, *, since: datetime) -> WrongCodes:
        """The wrong query codes that limit this person and this number; older ones are forgotten.

        Forgetting comes first: it makes other writers wait, so that tries at once add up.
        """
        self._db.execute("DELETE FROM code_attempts WHERE at <= :since", {"since": utc(since)})
        rows = self._read(
            "SELECT number, person, at FROM code_attempts "
            "WHERE number = :number OR person = :person",
            {"number": number, "person": person},
        )
        wrong = [(row["number"], row["person"], datetime.fromisoformat(row["at"])) for row in rows]
        return WrongCodes(
            for_number=tuple(at for asked, _, at in wrong if asked == number),
            by_person=tuple(at for _, who, at in wrong if who == person),
        )

    def add_wrong_code(self, number: str, person: str, *, at: datetime) -> None:
        """Somebody gave a wrong query code."""
        self._db.execute(
            "INSERT INTO code_attempts (id, number, person, at) VALUES (:id, :number, :who, :at)",
            {"id": secrets.token_hex(8), "number": number, "who": person, "at": utc(at)},
        )

    def wrong_passwords(self, name: str, *, since: datetime) -> tuple[datetime, ...]:
        """When wrong passwords were given for a name; older ones are forgotten."""
        self._db.execute("DELETE FROM password_attempts WHERE at <= :since", {"since": utc(since)})
        rows = self._read("SELECT at FROM password_attempts WHERE name = :n", {"n": name})
        return tuple(datetime.fromisoformat(row["at"]) for row in rows)

    def add_wrong_password(self, name: str, *, at: datetime) -> None:
        """Somebody gave a wrong password."""
        self._db.execute(
            "INSERT INTO password_attempts (id, name, at) VALUES (:id, :name, :at)",
            {"id": secrets.token_hex(8), "name": name, "at": utc(at)},
        )

    def forget_wrong_passwords(self, name: str) -> None:
        """The right one was given, or an administrator set a new one."""
        self._db.execute("DELETE FROM password_attempts WHERE name = :name", {"name": name})

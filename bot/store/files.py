"""Files for people and from them, and the links by which they are sent."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from bot.store.plain import utc
from handlers.services import NewFile


@dataclass(frozen=True, kw_only=True)
class File:
    """A kept file."""

    id: str
    person: str
    name: str
    media_type: str
    body: bytes


@dataclass(frozen=True, kw_only=True)
class FileName:
    """A kept file without its content, for lists."""

    id: str
    name: str
    size: int  # bytes


class Files:
    """Files in the database: inside the transaction, inside the backup, outside every web root."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def put(self, new: NewFile, at: datetime) -> str:
        """Keep a file for a person; its id, which cannot be guessed."""
        file_id = secrets.token_urlsafe(16)
        self._db.execute(
            "INSERT INTO files (id, person, number, name, media_type, body, created_at) "
            "VALUES (:id, :person, :number, :name, :media_type, :body, :at)",
            {**vars(new), "id": file_id, "at": at.isoformat()},
        )
        return file_id

    def of_case(self, number: str) -> tuple[File, ...]:
        """What belongs to a case, oldest first."""
        rows = self._db.query(
            "SELECT id, person, name, media_type, body FROM files WHERE number = :number "
            "ORDER BY created_at",
            {"number": number},
        )
        return tuple(File(**row) for row in rows)

    def names_of_case(self, number: str) -> tuple[FileName, ...]:
        """The same without the content."""
        rows = self._db.query(
            "SELECT id, name, length(body) AS size FROM files WHERE number = :number "
            "ORDER BY created_at",
            {"number": number},
        )
        return tuple(FileName(**row) for row in rows)

    def in_case(self, number: str, file_id: str) -> File | None:
        """A file of this case and no other."""
        rows = self._db.query(
            "SELECT id, person, name, media_type, body FROM files "
            "WHERE id = :id AND number = :number",
            {"id": file_id, "number": number},
        )
        return next((File(**row) for row in rows), None)

    def get(self, file_id: str) -> File | None:
        """A file, whoever's it is: the caller checks; None if there is none."""
        rows = self._db.query(
            "SELECT id, person, name, media_type, body FROM files WHERE id = :id", {"id": file_id}
        )
        return next((File(**row) for row in rows), None)


@dataclass(frozen=True, kw_only=True)
class Link:
    """Leave to send one file for a case."""

    person: str
    number: str


class Links:
    """One-time links; the database keeps their hashes."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def make(self, link: Link, expires_at: datetime) -> str:
        """A new link's token."""
        token = secrets.token_urlsafe(24)
        self._db.execute(
            "INSERT INTO links (token_hash, person, number, expires_at) "
            "VALUES (:hash, :person, :number, :at)",
            {**vars(link), "hash": _hashed(token), "at": utc(expires_at)},
        )
        return token

    def find(self, token: str, at: datetime) -> Link | None:
        """What an unused link that still holds stands for."""
        rows = self._db.query(
            "SELECT person, number FROM links WHERE token_hash = :hash AND used_at IS NULL "
            "AND expires_at > :at",
            {"hash": _hashed(token), "at": utc(at)},
        )
        return next((Link(**row) for row in rows), None)

    def use(self, token: str, at: datetime) -> Link | None:
        """As `find`; nobody finds it again."""
        rows = self._db.query(
            "UPDATE links SET used_at = :at WHERE token_hash = :hash AND used_at IS NULL "
            "AND expires_at > :at RETURNING person, number",
            {"hash": _hashed(token), "at": utc(at)},
        )
        return next((Link(**row) for row in rows), None)


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()  # random tokens need no slow hash

"""Entries and their versions as rows."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from knowledge.entries import Collection, Entry, Source, Status
from knowledge.store.base import Rows, utc


@dataclass(frozen=True, kw_only=True)
class Changes:
    """What an import did."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    withdrawn: int = 0


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something that happened to a version of an entry."""

    version: int
    what: Status  # what the version became
    at: datetime
    who: str  # empty where nobody was named
    note: str  # why


@dataclass(frozen=True, kw_only=True)
class Version:
    """One version of an entry."""

    version: int
    status: Status
    entry: Entry


@dataclass(frozen=True, kw_only=True)
class Draft:
    """The newest version of an entry, waiting to be published."""

    entry: Entry
    version: int
    authors: frozenset[str]  # who changed it since it was last published


@dataclass(frozen=True, kw_only=True)
class Written:
    """Who changes entries, when and why."""

    at: datetime
    who: str = ""
    note: str = ""


class EntryRows(Rows):
    """What is known, version by version."""

    def is_empty(self) -> bool:
        """Whether nothing was ever imported."""
        return not any(True for _ in self._db.query("SELECT 1 AS one FROM entries LIMIT 1"))

    def edition(self) -> int:
        """Another number whenever something was published or taken back, by whatever process."""
        row = next(
            self._db.query("SELECT count(*) AS n FROM entry_events WHERE what <> 'draft'"),
        )
        return int(row["n"])

    def published(self) -> list[Entry]:
        """Every published entry, guide and FAQ, in file order."""
        rows = self._db.query(
            "SELECT body FROM entries WHERE status = 'published' ORDER BY collection, place, id"
        )
        return [_entry(row["body"]) for row in rows]

    def latest(self) -> list[Entry]:
        """The newest version of every entry that was not withdrawn, drafts included."""
        rows = self._db.query(
            "SELECT body FROM entries AS e WHERE status IN ('published', 'draft') AND version = "
            "(SELECT max(version) FROM entries AS n WHERE n.id = e.id AND "
            "n.status IN ('published', 'draft')) ORDER BY collection, place, id"
        )
        return [_entry(row["body"]) for row in rows]

    def versions(self, entry_id: str) -> list[Version]:
        """Every version of an entry, the oldest first; none if there never was such an entry."""
        rows = self._db.query(
            "SELECT version, status, body FROM entries WHERE id = :id ORDER BY version",
            {"id": entry_id},
        )
        return [
            Version(version=r["version"], status=Status(r["status"]), entry=_entry(r["body"]))
            for r in rows
        ]

    def events(self, entry_id: str) -> list[Event]:
        """What happened to an entry, in order."""
        rows = self._db.query(
            "SELECT version, what, at, who, note FROM entry_events WHERE entry_id = :id "
            "ORDER BY at, version",
            {"id": entry_id},
        )
        return [
            Event(
                version=r["version"],
                what=Status(r["what"]),
                at=datetime.fromisoformat(r["at"]),
                who=r["who"],
                note=r["note"],
            )
            for r in rows
        ]

    def drafts(self) -> list[Draft]:
        """What waits to be published, in file order."""
        rows = self._db.query(
            "SELECT id, version, body FROM entries AS e WHERE status = 'draft' AND version = "
            "(SELECT max(version) FROM entries AS n WHERE n.id = e.id AND n.status = 'draft') "
            "ORDER BY collection, place, id"
        )
        return [
            Draft(entry=_entry(r["body"]), version=r["version"], authors=self._authors(r["id"]))
            for r in rows
        ]

    def _authors(self, entry_id: str) -> frozenset[str]:
        rows = self._db.query(
            "SELECT v.who FROM entry_events AS v JOIN entries AS e "
            "ON e.id = v.entry_id AND e.version = v.version "
            "WHERE v.entry_id = :id AND v.what = 'draft' AND e.status = 'draft' AND v.who <> ''",
            {"id": entry_id},
        )
        return frozenset(row["who"] for row in rows)

    def save(
        self,
        entries: Sequence[Entry],
        *,
        publish: bool,
        replace: bool,
        at: datetime,
        by: str = "",
        note: str = "",
    ) -> Changes:
        """Store entries as new versions where they differ.

        `replace` withdraws every other entry of the collections that the entries belong to.
        """
        counts = {"added": 0, "changed": 0, "unchanged": 0}
        current = self._current()
        wanted = Status.PUBLISHED if publish else Status.DRAFT
        written = Written(at=at, who=by, note=note)
        for place, entry in enumerate(entries):
            counts[self._save_one(entry, place, current.get(entry.id), wanted, written)] += 1
        withdrawn = self._withdraw_others(entries, written) if replace else 0
        return Changes(**counts, withdrawn=withdrawn)

    def save_draft(self, entry: Entry, *, at: datetime, by: str, note: str) -> None:
        """A new version of one entry, in the place that it has, not answered with yet."""
        row = next(
            self._db.query(
                "SELECT version, place FROM entries WHERE id = :id ORDER BY version DESC LIMIT 1",
                {"id": entry.id},
            )
        )
        written = Written(at=at, who=by, note=note)
        self._insert(entry, row["place"], row["version"] + 1, Status.DRAFT, written)

    def publish(self, draft: Draft, *, at: datetime, by: str) -> None:
        """Answer with this draft from now on; every other version that was open is superseded."""
        entry_id, written = draft.entry.id, Written(at=at, who=by)
        others = [v for v in self._open_versions(entry_id) if v != draft.version]
        for version in others:
            self._turn(entry_id, version, Status.SUPERSEDED, written)
        self._turn(entry_id, draft.version, Status.PUBLISHED, written)

    def withdraw(self, entry_id: str, *, at: datetime, by: str = "", note: str = "") -> bool:
        """Take an entry back with its drafts; False if there is nothing to take back."""
        versions = self._open_versions(entry_id)
        for version in versions:
            written = Written(at=at, who=by, note=note)
            self._turn(entry_id, version, Status.WITHDRAWN, written)
        return bool(versions)

    def _open_versions(self, entry_id: str) -> list[int]:
        rows = self._db.query(
            "SELECT version FROM entries WHERE id = :id AND status IN ('published', 'draft') "
            "ORDER BY version",
            {"id": entry_id},
        )
        return [row["version"] for row in rows]

    def _turn(self, entry_id: str, version: int, status: Status, written: Written) -> None:
        self._db.execute(
            "UPDATE entries SET status = :status, changed_at = :at "
            "WHERE id = :id AND version = :version",
            {"id": entry_id, "version": version, "status": status, "at": utc(written.at)},
        )
        self._happened(entry_id, version, status, written)

    def _happened(self, entry_id: str, version: int, status: Status, written: Written) -> None:
        self._db.execute(
            "INSERT INTO entry_events (entry_id, version, what, at, who, note) "
            "VALUES (:id, :version, :what, :at, :who, :note)",
            {
                "id": entry_id,
                "version": version,
                "what": status,
                "at": utc(written.at),
                "who": written.who,
                "note": written.note,
            },
        )

    def _current(self) -> dict[str, tuple[int, Status, str]]:
        """Id → newest version with status and body."""
        rows = self._db.query("SELECT id, version, status, body FROM entries ORDER BY version")
        return {row["id"]: (row["version"], Status(row["status"]), row["body"]) for row in rows}

    def _save_one(
        self,
        entry: Entry,
        place: int,
        current: tuple[int, Status, str] | None,
        wanted: Status,
        written: Written,
    ) -> str:
        version, status, body = current or (0, None, "")
        if status in (Status.PUBLISHED, wanted) and _entry(body) == entry:
            return "unchanged"
        if wanted is Status.PUBLISHED and current:
            for older in self._open_versions(entry.id):
                self._turn(entry.id, older, Status.SUPERSEDED, written)
        self._insert(entry, place, version + 1, wanted, written)
        return "changed" if current else "added"

    def _insert(
        self, entry: Entry, place: int, version: int, status: Status, written: Written
    ) -> None:
        self._db.execute(
            "INSERT INTO entries (id, version, status, collection, place, body, changed_at) "
            "VALUES (:id, :version, :status, :collection, :place, :body, :at)",
            {
                "id": entry.id,
                "version": version,
                "status": status,
                "collection": entry.collection,
                "place": place,
                "body": json.dumps(asdict(entry), ensure_ascii=False, default=str),
                "at": utc(written.at),
            },
        )
        self._happened(entry.id, version, status, written)

    def _withdraw_others(self, entries: Iterable[Entry], written: Written) -> int:
        kept = {entry.id for entry in entries}
        collections = {entry.collection for entry in entries}
        rows = self._db.query(
            "SELECT DISTINCT id, collection FROM entries WHERE status IN ('published', 'draft')"
        )
        gone = [r["id"] for r in rows if r["collection"] in collections and r["id"] not in kept]
        for entry_id in gone:
            self.withdraw(entry_id, at=written.at, by=written.who, note=written.note)
        return len(gone)


def _entry(body: str) -> Entry:
    values: dict[str, Any] = json.loads(body)
    source = values["source"]
    return Entry(
        **{
            **values,
            "similar": tuple(values["similar"]),
            "unlike": tuple(values.get("unlike", ())),  # older rows have none
            "collection": Collection(values["collection"]),
            "source": Source(**{**source, "date": _day(source["date"])}),
            "effective_from": _day(values["effective_from"]),
            "effective_to": _day(values["effective_to"]),
            "review_by": _day(values["review_by"]),
        }
    )


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None

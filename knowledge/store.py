"""The only SQL of this package: versions of entries, questions asked, feedback.

Every method runs inside the caller's transaction.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlite_utils import Database, Migrations

from knowledge.entries import Collection, Entry, Source, Status

migrations = Migrations("knowledge")

_SCHEMA = """
CREATE TABLE entries (
    id TEXT NOT NULL,
    version INTEGER NOT NULL,
    status TEXT NOT NULL,              -- draft | published | superseded | withdrawn
    collection TEXT NOT NULL,          -- faq | guide
    place INTEGER NOT NULL,            -- order within its file
    body TEXT NOT NULL,                -- the entry as JSON
    changed_at TEXT NOT NULL,
    PRIMARY KEY (id, version)
) STRICT;
CREATE UNIQUE INDEX entries_published ON entries (id) WHERE status = 'published';
CREATE TABLE questions (
    id TEXT PRIMARY KEY,               -- short: it goes into buttons
    conversation TEXT NOT NULL,        -- whose; buttons of others do nothing
    channel TEXT NOT NULL,
    asked_at TEXT NOT NULL,
    text TEXT NOT NULL,                -- personal numbers masked
    decision TEXT NOT NULL,            -- answer | clarify | escalate
    confidence REAL NOT NULL,
    offered TEXT NOT NULL,             -- ids of the entries shown, JSON
    answered_with TEXT,                -- the entry that was shown as the answer
    feedback TEXT,                     -- helpful | unsolved
    escalated_at TEXT
) STRICT;
CREATE INDEX questions_asked ON questions (asked_at);
"""


@migrations()
def m001_entries_and_questions(db: Database) -> None:
    """Entries with versions; the log of questions."""
    for statement in _SCHEMA.split(";\n"):  # executescript would end the migration's transaction
        if statement.strip():
            db.execute(statement)


@dataclass(frozen=True, kw_only=True)
class Question:
    """A question as it was asked and answered."""

    id: str
    conversation: str
    channel: str
    asked_at: datetime
    text: str
    decision: str
    confidence: float
    offered: tuple[str, ...] = ()
    answered_with: str | None = None
    feedback: str | None = None
    escalated_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Changes:
    """What an import did."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    withdrawn: int = 0


class KnowledgeStore:
    """Entries and questions as rows."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def is_empty(self) -> bool:
        """Whether nothing was ever imported."""
        return not any(True for _ in self._db.query("SELECT 1 AS one FROM entries LIMIT 1"))

    def published(self) -> list[Entry]:
        """Every published entry, guide and FAQ, in file order."""
        rows = self._db.query(
            "SELECT body FROM entries WHERE status = 'published' ORDER BY collection, place, id"
        )
        return [_entry(json.loads(row["body"])) for row in rows]

    def latest(self) -> list[Entry]:
        """The newest version of every entry that was not withdrawn, drafts included."""
        rows = self._db.query(
            "SELECT body FROM entries AS e WHERE status IN ('published', 'draft') AND version = "
            "(SELECT max(version) FROM entries AS n WHERE n.id = e.id AND "
            "n.status IN ('published', 'draft')) ORDER BY collection, place, id"
        )
        return [_entry(json.loads(row["body"])) for row in rows]

    def save(
        self, entries: Sequence[Entry], *, publish: bool, replace: bool, at: datetime
    ) -> Changes:
        """Store entries as new versions where they differ.

        `replace` withdraws every other entry of the collections that the entries belong to.
        """
        counts = {"added": 0, "changed": 0, "unchanged": 0}
        current = self._current()
        for place, entry in enumerate(entries):
            counts[self._save_one(entry, place, current.get(entry.id), publish, at)] += 1
        withdrawn = self._withdraw_others(entries, at) if replace else 0
        return Changes(**counts, withdrawn=withdrawn)

    def _current(self) -> dict[str, tuple[int, Status, str]]:
        """Id → newest version with status and body."""
        rows = self._db.query("SELECT id, version, status, body FROM entries ORDER BY version")
        return {row["id"]: (row["version"], Status(row["status"]), row["body"]) for row in rows}

    def _save_one(
        self,
        entry: Entry,
        place: int,
        current: tuple[int, Status, str] | None,
        publish: bool,
        at: datetime,
    ) -> str:
        version, status, body = current or (0, None, "")
        new_body = json.dumps(asdict(entry), ensure_ascii=False, default=str)
        wanted = Status.PUBLISHED if publish else Status.DRAFT
        live = status in (Status.PUBLISHED, wanted)
        if body == new_body and live:
            return "unchanged"
        if publish:
            self._db.execute(
                "UPDATE entries SET status = 'superseded', changed_at = :at "
                "WHERE id = :id AND status IN ('published', 'draft')",
                {"id": entry.id, "at": at.isoformat()},
            )
        self._db.execute(
            "INSERT INTO entries (id, version, status, collection, place, body, changed_at) "
            "VALUES (:id, :version, :status, :collection, :place, :body, :at)",
            {
                "id": entry.id,
                "version": version + 1,
                "status": wanted,
                "collection": entry.collection,
                "place": place,
                "body": new_body,
                "at": at.isoformat(),
            },
        )
        return "changed" if current else "added"

    def _withdraw_others(self, entries: Iterable[Entry], at: datetime) -> int:
        kept = {entry.id for entry in entries}
        collections = {entry.collection for entry in entries}
        rows = self._db.query(
            "SELECT DISTINCT id, collection FROM entries WHERE status IN ('published', 'draft')"
        )
        gone = [r["id"] for r in rows if r["collection"] in collections and r["id"] not in kept]
        for entry_id in gone:
            self._db.execute(
                "UPDATE entries SET status = 'withdrawn', changed_at = :at "
                "WHERE id = :id AND status IN ('published', 'draft')",
                {"id": entry_id, "at": at.isoformat()},
            )
        return len(gone)

    def log(self, question: Question) -> None:
        """Remember a question; its text has to be masked already."""
        values = {**vars(question), "asked_at": _utc(question.asked_at)}
        values["offered"] = json.dumps(question.offered)
        self._db.execute(
            "INSERT INTO questions (id, conversation, channel, asked_at, text, decision, "
            "confidence, offered, answered_with) VALUES (:id, :conversation, :channel, "
            ":asked_at, :text, :decision, :confidence, :offered, :answered_with)",
            values,
        )

    def forget(self, person: str) -> None:
        """Keep that something was asked and what became of it, not what or by whom."""
        self._db.execute(
            "UPDATE questions SET text = '', conversation = '' "
            "WHERE substr(conversation, 1, length(:person) + 1) = :person || '@'",
            {"person": person},
        )

    def question(self, question_id: str, conversation: str) -> Question | None:
        """A question of this conversation; None if there is none or it is somebody else's."""
        rows = self._db.query(
            "SELECT * FROM questions WHERE id = :id AND conversation = :conversation",
            {"id": question_id, "conversation": conversation},
        )
        for row in rows:
            return _question(row)
        return None

    def asked_between(self, first: datetime, after: datetime) -> list[Question]:
        """Questions asked from `first` up to, not at, `after`; both aware."""
        rows = self._db.query(
            "SELECT * FROM questions WHERE asked_at >= :first AND asked_at < :after "
            "ORDER BY asked_at, id",
            {"first": _utc(first), "after": _utc(after)},
        )
        return [_question(row) for row in rows]

    def answered(self, question_id: str, entry_id: str) -> None:
        """The person chose this entry among those offered."""
        self._db.execute(
            "UPDATE questions SET answered_with = :entry WHERE id = :id",
            {"id": question_id, "entry": entry_id},
        )

    def rate(self, question_id: str, feedback: str) -> None:
        """Helpful or unsolved; the last word counts."""
        self._db.execute(
            "UPDATE questions SET feedback = :feedback WHERE id = :id",
            {"id": question_id, "feedback": feedback},
        )

    def escalated(self, question_id: str, at: datetime) -> None:
        """The question became a case."""
        self._db.execute(
            "UPDATE questions SET escalated_at = :at WHERE id = :id",
            {"id": question_id, "at": at.isoformat()},
        )


def _utc(moment: datetime) -> str:
    """As moments are written: they compare as text only in one zone."""
    return moment.astimezone(UTC).isoformat()


def _question(row: dict[str, Any]) -> Question:
    escalated = row["escalated_at"]
    return Question(
        **{
            **row,
            "asked_at": datetime.fromisoformat(row["asked_at"]),
            "offered": tuple(json.loads(row["offered"])),
            "escalated_at": datetime.fromisoformat(escalated) if escalated else None,
        }
    )


def _entry(values: dict[str, Any]) -> Entry:
    source = values["source"]
    return Entry(
        **{
            **values,
            "similar": tuple(values["similar"]),
            "collection": Collection(values["collection"]),
            "source": Source(**{**source, "date": _day(source["date"])}),
            "effective_from": _day(values["effective_from"]),
            "effective_to": _day(values["effective_to"]),
            "review_by": _day(values["review_by"]),
        }
    )


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None

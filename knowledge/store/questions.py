"""What was asked, what became of it, and what people said of the answers."""

import json
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from knowledge.store.base import Rows, utc


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


class Said(StrEnum):
    """What a person said of an entry as the answer to a question."""

    PICKED = "picked"  # chosen among those offered
    HELPFUL = "helpful"
    UNSOLVED = "unsolved"
    REFUSED = "refused"  # offered, and 都不是 was pressed


@dataclass(frozen=True, kw_only=True)
class Reaction:
    """The last word on an entry as the answer to a question, with the question's wording."""

    text: str
    conversation: str
    entry_id: str
    said: Said
    at: datetime


class QuestionRows(Rows):
    """The log of questions."""

    def log(self, question: Question) -> None:
        """Remember a question; its text has to be masked already."""
        values = {**vars(question), "asked_at": utc(question.asked_at)}
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
            {"first": utc(first), "after": utc(after)},
        )
        return [_question(row) for row in rows]

    def unanswered(self, since: datetime | None = None) -> list[Question]:
        """Questions that nothing answered: none found or picked, unsolved, or passed on."""
        rows = self._db.query(
            "SELECT * FROM questions WHERE text <> '' AND asked_at >= :since AND "
            "(answered_with IS NULL OR feedback = 'unsolved' OR escalated_at IS NOT NULL) "
            "ORDER BY asked_at, id",
            {"since": utc(since) if since else ""},
        )
        return [_question(row) for row in rows]

    def answered(self, question_id: str, entry_id: str, at: datetime) -> None:
        """The person chose this entry; what was said of an answer before it is over."""
        self._db.execute(
            "UPDATE questions SET answered_with = :entry, feedback = NULL WHERE id = :id",
            {"id": question_id, "entry": entry_id},
        )
        self._react(question_id, entry_id, Said.PICKED, at)

    def rate(self, question: Question, said: Said, at: datetime) -> None:
        """Helpful or unsolved; the last word counts."""
        self._db.execute(
            "UPDATE questions SET feedback = :feedback WHERE id = :id",
            {"id": question.id, "feedback": said},
        )
        if question.answered_with:
            self._react(question.id, question.answered_with, said, at)

    def refused(self, question: Question, at: datetime) -> None:
        """None of the entries that were offered was meant."""
        for entry_id in question.offered:
            if entry_id != question.answered_with:
                self._react(question.id, entry_id, Said.REFUSED, at)

    def refused_for(self, question_id: str) -> frozenset[str]:
        """The entries that the person said are not the answer to a question."""
        rows = self._db.query(
            "SELECT entry_id FROM reactions WHERE question_id = :id "
            "AND what IN ('unsolved', 'refused')",
            {"id": question_id},
        )
        return frozenset(row["entry_id"] for row in rows)

    def _react(self, question_id: str, entry_id: str, said: Said, at: datetime) -> None:
        self._db.execute(
            "INSERT INTO reactions (question_id, entry_id, what, at) "
            "VALUES (:question, :entry, :what, :at) ON CONFLICT (question_id, entry_id) "
            "DO UPDATE SET what = excluded.what, at = excluded.at",
            {"question": question_id, "entry": entry_id, "what": said, "at": utc(at)},
        )

    def reactions(self) -> list[Reaction]:
        """Everything that was said of answers, with the wording of the question, oldest first."""
        rows = self._db.query(
            "SELECT q.text, q.conversation, r.entry_id, r.what, r.at FROM reactions AS r "
            "JOIN questions AS q ON q.id = r.question_id WHERE q.text <> '' "
            "ORDER BY r.at, r.question_id, r.entry_id"
        )
        return [
            Reaction(
                text=row["text"],
                conversation=row["conversation"],
                entry_id=row["entry_id"],
                said=Said(row["what"]),
                at=datetime.fromisoformat(row["at"]),
            )
            for row in rows
        ]

    def escalated(self, question_id: str, at: datetime) -> None:
        """The question became a case."""
        self._db.execute(
            "UPDATE questions SET escalated_at = :at WHERE id = :id",
            {"id": question_id, "at": at.isoformat()},
        )


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

"""What is remembered between two messages, and everything that a person leaves behind."""

import json
from collections.abc import Callable, Sequence
from datetime import datetime

from sqlite_utils import Database

from bot.store.plain import dump
from handlers.conversation import Conversation
from handlers.messages import Reply
from handlers.services import Clock, Held, Message


class Conversations:
    """What is remembered between two messages of a conversation."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    def load(self, key: str) -> Conversation:
        """The conversation so far; a new one if there is none."""
        rows = self._db.query("SELECT body FROM conversations WHERE key = :key", {"key": key})
        for row in rows:
            return Conversation.from_json(json.loads(row["body"]))
        return Conversation()

    def save(self, key: str, conversation: Conversation) -> None:
        """Remember it."""
        self._db.execute(
            "INSERT INTO conversations (key, body, updated_at) VALUES (:key, :body, :at) "
            "ON CONFLICT (key) DO UPDATE SET body = excluded.body, "
            "updated_at = excluded.updated_at",
            {
                "key": key,
                "body": dump(conversation.to_json()),
                "at": self._clock().isoformat(),
            },
        )


class Records:
    """What conversations leave behind in this package's tables."""

    def __init__(self, db: Database, forget_questions: Callable[[str], None]) -> None:
        """`forget_questions` does the same for what the knowledge base keeps of a person."""
        self._db = db
        self._forget_questions = forget_questions

    def held(self, person: str) -> Held:
        """All of it."""
        said = self._db.query(
            "SELECT payload, received_at FROM inbox WHERE person = :person ORDER BY seq",
            {"person": person},
        )
        messages = tuple(
            Message(at=datetime.fromisoformat(row["received_at"]), text=text)
            for row in said
            if (text := json.loads(row["payload"])["text"])
        )
        files = self._db.query(
            "SELECT name FROM files WHERE person = :person ORDER BY created_at", {"person": person}
        )
        return Held(messages=messages, files=tuple(row["name"] for row in files))

    def forget(self, person: str, numbers: Sequence[str]) -> None:
        """Erase it, the files of these cases and what staff were shown of them: rows that keep an
        update from being handled twice stay, without their words."""
        values = {"person": person, "nobody": "", "empty": _EMPTY_REPLY}
        for statement in _FORGET:
            self._db.execute(statement, values)
        for number in numbers:
            self._db.execute(_FORGET_CASE, {"number": number, "empty": _EMPTY_REPLY})
            self._db.execute(
                "DELETE FROM files WHERE person = :person AND number = :number",
                {"person": person, "number": number},
            )
        self._forget_questions(person)


_EMPTY_REPLY = json.dumps(Reply().to_json())
_FORGET_CASE = "UPDATE outbox SET body = :empty WHERE about = :number AND state <> 'waiting'"
# The message that asks for it is being handled: its own row is emptied, its reply comes after.
_FORGET = (
    "UPDATE outbox SET body = :empty, person = :nobody WHERE person = :person "
    "AND state <> 'waiting'",
    "UPDATE inbox SET payload = json_set(payload, '$.text', ''), person = :nobody "
    "WHERE person = :person AND state = 'done'",
    "DELETE FROM conversations WHERE substr(key, 1, length(:person) + 1) = :person || '@'",
    "DELETE FROM files WHERE person = :person AND number = ''",
    "DELETE FROM links WHERE person = :person",
)

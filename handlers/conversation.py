"""What is remembered of a conversation between two messages: the last topic and an open form."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Protocol, Self

TOPIC_HOLDS = timedelta(minutes=30)  # a follow-up later than this starts afresh


@dataclass(frozen=True, kw_only=True)
class Topic:
    """What was answered last, so that 「那要多久?」 can be understood."""

    question: str
    entry_id: str
    at: datetime  # aware, UTC


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A form that waits for its next step."""

    form: str
    values: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Conversation:
    """The memory of one person's conversation in one chat."""

    topic: Topic | None = None
    draft: Draft | None = None
    saved: Draft | None = None  # a form put aside for later
    asked: str | None = None  # the id of the last question

    def topic_at(self, now: datetime) -> Topic | None:
        """The last topic while it is fresh."""
        if self.topic is None or now - self.topic.at > TOPIC_HOLDS:
            return None
        return self.topic

    def to_json(self) -> dict[str, Any]:
        """Plain values for the row."""
        topic = self.topic
        return {
            "topic": topic and {**vars(topic), "at": topic.at.isoformat()},
            "draft": self.draft and dict(vars(self.draft)),
            "saved": self.saved and dict(vars(self.saved)),
            "asked": self.asked,
        }

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> Self:
        """The reverse of `to_json`."""
        topic, draft, saved = values["topic"], values["draft"], values.get("saved")
        return cls(
            topic=topic and Topic(**{**topic, "at": datetime.fromisoformat(topic["at"])}),
            draft=draft and Draft(**draft),
            saved=saved and Draft(**saved),
            asked=values["asked"],
        )


class Conversations(Protocol):
    """Where conversations are kept."""

    def load(self, key: str) -> Conversation:
        """The conversation so far; a new one if there is none."""

    def save(self, key: str, conversation: Conversation) -> None:
        """Remember it."""

"""What is remembered of a conversation between two messages: the last topic and an open form."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Protocol, Self

DRAFT_HOLDS = timedelta(days=30)  # an open form untouched for longer is erased
MOST_SAVED = 5  # forms put aside: the oldest makes room
TOPIC_HOLDS = timedelta(minutes=30)  # a follow-up later than this starts afresh


@dataclass(frozen=True, kw_only=True)
class Topic:
    """What was asked last, so that 「那要多久?」 can be understood."""

    question: str  # written out, where it leaned on the one before it
    entry_id: str  # what answered it; empty if nothing did
    at: datetime  # aware, UTC
    offered: tuple[str, ...] = ()  # entries offered as 还有, so that none is offered twice


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A form that waits for its next step."""

    form: str
    values: dict[str, str] = field(default_factory=dict)
    said: dict[str, str] = field(default_factory=dict)  # message → the field it was written for
    several: bool = False  # asks several questions: put aside, not dropped, for another form


@dataclass(frozen=True, kw_only=True)
class Conversation:
    """The memory of one person's conversation in one chat."""

    topic: Topic | None = None
    draft: Draft | None = None
    saved: tuple[Draft, ...] = ()  # forms put aside for later, the last one last
    asked: str | None = None  # the id of the last question
    unsaid: tuple[str, ...] = ()  # beginnings of a question whose end was already waiting
    choice: tuple[str, ...] = ()  # the actions behind the options shown last, for 「第二个」

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
            "saved": [dict(vars(one)) for one in self.saved],
            "asked": self.asked,
            "unsaid": list(self.unsaid),
            "choice": list(self.choice),
        }

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> Self:
        """The reverse of `to_json`."""
        topic, draft, saved = values["topic"], values["draft"], values.get("saved") or []
        if isinstance(saved, dict):  # from before there could be several
            saved = [saved]
        return cls(
            topic=topic and _topic(topic),
            draft=draft and Draft(**draft),
            saved=tuple(Draft(**one) for one in saved),
            asked=values["asked"],
            unsaid=tuple(values.get("unsaid", ())),  # older rows have none, nor
            choice=tuple(values.get("choice", ())),
        )


def _topic(values: dict[str, Any]) -> Topic:
    return Topic(
        **{
            **values,
            "at": datetime.fromisoformat(values["at"]),
            "offered": tuple(values.get("offered", ())),
        }
    )


class Conversations(Protocol):
    """Where conversations are kept."""

    def load(self, key: str) -> Conversation:
        """The conversation so far; a new one if there is none."""

    def save(self, key: str, conversation: Conversation) -> None:
        """Remember it."""

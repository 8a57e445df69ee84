"""What handlers work with: built once by `bot.services`, passed to every call."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeAlias
from zoneinfo import ZoneInfo

from handlers.conversation import Conversations
from knowledge import KnowledgeBase
from petitions import PetitionDesk

Clock: TypeAlias = Callable[[], datetime]  # aware, UTC


@dataclass(frozen=True, kw_only=True)
class Office:
    """How the body that answers is named to people."""

    name: str = "本机关"
    phone: str = ""


class Files(Protocol):
    """Where documents for people, and what they sent, are kept."""

    def put(self, *, person: str, name: str, media_type: str, body: bytes, at: datetime) -> str:
        """Keep a file for a person; its id."""


@dataclass(frozen=True, kw_only=True)
class Services:
    """Everything a handler may use."""

    knowledge: KnowledgeBase
    desk: PetitionDesk
    conversations: Conversations
    files: Files
    clock: Clock
    new_id: Callable[[], str]  # short ASCII ids for rows that buttons name
    zone: ZoneInfo
    office: Office

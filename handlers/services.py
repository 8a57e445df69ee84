"""What handlers work with: built once by `bot.services`, passed to every call."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias
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


@dataclass(frozen=True, kw_only=True)
class Services:
    """Everything a handler may use."""

    knowledge: KnowledgeBase
    desk: PetitionDesk
    conversations: Conversations
    clock: Clock
    new_id: Callable[[], str]  # short ASCII ids for rows that buttons name
    zone: ZoneInfo
    office: Office

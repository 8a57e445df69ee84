"""What handlers work with: built once by `bot.services`, passed to every call."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeAlias
from zoneinfo import ZoneInfo

from handlers.conversation import Conversations
from knowledge import KnowledgeBase
from petitions import Actor, Channel, PetitionDesk

Clock: TypeAlias = Callable[[], datetime]  # aware, UTC


@dataclass(frozen=True, kw_only=True)
class Office:
    """How the body that answers is named to people."""

    name: str = "本机关"
    phone: str = ""


@dataclass(frozen=True, kw_only=True)
class NewFile:
    """A file to be kept."""

    person: str  # whose it is
    name: str
    media_type: str
    body: bytes
    number: str = ""  # of the case it belongs to


class Files(Protocol):
    """Where documents for people, and what they sent, are kept."""

    def put(self, new: NewFile, at: datetime) -> str:
        """Keep a file; its id."""


class Uploads(Protocol):
    """Links to our own pages, for what does not belong into a chat."""

    def link(self, *, channel: Channel, person: str, number: str, at: datetime) -> str | None:
        """An address where one file for a case can be sent; None where the person cannot reach
        our pages."""


@dataclass(frozen=True, kw_only=True)
class Message:
    """Something a person said."""

    at: datetime
    text: str


@dataclass(frozen=True, kw_only=True)
class Held:
    """What is kept of a person beside their cases."""

    messages: tuple[Message, ...]
    files: tuple[str, ...]  # names


class Reads(Protocol):
    """Where it is written down who looked at personal data."""

    def log(self, by: Actor, number: str, what: str, at: datetime) -> None:
        """Somebody of the staff looked at something of a case."""


class Records(Protocol):
    """Everything that conversations leave behind."""

    def held(self, person: str) -> Held:
        """All of it."""

    def forget(self, person: str, numbers: Sequence[str]) -> None:
        """Erase it, the files of these cases, which have ended, and what staff were shown of them;
        files of others stay."""


@dataclass(frozen=True, kw_only=True)
class Services:
    """Everything a handler may use."""

    knowledge: KnowledgeBase
    desk: PetitionDesk
    conversations: Conversations
    files: Files
    uploads: Uploads
    reads: Reads
    records: Records
    clock: Clock
    new_id: Callable[[], str]  # short ASCII ids for rows that buttons name
    zone: ZoneInfo
    office: Office

"""What Telegram keeps: chats with their messages, files, pressed buttons.

Knows the Bot API's shapes of these, but neither its methods nor HTTP.
"""

import asyncio
import itertools
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import PurePath
from typing import Any, TypeVar

from .botapi_rules import Rejected, bad_request
from .botapi_text import Json

T = TypeVar("T")


class Access(StrEnum):
    """Whether the bot may write to a chat."""

    OPEN = "open"
    UNKNOWN = "unknown"  # a person who never wrote to the bot
    SEEN = "seen"  # a person the bot has met in a group only
    BLOCKED = "blocked"
    DEACTIVATED = "deactivated"
    KICKED = "kicked"
    LEFT = "left"


_REFUSALS = {
    Access.UNKNOWN: (400, "Bad Request: chat not found"),
    Access.SEEN: (403, "Forbidden: bot can't initiate conversation with a user"),
    Access.BLOCKED: (403, "Forbidden: bot was blocked by the user"),
    Access.DEACTIVATED: (403, "Forbidden: user is deactivated"),
    Access.KICKED: (403, "Forbidden: bot was kicked from the supergroup chat"),
    Access.LEFT: (403, "Forbidden: bot is not a member of the supergroup chat"),
}


@dataclass(eq=False, kw_only=True)
class Chat:
    """A chat with all that was ever said in it."""

    info: Json  # as the Bot API shows it
    access: Access = Access.OPEN
    messages: dict[int, "Message"] = field(default_factory=dict)
    history: list["Message"] = field(default_factory=list)  # every revision, deleted ones too
    topics: dict[int, str] = field(default_factory=dict)  # names by thread; in a forum only
    last_id: int = 0

    @property
    def chat_id(self) -> int:
        return int(self.info["id"])

    @property
    def private(self) -> bool:
        return bool(self.info["type"] == "private")


@dataclass(frozen=True, kw_only=True)
class Message:
    """A message as it stands now; an edit puts a record with a new revision in its place."""

    chat: Chat
    message_id: int
    sender: Json
    date: int
    text: str = ""  # or the caption
    entities: tuple[Json, ...] = ()
    media: Json = field(default_factory=dict)  # {"document": {…}} and the like
    markup: Json | None = None
    reply_to: "Message | None" = None
    edit_date: int = 0
    thread: int = 0  # the topic of a forum it is in; 0: the general one
    revision: int

    @property
    def by_bot(self) -> bool:
        return bool(self.sender["is_bot"])

    @property
    def rows(self) -> list[list[Json]]:
        """The inline keyboard."""
        return list((self.markup or {}).get("inline_keyboard", []))

    @property
    def buttons(self) -> list[list[str]]:
        """The labels of the inline keyboard, by rows."""
        return [[button["text"] for button in row] for row in self.rows]

    @property
    def shown(self) -> str:
        """What a person reads: text or caption, and the name of a document."""
        name = self.media.get("document", {}).get("file_name", "")
        return "\n".join(filter(None, (self.text, name)))

    def button(self, label: str) -> Json | None:
        """The first inline button whose text contains the label."""
        return next((b for row in self.rows for b in row if label in b["text"]), None)

    def to_json(self, *, nested: bool = False) -> Json:
        """The Bot API's Message; a nested one does not show what it replies to."""
        text, entities = ("caption", "caption_entities") if self.media else ("text", "entities")
        inline = self.markup if self.rows else None  # only this kind is part of a message
        values: Json = {
            "message_id": self.message_id, "from": self.sender, "chat": self.chat.info,
            "date": self.date, "edit_date": self.edit_date, **self.media, text: self.text,
            entities: list(self.entities), "reply_markup": inline,
        }  # fmt: skip
        if self.reply_to and not nested:
            values["reply_to_message"] = self.reply_to.to_json(nested=True)
        if self.thread:
            values |= {"message_thread_id": self.thread, "is_topic_message": True}
        return {k: v for k, v in values.items() if v}


@dataclass(frozen=True, kw_only=True)
class StoredFile:
    """A file that somebody sent."""

    file_id: str
    path: str  # below /file/bot<token>/
    data: bytes
    size: int  # may claim more than the data holds

    def to_json(self) -> Json:
        unique = f"unique-{self.file_id}"
        return {"file_id": self.file_id, "file_unique_id": unique, "file_size": self.size}


@dataclass(eq=False, kw_only=True)
class Query:
    """A pressed button, and what the bot answered."""

    query_id: str
    data: str
    answered: bool = False
    expired: bool = False
    toast: str = ""
    alert: bool = False


class World:
    """All of it, and a signal for every change."""

    def __init__(self, bot: Json, clock: Callable[[], float]) -> None:
        self.bot = bot
        self.chats: dict[int, Chat] = {}
        self.files: dict[str, StoredFile] = {}
        self.queries: dict[str, Query] = {}
        self._clock = clock
        self._revisions = itertools.count(1)
        self._file_numbers = itertools.count(1)
        self._query_ids = itertools.count(4_300_000_000_000_001)
        self._changed = asyncio.Event()

    @property
    def now(self) -> int:
        return int(self._clock())

    def chat(self, chat_id: int) -> Chat:
        """The chat, if the bot may write there."""
        chat = self.chats.get(chat_id)
        if chat is None:
            raise bad_request("chat not found")
        if chat.access in _REFUSALS:
            raise Rejected(*_REFUSALS[chat.access])
        return chat

    def message(self, chat: Chat, message_id: int, what: str) -> Message:
        """A message that is still there."""
        if message_id not in chat.messages:
            raise bad_request(f"{what} not found")
        return chat.messages[message_id]

    def add(self, chat: Chat, sender: Json, **content: Any) -> Message:
        """A new message at the end of the chat."""
        chat.last_id += 1
        return self._put(
            Message(
                chat=chat, message_id=chat.last_id, sender=sender, date=self.now,
                revision=next(self._revisions), **content,
            )
        )  # fmt: skip

    def edit(self, message: Message, **content: Any) -> Message:
        """The message with other content, marked as edited."""
        revision = next(self._revisions)
        return self._put(replace(message, edit_date=self.now, revision=revision, **content))

    def delete(self, message: Message) -> None:
        """The message is gone from the chat."""
        del message.chat.messages[message.message_id]
        self.change()

    def _put(self, message: Message) -> Message:
        message.chat.messages[message.message_id] = message
        message.chat.history.append(message)
        self.change()
        return message

    def keep(self, folder: str, name: str, data: bytes, size: int = 0) -> StoredFile:
        """Store a file as sent; `size` if it is to look larger than it is."""
        number = next(self._file_numbers)
        stored = StoredFile(
            file_id=f"AgAD{folder}{number:06}",
            path=f"{folder}/file_{number}{PurePath(name).suffix}",
            data=data,
            size=size or len(data),
        )
        self.files[stored.file_id] = stored
        return stored

    def press(self, data: str) -> Query:
        """A button with this data was pressed."""
        query = Query(query_id=str(next(self._query_ids)), data=data)
        self.queries[query.query_id] = query
        return query

    def change(self) -> None:
        """Wake everybody who waits for something to happen."""
        changed, self._changed = self._changed, asyncio.Event()
        changed.set()

    async def until(self, find: Callable[[], T | None], timeout: float) -> T:
        """What `find` returns as soon as it is true; TimeoutError if it never is."""
        async with asyncio.timeout(timeout):
            while not (result := find()):
                await self._changed.wait()
        return result

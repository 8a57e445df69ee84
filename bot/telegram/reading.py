"""What Telegram tells us, in the words of `handlers.messages`. Pure.

Not for us, hence `None`: bots, channels, service messages (somebody joined, the group moved), and
in groups everything that is not a command, does not name us and does not reply to us.
"""

import logging
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zlib import crc32

from telegram import Bot, CallbackQuery, Chat, Message, Update, User
from telegram.constants import ChatType

from handlers.messages import Action, Incoming, InputKind
from petitions import Channel

# In this order: a GIF is an animation and a document, a place is a venue and a location.
_KINDS = {
    "sticker": InputKind.STICKER,
    "animation": InputKind.STICKER,
    "photo": InputKind.PHOTO,
    "voice": InputKind.VOICE,
    "audio": InputKind.VOICE,
    "document": InputKind.FILE,
    "venue": InputKind.LOCATION,
    "location": InputKind.LOCATION,
    "video": InputKind.OTHER,
    "video_note": InputKind.OTHER,
    "contact": InputKind.OTHER,
    "poll": InputKind.OTHER,
    "dice": InputKind.OTHER,
    "game": InputKind.OTHER,
    "story": InputKind.OTHER,
    "paid_media": InputKind.OTHER,
    "checklist": InputKind.OTHER,
}
_HARD_TO_READ = (ValueError, TypeError, KeyError, AttributeError)
_UNREADABLE = "unreadable"  # a field of our own, in a message that was stripped
_log = logging.getLogger(__name__)
_COMMAND = re.compile(r"/\w+(?:@(\w+))?(?!\S)")


@dataclass(frozen=True, kw_only=True)
class Address:
    """A chat, or a topic of a forum: each topic is a conversation of its own."""

    chat_id: int
    thread_id: int | None = None

    def __str__(self) -> str:
        return str(self.chat_id) if self.thread_id is None else f"{self.chat_id}/{self.thread_id}"

    @classmethod
    def parse(cls, written: str) -> "Address":
        """The reverse of `str`."""
        chat, _, thread = written.partition("/")
        return cls(chat_id=int(chat), thread_id=int(thread) if thread else None)


def parse(raw: Any, bot: Bot) -> Update | None:
    """An update of Telegram's JSON; None, and a line in the log, for what nobody can read.

    It is passed over: left unacknowledged it would come for ever, and keep back what is behind it.
    Of a message that much remains that a polite word can be said.
    """
    try:
        return Update.de_json(raw, bot)
    except _HARD_TO_READ as exc:
        _log.warning("看不懂 Telegram 发来的一条更新（%s）", type(exc).__name__)
    try:
        return Update.de_json(_bare(raw), bot)
    except _HARD_TO_READ:
        return None


def _bare(raw: Any) -> dict[str, Any]:
    """The update without what its message holds: whoever sent it is told what we can read.

    python-telegram-bot refuses, for one, every poll of a server of an earlier Bot API.
    """
    message = {name: raw["message"][name] for name in ("message_id", "date", "chat", "from")}
    said = {name: raw["message"][name] for name in ("text", "caption") if name in raw["message"]}
    return {"update_id": raw["update_id"], "message": {**message, **said, _UNREADABLE: True}}


def read(update: Update, me: User, received_at: datetime) -> Incoming | None:
    """One thing a person did; None if it is not for us."""
    if update.callback_query:
        return _pressed(update.update_id, update.callback_query, received_at)
    message = update.message or update.edited_message
    if message is None or message.from_user is None or message.from_user.is_bot:
        return None
    if message.is_automatic_forward:  # a channel's post, put into its group by Telegram
        return None
    content = _content(message)
    if content is None:
        return None
    text, kind = content
    edited = update.edited_message is not None
    if edited and kind is not InputKind.TEXT:
        return None  # a live location moves every few seconds
    private = message.chat.type == ChatType.PRIVATE
    if not private and not _meant(message, text, me):
        return None
    return Incoming(
        channel=Channel.TELEGRAM,
        update_id=_key(update.update_id, message, kind),
        person=_person(message.from_user),
        chat=str(_address(message)),
        text=text if private else _without_name(text, me),
        kind=kind,
        private=private,
        edited=edited,
        message=str(message.message_id),
        replies_to=_replies_to(message, me),
        received_at=received_at,
    )


def _replies_to(message: Message, me: User) -> str:
    """The message of ours that was answered by replying to it."""
    answered = message.reply_to_message
    ours = (
        answered is not None and answered.from_user is not None and answered.from_user.id == me.id
    )
    return str(answered.message_id) if answered and ours else ""


def _pressed(update_id: int, query: CallbackQuery, received_at: datetime) -> Incoming | None:
    if query.data is None or query.message is None:  # a game, or a message sent through inline mode
        return None
    message = query.message
    address = _address(message) if isinstance(message, Message) else Address(
        chat_id=message.chat.id
    )  # fmt: skip
    return Incoming(
        channel=Channel.TELEGRAM,
        update_id=f"{update_id}-{query.id}",
        person=_person(query.from_user),
        chat=str(address),
        action=Action.decode(query.data),
        kind=InputKind.BUTTON,
        private=_is_private(message.chat),
        message=str(message.message_id),
        received_at=received_at,
    )


def _key(update_id: int, message: Message, kind: InputKind) -> str:
    """Names the update for ever: Telegram's numbers start anew after a quiet week, and stand-ins
    for Telegram hand one out twice; hence where, when and a checksum of what was said.

    The pictures of an album are one thing: a polite word once, not ten times.
    """
    if message.media_group_id and kind is not InputKind.TEXT:
        return f"album-{message.chat.id}-{message.media_group_id}"
    at = message.edit_date or message.date
    said = crc32((message.text or message.caption or "").encode(errors="replace"))
    return f"{update_id}-{message.chat.id}-{int(at.timestamp())}-{said:x}"


def _content(message: Message) -> tuple[str, InputKind] | None:
    """Text or caption, else what it is; None for a service message."""
    if text := message.text or message.caption:
        # Half a character, "\ud800", is valid JSON, and no database takes it.
        return text.encode(errors="replace").decode(), InputKind.TEXT
    kinds = (kind for name, kind in _KINDS.items() if getattr(message, name))
    kind = next(kinds, InputKind.OTHER if _UNREADABLE in message.api_kwargs else None)
    return None if kind is None else ("", kind)


def _meant(message: Message, text: str, me: User) -> bool:
    """Whether something said in a group is said to us."""
    if command := _COMMAND.match(text):
        return command[1] is None or command[1].lower() == str(me.username).lower()
    if _name(me).search(text) or _mentioned(message, me):
        return True
    replied = message.reply_to_message
    # In a topic everything replies to the topic's first message, which we may have made.
    if replied is None or replied.forum_topic_created:
        return False
    return replied.from_user is not None and replied.from_user.id == me.id


def _mentioned(message: Message, me: User) -> bool:
    """A mention of us by first name, as chosen from the list of members."""
    entities = (*message.entities, *message.caption_entities)
    return any(entity.user is not None and entity.user.id == me.id for entity in entities)


def _without_name(text: str, me: User) -> str:
    return text if text.startswith("/") else _name(me).sub(" ", text).strip()


def _name(me: User) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w@])@{re.escape(str(me.username))}(?!\w)", re.IGNORECASE | re.ASCII)


def _address(message: Message) -> Address:
    thread = message.message_thread_id if message.is_topic_message else None
    return Address(chat_id=message.chat.id, thread_id=thread)


def _is_private(chat: Chat) -> bool:
    return chat.type == ChatType.PRIVATE


def _person(user: User) -> str:
    return f"{Channel.TELEGRAM}:{user.id}"

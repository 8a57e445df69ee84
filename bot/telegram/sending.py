"""One reply on its way: new messages, or in the place of older ones."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace

from telegram import InputFile, ReplyParameters
from telegram.constants import ForumTopicLimit, ParseMode
from telegram.error import BadRequest, ChatMigrated
from telegram.ext import ExtBot

from bot.store import File, Topic
from bot.telegram.reading import Address
from bot.telegram.rendering import Part

Shown = tuple[int, ...]  # numbers of messages
TOPIC_NAME_LENGTH = int(ForumTopicLimit.MAX_NAME_LENGTH)
_SAME = "message is not modified"
# Telegram's own words, in lower case, for what will be no different tomorrow.
_FOR_GOOD = (
    "chat not found",
    "peer_id_invalid",
    "user is deactivated",
    "user not found",
    "bot was blocked by the user",
    "bot was kicked",
    "bot is not a member",
    "bot can't initiate conversation",
    "bot can't send messages to bots",
    "group chat was deleted",
    "group chat was deactivated",
    "have no rights to send a message",
    "not enough rights to send text messages",
    "chat_write_forbidden",
    "chat_restricted",
    "topic_closed",
    "topic_deleted",
    "message thread not found",
)


@dataclass(frozen=True, kw_only=True)
class Letter:
    """What is to be shown where."""

    to: Address
    parts: tuple[Part, ...]
    shown: Shown = ()  # the first parts, if an earlier try got that far
    places: Shown = ()  # messages that are to show the first parts, instead of new ones
    outdated: Shown = ()  # messages that should be gone when all is shown
    answers: int | None = None  # the message it visibly replies to
    topic: Topic | None = None  # to be opened before, for what is the first in it


class Sender:
    """Brings letters to Telegram; every failure is PTB's exception and the caller's business."""

    def __init__(self, bot: ExtBot[None]) -> None:
        self._bot = bot

    async def send(self, letter: Letter, keep: Callable[[Shown], Awaitable[None]]) -> Shown:
        """Show all parts, and tell `keep` after each that is not the last; what shows it now."""
        try:
            return await self._send(letter, keep)
        except ChatMigrated as exc:  # messages of the old group cannot be named in the new one
            moved = Address(chat_id=exc.new_chat_id, thread_id=letter.to.thread_id)
            letter = replace(letter, to=moved, places=(), outdated=(), answers=None)
            return await self._send(letter, keep)

    async def open_topic(self, group: Address, name: str) -> Address:
        """A new topic of a group."""
        topic = await self._bot.create_forum_topic(group.chat_id, name[:TOPIC_NAME_LENGTH])
        return Address(chat_id=group.chat_id, thread_id=topic.message_thread_id)

    async def _send(self, letter: Letter, keep: Callable[[Shown], Awaitable[None]]) -> Shown:
        shown = letter.shown
        for number in range(len(shown), len(letter.parts)):
            if number > len(letter.shown):
                await keep(shown)
            shown = (*shown, await self._show(letter, number))
        for message_id in letter.outdated:
            if message_id not in shown:
                await self._delete(letter.to, message_id)
        return shown

    async def _show(self, letter: Letter, number: int) -> int:
        part = letter.parts[number]
        if part.document:
            return await self._file(letter.to, part.document)
        if number < len(letter.places):
            place = letter.places[number]
            if await self._edited(letter.to, place, part):
                return place
        try:
            return await self._new(letter, part, answers=None if number else letter.answers)
        except BadRequest as exc:
            if is_for_good(exc):
                raise
            return await self._bare(letter.to, part)

    async def _edited(self, to: Address, message_id: int, part: Part) -> bool:
        """False if that message cannot show it (gone, too old, not ours): then a new one does."""
        try:
            await self._bot.edit_message_text(
                part.html,
                chat_id=to.chat_id,
                message_id=message_id,
                parse_mode=ParseMode.HTML,
                reply_markup=part.keyboard,
            )
        except BadRequest as exc:
            return _SAME in exc.message.lower()
        return True

    async def _new(self, letter: Letter, part: Part, answers: int | None) -> int:
        reply_to = ReplyParameters(answers, allow_sending_without_reply=True) if answers else None
        message = await self._bot.send_message(
            letter.to.chat_id,
            part.html,
            message_thread_id=letter.to.thread_id,
            parse_mode=ParseMode.HTML,
            reply_markup=part.keyboard,
            reply_parameters=reply_to,
        )
        return message.message_id

    async def _file(self, to: Address, file: File) -> int:
        picture = file.media_type.startswith("image/")
        send = self._bot.send_photo if picture else self._bot.send_document
        content = InputFile(file.body, filename=file.name)
        message = await send(to.chat_id, content, message_thread_id=to.thread_id)
        return message.message_id

    async def _bare(self, to: Address, part: Part) -> int:
        """The words alone: Telegram objected to something, and it may be what is around them."""
        message = await self._bot.send_message(
            to.chat_id, part.plain, message_thread_id=to.thread_id
        )
        return message.message_id

    async def _delete(self, to: Address, message_id: int) -> None:
        """Take an outdated message away, or at least its buttons: after two days it must stay."""
        try:
            await self._bot.delete_message(to.chat_id, message_id)
        except BadRequest:
            await self._without_buttons(to, message_id)

    async def _without_buttons(self, to: Address, message_id: int) -> None:
        try:
            await self._bot.edit_message_reply_markup(to.chat_id, message_id)
        except BadRequest:
            return  # it is gone already, or never had any


def is_for_good(error: BadRequest) -> bool:
    """Whether trying again, or differently, is of no use."""
    return any(words in error.message.lower() for words in _FOR_GOOD)

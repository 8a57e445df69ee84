"""The people on the other side: what they send and press, and what they then see.

A person acts through the same state that the methods of the Bot API work on; HTTP is not known
here. Everything that acts is a coroutine, to be run in the server's event loop.
"""

import re

from . import botapi_media as media
from .botapi_rules import TEXT_LIMIT
from .botapi_state import State
from .botapi_text import Json, found, utf16
from .botapi_world import Access, Chat, Message, Query


class NotSeen(AssertionError):
    """What was expected did not come; the message shows what is in the chat instead."""


class NoSuchButton(AssertionError):
    """No message in the chat has such a button."""


class Group:
    """A supergroup that the bot is a member of, not an administrator."""

    def __init__(self, state: State, chat: Chat) -> None:
        self.chat = chat
        self._state = state

    async def remove_bot(self, by: "Person") -> None:
        """Somebody throws the bot out."""
        _change_membership(self._state, self.chat, by.profile, Access.KICKED)

    async def add_bot(self, by: "Person") -> None:
        """Somebody lets the bot in again."""
        _change_membership(self._state, self.chat, by.profile, Access.OPEN)


class Person:
    """Somebody in one chat: the private one with the bot, or (see `at`) a group."""

    def __init__(self, state: State, profile: Json, chat: Chat) -> None:
        self.profile = profile
        self.chat = chat
        self._state = state
        self._private = chat
        self._seats: dict[int, Person] = {}
        self._seen: set[int] = set()  # revisions that an expectation has already met

    def at(self, group: Group) -> "Person":
        """The same person, speaking and reading in the group."""
        seat = Person(self._state, self.profile, group.chat)
        seat._private = self._private
        return self._seats.setdefault(group.chat.chat_id, seat)

    @property
    def messages(self) -> list[Message]:
        """The chat as the person sees it now."""
        return list(self.chat.messages.values())

    async def send(self, text: str, *, reply_to: Message | None = None) -> Message:
        """Write something; a phone would cut what is longer into several messages."""
        assert 0 < utf16(text) <= TEXT_LIMIT, "no such message can be sent"
        return self._say(text=text, entities=found(text), reply_to=reply_to)

    async def photo(self, data: bytes = media.PNG, *, caption: str = "") -> Message:
        stored = self._state.world.keep("photos", "photo.jpg", data)
        return self._say(text=caption, entities=found(caption), media=media.photo(stored))

    async def document(
        self, name: str, data: bytes, *, caption: str = "", size: int = 0
    ) -> Message:
        """Send a file; with `size` it claims to be larger than the data is."""
        stored = self._state.world.keep("documents", name, data, size)
        shape = media.document(stored, name)
        return self._say(text=caption, entities=found(caption), media=shape)

    async def voice(self, data: bytes = b"OggS") -> Message:
        return self._say(media=media.voice(self._state.world.keep("voice", "voice.oga", data)))

    async def sticker(self, emoji: str = "👍") -> Message:
        stored = self._state.world.keep("stickers", "sticker.webp", b"RIFF")
        return self._say(media=media.sticker(stored, emoji))

    async def location(self, latitude: float = 41.8, longitude: float = 123.4) -> Message:
        return self._say(media=media.location(latitude, longitude))

    async def edit(self, text: str) -> Message:
        """Change the last message of one's own."""
        last = self._last_own()
        edited = self._state.world.edit(last, text=text, entities=found(text))
        self._tell("edited_message", edited)
        return edited

    async def delete(self) -> None:
        """Delete the last message of one's own; Telegram tells no bot of it."""
        self._state.world.delete(self._last_own())

    async def press(self, label: str, *, message_id: int = 0) -> Query:
        """Press the newest inline button whose text contains the label.

        With `message_id` it is looked for in that message alone, and also as it looked before
        it was edited or deleted: a slow phone still shows it.
        """
        message = self._with_button(label, message_id)
        button = message.button(label) or {}
        if "callback_data" not in button:
            raise NoSuchButton(f"{label} is a link, nothing reaches the bot")
        query = self._state.world.press(button["callback_data"])
        body: Json = {
            "id": query.query_id, "from": self.profile, "message": self._as_known(message),
            "chat_instance": f"{self.chat.chat_id}1", "data": query.data,
        }  # fmt: skip
        self._state.updates.push("callback_query", body, lane=f"user {self.profile['id']}")
        return query

    async def block(self) -> None:
        """Stop the bot."""
        _change_membership(self._state, self._private, self.profile, Access.BLOCKED)

    async def unblock(self) -> None:
        """Let the bot write again."""
        _change_membership(self._state, self._private, self.profile, Access.OPEN)

    async def deactivate(self) -> None:
        """Delete the account; the bot is not told."""
        self._private.access = Access.DEACTIVATED

    async def expect(self, pattern: str, timeout: float = 5.0) -> Message:
        """Wait for a message of the bot that contains the text or matches the expression.

        Each state of a message is returned once: to expect the same words again is to wait
        for a new message or another edit.
        """
        try:
            message = await self._state.world.until(lambda: self._unseen(pattern), timeout)
        except TimeoutError:
            chat = "\n".join(f"  {m.sender['first_name']}: {m.shown}" for m in self.messages)
            raise NotSeen(f"nothing new like {pattern!r} in\n{chat}") from None
        self._seen.add(message.revision)
        return message

    async def expect_answer(self, query: Query, timeout: float = 5.0) -> Query:
        """Wait until the bot has answered the pressed button."""
        await self._state.world.until(lambda: query.answered, timeout)
        return query

    def _as_known(self, message: Message) -> Json:
        """The message as it is now; of a deleted one Telegram gives the number only."""
        now = self.chat.messages.get(message.message_id)
        gone: Json = {"chat": self.chat.info, "message_id": message.message_id, "date": 0}
        return now.to_json() if now else gone

    def _unseen(self, pattern: str) -> Message | None:
        fresh = (m for m in self.messages if m.by_bot and m.revision not in self._seen)
        return next((m for m in sorted(fresh, key=_age) if _matches(pattern, m.shown)), None)

    def _last_own(self) -> Message:
        own = [m for m in self.messages if m.sender["id"] == self.profile["id"]]
        assert own, "has written nothing yet"
        return own[-1]

    def _with_button(self, label: str, message_id: int) -> Message:
        shown = self.chat.history if message_id else self.messages
        for message in reversed(shown):
            if message_id in (0, message.message_id) and message.button(label):
                return message
        buttons = [label for m in self.messages for row in m.buttons for label in row]
        raise NoSuchButton(f"no button {label!r}, there are {buttons}")

    def _say(self, **content: object) -> Message:
        assert self.chat.access is not Access.BLOCKED, "has blocked the bot"
        if self.chat.private:
            self.chat.access = Access.OPEN
        elif self._private.access is Access.UNKNOWN:
            self._private.access = Access.SEEN
        answered = content.get("reply_to")
        thread = answered.thread if isinstance(answered, Message) else 0
        message = self._state.world.add(self.chat, self.profile, thread=thread, **content)
        self._tell("message", message)
        return message

    def _tell(self, kind: str, message: Message) -> None:
        if self.chat.access is Access.OPEN and self._heard(message):
            lane = f"chat {self.chat.chat_id}"
            self._state.updates.push(kind, message.to_json(), lane=lane)

    def _heard(self, message: Message) -> bool:
        """In a group a bot in privacy mode is told only of what is meant for it."""
        bot = self._state.world.bot
        if self.chat.private or bot["can_read_all_group_messages"]:
            return True
        if message.reply_to and message.reply_to.by_bot:
            return True
        name = re.escape(bot["username"])
        return bool(re.search(rf"@{name}\b|^/\w+(?!\S)", message.text))


def _age(message: Message) -> int:
    return message.revision


def _matches(pattern: str, shown: str) -> bool:
    return pattern in shown or bool(re.search(pattern, shown))


def _change_membership(state: State, chat: Chat, who: Json, access: Access) -> None:
    """Let the bot in or shut it out, and tell it so."""
    old, chat.access = chat.access, access
    body: Json = {
        "chat": chat.info, "from": who, "date": state.world.now,
        "old_chat_member": _member(state, old), "new_chat_member": _member(state, access),
    }  # fmt: skip
    state.updates.push("my_chat_member", body, lane=f"member {chat.chat_id}")
    state.world.change()


def _member(state: State, access: Access) -> Json:
    if access in (Access.BLOCKED, Access.KICKED):
        return {"user": state.world.bot, "status": "kicked", "until_date": 0}
    status = "left" if access is Access.LEFT else "member"
    return {"user": state.world.bot, "status": status}

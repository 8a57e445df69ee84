"""The words between a channel and the rest: what comes in and what goes out.

No channel is known here. A channel turns what it received into `Incoming` and shows a `Reply`
as well as it can; everything in both survives a trip through JSON.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, Self

from petitions import Channel

ACTION_LIMIT = 64  # bytes; Telegram's limit on callback data, kept by every channel
_SEPARATOR = ":"
_QUOTED = "> "  # as in mail


class InputKind(StrEnum):
    """What the person sent, as far as an answer depends on it."""

    TEXT = "text"
    BUTTON = "button"
    PHOTO = "photo"
    VOICE = "voice"
    STICKER = "sticker"
    FILE = "file"
    LOCATION = "location"
    OTHER = "other"


class Style(StrEnum):
    """How a block of a reply is to be shown where the channel can tell them apart."""

    TITLE = "title"  # the question that is being answered
    QUOTE = "quote"  # the sentence of a long answer that was asked for, above the whole of it
    BODY = "body"
    FULL = "full"  # a long answer below its quotation: folded away where the channel can
    SOURCE = "source"  # where the answer comes from
    NOTE = "note"  # a hint in passing
    SECRET = "secret"  # shown once; forgotten as soon as the person has it
    PERSONAL = "personal"  # what the person filled in: forgotten in the same way


@dataclass(frozen=True, kw_only=True)
class Action:
    """What a pressed button does: a verb and short ASCII arguments without colons.

    Arguments are ids of our own rows, never texts or ids from imported files: so the encoded
    form always fits into `ACTION_LIMIT` bytes.
    """

    verb: str
    args: tuple[str, ...] = ()

    def encode(self) -> str:
        """`verb:arg:arg`; a ValueError if it is longer than `ACTION_LIMIT` bytes."""
        data = _SEPARATOR.join((self.verb, *self.args))
        if len(data.encode()) > ACTION_LIMIT:
            raise ValueError(f"action longer than {ACTION_LIMIT} bytes: {data}")
        return data

    @classmethod
    def decode(cls, data: str) -> Self:
        """The reverse of `encode`; any string gives an action, unknown verbs are the caller's."""
        verb, *args = data.split(_SEPARATOR)
        return cls(verb=verb, args=tuple(args))


@dataclass(frozen=True, kw_only=True)
class Button:
    """A button under a reply."""

    label: str
    action: Action
    note: str = ""  # a sentence on where it leads, shown with it

    def to_json(self) -> dict[str, str]:
        """Plain values."""
        return {"label": self.label, "action": self.action.encode(), "note": self.note}

    @classmethod
    def from_json(cls, values: dict[str, str]) -> Self:
        """The reverse of `to_json`."""
        action = Action.decode(values["action"])
        return cls(label=values["label"], action=action, note=values.get("note", ""))


@dataclass(frozen=True, kw_only=True)
class Block:
    """A piece of a reply's text in one style; plain text, line breaks count."""

    text: str
    style: Style = Style.BODY

    @property
    def plain(self) -> str:
        """The text where nothing but characters can be shown."""
        if self.style is not Style.QUOTE:
            return self.text
        return "\n".join(_QUOTED + line for line in self.text.splitlines())


@dataclass(frozen=True, kw_only=True)
class Document:
    """A file that comes with a reply, kept by `Services.files` under its id."""

    id: str
    name: str


@dataclass(frozen=True, kw_only=True)
class Incoming:
    """One thing a person did, once; `channel` and `update_id` together name it for ever."""

    channel: Channel
    update_id: str
    person: str  # "telegram:1001", "web:f3…": the same person, the same string
    chat: str  # where the reply goes; differs from the person in groups
    text: str = ""
    action: Action | None = None  # of the button pressed
    kind: InputKind = InputKind.TEXT
    private: bool = True  # False in a group: nothing personal is said there
    edited: bool = False  # a correction of an earlier message: its reply is replaced
    message: str = ""  # the channel's own name of the message (or of the one with the button)
    replies_to: str = ""  # the channel's name of the message of ours that this one answers
    about: str = ""  # the number of the case which that message is about
    followed_by: str = ""  # what the person has written since, if that waits to be answered too
    received_at: datetime  # aware, UTC

    @property
    def conversation(self) -> str:
        """The key of this person's conversation in this chat."""
        return f"{self.person}@{self.chat}"

    @property
    def says_something_new(self) -> bool:
        """Whether it is words, and neither a correction nor an answer to a message of ours."""
        return self.kind is InputKind.TEXT and not (self.edited or self.replies_to)

    def to_json(self) -> dict[str, Any]:
        """Plain values for the inbox row."""
        values: dict[str, Any] = dict(vars(self))
        values["action"] = self.action.encode() if self.action else None
        values["received_at"] = self.received_at.isoformat()
        del values["followed_by"]  # another row's
        return values

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> Self:
        """The reverse of `to_json`."""
        action = values["action"]
        return cls(
            **{
                **values,
                "channel": Channel(values["channel"]),
                "kind": InputKind(values["kind"]),
                "action": None if action is None else Action.decode(action),
                "received_at": datetime.fromisoformat(values["received_at"]),
            }
        )


@dataclass(frozen=True, kw_only=True)
class Reply:
    """What the person is told. An empty reply says nothing (a repeated press, for example)."""

    blocks: tuple[Block, ...] = ()
    buttons: tuple[tuple[Button, ...], ...] = ()  # rows
    documents: tuple[Document, ...] = ()
    in_place: bool = False  # put it where the pressed button's message stands
    decision: str = ""  # "answer" | "clarify" | "escalate" | "": for programs that read along
    about: str = ""  # the number of a case: what is written in answer belongs to that case
    forget_input: bool = False  # the message held a secret (a query code): its text is not kept

    @property
    def text(self) -> str:
        """All blocks as one plain text, with what is noted of the buttons."""
        return "\n\n".join(block.plain for block in (*self.blocks, *self.notes))

    @property
    def notes(self) -> tuple[Block, ...]:
        """What is noted of the buttons, where it cannot be shown on them."""
        noted = (button for row in self.buttons for button in row if button.note)
        return tuple(Block(text=f"{button.label}\n{button.note}") for button in noted)

    def hiding(self, instead: Mapping[Style, str]) -> "Reply":
        """The same reply with every block of these styles replaced by a text."""
        blocks = tuple(
            Block(text=instead[block.style], style=Style.NOTE) if block.style in instead else block
            for block in self.blocks
        )
        return replace(self, blocks=blocks)

    def to_json(self) -> dict[str, Any]:
        """Plain values for the outbox row and the web chat."""
        return {
            "blocks": [{"text": b.text, "style": str(b.style)} for b in self.blocks],
            "buttons": [[button.to_json() for button in row] for row in self.buttons],
            "documents": [dict(vars(document)) for document in self.documents],
            "in_place": self.in_place,
            "decision": self.decision,
            "about": self.about,
        }

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> Self:
        """The reverse of `to_json`."""
        return cls(
            blocks=tuple(Block(text=b["text"], style=Style(b["style"])) for b in values["blocks"]),
            buttons=tuple(tuple(map(Button.from_json, row)) for row in values["buttons"]),
            documents=tuple(Document(**one) for one in values.get("documents", ())),
            in_place=values["in_place"],
            decision=values["decision"],
            about=values.get("about", ""),
        )


def say(text: str, *rows: tuple[Button, ...]) -> Reply:
    """A reply of one plain text, with rows of buttons if any."""
    return Reply(blocks=(Block(text=text),), buttons=rows)

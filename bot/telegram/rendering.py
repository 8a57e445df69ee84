"""A reply as Telegram shows it: HTML messages, the buttons under the last. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.store import File
from bot.telegram.limits import TEXT_UNITS
from bot.telegram.splitting import split, units
from handlers.messages import Block, Reply, Style

_GAP = "\n\n"
_TAGS = {
    Style.TITLE: "b",
    Style.QUOTE: "blockquote",
    Style.BODY: "",
    Style.FULL: "blockquote expandable",  # shows its first lines
    Style.SOURCE: "i",  # its address is made a link by Telegram itself
    Style.NOTE: "i",
    Style.SECRET: "tg-spoiler",
    Style.PERSONAL: "",
}


@dataclass(frozen=True, kw_only=True)
class Part:
    """One message of a reply."""

    html: str
    plain: str
    keyboard: InlineKeyboardMarkup | None = None
    document: File | None = None  # a file instead of words


def render(reply: Reply, room: int = TEXT_UNITS) -> tuple[Part, ...]:
    """The messages that show a reply; none if it has no text."""
    messages = list(_messages(reply, room))
    last = len(messages) - 1
    return tuple(
        Part(
            html=_GAP.join(map(_html, blocks)),
            plain=_GAP.join(block.text for block in blocks),
            keyboard=_keyboard(reply) if number == last else None,
        )
        for number, blocks in enumerate(messages)
    )


def attached(files: Iterable[File]) -> tuple[Part, ...]:
    """The messages that bring a reply's files."""
    return tuple(Part(html="", plain="", document=file) for file in files)


def _messages(reply: Reply, room: int) -> Iterator[list[Block]]:
    """Blocks, cut where they are too long, as many to a message as fit."""
    message: list[Block] = []
    used = 0
    for block in _pieces(reply, room):
        size = units(block.text)
        if message and used + len(_GAP) + size > room:
            yield message
            message, used = [], 0
        used += size + (len(_GAP) if message else 0)
        message.append(block)
    if message:
        yield message


def _pieces(reply: Reply, room: int) -> Iterator[Block]:
    """Every block, cut if need be; the first piece of an answer leaves room for its title."""
    above = 0
    for block in (*reply.blocks, *reply.notes):
        for piece in split(block.text, room - above if units(block.text) > room else room):
            yield Block(text=piece, style=block.style)
        size = units(block.text) + len(_GAP)
        above = size if block.style is Style.TITLE and size < room // 2 else 0


def _html(block: Block) -> str:
    text, tag = escape(block.text, quote=False), _TAGS[block.style]
    return f"<{tag}>{text}</{tag.partition(' ')[0]}>" if tag else text


def _keyboard(reply: Reply) -> InlineKeyboardMarkup | None:
    rows = [
        [InlineKeyboardButton(b.label, callback_data=b.action.encode()) for b in row]
        for row in reply.buttons
        if row
    ]
    return InlineKeyboardMarkup(rows) if rows else None

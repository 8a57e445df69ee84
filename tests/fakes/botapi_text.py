"""Text as Telegram counts and reads it: UTF-16 lengths, entities, and the HTML of parse_mode.

Knows nothing of chats, limits or HTTP. What is refused, and in which words, follows tdlib's
HTML parser; offsets in its errors are bytes, offsets in entities are UTF-16 code units.
"""

import re
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]

_KINDS = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline",
    "ins": "underline", "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough",
    "tg-spoiler": "spoiler", "span": "spoiler", "a": "text_link", "code": "code", "pre": "pre",
    "tg-emoji": "custom_emoji", "blockquote": "blockquote",
}  # fmt: skip
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}

_TAG = re.compile(r"<(/?)([^\s>]*)")
_ATTRIBUTE = re.compile(r"""\s*([^\s=>/"']+)(?:\s*=\s*("[^"]*"|'[^']*'|[A-Za-z0-9.\-]+))?""")
_REFERENCE = re.compile(r"&(#x[0-9a-fA-F]{1,6}|#[0-9]{1,7}|[A-Za-z]+)(;?)")

# A word character on either side spoils both, and a Chinese character is one: 请@bot is no mention.
_COMMAND = re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/<>])")
_MENTION = re.compile(r"(?<!\w)@[A-Za-z0-9_]{2,32}(?!\w)")


class BadMarkup(Exception):
    """The text is not the HTML that Telegram reads."""


@dataclass(frozen=True, kw_only=True)
class Formatted:
    """A text without its mark-up, and the entities that stood for it."""

    text: str
    entities: tuple[Json, ...] = ()


def utf16(text: str) -> int:
    """The length that Telegram counts: an emoji outside the basic plane is two."""
    return len(text.encode("utf-16-le")) // 2


def found(text: str) -> tuple[Json, ...]:
    """The commands and mentions that Telegram marks by itself in what a person typed."""
    spans = [("bot_command", m) for m in _COMMAND.finditer(text)]
    spans += [("mention", m) for m in _MENTION.finditer(text)]
    return tuple(
        {"type": kind, "offset": utf16(text[: m.start()]), "length": utf16(m.group())}
        for kind, m in sorted(spans, key=lambda span: span[1].start())
    )


def trimmed(formatted: Formatted) -> Formatted:
    """Without blanks at the end, nor at the start as far as no entity begins there."""
    text = formatted.text.rstrip()
    first = min((e["offset"] for e in formatted.entities), default=utf16(text))
    blank = min(len(text) - len(text.lstrip(" \n")), first)
    kept = []
    for entity in formatted.entities:
        end = min(entity["offset"] + entity["length"], utf16(text))
        if end > entity["offset"]:
            offset = entity["offset"]
            kept.append({**entity, "offset": offset - blank, "length": end - offset})
    return Formatted(text=text[blank:], entities=tuple(kept))


def from_html(source: str) -> Formatted:
    """The text and entities of a message with parse_mode HTML; raises `BadMarkup`."""
    return _Html(source).read()


@dataclass(frozen=True, kw_only=True)
class _Open:
    """A start tag that waits for its end tag."""

    tag: str
    argument: str
    offset: int


class _Html:
    """One pass over a text with tags."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._at = 0
        self._pieces: list[str] = []
        self._length = 0  # of the pieces, in UTF-16 code units
        self._open: list[_Open] = []
        self._entities: list[Json] = []

    def read(self) -> Formatted:
        steps = {"<": self._read_tag, "&": self._read_reference}
        while self._at < len(self._source):
            steps.get(self._source[self._at], self._read_character)()
        if self._open:
            raise BadMarkup(
                f'Can\'t find end tag corresponding to start tag "{self._open[-1].tag}"'
            )
        self._entities.sort(key=lambda e: (e["offset"], -e["length"]))
        return Formatted(text="".join(self._pieces), entities=tuple(self._entities))

    def _write(self, text: str) -> None:
        self._pieces.append(text)
        self._length += utf16(text)

    def _byte(self, position: int) -> int:
        return len(self._source[:position].encode())

    def _read_character(self) -> None:
        self._write(self._source[self._at])
        self._at += 1

    def _read_reference(self) -> None:
        match = _REFERENCE.match(self._source, self._at)
        character = _referred(match.group(1)) if match else ""
        if match and character:
            self._at = match.end()
            self._write(character)
        elif match and match.group(2):
            # Telegram would show it to the reader as it stands, though it is documented as
            # unsupported: never what a bot means, so it is refused here.
            at = self._byte(self._at)
            raise BadMarkup(f'Unsupported entity "{match.group()}" at byte offset {at}')
        else:
            self._read_character()

    def _read_tag(self) -> None:
        match = _TAG.match(self._source, self._at)
        assert match, "called at a '<'"
        start, self._at = self._at, match.end()
        if match.group(1):
            self._read_end(start, match.group(2).lower())
        else:
            self._read_start(start, match.group(2).lower())

    def _read_start(self, start: int, tag: str) -> None:
        byte = self._byte(start)
        if self._at == len(self._source):
            raise BadMarkup(f"Unclosed start tag at byte offset {byte}")
        if tag not in _KINDS:
            raise BadMarkup(f'Unsupported start tag "{tag}" at byte offset {byte}')
        argument = _argument(tag, self._read_attributes(tag, byte))
        if tag == "span" and argument != "spoiler":
            raise BadMarkup(f'Tag "span" must have class "tg-spoiler" at byte offset {byte}')
        self._open.append(_Open(tag=tag, argument=argument, offset=self._length))

    def _read_attributes(self, tag: str, byte: int) -> dict[str, str]:
        attributes: dict[str, str] = {}
        while not self._closes():
            match = _ATTRIBUTE.match(self._source, self._at)
            if not match:
                raise BadMarkup(f'Empty attribute name in the tag "{tag}" at byte offset {byte}')
            self._at = match.end()
            value = match.group(2) or ""
            self._check_after(match, byte)
            attributes[match.group(1)] = value[1:-1] if value[:1] in "\"'" else value.lower()
        return attributes

    def _closes(self) -> bool:
        """Skip blanks; True, and skip it too, if the tag closes here."""
        while self._source[self._at : self._at + 1].isspace():
            self._at += 1
        closes = self._source.startswith(">", self._at)
        self._at += closes
        return closes

    def _check_after(self, attribute: re.Match[str], byte: int) -> None:
        rest = self._source[self._at :]
        value = attribute.group(2)
        if not rest or rest.lstrip().startswith("="):
            raise BadMarkup(f"Unclosed start tag at byte offset {byte}")
        if value and value[0] not in "\"'" and not rest[0].isspace() and rest[0] != ">":
            at = self._byte(attribute.start(2))
            raise BadMarkup(f"Unexpected end of name token at byte offset {at}")

    def _read_end(self, start: int, tag: str) -> None:
        byte = self._byte(start)
        if not self._open:
            raise BadMarkup(f"Unexpected end tag at byte offset {byte}")
        if not self._closes():
            raise BadMarkup(f"Unclosed end tag at byte offset {byte}")
        opened = self._open.pop()
        if tag and tag != opened.tag:
            raise BadMarkup(
                f'Unmatched end tag at byte offset {byte}, expected "</{opened.tag}>",'
                f' found "</{tag}>"'
            )
        if self._length > opened.offset:
            self._close(opened)

    def _close(self, opened: _Open) -> None:
        entity: Json = {"type": _KINDS[opened.tag], "offset": opened.offset}
        entity["length"] = self._length - opened.offset
        if opened.tag == "a":
            url = opened.argument or self._text_from(opened.offset)
            if not is_link(url):
                return  # Telegram shows the words without a link and says nothing
            entity["url"] = url
        elif opened.tag == "tg-emoji":
            entity["custom_emoji_id"] = opened.argument
        elif opened.tag == "blockquote" and opened.argument:
            entity["type"] = "expandable_blockquote"
        self._entities.append(entity)

    def _text_from(self, offset: int) -> str:
        data = "".join(self._pieces).encode("utf-16-le")
        return data[2 * offset :].decode("utf-16-le")


def is_link(url: str) -> bool:
    """Whether Telegram takes it for the address of a link or a button."""
    if url.startswith("tg://"):
        return True
    match = re.fullmatch(r"(?:https?://)?([^\s/?#:]+)(?::\d+)?(?:[/?#]\S*)?", url, re.IGNORECASE)
    return match is not None and "." in match.group(1)


def _referred(name: str) -> str:
    if not name.startswith("#"):
        return _NAMED.get(name, "")
    code = int(name[2:], 16) if name.startswith("#x") else int(name[1:])
    return chr(code) if 0 < code < 0x10FFFF and not 0xD800 <= code <= 0xDFFF else ""


def _argument(tag: str, attributes: dict[str, str]) -> str:
    if tag == "span":
        return attributes.get("class", "").removeprefix("tg-")
    if tag == "blockquote":
        return "1" if "expandable" in attributes else ""
    name = {"a": "href", "tg-emoji": "emoji-id"}.get(tag, "")
    return re.sub(
        _REFERENCE, lambda m: _referred(m.group(1)) or m.group(), attributes.get(name, "")
    )

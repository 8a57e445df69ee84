"""Long texts cut where a reader would pause. Pure."""

import re

# Tried in this order; a cut comes behind the match.
_PAUSES = (
    re.compile(r"\n\s*\n"),
    re.compile(r"\n"),
    re.compile(r"[。！？!?；;…][”’」』）)]*"),
    re.compile(r"[，,、：:]|\s"),
)
_TOO_EARLY = 2  # a pause before this part of the room is no good: it would make scraps


def units(text: str) -> int:
    """Length in UTF-16 code units, as Telegram counts."""
    return len(text) + sum(character > "\uffff" for character in text)


def split(text: str, room: int) -> list[str]:
    """Pieces of at most `room` units, cut at a paragraph, line, sentence or phrase if there is one.

    White space at a cut is dropped, nothing else.
    """
    pieces = []
    rest = text.strip()
    while units(rest) > room:
        cut = _cut(_prefix(rest, room))
        pieces.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    return [*pieces, rest] if rest else pieces


def _prefix(text: str, room: int) -> str:
    """As much of the text as fits."""
    used = 0
    for index, character in enumerate(text):
        used += 2 if character > "\uffff" else 1
        if used > room:
            return text[:index]
    return text


def _cut(prefix: str) -> int:
    """Where the piece ends: behind the last pause of the best kind."""
    for pause in _PAUSES:
        ends = [match.end() for match in pause.finditer(prefix)]
        if ends and ends[-1] >= len(prefix) // _TOO_EARLY:
            return ends[-1]
    return len(prefix)

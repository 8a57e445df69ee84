"""Questions as input methods garble them: characters replaced by others that sound the same."""

import random
from functools import lru_cache

from pypinyin import lazy_pinyin

from knowledge.text import tokenizer
from knowledge.vectors import table

SHARE = 0.15  # of the characters that are replaced
FREQUENT = 3_500  # characters to choose from
NEAREST = 8  # of those that sound the same, the most frequent ones


@lru_cache(maxsize=1)
def _by_sound() -> dict[str, list[str]]:
    counts = tokenizer().FREQ
    chars = sorted((w for w in table().words if len(w) == 1), key=lambda c: -counts.get(c, 0))
    found: dict[str, list[str]] = {}
    for char in chars[:FREQUENT]:
        found.setdefault(lazy_pinyin(char)[0], []).append(char)
    return found


def garbled(question: str, chance: random.Random) -> str:
    """The question with about one character in seven replaced."""
    return "".join(
        _replaced(char, chance) if chance.random() < SHARE else char for char in question
    )


def _replaced(char: str, chance: random.Random) -> str:
    if not "\u4e00" <= char <= "\u9fff":
        return char
    others = [other for other in _by_sound().get(lazy_pinyin(char)[0], ()) if other != char]
    return chance.choice(others[:NEAREST]) if others else char

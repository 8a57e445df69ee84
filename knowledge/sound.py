"""How a text sounds: toneless pinyin, character by character.

One reading a character, the most frequent one: questions and entries get the same, so a wrong
reading costs nothing. Pairs that input methods and dialects confuse are made equal.
"""

from functools import cache
from itertools import pairwise

from pypinyin.constants import PINYIN_DICT, Style
from pypinyin.style import convert

# zh/z, ch/c, sh/s, ng/n and n/l are told apart by few keyboards and fewer dialects.
_SAME_START = {"zh": "z", "ch": "c", "sh": "s"}


@cache
def syllable(char: str) -> str:
    """The toneless, confusion-proof syllable of a character; other characters stay themselves."""
    readings = PINYIN_DICT.get(ord(char))
    if readings is None:
        return char
    plain = convert(readings.split(",")[0], Style.NORMAL, strict=False)
    start = _SAME_START.get(plain[:2])
    if start:
        plain = start + plain[2:]
    if plain.endswith("ng"):
        plain = plain[:-1]
    return "l" + plain[1:] if plain.startswith("n") else plain


def syllables(folded: str) -> list[str]:
    """The syllables of a folded text, one a character."""
    return [syllable(char) for char in folded]


def syllable_pairs(folded: str) -> list[str]:
    """Neighbouring syllables, as `text.bigrams` has neighbouring characters."""
    heard = syllables(folded)
    return [a + " " + b for a, b in pairwise(heard)] or heard

"""How a text sounds: toneless pinyin, character by character.

One reading a character, the most frequent one: questions and entries get the same, so a wrong
reading costs nothing. Pairs that input methods and dialects confuse are made equal.
"""

from functools import cache
from itertools import pairwise

import numpy as np
import numpy.typing as npt
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


_known: dict[str, int] = {}  # syllable → its number, as they turn up
_numbers = np.zeros(0x10000, dtype=np.uint16)  # of each character; 0 until it turns up


def numbered(chars: npt.NDArray[np.uint16]) -> npt.NDArray[np.uint16]:
    """The syllables of many characters as numbers, the same for the same sound."""
    found = _numbers[chars]
    if not found.all():
        for char in np.unique(chars[found == 0]).tolist():
            _numbers[char] = _number(chr(char))
        found = _numbers[chars]
    return found


def syllables(folded: str) -> list[str]:
    """The syllables of a folded text, one a character."""
    return [syllable(char) for char in folded]


def syllable_pairs(folded: str) -> list[str]:
    """Neighbouring syllables, as `text.bigrams` has neighbouring characters."""
    heard = syllables(folded)
    return [a + " " + b for a, b in pairwise(heard)] or heard


def sound_pairs(folded: str) -> list[int]:
    """Neighbouring syllables as numbers; the same sounds have the same number."""
    heard = [*map(_number, folded)]
    return [(a << 16) + b for a, b in pairwise(heard)] or heard


@cache
def _number(char: str) -> int:
    return _known.setdefault(syllable(char), len(_known) + 1)

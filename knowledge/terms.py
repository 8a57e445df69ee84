"""What is indexed of a text, as numbers: pairs of characters, single characters, pairs of sounds.

Pairs carry meaning and survive a wrong cut, single characters survive a typing error, sounds an
input method's. Words are not indexed: nearly all are two characters or told by their pairs, so a
word of the question makes its pairs count more (docs/matching.md). A term is one number below
2**35: its kind, then two UTF-16 units or syllables.
"""

import zlib
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from knowledge.sound import numbered
from knowledge.text import STOP, words

Numbers = npt.NDArray[np.uint64]
Units = npt.NDArray[np.uint16]
Ints = npt.NDArray[np.int64]

BITS = 35
PAIR, CHAR, SOUND, DOCUMENT = (kind << 32 for kind in (1, 2, 3, 4))
LINE = ord("\n")


def units_of(text: str) -> Units:
    """The UTF-16 units of a text."""
    return np.frombuffer(text.encode("utf-16-le"), dtype=np.uint16)


def pair(chars: str) -> int:
    """The term of two characters; of a single one that is a whole text, or beyond 16 bits."""
    data = chars.encode("utf-16-le")[:4].ljust(4, b"\0")
    return PAIR | data[1] << 24 | data[0] << 16 | data[3] << 8 | data[2]


def char(one: str) -> int:
    """The term of a single character."""
    return CHAR | ord(one) & 0xFFFF


def document(number: str) -> int:
    """The term of a document number as `text.document_numbers` gives it."""
    return DOCUMENT | zlib.crc32(number.encode())


def of_question(folded: str, numbers: Iterable[str] = ()) -> dict[int, float]:
    """The terms of a question and how much each counts."""
    units = units_of(folded)
    telling = _telling()[units]
    weights = dict.fromkeys(_pairs(units, PAIR), 1.0)
    weights.update(dict.fromkeys((CHAR | unit for unit in units[telling].tolist()), 1.0))
    weights.update(dict.fromkeys(_pairs(numbered(units), SOUND), 1.0))
    weights.update((document(number), 1.0) for number in numbers)
    for word in dict.fromkeys(words(folded)):
        parts = [pair(word[at : at + 2]) for at in range(len(word) - 1)] or [char(word)]
        for part in parts:
            if part in weights:
                weights[part] += 1 / len(parts)
    return weights


def _pairs(units: Units, kind: int) -> list[int]:
    """Neighbouring units as terms; a unit that is alone stands for itself."""
    every = units.tolist()
    if len(every) == 1:
        return [kind | every[0] << 16]
    return [kind | left << 16 | right for left, right in pairwise(every)]


@lru_cache(maxsize=1)
def _telling() -> npt.NDArray[np.bool_]:
    """For each unit, whether it is a Chinese character that carries a subject."""
    telling = np.zeros(0x10000, dtype=bool)
    telling[0x3400:0xA000] = True
    telling[0xD800:0xE000] = True  # surrogates: halves of the rarest characters
    telling[[ord(one) for one in STOP if len(one) == 1]] = False
    return telling


def of_lines(units: Units, lengths: Ints, told: npt.NDArray[np.bool_]) -> tuple[Numbers, Ints]:
    """Every term of many folded lines with a line break after each, and the line it stands in.

    `lengths` of the lines and whether each is `told` come with them. Of what is told sounds do
    not count, and every character does.
    """
    lines = np.repeat(np.arange(len(lengths)), lengths + 1)
    inside = units != LINE
    both = np.flatnonzero(inside[:-1] & inside[1:])
    alone = (np.cumsum(lengths + 1) - 2)[lengths == 1]
    chars = np.flatnonzero(inside & (_telling()[units] | told[lines]))
    asked = np.flatnonzero(~told[lines])
    heard = np.zeros_like(units)
    heard[asked] = numbered(units[asked])
    both_heard, alone_heard = both[~told[lines[both]]], alone[~told[lines[alone]]]
    found = [
        (PAIR | _joined(units, both), both),
        (PAIR | _high(units, alone), alone),
        (CHAR | units[chars].astype(np.uint64), chars),
        (SOUND | _joined(heard, both_heard), both_heard),
        (SOUND | _high(heard, alone_heard), alone_heard),
    ]
    return np.concatenate([n for n, _ in found]), lines[np.concatenate([p for _, p in found])]


def _high(units: Units, at: Ints) -> Numbers:
    return units[at].astype(np.uint64) << np.uint64(16)


def _joined(units: Units, at: Ints) -> Numbers:
    return _high(units, at) | units[at + 1]

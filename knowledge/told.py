"""What speaks for an entry that only tells: how well one place in its text meets the question.

A long text holds most words of any question somewhere; the one that answers has them within a
sentence or two. Features from 0 to 1, like those of `knowledge.features`, which they follow there;
entries that ask have zeros.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from knowledge.passages import KEPT, parts
from knowledge.terms import units_of

Floats = npt.NDArray[np.float32]
Bools = npt.NDArray[np.bool_]
_LONGEST = math.log1p(10_000)  # characters from which a text is as long as can be

# Name → what it says, for `ask --explain`.
NAMES = {
    "near": "问题的字在最合的一两句中的比例",
    "near_words": "问题的词在最合的一两句中的比例",
    "near_missing": "问题中最少见而这一两句没有的词",
    "near_first": "问题的字在第一句中的比例",
    "near_where": "最合的一两句在正文中的位置",
    "long": "正文的长度",
    "threes": "问题的三字连写在整条中的比例",
}
NOTHING = (0.0,) * len(NAMES)


@dataclass(frozen=True, kw_only=True)
class Sought:
    """What of a question is looked for in a text."""

    folded: str
    pairs: Mapping[str, float]  # character pair → rarity
    words: tuple[str, ...]
    rarity: Callable[[str], float]  # of a word


@dataclass(frozen=True, kw_only=True)
class _Text:
    """A text by its sentences, and which character pairs each of them holds."""

    sentences: tuple[str, ...]  # without spaces and punctuation
    codes: npt.NDArray[np.uint32]  # pairs in the order of their codes, once for each sentence
    places: npt.NDArray[np.uint8]  # the sentence of each


def values(sought: Sought, answer: str, whole: str) -> tuple[float, ...]:
    """The features in the order of `NAMES`; `whole` is all that the entry says, folded."""
    text = _read(answer)
    if not text.sentences or not sought.pairs:
        return NOTHING
    weights = np.array(list(sought.pairs.values()), dtype=np.float32)
    total = float(weights.sum()) or 1.0
    held = _held(list(sought.pairs), text)
    together = held.copy()
    together[:, :-1] |= held[:, 1:]
    near = weights @ together
    best = int(near.argmax())
    words, missing = _words(sought, "".join(text.sentences[best : best + 2]))
    return (
        float(near[best]) / total,
        words,
        missing,
        float(weights @ held[:, 0]) / total,
        best / len(text.sentences),
        min(math.log1p(sum(map(len, text.sentences))) / _LONGEST, 1.0),
        _threes(sought.folded, whole),
    )


@lru_cache(maxsize=KEPT)
def _read(answer: str) -> _Text:
    sentences = parts(answer)
    codes = [_codes(sentence) for sentence in sentences]
    where = np.repeat(np.arange(len(codes), dtype=np.uint64), [len(one) for one in codes])
    keys = np.concatenate([*codes, np.zeros(0, dtype=np.uint32)]).astype(np.uint64)
    keys = np.unique(keys << np.uint64(8) | where)
    return _Text(
        sentences=sentences,
        codes=(keys >> np.uint64(8)).astype(np.uint32),
        places=keys.astype(np.uint8),
    )


def _codes(text: str) -> npt.NDArray[np.uint32]:
    """Every pair of neighbouring characters as one number."""
    units = units_of(text).astype(np.uint32)
    codes: npt.NDArray[np.uint32] = units[:-1] << np.uint32(16) | units[1:]
    return codes


def _held(pairs: list[str], text: _Text) -> Bools:
    """Which sentences hold which pairs, as (pairs, sentences)."""
    wanted = np.array([_codes(pair.ljust(2))[0] for pair in pairs], dtype=np.uint32)
    starts = np.searchsorted(text.codes, wanted).tolist()
    ends = np.searchsorted(text.codes, wanted, side="right").tolist()
    held = np.zeros((len(pairs), len(text.sentences)), dtype=np.bool_)
    for row, (start, end) in enumerate(zip(starts, ends, strict=True)):
        if start < end:
            held[row, text.places[start:end]] = True
    return held


def _words(sought: Sought, text: str) -> tuple[float, float]:
    """The share of the words that a text has, by rarity, and the rarity of the rarest it lacks."""
    rarities = {word: sought.rarity(word) for word in sought.words}
    lacking = [rarity for word, rarity in rarities.items() if word not in text]
    total = sum(rarities.values())
    return (1 - sum(lacking) / total if total else 0.0), max(lacking, default=0.0)


def _threes(folded: str, whole: str) -> float:
    """The share of a question's runs of three characters that a text has."""
    known = [folded[at : at + 2] in whole for at in range(len(folded) - 1)]
    runs = [
        both and folded[at : at + 3] in whole for at, both in enumerate(map(all, pairwise(known)))
    ]
    return sum(runs) / len(runs) if runs else 0.0

"""What speaks for an entry that only tells: how well one place in its text meets the question.

A long text holds most words of any question somewhere; the one that answers has them within a
sentence or two. Features from 0 to 1, like those of `knowledge.features`, which they follow there;
entries that ask have zeros.
"""

import math
from collections.abc import Mapping, Set
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from knowledge.kept import lazily
from knowledge.passages import KEPT, parts
from knowledge.terms import units_of

Floats = npt.NDArray[np.float32]
Codes = npt.NDArray[np.uint32]
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
    words: Mapping[str, float]  # word → rarity

    @lazily
    def codes(self) -> Codes:
        """The pairs as numbers."""
        return np.array([_codes(pair.ljust(2))[0] for pair in self.pairs], dtype=np.uint32)

    @lazily
    def weights(self) -> Floats:
        """The rarities of the pairs; together 1."""
        weights = np.array(list(self.pairs.values()), dtype=np.float32)
        return weights / np.float32(weights.sum() or 1.0)


@dataclass(frozen=True, kw_only=True)
class _Text:
    """A text by its sentences, and which character pairs each of them holds."""

    sentences: tuple[str, ...]  # without spaces and punctuation
    codes: Codes  # pairs in the order of their codes, once for each sentence
    places: npt.NDArray[np.uint8]  # the sentence of each


def values(sought: Sought, answer: str, whole: str, known: Set[str]) -> tuple[float, ...]:
    """The features in the order of `NAMES`.

    `whole` is all that the entry says, folded; `known` are the pairs that stand in it.
    """
    text = _read(answer)
    if not text.sentences or not sought.pairs:
        return NOTHING
    held = _held(sought, text)
    together = held.copy()
    np.maximum(together[:, :-1], held[:, 1:], out=together[:, :-1])
    near = together.sum(axis=0)
    best = int(near.argmax())
    words, missing = _words(sought, "".join(text.sentences[best : best + 2]))
    return (
        float(near[best]),
        words,
        missing,
        float(held[:, 0].sum()),
        best / len(text.sentences),
        min(math.log1p(sum(map(len, text.sentences))) / _LONGEST, 1.0),
        _threes(sought.folded, whole, known),
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


def _codes(text: str) -> Codes:
    """Every pair of neighbouring characters as one number."""
    units = units_of(text).astype(np.uint32)
    codes: Codes = units[:-1] << np.uint32(16) | units[1:]
    return codes


def _held(sought: Sought, text: _Text) -> Floats:
    """What each sentence holds of the pairs, as (pairs, sentences): the weight or nothing."""
    starts = text.codes.searchsorted(sought.codes)
    ends = text.codes.searchsorted(sought.codes, side="right")
    held = np.zeros((len(starts), len(text.sentences)), dtype=np.float32)
    for row in np.flatnonzero(starts < ends).tolist():
        held[row, text.places[starts[row] : ends[row]]] = sought.weights[row]
    return held


def _words(sought: Sought, text: str) -> tuple[float, float]:
    """The share of the words that a text has, by rarity, and the rarity of the rarest it lacks."""
    lacking = [rarity for word, rarity in sought.words.items() if word not in text]
    total = sum(sought.words.values())
    return (1 - sum(lacking) / total if total else 0.0), max(lacking, default=0.0)


def _threes(folded: str, whole: str, known: Set[str]) -> float:
    """The share of a question's runs of three characters that a text has."""
    runs = [folded[at : at + 3] for at in range(len(folded) - 2)]
    said = [run[:2] in known and run[1:] in known and run in whole for run in runs]
    return sum(said) / len(said) if said else 0.0

"""What words mean, as far as a small table can say: a vector for each of some forty thousand words.

Distilled from multilingual-e5-small (MIT) by `bench/distil_vectors.py`: every word embedded once,
reduced to its main directions, a byte a number. A text is the sum of its words, rare ones more,
so a query costs microseconds and needs neither model nor network.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib import resources

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]
FILE = "data/vectors.npz"
_MADE = 50_000  # vectors of unknown words that are kept
_WIDE = 0x10000  # a pair of characters as one number: the first times this, plus the second


@dataclass(frozen=True, kw_only=True)
class Vectors:
    """The table: unit vector `rows[i]` of `words[i]`, and `weights[i]` how much it says."""

    words: tuple[str, ...]
    rows: Floats
    weights: Floats

    @cached_property
    def _places(self) -> dict[str, int]:
        return {word: place for place, word in enumerate(self.words)}

    @cached_property
    def _made(self) -> dict[str, Floats]:
        return {}

    @cached_property
    def _pairs(self) -> tuple[Ints, Ints]:
        """Words of two characters by number, in order, and their places in the table."""
        pairs = sorted(
            (ord(word[0]) * _WIDE + ord(word[1]), place)
            for place, word in enumerate(self.words)
            if len(word) == 2
        )
        codes, places = zip(*pairs, strict=True) if pairs else ((), ())
        return np.array(codes, dtype=np.int64), np.array(places, dtype=np.int64)

    def __contains__(self, word: str) -> bool:
        return word in self._places

    def of(self, word: str) -> Floats:
        """The unit vector of a word; of an unknown one, what its characters make together."""
        place = self._places.get(word)
        if place is not None:
            row: Floats = self.rows[place]
            return row
        made = self._made.get(word)
        if made is None:
            known = [self._places[char] for char in word if char in self._places]
            made = self._made[word] = _unit(self.rows[known].sum(axis=0))
            if len(self._made) > _MADE:
                self._made.clear()
        return made

    def matrix(self, words: Sequence[str]) -> Floats:
        """The vectors of some words, as (words, dimensions)."""
        return np.array([self.of(word) for word in words], dtype=np.float32)

    def weight(self, word: str) -> float:
        """How much a word says in general, 0..1; an unknown one much."""
        place = self._places.get(word)
        return 1.0 if place is None else float(self.weights[place])

    def of_words(self, words: Sequence[str]) -> Floats:
        """The unit vector of a text that is cut into words; zeros if none of them is known."""
        if not words:
            return np.zeros(self.rows.shape[1], dtype=np.float32)
        weights = np.array([self.weight(word) for word in words], dtype=np.float32)
        return _unit(weights @ self.matrix(words))

    def of_passages(self, passages: Sequence[str]) -> Floats:
        """A unit vector for each passage together with the next one, as (passages, dimensions).

        Long texts are not cut into words: every pair of characters that is a word counts.
        """
        sums = np.zeros((len(passages), self.rows.shape[1]), dtype=np.float32)
        if not passages:
            return sums
        codes, places = self._pairs
        wanted = _codes("\n".join(passages))  # no word has a line break in it
        at = _positions(codes, wanted)
        known, found = at >= 0, places[at[at >= 0]]
        passage = np.cumsum(wanted // _WIDE == ord("\n"))[known]
        for number, part in enumerate(
            np.split(found, np.searchsorted(passage, range(1, len(passages))))
        ):
            sums[number] = self.weights[part] @ self.rows[part]
        sums[:-1] += sums[1:].copy()
        norms = np.linalg.norm(sums, axis=1, keepdims=True)
        np.divide(sums, norms, out=sums, where=norms > 0)
        return sums


def _codes(text: str) -> Ints:
    chars = np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32).astype(np.int64)
    pairs: Ints = chars[:-1] * _WIDE + chars[1:]
    return pairs


def _positions(known: Ints, wanted: Ints) -> Ints:
    """Where each of the wanted codes stands among those known; -1 for others."""
    if not len(known):
        return np.full(len(wanted), -1)
    places = np.minimum(np.searchsorted(known, wanted), len(known) - 1)
    found: Ints = np.where(known[places] == wanted, places, -1)
    return found


def _unit(vector: Floats) -> Floats:
    norm = float(np.linalg.norm(vector))
    return vector / np.float32(norm) if norm else vector


@lru_cache(maxsize=1)
def table() -> Vectors:
    """The table that comes with the package."""
    with resources.files("knowledge").joinpath(FILE).open("rb") as file:
        stored = np.load(file)
        rows = stored["rows"].astype(np.float32)
        words = tuple(stored["words"].tobytes().decode("utf-8").split("\n"))
        weights = stored["weights"].astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    return Vectors(words=words, rows=rows, weights=weights)

"""What words mean, as far as a small table can say: a vector for each of some forty thousand words.

Distilled from multilingual-e5-small (MIT) by `bench/distil_vectors.py`: every word embedded once,
reduced to its main directions, a byte a number. A text is the sum of its words, rare ones more,
so a query costs microseconds and needs neither model nor network.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib import resources
from itertools import accumulate
from typing import TypeVar

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]
FILE = "data/vectors.npz"
_MADE = 50_000  # vectors of unknown words that are kept
_SLOTS = 1 << 17  # for some 20,000 words of two characters
_LAST = _SLOTS - 1
_FREE = -1
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
        """Words of two characters as numbers, each in one of its two slots, and their places in
        the table: two looks find a word, or that it is none (cuckoo hashing, Pagh and Rodler)."""
        slots, places = [_FREE] * _SLOTS, [0] * _SLOTS
        for place, word in enumerate(self.words):
            if len(word) == 2:
                code = ord(word[0]) * _WIDE + ord(word[1])
                slot = _slot(code)
                while code != _FREE:  # whoever stands there moves on to the other of its slots
                    slots[slot], code = code, slots[slot]
                    places[slot], place = place, places[slot]
                    slot = _slot(code) ^ _other(code) ^ slot
        return np.array(slots, dtype=np.int64), np.array(places, dtype=np.int64)

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
        places = [self._places.get(word, -1) for word in words]
        rows: Floats = self.rows[places]
        if -1 in places:
            for number, place in enumerate(places):
                if place < 0:
                    rows[number] = self.of(words[number])
        return rows

    def weight(self, word: str) -> float:
        """How much a word says in general, 0..1; an unknown one much."""
        place = self._places.get(word)
        return 1.0 if place is None else float(self.weights[place])

    def of_words(self, words: Sequence[str]) -> Floats:
        """The unit vector of a text that is cut into words; zeros if none of them is known."""
        return self.summed(words, self.matrix(words))

    def summed(self, words: Sequence[str], vectors: Floats) -> Floats:
        """The unit vector of words with these vectors."""
        if not words:
            return np.zeros(self.rows.shape[1], dtype=np.float32)
        return _unit(np.array([*map(self.weight, words)], dtype=np.float32) @ vectors)

    def of_cut(self, texts: Sequence[Sequence[str]]) -> Floats:
        """The unit vector of each of some texts that are cut into words."""
        words = [word for text in texts for word in text]
        vectors = self.matrix(words)
        weights = np.array([*map(self.weight, words)], dtype=np.float32)
        bounds = [*accumulate(map(len, texts), initial=0)]
        sums = np.zeros((len(texts), self.rows.shape[1]), dtype=np.float32)
        some = [number for number, text in enumerate(texts) if text]
        if some:
            begins = [bounds[number] for number in some]
            sums[some] = np.add.reduceat(vectors * weights[:, None], begins)
        return _units(sums)

    def of_passages(self, passages: Sequence[str]) -> Floats:
        """A unit vector for each passage together with the next one, as (passages, dimensions).

        Long texts are not cut into words: every pair of characters that is a word counts.
        """
        return self.of_texts([passages])

    def of_texts(self, texts: Sequence[Sequence[str]]) -> Floats:
        """The vectors of the passages of several texts below each other: one text after the other
        takes three times as long."""
        passages = [passage for text in texts for passage in text]
        alone = np.zeros((len(passages), self.rows.shape[1]), dtype=np.float32)
        if not passages:
            return alone
        numbers, found = self._found("\n".join(passages))  # no word has a line break in it
        counts = np.bincount(numbers, minlength=len(passages))
        some = np.flatnonzero(counts)
        if len(some):
            weighted = self.rows[found] * self.weights[found, None]
            alone[some] = np.add.reduceat(weighted, (np.cumsum(counts) - counts)[some])
        sums = alone.copy()
        sums[:-1] += alone[1:]
        last = np.cumsum([len(text) for text in texts if text]) - 1
        sums[last] = alone[last]
        return _units(sums)

    def _found(self, joined: str) -> tuple[Ints, Ints]:
        """The pairs of characters that are words: the line of each, and its place in the table."""
        slots, places = self._pairs
        chars = np.frombuffer(joined.encode("utf-32-le"), dtype=np.uint32).astype(np.int64)
        codes = chars[:-1] * _WIDE + chars[1:]
        at = _slot(codes)
        at = np.where(slots[at] == codes, at, _other(codes))
        known = np.flatnonzero(slots[at] == codes)
        return np.cumsum(chars == ord("\n"))[known], places[at[known]]


Number = TypeVar("Number", int, Ints)


def _slot(code: Number) -> Number:
    """Where to look for a pair of characters first (Knuth's multiplicative hash)."""
    return code * 2654435761 >> 15 & _LAST


def _other(code: Number) -> Number:
    """Where to look for it next, by other bits."""
    return code * 2246822519 >> 13 & _LAST


def _unit(vector: Floats) -> Floats:
    norm = float(np.linalg.norm(vector))
    return vector / np.float32(norm) if norm else vector


def _units(vectors: Floats) -> Floats:
    """The same vectors with length 1, in their place; zeros stay."""
    norms = np.sqrt(np.einsum("ij,ij->i", vectors, vectors))[:, None]
    np.divide(vectors, norms, out=vectors, where=norms > 0)
    return vectors


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

"""How much of a question stands in each of many wordings, worked out for all of them at once."""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import accumulate, chain, pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from knowledge.kept import lazily
from knowledge.terms import Ints
from knowledge.text import bigrams

Floats = npt.NDArray[np.float64]
Marks = npt.NDArray[np.bool_]


class Likeness(NamedTuple):
    """How much the wordings of one entry are like a question."""

    shared: list[float]  # of each wording: what the pairs of characters in common weigh
    alike: list[float]  # of each wording: characters in common, whatever their order, 0..1
    said_by: list[float]  # of each word of the question: the share of the wordings that say it
    held_by: Floats  # of each of its `units`: the share of the wordings that hold it


def of_each(
    question: str,
    pairs: Mapping[str, float],
    words: Sequence[str],
    entries: Sequence[Sequence[str]],
) -> list[Likeness]:
    """The likeness of each entry, by its folded wordings, to a folded question.

    `pairs` of its characters come with their weights, `words` are as they stand in it. What is
    `alike` is what `fuzz.ratio` says of two texts in order of code points: twice the characters
    in common by all characters.
    """
    if not entries:
        return []
    stands = _Standing(question, [*chain.from_iterable(entries)])
    weights = np.array([pairs[pair] for pair in stands.pairs], dtype=np.float64)
    shared = (stands.held @ weights).tolist()
    alike = stands.alike().tolist()
    bounds = list(accumulate(map(len, entries), initial=0))
    said = np.array([stands.has(word) for word in words]).reshape(len(words), bounds[-1])
    said_by = np.add.reduceat(said, bounds[:-1], axis=1, dtype=np.float64) / np.diff(bounds)
    held = np.add.reduceat(stands.units(), bounds[:-1], axis=0, dtype=np.float64)
    held_by = held / np.diff(bounds)[:, None]
    return [
        Likeness(shared=shared[begin:end], alike=alike[begin:end], said_by=shares, held_by=units)
        for (begin, end), shares, units in zip(
            pairwise(bounds), said_by.T.tolist(), held_by, strict=True
        )
    ]


def units(question: str) -> tuple[str, ...]:
    """The pairs of characters of a folded question, then its characters, each once, in order."""
    return (*dict.fromkeys(bigrams(question)), *dict.fromkeys(question))


class _Standing:
    """What of a question stands in each of some lines."""

    def __init__(self, question: str, lines: Sequence[str]) -> None:
        self._question = question
        self._chars = {char: number for number, char in enumerate(dict.fromkeys(question), 1)}
        self.pairs = list(dict.fromkeys(bigrams(question)))
        self._lengths = np.array([len(line) for line in lines], dtype=np.int64)
        codes = _codes("\n".join(lines))
        self._found = _numbers(_codes("".join(self._chars)), codes)
        self._lines = np.repeat(np.arange(len(lines)), self._lengths + 1)[: len(codes)]

    @lazily
    def _counts(self) -> Ints:
        """How often each character of the question stands in each line."""
        width = len(self._chars) + 1
        at = self._lines * width + self._found
        counts = np.bincount(at, minlength=width * len(self._lengths))
        return counts.reshape(-1, width)[:, 1:]

    @lazily
    def _joined(self) -> Ints:
        """For each place in the lines the number from 1 of the pair that begins there, or 0."""
        width = len(self._chars) + 1
        numbers = np.zeros(width * width, dtype=np.int64)
        for number, pair in enumerate(self.pairs, 1):
            numbers[self._chars[pair[0]] * width + self._chars[pair[-1]]] = number
        joined: Ints = numbers[self._found[:-1] * width + self._found[1:]]
        return joined

    @lazily
    def held(self) -> Marks:
        """Which of the pairs each line holds; a question of one character is its own pair."""
        if len(self._question) < 2:
            return self._counts > 0
        held = np.zeros((len(self._lengths), len(self.pairs)), dtype=bool)
        begins = np.flatnonzero(self._joined)
        held[self._lines[begins], self._joined[begins] - 1] = True
        return held

    def units(self) -> Marks:
        """Which of the pairs, then which of the characters of the question each line holds."""
        return np.hstack([self.held, self._counts > 0])

    def alike(self) -> Floats:
        """How many characters each line has in common with the question, 0..1."""
        often = Counter(self._question)
        most = [often[char] for char in self._chars]
        common = np.minimum(self._counts, most) @ np.ones(len(most))
        alike: Floats = 2 * common / (self._lengths + len(self._question))
        return alike

    def has(self, word: str) -> Marks:
        """Which lines have a word of the question."""
        if len(word) == 1:
            return self._counts[:, self._chars[word] - 1] > 0
        if len(word) == 2:
            return self.held[:, self.pairs.index(word)]
        pairs = [self.pairs.index(pair) + 1 for pair in bigrams(word)]
        whole = len(self._joined) - len(pairs) + 1
        begins = np.all(
            [self._joined[n : n + whole] == pair for n, pair in enumerate(pairs)], axis=0
        )
        has = np.zeros(len(self._lengths), dtype=bool)
        has[self._lines[np.flatnonzero(begins)]] = True
        return has


def _codes(text: str) -> npt.NDArray[np.uint32]:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


def _numbers(known: npt.NDArray[np.uint32], codes: npt.NDArray[np.uint32]) -> Ints:
    """For each code its place among those known, from 1; 0 if it is not among them."""
    table = np.zeros(max(known.max(initial=0), codes.max(initial=0)) + 1, dtype=np.int16)
    table[known] = np.arange(1, len(known) + 1)
    return table[codes].astype(np.int64)

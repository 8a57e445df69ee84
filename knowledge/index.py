"""Finding candidates: BM25 over words, character pairs, single characters and sounds.

Built once from all entries and replaced whole; knows term ids and numbers, nothing of meaning.
The weight of a term in an entry is worked out when the index is built, so that a search is a sum
over posting lists (Robertson and Zaragoza 2009, "The Probabilistic Relevance Framework").
"""

import math
from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from knowledge.entries import Entry
from knowledge.sound import syllable_pairs
from knowledge.text import bigrams, document_numbers, fold, terms

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]

_K1 = 1.2  # how soon repeating a term stops helping
_B = 0.6  # how much long texts are held back
_ASKED = 1.0  # weight of the field that people ask with: question and other wordings
_TOLD = 0.6  # weight of the answer with its source and section
_CHUNK = 500  # entries worked on at a time: bounds the memory of a build


@dataclass(frozen=True, kw_only=True)
class Hit:
    """An entry's place in the index and its BM25 score."""

    place: int
    score: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Document:
    """An entry in the form that is indexed and compared; every text folded."""

    asked: tuple[str, ...]  # question and other wordings
    told: str  # answer, source, section
    numbers: frozenset[str]  # document numbers anywhere in it

    @classmethod
    def of(cls, entry: Entry) -> "Document":
        """Fold an entry, once for all uses."""
        source = entry.source
        told = f"{entry.section} {entry.topic} {entry.answer} {source.title} {source.number}"
        whole = f"{entry.question} {told}"
        return cls(
            asked=tuple(map(fold, entry.wordings)),
            told=fold(told),
            numbers=document_numbers(whole) if "号" in whole else frozenset(),
        )

    @property
    def text(self) -> str:
        """All of it, each wording on a line of its own and the rest on the last."""
        return "\n".join((*self.asked, self.told))


def asked_terms(folded: str) -> list[str]:
    """Terms of a question or wording: what it says and how it sounds."""
    return terms(folded) + ["p" + pair for pair in syllable_pairs(folded)]


def _told_terms(document: Document) -> list[str]:
    """Character pairs and characters only: cutting answers into words takes three times as long
    to build and finds nothing more (docs/matching.md)."""
    folded = document.told
    numbers = ["d" + number for number in document.numbers]
    return ["b" + pair for pair in bigrams(folded)] + ["c" + char for char in folded] + numbers


class Index:
    """Posting lists with ready-made weights."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self.size = len(documents)
        self._ids: dict[str, int] = {}
        asked = _Field(self._ids)
        told = _Field(self._ids)
        for start in range(0, self.size, _CHUNK):
            chunk = documents[start : start + _CHUNK]
            asked.add([[t for w in one.asked for t in asked_terms(w)] for one in chunk])
            told.add([_told_terms(one) for one in chunk])
        self.idf = self._inverse_frequency(asked, told)
        self._starts, self._places, self._weights = self._postings(asked, told)

    def _inverse_frequency(self, asked: "_Field", told: "_Field") -> Floats:
        """How rare each term is; never negative, so that a common term cannot harm."""
        pairs = np.unique(np.concatenate([asked.keys(self.size), told.keys(self.size)]))
        frequency = np.bincount(pairs // max(self.size, 1), minlength=len(self._ids))
        ratio = (self.size - frequency + 0.5) / (frequency + 0.5)
        return np.log1p(ratio).astype(np.float32)

    def _postings(
        self, asked: "_Field", told: "_Field"
    ) -> tuple[Ints, npt.NDArray[np.int32], Floats]:
        """Both fields' weights added up, sorted by term and place."""
        keys = np.concatenate([asked.keys(self.size), told.keys(self.size)])
        order = np.argsort(keys)
        keys = keys[order]
        weights = np.concatenate([asked.weights(_ASKED), told.weights(_TOLD)])[order]
        del order  # as large as the rest together
        first = np.flatnonzero(np.diff(keys, prepend=-1))
        summed = np.add.reduceat(weights, first) if len(first) else weights
        ids, places = np.divmod(keys[first], max(self.size, 1))
        starts = np.searchsorted(ids, np.arange(len(self._ids) + 1))
        return starts, places.astype(np.int32), summed * self.idf[ids]

    @property
    def most(self) -> float:
        """The rarity of a term that nothing holds."""
        return math.log1p(2.0 * self.size + 1.0)

    def weight(self, term: str) -> float:
        """The rarity of a term; an unknown one counts as much as the rarest."""
        number = self._ids.get(term)
        if number is None:
            return self.most
        return float(self.idf[number])

    def search(self, question: Iterable[tuple[str, float]], limit: int) -> list[Hit]:
        """The best `limit` entries for weighted terms, best first; ties by place."""
        scores = np.zeros(self.size, dtype=np.float32)
        for term, weight in question:
            number = self._ids.get(term)
            if number is not None:
                here = slice(self._starts[number], self._starts[number + 1])
                # A place occurs once in a posting list, so plain indexing adds up rightly.
                scores[self._places[here]] += weight * self._weights[here]
        return _best(scores, limit)


def _best(scores: Floats, limit: int) -> list[Hit]:
    found = int(np.count_nonzero(scores))
    count = min(limit, found)
    if not count:
        return []
    top = np.argpartition(-scores, count - 1)[:count] if count < len(scores) else np.arange(found)
    order = sorted(
        ((float(scores[place]), int(place)) for place in top), key=lambda s: (-s[0], s[1])
    )
    return [Hit(place=place, score=score) for score, place in order if score > 0]


class _Field:
    """Term counts of one field of all entries, grown a chunk at a time."""

    def __init__(self, ids: dict[str, int]) -> None:
        self._ids = ids
        self._terms: list[Ints] = []
        self._places: list[Ints] = []
        self._counts: list[Floats] = []
        self._lengths: list[int] = []

    def add(self, texts: Sequence[list[str]]) -> None:
        """Count the terms of more entries."""
        numbers, places, counts = array("q"), array("q"), array("f")
        for terms_of_one in texts:
            place = len(self._lengths)
            self._lengths.append(len(terms_of_one))
            for term, count in Counter(terms_of_one).items():
                numbers.append(self._ids.setdefault(term, len(self._ids)))
                places.append(place)
                counts.append(count)
        self._terms.append(np.frombuffer(numbers, dtype=np.int64))
        self._places.append(np.frombuffer(places, dtype=np.int64))
        self._counts.append(np.frombuffer(counts, dtype=np.float32))

    def keys(self, size: int) -> Ints:
        """Term and place as one sortable number."""
        if not self._terms:
            return np.zeros(0, dtype=np.int64)
        return np.concatenate(self._terms) * max(size, 1) + np.concatenate(self._places)

    def weights(self, factor: float) -> Floats:
        """BM25's term-frequency part for every count, times the field's factor."""
        if not self._counts:
            return np.zeros(0, dtype=np.float32)
        counts = np.concatenate(self._counts)
        lengths = np.asarray(self._lengths, dtype=np.float32)
        relative = lengths / max(float(lengths.mean()), 1.0)
        norm = _K1 * (1 - _B + _B * relative[np.concatenate(self._places)])
        return (factor * counts * (_K1 + 1) / (counts + norm)).astype(np.float32)

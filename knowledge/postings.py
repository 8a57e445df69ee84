"""Posting lists of up to 65,536 entries: for each term the entries that hold it, and how strongly.

A posting takes three bytes: the place in 16 bits, the weight in 8. The weight is BM25's
term-frequency part of both fields (Robertson and Zaragoza 2009, "The Probabilistic Relevance
Framework"); rarity comes in when searching, as it depends on all entries and not only on these.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from knowledge import terms
from knowledge.terms import Ints, Numbers

Floats = npt.NDArray[np.float32]
Bytes = npt.NDArray[np.uint8]

MOST = 1 << 16  # entries, as a place has 16 bits
SATURATED = 2.2  # what a term that is repeated for ever counts: K1 + 1
_K1 = SATURATED - 1  # how soon repeating a term stops helping
_B = 0.6  # how much long texts are held back
FIELDS = (1.0, 0.6)  # weights: of what people ask with, and of answer, source and section
STEP = SATURATED * sum(FIELDS) / 255  # a weight of one
_IN_FULL = 200_000  # postings beyond which common terms are looked up for the best only
_NO_KEYS = np.zeros(0, dtype=np.uint64)
_BELOW = 17  # bits for entry and field below a term, where terms are counted
_BEST = 400  # entries that common terms are looked up for


@dataclass(frozen=True, kw_only=True)
class Chunk:
    """A few thousand entries' folded lines, with a line break after each."""

    first: int  # place of the first entry
    units: terms.Units
    lines: Ints  # how many each entry has, the last of which is told
    documents: Sequence[tuple[int, int]] = ()  # entry in the chunk, term of a document number


@dataclass(frozen=True, kw_only=True)
class Postings:
    """The list of term `keys[i]` is from `starts[i]` to `starts[i + 1]`, sorted by place."""

    size: int  # entries
    keys: Numbers
    starts: Ints
    places: npt.NDArray[np.uint16]
    weights: Bytes

    @classmethod
    def of(cls, chunks: Iterable[Chunk], size: int, mean: tuple[float, float]) -> "Postings":
        """Posting lists of some entries; `mean` characters asked and told over all entries."""
        parts = [_Part.of(chunk, mean) for chunk in chunks]
        keys = np.unique(np.concatenate([part.keys for part in parts] or [_NO_KEYS]))
        counts = np.zeros(len(keys), dtype=np.int64)
        for part in parts:
            counts[np.searchsorted(keys, part.keys)] += part.counts
        starts = np.concatenate([[0], np.cumsum(counts)])
        places = np.empty(starts[-1], dtype=np.uint16)
        weights = np.empty(starts[-1], dtype=np.uint8)
        free = starts[:-1].copy()
        for part in parts:
            at = np.searchsorted(keys, part.keys)
            before = np.cumsum(part.counts) - part.counts
            to = np.repeat(free[at] - before, part.counts) + np.arange(len(part.places))
            places[to], weights[to] = part.places, part.weights
            free[at] += part.counts
        return cls(size=size, keys=keys, starts=starts, places=places, weights=weights)

    def spans(self, keys: Numbers) -> tuple[Ints, Ints]:
        """Where the lists of some terms begin and end; alike for a term that is not known."""
        if not len(self.keys):
            return np.zeros(len(keys), dtype=np.int64), np.zeros(len(keys), dtype=np.int64)
        at = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
        known = self.keys[at] == keys
        return self.starts[at], np.where(known, self.starts[at + 1], self.starts[at])

    def held(self, first: int, end: int) -> tuple[Numbers, Ints]:
        """The terms from one number up to another, and how many entries hold each."""
        begin, stop = np.searchsorted(self.keys, np.array([first, end], dtype=np.uint64))
        return self.keys[begin:stop], np.diff(self.starts[begin : stop + 1])

    def count(self, term: int) -> int:
        """How many entries hold a term."""
        at = bisect_left(self._keys, term)
        if at == len(self._keys) or self._keys[at] != term:
            return 0
        return int(self.starts[at + 1] - self.starts[at])

    @cached_property
    def _keys(self) -> memoryview:
        """The keys as `bisect` likes them: five times as fast as numpy for a single one."""
        return self.keys.data

    def best(
        self, spans: tuple[Ints, Ints], factors: Floats, limit: int, gone: Ints
    ) -> tuple[Ints, Floats]:
        """The entries that score best, in no order, and their scores; none of those `gone`.

        A term counts its factor times its weight, rare terms first. What common ones add is worked
        out only for those that are best by then: a place further down cannot be reached by what
        nearly every entry has.
        """
        begins, ends = spans
        lengths = ends - begins
        order = np.argsort(lengths, kind="stable")
        full = int(np.searchsorted(np.cumsum(lengths[order]), _IN_FULL))
        scores = self._together(begins, ends, factors, order[:full])
        scores[gone] = -1
        places = best(scores, limit if full == len(order) else max(limit, _BEST))
        places = np.sort(places[scores[places] >= 0])
        found = scores[places]
        for term in order[full:].tolist():
            self._add_for(places, slice(begins[term], ends[term]), factors[term], found)
        first = best(found, limit)
        return places[first], found[first]

    def _together(self, begins: Ints, ends: Ints, factors: Floats, some: Ints) -> Floats:
        """What the lists of some terms add up to, in one go."""
        lists = [*map(slice, begins[some].tolist(), ends[some].tolist())]
        if not lists:
            return np.zeros(self.size, dtype=np.float32)
        places = np.concatenate([self.places[one] for one in lists])
        weights = np.concatenate([self.weights[one] for one in lists])
        adds = np.repeat(factors[some], (ends - begins)[some]) * weights
        return np.bincount(places, adds, self.size).astype(np.float32)

    def _add_for(self, some: Ints, here: slice, factor: np.float32, scores: Floats) -> None:
        places, weights = self.places[here], self.weights[here]
        wanted = some.astype(places.dtype)  # of another type, all places would be copied first
        at = np.minimum(np.searchsorted(places, wanted), len(places) - 1)
        found = places[at] == wanted
        scores[found] += factor * weights[at[found]]


def best(scores: Floats, count: int) -> Ints:
    """The places of the highest scores, in no order."""
    if len(scores) <= count:
        return np.arange(len(scores))
    return np.argpartition(-scores, count)[:count]


@dataclass(frozen=True, kw_only=True)
class _Part:
    """Posting lists of one chunk: as many of `places` as `counts` says for each of `keys`."""

    keys: Numbers
    counts: Ints
    places: npt.NDArray[np.uint16]
    weights: Bytes

    @classmethod
    def of(cls, chunk: Chunk, mean: tuple[float, float]) -> "_Part":
        """Count the terms of each entry in each field by sorting them."""
        lengths = np.diff(np.flatnonzero(chunk.units == terms.LINE), prepend=-1) - 1
        told = np.zeros(len(lengths), dtype=bool)
        told[np.cumsum(chunk.lines) - 1] = True
        fields = np.repeat(np.arange(len(chunk.lines)), chunk.lines) * 2 + told
        keys, lines = terms.of_lines(chunk.units, lengths, told)
        numbered = [number << _BELOW | entry << 1 | 1 for entry, number in chunk.documents]
        packed = np.concatenate(
            [
                keys << np.uint64(_BELOW) | fields[lines].astype(np.uint64),
                np.array(numbered, dtype=np.uint64),
            ]
        )
        return cls._counted(packed, _norms(fields, lengths, mean), chunk.first)

    @classmethod
    def _counted(cls, packed: Numbers, norms: Floats, first: int) -> "_Part":
        packed.sort()
        starts = np.flatnonzero(np.diff(packed, prepend=np.uint64(1)))
        counts = np.diff(starts, append=len(packed)).astype(np.float32)
        packed = packed[starts]
        field = (packed & np.uint64((1 << _BELOW) - 1)).astype(np.int64)
        factor = np.array(FIELDS, dtype=np.float32)[field & 1]
        weights = factor * counts * np.float32(SATURATED) / (counts + norms[field])
        places = packed >> np.uint64(1)
        again = np.flatnonzero(places[1:] == places[:-1])  # the other field of the same entry
        weights[again] += weights[again + 1]
        kept = np.ones(len(places), dtype=bool)
        kept[again + 1] = False
        places, weights = places[kept], weights[kept]
        keys = places >> np.uint64(_BELOW - 1)
        each = np.flatnonzero(np.diff(keys, prepend=np.uint64(0)))
        return cls(
            keys=keys[each],
            counts=np.diff(each, append=len(keys)),
            places=((places & np.uint64((1 << (_BELOW - 1)) - 1)) + np.uint64(first)).astype(
                np.uint16
            ),
            weights=np.rint(np.maximum(weights / np.float32(STEP), 1)).astype(np.uint8),
        )


def _norms(fields: Ints, lengths: Ints, mean: tuple[float, float]) -> Floats:
    """For each field of each entry what holds it back, by its length against the mean."""
    long = np.bincount(fields, lengths).reshape(-1, 2) / np.maximum(mean, 1.0)
    return (_K1 * (1 - _B + _B * long)).astype(np.float32).reshape(-1)

"""Finding candidates: BM25 over character pairs, single characters and sounds.

Knows terms and numbers, nothing of meaning. Never changed: what is edited makes another index,
which shares what stays with the one before.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from knowledge.correction import Words
from knowledge.entries import Entry
from knowledge.folded import Texts
from knowledge.postings import MOST, STEP, Floats, Postings
from knowledge.terms import CHAR, PAIR, Ints

WORN = 0.05  # share of edited entries from which the index is built anew
_NONE = np.zeros(0, dtype=np.int64)


class Hit(NamedTuple):
    """An entry's place in the index and its BM25 score."""

    place: int
    score: float


@dataclass(frozen=True, kw_only=True)
class _Part:
    """Entries that follow each other, with their posting lists."""

    first: int  # place of the first
    texts: Texts
    postings: Postings
    gone: Ints  # of these entries, what is not to be found any more

    @property
    def end(self) -> int:
        """The place behind the last."""
        return self.first + len(self.texts)

    def terms(self, place: int) -> list[int]:
        """The terms of one of these entries."""
        number = place - self.first
        chunk = self.texts.chunk(number, number + 1)
        keys: list[int] = Postings.of([chunk], len(self.texts), (1, 1)).keys.tolist()
        return keys

    def without(self, places: Ints) -> "_Part":
        """The same with more entries that are not to be found."""
        here = places[(places >= self.first) & (places < self.end)] - self.first
        return replace(self, gone=np.concatenate([self.gone, here])) if len(here) else self

    def hits(self, spans: tuple[Ints, Ints], factors: Floats, limit: int) -> list[Hit]:
        """The best of these entries, in no order."""
        places, scores = self.postings.best(spans, factors, limit, self.gone)
        return [
            Hit(place=self.first + place, score=score)
            for place, score in zip(places.tolist(), scores.tolist(), strict=True)
            if score > 0
        ]


class Index:
    """Posting lists over all entries, in parts that have room for 16-bit places."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self.size = self._used = len(entries)  # entries; places, which are never used again
        many = max(-(-self.size // MOST), 1)
        bounds = [self.size * number // many for number in range(many + 1)]
        texts = [Texts.of(entries[begin:end]) for begin, end in pairwise(bounds)]
        asked, told = (sum(one.asked for one in texts), sum(one.told for one in texts))
        self._mean = asked / max(self.size, 1), told / max(self.size, 1)
        self._parts = [
            self._part(first, one, _NONE) for first, one in zip(bounds, texts, strict=False)
        ]
        self._lost: Counter[int] = Counter()  # in how many entries that are gone a term stands
        self._built = len(self._parts)  # the parts behind them came by edits

    def edited(self, gone: Sequence[int], new: Sequence[Entry]) -> "Index":
        """An index without some entries and with new ones, whose places follow those in use.

        New entries make a part of their own, which is joined with the one before as long as that
        is not much larger: there are few parts, and an entry is indexed again only a few times.
        Lengths go on counting against the mean of the first build.
        """
        made = copy(self)
        made._used, made.size = self._used + len(new), self.size + len(new) - len(gone)
        made._lost = self._lost.copy()
        for place in gone:
            made._lost.update(self._part_of(place).terms(place))
        made._parts = [part.without(np.array(gone, dtype=np.int64)) for part in self._parts]
        if new:
            made._append(Texts.of(new))
        return made

    def _append(self, texts: Texts) -> None:
        first, gone = self._used - len(texts), _NONE
        while len(self._parts) > self._built and len(self._parts[-1].texts) <= 2 * len(texts):
            last = self._parts.pop()
            gone = np.concatenate([last.gone, gone + len(last.texts)])
            first, texts = last.first, last.texts.followed_by(texts)
        self._parts.append(self._part(first, texts, gone))

    def _part(self, first: int, texts: Texts, gone: Ints) -> _Part:
        postings = Postings.of(texts.chunks(), len(texts), self._mean)
        return _Part(first=first, texts=texts, postings=postings, gone=gone)

    @property
    def worn(self) -> bool:
        """Whether so much was edited that building anew is worth its time."""
        kept = self._parts[: self._built]
        gone = sum(len(part.gone) for part in kept)
        new = self._used - sum(len(part.texts) for part in kept)
        return gone + new > WORN * self._used

    @cached_property
    def words(self) -> Words:
        """The pairs of characters that the entries of the first build hold."""
        kept = self._parts[: self._built]
        held = [part.postings.held(PAIR, CHAR) for part in kept]
        every = np.concatenate([pairs for pairs, _ in held] or [np.zeros(0, dtype=np.uint64)])
        pairs, at = np.unique(every, return_inverse=True)
        counts = np.zeros(len(pairs), dtype=np.int64)
        np.add.at(counts, at, np.concatenate([counts for _, counts in held] or [_NONE]))
        return Words(size=self.size, pairs=pairs, counts=counts)

    @property
    def most(self) -> float:
        """The rarity of a term that nothing holds."""
        return math.log1p(2.0 * self.size + 1.0)

    def text(self, place: int) -> str:
        """The folded lines of an entry: each wording, then what it tells."""
        part = self._part_of(place)
        return part.texts.text(place - part.first)

    def _part_of(self, place: int) -> _Part:
        return next(part for part in reversed(self._parts) if part.first <= place)

    def rarity(self, term: int) -> float:
        """How rare a term is; an unknown one counts as much as the rarest."""
        holding = sum(part.postings.count(term) for part in self._parts) - self._lost[term]
        return math.log1p((self.size - holding + 0.5) / (holding + 0.5)) if holding else self.most

    def search(
        self, question: Mapping[int, float], limit: int
    ) -> tuple[list[Hit], dict[int, float]]:
        """The best `limit` entries for weighted terms, best first, ties by place; and how rare
        each of the terms is."""
        wanted = np.fromiter(question, np.uint64, len(question))
        weights = np.fromiter(question.values(), np.float32, len(question))
        spans = [part.postings.spans(wanted) for part in self._parts]
        rarities = self._rarities(question, spans)
        factors = weights * rarities.astype(np.float32) * np.float32(STEP)
        hits = [
            hit
            for part, here in zip(self._parts, spans, strict=True)
            for hit in part.hits(here, factors, limit)
        ]
        hits.sort(key=lambda hit: (-hit.score, hit.place))
        return hits[:limit], dict(zip(question, rarities.tolist(), strict=True))

    def _rarities(
        self, wanted: Iterable[int], spans: Iterable[tuple[Ints, Ints]]
    ) -> npt.NDArray[np.float64]:
        holding = sum(ends - begins for begins, ends in spans)
        if self._lost:
            holding = holding - np.array([self._lost[term] for term in wanted])
        rarities: npt.NDArray[np.float64] = np.log1p((self.size - holding + 0.5) / (holding + 0.5))
        return rarities

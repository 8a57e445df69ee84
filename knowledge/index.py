"""Finding candidates: BM25 over character pairs, single characters and sounds.

Knows terms and numbers, nothing of meaning. Never changed: what is edited makes another index,
which shares what stays with the one before.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from knowledge.entries import Entry
from knowledge.folded import Texts
from knowledge.postings import MOST, STEP, Floats, Postings, best
from knowledge.terms import Ints


@dataclass(frozen=True, kw_only=True)
class Hit:
    """An entry's place in the index and its BM25 score."""

    place: int
    score: float


@dataclass(frozen=True, kw_only=True)
class _Part:
    """Entries that follow each other, with their posting lists."""

    first: int  # place of the first
    texts: Texts
    postings: Postings
    gone: Ints  # entries in it that are not to be found any more

    def hits(self, spans: tuple[Ints, Ints], factors: Floats, limit: int) -> list[Hit]:
        """The best of these entries, in no order."""
        scores = self.postings.scores(spans, factors)
        scores[self.gone] = 0
        return [
            Hit(place=self.first + place, score=float(scores[place]))
            for place in best(scores, limit).tolist()
            if scores[place] > 0
        ]


class Index:
    """Posting lists over all entries, in parts that have room for 16-bit places."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self.size = len(entries)
        many = max(-(-self.size // MOST), 1)
        bounds = [self.size * number // many for number in range(many + 1)]
        texts = [Texts.of(entries[begin:end]) for begin, end in pairwise(bounds)]
        asked, told = (sum(one.asked for one in texts), sum(one.told for one in texts))
        self._mean = asked / max(self.size, 1), told / max(self.size, 1)
        self._parts = [self._part(first, one) for first, one in zip(bounds, texts, strict=False)]

    def _part(self, first: int, texts: Texts) -> _Part:
        postings = Postings.of(texts.chunks(), len(texts), self._mean)
        return _Part(first=first, texts=texts, postings=postings, gone=np.zeros(0, dtype=np.int64))

    @property
    def most(self) -> float:
        """The rarity of a term that nothing holds."""
        return math.log1p(2.0 * self.size + 1.0)

    def text(self, place: int) -> str:
        """The folded lines of an entry: each wording, then what it tells."""
        part = next(part for part in reversed(self._parts) if part.first <= place)
        return part.texts.text(place - part.first)

    def rarity(self, term: int) -> float:
        """How rare a term is; an unknown one counts as much as the rarest."""
        holding = sum(part.postings.count(term) for part in self._parts)
        return math.log1p((self.size - holding + 0.5) / (holding + 0.5)) if holding else self.most

    def search(self, question: Mapping[int, float], limit: int) -> list[Hit]:
        """The best `limit` entries for weighted terms, best first; ties by place."""
        wanted = np.fromiter(question, np.uint64, len(question))
        weights = np.fromiter(question.values(), np.float32, len(question))
        spans = [part.postings.spans(wanted) for part in self._parts]
        factors = weights * self._rarities(spans) * np.float32(STEP)
        hits = [
            hit
            for part, here in zip(self._parts, spans, strict=True)
            for hit in part.hits(here, factors, limit)
        ]
        return sorted(hits, key=lambda hit: (-hit.score, hit.place))[:limit]

    def _rarities(self, spans: Iterable[tuple[Ints, Ints]]) -> Floats:
        holding = sum(ends - begins for begins, ends in spans)
        return np.log1p((self.size - holding + 0.5) / (holding + 0.5)).astype(np.float32)

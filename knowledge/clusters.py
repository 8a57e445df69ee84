"""Texts that ask the same, put together: by shared rare words, pairs, sounds and official words.

Leader clustering: texts in a fixed order, each joins the leader it is most like or becomes one;
in a second round each joins the best of all leaders. The order depends on the texts alone, so
the same texts always fall into the same clusters.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from heapq import nsmallest
from itertools import islice

from knowledge import lexicon, slots
from knowledge.sound import syllable_pairs
from knowledge.text import bigrams, fold, normalise, words

ALIKE = 0.55  # cosine from which two texts ask the same
_CROWDED = 80  # leaders with a term in common: such a term finds nobody, it only weighs
_PROBING = 10  # of a text's rarest terms, by which leaders are found
_PROBED = 5  # leaders compared in full
# What each kind of term counts: words carry meaning, pairs survive a wrong cut, sounds a typing
# error, official words join 要钱吗 with 收费吗, and the side asked for keeps 多久 from 多少钱.
_KINDS = {"w": 1.0, "b": 0.6, "p": 0.4, "o": 0.7, "a": 1.2}

_ALONE = 1.0

Vector = dict[str, float]


@dataclass(frozen=True, kw_only=True)
class Cluster:
    """Texts that ask the same; places in the list that was given, the leader first."""

    members: tuple[int, ...]


def cluster(texts: Sequence[str], weights: Sequence[int]) -> list[Cluster]:
    """Clusters of these texts, no two alike; `weights` says how often each was asked.

    The leader is the text asked most often; clusters come in the order of their leaders.
    """
    vectors = _vectors(texts)
    order = sorted(range(len(texts)), key=lambda place: (-weights[place], texts[place]))
    leaders = _Leaders(vectors)
    for place in order:
        if leaders.nearest(place) is None:
            leaders.add(place)
    members: dict[int, list[int]] = {leader: [leader] for leader in leaders.places}
    for place in order:
        if place not in members:
            nearest = leaders.nearest(place)
            members.setdefault(place if nearest is None else nearest, []).append(place)
    return [Cluster(members=tuple(places)) for places in members.values()]


class _Leaders:
    """The texts that others join, found by the terms they share."""

    def __init__(self, vectors: Sequence[Vector]) -> None:
        self._vectors = vectors
        self._by_term: dict[str, list[int]] = defaultdict(list)
        self.places: list[int] = []

    def add(self, place: int) -> None:
        self.places.append(place)
        for term in self._vectors[place]:
            self._by_term[term].append(place)

    def nearest(self, place: int) -> int | None:
        """The leader most like a text; None if none is alike."""
        vector = self._vectors[place]
        shared: dict[int, float] = defaultdict(float)
        for term in islice(vector, _PROBING):
            leaders = self._by_term.get(term, ())
            if len(leaders) <= _CROWDED:
                weight = vector[term]
                for leader in leaders:
                    shared[leader] += weight
        likely = nsmallest(_PROBED, shared, key=lambda leader: (-shared[leader], leader))
        likeness = [(_cosine(vector, self._vectors[leader]), leader) for leader in likely]
        best, leader = max(likeness, key=lambda one: (one[0], -one[1]), default=(0.0, -1))
        return leader if best >= ALIKE else None


def _cosine(one: Vector, other: Vector) -> float:
    return sum(weight * other.get(term, 0.0) for term, weight in one.items())


def _vectors(texts: Sequence[str]) -> list[Vector]:
    """Unit vectors; a term that many texts have counts little, one that no other has less still:
    it joins nothing and only makes its text longer."""
    found = [_terms(text) for text in texts]
    seen = Counter(term for terms in found for term in terms)
    count = len(texts)
    return [
        _unit(
            {
                term: _KINDS[term[0]]
                * (math.log1p(count / seen[term]) if seen[term] > 1 else _ALONE)
                for term in terms
            }
        )
        for terms in found
    ]


def _unit(vector: Vector) -> Vector:
    length = math.sqrt(sum(weight * weight for weight in vector.values())) or 1.0
    heaviest_first = sorted(vector.items(), key=lambda one: (-one[1], one[0]))
    return {term: weight / length for term, weight in heaviest_first}


def _terms(text: str) -> frozenset[str]:
    kept = words(normalise(text))
    folded = "".join(kept)
    official = fold(" ".join(lexicon.official(normalise(text))))
    return frozenset(
        (
            *("w" + word for word in kept),
            *("b" + pair for pair in bigrams(folded)),
            *("p" + pair for pair in syllable_pairs(folded)),
            *("w" + word for word in words(official)),
            *("o" + pair for pair in bigrams(official)),
            *("a" + aspect for aspect in slots.read(text).asked),
        )
    )

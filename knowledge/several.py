"""What all wordings of an entry say together about a question, beside the closest one alone."""

from collections import Counter
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import accumulate

import numpy as np
from rapidfuzz import fuzz

from knowledge.kept import Kept
from knowledge.reading import Reading
from knowledge.text import bigrams
from knowledge.vectors import Floats, table

KEPT = 20_000  # entries whose meaning is kept
MOST = 0.5  # of the wordings have what belongs to the core
CLOSEST = 3  # wordings whose likeness is averaged

# Name → what it says, for `ask --explain`; the order of `together`.
NAMES = {
    "like_several": "与最近几种问法的相似",
    "meaning_of_all": "与各种问法合起来意思相近",
    "said_by": "问题的词有多少问法说到",
    "said_by_none": "问题中最少见而没有问法说到的词",
    "core": "多数问法都有的字在问题中的比例",
}


def together(
    said: Reading,
    folded: tuple[str, ...],
    rarities: Sequence[float],
    rarity_of_pair: Callable[[str], float],
) -> tuple[float, ...]:
    """The features of an entry with these folded wordings; `rarities` of the question's words."""
    shares = [sum(word in one for one in folded) / len(folded) for word in said.words]
    total = sum(rarities) or 1.0
    return (
        _likeness(said, folded),
        max(float(said.meaning @ meaning_of(folded)), 0.0),
        sum(r * share for r, share in zip(rarities, shares, strict=True)) / total,
        max((r for r, share in zip(rarities, shares, strict=True) if not share), default=0.0),
        _core_said(said, core_of(folded), rarity_of_pair),
    )


def _core_said(said: Reading, core: Sequence[str], rarity_of_pair: Callable[[str], float]) -> float:
    rarities = [rarity_of_pair(pair) for pair in core]
    met = sum(r for pair, r in zip(core, rarities, strict=True) if pair in said.pairs)
    return met / sum(rarities) if core else 1.0


@lru_cache(maxsize=KEPT)
def core_of(folded: tuple[str, ...]) -> tuple[str, ...]:
    """The character pairs that most wordings have: what an entry is about."""
    counts = Counter(pair for one in folded for pair in set(bigrams(one)))
    return tuple(pair for pair, count in counts.items() if count >= len(folded) * MOST)


def _likeness(said: Reading, folded: tuple[str, ...]) -> float:
    ratios = sorted((fuzz.ratio(said.sorted, in_order(one)) for one in folded), reverse=True)
    return sum(ratios[:CLOSEST]) / len(ratios[:CLOSEST]) / 100


@lru_cache(maxsize=10 * KEPT)
def in_order(folded: str) -> str:
    """The characters of a wording in order of code points."""
    return "".join(sorted(folded))


def _all_meanings(entries: Sequence[tuple[str, ...]]) -> list[Floats]:
    """For each entry the unit vector of its wordings taken together."""
    ends = list(accumulate(map(len, entries), initial=0))
    summed = np.add.reduceat(table().of_texts(entries), ends[:-1])
    norms = np.linalg.norm(summed, axis=1, keepdims=True)
    return list(np.divide(summed, norms, out=summed, where=norms > 0))


meaning_of = Kept(KEPT, _all_meanings)

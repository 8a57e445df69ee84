"""What all wordings of an entry say together about a question, beside the closest one alone."""

import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain

import numpy as np

from knowledge import likeness
from knowledge.kept import Kept
from knowledge.likeness import Likeness
from knowledge.reading import Reading
from knowledge.text import bigrams
from knowledge.vectors import Floats, table

KEPT = 20_000  # entries whose meaning is kept
MOST = 0.5  # of the wordings have what belongs to the core
PRIOR = 20.0  # wordings that the shares of all entries are worth
ONE_OF_MANY = 0.1  # how often a wording holds what its entry holds somewhere, about
LEAST_LIFT, LIFTS = 3.0, 15.0  # lift that counts as nothing, and the span up to the most
CLOSEST = 3  # wordings whose likeness is averaged

# Name → what it says, for `ask --explain`; the order of `together`.
NAMES = {
    "like_several": "与最近几种问法的相似",
    "meaning_of_all": "与各种问法合起来意思相近",
    "said_by": "问题的词有多少问法说到",
    "said_by_none": "问题中最少见而没有问法说到的词",
    "core": "多数问法都有的字在问题中的比例",
}
# The same for what came later: it stands last, as trees refer to features by their place.
LATER = {"typical": "问题的字在这一条的问法里比在别处常见"}


def together(
    said: Reading,
    folded: tuple[str, ...],
    like: Likeness,
    rarities: Sequence[float],
    rarity_of_pair: Callable[[str], float],
) -> tuple[float, ...]:
    """The features of an entry with these folded wordings; `rarities` of the question's words."""
    common = in_common(folded)
    shares, total = like.said_by, sum(rarities) or 1.0
    closest = sorted(like.alike, reverse=True)[:CLOSEST]
    return (
        sum(closest) / len(closest),
        max(float(said.meaning @ common.meaning), 0.0),
        sum(r * share for r, share in zip(rarities, shares, strict=True)) / total,
        max((r for r, share in zip(rarities, shares, strict=True) if not share), default=0.0),
        _core_said(said, common.core, rarity_of_pair),
    )


def typical(likes: Sequence[Likeness], common: likeness.Floats) -> list[float]:
    """How much more often the wordings of some entries hold what the question holds than those of
    others do, 0..1.

    Naive Bayes: the mean log of (share of the wordings / share of all entries), over character
    pairs and characters, by the root of their number. `common` are the shares of all entries.
    """
    often, anywhere = np.array([[len(like.alike)] for like in likes]), common * ONE_OF_MANY
    held_by = np.array([like.held_by for like in likes])
    shares = (held_by * often + PRIOR * anywhere) / (often + PRIOR)
    lifts = np.log(shares / anywhere).sum(axis=1) / math.sqrt(len(common) + 1)
    return [min(max((lift + LEAST_LIFT) / LIFTS, 0.0), 1.0) for lift in lifts.tolist()]


def _core_said(said: Reading, core: Sequence[str], rarity_of_pair: Callable[[str], float]) -> float:
    rarities = [rarity_of_pair(pair) for pair in core]
    met = sum(r for pair, r in zip(core, rarities, strict=True) if pair in said.pairs)
    return met / sum(rarities) if core else 1.0


@dataclass(frozen=True, kw_only=True)
class Common:
    """What all wordings of an entry say."""

    core: tuple[str, ...]  # pairs of characters that most of them have: what it is about
    meaning: Floats  # the unit vector of all taken together


def core_of(folded: Sequence[str]) -> tuple[str, ...]:
    """The character pairs that most wordings have."""
    counts = Counter(chain.from_iterable([set(bigrams(one)) for one in folded]))
    least = len(folded) * MOST
    return tuple([pair for pair, count in counts.items() if count >= least])


def _in_common(entries: Sequence[tuple[str, ...]]) -> list[Common]:
    bounds = list(accumulate(map(len, entries), initial=0))
    summed = np.add.reduceat(table().of_texts(entries), bounds[:-1])
    norms = np.linalg.norm(summed, axis=1, keepdims=True)
    meanings = np.divide(summed, norms, out=summed, where=norms > 0)
    return [
        Common(core=core_of(folded), meaning=meaning)
        for folded, meaning in zip(entries, meanings, strict=True)
    ]


in_common = Kept(KEPT, _in_common)

"""Small decision trees whose sum says how sure an answer is, beside a weighted sum.

What a weighted sum cannot say: that a lead counts for little while a word is missing. Grown by
`bench/fit_matcher.py` with gradient boosting (Friedman 2001), never falling where a feature speaks
for an answer nor rising where it speaks against; at run time a walk through tuples of numbers.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from itertools import pairwise

LEAF = -1  # in place of a feature


@dataclass(frozen=True, kw_only=True, slots=True)
class Tree:
    """Nodes by number, the root first; an inner node has the value its leaves have on average."""

    feature: tuple[int, ...]
    limit: tuple[float, ...]  # go left up to this
    left: tuple[int, ...]
    right: tuple[int, ...]
    value: tuple[float, ...]

    def path(self, values: Sequence[float]) -> list[int]:
        """The nodes from the root to the leaf of these values."""
        node, walked = 0, [0]
        while self.feature[node] != LEAF:
            low = values[self.feature[node]] <= self.limit[node]
            node = self.left[node] if low else self.right[node]
            walked.append(node)
        return walked


Forest = tuple[Tree, ...]


def total(forest: Forest, values: Sequence[float]) -> float:
    """What all trees say together, as log odds."""
    summed = 0.0
    for tree in forest:
        feature, limit, left, right = tree.feature, tree.limit, tree.left, tree.right
        node = 0
        while (asked := feature[node]) != LEAF:
            node = left[node] if values[asked] <= limit[node] else right[node]
        summed += tree.value[node]
    return summed


def shares(forest: Forest, values: Sequence[float]) -> list[float]:
    """How much each feature moved the total on the way down the trees, in log odds.

    With what the roots say they add up to the total (Saabas 2014).
    """
    moved = [0.0] * len(values)
    for tree in forest:
        walked = tree.path(values)
        for node, following in pairwise(walked):
            moved[tree.feature[node]] += tree.value[following] - tree.value[node]
    return moved


@lru_cache(maxsize=4)
def default_forest(style: str) -> Forest:
    """The trees that come with the package for a style of collection; none if it has none."""
    data = resources.files("knowledge").joinpath("data/trees.json").read_text("utf-8")
    return tuple(Tree(**{k: tuple(v) for k, v in one.items()}) for one in json.loads(data)[style])

"""The numbers that ranking and confidence are worked out with: `data/weights.json`.

There are three sets of them. Entries that are asked (an FAQ) are compared by their question, with
other wordings by all of them; where most entries only tell (documents, statutes), the question can
only be held against their text.
"""

import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from functools import lru_cache
from importlib import resources
from operator import mul
from typing import Any, TypeAlias

from knowledge import aspects
from knowledge.entries import Entry
from knowledge.features import NAMES
from knowledge.text import clean
from knowledge.trees import Forest, default_forest, total

SURENESS = ("lead", "length", "share", *NAMES)
SAMPLE = 200  # entries that are looked at to tell which kind a collection is


class Style(StrEnum):
    """What most entries of a collection are like."""

    ASKED = "asked"  # they have a question
    WORDED = "worded"  # they have a question and other wordings of it
    TOLD = "told"  # they have only a text, perhaps with a title

    @classmethod
    def of(cls, entries: Sequence[Entry]) -> "Style":
        """Judged by a sample."""
        sample = entries[:: max(len(entries) // SAMPLE, 1)]
        asking = sum(_asks(entry.wordings) for entry in sample)
        if asking * 2 < len(sample):
            return cls.TOLD
        worded = sum(bool(entry.similar) for entry in sample)
        return cls.WORDED if worded * 2 > len(sample) else cls.ASKED


def _asks(wordings: Iterable[str]) -> bool:
    cleaned = (clean(wording) for wording in wordings)
    return any("?" in wording or aspects.asked(wording) for wording in cleaned)


@dataclass(frozen=True, kw_only=True)
class Thresholds:
    """From which confidence on an answer is given, and a choice offered."""

    found: float
    unsure: float


@dataclass(frozen=True, kw_only=True)
class Meant:
    """What the nearness that a sentence model sees is worth, in scores and log odds."""

    rank: float = 0.0
    first: float = 0.0
    lead: float = 0.0  # over the next candidate
    bias: float = 0.0

    @property
    def counts(self) -> bool:
        """Whether it is worth asking the model."""
        return bool(self.rank)

    def odds(self, first: float, other: float) -> float:
        """What it adds to the log odds."""
        return self.bias + self.first * first + self.lead * (first - other)


@dataclass(frozen=True, kw_only=True)
class Weights:
    """The numbers of the two models, in the order of `features.NAMES` and `SURENESS`."""

    rank: tuple[float, ...]
    sure: tuple[float, ...]
    sure_bias: float
    thresholds: Thresholds
    # Rarity from which a word without a counterpart on both sides (主体, 材料) is a conflict. Where
    # there are other wordings, filler is exchanged as well: 1 leaves it to the models.
    swapped: float
    forest: Forest = ()
    meant: Meant = Meant()

    def score(self, values: Sequence[float]) -> float:
        """How well an entry with these features fits."""
        score: float = sum(map(mul, self.rank, values))
        return score

    def confidence(self, values: Sequence[float], more: float = 0.0) -> float:
        """How sure it is, 0..1; `more` are log odds from elsewhere."""
        odds = more + self.sure_bias + sum(map(mul, self.sure, values))
        odds += total(self.forest, values)
        return 1 / (1 + math.exp(-max(min(odds, 30.0), -30.0)))


@lru_cache(maxsize=len(Style))
def default_weights(style: Style = Style.ASKED) -> Weights:
    """The weights that come with the package."""
    data = resources.files("knowledge").joinpath("data/weights.json").read_text("utf-8")
    return from_numbers(json.loads(data)[style], style)


Numbers: TypeAlias = dict[str, Any]  # as in data/weights.json, for one style


def from_numbers(numbers: Numbers, style: Style) -> Weights:
    """Weights as they were written down; `KeyError` if a number of this program is missing."""
    return Weights(
        rank=tuple(numbers["rank"][name] for name in NAMES),
        sure=tuple(numbers["sure"][name] for name in SURENESS),
        sure_bias=numbers["sure_bias"],
        thresholds=Thresholds(**numbers["thresholds"]),
        swapped=numbers["swapped"],
        forest=default_forest(style),
        meant=Meant(**numbers.get("meant", {})),
    )


def as_numbers(weights: Weights) -> Numbers:
    """Weights by name, to be written down; the trees stay where they are."""
    limits = weights.thresholds
    return {
        "rank": {n: round(v, 4) for n, v in zip(NAMES, weights.rank, strict=True)},
        "sure": {n: round(v, 4) for n, v in zip(SURENESS, weights.sure, strict=True)},
        "sure_bias": round(weights.sure_bias, 4),
        "swapped": weights.swapped,
        "thresholds": {"found": round(limits.found, 3), "unsure": round(limits.unsure, 3)},
        "meant": {name: round(value, 4) for name, value in asdict(weights.meant).items()},
    }

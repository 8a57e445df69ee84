"""The numbers that ranking and confidence are worked out with: `data/weights.json`.

There are two sets of them. Entries that are asked (an FAQ) are compared by their wordings; where
most entries only tell (documents, statutes), the question can only be held against their text.
"""

import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from importlib import resources

from knowledge import aspects
from knowledge.entries import Entry
from knowledge.features import NAMES
from knowledge.text import clean

SURENESS = ("lead", "length", *NAMES)
WORDED = 0.75  # enough where entries come with several wordings: each is evidence of its own
OFFERED = 0.12  # there a choice costs a click, and nine in ten of the right ones are among it
CONFLICT = -4.5  # rank weight there: with more wordings to be like, a slot that differs says more
SAMPLE = 200  # entries that are looked at to tell which kind a collection is


class Style(StrEnum):
    """What most entries of a collection are like."""

    ASKED = "asked"  # they have a question
    TOLD = "told"  # they have only a text, perhaps with a title

    @classmethod
    def of(cls, entries: Sequence[Entry]) -> "Style":
        """Judged by a sample."""
        sample = entries[:: max(len(entries) // SAMPLE, 1)]
        asking = sum(_asks(entry.wordings) for entry in sample)
        return cls.TOLD if asking * 2 < len(sample) else cls.ASKED


def worded(entries: Sequence[Entry]) -> bool:
    """Whether most entries come with other wordings of their question."""
    return sum(bool(entry.similar) for entry in entries) * 2 > len(entries)


def _asks(wordings: Iterable[str]) -> bool:
    cleaned = (clean(wording) for wording in wordings)
    return any("?" in wording or aspects.asked(wording) for wording in cleaned)


@dataclass(frozen=True, kw_only=True)
class Thresholds:
    """From which confidence on an answer is given, and a choice offered."""

    found: float
    unsure: float


@dataclass(frozen=True, kw_only=True)
class Weights:
    """The numbers of the two models, in the order of `features.NAMES` and `SURENESS`."""

    rank: tuple[float, ...]
    sure: tuple[float, ...]
    sure_bias: float
    thresholds: Thresholds

    def score(self, values: Sequence[float]) -> float:
        """How well an entry with these features fits."""
        return sum(w * v for w, v in zip(self.rank, values, strict=True))

    def for_worded(self) -> "Weights":
        """The same for entries that come with other wordings."""
        found = min(self.thresholds.found, WORDED)
        unsure = min(self.thresholds.unsure, OFFERED)
        place = tuple(NAMES).index("conflicts")
        rank = (*self.rank[:place], min(self.rank[place], CONFLICT), *self.rank[place + 1 :])
        return replace(self, rank=rank, thresholds=Thresholds(found=found, unsure=unsure))

    def confidence(self, values: Sequence[float]) -> float:
        """How sure it is, 0..1."""
        total = self.sure_bias + sum(w * v for w, v in zip(self.sure, values, strict=True))
        return 1 / (1 + math.exp(-max(min(total, 30.0), -30.0)))


@lru_cache(maxsize=2)
def default_weights(style: Style = Style.ASKED) -> Weights:
    """The weights that come with the package."""
    data = resources.files("knowledge").joinpath("data/weights.json").read_text("utf-8")
    values = json.loads(data)[style]
    return Weights(
        rank=tuple(values["rank"][name] for name in NAMES),
        sure=tuple(values["sure"][name] for name in SURENESS),
        sure_bias=values["sure_bias"],
        thresholds=Thresholds(**values["thresholds"]),
    )

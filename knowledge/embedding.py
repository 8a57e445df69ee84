"""A sentence model beside the features: an extra, for those who want more than words can tell.

Of the first candidates of a question, the closest wording is compared with it once more, or where
entries only tell, the passage that is nearest. Texts are embedded when they first come up and
kept, so a model may take its time; what it says is one number a candidate, weighed like all others.
"""

import logging
from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate
from typing import Protocol

from knowledge import passages
from knowledge.errors import EmbeddingFailed
from knowledge.kept import Kept
from knowledge.outcomes import Candidate
from knowledge.reading import Reading
from knowledge.vectors import Floats

KEPT = 20_000  # texts whose vectors are kept: 30 MB at 384 dimensions
CLOSELY = 10  # candidates that are read by the model
LONGEST = 300  # characters of a passage

_logger = logging.getLogger(__name__)


class Embedder(Protocol):
    """A sentence model, wherever it runs."""

    def embed(self, texts: Sequence[str], *, asking: bool) -> Floats:
        """A unit vector a text, as (texts, dimensions); `asking` says that they are questions and
        not passages. `EmbeddingFailed` if the model cannot be reached."""


class SentenceModel:
    """An embedder with what it said lately."""

    def __init__(self, embedder: Embedder) -> None:
        self._asked = Kept[str, Floats](KEPT, lambda some: [*embedder.embed(some, asking=True)])
        self._told = Kept[str, Floats](KEPT, lambda some: [*embedder.embed(some, asking=False)])

    def read(
        self, question: Reading, candidates: Sequence[Candidate], *, told: bool
    ) -> list[Candidate]:
        """The same candidates, each with how near the model says it is; those behind the first
        count as the farthest of them. As they were where the model cannot be reached."""
        first = candidates[:CLOSELY]
        try:
            near = self._nearness(question, first, told=told)
        except EmbeddingFailed as exc:
            _logger.warning("%s", exc)
            return [*candidates]
        near += [min(near, default=0.0)] * (len(candidates) - len(first))
        return [replace(one, meant=meant) for one, meant in zip(candidates, near, strict=True)]

    def _nearness(
        self, question: Reading, candidates: Sequence[Candidate], *, told: bool
    ) -> list[float]:
        asked = self._asked(question.folded)
        if told:
            theirs = self._told.of([passage(question, one.entry.answer) for one in candidates])
        else:
            theirs = self._asked.of([one.wording for one in candidates])
        return [float(asked @ one) for one in theirs]


def passage(question: Reading, text: str) -> str:
    """The whole of a text that is short, else as many sentences as fit from the nearest one on."""
    if len(text) <= LONGEST:
        return text
    near = passages.meanings(text) @ question.meaning
    parts = passages.sentences(text)[int(near.argmax()) :]
    fit = sum(length <= LONGEST for length in accumulate(map(len, parts)))
    return "".join(parts[: max(fit, 1)])[:LONGEST]

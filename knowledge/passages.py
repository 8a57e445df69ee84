"""A long text as passages of a sentence or two: which of them a question is about."""

import re
from functools import lru_cache

import numpy as np

from knowledge.reading import Reading
from knowledge.text import clean, squeezed
from knowledge.vectors import Floats, table

KEPT = 5_000  # texts whose passages are kept
MOST = 200  # sentences of a text that are read
_END = re.compile(r"(?<=[。;!?；！？])|\n+")


@lru_cache(maxsize=KEPT)
def sentences(text: str) -> tuple[str, ...]:
    """The sentences of a text, marks included."""
    return tuple(part.strip() for part in _END.split(text) if part.strip())[:MOST]


@lru_cache(maxsize=KEPT)
def parts(text: str) -> tuple[str, ...]:
    """The sentences of a text as they are compared, without spaces and punctuation."""
    return tuple(squeezed(part) for part in sentences(clean(text)))


@lru_cache(maxsize=KEPT)
def _meanings(text: str) -> Floats:
    return table().of_passages(parts(text))


def nearness(question: Reading, text: str) -> tuple[float, int]:
    """How near the nearest passage of a text is to a question, and at which sentence it begins."""
    meanings = _meanings(text)
    if not len(meanings):
        return 0.0, 0
    near = meanings @ question.meaning
    best = int(np.argmax(near))
    return max(float(near[best]), 0.0), best

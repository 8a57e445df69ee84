"""What becomes of a question: `Found | Unsure | NotFound`, each with the candidates behind it."""

from dataclasses import dataclass
from typing import TypeAlias

from knowledge.entries import Entry


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """An entry that might answer, best first in every list of them."""

    entry: Entry
    score: float  # how well it fits; differences count, the number itself means nothing
    wording: str  # the wording of the entry that is closest to the question
    values: tuple[float, ...] = ()  # the features behind the score
    conflicts: tuple[str, ...] = ()
    meant: float | None = None  # how near a sentence model says it is, if one was asked


@dataclass(frozen=True, kw_only=True)
class Found:
    """This entry answers the question."""

    entry: Entry
    confidence: float
    candidates: tuple[Candidate, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Unsure:
    """One of the offered may answer it; the person chooses."""

    offered: tuple[Candidate, ...]
    confidence: float
    candidates: tuple[Candidate, ...] = ()


@dataclass(frozen=True, kw_only=True)
class NotFound:
    """Nothing known answers it."""

    confidence: float
    candidates: tuple[Candidate, ...] = ()
    off_topic: bool = False  # nothing in it touches what is known
    vague: bool = False  # too short to tell what it is about
    elsewhere: Entry | None = None  # says whose business it is, if that is known


Outcome: TypeAlias = Found | Unsure | NotFound

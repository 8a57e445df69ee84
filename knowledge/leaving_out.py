"""Questions with known answers, made from the entries alone: each wording asked without itself.

Whoever wrote a wording asked what its entry answers. Asked of an index that lacks it, it should
still lead there; with the whole entry taken out of the candidates, nothing should be answered.
A neighbour that answers as well counts as wrong here, so the figures lean to the bad side.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from knowledge.embedding import SentenceModel
from knowledge.entries import Entry
from knowledge.features import NAMES
from knowledge.learning import Asked, compared
from knowledge.matching import Matcher
from knowledge.outcomes import Candidate
from knowledge.weights import Weights

FOLDS = 4  # an index each; every wording is left out of one of them
_BM25_OF_BEST = tuple(NAMES).index("bm25_of_best")


def left_out(
    entries: Sequence[Entry],
    weights: Weights | None = None,
    spoken: Callable[[str], str] = str,
    most: int = 1_000_000,
    sentences: SentenceModel | None = None,
) -> list[Asked]:
    """Every wording beside the question, with the candidates of an index that lacks it.

    `spoken` changes a wording before it is asked (for noise). Of more than `most` wordings every
    second, third, … is asked.
    """
    made: list[Asked] = []
    step = -(-sum(len(entry.similar) for entry in entries) // most) or 1
    for fold in range(FOLDS):
        kept = [replace(entry, similar=tuple(_others(entry, fold))) for entry in entries]
        asked = [
            Asked(question=spoken(wording), gold=frozenset({entry.id}))
            for entry in entries
            for wording in entry.similar[fold::FOLDS]
        ]
        made += compared(Matcher(kept, weights, sentences), asked[::step])
    return made[:most]  # every fold is rounded up


def withheld(asked: Asked) -> Asked:
    """The same question as if the entries that answer it were not there."""
    left = [one for one in asked.candidates if one.entry.id not in asked.gold]
    best = max((one.values[_BM25_OF_BEST] for one in left), default=1.0) or 1.0
    beside = tuple(_beside(one, best) for one in left)
    return replace(asked, gold=frozenset(), candidates=beside, made_up=True)


def _others(entry: Entry, fold: int) -> Iterator[str]:
    return (wording for n, wording in enumerate(entry.similar) if n % FOLDS != fold)


def _beside(candidate: Candidate, best: float) -> Candidate:
    """A candidate where the best of them has this share of the one that was taken out."""
    values = list(candidate.values)
    values[_BM25_OF_BEST] /= best
    return replace(candidate, values=tuple(values))

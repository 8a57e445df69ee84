"""The matcher's numbers for one deployment's own entries: `knowledge calibrate`.

No label is needed beyond the entries: each wording is asked of an index that lacks it
(`leaving_out`). What people pressed under answers comes on top and counts more.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from knowledge.entries import Entry
from knowledge.learning import Asked, compared, learned, rows
from knowledge.leaving_out import left_out, withheld
from knowledge.matching import Matcher
from knowledge.store import Reaction, Said
from knowledge.text import normalise
from knowledge.weights import Weights

FEWEST = 50  # questions to learn from; with fewer the numbers stay as they are
PRESSED = 3  # a question that somebody judged counts as much as this many wordings
_GOOD = frozenset((Said.PICKED, Said.HELPFUL))


@dataclass(frozen=True, kw_only=True)
class Measured:
    """What numbers make of the wordings that were left out, as shares."""

    answered: float  # with their entry, without asking back
    precision: float  # of the answers given to them: the right ones
    let_out: float  # with the entry taken out: answered all the same


@dataclass(frozen=True, kw_only=True)
class Calibration:
    """Numbers learned from entries and presses, and what they change."""

    weights: Weights
    wordings: int  # asked without themselves
    pressed: int  # questions that people judged
    before: Measured
    after: Measured


def calibrate(
    entries: Sequence[Entry], reactions: Iterable[Reaction] = (), start: Weights | None = None
) -> Calibration | None:
    """Learn from the entries and from what people said; None if there is too little of both."""
    matcher = Matcher(entries, start)
    wordings = [one for one in left_out(entries, matcher.weights) if one.candidates]
    pressed = compared(matcher, judged(reactions, {entry.id for entry in entries}))
    if len(wordings) + len(pressed) < FEWEST:
        return None
    out = [one for one in map(withheld, wordings) if one.candidates]
    weights = learned(matcher.weights, [*wordings, *out, *pressed * PRESSED])
    return Calibration(
        weights=weights,
        wordings=len(wordings),
        pressed=len(pressed),
        before=measured(matcher.weights, wordings, out),
        after=measured(weights, wordings, out),
    )


def judged(reactions: Iterable[Reaction], known: set[str]) -> list[Asked]:
    """A question for every wording that people judged: the entries that they said answer it.

    Only entries that are still there; nothing answers where every press says no.
    """
    good: dict[str, set[str]] = {}
    texts: dict[str, str] = {}
    for one in reactions:
        if one.entry_id in known:
            key = normalise(one.text)
            texts.setdefault(key, one.text)
            answers = good.setdefault(key, set())
            (answers.add if one.said in _GOOD else answers.discard)(one.entry_id)
    return [Asked(question=texts[key], gold=frozenset(ids)) for key, ids in good.items()]


def measured(weights: Weights, wordings: Sequence[Asked], out: Sequence[Asked]) -> Measured:
    """What these numbers make of the questions."""
    answered = [one for one in wordings if answers(weights, one)]
    right = sum(one.ranked(weights).candidates[0].entry.id in one.gold for one in answered)
    return Measured(
        answered=right / max(len(wordings), 1),
        precision=right / len(answered) if answered else 1.0,
        let_out=sum(answers(weights, one) for one in out) / max(len(out), 1),
    )


def answers(weights: Weights, one: Asked) -> bool:
    """Whether the first candidate would be given as the answer."""
    ranked = one.ranked(weights)
    confidence = float(rows([ranked], weights).scores(weights)[0])
    return confidence >= weights.thresholds.found and not ranked.candidates[0].conflicts

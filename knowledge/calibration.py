"""The matcher's numbers for one deployment's own entries: `knowledge calibrate`.

No label is needed beyond the entries: each wording is asked of an index that lacks it
(`leaving_out`). What people pressed under answers comes on top and counts more.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from knowledge.entries import Entry
from knowledge.learning import Asked, compared, learned, rows
from knowledge.leaving_out import left_out, withheld
from knowledge.matching import Matcher
from knowledge.store import Reaction, Said
from knowledge.weights import Weights

FEWEST = 50  # questions to learn from; with fewer the numbers stay as they are
PRESSED = 3  # a question that somebody judged counts as much as this many wordings
_GOOD = frozenset((Said.PICKED, Said.HELPFUL))


@dataclass(frozen=True, kw_only=True)
class Measured:
    """What numbers make of the questions, as shares."""

    answered: float  # of those that an entry answers: answered rightly, without asking back
    precision: float  # of the answers that were given: the right ones
    let_out: float  # of those whose entry was taken out: answered all the same


@dataclass(frozen=True, kw_only=True)
class Calibration:
    """Numbers learned from entries and presses, and what they change."""

    weights: Weights
    wordings: int  # asked without themselves
    pressed: int  # questions that people judged
    before: Measured
    after: Measured


def calibrate(
    entries: Sequence[Entry], reactions: Iterable[Reaction], start: Weights | None = None
) -> Calibration | None:
    """Learn from the entries and from what people said; None if there is too little of both."""
    matcher = Matcher(entries, start)
    wordings = left_out(entries, start)
    pressed = compared(matcher, judged(reactions, {entry.id for entry in entries}))
    known = [one for one in (*wordings, *pressed * PRESSED) if one.candidates]
    if len(known) < FEWEST:
        return None
    known += [withheld(one) for one in wordings]
    weights = learned(matcher.weights, [one for one in known if one.candidates])
    return Calibration(
        weights=weights,
        wordings=len(wordings),
        pressed=len(pressed),
        before=measured(matcher.weights, wordings),
        after=measured(weights, wordings),
    )

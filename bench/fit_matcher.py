"""Learn the matcher's weights from question sets: `python -m bench.fit_matcher DIR…`.

A DIR holds faq.jsonl and queries_train.jsonl in the shapes of `knowledge match`. Sets whose
entries have questions and sets whose entries only tell are fitted apart (`knowledge.weights`).
Each set comes twice, as it is and garbled by sound; every set counts the same, however large it
is; within a set, questions that nothing answers count as much as the others. The starter
knowledge joins in for ranking, every wording left out once. Writes data/weights.json.
"""

import json
import random
import sys
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from bench.noise import garbled
from bot.services import read_starter
from knowledge import features
from knowledge.entries import Entry
from knowledge.learning import (
    PRECISION,
    Asked,
    choices,
    compared,
    fit_ranking,
    fit_sureness,
    rows,
    threshold,
)
from knowledge.matching import Matcher
from knowledge.weights import SURENESS, Style, Thresholds, Weights

FLOOR = 0.6  # no answer below this, whatever the sets say: a wrong answer costs more than a click
UNSURE = 0.3  # chosen by hand on the dev sets: most answerable questions get a choice
RIDGE = 1e-3
GARBLED = 1_500  # questions of a set that are asked garbled as well
FOLDS = 4  # wordings of each entry of the starter knowledge that are asked
OUT = Path(__file__).parent.parent / "knowledge/data/weights.json"


@dataclass(frozen=True)
class Set:
    """A set's questions with their candidates, compared once."""

    name: str
    asked: list[Asked]


def load(folder: Path, queries: str = "queries_train.jsonl") -> tuple[list[Entry], list[Asked]]:
    """Entries and questions of a set."""
    faq = [json.loads(line) for line in (folder / "faq.jsonl").open(encoding="utf-8")]
    asked = [json.loads(line) for line in (folder / queries).open(encoding="utf-8")]
    entries = [
        Entry(id=r["id"], question=r["question"], answer=r["answer"], similar=tuple(r["similar"]))
        for r in faq
    ]
    return entries, [Asked(question=r["query"], gold=frozenset(r["gold"])) for r in asked]


def left_out(entries: Sequence[Entry]) -> Set:
    """The entries' own wordings as questions: each is asked with half of the others taken out.

    A third of them is asked with the whole entry taken out, so that nothing answers it.
    """
    made: list[Asked] = []
    for fold in range(FOLDS):
        kept = [replace(e, similar=_without(e, fold)) for e in entries if _stays(e, fold)]
        asked = [
            Asked(question=e.similar[fold], gold=frozenset({e.id} if _stays(e, fold) else ()))
            for e in entries
            if fold < len(e.similar)
        ]
        made += compared(Matcher(kept, flat_weights()), asked)
    return Set("starter", made)


def _without(entry: Entry, fold: int) -> tuple[str, ...]:
    return tuple(w for number, w in enumerate(entry.similar) if number % 2 != fold % 2)


def _stays(entry: Entry, fold: int) -> bool:
    return zlib.crc32(f"{entry.id}{fold}".encode()) % 3 != 0


def flat_weights() -> Weights:
    """Every feature counts the same: what learning starts from."""
    return Weights(
        rank=(1.0,) * len(features.NAMES),
        sure=(1.0,) * len(SURENESS), sure_bias=0.0, thresholds=Thresholds(found=0.5, unsure=0.3),
    )  # fmt: skip


def sets_of(folders: Iterable[str]) -> dict[Style, list[Set]]:
    """The sets by style, each as it is and garbled."""
    chance = random.Random(7)
    found: dict[Style, list[Set]] = {Style.ASKED: [], Style.TOLD: []}
    for folder in folders:
        entries, asked = load(Path(folder))
        matcher = Matcher(entries, flat_weights())
        noisy = [replace(one, question=garbled(one.question, chance)) for one in asked]
        some = chance.sample(noisy, min(len(noisy), GARBLED))
        name = Path(folder).name
        found[matcher.style].append(Set(name, compared(matcher, asked)))
        found[matcher.style].append(Set(f"{name}, garbled", compared(matcher, some)))
    return found


def learned(sets: Sequence[Set]) -> Weights:
    """Both models, and the threshold at which answers are as right as promised."""
    zeros = [0.0] * len(features.NAMES)
    rank = fit_ranking([choices(one.asked) for one in sets], zeros, RIDGE)
    weights = replace(flat_weights(), rank=tuple(map(float, rank)))
    found = [rows(asked.ranked(weights) for asked in one.asked) for one in sets]
    sure, bias = fit_sureness(found, [0.0] * len(SURENESS), 0.0, RIDGE)
    weights = replace(weights, sure=tuple(map(float, sure)), sure_bias=bias)
    scores = [one.scores(weights) for one in found]
    for one, s, r in zip(sets, scores, found, strict=True):
        limit = threshold(s, r.right, r.weight)
        print(f"{one.name}: >= {limit:.3f} answers {(r.weight * (s >= limit)).sum():.3f}")
    # A wording left out may be answered by a neighbour as well, so the starter knowledge says
    # little about how right an answer is; the threshold comes from what people have labelled.
    labelled = [n for n, one in enumerate(sets) if one.name != "starter"]
    limit = threshold(
        np.concatenate([scores[n] for n in labelled]),
        np.concatenate([found[n].right for n in labelled]),
        np.concatenate([found[n].weight for n in labelled]),
    )
    print(f"together, at {PRECISION}: {limit:.3f}")
    return replace(weights, thresholds=Thresholds(found=max(limit, FLOOR), unsure=UNSURE))


def as_json(weights: Weights) -> dict[str, object]:
    """Weights by name."""
    return {
        "rank": {n: round(v, 4) for n, v in zip(features.NAMES, weights.rank, strict=True)},
        "sure": {n: round(v, 4) for n, v in zip(SURENESS, weights.sure, strict=True)},
        "sure_bias": round(weights.sure_bias, 4),
        "thresholds": {
            "found": round(weights.thresholds.found, 3),
            "unsure": weights.thresholds.unsure,
        },
    }


def main(folders: list[str]) -> None:
    """Fit both styles and write them."""
    sets = sets_of(folders)
    weights = {
        Style.ASKED: learned([*sets[Style.ASKED], left_out(read_starter())]),
        Style.TOLD: learned(sets[Style.TOLD]),
    }
    OUT.write_text(json.dumps({s: as_json(w) for s, w in weights.items()}, indent=1) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])

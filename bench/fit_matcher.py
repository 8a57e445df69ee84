"""Learn the matcher's numbers: `pip install scikit-learn`, then `python -m bench.fit_matcher DIR…`.

A DIR holds faq.jsonl and queries_train.jsonl in the shapes of `knowledge match`. Collections that
ask, that only tell, and that ask in several wordings are fitted apart (`knowledge.weights`); the
last kind from the starter knowledge, each wording asked without itself. Each set comes twice, as
it is and garbled by sound; every set counts the same, however large it is; within a set, questions
that nothing answers count as much as the others. Writes data/weights.json and data/trees.json.
A style before the DIRs (`told DIR…`) is fitted alone; the numbers of the others stay as they are.
"""

import json
import random
import sys
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from importlib import import_module
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from bench.noise import garbled
from bot.services import read_starter
from knowledge import features
from knowledge.entries import Entry
from knowledge.learning import (
    PRECISION,
    Asked,
    Floats,
    Rows,
    choices,
    compared,
    fit_ranking,
    fit_sureness,
    rows,
    threshold,
)
from knowledge.leaving_out import left_out, withheld
from knowledge.matching import Matcher
from knowledge.trees import LEAF, Forest, Tree
from knowledge.weights import SURENESS, Style, Thresholds, Weights, as_numbers, default_weights

# No answer below this, whatever the sets say: a wrong answer costs more than a click. Several
# wordings are judged by made-up questions; from the last one on, 98 % of the answers to
# bench/questions.csv are right.
FLOOR = {Style.ASKED: 0.6, Style.TOLD: 0.6, Style.WORDED: 0.5}
# Nor silence above this: of statutes, articles that are not marked may apply too, and a few such
# "errors" among the surest would leave no answer at all. Chosen by hand on the dev halves.
CEILING = 0.92
# Chosen by hand: from where on a choice is offered, and two words that differ are a conflict.
UNSURE = {Style.ASKED: 0.3, Style.TOLD: 0.3, Style.WORDED: 0.2}
SWAPPED = {Style.ASKED: 0.25, Style.TOLD: 0.25, Style.WORDED: 1.0}
RIDGE = 1e-3
GARBLED = 1_500  # questions of a set that are asked garbled as well
WORDINGS = 12_000  # of the starter knowledge that are asked without themselves
WRITTEN = 3_000  # wordings of the starter knowledge that are asked nearly as they are written
STRANGERS = 1_500  # questions of the other sets that are asked of the starter knowledge
TREES = 150
SPLITS = 2  # ways to halve the sets that the threshold is judged by
HEAVIEST = 20.0  # weight of a question beside the average: small sets have few
# Where trees may only rise, and only fall, with a feature.
FOR = frozenset(
    ("lead", "share", "bm25", "asked_in_wording", "wording_in_asked", "asked_in_entry", "met",
     "met_back", "same_characters", "identical", "meaning", "meaning_told", "typical")
)  # fmt: skip
AGAINST = frozenset(
    ("conflicts", "swapped", "alone", "alone_back", "alone_in_entry", "all_alone", "all_alone_back")
)
NEAR_MISSES = Path(__file__).with_name(
    "near_misses.tsv"
)  # question, entry it is near, what differs
DATA = Path(__file__).parent.parent / "knowledge/data"


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


def starter_sets(strangers: Sequence[str]) -> list[Set]:
    """The starter knowledge's wordings, asked with and without the entry that answers them.

    And beside questions that look as if an entry answered them, written for this, and questions on
    other matters; and once more nearly as they are written, of the index that has them.
    """
    chance = random.Random(7)
    entries, flat = read_starter(), flat_weights(Style.WORDED)
    plain = left_out(entries, flat, most=WORDINGS)
    noisy = left_out(entries, flat, lambda wording: garbled(wording, chance), most=WORDINGS)
    kept = Matcher(entries, flat)
    written = chance.sample([(w, e.id) for e in entries for w in e.similar], WRITTEN)
    nearly = compared(
        kept,
        [Asked(question=_nearly(w, chance), gold=frozenset({i}), made_up=True) for w, i in written],
    )
    near = [line.split("\t")[0] for line in NEAR_MISSES.read_text("utf-8").splitlines()]
    return [
        Set("starter", [*plain, *map(withheld, plain)]),
        Set("starter, near misses", [*plain, *compared(kept, map(_made_up, near))]),
        Set("starter, other matters", [*plain, *compared(kept, map(_made_up, strangers))]),
        Set("starter, nearly as written", [*nearly, *map(withheld, nearly)]),
        Set("starter, garbled", [*noisy, *map(withheld, noisy)]),
    ]


def _made_up(question: str) -> Asked:
    return Asked(question=question, gold=frozenset(), made_up=True)


def _nearly(wording: str, chance: random.Random) -> str:
    """The wording itself, or without one of its characters, or with one at the end."""
    cut = chance.randrange(len(wording))
    return chance.choice(
        (wording, wording[:cut] + wording[cut + 1 :], wording + chance.choice("吗呢啊呀"))
    )


def flat_weights(style: Style = Style.ASKED) -> Weights:
    """Every feature counts the same: what learning starts from."""
    return Weights(
        rank=(1.0,) * len(features.NAMES),
        sure=(1.0,) * len(SURENESS),
        sure_bias=0.0,
        thresholds=Thresholds(found=0.5, unsure=UNSURE[style]),
        swapped=SWAPPED[style],
        meant=default_weights(style).meant,  # learned on top: bench.fit_sentences
    )


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


def grown(found: Sequence[Rows]) -> Forest:
    """Trees by gradient boosting, worth half of the log odds: a weighted sum says the rest."""
    boosting = import_module("sklearn.ensemble").HistGradientBoostingClassifier(
        max_iter=TREES, learning_rate=0.06, max_leaf_nodes=8, l2_regularization=2.0,
        min_samples_leaf=40, monotonic_cst=[_direction(name) for name in SURENESS],
        early_stopping=False, random_state=0,
    )  # fmt: skip
    values = np.vstack([one.values for one in found])
    weight = np.concatenate([one.weight for one in found]) * len(values) / len(found)
    right = np.concatenate([one.right for one in found])
    boosting.fit(values, right, sample_weight=np.minimum(weight, HEAVIEST))
    return tuple(_tree(step[0].nodes) for step in boosting._predictors)


def _direction(name: str) -> int:
    return 1 if name in FOR else -1 if name in AGAINST else 0


def _tree(nodes: npt.NDArray[np.void]) -> Tree:
    """A tree of scikit-learn as ours; an inner node says what its leaves say on average."""
    value = [float(v) / 2 for v in nodes["value"]]
    for n in reversed(range(len(nodes))):
        if not nodes[n]["is_leaf"]:
            left, right = int(nodes[n]["left"]), int(nodes[n]["right"])
            counts = int(nodes[left]["count"]), int(nodes[right]["count"])
            value[n] = (value[left] * counts[0] + value[right] * counts[1]) / sum(counts)
    leaf = nodes["is_leaf"] == 1
    return Tree(
        feature=tuple(int(f) for f in np.where(leaf, LEAF, nodes["feature_idx"])),
        limit=tuple(round(float(t), 4) for t in np.where(leaf, 0.0, nodes["num_threshold"])),
        left=tuple(map(int, nodes["left"])),
        right=tuple(map(int, nodes["right"])),
        value=tuple(round(v, 4) for v in value),
    )


def learned(style: Style, sets: Sequence[Set]) -> Weights:
    """Both models, and the threshold at which answers are as right as promised."""
    zeros = [0.0] * len(features.NAMES)
    rank = fit_ranking([choices(one.asked) for one in sets], zeros, RIDGE)
    weights = replace(flat_weights(style), rank=tuple(map(float, rank)))
    ranked = [[asked.ranked(weights) for asked in one.asked] for one in sets]
    limit = threshold(*np.hstack(judged(weights, sets, ranked)))
    print(f"{style}, together, at {PRECISION}: {limit:.3f}")
    limits = Thresholds(found=min(max(limit, FLOOR[style]), CEILING), unsure=UNSURE[style])
    return replace(sure_of(weights, ranked), thresholds=limits)


def sure_of(weights: Weights, ranked: Sequence[Sequence[Asked]]) -> Weights:
    """The same ranking with a sureness learned from these questions."""
    bare = replace(weights, forest=())
    weights = replace(weights, forest=grown([rows(one, bare) for one in ranked]))
    found = [rows(one, weights) for one in ranked]
    sure, bias = fit_sureness(found, [0.0] * len(SURENESS), 0.0, RIDGE)
    return replace(weights, sure=tuple(map(float, sure)), sure_bias=bias)


def judged(
    weights: Weights, sets: Sequence[Set], ranked: Sequence[Sequence[Asked]]
) -> list[Floats]:
    """Confidence, rightness and weight of the questions, as (3, questions) for each half of a set.

    Each half is judged by what the other half of all sets teaches, for `SPLITS` ways to halve them:
    one question more or less that nothing answers moves the threshold far. Questions that are made
    up are not judged: how many there are in life is not known.
    """
    found = []
    for known, asked in _halved(ranked):
        taught = sure_of(weights, known)
        for one, some in zip(sets, asked, strict=True):
            real = [q for q in some if not q.made_up]
            if not real:
                continue
            r = rows(real, taught)
            scores = r.scores(taught)
            limit = threshold(scores, r.right, r.weight)
            answered = 2 * (r.weight * r.right * (scores >= limit)).sum()
            print(f"half of {one.name}: >= {limit:.3f} answers {answered:.3f}")
            found.append(np.vstack([scores, r.right, r.weight]))
    return found


def _halved(ranked: Sequence[Sequence[Asked]]) -> Iterator[tuple[list[list[Asked]], ...]]:
    """What to learn from and what to judge, each half being either once."""
    for split, half in product(range(SPLITS), (0, 1)):
        known = [[q for q in one if _half(q, split) == half] for one in ranked]
        yield known, [[q for q in one if _half(q, split) != half] for one in ranked]


def _half(asked: Asked, split: int) -> int:
    return zlib.crc32(f"{split}{asked.question}".encode()) % 2


def main(words: list[str]) -> None:
    """Fit every style, or the one named first, and write them."""
    alone = {style for style in Style if words[:1] == [style]}
    wanted, folders = alone or set(Style), words[len(alone) :]
    sets = sets_of(folders) if wanted != {Style.WORDED} else {}
    if Style.WORDED in wanted:
        strangers = sorted({q.question for folder in folders for q in load(Path(folder))[1]})
        some = random.Random(7).sample(strangers, min(len(strangers), STRANGERS))
        sets[Style.WORDED] = starter_sets(some)
    weights = {style: learned(style, some) for style, some in sets.items() if style in wanted}
    written("weights.json", {style: as_numbers(one) for style, one in weights.items()}, indent=1)
    trees = {style: [asdict(tree) for tree in one.forest] for style, one in weights.items()}
    written("trees.json", trees, separators=(",", ":"))


def written(name: str, by_style: dict[Style, Any], **how: Any) -> None:
    """Put the numbers of some styles into a file beside those of the others."""
    known = json.loads((DATA / name).read_text())
    (DATA / name).write_text(json.dumps({**known, **by_style}, **how) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])

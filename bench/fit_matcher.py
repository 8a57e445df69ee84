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
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from bench.noise import garbled
from bot.services import read_starter
from knowledge import features
from knowledge.entries import Entry
from knowledge.matching import Matcher, doubt, sureness
from knowledge.outcomes import Candidate
from knowledge.weights import SURENESS, Style, Thresholds, Weights

FLOOR = 0.6  # no answer below this, whatever the sets say: a wrong answer costs more than a click
UNSURE = 0.3  # chosen by hand on the dev sets: most answerable questions get a choice
FIRST = 15  # candidates of a question that the ranking learns from
GARBLED = 1_500  # questions of a set that are asked garbled as well
FOLDS = 4  # wordings of each entry of the starter knowledge that are asked
PRECISION = 0.97  # of automatic answers, on the training questions, in and out of scope 50:50
OUT = Path(__file__).parent.parent / "knowledge/data/weights.json"
Floats = npt.NDArray[np.float64]
Asked = list[tuple[str, set[str]]]  # questions with the ids that answer them


@dataclass
class Rows:
    """Examples with the weight each counts."""

    values: Floats
    right: Floats
    weight: Floats
    doubt: Floats  # what conflicts leave of the confidence


def load(folder: Path, queries: str = "queries_train.jsonl") -> tuple[list[Entry], Asked]:
    """Entries and (question, ids that answer it)."""
    faq = [json.loads(line) for line in (folder / "faq.jsonl").open(encoding="utf-8")]
    asked = [json.loads(line) for line in (folder / queries).open(encoding="utf-8")]
    entries = [
        Entry(id=r["id"], question=r["question"], answer=r["answer"], similar=tuple(r["similar"]))
        for r in faq
    ]
    return entries, [(r["query"], set(r["gold"])) for r in asked]


def left_out(entries: Sequence[Entry]) -> list[tuple[Matcher, Asked]]:
    """The entries' own wordings as questions: each is taken out of its entry once and asked.

    A third of them is asked with the whole entry taken out, so that nothing answers it.
    """
    made = []
    for fold in range(FOLDS):
        kept = [replace(e, similar=_without(e, fold)) for e in entries if _stays(e, fold)]
        asked = [
            (e.similar[fold], {e.id} if _stays(e, fold) else set())
            for e in entries
            if fold < len(e.similar)
        ]
        made.append((Matcher(kept, flat_weights()), asked))
    return made


def _without(entry: Entry, fold: int) -> tuple[str, ...]:
    return tuple(w for number, w in enumerate(entry.similar) if number != fold)


def _stays(entry: Entry, fold: int) -> bool:
    return zlib.crc32(f"{entry.id}{fold}".encode()) % 3 != 0


def flat_weights() -> Weights:
    """Every feature counts the same: what learning starts from."""
    return Weights(
        rank=(1.0,) * len(features.NAMES),
        sure=(1.0,) * len(SURENESS), sure_bias=0.0, thresholds=Thresholds(found=0.5, unsure=0.3),
    )  # fmt: skip


def fit(rows: list[Rows], ridge: float = 1e-3) -> tuple[Floats, float]:
    """Weighted logistic regression by Newton's method."""
    x = np.vstack([r.values for r in rows])
    y = np.concatenate([r.right for r in rows])
    w = np.concatenate([r.weight / r.weight.sum() for r in rows]) / len(rows)
    x1 = np.hstack([x, np.ones((len(x), 1))])
    beta = np.zeros(x1.shape[1])
    for _ in range(60):
        p = 1 / (1 + np.exp(-np.clip(x1 @ beta, -30, 30)))
        penalty = ridge * np.append(np.ones(x.shape[1]), 0)
        gradient = x1.T @ (w * (p - y)) + penalty * beta
        hessian = (x1 * (w * np.maximum(p * (1 - p), 1e-6))[:, None]).T @ x1 + np.diag(
            penalty + 1e-9
        )
        beta -= np.linalg.solve(hessian, gradient)
    return beta[:-1], float(beta[-1])


def sets_of(folders: Sequence[str]) -> dict[Style, list["Set"]]:
    """The sets by style, each as it is and garbled."""
    chance = random.Random(7)
    found: dict[Style, list[Set]] = {Style.ASKED: [], Style.TOLD: []}
    for folder in folders:
        entries, asked = load(Path(folder))
        matcher = Matcher(entries, flat_weights())
        name = Path(folder).name
        noisy = [(garbled(question, chance), gold) for question, gold in asked]
        some = chance.sample(noisy, min(len(noisy), GARBLED))
        found[matcher.style] += [
            Set.of(name, matcher, asked),
            Set.of(f"{name}, garbled", matcher, some),
        ]
    return found


@dataclass(frozen=True)
class Set:
    """A set's questions with their candidates, compared once."""

    name: str
    asked: list[tuple[str, set[str], list[Candidate]]]

    @classmethod
    def of(cls, name: str, matcher: Matcher, asked: Asked) -> "Set":
        """Compare every question's candidates."""
        return cls(name, [(question, gold, matcher.rank(question)) for question, gold in asked])

    def ranked(self, weights: Weights) -> "Set":
        """The same with the candidates in the order of these weights."""
        return Set(self.name, [(q, gold, _in_order(c, weights)) for q, gold, c in self.asked])


def _in_order(candidates: list[Candidate], weights: Weights) -> list[Candidate]:
    scored = [replace(one, score=weights.score(one.values)) for one in candidates]
    return sorted(scored, key=lambda one: -one.score)


def choices(one: Set) -> list[tuple[Floats, Floats]]:
    """For every answerable question: its candidates' features, and which of them are right."""
    made = []
    for _, gold, candidates in one.asked:
        first = candidates[:FIRST] if gold else []
        right = np.array([float(c.entry.id in gold) for c in first])
        if 0 < right.sum() < len(right):
            made.append((np.array([c.values for c in first]), right / right.sum()))
    return made


def fit_ranking(sets: list[list[tuple[Floats, Floats]]], ridge: float = 1e-3) -> Floats:
    """A conditional logit: the right candidate against the others of the same question.

    Each set counts the same (McFadden 1974; as a ranker, ListNet with top one).
    """
    beta = np.zeros(len(features.NAMES))
    for _ in range(40):
        gradient, hessian = ridge * beta, ridge * np.eye(len(beta))
        for one in sets:
            for values, right in one:
                p = np.exp(values @ beta - (values @ beta).max())
                p /= p.sum()
                mean = p @ values
                gradient = gradient + (mean - right @ values) / len(one) / len(sets)
                spread = (values * p[:, None]).T @ values - np.outer(mean, mean)
                hessian = hessian + spread / len(one) / len(sets)
        beta = beta - np.linalg.solve(hessian, gradient)
    return beta


def sure_rows(one: Set) -> Rows:
    """One row a question: is the first candidate right?"""
    values, right, inside, doubts = [], [], [], []
    for question, gold, candidates in one.asked:
        if candidates:
            values.append(sureness(question, candidates))
            right.append(float(candidates[0].entry.id in gold))
            inside.append(bool(gold))
            doubts.append(doubt(candidates[0]))
    ins = np.array(inside)
    weight = np.where(ins, 0.5 / max(ins.sum(), 1), 0.5 / max((~ins).sum(), 1))
    return Rows(np.array(values), np.array(right), weight, np.array(doubts))


def threshold(scores: Floats, right: Floats, weight: Floats, precision: float) -> float:
    """The lowest score above which the answers are as precise as asked."""
    order = np.argsort(-scores)
    good = np.cumsum((weight * right)[order])
    precise = good / np.cumsum(weight[order]) >= precision
    return float(scores[order][np.nonzero(precise)[0].max()]) if precise.any() else 1.0


def learned(sets: list[Set], ranking_too: list[Set]) -> Weights:
    """Both models, and the threshold at which answers are as right as promised."""
    rank = fit_ranking([choices(one) for one in (*sets, *ranking_too)])
    weights = replace(flat_weights(), rank=tuple(map(float, rank)))
    rows = [sure_rows(one.ranked(weights)) for one in sets]
    sure, bias = fit(rows)
    scores = [r.doubt / (1 + np.exp(-(r.values @ sure + bias))) for r in rows]
    for one, s, r in zip(sets, scores, rows, strict=True):
        limit = threshold(s, r.right, r.weight, PRECISION)
        answered = (r.weight * (s >= limit)).sum() / r.weight.sum()
        print(f"{one.name}: found >= {limit:.3f} answers {answered:.3f}")
    together = [
        np.concatenate(part)
        for part in zip(
            *((s, r.right, r.weight / r.weight.sum()) for s, r in zip(scores, rows, strict=True)),
            strict=True,
        )
    ]
    limit = max(threshold(together[0], together[1], together[2], PRECISION), FLOOR)
    print("together", limit)
    return Weights(
        rank=weights.rank, sure=tuple(map(float, sure)), sure_bias=bias,
        thresholds=Thresholds(found=limit, unsure=UNSURE),
    )  # fmt: skip


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
    starter = [Set.of("starter", *one) for one in left_out(read_starter())]
    weights = {
        Style.ASKED: learned(sets[Style.ASKED], starter),
        Style.TOLD: learned(sets[Style.TOLD], []),
    }
    OUT.write_text(json.dumps({s: as_json(w) for s, w in weights.items()}, indent=1) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])

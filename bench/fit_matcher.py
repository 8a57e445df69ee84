"""Learn the matcher's weights from question sets: `python -m bench.fit_matcher DIR…`.

A DIR holds faq.jsonl and queries_train.jsonl in the shapes of `knowledge match`. Every set counts
the same, however large it is; within a set, questions that nothing answers count as much as the
others. The starter knowledge joins in with every wording left out once. Writes data/weights.json.
"""

import json
import sys
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from bot.services import read_starter
from knowledge import features
from knowledge.entries import Entry
from knowledge.matching import SURENESS, Matcher, Thresholds, Weights, sureness

FLOOR = 0.75  # no answer below this, whatever the sets say: a wrong answer costs more than a click
UNSURE = 0.3  # chosen by hand on the dev sets: most answerable questions get a choice
FIRST = 15  # candidates of a question that the ranking learns from
FOLDS = 4  # wordings of each entry of the starter knowledge that are asked
PRECISION = 0.95  # of automatic answers, on the training questions, in and out of scope 50:50
OUT = Path(__file__).parent.parent / "knowledge/data/weights.json"
Floats = npt.NDArray[np.float64]
Asked = list[tuple[str, set[str]]]  # questions with the ids that answer them


@dataclass
class Rows:
    """Examples with the weight each counts."""

    values: Floats
    right: Floats
    weight: Floats


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
        rank=(3.0,) * (len(features.NAMES) - 1) + (-2.0,),
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


def choices(matcher: Matcher, asked: Asked) -> list[tuple[Floats, Floats]]:
    """For every answerable question: its candidates' features, and which of them are right."""
    made = []
    for question, gold in asked:
        candidates = matcher.rank(question)[:FIRST] if gold else []
        right = np.array([float(c.entry.id in gold) for c in candidates])
        if 0 < right.sum() < len(right):
            made.append((np.array([c.values for c in candidates]), right / right.sum()))
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


def sure_rows(matcher: Matcher, asked: Asked) -> Rows:
    """One row a question: is the first candidate right?"""
    values, right, inside = [], [], []
    for question, gold in asked:
        candidates = matcher.rank(question)
        if candidates:
            values.append(sureness(question, candidates))
            right.append(float(candidates[0].entry.id in gold))
            inside.append(bool(gold))
    ins = np.array(inside)
    weight = np.where(ins, 0.5 / max(ins.sum(), 1), 0.5 / max((~ins).sum(), 1))
    return Rows(np.array(values), np.array(right), weight)


def threshold(scores: Floats, right: Floats, weight: Floats, precision: float) -> float:
    """The lowest score above which the answers are as precise as asked."""
    order = np.argsort(-scores)
    good = np.cumsum((weight * right)[order])
    precise = good / np.cumsum(weight[order]) >= precision
    return float(scores[order][np.nonzero(precise)[0].max()]) if precise.any() else 1.0


def main(folders: list[str]) -> None:
    """Fit both models and write them."""
    sets = [load(Path(folder)) for folder in folders]
    made = [(Matcher(entries, flat_weights()), asked) for entries, asked in sets]
    names = [Path(folder).name for folder in folders]
    if starter := read_starter():
        made += left_out(starter)
        names += [f"starter, wording {fold} left out" for fold in range(FOLDS)]
    rank = fit_ranking([choices(*one) for one in made])
    weights = replace(flat_weights(), rank=tuple(rank))
    made = [(matcher.with_weights(weights), asked) for matcher, asked in made]
    rows = [sure_rows(*one) for one in made]
    sure, sure_bias = fit(rows)
    scores = [1 / (1 + np.exp(-(r.values @ sure + sure_bias))) for r in rows]
    found = [threshold(s, r.right, r.weight, PRECISION) for s, r in zip(scores, rows, strict=True)]
    for name, limit, s, r in zip(names, found, scores, rows, strict=True):
        answered = (r.weight * (s >= limit)).sum() / r.weight.sum()
        print(f"{name}: found >= {limit:.3f} answers {answered:.3f}")
    # A wording left out may be answered by a neighbour as well, so those sets say little about
    # how right an answer is; the threshold comes from the sets that people have labelled.
    labelled = rows[: len(folders)]
    all_s = np.concatenate(scores[: len(folders)])
    all_r = np.concatenate([r.right for r in labelled])
    all_w = np.concatenate([r.weight / r.weight.sum() for r in labelled])
    limit = max(threshold(all_s, all_r, all_w, PRECISION), FLOOR)
    print("together", limit)
    OUT.write_text(
        json.dumps(
            {
                "rank": {n: round(float(v), 4) for n, v in zip(features.NAMES, rank, strict=True)},
                "sure": {n: round(float(v), 4) for n, v in zip(SURENESS, sure, strict=True)},
                "sure_bias": round(sure_bias, 4),
                "thresholds": {"found": round(limit, 3), "unsure": UNSURE},
            },
            indent=1,
        )
        + "\n"
    )
    print(OUT.read_text())


if __name__ == "__main__":
    main(sys.argv[1:])

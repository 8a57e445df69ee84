"""Learning the numbers of `knowledge.weights` from questions whose answers are known.

Two models: a conditional logit ranks the candidates of a question (McFadden 1974), a logistic
regression says how sure the first place is. Both are drawn towards the numbers that they start
from, so that a few questions change little.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from knowledge.matching import Matcher, doubt, sureness
from knowledge.outcomes import Candidate
from knowledge.trees import total
from knowledge.weights import Thresholds, Weights

Floats = npt.NDArray[np.float64]
Choice = tuple[Floats, Floats]  # a question's candidates' features, and which of them are right

PRECISION = 0.97  # of automatic answers, in and out of scope 50:50
PULL = 8.0  # as many questions as this are what the numbers at the start are worth
TRUST = 60.0  # the same for the threshold
FIRST = 15  # candidates of a question that the ranking learns from
_STEPS = 40


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A question with the ids that answer it; none if nothing does."""

    question: str
    gold: frozenset[str]
    candidates: tuple[Candidate, ...] = ()
    made_up: bool = False  # nobody asked it; how often its like is asked is not known

    def ranked(self, weights: Weights) -> "Asked":
        """The candidates in the order of these weights."""
        scored = [replace(one, score=weights.score(one.values)) for one in self.candidates]
        return replace(self, candidates=tuple(sorted(scored, key=lambda one: -one.score)))


@dataclass(frozen=True, kw_only=True)
class Rows:
    """One row a question: what its sureness is worked out from, and whether the first is right."""

    values: Floats
    right: Floats
    weight: Floats  # adds up to one; answerable and other questions count half each
    doubt: Floats  # what conflicts leave of the confidence
    trees: Floats  # what the trees say, in log odds

    def scores(self, weights: Weights) -> Floats:
        """The confidence of every row."""
        total = self.values @ np.array(weights.sure) + weights.sure_bias + self.trees
        sure: Floats = self.doubt / (1 + np.exp(-np.clip(total, -30, 30)))
        return sure


def compared(matcher: Matcher, asked: Iterable[Asked]) -> list[Asked]:
    """The same questions with their candidates."""
    return [replace(one, candidates=tuple(matcher.rank(one.question))) for one in asked]


def choices(asked: Iterable[Asked]) -> list[Choice]:
    """The answerable questions that have right and wrong candidates."""
    made = []
    for one in asked:
        first = one.candidates[:FIRST] if one.gold else ()
        right = np.array([float(c.entry.id in one.gold) for c in first])
        if 0 < right.sum() < len(right):
            made.append((np.array([c.values for c in first]), right / right.sum()))
    return made


def fit_ranking(sets: Sequence[list[Choice]], start: Sequence[float], ridge: float) -> Floats:
    """Weights that put the right candidate first; every set counts the same."""
    beta, origin = np.array(start, dtype=float), np.array(start, dtype=float)
    for _ in range(_STEPS):
        gradient, hessian = ridge * (beta - origin), ridge * np.eye(len(beta))
        for one in sets:
            for values, right in one:
                fit = values @ beta
                p = np.exp(fit - fit.max())
                p /= p.sum()
                mean = p @ values
                gradient = gradient + (mean - right @ values) / len(one) / len(sets)
                spread = (values * p[:, None]).T @ values - np.outer(mean, mean)
                hessian = hessian + spread / len(one) / len(sets)
        step = np.linalg.solve(hessian, gradient)
        beta = beta - step
        if np.abs(step).max() < 1e-5:
            break
    return beta


def rows(asked: Iterable[Asked], weights: Weights) -> Rows:
    """What the sureness learns from, beside what the trees of `weights` say already."""
    known = [one for one in asked if one.candidates]
    values = [sureness(one.question, one.candidates) for one in known]
    inside = np.array([bool(one.gold) for one in known])
    shares = 0.5 / max(inside.sum(), 1), 0.5 / max((~inside).sum(), 1)
    weight = np.where(inside, *shares)
    return Rows(
        values=np.array(values),
        right=np.array([float(one.candidates[0].entry.id in one.gold) for one in known]),
        weight=weight / weight.sum(),
        doubt=np.array([doubt(one.candidates[0], weights) for one in known]),
        trees=np.array([total(weights.forest, one) for one in values]),
    )


def fit_sureness(
    sets: Sequence[Rows], start: Sequence[float], bias: float, ridge: float
) -> tuple[Floats, float]:
    """Logistic regression by Newton's method on what the trees leave; every set counts the same."""
    x = np.vstack([one.values for one in sets])
    x = np.hstack([x, np.ones((len(x), 1))])
    y = np.concatenate([one.right for one in sets])
    w = np.concatenate([one.weight for one in sets]) / len(sets)
    known = np.concatenate([one.trees for one in sets])
    beta = np.array([*start, bias])
    origin, penalty = beta, ridge * np.append(np.ones(len(start)), 1e-6 / ridge)
    for _ in range(_STEPS):
        p = 1 / (1 + np.exp(-np.clip(x @ beta + known, -30, 30)))
        gradient = x.T @ (w * (p - y)) + penalty * (beta - origin)
        curve = w * np.maximum(p * (1 - p), 1e-6)
        beta = beta - np.linalg.solve((x * curve[:, None]).T @ x + np.diag(penalty), gradient)
    return beta[:-1], float(beta[-1])


def threshold(scores: Floats, right: Floats, weight: Floats, precision: float = PRECISION) -> float:
    """The lowest confidence from which the answers are as precise as asked; 1 if none is."""
    if not len(scores):
        return 1.0
    order = np.argsort(-scores)
    good = np.cumsum((weight * right)[order])
    precise = good / np.cumsum(weight[order]) >= precision
    return float(scores[order][np.nonzero(precise)[0].max()]) if precise.any() else 1.0


def tuned(matcher: Matcher, asked: Sequence[Asked]) -> Matcher:
    """A matcher that has learned from questions on its own entries."""
    known = [one for one in compared(matcher, asked) if one.candidates]
    return matcher.with_weights(learned(matcher.weights, known)) if known else matcher


def learned(start: Weights, known: Sequence[Asked]) -> Weights:
    """All numbers, drawn towards those at the start, from questions with their candidates.

    The threshold is judged on questions that somebody asked and that the numbers were not learned
    from: half of them by what the other half teaches. Few questions move it little.
    """
    halves = known[::2], known[1::2]
    pooled = [
        _scored(_drawn(start, one), other) for one, other in (halves, halves[::-1]) if one and other
    ]
    weights = _drawn(start, known)
    return replace(weights, thresholds=_between(weights, pooled))


def _drawn(start: Weights, asked: Sequence[Asked]) -> Weights:
    ridge = PULL / len(asked)
    some = choices(asked)
    rank = fit_ranking([some], start.rank, ridge) if some else np.array(start.rank)
    ranking = replace(start, rank=tuple(map(float, rank)))
    found = rows((one.ranked(ranking) for one in asked), ranking)
    sure, bias = fit_sureness([found], start.sure, start.sure_bias, ridge / 4)
    return replace(ranking, sure=tuple(map(float, sure)), sure_bias=bias)


def _scored(weights: Weights, asked: Sequence[Asked]) -> tuple[Floats, Rows]:
    found = rows((one.ranked(weights) for one in asked if not one.made_up), weights)
    return found.scores(weights), found


def _between(weights: Weights, pooled: Sequence[tuple[Floats, Rows]]) -> Thresholds:
    """The threshold that the questions ask for, and the one from before, by their number."""
    old = weights.thresholds
    if not pooled:
        return old
    scores = np.concatenate([scores for scores, _ in pooled])
    right = np.concatenate([found.right for _, found in pooled])
    weight = np.concatenate([found.weight for _, found in pooled])
    limit = threshold(scores, right, weight)
    if limit == 1.0:  # labels too doubtful to promise anything by them
        return old
    found = (len(scores) * limit + TRUST * old.found) / (len(scores) + TRUST)
    return Thresholds(found=found, unsure=min(old.unsure, found))

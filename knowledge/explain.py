"""Why a question was answered as it was, in words: for administrators and for tests by hand."""

from collections.abc import Iterator, Sequence

from knowledge.features import NAMES
from knowledge.matching import SHOWN, Matcher, doubt, meant_odds, sureness
from knowledge.outcomes import Candidate, Found, Outcome, Unsure
from knowledge.trees import shares
from knowledge.weights import SURENESS

MOST = 6  # contributions that are shown; the rest changes little
_MORE_NAMES = {"lead": "领先第二名", "length": "问题长度", "share": "在候选中的份额", **NAMES}


def explained(matcher: Matcher, question: str) -> Iterator[str]:
    """The outcome, its confidence and its first candidates, line by line."""
    outcome = matcher.match(question)
    limits = matcher.weights.thresholds
    decided = f"{_decided(outcome)}，把握 {outcome.confidence:.2f}"
    yield f"结果：{decided}（{limits.found:.2f} 以上才直接回答）"
    if (understood := matcher.understood(question)) != question:
        yield f"读作：{understood}"
    if not outcome.candidates:
        return
    yield f"把握由来：{_sure(matcher, sureness(question, outcome.candidates))}"
    if outcome.candidates[0].meant is not None:
        yield f"句子模型：{meant_odds(outcome.candidates, matcher.weights):+.1f}"
    if (left := doubt(outcome.candidates[0], matcher.weights)) < 1:
        yield f"有出入，把握乘以 {left:.2f}"
    for number, candidate in enumerate(outcome.candidates[:SHOWN], 1):
        yield from _candidate(matcher, number, candidate)


def _decided(outcome: Outcome) -> str:
    if isinstance(outcome, Found):
        return "直接回答"
    return "请对方选择" if isinstance(outcome, Unsure) else "没有找到"


def _candidate(matcher: Matcher, number: int, candidate: Candidate) -> Iterator[str]:
    yield f"{number}. {candidate.entry.question or candidate.entry.id}（{candidate.score:.2f} 分）"
    if candidate.wording != candidate.entry.question:
        yield f"   最接近的问法：{candidate.wording}"
    yield f"   {_shares(matcher.weights.rank, candidate.values, tuple(NAMES.values()))}"
    if candidate.meant is not None:
        yield f"   句子模型：相近 {candidate.meant:.2f}×{matcher.weights.meant.rank:+.1f}"
    if candidate.conflicts:
        yield f"   出入：{'、'.join(candidate.conflicts)}"


def _sure(matcher: Matcher, values: Sequence[float]) -> str:
    """The largest contributions to the sureness, weighted sum and trees together, in log odds."""
    by_trees = shares(matcher.weights.forest, values)
    moved = [w * v + t for w, v, t in zip(matcher.weights.sure, values, by_trees, strict=True)]
    largest = sorted(range(len(moved)), key=lambda n: -abs(moved[n]))[:MOST]
    return "；".join(
        f"{_MORE_NAMES[SURENESS[n]]} {values[n]:.2f}（{moved[n]:+.1f}）" for n in largest
    )


def _shares(weights: Sequence[float], values: Sequence[float], names: Sequence[str]) -> str:
    """The largest contributions: what, value times weight."""
    shares = sorted(
        zip(names, values, weights, strict=True), key=lambda share: -abs(share[1] * share[2])
    )
    return "；".join(
        f"{name} {value:.2f}×{weight:+.1f}" for name, value, weight in shares[:MOST] if value
    )

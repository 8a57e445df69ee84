"""A trial of what would be published: golden questions before and after, and what changes."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from knowledge.golden import Golden
from knowledge.outcomes import Found, Outcome, Unsure


class Verdict(StrEnum):
    """How a golden question came out."""

    RIGHT = "答对"  # answered by an expected entry
    OFFERED = "列出了"  # a choice with an expected entry in it
    SILENT = "没有答"  # rightly so: nothing may answer it
    MISSED = "没答上"  # something should have
    WRONG = "答错"  # answered by another entry, or answered although nothing may


GOOD = frozenset({Verdict.RIGHT, Verdict.OFFERED, Verdict.SILENT})


@dataclass(frozen=True, kw_only=True)
class Result:
    """A golden question with its outcome."""

    golden: Golden
    verdict: Verdict
    entry_id: str  # what it was answered with; empty if it was not
    confidence: float


@dataclass(frozen=True, kw_only=True)
class Figures:
    """Counts over all golden questions; a rate of nothing is None."""

    questions: int
    in_scope: int  # questions that something should answer
    answered: int
    right: int
    wrong: int
    useful: int  # of those in scope: answered rightly, or offered

    @property
    def precision(self) -> float | None:
        """Right answers / answers."""
        return self.right / self.answered if self.answered else None


@dataclass(frozen=True, kw_only=True)
class Change:
    """A question that comes out differently."""

    before: Result
    after: Result

    @property
    def worse(self) -> bool:
        """Whether what came out well is wrong now, or no longer found."""
        return self.before.verdict in GOOD and self.after.verdict not in GOOD


def judge(golden: Sequence[Golden], answer: Callable[[str], Outcome]) -> list[Result]:
    """Every question answered and judged, in order."""
    return [_judge(one, answer(one.question)) for one in golden]


def _judge(golden: Golden, outcome: Outcome) -> Result:
    entry_id = outcome.entry.id if isinstance(outcome, Found) else ""
    return Result(
        golden=golden,
        verdict=_verdict(golden.expected, outcome),
        entry_id=entry_id,
        confidence=outcome.confidence,
    )


def _verdict(expected: frozenset[str], outcome: Outcome) -> Verdict:
    if isinstance(outcome, Found):
        return Verdict.RIGHT if outcome.entry.id in expected else Verdict.WRONG
    if not expected:
        return Verdict.SILENT
    offered = outcome.offered if isinstance(outcome, Unsure) else ()
    return Verdict.OFFERED if expected & {c.entry.id for c in offered} else Verdict.MISSED


def figures(results: Sequence[Result]) -> Figures:
    """The counts."""

    def count(*verdicts: Verdict) -> int:
        return sum(1 for result in results if result.verdict in verdicts)

    return Figures(
        questions=len(results),
        in_scope=sum(1 for result in results if result.golden.expected),
        answered=count(Verdict.RIGHT, Verdict.WRONG),
        right=count(Verdict.RIGHT),
        wrong=count(Verdict.WRONG),
        useful=count(Verdict.RIGHT, Verdict.OFFERED),
    )


def unknown_ids(golden: Sequence[Golden], known: Collection[str]) -> list[str]:
    """Expected entries that do not exist: a typing error, or the entry was withdrawn."""
    wanted = {entry_id for one in golden for entry_id in one.expected}
    return sorted(wanted - set(known))


def changes(before: Sequence[Result], after: Sequence[Result]) -> list[Change]:
    """The questions that come out differently, what gets worse first."""
    both = (Change(before=one, after=two) for one, two in zip(before, after, strict=True))
    differ = [
        change
        for change in both
        if (change.before.verdict, change.before.entry_id)
        != (change.after.verdict, change.after.entry_id)
    ]
    return sorted(differ, key=lambda change: not change.worse)

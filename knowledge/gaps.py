"""What people ask and nothing answers: questions put together into suggested new entries."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from knowledge.clusters import cluster
from knowledge.entries import Entry
from knowledge.outcomes import Found, NotFound, Outcome
from knowledge.questions import leans
from knowledge.store import Question
from knowledge.text import normalise

_EXAMPLES = 5  # other wordings shown with a gap

NOTHING_NEAR = "没有相近的条目"
NOT_SURE = "有相近的条目，但把握不够"
DIFFERS = "最相近的条目与问题不合："
UNSOLVED = "答了，但群众说没解决"
ANSWERED_NOW = "现在的知识已能回答"
NOT_OURS = "不归本机关管，已告诉群众该找谁"


@dataclass(frozen=True, kw_only=True)
class Gap:
    """Questions that ask the same and were not answered."""

    wording: str  # the one asked most often
    others: tuple[str, ...]  # more wordings, the most frequent first
    count: int  # questions
    days: int  # local days on which it was asked
    first: date
    last: date
    channels: tuple[str, ...]
    nearest: Entry | None
    confidence: float
    why: str  # why the nearest entry did not answer

    @property
    def open(self) -> bool:
        """Whether it would still not be answered."""
        return self.why not in (ANSWERED_NOW, NOT_OURS)


def gaps(
    asked: Sequence[Question], answer: Callable[[str], Outcome], zone: ZoneInfo, limit: int
) -> list[Gap]:
    """At most `limit` gaps in these unanswered questions: the most asked first, those closed
    since then last.

    Questions that name no matter (「要多久」) are left out: no entry can answer them alone.
    """
    by_wording: dict[str, list[Question]] = {}
    for question in asked:
        if not leans(question.text):
            by_wording.setdefault(normalise(question.text), []).append(question)
    same = list(by_wording.values())
    texts = [_most_common(questions) for questions in same]
    together = [
        [question for place in one.members for question in same[place]]
        for one in cluster(texts, [len(questions) for questions in same])
    ]
    together.sort(key=lambda questions: (-len(questions), _most_common(questions)))
    return _first((_gap(questions, answer, zone) for questions in together), limit)


def _first(found: Iterable[Gap], limit: int) -> list[Gap]:
    """Enough open gaps, then closed ones; no more is compared than is shown."""
    open_ones, closed = list[Gap](), list[Gap]()
    for gap in found:
        (open_ones if gap.open else closed).append(gap)
        if len(open_ones) == limit:
            break
    return (open_ones + closed)[:limit]


def _most_common(questions: Sequence[Question]) -> str:
    return _by_frequency(questions)[0]


def _by_frequency(questions: Sequence[Question]) -> list[str]:
    counted = Counter(" ".join(question.text.split()) for question in questions)
    return sorted(counted, key=lambda text: (-counted[text], text))


def _gap(questions: Sequence[Question], answer: Callable[[str], Outcome], zone: ZoneInfo) -> Gap:
    wording, *others = _by_frequency(questions)
    outcome = answer(wording)
    days = {_day(question.asked_at, zone) for question in questions}
    return Gap(
        wording=wording,
        others=tuple(others[:_EXAMPLES]),
        count=len(questions),
        days=len(days),
        first=min(days),
        last=max(days),
        channels=tuple(sorted({str(question.channel) for question in questions})),
        nearest=None if _nothing_near(outcome) else outcome.candidates[0].entry,
        confidence=outcome.confidence,
        why=_why(questions, outcome),
    )


def _why(questions: Sequence[Question], outcome: Outcome) -> str:
    if isinstance(outcome, NotFound) and outcome.elsewhere:
        return NOT_OURS
    if isinstance(outcome, Found):
        unsolved = any(q.feedback == "unsolved" for q in questions)
        return UNSOLVED if unsolved else ANSWERED_NOW
    if _nothing_near(outcome):
        return NOTHING_NEAR
    conflicts = outcome.candidates[0].conflicts
    return DIFFERS + "、".join(conflicts) if conflicts else NOT_SURE


def _nothing_near(outcome: Outcome) -> bool:
    return not outcome.candidates or (isinstance(outcome, NotFound) and outcome.off_topic)


def _day(moment: datetime, zone: ZoneInfo) -> date:
    return moment.astimezone(zone).date()

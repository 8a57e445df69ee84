"""Everyday questions, written without looking at the starter knowledge, put to it.

Nothing was tuned on them: `bench/questions.csv` has others for that.

`tests/questions.csv`: `expected` is the fact that answers, `ids` are the entries that tell it, any
of them will do; `must_not` marks what nothing here answers. The floors are what was measured when
they were last raised: a change to the matcher or the knowledge may raise them, never lower them.
Show a whole measurement, topic by topic: `python -m tests.knowledge.test_questions_csv`.
"""

import csv
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path

import pytest
from sqlite_utils import Database

from bot.services import read_starter
from knowledge import Answered, Found, KnowledgeBase, KnowledgeStore, Unsure
from knowledge.text import fold

QUESTIONS = Path(__file__).parents[1] / "questions.csv"
TODAY = date(2026, 11, 24)

ANSWERABLE, UNANSWERABLE = 229, 86
# Of the answerable: answered rightly, or the right entry is among those offered.
FLOOR_REACHED = 215
FLOOR_RIGHT = 161  # of the answerable: answered rightly without asking back
MOST_WRONG = 7  # answers that are not right, over all questions
MOST_WRONG_OFTEN = 3  # of them in the topics asked about most
COMMON = 10  # topics that are asked about most


class Result(StrEnum):
    """What became of a question."""

    RIGHT = "答对"  # every answer given is one of `ids`
    OFFERED = "给出选项"  # one of `ids` can be chosen
    MISSED = "没找到"  # neither an answer nor a choice that helps; for `must_not` what is wanted
    WRONG = "答错"  # an answer was given that is none of `ids`


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A row of the file."""

    question: str
    topic: str
    expected: str
    must_not: bool
    ids: frozenset[str]


def read_rows(path: Path = QUESTIONS) -> Iterator[Asked]:
    """The questions in the order of the file."""
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield Asked(
                question=row["question"],
                topic=row["topic"],
                expected=row["expected"],
                must_not={"yes": True, "no": False}[row["must_not"]],
                ids=frozenset(filter(None, row["ids"].split("|"))),
            )


ROWS = tuple(read_rows())
STARTER = tuple(read_starter())


def result(answers: Sequence[Answered], ids: frozenset[str]) -> Result:
    """What the outcomes for the parts of a message are worth together."""
    given = {a.outcome.entry.id for a in answers if isinstance(a.outcome, Found)}
    if given:
        return Result.RIGHT if given <= ids else Result.WRONG
    unsure = [a.outcome for a in answers if isinstance(a.outcome, Unsure)]
    offered = {candidate.entry.id for outcome in unsure for candidate in outcome.offered}
    return Result.OFFERED if offered & ids else Result.MISSED


@cache
def measured() -> tuple[tuple[Asked, Result], ...]:
    """Every row with what became of it."""
    with closing(Database(memory=True)) as db:
        base = KnowledgeBase(KnowledgeStore(db))
        base.use(STARTER)
        return tuple((row, result(base.answer(row.question, TODAY), row.ids)) for row in ROWS)


def count(results: Iterable[tuple[Asked, Result]], *wanted: Result) -> int:
    """How many of these came out as wanted."""
    return sum(found in wanted for _, found in results)


def common_topics() -> set[str]:
    """The topics asked about most, of those that are answered here."""
    topics = Counter(row.topic for row in ROWS if not row.must_not)
    return {topic for topic, _ in topics.most_common(COMMON)}


def test_as_many_questions_as_agreed():
    assert Counter(row.must_not for row in ROWS) == {False: ANSWERABLE, True: UNANSWERABLE}
    assert len({fold(row.question) for row in ROWS}) == len(ROWS)


def test_what_can_be_answered_says_how_and_by_what():
    untold = [row.question for row in ROWS if not row.must_not and not (row.expected and row.ids)]
    assert untold == []
    assert [row.question for row in ROWS if row.must_not and row.ids] == []


def test_every_id_is_in_the_starter_knowledge():
    known = {entry.id for entry in STARTER}
    assert {entry_id for row in ROWS for entry_id in row.ids} <= known


def test_no_question_is_a_wording_of_an_entry():
    wordings = {fold(wording) for entry in STARTER for wording in entry.wordings}
    assert [row.question for row in ROWS if fold(row.question) in wordings] == []


@pytest.mark.parametrize(
    ("wanted", "floor"),
    [
        ((Result.RIGHT, Result.OFFERED), FLOOR_REACHED),
        ((Result.RIGHT,), FLOOR_RIGHT),
    ],
)
def test_no_fewer_are_answered_than_before(wanted, floor):
    assert count((m for m in measured() if not m[0].must_not), *wanted) >= floor


def test_no_more_answers_are_wrong_than_before():
    wrong = [row.question for row, found in measured() if found is Result.WRONG]
    assert len(wrong) <= MOST_WRONG, wrong


def test_no_more_are_wrong_in_the_topics_asked_about_most():
    topics = common_topics()
    wrong = [r.question for r, found in measured() if found is Result.WRONG and r.topic in topics]
    assert len(wrong) <= MOST_WRONG_OFTEN, wrong


def _table() -> Iterator[str]:
    """Rows of topic, number of questions and one column a result, tab-separated."""
    yield "\t".join(["", "题数", *Result])
    for must_not in (False, True):
        rows = [m for m in measured() if m[0].must_not is must_not]
        yield _line("不该答" if must_not else "该答", rows)
        for topic, _ in Counter(row.topic for row, _ in rows).most_common():
            yield _line(f"  {topic}", [m for m in rows if m[0].topic == topic])


def _line(name: str, rows: Sequence[tuple[Asked, Result]]) -> str:
    return "\t".join([name, str(len(rows)), *(str(count(rows, one)) for one in Result)])


if __name__ == "__main__":
    sys.stdout.writelines(f"{line}\n" for line in _table())

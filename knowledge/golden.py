"""Golden questions: what a deployment's own questions must find, as a table (.csv).

Columns: question 问题, and the ids of the entries that answer it, separated by | or spaces,
under ids 编号; an empty cell means that the question must not be answered. Other columns (topic,
expected, must_not, note) are not read.
"""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from knowledge.errors import BadFile, Problem
from knowledge.files.cells import Unfit
from knowledge.files.intake import LARGEST_MEASURED, decoded, read_bytes

_QUESTION = ("question", "问题", "query")
_IDS = ("ids", "id", "expected_ids", "expected_id", "entry", "entries", "编号", "条目", "条目编号")
_SEPARATORS = str.maketrans("|，,、;；", "      ")
NO_QUESTIONS = "要有“问题”（question）和“编号”（ids）两列，编号为空表示不该回答"


@dataclass(frozen=True, kw_only=True)
class Golden:
    """A question with the entries that answer it; none if nothing may."""

    question: str
    expected: frozenset[str]


def read_golden(path: Path) -> list[Golden]:
    """The questions of a file in order; raises BadFile with every problem."""
    try:
        text = decoded(read_bytes(path, at_most=LARGEST_MEASURED))
    except Unfit as reason:
        raise BadFile([_problem(path, 0, str(reason))]) from None
    reader = csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    names = [name.strip().casefold() for name in reader.fieldnames or ()]
    reader.fieldnames = names
    asked, ids = _first(_QUESTION, names), _first(_IDS, names)
    if asked is None or ids is None:
        raise BadFile([_problem(path, 1, NO_QUESTIONS)])
    found = list(_rows(path, reader, asked, ids))
    if problems := [row for row in found if isinstance(row, Problem)]:
        raise BadFile(problems)
    return [row for row in found if isinstance(row, Golden)]


def _first(wanted: tuple[str, ...], names: list[str]) -> str | None:
    return next((name for name in wanted if name in names), None)


def _rows(
    path: Path, reader: "csv.DictReader[str]", asked: str, ids: str
) -> Iterator[Golden | Problem]:
    for row in reader:
        question = _cell(row, asked)
        if question:
            expected = _cell(row, ids).translate(_SEPARATORS).split()
            yield Golden(question=question, expected=frozenset(expected))
        elif any(_cell(row, name) for name in row):
            yield _problem(path, reader.line_num, "没有写问题")


def _cell(row: Mapping[str, str], name: str) -> str:
    value = row.get(name)
    return value.strip() if isinstance(value, str) else ""


def _problem(path: Path, line: int, text: str) -> Problem:
    return Problem(file=str(path), line=line, column=1 if line else 0, text=text)

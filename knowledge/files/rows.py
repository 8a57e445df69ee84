"""Rows of cells, whatever kind of file they came from, and the entries they make."""

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, time
from itertools import chain
from typing import NamedTuple

from knowledge.entries import Collection, Entry, Source
from knowledge.errors import Problem
from knowledge.files.cells import Unfit, text_of, value_of
from knowledge.files.columns import REQUIRED, Column, Value, column_named
from knowledge.spam import spam_in
from knowledge.text import fold


class Cell(NamedTuple):  # made a million times in a large file: three times as fast as a dataclass
    """One value as the file holds it, with its place."""

    column: Column
    value: object
    line: int
    number: int  # of the column or character where the value begins, from 1
    name: str = ""  # what people call the cell: C7

    def problem(self, file: str, text: str, code: str = "") -> Problem:
        """What is wrong with this cell, named as people see it."""
        shown = f"{self.name}「{self.column.heading}」：{text}"
        return Problem(file=file, line=self.line, column=self.number, text=shown, code=code)


@dataclass(frozen=True, kw_only=True)
class Row:
    """The cells of one entry; no column twice."""

    line: int
    cells: tuple[Cell, ...]
    section: str = ""  # of the guide


@dataclass(frozen=True, kw_only=True)
class Placed:
    """An entry and the line it was read from."""

    entry: Entry
    line: int


def placed_entries(
    rows: Iterable[Row | Problem], file: str, collection: Collection
) -> Iterator[Placed | Problem]:
    """Each good row as an entry, each bad one as its problems; problems given pass through."""
    for row in rows:
        if isinstance(row, Problem):
            yield row
            continue
        reading = _Reading(file=file, row=row)
        if found := reading.problems():
            yield from found
        else:
            yield Placed(entry=reading.entry(collection), line=row.line)


@dataclass(kw_only=True)
class _Reading:
    """The values of one row, gathered before they become an entry."""

    file: str
    row: Row
    texts: dict[str, str] = field(default_factory=dict)
    dates: dict[str, date | None] = field(default_factory=dict)
    lists: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def problems(self) -> list[Problem]:
        return [*self._unfit(), *self._missing()] or [*self._spam()]

    def _unfit(self) -> Iterator[Problem]:
        for cell in self.row.cells:
            try:
                self._keep(cell.column.name, value_of(cell.column, cell.value))
            except Unfit as reason:
                self.texts[cell.column.name] = "?"  # present, so not reported as missing too
                yield cell.problem(self.file, str(reason))

    def _keep(self, name: str, value: Value) -> None:
        if isinstance(value, str):
            self.texts[name] = value
        elif isinstance(value, tuple):
            self.lists[name] = value
        elif not isinstance(value, time):  # entries have none
            self.dates[name] = value

    def _missing(self) -> Iterator[Problem]:
        for name in REQUIRED:
            if not self.texts.get(name):
                yield self._cell_of(name).problem(self.file, "不能为空")

    def _cell_of(self, name: str) -> Cell:
        found = (cell for cell in self.row.cells if cell.column.name == name)
        return next(found, Cell(column_named(name), "", self.row.line, 1))

    def _spam(self) -> Iterator[Problem]:
        # Five line breaks: more than the filler that is looked through inside one term.
        found = spam_in("\n\n\n\n\n".join((*self.texts.values(), *chain(*self.lists.values()))))
        if found:
            name = next((name for name, text in self.texts.items() if spam_in(text)), "similar")
            text = f"含有垃圾信息“{found}”，内容可能被篡改，请核对原文并删除"
            yield self._cell_of(name).problem(self.file, text, code="spam")

    def entry(self, collection: Collection) -> Entry:
        text = self.texts.get
        day = self.dates.get
        question = text("question", "")
        return Entry(
            id=text("id", "") or id_for(question),
            question=question,
            answer=text("answer", ""),
            similar=self.lists.get("similar", ()),
            unlike=self.lists.get("unlike", ()),
            topic=text("topic", topic_of(self.row.section)),
            department=text("department", ""),
            source=Source(
                title=_without_marks(text("source_title", "")),
                number=text("source_number", ""),
                article=text("source_article", ""),
                issuer=text("source_issuer", ""),
                date=day("source_date"),
                url=text("source_url", ""),
            ),
            effective_from=day("effective_from"),
            effective_to=day("effective_to"),
            review_by=day("review_by"),
            collection=collection,
            section=self.row.section,
        )


def id_for(question: str) -> str:
    """The id of an entry that came without one: the same for the same question, always."""
    return "q-" + hashlib.sha256((fold(question) or question).encode()).hexdigest()[:10]


_NUMERAL = re.compile(
    r"^(?:第[一二三四五六七八九十百〇零\d]+[章节部分]+[、\s]*"
    r"|[(（](?:[一二三四五六七八九十百]+|\d+)[)）][、.．\s]*"
    r"|(?:[一二三四五六七八九十百]+|\d+)[、.．\s]\s*)"
)


def topic_of(section: str) -> str:
    """The title of a chapter without its numeral: 一、公开范围 is about 公开范围."""
    return _NUMERAL.sub("", section, count=1)


def _without_marks(title: str) -> str:
    inner = title[1:-1]
    wrapped = title.startswith("《") and title.endswith("》") and "《" not in inner
    return inner.strip() if wrapped else title


def is_blank(value: object) -> bool:
    """Whether a cell holds nothing that can be seen; a cell with an error is not blank."""
    try:
        return not text_of(value)
    except Unfit:
        return False

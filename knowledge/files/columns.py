"""The columns of a file: names, Chinese headings, and where a record keeps each.

One layout for import and export; that of entries is here, others are where their records are.
How a value is written in a file is in `cells`.
"""

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from functools import cached_property
from typing import Any


class Kind(StrEnum):
    """What a column holds."""

    LINE = "line"  # text on one line
    TEXT = "text"  # text that may have line breaks
    LIST = "list"  # several lines of text
    DATE = "date"
    MOMENT = "moment"  # a time of day, with or without the day


Value = str | tuple[str, ...] | date | datetime | time | None


@dataclass(frozen=True, kw_only=True, eq=False)
class Column:
    """A column; there is one object of each, so they compare by identity."""

    name: str  # the key in .jsonl, also accepted as a heading
    heading: str  # what people read in Excel
    of: Callable[[Any], Value]  # of a record
    kind: Kind = Kind.LINE
    longest: int = 500  # characters, of each item in a list
    width: int = 16  # in Excel


@dataclass(frozen=True, kw_only=True, eq=False)
class Layout:
    """The columns of one kind of file, in their order."""

    sheet: str  # its name in Excel
    columns: tuple[Column, ...]
    required: tuple[str, ...]
    also_called: Mapping[str, str] = field(default_factory=dict)  # other headings → name

    @cached_property
    def _by_name(self) -> Mapping[str, Column]:
        return {column.name: column for column in self.columns}

    @cached_property
    def _by_key(self) -> Mapping[str, Column]:
        return {
            **{_key(column.name): column for column in self.columns},
            **{_key(column.heading): column for column in self.columns},
            **{_key(other): self._by_name[name] for other, name in self.also_called.items()},
        }

    def find(self, heading: str) -> Column | None:
        """The column of that English name or Chinese heading, whatever its spaces or width."""
        return self._by_name.get(heading) or self._by_key.get(_key(heading))

    def named(self, name: str) -> Column:
        """The column of exactly that English name."""
        return self._by_name[name]


COLUMNS: tuple[Column, ...] = (
    Column(name="id", heading="id", of=lambda entry: entry.id, longest=100),
    Column(name="question", heading="问题", of=lambda entry: entry.question, width=32),
    Column(
        name="answer",
        heading="答案",
        of=lambda entry: entry.answer,
        kind=Kind.TEXT,
        longest=20_000,
        width=60,
    ),
    Column(
        name="similar", heading="相似问", of=lambda entry: entry.similar, kind=Kind.LIST, width=40
    ),
    Column(name="topic", heading="主题", of=lambda entry: entry.topic),
    Column(name="department", heading="部门", of=lambda entry: entry.department),
    Column(name="source_title", heading="依据", of=lambda entry: entry.source.title, width=30),
    Column(name="source_number", heading="文号", of=lambda entry: entry.source.number, width=22),
    Column(name="source_article", heading="条款", of=lambda entry: entry.source.article),
    Column(name="source_issuer", heading="发布机关", of=lambda entry: entry.source.issuer),
    Column(
        name="source_date", heading="发布日期", of=lambda entry: entry.source.date, kind=Kind.DATE
    ),
    Column(
        name="source_url",
        heading="链接",
        of=lambda entry: entry.source.url,
        longest=2_000,
        width=30,
    ),
    Column(
        name="effective_from",
        heading="生效日期",
        of=lambda entry: entry.effective_from,
        kind=Kind.DATE,
    ),
    Column(
        name="effective_to", heading="失效日期", of=lambda entry: entry.effective_to, kind=Kind.DATE
    ),
    Column(name="review_by", heading="复核日期", of=lambda entry: entry.review_by, kind=Kind.DATE),
    Column(
        name="unlike", heading="易混问", of=lambda entry: entry.unlike, kind=Kind.LIST, width=30
    ),
)
REQUIRED = ("question", "answer")
ALSO_CALLED = {"编号": "id"}

_IGNORED = str.maketrans("", "", " _\t\r\n\u200b\ufeff")


def _key(heading: str) -> str:
    return unicodedata.normalize("NFKC", heading).translate(_IGNORED).casefold()


ENTRIES = Layout(sheet="问答", columns=COLUMNS, required=REQUIRED, also_called=ALSO_CALLED)


def find_column(heading: str) -> Column | None:
    """The column of entries with that English name or Chinese heading."""
    return ENTRIES.find(heading)


def column_named(name: str) -> Column:
    """The column of entries with exactly that English name."""
    return ENTRIES.named(name)

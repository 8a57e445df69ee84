"""Tables with a heading row, from .csv or .xlsx: find the headings, make rows of the rest."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from knowledge.errors import Problem
from knowledge.files.cells import Unfit, text_of
from knowledge.files.columns import ENTRIES, Column, Layout
from knowledge.files.intake import MOST_ROWS
from knowledge.files.rows import Cell, Row, is_blank

SEARCHED = 20  # rows at the top in which headings are looked for: a title may stand above them


@dataclass(frozen=True, kw_only=True)
class Record:
    """One line of a table as the file has it."""

    line: int
    values: Sequence[object]
    named: bool = False  # its cells are called C7 and the like
    lines: int = 1  # that it takes up in the file: a cell may have line breaks

    def cell(self, column: Column, index: int) -> Cell:
        """The value in that position; a cell after one with line breaks stands further down."""
        name = f"{_letters(index + 1)}{self.line}" if self.named else ""
        below = sum(map(_breaks, self.values[:index])) if self.lines > 1 else 0
        value = self.values[index] if index < len(self.values) else None
        return Cell(column, value, self.line + below, index + 1, name)

    @property
    def is_blank(self) -> bool:
        return all(map(is_blank, self.values))


def _letters(column: int) -> str:
    from openpyxl.utils import get_column_letter  # of a spreadsheet only: it loads slowly

    return get_column_letter(column)


def _breaks(value: object) -> int:
    return (
        value.replace("\r\n", "\n").replace("\r", "\n").count("\n") if isinstance(value, str) else 0
    )


@dataclass(frozen=True, kw_only=True)
class Headings:
    """The heading row: the columns in the order of the file, None where a heading is not ours."""

    record: Record
    columns: tuple[Column | None, ...]
    layout: Layout

    @property
    def known(self) -> int:
        """How many are ours."""
        return len(set(self.columns) - {None})

    @property
    def missing(self) -> list[Column]:
        """The columns without which no record can be made."""
        needed = map(self.layout.named, self.layout.required)
        return [column for column in needed if column not in self.columns]


def headings_in(records: Iterable[Record], layout: Layout = ENTRIES) -> Headings | None:
    """The first row that has all headings we need, or the one that comes nearest."""
    read = [_headings(record, layout) for record in islice(records, SEARCHED)]
    whole = (headings for headings in read if not headings.missing)
    nearest = max(read, key=lambda headings: headings.known, default=None)
    found = next(whole, nearest)
    return found if found and found.known else None


def _headings(record: Record, layout: Layout) -> Headings:
    columns = tuple(layout.find(_heading(value)) for value in record.values)
    return Headings(record=record, columns=columns, layout=layout)


def _heading(value: object) -> str:
    try:
        return text_of(value).strip("\ufeff\u200b ")
    except Unfit:
        return str(value)


def rows_of(
    records: Iterable[Record | Problem], file: str, layout: Layout = ENTRIES
) -> Iterator[Row | Problem]:
    """The rows below the headings; blank ones are left out."""
    coming = iter(records)
    top = list(islice(coming, SEARCHED))
    headings = headings_in((record for record in top if isinstance(record, Record)), layout)
    if headings is None:
        if broken := [record for record in top if isinstance(record, Problem)]:
            yield from broken
            return
        needed = "".join(f"「{layout.named(name).heading}」" for name in layout.required)
        raise Unfit(f"找不到表头，第一行应当有{needed}等列名")
    if wrong := list(_faults(headings, file)):
        yield from wrong
        return
    below = (record for record in chain(top, coming) if record.line > headings.record.line)
    for count, record in enumerate(below, start=1):
        if count > MOST_ROWS:
            yield Problem(file=file, line=record.line, column=1, text=_too_many())
            return
        yield from [record] if isinstance(record, Problem) else _row(record, headings, file)


def _too_many() -> str:
    return f"超过 {MOST_ROWS} 行，后面的没有读取，请拆成几个文件"


def _faults(headings: Headings, file: str) -> Iterator[Problem]:
    line, columns = headings.record.line, headings.columns
    for index, column in enumerate(columns):
        text = _heading(headings.record.values[index])
        if column is None and text:
            wrong = f"没有“{text}”这一列，请改名或删除"
            yield Problem(file=file, line=line, column=index + 1, text=wrong)
        if column is not None and column in columns[:index]:
            wrong = f"「{column.heading}」这一列出现了两次，请只留一个"
            yield Problem(file=file, line=line, column=index + 1, text=wrong)
    if missing := "".join(f"「{column.heading}」" for column in headings.missing):
        yield Problem(file=file, line=line, column=1, text=f"表头里没有{missing}，请补上这一列")


def _row(record: Record, headings: Headings, file: str) -> Iterator[Row | Problem]:
    if record.is_blank:
        return
    columns = headings.columns
    beyond = [
        number
        for number, value in enumerate(record.values, start=1)
        if (number > len(columns) or columns[number - 1] is None) and not is_blank(value)
    ]
    if beyond:
        text = "这一格上面没有列名，请补上列名或删除（CSV 里带逗号的内容要加双引号）"
        yield Problem(file=file, line=record.line, column=beyond[0], text=text)
        return
    cells = (record.cell(column, index) for index, column in enumerate(columns) if column)
    yield Row(line=record.line, cells=tuple(cells))

"""Merged cells: a title across a table is no row, a cell down the side counts in each row."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from openpyxl.worksheet.cell_range import CellRange

from knowledge.files.rows import is_blank
from knowledge.files.tables import Record

_RANGE = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]+\d+:[A-Z]+\d+)"')


@dataclass(frozen=True, kw_only=True, order=True)
class Range:
    """A merged range; its value is in the first cell, the others are empty in the file."""

    first_row: int
    last_row: int
    first_column: int
    last_column: int


def merged_ranges(sheet: bytes) -> list[Range]:
    """The merged ranges in a sheet's XML, from the top."""
    found = (CellRange(ref.decode()) for ref in _RANGE.findall(sheet))
    return sorted(
        Range(
            first_row=cells.min_row,
            last_row=cells.max_row,
            first_column=cells.min_col,
            last_column=cells.max_col,
        )
        for cells in found
    )


def unmerged(records: Iterable[Record], ranges: Iterable[Range]) -> Iterator[Record]:
    """The records without titles across columns, with values repeated down merged columns."""
    waiting = sorted(ranges, reverse=True)
    open_ranges: list[tuple[Range, object]] = []
    for record in records:
        open_ranges = [
            (merged, value) for merged, value in open_ranges if merged.last_row >= record.line
        ]
        while waiting and waiting[-1].first_row <= record.line:
            merged = waiting.pop()
            open_ranges.append((merged, _at(record, merged.first_column)))
        if not any(_is_title(record, merged) for merged, _ in open_ranges):
            yield _filled(record, open_ranges)


def _at(record: Record, column: int) -> object:
    return record.values[column - 1] if column <= len(record.values) else None


def _is_title(record: Record, merged: Range) -> bool:
    """Whether a range across columns is all that the row holds."""
    across = merged.last_column > merged.first_column
    others = (v for n, v in enumerate(record.values, start=1) if n != merged.first_column)
    return across and all(map(is_blank, others))


def _filled(record: Record, open_ranges: Sequence[tuple[Range, object]]) -> Record:
    downward = [
        (merged.first_column, value)
        for merged, value in open_ranges
        if merged.first_column == merged.last_column and merged.first_row < record.line
    ]
    if not downward or record.is_blank:
        return record
    values = [*record.values, *[None] * max(0, max(c for c, _ in downward) - len(record.values))]
    for column, value in downward:
        values[column - 1] = value
    return Record(line=record.line, values=values, named=record.named)

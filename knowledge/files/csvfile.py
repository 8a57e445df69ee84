"""CSV as Excel writes and reads it: Chinese headings, UTF-8 with BOM, no formula ever run."""

import csv
import io
import re
from collections.abc import Iterable, Iterator

from knowledge.errors import Problem
from knowledge.files.cells import Unfit, shown
from knowledge.files.columns import ENTRIES, Layout
from knowledge.files.intake import decoded
from knowledge.files.rows import Row
from knowledge.files.tables import Record, headings_in, rows_of

# Excel runs a cell that begins with one of these; an apostrophe in front makes it text. Cells
# that had apostrophes there already get one more, so that taking one off restores every text.
_RUNS = re.compile(r"'*[=+\-@＝＋－＠\t\r\n]")
_GUARDED = re.compile(r"'+[=+\-@＝＋－＠\t\r\n]")
_DELIMITERS = ",\t;"  # Excel writes the one that the country's settings name
_LONGEST_CELL = 10_000_000  # Python's own limit of 131,072 would stop at a quote left open


def rows(data: bytes, file: str, layout: Layout = ENTRIES) -> Iterator[Row | Problem]:
    """The rows below the headings."""
    text = decoded(data)
    if not text.strip():
        raise Unfit("文件是空的")
    delimiter = max(_DELIMITERS, key=lambda char: _known_headings(text, char, layout))
    return rows_of(_records(text, delimiter, file), file, layout)


def _known_headings(text: str, delimiter: str, layout: Layout) -> int:
    records = (one for one in _records(text, delimiter, "") if isinstance(one, Record))
    found = headings_in(records, layout)
    return found.known if found else 0


def _records(text: str, delimiter: str, file: str) -> Iterator[Record | Problem]:
    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    try:
        for values in reader:
            lines = reader.line_num - line + 1
            yield Record(line=line, values=[*map(_without_guard, values)], lines=lines)
            line += lines
    except csv.Error:
        wrong = "从这一行起双引号没有成对，后面的没有读取；内容里的双引号要写成两个"
        yield Problem(file=file, line=line, column=1, text=wrong)


def _without_guard(value: str) -> str:
    return value[1:] if value.startswith("'") and _GUARDED.match(value) else value


def encoded(records: Iterable[object], layout: Layout = ENTRIES) -> bytes:
    """The records under Chinese headings; the BOM tells Excel that it is UTF-8."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([column.heading for column in layout.columns])
    for record in records:
        writer.writerow([_guarded(shown(column.of(record))) for column in layout.columns])
    return text.getvalue().encode("utf-8-sig")


def _guarded(text: str) -> str:
    return "'" + text if _RUNS.match(text) else text

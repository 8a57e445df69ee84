"""Tables of any layout, from and to .csv and .xlsx; what the rows mean is the caller's business."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import ModuleType

from knowledge.errors import Problem, UnknownFormat
from knowledge.files import csvfile
from knowledge.files.cells import Unfit, value_of
from knowledge.files.columns import Layout, Value
from knowledge.files.intake import LARGEST_OFFICE, LARGEST_TEXT, read_bytes
from knowledge.files.rows import Cell, Row
from knowledge.files.saving import save

_ENDINGS = (".csv", ".xlsx")


@dataclass(frozen=True, kw_only=True)
class Line:
    """One row's values by the names of their columns; those with problems are not among them."""

    values: Mapping[str, Value]
    problems: tuple[Problem, ...] = ()
    row: Row
    file: str
    layout: Layout

    def problem(self, name: str, text: str) -> Problem:
        """Something wrong with the value in that column."""
        column = self.layout.named(name)
        found = (cell for cell in self.row.cells if cell.column is column)
        cell = next(found, Cell(column, "", self.row.line, 1))
        return cell.problem(self.file, text)


def read_sheet(path: Path, layout: Layout) -> Iterator[Line | Problem]:
    """Every row below the headings, and everything wrong with the file."""
    if path.suffix.lower() not in _ENDINGS:
        raise UnknownFormat(str(path))
    file, office = str(path), path.suffix.lower() == ".xlsx"
    read = _module(path).rows
    try:
        data = read_bytes(path, at_most=LARGEST_OFFICE if office else LARGEST_TEXT)
        for row in read(data, file, layout):
            yield row if isinstance(row, Problem) else _line(row, file, layout)
    except Unfit as reason:
        yield Problem(file=file, line=0, column=0, text=str(reason))


def _module(path: Path) -> ModuleType:
    """What reads and writes a file of this ending."""
    if path.suffix.lower() != ".xlsx":
        return csvfile
    from knowledge.files import excel  # openpyxl loads slowly

    return excel


def _line(row: Row, file: str, layout: Layout) -> Line:
    values: dict[str, Value] = {}
    problems, given = [], set()
    for cell in row.cells:
        try:
            values[cell.column.name] = value_of(cell.column, cell.value)
        except Unfit as reason:
            given.add(cell.column.name)  # so it is not reported as missing, too
            problems.append(cell.problem(file, str(reason)))
    line = Line(values=values, row=row, file=file, layout=layout)
    missing = (name for name in layout.required if not values.get(name) and name not in given)
    problems += [line.problem(name, "不能为空") for name in missing]
    return replace(line, problems=tuple(problems))


def write_sheet(path: Path, layout: Layout, records: Iterable[object]) -> None:
    """Write the records; the ending decides the format."""
    if path.suffix.lower() not in _ENDINGS:
        raise UnknownFormat(str(path))
    save(path, _module(path).encoded(records, layout))

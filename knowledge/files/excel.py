"""Excel workbooks: read as people see them, written so that they are pleasant to work in."""

import io
import re
import warnings
import zipfile
from collections.abc import Iterable, Iterator

from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._read_only import ReadOnlyWorksheet
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from knowledge.errors import Problem
from knowledge.files.cells import shown
from knowledge.files.columns import ENTRIES, Layout
from knowledge.files.merged import merged_ranges, unmerged
from knowledge.files.office import PARSER_ERRORS, damaged, office_package
from knowledge.files.rows import Row
from knowledge.files.tables import Record, headings_in, rows_of

_WIDEST = 256  # columns looked at; a formatted cell far to the right is no column


def rows(data: bytes, file: str, layout: Layout = ENTRIES) -> Iterator[Row | Problem]:
    """The rows of the first sheet that has our headings; formulas count as what they show."""
    package = office_package(data, ending=".xlsx")
    try:
        records = _records(package, layout)
    except PARSER_ERRORS as broken:
        raise damaged(".xlsx") from broken
    return rows_of(records, file, layout)


def _records(package: io.BytesIO, layout: Layout) -> list[Record]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of charts and rules that openpyxl would not keep
        workbook = load_workbook(package, read_only=True, data_only=True)
        sheets: list[ReadOnlyWorksheet] = list(workbook.worksheets)
        if not sheets:
            return []
        chosen = max(sheets, key=lambda sheet: _fitness(sheet, layout))
        return list(unmerged(_read(chosen), merged_ranges(_xml(chosen, package))))


def _fitness(sheet: ReadOnlyWorksheet, layout: Layout) -> int:
    """How well a sheet's headings fit; the first that has all we need wins."""
    found = headings_in(_read(sheet), layout)
    if not found:
        return 0
    return found.known if found.missing else len(layout.columns) + 1


def _read(sheet: ReadOnlyWorksheet) -> Iterator[Record]:
    sheet.reset_dimensions()  # what other programs write there is often wrong
    for line, values in enumerate(sheet.values, start=1):
        yield Record(
            line=line, values=[_unescaped(value) for value in values[:_WIDEST]], named=True
        )


def _xml(sheet: ReadOnlyWorksheet, package: io.BytesIO) -> bytes:
    """The sheet's part of the package: openpyxl reads merged cells in its slow mode only."""
    with zipfile.ZipFile(package) as parts:
        return parts.read(vars(sheet)["_worksheet_path"])


# The format writes characters that XML cannot hold as _x000D_, and must write that text itself
# as _x005F_x000D_; openpyxl leaves both as they are.
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


def _unescaped(value: object) -> object:
    if not isinstance(value, str) or "_x" not in value:
        return value
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), value)


def _escaped(text: str) -> str:
    return _LOOKS_ESCAPED.sub("_x005F_", text)


def encoded(records: Iterable[object], layout: Layout = ENTRIES) -> bytes:
    """The records with Chinese headings that stay in view, wrapped, every cell as text."""
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet(layout.sheet)
    sheet.freeze_panes = "C2"
    for number, column in enumerate(layout.columns, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = column.width
    sheet.append(_heading_cells(sheet, layout))
    cells = [_text_cell(sheet) for _ in layout.columns]  # written at once, so they serve every row
    for record in records:
        for cell, column in zip(cells, layout.columns, strict=True):
            cell.value = _escaped(shown(column.of(record)))
            cell.data_type = "s"  # never a formula or an error, whatever it begins with
        sheet.append(cells)
    stored = io.BytesIO()
    workbook.save(stored)
    return stored.getvalue()


def _heading_cells(sheet: WriteOnlyWorksheet, layout: Layout) -> list[Cell]:
    cells = []
    for column in layout.columns:
        cell = _text_cell(sheet)
        cell.value = column.heading
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", start_color="DDEBF7")
        cells.append(cell)
    return cells


def _text_cell(sheet: WriteOnlyWorksheet) -> Cell:
    cell = WriteOnlyCell(sheet)
    cell.number_format = "@"
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell

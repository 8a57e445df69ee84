"""Excel files. Loads openpyxl; `sheets` is what others import."""

import re
from collections.abc import Iterable, Sequence
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import Cell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from reports.sheets import Percent, Value

_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_LONGEST = 32_767  # characters of a cell: more and Excel repairs the file
_WIDEST = 60


def write(
    name: str, headings: Sequence[str], rows: Iterable[Sequence[Value]], widths: Sequence[int]
) -> bytes:
    """One sheet with a fixed first row; `widths` in characters, one a column."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(name)
    assert isinstance(sheet, WriteOnlyWorksheet)
    sheet.freeze_panes = "A2"
    columns = sheet.column_dimensions  # type: ignore[attr-defined]  # missing in types-openpyxl
    for at, width in enumerate(widths, start=1):
        columns[get_column_letter(at)].width = min(width, _WIDEST)
    sheet.append([_heading(sheet, text) for text in headings])
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _heading(sheet: WriteOnlyWorksheet, text: str) -> Cell:
    cell = _cell(sheet, text)
    cell.font = Font(bold=True)
    return cell


def _cell(sheet: WriteOnlyWorksheet, value: Value) -> Cell:
    """Texts are marked as texts, whatever sign they begin with (=, +, -, @), also for whoever
    saves the file as something else."""
    if not isinstance(value, str):
        cell = WriteOnlyCell(sheet, value)  # type: ignore[arg-type]  # dates are missing there, too
        if isinstance(value, Percent):
            cell.number_format = "0.0%"
        return cell
    cell = WriteOnlyCell(sheet, _FORBIDDEN.sub("", value)[:_LONGEST])
    cell.data_type = "s"
    cell.quotePrefix = value[:1] in tuple("=+-@\t\r")
    return cell

"""Tables as Excel files that hold exactly what they were given: no text becomes a formula."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import TypeAlias

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Percent(float):
    """A rate between 0 and 1, shown in percent."""


Value: TypeAlias = str | int | float | date | datetime | None


def write_sheet(
    name: str, headings: Sequence[str], rows: Iterable[Sequence[Value]], widths: Sequence[int]
) -> bytes:
    """One sheet with a fixed first row; `widths` in characters, one a column."""
    from reports.workbooks import write  # openpyxl: nobody waits for it who exports nothing

    return write(name, headings, rows, widths)

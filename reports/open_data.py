"""The public figures as files for programs: CSV and JSON, what is hidden hidden there, too."""

import csv
import json
from collections.abc import Iterable, Iterator
from datetime import date
from io import StringIO
from typing import Any, Final

from reports.columns import BY_NAME
from reports.public import COUNTS, HOURS, RATES, WORDS, PublicYear, Row
from reports.suppression import FEW

CSV_TYPE: Final = "text/csv; charset=utf-8"
FIELDS: Final = (*COUNTS, *RATES, *HOURS)
_COUNT_LABELS: Final = {
    "replied": "已答复",
    "closed": "已办结",
    "due": "期限在此期间",
    "on_time": "按时答复",
    "rated": "作了评价",
    "satisfied": "满意",
}
_LICENCE: Final = "可以自由使用，请注明来源。"
RULE: Final = (
    f"少于{FEW}件的一组不公布具体数（few，含0件）；"
    "另有少数几组不公布（protected），以免由合计推算出前者。"
)


def label_of(name: str) -> str:
    """What a column is called."""
    return _COUNT_LABELS.get(name) or BY_NAME[name].label


def write_csv(years: Iterable[PublicYear]) -> bytes:
    """A line a kind and span, Chinese headings; with the mark that Excel knows UTF-8 by."""
    out = StringIO(newline="")
    writer = csv.writer(out)
    headings = ["期间", "起", "止", "类型", *map(label_of, FIELDS)]
    writer.writerow(headings)
    for row in _rows(years):
        span = row.span
        cells = [_cell(row, name) for name in FIELDS]
        writer.writerow([span.key, span.since, span.until, row.label, *cells])
    return out.getvalue().encode("utf-8-sig")


def _cell(row: Row, name: str) -> str | float | None:
    shown = row.figures[name]
    return WORDS[shown.hidden] if shown.hidden else _rounded(shown.value)


def _rounded(value: float | int | None) -> float | int | None:
    return round(value, 4) if isinstance(value, float) else value


def write_json(years: Iterable[PublicYear], *, office: str, as_of: date) -> bytes:
    """Definitions, then the same lines; what is hidden is null and named in `hidden`."""
    body = {
        "publisher": office,
        "as_of": as_of.isoformat(),
        "licence": _LICENCE,
        "suppression": RULE,
        "definitions": {
            name: {"label": label_of(name), "meaning": BY_NAME[name].meaning}
            for name in FIELDS
            if name in BY_NAME
        },
        "figures": [_object(row) for row in _rows(years)],
    }
    return json.dumps(body, ensure_ascii=False, indent=1).encode()


def _object(row: Row) -> dict[str, Any]:
    hidden = {name: row.figures[name].hidden for name in FIELDS if row.figures[name].hidden}
    return {
        "period": row.span.key,
        "since": row.span.since.isoformat(),
        "until": row.span.until.isoformat(),
        "kind": row.key,
        "label": row.label,
        **{name: _rounded(row.figures[name].value) for name in FIELDS},
        "hidden": hidden,
    }


def _rows(years: Iterable[PublicYear]) -> Iterator[Row]:
    for year in years:
        yield from year.rows

"""What one cell of a file says: text, a list, a date; and the same written back.

A value that cannot be taken raises `Unfit` with the sentence to show; where the cell stands is
not known here.
"""

import json
import math
import re
import unicodedata
from datetime import date, datetime, time, timedelta

from knowledge.files.columns import Column, Kind, Value


class Unfit(Exception):  # never leaves this package: it becomes a Problem with a place
    """A value, or a whole file, that cannot be taken; says why and what to do."""


# Nothing that cannot be seen may reach a citizen: control characters, zero width, direction
# marks, private use (broken conversions from GBK), surrogates, and U+FFFD for what was lost.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200c\u200e\u200f\u2028-\u202e"
    "\u2060-\u206f\ufeff\ufff9-\uffff\ud800-\udfff\ue000-\uf8ff\U000e0000-\U000e0fff]"
    # The joiner is part of emoji (family, professions) and nothing else in Chinese text.
    "|(?<![\u2600-\u27bf\ufe0f\U0001f000-\U0001faff])\u200d"
)
_EXCEL_ERRORS = frozenset(
    ("#N/A", "#NAME?", "#REF!", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!")
)
_DATE = re.compile(
    r"(\d{4})(?:-(\d{1,2})-(\d{1,2})|/(\d{1,2})/(\d{1,2})|\.(\d{1,2})\.(\d{1,2})"
    r"|年(\d{1,2})月(\d{1,2})日?)(?:T?00?:00(?::00(?:\.0+)?)?)?"
)
_TIME = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?")
_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)")  # most dates by far
_BETWEEN = re.compile(r"[|｜\n]")


def value_of(column: Column, value: object) -> Value:
    """What the file's value means in this column; empty text, list or None where nothing is."""
    if column.kind is Kind.DATE:
        return date_of(value)
    if column.kind is Kind.MOMENT:
        return moment_of(value)
    if column.kind is Kind.LIST:
        return _fitting_list(list_of(value), column)
    text = text_of(value)
    if column.kind is Kind.LINE and "\n" in text:
        raise Unfit("这里只能写一行，请去掉换行")
    return _fitting(text, column)


def text_of(value: object) -> str:
    """The text without surrounding space, line breaks as \\n, no space at the ends of lines."""
    if not isinstance(value, str):
        return _text_of_other(value)
    text = value.strip()
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "\n" in text:
        text = "\n".join(line.rstrip() for line in text.split("\n"))
    if text in _EXCEL_ERRORS:
        raise Unfit(f"公式出错，显示为 {text}，请改成文字")
    return text


def _text_of_other(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, (date, time, timedelta)):
        raise Unfit("Excel 把它当成了日期或时间，请把单元格格式设为“文本”后重新填写")
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, float) and math.isfinite(value):
        return str(int(value)) if value.is_integer() else str(value)
    raise Unfit("这里应当是文字")


def date_of(value: object) -> date | None:
    """The day; None for an empty cell."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    shown = text_of(value)
    if not shown:
        return None
    found = _ISO.fullmatch(shown) or _DATE.fullmatch(
        "".join(unicodedata.normalize("NFKC", shown).split())
    )
    if not found:
        raise Unfit(f"看不懂日期“{shown}”，请写成 2017-03-01 或 2017年3月1日，没有就留空")
    year, month, day = (int(part) for part in found.groups() if part)
    try:
        return date(year, month, day)
    except ValueError:
        raise Unfit(f"没有“{shown}”这一天，请核对日期") from None


def moment_of(value: object) -> datetime | time | None:
    """A time of day, or a day with one; None for an empty cell."""
    if isinstance(value, (datetime, time)):
        return value
    text = text_of(value)
    if not text:
        return None
    try:
        if found := _TIME.fullmatch(unicodedata.normalize("NFKC", text)):
            hour, minute, second = (int(part or 0) for part in found.groups())
            return time(hour, minute, second)
        return datetime.fromisoformat(text)
    except ValueError:
        raise Unfit(f"看不懂时间“{text}”，请写成 08:30 或 2017-03-01 08:30") from None


def list_of(value: object) -> tuple[str, ...]:
    """The items of a JSON list, or of a text with | or line breaks between them; none is empty."""
    items = value if isinstance(value, list) else _split(text_of(value))
    if not all(isinstance(item, str) for item in items):
        raise Unfit("列表里每一项都应当是文字")
    return tuple(text for item in items if (text := text_of(item)))


def _split(text: str) -> list[object]:
    if not text.startswith("["):
        return list(_BETWEEN.split(text))
    try:
        items = json.loads(text)
    except ValueError:
        if text.startswith('["'):
            raise Unfit("列表写得不完整，请检查引号、逗号和方括号，或改用 | 分隔") from None
        items = None
    # A wording may begin with a bracket: [2017]388号还有效吗
    return items if _is_list_of_text(items) else list(_BETWEEN.split(text))


def _is_list_of_text(items: object) -> bool:
    return isinstance(items, list) and all(isinstance(item, str) for item in items)


def _fitting_list(items: tuple[str, ...], column: Column) -> tuple[str, ...]:
    together = "|".join(items)
    if "\n" in together:
        raise Unfit("列表里每一项只能写一行，请去掉换行")
    if len(together) > column.longest or _UNSEEN.search(together):  # then look closer
        for item in items:
            _fitting(item, column)
    return items


def _fitting(text: str, column: Column) -> str:
    if len(text) > column.longest:
        raise Unfit(f"有 {len(text)} 个字，最多 {column.longest} 个，请缩短或分成几条")
    if unseen := _UNSEEN.search(text):
        raise Unfit(
            f"第 {unseen.start() + 1} 个字符是乱码或看不见的字符（U+{ord(unseen[0]):04X}），"
            "请删掉后重新输入"
        )
    return text


def shown(value: Value) -> str:
    """The value as text that `value_of` reads back: ISO date, items with | between them."""
    if isinstance(value, tuple):
        joined = "|".join(value)
        alone = "\n" not in joined and tuple(_safe_split(joined)) == value
        return joined if alone or not value else json.dumps(value, ensure_ascii=False)
    if isinstance(value, datetime):
        return value.isoformat(" ")
    if isinstance(value, (date, time)):
        return value.isoformat()
    return value or ""


def _safe_split(text: str) -> list[object]:
    return [] if text.startswith("[") else _split(text)

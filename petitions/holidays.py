"""A year's public holidays as announced: reading the table and finding its mistakes.

Only the days that differ from the plain week are listed: rest days (休), the weekends between them
may be among them, and weekends worked instead (班).
"""

import csv
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from unicodedata import normalize

from petitions.errors import BadCalendar, CalendarProblem

_COLUMNS = {
    "date": "date",
    "日期": "date",
    "day": "day",
    "休班": "day",
    "name": "name",
    "名称": "name",
}
_DATE = re.compile(r"(\d{4})(?:-|/|\.|年)(\d{1,2})(?:-|/|\.|月)(\d{1,2})日?")
# 全国年节及纪念日放假办法 第二条: the same day every year; the others follow moon and sun.
_FIXED = ((1, 1), (5, 1), (10, 1), (10, 2), (10, 3))
_FESTIVALS = ("元旦", "春节", "清明", "劳动", "端午", "中秋", "国庆")


class Mark(StrEnum):
    """How a day differs from the plain week."""

    REST = "rest"  # off, whatever the weekday
    WORK = "work"  # a weekend that is worked


_MARKS = {"rest": Mark.REST, "休": Mark.REST, "work": Mark.WORK, "班": Mark.WORK}


@dataclass(frozen=True, kw_only=True)
class Holiday:
    """A listed day and the festival it belongs to."""

    date: date
    mark: Mark
    name: str
    line: int = 0  # of the file it was read from


def read_year(year: int, lines: Iterable[str]) -> list[Holiday]:
    """The rows of a CSV with the columns date (日期), day (休班: rest|work, 休|班), name (名称)."""
    rows = csv.reader(line.removeprefix("\ufeff") for line in lines)
    columns = _columns(year, next(rows, []))
    holidays: list[Holiday] = []
    problems: list[CalendarProblem] = []
    for line, cells in enumerate(rows, start=2):
        match _holiday(line, dict(zip(columns, map(_plain, cells), strict=False))):
            case Holiday() as holiday:
                holidays.append(holiday)
            case CalendarProblem() as problem:
                problems.append(problem)
    if problems:
        raise BadCalendar(year, problems)
    return holidays


def _columns(year: int, header: Sequence[str]) -> list[str]:
    columns = [_COLUMNS.get(_plain(cell).lower(), "") for cell in header]
    if sorted(columns) != ["date", "day", "name"]:
        text = "表头应当是 date,day,name（日期,休班,名称）"
        raise BadCalendar(year, [CalendarProblem(line=1, text=text)])
    return columns


def _plain(cell: str) -> str:
    return normalize("NFKC", cell).strip()


def _holiday(line: int, cells: dict[str, str]) -> Holiday | CalendarProblem | None:
    """The holiday of a row; None if the row is empty."""
    if not any(cells.values()):
        return None
    day = _date(cells.get("date", ""))
    mark = _MARKS.get(cells.get("day", "").lower())
    name = cells.get("name", "")
    if day and mark and name:
        return Holiday(date=day, mark=mark, name=name, line=line)
    wrong = [
        "" if day else f"“{cells.get('date', '')}”不是日期，应写成 2027-01-01",
        "" if mark else f"“{cells.get('day', '')}”应写成 休 或 班",
        "" if name else "没有写节日名称",
    ]
    return CalendarProblem(line=line, text="；".join(filter(None, wrong)))


def _date(text: str) -> date | None:
    found = _DATE.fullmatch(text)
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def check_year(year: int, holidays: Sequence[Holiday]) -> None:
    """Raise `BadCalendar` with every mistake. A year half loaded would give wrong deadlines."""
    problems = [*_wrong_days(year, holidays), *_missing(year, holidays)]
    if problems:
        raise BadCalendar(year, problems)


def _wrong_days(year: int, holidays: Sequence[Holiday]) -> Iterable[CalendarProblem]:
    seen: set[date] = set()
    for one in holidays:
        if one.date.year != year:
            yield CalendarProblem(line=one.line, text=f"{one.date} 不在{year}年")
        if one.date in seen:
            yield CalendarProblem(line=one.line, text=f"{one.date} 写了两次")
        if one.mark is Mark.WORK and one.date.weekday() < 5:
            text = f"{one.date} 不是周末，本来就上班，不能写成调休上班"
            yield CalendarProblem(line=one.line, text=text)
        seen.add(one.date)


def _missing(year: int, holidays: Sequence[Holiday]) -> Iterable[CalendarProblem]:
    rests = {one.date for one in holidays if one.mark is Mark.REST}
    for month, day in _FIXED:
        if date(year, month, day) not in rests:
            yield CalendarProblem(line=0, text=f"缺少{month}月{day}日，这一天是法定休息日")
    names = "".join(one.name for one in holidays if one.mark is Mark.REST)
    for festival in _FESTIVALS:
        if festival not in names:
            text = f"缺少{festival}的休息日（两个节日连在一起的，名称里两个都写）"
            yield CalendarProblem(line=0, text=text)

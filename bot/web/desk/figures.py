"""The page of figures: table, charts, and the cases behind every number.

Reading is done in the mailroom's thread, counting in one of its own: a year of 100,000 cases takes
most of a second, and nobody else should wait for that.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.web import charts
from bot.web.desk import figure_texts as texts
from bot.web.desk.periods import Wanted
from bot.web.desk.room import Room
from petitions import Figure
from reports import Metrics, Office
from reports.ages import OVERDUE, Ages, Band, ages
from reports.columns import COLUMNS, DRILLS, Column, Drill, Form, hours, percent, written
from reports.cube import Cube
from reports.metrics import ALL, Behind, cases_behind
from reports.sheets import Percent, Value, write_sheet
from reports.sources import cases_of, office_of


@dataclass(frozen=True, kw_only=True)
class Source:
    """What was read for a page of figures."""

    wanted: Wanted
    office: Office
    cases: list[Figure]
    open_cases: list[Figure]


@dataclass(frozen=True, kw_only=True)
class Number:
    """A number that leads to its cases."""

    text: str
    query: str  # "": leads nowhere


@dataclass(frozen=True, kw_only=True)
class Cell:
    """A figure of the table."""

    column: Column
    text: str
    numbers: tuple[Number, ...]  # of a rate: numerator and denominator


@dataclass(frozen=True, kw_only=True)
class Line:
    """A group of the table."""

    label: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, kw_only=True)
class Bar:
    """A line of a chart."""

    label: str
    text: str
    query: str
    length: float  # percent
    alarming: bool = False


@dataclass(frozen=True, kw_only=True)
class Step:
    """A month of the trend."""

    month: date
    text: str
    query: str
    place: charts.Place


@dataclass(frozen=True, kw_only=True)
class Trend:
    """Twelve months."""

    steps: tuple[Step, ...]
    ticks: tuple[tuple[float, str], ...]


@dataclass(frozen=True, kw_only=True)
class FiguresPage:
    """Everything the page shows."""

    wanted: Wanted
    columns: tuple[Column, ...]
    total: Line
    lines: tuple[Line, ...]
    bars: tuple[Bar, ...]
    trend: Trend
    ages: tuple[Bar, ...]
    open_count: int


def read_source(room: Room, wanted: Wanted) -> Source:
    """Everything the page is made of; in the mailroom's thread."""
    desk, department = room.desk, wanted.department
    open_cases = desk.queue.open_figures()
    if department is not None:
        open_cases = [one for one in open_cases if one.department == department]
    return Source(
        wanted=wanted,
        office=office_of(desk, wanted.span, department),
        cases=cases_of(desk, wanted.span, department),
        open_cases=open_cases,
    )


@dataclass(frozen=True, kw_only=True)
class Counted:
    """The figures of a page."""

    total: Metrics
    groups: list[Metrics]
    months: list[Metrics]


def count(source: Source) -> Counted:
    """All figures, out of one count."""
    wanted = source.wanted
    cube = Cube(wanted.span, source.office, wanted.by, within=wanted.period)
    cube.take_all(source.cases)
    (total,) = cube.within(wanted.period, None)
    return Counted(
        total=total,
        groups=cube.within(wanted.period, wanted.by),
        months=cube.by_month(wanted.span),
    )


def show_figures(source: Source) -> FiguresPage:
    """The page; in a thread of its own."""
    wanted, counted = source.wanted, count(source)
    found = ages(source.open_cases, wanted.today, source.office.calendar)
    return FiguresPage(
        wanted=wanted,
        columns=COLUMNS,
        total=_line(wanted, counted.total, "合计"),
        lines=tuple(_line(wanted, one, one.group) for one in counted.groups),
        bars=_bars(wanted, counted.groups),
        trend=_trend(wanted, counted.months),
        ages=_age_bars(found),
        open_count=found.total,
    )


def _line(wanted: Wanted, of: Metrics, label: str) -> Line:
    return Line(label=label, cells=tuple(_cell(wanted, of, column) for column in COLUMNS))


def _cell(wanted: Wanted, of: Metrics, column: Column) -> Cell:
    value = column.number(of)
    if column.form is Form.COUNT:
        number = Number(text=f"{value:.0f}", query=_query(wanted, of.name, column.name))
        return Cell(column=column, text="", numbers=(number,))
    if column.form is Form.HOURS:
        return Cell(column=column, text=hours(value), numbers=())
    names = (column.part, column.whole)
    numbers = tuple(
        Number(text=str(number), query=_query(wanted, of.name, name))
        for name, number in zip(names, column.parts(of), strict=True)
        if number is not None
    )
    return Cell(column=column, text=percent(value), numbers=numbers)


def _query(wanted: Wanted, group: str, figure: str) -> str:
    """Where the cases of a number are listed; days of duty have none."""
    return wanted.address(group=group, figure=figure) if figure in DRILLS else ""


def _first_drill(column: Column) -> str:
    """The number of a figure that a chart leads to."""
    return column.part or (column.name if column.name in DRILLS else "replied")


def _bars(wanted: Wanted, groups: Sequence[Metrics]) -> tuple[Bar, ...]:
    column = wanted.shown
    values = [column.number(one) for one in groups]
    most = max((value for value in values if value), default=0.0)
    most = 1.0 if column.form is Form.RATE else most
    return tuple(
        Bar(
            label=one.group,
            text=written(column, one),
            query=_query(wanted, one.name, _first_drill(column)),
            length=charts.length(value, most),
        )
        for one, value in zip(groups, values, strict=True)
    )


def _trend(wanted: Wanted, found: Sequence[Metrics]) -> Trend:
    column = wanted.shown
    known = {one.group: one for one in found}
    months = [known.get(month.isoformat()[:7], Metrics(group="")) for month in wanted.months]
    values = [column.number(one) for one in months]
    most = charts.scale(values, is_rate=column.form is Form.RATE)
    steps = tuple(
        Step(
            month=month,
            text=written(column, one),
            query=_month_query(wanted, month, column),
            place=place,
        )
        for month, one, place in zip(
            wanted.months, months, charts.columns(values, most), strict=True
        )
    )
    say = percent if column.form is Form.RATE else "{:g}".format
    return Trend(steps=steps, ticks=tuple((one.y, say(one.value)) for one in charts.ticks(most)))


def _month_query(wanted: Wanted, month: date, column: Column) -> str:
    figure = _first_drill(column)
    return wanted.month_address(month, group=ALL, figure=figure) if figure in DRILLS else ""


def _age_bars(found: Ages) -> tuple[Bar, ...]:
    rows = [(band, len(numbers)) for band, numbers in found.bands]
    rows.append((Band(name=OVERDUE, label="其中已超期", last=None), len(found.overdue)))
    most = max((number for _, number in rows), default=0)
    return tuple(
        Bar(
            label=band.label,
            text=str(number),
            query=f"age={band.name}",
            length=charts.length(number, most),
            alarming=band.name == OVERDUE,
        )
        for band, number in rows
    )


@dataclass(frozen=True, kw_only=True)
class Behindhand:
    """The cases of a number, and the numbers beside it."""

    title: str
    group: str
    numbers: tuple[str, ...]
    others: tuple[tuple[Drill, str], ...]  # with the query of each


def cases_of_number(source: Source, group: str, drill: Drill) -> Behindhand:
    """Exactly the cases that were counted; in a thread of its own."""
    wanted = source.wanted
    by = None if group == ALL else wanted.by
    behind = Behind(group=group, figure=drill.figure, without=drill.without)
    found = cases_behind(source.cases, wanted.period, source.office, by, behind)
    found.sort(key=lambda one: (one.first_due or one.due, one.number))
    others = tuple((one, wanted.address(group=group, figure=one.name)) for one in DRILLS.values())
    return Behindhand(
        title=drill.label,
        group=texts.group_name(group, wanted.by),
        numbers=tuple(one.number for one in found),
        others=others,
    )


def cases_of_age(source: Source, name: str) -> Behindhand:
    """The open cases of an age."""
    found = ages(source.open_cases, source.wanted.today, source.office.calendar)
    labels = {band.name: band.label for band, _ in found.bands} | {OVERDUE: "已超期"}
    return Behindhand(
        title=f"在办，{labels.get(name, name)}",
        group="",
        numbers=found.numbers(name),
        others=(),
    )


_EXCEL = tuple(
    part
    for column in COLUMNS
    for part in ((column.part, column.whole, column.name) if column.part else (column.name,))
)


def workbook(source: Source) -> bytes:
    """The table as an Excel file, with the counts that every rate is made of."""
    counted = count(source)
    names = tuple(dict.fromkeys(_EXCEL))
    headings = (source.wanted.grouping.label, *(texts.figure_name(name) for name in names))
    rows = [(one.group, *(_value(one, name) for name in names)) for one in counted.groups]
    rows.append(("合计", *(_value(counted.total, name) for name in names)))
    rows.append(())
    rows.append((texts.period_words(source.wanted.period),))
    rows += [(column.label, column.meaning) for column in COLUMNS]
    return write_sheet("统计", headings, rows, (18, *(12 for _ in names)))


def _value(of: Metrics, name: str) -> Value:
    value = of.as_json()[name]
    if name.endswith("_rate") and value is not None:
        return Percent(value)
    return value  # type: ignore[no-any-return]  # a number of `as_json`

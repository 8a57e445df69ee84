"""The figures that everybody may see: by year and quarter and kind, small groups hidden.

They stand as they stood at the end of the last month, so that they change once a month: from
figures that changed every day one could tell what happened to a single case.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final, TypeAlias

from knowledge import Question
from petitions import Figure, Kind
from reports.columns import BY_NAME, hours, percent
from reports.cube import Cube
from reports.metrics import By, Metrics, Office, Period, share
from reports.questions import QuestionFigures, question_figures
from reports.suppression import FEW, Hidden, Line, hide

ALL_KINDS: Final = "all"
_QUARTERS: Final = ("第一季度", "第二季度", "第三季度", "第四季度")

Group: TypeAlias = tuple[str, str]  # key of the time, kind


@dataclass(frozen=True, kw_only=True)
class Span:
    """A year, or a quarter of it, as far as it is published."""

    key: str  # 2026, 2026-Q1
    label: str
    since: date
    until: date


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A figure as the public sees it: a value, or why there is none."""

    text: str
    value: float | int | None = None
    hidden: Hidden | None = None
    parts: str = ""  # numerator and denominator of a rate


@dataclass(frozen=True, kw_only=True)
class Row:
    """The figures of a kind in a span."""

    span: Span
    key: str
    label: str
    figures: Mapping[str, Shown]


@dataclass(frozen=True, kw_only=True)
class PublicYear:
    """Everything that is published of a year."""

    year: int
    spans: tuple[Span, ...]  # the year, then its quarters
    rows: tuple[Row, ...]  # by span, all kinds together first
    questions: tuple[Row, ...]  # by span
    duty: tuple[Row, ...]  # by span

    def of(self, span: Span) -> tuple[Row, ...]:
        """The cases of a span."""
        return tuple(row for row in self.rows if row.span == span)


WORDS: Final[Mapping[Hidden, str]] = {Hidden.FEW: f"少于{FEW}件", Hidden.PROTECTED: "不公布"}

# What is published of a case, each with the counts that it tells.
COUNTS: Final = (
    "received",
    "needing_handling",
    "replied",
    "closed",
    "due",
    "on_time",
    "rated",
    "satisfied",
)
RATES: Final = (
    "reply_rate",
    "closing_rate",
    "on_time_rate",
    "satisfaction_rate",
    "rating_rate",
)
HOURS: Final = ("first_reply_working_hours_median", "first_reply_working_hours_p90")
QUESTION_COUNTS: Final = ("questions", "self_served", "unanswered", "rated", "helpful")
QUESTION_RATES: Final = (
    ("self_service_rate", "self_served", "questions"),
    ("unanswered_rate", "unanswered", "questions"),
    ("helpful_rate", "helpful", "rated"),
)


def last_published(today: date) -> date:
    """The last day of the month before."""
    return today.replace(day=1) - timedelta(days=1)


def spans_of(year: int, last: date) -> tuple[Span, ...]:
    """The year and those of its quarters that have begun by its last published day."""
    end = min(date(year, 12, 31), last)
    whole = _span(str(year), f"{year}年", date(year, 1, 1), date(year, 12, 31), end)
    quarters = (
        _span(
            f"{year}-Q{n + 1}",
            label,
            date(year, 3 * n + 1, 1),
            date(year + n // 3, (3 * n + 3) % 12 + 1, 1) - timedelta(days=1),
            end,
        )
        for n, label in enumerate(_QUARTERS)
    )
    return (whole, *(one for one in quarters if one.since <= end))


def _span(key: str, label: str, since: date, until: date, end: date) -> Span:
    if until > end:
        label, until = f"{label}（截至{end.month}月{end.day}日）", end
    return Span(key=key, label=label, since=since, until=until)


def public_year(
    figures: Iterable[Figure],
    questions: Sequence[tuple[date, Question]],
    period: Period,
    office: Office,
) -> PublicYear:
    """What may be published of the year of `period`, which ends with the last published day."""
    cube = Cube(period, office, By.KIND, within=period)
    cube.take_all(figures)
    spans = spans_of(period.since.year, period.until)
    totals, groups = {}, {}
    for span in spans:
        inner = replace(period, since=span.since, until=span.until)
        (totals[span.key],) = cube.of_months(inner, None, _within(span))
        groups[span.key] = {m.key: m for m in cube.of_months(inner, By.KIND, _within(span))}
    found = {
        (span.key, kind): totals[span.key]
        if kind == ALL_KINDS
        else groups[span.key].get(kind, Metrics(group=kind))
        for span in spans
        for kind in _kinds()
    }
    return PublicYear(
        year=period.since.year,
        spans=spans,
        rows=_case_rows(spans, found),
        questions=_question_rows(spans, questions),
        duty=tuple(_duty_row(span, totals[span.key]) for span in spans),
    )


def _within(span: Span) -> Callable[[str], bool]:
    first, last = span.since.isoformat()[:7], span.until.isoformat()[:7]
    return lambda month: first <= month <= last


def _kinds() -> tuple[str, ...]:
    return (ALL_KINDS, *(kind.value for kind in Kind))


def _lines(spans: Sequence[Span]) -> tuple[Line[Group], ...]:
    """Kinds add up to all of them, quarters to the year."""
    year, *quarters = (span.key for span in spans)
    kinds = [kind.value for kind in Kind]
    across = (
        Line(total=(span.key, ALL_KINDS), parts=tuple((span.key, kind) for kind in kinds))
        for span in spans
    )
    down = (
        Line(total=(year, kind), parts=tuple((quarter, kind) for quarter in quarters))
        for kind in _kinds()
    )
    return (*across, *down)


def _hidden(
    found: Mapping[Group, Metrics], lines: Sequence[Line[Group]]
) -> Mapping[str, Mapping[Group, Hidden]]:
    """Count → groups of which it is not shown. A group with few cases shows nothing at all, one
    with few deadlines or ratings nothing of those."""
    tables = {name: {group: int(vars(m)[name]) for group, m in found.items()} for name in COUNTS}
    few = [group for group, value in tables["needing_handling"].items() if value < FEW]
    handled = ("needing_handling", "replied", "closed")
    cases = hide(tables["received"], lines, parts=[tables[name] for name in handled], also=few)
    due = hide(tables["due"], lines, parts=[tables["on_time"]], also=cases)
    rated = hide(tables["rated"], lines, parts=[tables["satisfied"]], also=cases)
    shared = dict.fromkeys(("received", *handled), cases)
    return {**shared, "due": due, "on_time": due, "rated": rated, "satisfied": rated}


def _case_rows(spans: Sequence[Span], found: Mapping[Group, Metrics]) -> tuple[Row, ...]:
    hidden = _hidden(found, _lines(spans))
    labels = {ALL_KINDS: "合计", **{kind.value: kind.label for kind in Kind}}
    return tuple(
        Row(
            span=span,
            key=kind,
            label=labels[kind],
            figures=_case_figures(
                found[span.key, kind],
                {name: why.get((span.key, kind)) for name, why in hidden.items()},
            ),
        )
        for span in spans
        for kind in _kinds()
    )


def _case_figures(of: Metrics, hidden: Mapping[str, Hidden | None]) -> dict[str, Shown]:
    values = of.as_json()
    shown = {name: _count(int(vars(of)[name]), hidden[name]) for name in COUNTS}
    for name in RATES:
        column = BY_NAME[name]
        shown[name] = _rate(shown[column.part], shown[column.whole])
    for name in HOURS:
        why = hidden["replied"]
        if why is None and len(of.hours) < FEW:
            why = Hidden.PROTECTED
        shown[name] = _hours(values[name], why)
    return shown


def _count(value: int, why: Hidden | None) -> Shown:
    if why:
        return Shown(text=WORDS[why], hidden=why)
    return Shown(text=f"{value:,}", value=value)


def _rate(part: Shown, whole: Shown) -> Shown:
    why = part.hidden or whole.hidden
    if why:
        return Shown(text=WORDS[Hidden.PROTECTED], hidden=why)
    value = share(int(part.value or 0), int(whole.value or 0))
    return Shown(text=percent(value), value=value, parts=f"{part.text}/{whole.text}")


def _hours(value: float | None, why: Hidden | None) -> Shown:
    if why:
        return Shown(text=WORDS[Hidden.PROTECTED], hidden=why)
    return Shown(text=hours(value), value=value)


def _duty_row(span: Span, total: Metrics) -> Row:
    days = Shown(text=str(total.duty_days), value=total.duty_days)
    working = Shown(text=str(total.working_days), value=total.working_days)
    figures = {"duty_days": days, "working_days": working, "duty_rate": _rate(days, working)}
    return Row(span=span, key="duty", label="值守", figures=figures)


def _question_rows(
    spans: Sequence[Span], questions: Sequence[tuple[date, Question]]
) -> tuple[Row, ...]:
    found = {
        span.key: question_figures(one for day, one in questions if span.since <= day <= span.until)
        for span in spans
    }
    year, *quarters = found
    lines = [Line(total=year, parts=tuple(quarters))]
    table = {name: {key: _number(one, name) for key, one in found.items()} for name in
             QUESTION_COUNTS}  # fmt: skip
    asked = hide(table["questions"], lines, parts=[table["self_served"], table["unanswered"]])
    rated = hide(table["rated"], lines, parts=[table["helpful"]], also=asked)
    why = {name: rated if name in ("rated", "helpful") else asked for name in QUESTION_COUNTS}
    return tuple(
        _question_row(span, {n: _count(table[n][span.key], why[n].get(span.key)) for n in table})
        for span in spans
    )


def _number(figures: QuestionFigures, name: str) -> int:
    return int(vars(figures)[name])


def _question_row(span: Span, shown: dict[str, Shown]) -> Row:
    rates = {name: _rate(shown[part], shown[whole]) for name, part, whole in QUESTION_RATES}
    return Row(span=span, key="questions", label="提问", figures={**shown, **rates})

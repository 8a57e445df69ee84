"""Files of cases, duty and the power list: which columns they have, and reading them."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time, tzinfo
from pathlib import Path
from typing import Any, TypeVar

import typer

from knowledge.errors import BadFile, Problem
from knowledge.files.columns import Column, Kind, Layout
from knowledge.files.sheets import Line, read_sheet
from petitions import Power, Record, SignIn

T = TypeVar("T")


def _label(name: str) -> Callable[[Record], str]:
    """The Chinese word of what a record has there."""
    return lambda record: getattr(getattr(record, name), "label", "")


PETITIONS = Layout(
    sheet="事项",
    required=("kind", "channel", "received_at"),
    columns=(
        Column(name="number", heading="编号", of=lambda one: one.number, longest=40),
        Column(name="kind", heading="类型", of=_label("kind")),
        Column(name="channel", heading="渠道", of=_label("channel")),
        Column(name="title", heading="标题", of=lambda one: one.title, width=30),
        Column(
            name="content",
            heading="内容",
            of=lambda one: one.content,
            kind=Kind.TEXT,
            longest=20_000,
            width=60,
        ),
        Column(name="applicant_type", heading="申请人类型", of=_label("applicant_type")),
        Column(
            name="received_at", heading="收到日期", of=lambda one: one.received_at, kind=Kind.DATE
        ),
        Column(
            name="accepted_at", heading="受理日期", of=lambda one: one.accepted_at, kind=Kind.DATE
        ),
        Column(name="department", heading="承办处室", of=lambda one: one.department),
        Column(name="role", heading="办理角色", of=_label("role")),
        Column(
            name="replied_at", heading="答复日期", of=lambda one: one.replied_at, kind=Kind.DATE
        ),
        Column(name="closed_at", heading="办结日期", of=lambda one: one.closed_at, kind=Kind.DATE),
        Column(name="outcome", heading="答复结果", of=lambda one: one.outcome, width=24),
        Column(
            name="needs_handling",
            heading="需要办理",
            of=lambda one: "是" if one.needs_handling else "否",
        ),
        Column(name="rating", heading="评价", of=_label("rating")),
        Column(name="fee", heading="收费", of=lambda one: f"{one.fee:g}" if one.fee else ""),
    ),
)
_DUE_ON = Column(name="due_on", heading="完成期限", of=lambda one: one.due_on, kind=Kind.DATE)
# A rectification has a date of its own, for which the usual columns have no place.
WITH_DUE_DATE = Layout(
    sheet=PETITIONS.sheet, required=PETITIONS.required, columns=(*PETITIONS.columns, _DUE_ON)
)
DUTY = Layout(
    sheet="值守",
    required=("date", "officer"),
    columns=(
        Column(name="date", heading="日期", of=lambda one: one.date, kind=Kind.DATE),
        Column(name="officer", heading="值守人员", of=lambda one: one.officer),
        Column(
            name="signed_in_at",
            heading="签到时间",
            of=lambda one: one.signed_in_at,
            kind=Kind.MOMENT,
        ),
    ),
)
POWERS = Layout(
    sheet="权责清单",
    required=("department", "item"),
    columns=(
        Column(name="department", heading="部门", of=lambda one: one.department),
        Column(name="item", heading="事项", of=lambda one: one.item),
        Column(name="keywords", heading="关键词", of=lambda one: one.keywords, kind=Kind.LIST),
    ),
)


def sign_in_of(values: Mapping[str, Any], zone: tzinfo) -> SignIn:
    """A row of a duty file; a time without a day is of the row's."""
    day: date = values["date"]
    at = values.get("signed_in_at")
    if isinstance(at, time):
        at = datetime.combine(day, at)
    if isinstance(at, datetime) and at.tzinfo is None:
        at = at.replace(tzinfo=zone)
    return SignIn(date=day, officer=values["officer"], signed_in_at=at)


def power_of(values: Mapping[str, Any]) -> Power:
    """A row of a power list; without keywords the item itself is what is looked for."""
    item = str(values["item"])
    keywords = tuple(values.get("keywords") or (item,))
    return Power(department=str(values["department"]), item=item, keywords=keywords)


def read_lines(files: Iterable[Path], layout: Layout) -> tuple[list[Line], list[Problem]]:
    """The rows of several files, and everything wrong with them or with the files."""
    lines, problems = [], []
    for path in files:
        for item in read_sheet(path, layout):
            if isinstance(item, Problem):
                problems.append(item)
                continue
            problems += item.problems
            lines.append(item)
    return lines, problems


def settle(problems: list[Problem], *, skip_bad: bool) -> None:
    """Stop with every problem, or show them and go on with what is good."""
    if problems and not skip_bad:
        raise BadFile(sorted(problems))
    for problem in sorted(problems):
        typer.echo(str(problem), err=True)

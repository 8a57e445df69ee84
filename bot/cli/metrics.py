"""metrics: the figures of cases."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.app import app, print_json
from bot.config import read_settings
from bot.services import Program, open_services, utc_now
from reports import By, Metrics
from reports.sources import measured, period_of

if TYPE_CHECKING:
    from rich.table import Table

Json = Annotated[bool, typer.Option("--json", help="输出 JSON，供程序读取")]
Day = ["%Y-%m-%d"]


@app.command(name="metrics")
def show_metrics(
    start: Annotated[datetime, typer.Option("--from", formats=Day, help="起始日期")],
    end: Annotated[datetime, typer.Option("--to", formats=Day, help="截止日期（含当天）")],
    as_of: Annotated[
        datetime | None, typer.Option(formats=Day, help="按这一天结束时的情况统计；不写则按现在")
    ] = None,
    by: Annotated[By | None, typer.Option(help="分组")] = None,
    as_json: Json = False,
) -> None:
    """办复率、办结率、按时办结率、满意率、值守率、首次答复时间。"""
    with open_services(read_settings()) as program:
        found = case_metrics(program, start.date(), end.date(), as_of and as_of.date(), by)
    if as_json:
        print_json([one.as_json() for one in found])
    else:
        from rich.console import Console  # loads slowly; programs read JSON

        Console().print(_table(found))


def case_metrics(
    program: Program, since: date, until: date, as_of: date | None, by: By | None
) -> list[Metrics]:
    """The figures as they stand, or stood at the end of a day."""
    zone = program.settings.zone
    period = period_of(since, until, as_of=as_of, now=utc_now(), zone=zone)
    return measured(program.services.desk, period, by)


_SHOWN = (
    ("", "group"),
    ("收到", "received"),
    ("需要办理", "needing_handling"),
    ("办复率", "reply_rate"),
    ("办结率", "closing_rate"),
    ("按时办结率", "on_time_rate"),
    ("满意率", "satisfaction_rate"),
    ("评价率", "rating_rate"),
    ("值守率", "duty_rate"),
)


def _table(found: list[Metrics]) -> "Table":
    from rich.table import Table

    table = Table()
    for heading, _ in _SHOWN:
        table.add_column(heading, justify="right" if heading else "left")
    for one in found:
        values = one.as_json()
        table.add_row(*(_text(values[key], key) for _, key in _SHOWN))
    return table


def _text(value: object, key: str) -> str:
    if value is None:
        return "—"
    return f"{value:.1%}" if key.endswith("rate") else str(value)

"""deadline; petitions ledger, calendar, recount."""

import io
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.app import app, petitions_app, print_json
from bot.config import read_settings
from bot.services import open_services, utc_now
from knowledge.files.reading import read_text
from petitions import Deadline, Kind, due, parse_number, read_year

Json = Annotated[bool, typer.Option("--json", help="输出 JSON，供程序读取")]


@app.command()
def deadline(
    kind: Annotated[str, typer.Option(help="咨询 诉求 依申请公开 建议提案 来信")],
    received: Annotated[str, typer.Option(help="收到日期，如 2026-11-24")],
    scheme: Annotated[str | None, typer.Option(help="2008 或 2019；不写则按收到日期")] = None,
    extended: Annotated[int, typer.Option(help="延长的天数")] = 0,
    paused: Annotated[list[str] | None, typer.Option(help="暂停期间 起：止，可多次")] = None,
    as_json: Json = False,
) -> None:
    """算出答复期限，逐日列出为什么算、为什么不算。"""
    with open_services(read_settings()) as program:
        found = due(
            Kind.parse(kind),
            _day(received),
            program.services.desk.calendar,
            scheme=scheme,
            extended=extended,
            paused=tuple(_span(text) for text in paused or ()),
        )
    _show(found, as_json=as_json)


def _span(text: str) -> tuple[date, date]:
    start, _, end = text.partition(":")
    return _day(start), _day(end or start)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError as exc:
        raise typer.BadParameter(f"“{text}”不是日期，请写成 2026-11-24 这样。") from exc


@petitions_app.command()
def calendar(
    year: Annotated[int, typer.Argument(help="年份")],
    file: Annotated[Path, typer.Argument(help="CSV：日期,休班（休或班）,名称")],
    source: Annotated[str, typer.Option(help="依据，如 国办发明电〔2026〕…号")] = "",
) -> None:
    """载入一年的放假安排；暂定的期限随之重算。"""
    marks = read_year(year, io.StringIO(read_text(file), newline=""))
    with open_services(read_settings()) as program, program.writing():
        program.services.desk.calendar.load_year(year, marks, source=source, at=utc_now())
        moved = program.services.desk.queue.recount()
    typer.echo(f"已载入 {year} 年放假安排，共 {len(marks)} 天；{moved} 件事项的期限有变动。")


@petitions_app.command()
def recount() -> None:
    """按现在的放假安排和期限设置，重算未办结事项的期限。"""
    with open_services(read_settings()) as program:
        moved = program.services.desk.queue.recount()
    typer.echo(f"{moved} 件事项的期限有变动。")


@petitions_app.command()
def ledger(
    number: Annotated[str, typer.Argument(help="编号")],
    as_json: Json = False,
) -> None:
    """一个事项的期限明细。"""
    with open_services(read_settings()) as program:
        _show(program.services.desk.ledger(parse_number(number)), as_json=as_json)


def _show(found: Deadline, *, as_json: bool) -> None:
    if as_json:
        print_json(found.as_json())
        return
    for line in found.ledger:
        typer.echo(f"{line.date} {'计' if line.counts else '不计'} {line.why}")
    typer.echo(f"期限：{found.due}{'（暂定，节假日安排公布后重算）' if found.provisional else ''}")

"""petitions import, export, due, powers; duty import."""

from datetime import date, timedelta
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.cli.app import duty_app, petitions_app, print_json
from bot.cli.sheets import (
    DUTY,
    PETITIONS,
    POWERS,
    WITH_DUE_DATE,
    power_of,
    read_lines,
    settle,
    sign_in_of,
)
from bot.config import read_settings
from bot.services import open_services, utc_now
from knowledge.files.sheets import Line, write_sheet
from petitions import SYSTEM, CaseRow, Filter, PetitionDesk, Record

Json = Annotated[bool, typer.Option("--json", help="输出 JSON，供程序读取")]
SkipBad = Annotated[bool, typer.Option("--skip-bad", help="跳过有问题的行，导入其余的")]
Files = Annotated[list[Path], typer.Argument(help="CSV 或 Excel 文件")]


@petitions_app.command(name="import")
def import_petitions(files: Files, skip_bad: SkipBad = False) -> None:
    """导入事项（往年的也可以）；编号、日期照原样保留。"""
    lines, problems = read_lines(files, WITH_DUE_DATE)
    with open_services(read_settings()) as program:
        archive = program.services.desk.archive
        records: list[Record] = []
        places: list[Line] = []
        for line in lines:
            found = archive.parse(line.values, whole=not line.problems)
            if isinstance(found, Record):
                records.append(found)
                places.append(line)
            else:
                problems += [line.problem(fault.column, fault.text) for fault in found]
        bad = dict(archive.conflicts(records))
        problems += [places[n].problem(fault.column, fault.text) for n, fault in bad.items()]
        settle(problems, skip_bad=skip_bad)
        good = [record for n, record in enumerate(records) if n not in bad]
        loaded = archive.load(good, by=SYSTEM)
    typer.echo(f"导入 {loaded.added} 件，原来就有 {loaded.same} 件。")


@petitions_app.command(name="export")
def export_petitions(file: Annotated[Path, typer.Argument(help=".csv 或 .xlsx")]) -> None:
    """导出全部事项，列与导入相同。"""
    with open_services(read_settings()) as program:
        records = list(program.services.desk.archive.records())
    layout = WITH_DUE_DATE if any(one.due_on for one in records) else PETITIONS
    write_sheet(file, layout, records)
    typer.echo(f"导出 {len(records)} 件到 {file}。")


@petitions_app.command(name="due")
def due_petitions(
    days: Annotated[int, typer.Option(help="今后多少个工作日内到期")] = 5,
    as_json: Json = False,
) -> None:
    """快到期和已超期的事项，先到期的在前。"""
    settings = read_settings()
    with open_services(settings) as program:
        desk = program.services.desk
        today = utc_now().astimezone(settings.zone).date()
        last = desk.calendar.after(today, days) if days > 0 else today
        wanted = Filter(open=True, due_to=last)
        rows = desk.queue.find(wanted, by=SYSTEM, limit=1_000_000).rows
        shown = [_due(row, desk, today) for row in rows]
    if as_json:
        print_json(shown)
        return
    for one in shown:
        mark = "（暂定）" if one["provisional"] else ""
        stopped = " 期限暂停" if one["stopped"] else ""
        late = f" 超期{-one['left']}个工作日" if one["overdue"] else ""
        where = one["department"] or "未定处室"
        typer.echo(f"{one['due']}{mark}{late}{stopped} {one['number']} {where} {one['title']}")


def _due(row: CaseRow, desk: PetitionDesk, today: date) -> dict[str, Any]:
    overdue = row.due < today and not row.stopped
    return {
        "number": row.number,
        "kind": row.kind,
        "title": row.title,
        "state": row.state,
        "department": row.department,
        "officer": row.officer_name,
        "received": row.received.isoformat(),
        "due": row.due.isoformat(),
        "provisional": row.provisional,
        "stopped": row.stopped,
        "left": desk.calendar.between(today, row.due),
        "overdue": overdue,
    }


@petitions_app.command()
def powers(file: Annotated[Path, typer.Argument(help="CSV 或 Excel：部门、事项、关键词")]) -> None:
    """载入权责清单，代替原来的；转办时按它推荐处室。"""
    lines, problems = read_lines([file], POWERS)
    settle(problems, skip_bad=False)
    with open_services(read_settings()) as program:
        program.services.desk.routing.load_powers([power_of(line.values) for line in lines])
    typer.echo(f"已载入 {len(lines)} 项权责。")


@duty_app.command(name="import")
def import_duty(files: Files, skip_bad: SkipBad = False) -> None:
    """导入值守排班和签到。"""
    settings = read_settings()
    lines, problems = read_lines(files, DUTY)
    whole = (line for line in lines if not line.problems)
    entries = [(line, sign_in_of(line.values, settings.zone)) for line in whole]
    for line, entry in entries:
        at = entry.signed_in_at
        if at and abs(at.date() - entry.date) > timedelta(days=1):
            problems.append(line.problem("signed_in_at", f"签到时间不在 {entry.date} 这一天"))
    settle(problems, skip_bad=skip_bad)
    wrong = {(problem.file, problem.line) for problem in problems}
    good = [entry for line, entry in entries if (line.file, line.row.line) not in wrong]
    with open_services(settings) as program:
        program.services.desk.duty.load(good)
    typer.echo(f"导入 {len(good)} 天次值守。")

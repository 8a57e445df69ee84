"""knowledge calibrate: the matcher's numbers for the knowledge at hand."""

import json
from dataclasses import asdict
from typing import Annotated

import typer

from bot.cli.app import knowledge_app, print_json
from bot.config import read_settings
from bot.services import open_services, utc_now
from knowledge import calibration
from knowledge.calibration import FEWEST, Calibration, Measured

Json = Annotated[bool, typer.Option("--json", help="输出 JSON，供程序读取")]
By = Annotated[str, typer.Option("--by", help="经手人")]


@knowledge_app.command()
def calibrate(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只看结果，不保存")] = False,
    reset: Annotated[bool, typer.Option("--reset", help="改回程序自带的参数")] = False,
    by: By = "",
    as_json: Json = False,
) -> None:
    """按本单位的知识校准：每种问法单独拿出来问一遍，看多大把握才该直接回答。"""
    if reset:
        if dry_run or as_json:
            raise typer.BadParameter("--reset 直接改回原样，不能和 --dry-run、--json 一起用。")
        _take_back(by)
        return
    with open_services(read_settings()) as program:
        store = program.services.knowledge.store
        typer.echo("正在试问，要一两分钟……", err=True)
        entries = store.published()
        found = calibration.calibrate(entries, store.reactions())
        if found is None:
            typer.echo(f"问法和评价合起来不到 {FEWEST} 条，校准不了，仍用原来的参数。", err=True)
            raise typer.Exit(code=1)
        report = _values(found)
        if found.better and not dry_run:
            numbers = calibration.written(found, entries)
            with program.writing():
                store.keep_calibration(numbers, json.dumps(report), by=by, at=utc_now())
    if as_json:
        print_json(report)
    else:
        typer.echo(_text(found, kept=not dry_run))


def _take_back(by: str) -> None:
    with open_services(read_settings()) as program, program.writing():
        program.services.knowledge.store.keep_calibration("", "{}", by=by, at=utc_now())
    typer.echo("已改回程序自带的参数，运行中的服务几秒内采用。")


def _values(found: Calibration) -> dict[str, object]:
    return {
        "wordings": found.wordings,
        "pressed": found.pressed,
        "better": found.better,
        "found": round(found.weights.thresholds.found, 3),
        "before": asdict(found.before),
        "after": asdict(found.after),
    }


def _text(found: Calibration, *, kept: bool) -> str:
    if not found.better:
        end = "并不比原来好，没有保存，仍用原来的参数。"
    elif kept:
        end = "已保存，运行中的服务几秒内采用。改回原样请加 --reset。"
    else:
        end = "只是试算，没有保存。"
    lines = [
        f"试问 {found.wordings} 种问法，每种都先从知识中拿掉；"
        f"另有群众评价过的问题 {found.pressed} 个。",
        f"校准前：{_line(found.before)}",
        f"校准后：{_line(found.after)}",
        f"把握到 {found.weights.thresholds.found:.2f} 才直接回答。",
        end,
    ]
    return "\n".join(lines)


def _line(measured: Measured) -> str:
    return (
        f"直接答对 {measured.answered:.0%}，直接回答的有 {measured.precision:.1%} 答对；"
        f"整条拿掉后仍误答 {measured.let_out:.1%}"
    )

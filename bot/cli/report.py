"""report questions."""

from dataclasses import asdict
from datetime import datetime, time, timedelta
from typing import Annotated

import typer

from bot.cli.app import in_order, print_json, report_app
from bot.config import read_settings
from bot.services import open_services
from reports import QuestionFigures, question_figures

Json = Annotated[bool, typer.Option("--json", help="输出 JSON，供程序读取")]


@report_app.command()
def questions(
    start: Annotated[datetime, typer.Option("--from", formats=["%Y-%m-%d"], help="起始日期")],
    end: Annotated[datetime, typer.Option("--to", formats=["%Y-%m-%d"], help="截止日期（含当天）")],
    as_json: Json = False,
) -> None:
    """一段时间里问了多少、自助解答了多少、哪些没答上。"""
    in_order(start, end)
    settings = read_settings()
    first = datetime.combine(start.date(), time.min, settings.zone)
    after = datetime.combine(end.date(), time.min, settings.zone) + timedelta(days=1)
    with open_services(settings) as program:
        asked = program.services.knowledge.store.asked_between(first, after)
    figures = question_figures(asked)
    if as_json:
        print_json(_values(figures))
    else:
        typer.echo(_text(figures))


def _values(figures: QuestionFigures) -> dict[str, object]:
    return {
        **asdict(figures),
        "self_service_rate": figures.self_service_rate,
        "unanswered_rate": figures.unanswered_rate,
        "helpful_rate": figures.helpful_rate,
    }


def _text(figures: QuestionFigures) -> str:
    asked = figures.questions
    lines = [
        f"提问 {asked} 个",
        f"自助解答率 {_percent(figures.self_service_rate)}（{figures.self_served}/{asked}）",
        f"没答上 {_percent(figures.unanswered_rate)}（{figures.unanswered}/{asked}）",
        f"评价有帮助 {_percent(figures.helpful_rate)}（{figures.helpful}/{figures.rated}）",
    ]
    unanswered = (f"  {count} 次  {text}" for text, count in figures.most_asked_unanswered)
    return "\n".join([*lines, *(["没答上的问题："] if figures.unanswered else []), *unanswered])


def _percent(rate: float | None) -> str:
    return "—" if rate is None else f"{rate:.1%}"

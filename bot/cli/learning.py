"""knowledge gaps, suggestions, accept, reject: what questions teach."""

from datetime import datetime, time
from typing import Annotated

import typer

from bot.cli.app import knowledge_app, print_json
from bot.config import read_settings
from bot.services import Program, open_services, utc_now
from knowledge import review
from knowledge.gaps import Gap, gaps
from knowledge.store import Change, Suggestion

Json = Annotated[bool, typer.Option("--json", help="输出 JSON，供程序读取")]
By = Annotated[str, typer.Option("--by", help="经手人")]
Ids = Annotated[list[int], typer.Argument(help="建议的序号，可以写多个")]

_CHANGES = {Change.ADD: "增加问法", Change.EXCLUDE: "排除问法"}


@knowledge_app.command(name="gaps")
def show_gaps(
    since: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="从哪天起；不写则全部")
    ] = None,
    limit: Annotated[int, typer.Option(min=1, help="最多列几条")] = 20,
    as_json: Json = False,
) -> None:
    """没答上的问题，意思相同的归在一起：该补哪些条目。"""
    with open_services(read_settings()) as program:
        found = _gaps(program, since, limit)
    if as_json:
        print_json([_gap_values(gap) for gap in found])
        return
    for number, gap in enumerate(found, 1):
        typer.echo(_gap_text(number, gap))
    if not found:
        typer.echo("没有没答上的问题。")


def _gaps(program: Program, since: datetime | None, limit: int) -> list[Gap]:
    services = program.services
    first = since and datetime.combine(since.date(), time.min, services.zone)
    today = services.clock().astimezone(services.zone).date()
    return gaps(
        services.knowledge.store.unanswered(first or None),
        lambda text: services.knowledge.answer_one(text, today),
        services.zone,
        limit,
    )


def _gap_values(gap: Gap) -> dict[str, object]:
    near = gap.nearest
    return {
        "wording": gap.wording,
        "others": list(gap.others),
        "count": gap.count,
        "days": gap.days,
        "first": gap.first.isoformat(),
        "last": gap.last.isoformat(),
        "channels": list(gap.channels),
        "nearest": {"id": near.id, "question": near.question} if near else None,
        "confidence": round(gap.confidence, 4),
        "why": gap.why,
        "open": gap.open,
    }


def _gap_text(number: int, gap: Gap) -> str:
    near = f"{gap.nearest.id} {gap.nearest.question}" if gap.nearest else "无"
    lines = [
        f"{number}. {gap.wording}",
        f"   问了 {gap.count} 次，{gap.days} 天（{gap.first} 至 {gap.last}），"
        f"渠道 {'、'.join(gap.channels)}",
        *(f"   也这样问：{text}" for text in gap.others),
        f"   最相近：{near}",
        f"   {gap.why}",
    ]
    return "\n".join(lines)


@knowledge_app.command()
def suggestions(as_json: Json = False) -> None:
    """群众的点选和评价所提示的问法，等您采纳或不采纳。"""
    with open_services(read_settings()) as program, program.writing():
        found = review.suggestions(program.services.knowledge.store)
    if as_json:
        print_json([_suggestion_values(one) for one in found])
        return
    for one in found:
        typer.echo(_suggestion_text(one))
    if not found:
        typer.echo("没有待处理的建议。")


def _suggestion_values(one: Suggestion) -> dict[str, object]:
    return {
        "id": one.id,
        "change": one.change,
        "entry": one.entry_id,
        "wording": one.wording,
        "times": one.times,
        "people": one.people,
        "last_at": one.last_at.isoformat(),
    }


def _suggestion_text(one: Suggestion) -> str:
    return (
        f"{one.id}\t{_CHANGES[one.change]}\t{one.entry_id}\t{one.wording}"
        f"\t{one.times} 次，{one.people} 人"
    )


@knowledge_app.command()
def accept(ids: Ids, by: By = "") -> None:
    """采纳建议：存成草稿，发布以后才会用来回答。"""
    with open_services(read_settings()) as program, program.writing():
        chosen = review.accept(program.services.knowledge.store, ids, by=by, at=utc_now())
    typer.echo(f"已采纳 {len(chosen)} 条，存为草稿，发布后才会用来回答。")


@knowledge_app.command()
def reject(ids: Ids, by: By = "") -> None:
    """不采纳建议：以后不再提示。"""
    with open_services(read_settings()) as program, program.writing():
        chosen = review.reject(program.services.knowledge.store, ids, by=by, at=utc_now())
    typer.echo(f"已标为不采纳 {len(chosen)} 条，以后不再提示。")

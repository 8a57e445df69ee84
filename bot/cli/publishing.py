"""knowledge publish, withdraw, history, evaluate: what is answered with, and what was."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.app import knowledge_app, print_json
from bot.config import read_settings
from bot.services import Program, open_services, utc_now
from knowledge import Entry, KnowledgeBase, Status, evaluation, review
from knowledge.evaluation import Change, Figures, Result
from knowledge.files import read_files
from knowledge.golden import Golden, read_golden

Json = Annotated[bool, typer.Option("--json", help="输出 JSON，供程序读取")]
By = Annotated[str, typer.Option("--by", help="经手人")]
EntryId = Annotated[str, typer.Argument(help="条目编号")]

_STATES = {
    Status.DRAFT: "草稿",
    Status.PUBLISHED: "已发布",
    Status.SUPERSEDED: "已被新版替代",
    Status.WITHDRAWN: "已撤下",
}
DRAFT = "draft"


@knowledge_app.command()
def publish(
    ids: Annotated[list[str] | None, typer.Argument(help="条目编号；不写则全部草稿")] = None,
    by: By = "",
) -> None:
    """发布草稿：从此用来回答。草稿不能由改它的人自己发布。"""
    with open_services(read_settings()) as program, program.writing():
        done = review.publish(program.services.knowledge, ids or (), by=by, at=utc_now())
    typer.echo(f"已发布 {len(done)} 条：{'、'.join(draft.entry.id for draft in done)}。")


@knowledge_app.command()
def withdraw(
    entry_id: EntryId,
    by: By = "",
    note: Annotated[str, typer.Option(help="为什么撤下")] = "",
) -> None:
    """撤下一条：不再用来回答，各版本仍然留存。"""
    with open_services(read_settings()) as program, program.writing():
        review.withdraw(program.services.knowledge, entry_id, by=by, note=note, at=utc_now())
    typer.echo(f"已撤下 {entry_id}。")


@knowledge_app.command()
def history(entry_id: EntryId, as_json: Json = False) -> None:
    """一条的各个版本：谁在什么时候改的、发布的，为什么。"""
    settings = read_settings()
    with open_services(settings) as program:
        found = review.history(program.services.knowledge.store, entry_id)
    events = [
        {
            "version": event.version,
            "what": event.what,
            "at": event.at.astimezone(settings.zone).isoformat(timespec="seconds"),
            "by": event.who,
            "note": event.note,
        }
        for event in found.events
    ]
    both = list(zip(events, found.events, strict=True))
    if as_json:
        entries = {version.version: version.entry for version in found.versions}
        print_json([{**one, **_wording(entries[event.version])} for one, event in both])
        return
    for one, event in both:
        typer.echo(
            f"{one['at']}\t第 {event.version} 版\t{_STATES[event.what]}\t{event.who}\t{event.note}"
        )


def _wording(entry: Entry) -> dict[str, object]:
    return {
        "question": entry.question,
        "similar": entry.similar,
        "unlike": entry.unlike,
        "answer": entry.answer,
    }


@knowledge_app.command()
def evaluate(
    file: Annotated[Path, typer.Argument(help="考题 .csv：问题,编号（编号为空表示不该回答）")],
    against: Annotated[
        list[str] | None, typer.Option("--against", help="draft（默认）或待导入的文件，可多次")
    ] = None,
    as_json: Json = False,
) -> None:
    """发布前先考一遍：哪些问题会变，变好还是变坏；有原来对的变错时退出码为 1。"""
    golden = read_golden(file)
    with open_services(read_settings()) as program:
        published = program.services.knowledge.store.published()
        before = _judged(program, golden, published)
        proposed = _proposed(program, published, against or [DRAFT])
        after = _judged(program, golden, proposed)
    known = {entry.id for entry in (*published, *proposed)}
    if unknown := evaluation.unknown_ids(golden, known):
        typer.echo(f"考题里的这些编号不存在：{'、'.join(unknown)}", err=True)
    changes = evaluation.changes(before, after)
    if as_json:
        print_json(_values(before, after, changes))
    else:
        typer.echo(_text(before, after, changes))
    raise typer.Exit(code=1 if any(change.worse for change in changes) else 0)


def _proposed(program: Program, published: list[Entry], against: list[str]) -> list[Entry]:
    """What would be answered with: the newest versions, or what is published with the files."""
    files = [Path(name) for name in against if name != DRAFT]
    known = program.services.knowledge.store.latest() if DRAFT in against else published
    entries = {entry.id: entry for entry in known}
    entries.update((entry.id, entry) for entry in (read_files(files).all_good() if files else ()))
    return list(entries.values())


def _judged(program: Program, golden: list[Golden], entries: list[Entry]) -> list[Result]:
    trial = KnowledgeBase(program.services.knowledge.store)
    trial.use(entries)
    services = program.services
    today = services.clock().astimezone(services.zone).date()
    return evaluation.judge(golden, lambda text: trial.answer_one(text, today))


def _values(before: list[Result], after: list[Result], changes: list[Change]) -> dict[str, object]:
    return {
        "before": _figures(evaluation.figures(before)),
        "after": _figures(evaluation.figures(after)),
        "changes": [
            {
                "question": change.before.golden.question,
                "expected": sorted(change.before.golden.expected),
                "from": _result(change.before),
                "to": _result(change.after),
                "worse": change.worse,
            }
            for change in changes
        ],
    }


def _figures(figures: Figures) -> dict[str, object]:
    return {**asdict(figures), "precision": figures.precision}


def _result(result: Result) -> dict[str, object]:
    return {"verdict": result.verdict.name.lower(), "id": result.entry_id or None}


def _text(before: list[Result], after: list[Result], changes: list[Change]) -> str:
    lines = [
        f"现在  {_line(evaluation.figures(before))}",
        f"发布后 {_line(evaluation.figures(after))}",
        f"有变化的问题 {len(changes)} 个" + ("：" if changes else "。"),
    ]
    for change in changes:
        mark = "变坏" if change.worse else "变化"
        lines.append(
            f"{mark}\t{change.before.golden.question}\t"
            f"{_named(change.before)} → {_named(change.after)}"
        )
    return "\n".join(lines)


def _line(figures: Figures) -> str:
    precision = "—" if figures.precision is None else f"{figures.precision:.1%}"
    return (
        f"考题 {figures.questions}，回答 {figures.answered}，答对率 {precision}，"
        f"答错 {figures.wrong}，有用 {figures.useful}/{figures.in_scope}"
    )


def _named(result: Result) -> str:
    return f"{result.verdict}（{result.entry_id}）" if result.entry_id else str(result.verdict)

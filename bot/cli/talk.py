"""serve, chat, ask."""

import asyncio
import io
import sys
from collections.abc import Iterable
from time import perf_counter
from typing import Annotated, TextIO

import typer

from bot.cli.app import app, print_json
from bot.config import read_settings
from bot.services import Program, open_services
from bot.terminal import Terminal
from handlers import texts
from handlers.ask import answer_blocks, gist
from handlers.messages import Style
from knowledge import Entry, Found, NotFound, Outcome, Unsure
from knowledge.passages import quotation

Json = Annotated[bool, typer.Option("--json", help="输出 JSON，供程序读取")]


@app.command()
def serve(
    host: Annotated[str | None, typer.Option(help="网页监听地址")] = None,
    port: Annotated[int | None, typer.Option(help="网页端口")] = None,
) -> None:
    """启动网页、Telegram（配置了令牌时）和投递。"""
    from bot.serve import serve as serve_forever  # half a second that other commands need not wait

    changes = {"web_host": host, "web_port": port}
    settings = read_settings().model_copy(
        update={name: value for name, value in changes.items() if value is not None}
    )
    with open_services(settings) as program:
        asyncio.run(serve_forever(program))


@app.command()
def chat(as_json: Json = False) -> None:
    """在终端里对话；标准输入不是终端时逐行读取。"""
    with open_services(read_settings()) as program:
        Terminal(program, as_json=as_json).run(_input(), sys.stdout)


@app.command()
def ask(
    question: Annotated[str | None, typer.Argument(help="问题")] = None,
    as_json: Json = False,
    stdin: Annotated[bool, typer.Option("--stdin", help="从标准输入读，每行一个问题")] = False,
    explain: Annotated[bool, typer.Option("--explain", help="说明为什么这样回答")] = False,
) -> None:
    """问一个问题（不记上下文）。"""
    if question is None and not stdin:
        raise typer.BadParameter("请写下问题，或者用 --stdin 逐行输入。")
    lines: Iterable[str] = _input() if stdin else [_readable(question or "")]
    with open_services(read_settings()) as program:
        if explain:
            typer.echo("\n".join(program.services.knowledge.explain(question or "")))
            return
        for line in lines:
            _ask_one(program, line.strip(), as_json=as_json)


def _input() -> TextIO:
    """Standard input; bytes that are no text come as �, whatever the locale would have made."""
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(errors="replace")
    return sys.stdin


def _readable(argument: str) -> str:
    """The same for an argument."""
    return argument.encode("utf-8", "replace").decode("utf-8")


def _ask_one(program: Program, question: str, *, as_json: bool) -> None:
    services = program.services
    started = perf_counter()
    today = services.clock().astimezone(services.zone).date()
    outcome = services.knowledge.answer_one(question, today)
    milliseconds = round((perf_counter() - started) * 1000, 3)
    if as_json:
        print_json({**outcome_json(outcome, question), "ms": milliseconds})
    else:
        typer.echo(outcome_text(outcome, question))


def outcome_text(outcome: Outcome, question: str) -> str:
    """An outcome for people."""
    match outcome:
        case Found(entry=entry):
            blocks = answer_blocks(entry, question)
            return "\n".join(block.plain for block in blocks if block.style is not Style.TITLE)
        case Unsure(offered=offered):
            lines = (
                f"{n}. {c.entry.question}\n   {gist(question, c.entry.answer)}"
                for n, c in enumerate(offered, 1)
            )
            return "\n".join([texts.DID_YOU_MEAN, *lines])
        case NotFound(elsewhere=Entry() as there):
            return f"{there.answer}\n{texts.source_line(there.source)}"
        case _:
            return texts.NOT_FOUND


def outcome_json(outcome: Outcome, question: str) -> dict[str, object]:
    """An outcome in the shape that other tools read; of a long answer with the nearest sentence."""
    answer = outcome.entry.answer if isinstance(outcome, Found) else None
    shown = outcome.offered if isinstance(outcome, Unsure) else outcome.candidates[:3]
    return {
        "decision": decision(outcome),
        "confidence": round(outcome.confidence, 4),
        "answer": answer,
        "quote": (answer and quotation(question, answer)) or None,
        "candidates": [
            {
                "id": c.entry.id,
                "question": c.entry.question,
                "score": round(c.score, 4),
                "source": _source(c.entry),
            }
            for c in shown
        ],
    }


def decision(outcome: Outcome) -> str:
    """What is done with the question."""
    names = {Found: "answer", Unsure: "clarify", NotFound: "escalate"}
    return names[type(outcome)]


def _source(entry: Entry) -> dict[str, str]:
    source = entry.source
    return {
        "title": source.title,
        "number": source.number,
        "issuer": source.issuer,
        "date": source.date.isoformat() if source.date else "",
        "url": source.url,
        "article": source.article,
    }

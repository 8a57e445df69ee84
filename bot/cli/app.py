"""The Typer applications that the command modules hang their commands on."""

import json
from typing import Any

import typer

app = typer.Typer(
    name="zhengwen",
    help="政问：回答群众提问，答不上来的登记转办。",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
knowledge_app = typer.Typer(help="知识库：导入、导出、检查。", no_args_is_help=True)
petitions_app = typer.Typer(help="事项：期限明细。", no_args_is_help=True)
user_app = typer.Typer(help="工作人员：增加、列出、停用。", no_args_is_help=True)
duty_app = typer.Typer(help="值守：导入排班和签到。", no_args_is_help=True)
report_app = typer.Typer(help="统计和报告：提问和解答、月度考核。", no_args_is_help=True)
app.add_typer(report_app, name="report")
app.add_typer(knowledge_app, name="knowledge")
app.add_typer(petitions_app, name="petitions")
app.add_typer(user_app, name="user")
app.add_typer(duty_app, name="duty")


def print_json(value: Any) -> None:
    """One JSON value on one line, for programs."""
    typer.echo(json.dumps(value, ensure_ascii=False))

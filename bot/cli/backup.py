"""backup, restore."""

from pathlib import Path
from typing import Annotated

import typer

from bot.backup import back_up
from bot.backup import restore as put_back
from bot.cli.app import app
from bot.config import read_settings
from bot.services import utc_now

Force = Annotated[bool, typer.Option("--force", help="文件已经存在也照做")]


@app.command()
def backup(
    file: Annotated[Path, typer.Argument(help="备份到哪个文件")], force: Force = False
) -> None:
    """备份数据库和密钥；程序运行时也可以。"""
    with_key = back_up(read_settings(), file, force=force)
    key = f"，密钥在“{file}.key”" if with_key else "；密钥由 SECRET_KEY 设定，请另外保存"
    typer.echo(f"已备份到“{file}”{key}。请一起放到安全的地方。")


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(help="用哪个备份文件")], force: Force = False
) -> None:
    """用备份恢复数据库：先检查完整，再替换；请先停下程序。"""
    done = put_back(read_settings(), file, force=force, now=utc_now())
    typer.echo(f"已恢复，共 {done.cases} 件事项，历史完整。")
    if done.aside:
        typer.echo(f"原来的数据库改名为“{done.aside}”，确认无误后请自行删除。")
    if not done.with_key:
        typer.echo("备份里没有密钥：如果密钥变了，网页用户要重新开始对话。")

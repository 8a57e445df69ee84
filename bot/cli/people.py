"""user add, list, change, password, absent, back, disable; verify."""

import sys
from dataclasses import replace
from getpass import getpass
from typing import Annotated, Any

import typer

from bot.cli.app import app, print_json, user_app
from bot.config import read_settings
from bot.services import open_services, utc_now
from petitions import Role

Json = Annotated[bool, typer.Option("--json", help="输出 JSON，供程序读取")]


@user_app.command(name="add")
def add_user(
    name: Annotated[str, typer.Argument(help="姓名，也是登录名")],
    role: Annotated[str, typer.Option(help="staff supervisor admin duty，或中文")],
    department: Annotated[str, typer.Option(help="处室")],
    telegram: Annotated[str | None, typer.Option(help="Telegram 用户编号")] = None,
    password_stdin: Annotated[
        bool, typer.Option("--password-stdin", help="从标准输入读密码")
    ] = False,
) -> None:
    """增加一个工作人员。"""
    password = _password(asked=password_stdin)
    with open_services(read_settings()) as program, program.writing():
        user = program.services.desk.people.add(
            name,
            role=Role.parse(role),
            department=department,
            at=utc_now(),
            telegram=telegram,
            password=password,
        )
    signs_in = "可以登录网页" if password else "没有设密码，不能登录网页"
    typer.echo(f"已增加{user.role.label}{user.name}（{user.department}），{signs_in}。")


def _password(*, asked: bool) -> str | None:
    """From standard input if asked for; from a person at a terminal otherwise, empty: none."""
    if asked:
        return sys.stdin.readline().rstrip("\n")
    return getpass("密码（不设就直接回车）：") or None if sys.stdin.isatty() else None


@user_app.command()
def change(
    name: Annotated[str, typer.Argument(help="姓名")],
    role: Annotated[str | None, typer.Option(help="staff supervisor admin duty，或中文")] = None,
    department: Annotated[str | None, typer.Option(help="处室")] = None,
    telegram: Annotated[str | None, typer.Option(help="Telegram 用户编号；空的取消绑定")] = None,
) -> None:
    """改角色、处室或 Telegram；没有写的不变。"""
    given = {
        "role": Role.parse(role) if role else None,
        "department": department.strip() if department else None,
    }
    changes: dict[str, Any] = {key: value for key, value in given.items() if value}
    if telegram is not None:
        changes["telegram"] = telegram.strip() or None
    with open_services(read_settings()) as program, program.writing():
        people = program.services.desk.people
        user = people.change(replace(people.named(name), **changes))
    bound = f"，Telegram {user.telegram}" if user.telegram else ""
    typer.echo(f"{user.name}现在是{user.role.label}（{user.department}）{bound}。")


@user_app.command()
def password(
    name: Annotated[str, typer.Argument(help="姓名")],
    password_stdin: Annotated[
        bool, typer.Option("--password-stdin", help="从标准输入读密码")
    ] = False,
) -> None:
    """换密码；输错太多次被锁住的也随之解开。"""
    new = _password(asked=password_stdin)
    if not new:
        raise typer.BadParameter("请输入新密码，或者用 --password-stdin 从标准输入读。")
    with open_services(read_settings()) as program, program.writing():
        program.services.desk.people.set_password(name, new)
    typer.echo(f"{name}的密码已换。")


@user_app.command()
def absent(
    name: Annotated[str, typer.Argument(help="姓名")],
    deputy: Annotated[str, typer.Option(help="代理人的姓名")],
) -> None:
    """登记不在岗；代理人替他办理，也替他收提醒。"""
    with open_services(read_settings()) as program, program.writing():
        program.services.desk.people.leave(name, deputy=deputy)
    typer.echo(f"{name}不在岗，由{deputy}代理。")


@user_app.command()
def back(name: Annotated[str, typer.Argument(help="姓名")]) -> None:
    """登记回到岗位，代理结束。"""
    with open_services(read_settings()) as program, program.writing():
        program.services.desk.people.back(name)
    typer.echo(f"{name}已经回到岗位。")


@user_app.command(name="list")
def list_users(as_json: Json = False) -> None:
    """列出工作人员。"""
    with open_services(read_settings()) as program:
        users = program.services.desk.people.all()
    if as_json:
        print_json(
            [
                {
                    "id": user.id,
                    "name": user.name,
                    "role": user.role,
                    "department": user.department,
                    "telegram": user.telegram,
                    "active": user.active,
                    "absent": user.absent,
                }
                for user in users
            ]
        )
        return
    for user in users:
        left = "" if user.active else " 已停用"
        left += " 不在岗" if user.absent else ""
        typer.echo(f"{user.name} {user.role.label} {user.department}{left}")


@user_app.command()
def disable(name: Annotated[str, typer.Argument(help="姓名")]) -> None:
    """停用一个工作人员；他办过的事项不变。"""
    with open_services(read_settings()) as program, program.writing():
        program.services.desk.people.disable(name)
    typer.echo(f"已停用{name}。")


@app.command()
def verify(
    rebuild: Annotated[bool, typer.Option("--rebuild", help="按事件重算列表用的数据")] = False,
) -> None:
    """检查事项的历史有没有被改动、缺失或者打乱。"""
    with open_services(read_settings()) as program:
        queue = program.services.desk.queue
        broken = [str(one) for one in queue.verify()]
        if rebuild:
            typer.echo(f"重算了 {queue.rebuild()} 件事项的列表数据。")
        broken += [
            f"{one.number} 的列表数据与历史不符（{'、'.join(one.columns)}）"
            for one in queue.check()
        ]
    for line in broken:
        typer.echo(line)
    if broken:
        raise typer.Exit(1)
    typer.echo("历史完整，没有发现改动。")

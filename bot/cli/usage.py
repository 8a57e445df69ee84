"""What is wrong with a command line, in one plain sentence. Typer says it in English."""

import re
from collections.abc import Callable

from typer.exceptions import TyperException

_HELP = "加上 --help 可以看写法。"
_UNREADABLE = f"命令写得不对。{_HELP}"
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_INVALID = re.compile(r"Invalid value for '?([^':]+)'?: (.*)", re.DOTALL)

_Say = Callable[[re.Match[str]], str]
_WRONG: tuple[tuple[re.Pattern[str], _Say], ...] = (
    (re.compile(r"No such command '(.*?)'"), lambda m: f"没有“{m[1]}”这个命令"),
    (re.compile(r"No such option: (\S+)"), lambda m: f"没有 {m[1]} 这个选项"),
    (re.compile(r"Option '(.*?)' requires"), lambda m: f"{m[1]} 后面没有写内容"),
    (re.compile(r"Option '(.*?)' does not take a value"), lambda m: f"{m[1]} 后面不写内容"),
    (re.compile(r"Got unexpected extra argument\S* \((.*)\)"), lambda m: f"多写了“{m[1]}”"),
    (re.compile(r"Missing command"), lambda _: "没有写要做什么"),
)
_VALUES: tuple[tuple[re.Pattern[str], _Say], ...] = (
    (re.compile(r"valid integer|fractional part"), lambda _: "要写整数"),
    (re.compile(r"valid number"), lambda _: "要写数"),
    (re.compile(r"greater than or equal to (\S+)"), lambda m: f"不能小于 {m[1]}"),
    (re.compile(r"less than or equal to (\S+)"), lambda m: f"不能大于 {m[1]}"),
    (re.compile(r"does not match the formats? '%Y-%m-%d'"), lambda _: "要写成 2026-11-24 这样"),
    (re.compile(r"does not match the formats? '%Y-%m'"), lambda _: "要写成 2026-11 这样"),
    (re.compile(r"(?:is not one of|Input should be) ('.*)"), lambda m: f"可以写 {_listed(m[1])}"),
)


def wrong_usage(exc: TyperException) -> str:
    """The sentence: what is wrong and, unless it is our own, where to look."""
    told = exc.format_message()
    if told.startswith("Missing ") and (missing := _missing(exc, told)):
        return f"{missing}。{_HELP}"
    if invalid := _INVALID.match(told):
        return _invalid(invalid[1], invalid[2])
    if said := _said(_WRONG, told):
        return f"{said}。{_HELP}"
    return exc.message if _CHINESE.search(exc.message) else _UNREADABLE


def _missing(exc: TyperException, told: str) -> str:
    """An option or argument that has to be there, with what its help says of it."""
    found = re.match(r"Missing (?:option|argument|parameter) '(.*?)'", told)
    about = getattr(getattr(exc, "param", None), "help", None)
    return f"没有写 {found[1]}{f'（{about}）' if about else ''}" if found else ""


def _invalid(name: str, why: str) -> str:
    """A value that does not fit; ours is a sentence of its own."""
    if said := _said(_VALUES, why):
        return f"{name} 写得不对：{said}。{_HELP}"
    return why if _CHINESE.search(why) else f"{name} 写得不对。{_HELP}"


def _said(table: tuple[tuple[re.Pattern[str], _Say], ...], told: str) -> str:
    found = ((pattern.search(told), say) for pattern, say in table)
    return next((say(match) for match, say in found if match), "")


def _listed(choices: str) -> str:
    """'a', 'b' or 'c' → a、b、c"""
    return "、".join(re.findall(r"'(.*?)'", choices))

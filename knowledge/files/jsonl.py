"""JSON Lines: one object a line. Full entries, and the bare shape that `knowledge match` reads."""

import json
from collections.abc import Iterable, Iterator

from knowledge.entries import Entry
from knowledge.errors import Problem
from knowledge.files.cells import shown
from knowledge.files.columns import COLUMNS, REQUIRED, Column, Value, find_column
from knowledge.files.intake import MOST_ROWS, decoded
from knowledge.files.rows import Cell, Placed, Row


class _Object(tuple[tuple[str, object], ...]):  # keeps a key that is given twice, unlike a dict
    __slots__ = ()


_NOTHING: tuple[object, ...] = ("", None, [])  # most columns of most entries
_decoder = json.JSONDecoder(object_pairs_hook=_Object)


def rows(data: bytes, file: str) -> Iterator[Row | Problem]:
    """The lines as rows; blank lines are ignored."""
    for number, line in _lines(data):
        if number > MOST_ROWS:
            yield Problem(file=file, line=number, column=1, text=f"最多 {MOST_ROWS} 行，请拆分")
            return
        try:
            yield _row(number, line, file)
        except _Misplaced as misplaced:
            yield Problem(file=file, line=number, column=misplaced.column, text=misplaced.text)


class _Misplaced(Exception):
    def __init__(self, column: int, text: str) -> None:
        super().__init__(column, text)
        self.column = column
        self.text = text


def _lines(data: bytes) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(decoded(data).split("\n"), start=1):
        if line and not line.isspace():
            yield number, line


def _row(number: int, line: str, file: str) -> Row:
    seen: set[Column] = set()
    cells = []
    for key, value in _parsed(line):
        column = find_column(key)
        if column is None:
            raise _Misplaced(_where(line, key), f"没有“{key}”这一列，请改名或删除")
        if column in seen:
            raise _Misplaced(_where(line, key), f"「{column.heading}」出现了两次，请只留一个")
        seen.add(column)
        if value not in _NOTHING or column.name in REQUIRED:
            cells.append(Cell(column, value, number, _where(line, key)))
    return Row(line=number, cells=tuple(cells))


def _where(line: str, key: str) -> int:
    return line.find(f'"{key}"') + 1 or 1  # a key written with \\u escapes is not found


def _parsed(line: str) -> _Object:
    try:
        value = _decoder.decode(line)
    except json.JSONDecodeError as wrong:
        text = "不是正确的 JSON，请检查此处前后的引号、逗号和括号"
        raise _Misplaced(wrong.colno, text) from None
    except (ValueError, RecursionError):  # a number of 5,000 digits, brackets 1,000 deep
        raise _Misplaced(1, "不是正确的 JSON") from None
    if not isinstance(value, _Object):
        raise _Misplaced(1, "每行应当是一个 {…}，里面是列名和内容")
    return value


def bare_entries(data: bytes, file: str) -> Iterator[Placed | Problem]:
    """Entries of the shape id, question, answer, similar; either text may be empty.

    Other keys are not read: such files are made by other programs, for measuring.
    """
    for number, line in _lines(data):
        try:
            yield Placed(entry=_bare(_parsed(line)), line=number)
        except _Misplaced as misplaced:
            yield Problem(file=file, line=number, column=misplaced.column, text=misplaced.text)


def _bare(pairs: _Object) -> Entry:
    given = dict(pairs)
    similar = given.get("similar") or []
    if not isinstance(similar, list):
        raise _Misplaced(1, "similar 应当是列表")
    name, question, answer, *others = (
        _text(value)
        for value in (given.get("id"), given.get("question"), given.get("answer"), *similar)
    )
    return Entry(id=name, question=question, answer=answer, similar=tuple(others))


def _text(value: object) -> str:
    if value is not None and not isinstance(value, str):
        raise _Misplaced(1, "id、question、answer 和 similar 里的每一项都应当是文字")
    try:
        (value or "").encode()
    except UnicodeEncodeError:
        raise _Misplaced(1, "有不完整的字符（\\ud83d 一类的半个字），请改正") from None
    return value or ""


def encoded(entries: Iterable[Entry]) -> bytes:
    """The entries, every column in each line, so that people see what can be filled in."""
    lines = (
        json.dumps(
            {column.name: _plain(column.of(entry)) for column in COLUMNS}, ensure_ascii=False
        )
        for entry in entries
    )
    return "".join(line + "\n" for line in lines).encode()


def _plain(value: Value) -> str | list[str]:
    return list(value) if isinstance(value, tuple) else shown(value)

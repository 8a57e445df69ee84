"""The guide in Markdown: # title, ## chapter, ### question, - 键:值, answer."""

import re
from collections.abc import Iterable, Iterator

from knowledge.entries import Entry
from knowledge.errors import Problem
from knowledge.files.guide import TITLE, Block, keyed_lines, one_line, rows_of, section_of
from knowledge.files.intake import decoded
from knowledge.files.rows import Row

_HEADING = re.compile(r"\s*(#{1,6})(?!#)\s*(.*)")
_BULLET = re.compile(r"\s*[-*+•]\s*(.*)")
_ESCAPED = re.compile(r"^(\s*)\\(?=[#\\\-*+])")
_TO_ESCAPE = re.compile(r"^(\s*)(?=[#\\])")


def rows(data: bytes, file: str) -> Iterator[Row | Problem]:
    """The questions of the guide."""
    return rows_of(_blocks(decoded(data)), file)


def _blocks(text: str) -> Iterator[Block]:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for number, line in enumerate(lines, start=1):
        yield _block(number, line)


def _block(number: int, line: str) -> Block:
    if heading := _HEADING.fullmatch(line):
        level = len(heading[1])
        if level > 3:
            return Block(line=number, text=line, fault="标题最多三级：# 标题、## 章节、### 问题")
        return Block(line=number, text=heading[2], level=level)
    bullet = _BULLET.fullmatch(line)
    return Block(
        line=number, text=_ESCAPED.sub(r"\1", line), apart=bullet[1].rstrip() if bullet else None
    )


def encoded(entries: Iterable[Entry]) -> bytes:
    """The guide as Markdown."""
    lines = [f"# {TITLE}", ""]
    section = None
    for entry in entries:
        if section_of(entry) != section:
            section = section_of(entry)
            lines += [f"## {section}", ""]
        lines += _passage(entry)
    return "\n".join(lines).encode()


def _passage(entry: Entry) -> list[str]:
    answer = (_TO_ESCAPE.sub(r"\1\\", line) for line in entry.answer.split("\n"))
    keyed = (f"- {line}" for line in keyed_lines(entry))
    return [f"### {one_line(entry.question)}", "", *keyed, "", *answer, ""]

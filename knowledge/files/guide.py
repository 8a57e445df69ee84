"""The disclosure guide as blocks of text under headings, whether from Markdown or from Word.

A guide has a title and an introduction, which are not answered with, then chapters, and in each
chapter questions, each with some lines of 键:值 and the answer below them.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from knowledge.entries import Entry
from knowledge.errors import Problem
from knowledge.files.cells import Unfit, shown, value_of
from knowledge.files.columns import COLUMNS, REQUIRED, Column, column_named, find_column
from knowledge.files.rows import Cell, Row, topic_of

TITLE = "政府信息公开指南"
CHAPTER, QUESTION = 2, 3  # levels of headings; 1 is the title

_KEYED = re.compile(r"([^:\uff1a\s]{1,20})\s*[:\uff1a]\s*(.*)")


@dataclass(frozen=True, kw_only=True)
class Block:
    """A line of Markdown or a paragraph of Word; level 1 to 3 for a heading, else 0."""

    line: int
    text: str
    level: int = 0
    apart: str | None = None  # the text if it is set apart as 键:值 is: a bullet, a style
    fault: str = ""  # why it cannot be part of an answer

    def keyed(self) -> tuple[Column | None, str, str] | None:
        """Column, key and value of a line of 键:值; the column is None if the key is unknown."""
        found = _KEYED.fullmatch(self.text if self.apart is None else self.apart)
        if not found:
            return None
        column = find_column(found[1])
        return (None if column and column.name in REQUIRED else column), found[1], found[2]


@dataclass(frozen=True, kw_only=True)
class _Part:
    """A heading and what stands below it, up to the next heading."""

    heading: Block
    body: tuple[Block, ...]
    section: str


def rows_of(blocks: Iterable[Block], file: str) -> Iterator[Row | Problem]:
    """The questions of the guide; the introduction is passed over."""
    parts = list(_parts(blocks))
    if not any(part.heading.level == QUESTION for part in parts):
        raise Unfit("找不到问题：章节要用二级标题，问题要用三级标题（Word 里是样式“标题 3”）")
    for part in parts:
        if part.heading.level == QUESTION:
            yield from _passage(part, file)
        if part.heading.level == CHAPTER:
            yield from _outside(part, file)


def _parts(blocks: Iterable[Block]) -> Iterator[_Part]:
    heading, body, section = Block(line=1, text="", level=1), list[Block](), ""
    for block in blocks:
        if not block.level:
            body.append(block)
            continue
        yield _Part(heading=heading, body=tuple(body), section=section)
        heading, body = block, []
        section = {1: "", CHAPTER: block.text.strip()}.get(block.level, section)
    yield _Part(heading=heading, body=tuple(body), section=section)


def _outside(part: _Part, file: str) -> Iterator[Problem]:
    """Text of a chapter that belongs to no question: it would be lost without a word."""
    first = next((block for block in part.body if block.text.strip()), None)
    if first:
        text = "这段文字不在任何问题下面，不会用来回答，请移到某个问题（三级标题）下面或第一章之前"
        yield Problem(file=file, line=first.line, column=1, text=text)


def _passage(part: _Part, file: str) -> Iterator[Row | Problem]:
    body = _without_blank_ends(part.body)
    lines = _keyed_lines(body)
    answer = _without_blank_ends(body[len(lines) :])
    wrong = [*_section_faults(part, file), *_key_faults(lines, file), *_block_faults(answer, file)]
    if wrong:
        yield from wrong
        return
    at = answer[0].line if answer else part.heading.line
    cells = [
        Cell(column_named("question"), part.heading.text, part.heading.line, 1),
        Cell(column_named("answer"), "\n".join(block.text for block in answer), at, 1),
    ]
    for line in lines:
        match line.keyed():
            case (Column() as column, _, value):
                cells.append(Cell(column, value, line.line, 1))
    yield Row(line=part.heading.line, cells=tuple(cells), section=part.section)


def _without_blank_ends(body: Sequence[Block]) -> Sequence[Block]:
    full = [index for index, block in enumerate(body) if block.text.strip() or block.fault]
    return body[full[0] : full[-1] + 1] if full else ()


def _keyed_lines(body: Sequence[Block]) -> Sequence[Block]:
    """The lines of 键:值 at the top; none if no key is ours: then it is the answer's own list."""
    apart = bool(body) and body[0].apart is not None
    lines = list(
        takewhile(lambda block: (block.apart is not None) == apart and block.keyed(), body)
    )
    known = [index for index, line in enumerate(lines) if _column(line)]
    if not known:
        return ()
    # 注意:… may begin an answer; set apart like the others it is a key with a typing error.
    return lines if apart else lines[: known[-1] + 1]


def _column(line: Block) -> Column | None:
    keyed = line.keyed()
    return keyed[0] if keyed else None


def _key_faults(lines: Sequence[Block], file: str) -> Iterator[Problem]:
    seen: set[Column] = set()
    for line in lines:
        match line.keyed():
            case (None, key, _):
                text = f"没有“{key}”这一项，请改名；如果它属于答案，请在前面空一行"
                yield Problem(file=file, line=line.line, column=1, text=text)
            case (Column() as column, key, _) if column in seen:
                text = f"“{key}”出现了两次，请只留一个"
                yield Problem(file=file, line=line.line, column=1, text=text)
            case (Column() as column, _, _):
                seen.add(column)


def _section_faults(part: _Part, file: str) -> Iterator[Problem]:
    text = ""
    if not part.section:
        text = "这个问题不属于任何章节，请在前面加上章节名（二级标题）"
    try:
        value_of(column_named("topic"), part.section)
    except Unfit as reason:
        text = f"章节名“{part.section}”：{reason}"
    if text:
        yield Problem(file=file, line=part.heading.line, column=1, text=text)


def _block_faults(body: Sequence[Block], file: str) -> Iterator[Problem]:
    for block in body:
        if block.fault:
            yield Problem(file=file, line=block.line, column=1, text=block.fault)


def section_of(entry: Entry) -> str:
    """The chapter an entry is written under; a guide has no question outside of one."""
    return one_line(entry.section or entry.topic or "其他")


def keyed_lines(entry: Entry) -> list[str]:
    """The lines of 键:值 below an entry's question, without those that say nothing."""
    lines = [f"编号:{one_line(entry.id)}"]
    for column in COLUMNS[1:]:
        value = one_line(shown(column.of(entry)))
        usual = topic_of(section_of(entry)) if column.name == "topic" else ""
        if column.name not in REQUIRED and value != usual:
            lines.append(f"{column.heading}:{value}")
    return lines


def one_line(text: str) -> str:
    """The text as a heading or a key's value can hold it."""
    return " ".join(text.splitlines())

"""Entries to files: the ending decides the format and which collection it is for."""

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from knowledge.entries import Entry
from knowledge.errors import CannotWrite, Problem
from knowledge.files.cells import shown
from knowledge.files.columns import COLUMNS
from knowledge.files.formats import Format, format_of
from knowledge.files.saving import save

_NOT_XML = re.compile(r"[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")


def write_entries(path: Path, entries: Iterable[Entry]) -> int:
    """Write those entries that belong in a file of this ending, and say how many they were.

    .jsonl, .csv and .xlsx hold the FAQ, .md and .docx the guide, in the order given.
    """
    form = format_of(path)
    chosen = [entry for entry in entries if entry.collection is form.collection]
    if problems := list(_problems(chosen, form, str(path))):
        raise CannotWrite(problems)
    save(path, form.encoded(chosen))
    return len(chosen)


def _problems(entries: Sequence[Entry], form: Format, file: str) -> Iterator[Problem]:
    """What the program that opens the file could not hold, and would drop without a word."""
    for entry in entries:
        for column in COLUMNS:
            if reason := _reason(shown(column.of(entry)), form):
                text = f"编号 {entry.id} 的「{column.heading}」{reason}"
                yield Problem(file=file, line=0, column=0, text=text, entry_id=entry.id)


def _reason(text: str, form: Format) -> str:
    if form.longest_cell and _units(text) > form.longest_cell:
        return f"太长，Excel 一格最多 {form.longest_cell} 个字，请改用 .jsonl"
    if form.is_xml and _NOT_XML.search(text):
        return "含有看不见的控制字符，请先在原文中删掉"
    return ""


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", errors="surrogatepass")) // 2

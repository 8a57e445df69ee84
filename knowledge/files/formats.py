"""The kinds of file we read and write: one table for both directions."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from knowledge.entries import Collection, Entry
from knowledge.errors import Problem, UnknownFormat
from knowledge.files import csvfile, jsonl, markdown
from knowledge.files.intake import LARGEST_OFFICE, LARGEST_TEXT
from knowledge.files.rows import Row


@dataclass(frozen=True, kw_only=True)
class Format:
    """How a kind of file is read and written, and what it can hold."""

    collection: Collection
    rows: Callable[[bytes, str], Iterator[Row | Problem]]
    encoded: Callable[[Iterable[Entry]], bytes]
    largest: int = LARGEST_TEXT  # bytes that are read
    is_xml: bool = False  # and so cannot hold control characters
    longest_cell: int | None = None  # in UTF-16 units, as Excel counts


def _office(module: str, name: str) -> Callable[..., Any]:
    """A function of a module of ours that is loaded when a file needs it."""
    return lambda *given: getattr(import_module(f"knowledge.files.{module}"), name)(*given)


FORMATS = {
    ".jsonl": Format(collection=Collection.FAQ, rows=jsonl.rows, encoded=jsonl.encoded),
    ".csv": Format(
        collection=Collection.FAQ, rows=csvfile.rows, encoded=csvfile.encoded, longest_cell=32_767
    ),
    ".xlsx": Format(
        collection=Collection.FAQ,
        rows=_office("excel", "rows"),
        encoded=_office("excel", "encoded"),
        largest=LARGEST_OFFICE,
        is_xml=True,
        longest_cell=32_767,
    ),
    ".md": Format(collection=Collection.GUIDE, rows=markdown.rows, encoded=markdown.encoded),
    ".docx": Format(
        collection=Collection.GUIDE,
        rows=_office("word", "rows"),
        encoded=_office("wordout", "encoded"),
        largest=LARGEST_OFFICE,
        is_xml=True,
    ),
}


def format_of(path: Path) -> Format:
    """The kind of file by its ending."""
    try:
        return FORMATS[path.suffix.lower()]
    except KeyError:
        raise UnknownFormat(str(path)) from None

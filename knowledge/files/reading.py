"""Files to entries: every problem of every file at once, each with its place."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from knowledge.entries import Entry
from knowledge.errors import BadFile, Problem
from knowledge.files import jsonl
from knowledge.files.cells import Unfit
from knowledge.files.formats import Format, format_of
from knowledge.files.intake import LARGEST_MEASURED, LARGEST_TEXT, decoded, read_bytes
from knowledge.files.rows import Placed, placed_entries


@dataclass(frozen=True, kw_only=True)
class Loaded:
    """The good entries of some files, in order, and what is wrong with the others."""

    entries: tuple[Entry, ...]
    problems: tuple[Problem, ...]

    def all_good(self) -> list[Entry]:
        """The entries, if nothing at all is wrong; otherwise raises BadFile."""
        if self.problems:
            raise BadFile(self.problems)
        return list(self.entries)


def read_entries(path: Path) -> list[Entry]:
    """The entries of one file in order; raises BadFile with all its problems."""
    return read_files([path]).all_good()


def read_files(paths: Iterable[Path]) -> Loaded:
    """The entries of several files; an id may come once in all of them.

    The caller decides what problems mean: `all_good()` takes all or nothing, `entries` are
    those to take with --skip-bad. Raises UnknownFormat before any file is read.
    """
    formats = [(path, format_of(path)) for path in paths]
    gathering = _Gathering()
    for path, form in formats:
        for item in _items(path, form):
            gathering.take(item, str(path))
    return gathering.loaded()


def _items(path: Path, form: Format) -> Iterator[Placed | Problem]:
    file = str(path)
    try:
        rows = form.rows(read_bytes(path, at_most=form.largest), file)
        yield from placed_entries(rows, file, form.collection)
    except Unfit as reason:
        yield _whole_file(path, reason)


def read_text(path: Path) -> str:
    """A text file as people save it, in whatever encoding; raises BadFile."""
    try:
        return decoded(read_bytes(path, at_most=LARGEST_TEXT))
    except Unfit as reason:
        raise BadFile([_whole_file(path, reason)]) from None


def _whole_file(path: Path, reason: Unfit) -> Problem:
    return Problem(file=str(path), line=0, column=0, text=str(reason))


@dataclass(kw_only=True)
class _Gathering:
    entries: list[Entry] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    places: dict[str, str] = field(default_factory=dict)  # where each id came first

    def loaded(self) -> Loaded:
        return Loaded(entries=tuple(self.entries), problems=tuple(self.problems))

    def take(self, item: Placed | Problem, file: str) -> None:
        if isinstance(item, Problem):
            self.problems.append(item)
            return
        name = item.entry.id
        if name in self.places:
            text = f"编号“{name}”与 {self.places[name]}重复，请换一个编号或删除重复的问题"
            self.problems.append(
                Problem(file=file, line=item.line, column=1, text=text, entry_id=name)
            )
            return
        self.places[name] = f"{file} 第 {item.line} 行"
        self.entries.append(item.entry)


def read_faq(path: Path) -> list[Entry]:
    """The entries of a .jsonl made for measuring: id, question, answer, similar.

    Either text may be empty, any text is an id but comes once, no wording is judged, other keys
    are not read.
    """
    gathering = _Gathering()
    try:
        for item in jsonl.bare_entries(read_bytes(path, at_most=LARGEST_MEASURED), str(path)):
            gathering.take(item, str(path))
    except Unfit as reason:
        raise BadFile([_whole_file(path, reason)]) from None
    return gathering.loaded().all_good()

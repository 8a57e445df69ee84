"""What entries say, folded, in one piece: to be indexed, and to be compared with a question.

Two bytes a character and no string of its own for each text, as there may be millions of them.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from knowledge import terms
from knowledge.entries import Entry
from knowledge.postings import Chunk
from knowledge.terms import Ints
from knowledge.text import document_numbers, fold_all

_NUMBERED = re.compile(r"\d\s*号")  # in whatever holds a document number
_CHUNK = 1_000  # entries worked on at a time: what is sorted stays in the processor's cache


@dataclass(frozen=True, kw_only=True)
class Texts:
    """What entries say, folded: each wording on a line of its own, then answer, source, section."""

    data: bytes  # UTF-16, a line break after every line
    ends: Ints  # of each entry in units, a 0 before the first
    lines: Ints  # of each entry
    documents: tuple[tuple[int, int], ...]  # place, term of a document number
    told: int  # characters of all last lines

    @property
    def asked(self) -> int:
        """Characters of all other lines."""
        return len(self.data) // 2 - int(self.lines.sum()) - self.told

    @classmethod
    def of(cls, entries: Sequence[Entry]) -> "Texts":
        """Fold some entries."""
        data, ends, told = bytearray(), [np.zeros(1, dtype=np.int64)], 0
        lines = np.array([len(entry.wordings) + 1 for entry in entries], dtype=np.int64)
        for first in range(0, len(entries), _CHUNK):
            chunk = slice(first, first + _CHUNK)
            folded = fold_all(line for entry in entries[chunk] for line in _lines(entry))
            units = terms.units_of(folded)
            breaks = np.flatnonzero(units == terms.LINE)
            last = np.cumsum(lines[chunk]) - 1
            ends.append(len(data) // 2 + breaks[last] + 1)
            told += int(np.diff(breaks, prepend=-1)[last].sum()) - len(last)
            data += units.tobytes()
        return cls(
            data=bytes(data),
            ends=np.concatenate(ends),
            lines=lines,
            documents=tuple(
                (place, number)
                for place, entry in enumerate(entries)
                for number in _documents(entry)
            ),
            told=told,
        )

    def followed_by(self, other: "Texts") -> "Texts":
        """Both, as if folded together."""
        ends = np.concatenate([self.ends, self.ends[-1] + other.ends[1:]])
        shifted = ((len(self) + place, number) for place, number in other.documents)
        return Texts(
            data=self.data + other.data,
            ends=ends,
            lines=np.concatenate([self.lines, other.lines]),
            documents=(*self.documents, *shifted),
            told=self.told + other.told,
        )

    def __len__(self) -> int:
        return len(self.lines)

    def text(self, place: int) -> str:
        """All lines of one entry."""
        begin, end = self.ends[place : place + 2].tolist()
        return self.data[2 * begin : 2 * end - 2].decode("utf-16-le")

    def chunks(self) -> Iterator[Chunk]:
        """All of it, a piece at a time."""
        for first in range(0, len(self.lines), _CHUNK):
            yield self.chunk(first, min(first + _CHUNK, len(self)))

    def chunk(self, first: int, last: int) -> Chunk:
        """The entries from one place up to another."""
        begin, end = self.ends[first], self.ends[last]
        return Chunk(
            first=first,
            units=np.frombuffer(self.data, np.uint16, end - begin, 2 * begin),
            lines=self.lines[first:last],
            documents=[(p - first, n) for p, n in self.documents if first <= p < last],
        )


def _lines(entry: Entry) -> Iterator[str]:
    yield from entry.wordings
    yield _told(entry)


def _told(entry: Entry) -> str:
    source = entry.source
    return f"{entry.section} {entry.topic} {entry.answer} {source.title} {source.number}"


def _documents(entry: Entry) -> list[int]:
    """The document numbers anywhere in an entry, as terms."""
    whole = f"{entry.question} {_told(entry)}"
    return [*map(terms.document, document_numbers(whole))] if _NUMBERED.search(whole) else []

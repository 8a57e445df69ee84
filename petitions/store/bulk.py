"""Cases by the thousand: rows are gathered and written together."""

from collections.abc import Mapping
from typing import Any

from sqlite_utils import Database

from petitions.case import Case, Event
from petitions.store.cases import ADD_CASE, ADD_EVENT, CaseRows, case_row, event_row
from petitions.store.facts import FactRows, put_statement
from petitions.store.lists import ListRows
from petitions.store.search import ADD_WORD_ROW, ADD_WORDS, indexed

_AT_ONCE = 2_000  # cases gathered


class BulkRows(CaseRows, FactRows, ListRows):
    """What registers cases, for many new ones inside a transaction that holds the lock.

    What is gathered can be asked for with `has_case` and `has_origin` only, until `flush`.
    """

    def __init__(self, db: Database) -> None:
        super().__init__(db)
        self._position, self._previous = self._last_link()
        self._seq = self._last_word_row()
        self._serials: dict[int, int] = {}
        self._numbers: set[str] = set()
        self._origins: set[str] = set()
        self._gathered: dict[str, list[Any]] = {}

    def _gather(self, statement: str, row: Any) -> None:
        self._gathered.setdefault(statement, []).append(row)

    def flush(self) -> None:
        """Write what was gathered: cases first, the others refer to them."""
        for statement, rows in self._gathered.items():
            self._db.conn.executemany(statement, rows)
        self._gathered.clear()
        for year, last in self._serials.items():
            super().skip_serials(year, last)

    def has_case(self, number: str) -> bool:
        """Whether a case has that number."""
        return number in self._numbers or super().has_case(number)

    def has_origin(self, origin: str) -> bool:
        """Whether a case grew out of that."""
        return origin in self._origins or super().has_origin(origin)

    def next_serial(self, year: int) -> int:
        """1, 2, 3 … within a year, each once."""
        serial = self._last_serial(year) + 1
        self._serials[year] = serial
        return serial

    def skip_serials(self, year: int, last: int) -> None:
        """Numbers up to this one were given out elsewhere."""
        self._serials[year] = max(self._last_serial(year), last)

    def _last_serial(self, year: int) -> int:
        if year not in self._serials:
            self._serials[year] = self.last_serial(year)
        return self._serials[year]

    def add(self, case: Case, code_hash: str) -> None:
        """Gather a new case."""
        if len(self._gathered.get(ADD_CASE, ())) >= _AT_ONCE:
            self.flush()
        self._gather(ADD_CASE, case_row(case, code_hash))
        self._numbers.add(case.number)
        if case.origin:
            self._origins.add(case.origin)

    def record(self, event: Event) -> int:
        """Gather an event, linked to the one before; its position."""
        self._position += 1
        row = event_row(event, self._position, self._previous)
        self._previous = row["hash"]
        self._gather(ADD_EVENT, row)
        return self._position

    def put_facts(self, values: Mapping[str, Any]) -> None:
        """Gather what lists and figures read."""
        self._gather(put_statement(tuple(values)), values)

    def index_words(self, number: str, text: str) -> None:
        """Gather the words of a new case."""
        self._seq += 1
        self._gather(ADD_WORD_ROW, {"seq": self._seq, "number": number})
        self._gather(ADD_WORDS, {"seq": self._seq, "words": indexed(text)})

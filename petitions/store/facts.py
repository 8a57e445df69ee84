"""What lists and figures need of each case, beside its events and always equal to them."""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from functools import cache
from typing import Any

from petitions.facts import Facts
from petitions.rows import Clocked, Figure
from petitions.store.base import Rows, day_or_none, read_day, utc, utc_or_none
from petitions.words import Kind

_FIGURE = ", ".join(Figure._fields)


class FactRows(Rows):
    """Computed rows."""

    def put_facts(self, values: Mapping[str, Any]) -> None:
        """Put what `values_of` made in place of what was there."""
        self._db.execute(put_statement(tuple(values)), dict(values))

    def facts_row(self, number: str) -> Mapping[str, Any] | None:
        """What is kept for a case, as `values_of` would make it."""
        rows = self._read("SELECT * FROM case_facts WHERE number = :number", {"number": number})
        return next(iter(rows), None)

    def versions(self) -> tuple[tuple[str, int], ...]:
        """Every case and the position of its last event."""
        rows = self._db.execute("SELECT number, version FROM case_facts ORDER BY number")
        return tuple((number, version) for number, version in rows)

    def without_facts(self) -> tuple[str, ...]:
        """Cases that have none: those of an earlier release."""
        rows = self._read(
            "SELECT number FROM cases WHERE NOT EXISTS "
            "(SELECT 1 FROM case_facts WHERE case_facts.number = cases.number) ORDER BY number"
        )
        return tuple(row["number"] for row in rows)

    def clocked(self) -> Iterator[Clocked]:
        """What counting needs of every open case."""
        rows = self._db.execute(
            "SELECT number, kind, received, clock_start, due_on, extended, pauses, stopped_from, "
            "waiting_until, due, provisional FROM case_facts WHERE open = 1"
        )
        return map(_clocked, rows)

    def move_deadlines(self, moved: Iterable[tuple[str, date, bool]]) -> None:
        """Number, due date and whether it is provisional."""
        self._db.conn.executemany(
            "UPDATE case_facts SET due = ?, provisional = ? WHERE number = ?",
            [(due.isoformat(), int(provisional), number) for number, due, provisional in moved],
        )

    def figures(self, since: date, until: date) -> list[Figure]:
        """The cases registered in a period or with a deadline in it, as they stand now."""
        rows = self._db.execute(
            f"SELECT {_FIGURE} FROM case_facts "  # noqa: S608 - our own names
            "WHERE registered_on BETWEEN :since AND :until OR due BETWEEN :since AND :until "
            "OR first_due BETWEEN :since AND :until",
            {"since": since.isoformat(), "until": until.isoformat()},
        )
        return list(map(Figure._make, rows))

    def open_figures(self) -> list[Figure]:
        """The cases that are open now."""
        rows = self._db.execute(f"SELECT {_FIGURE} FROM case_facts WHERE open = 1")  # noqa: S608
        return list(map(Figure._make, rows))

    def first_day(self) -> date | None:
        """The day on which the first case was registered; None if there is none."""
        rows = self._db.execute("SELECT min(registered_on) FROM case_facts")
        return read_day(next(iter(rows))[0])

    def changed_since(self, at: datetime) -> tuple[str, ...]:
        """The cases to which something happened after a moment."""
        rows = self._read("SELECT number FROM case_facts WHERE updated_at > :at", {"at": utc(at)})
        return tuple(row["number"] for row in rows)

    def merged_into(self, number: str) -> tuple[str, ...]:
        """The duplicates of a case."""
        rows = self._read(
            "SELECT number FROM case_facts WHERE merged_into <> '' AND merged_into = :number "
            "ORDER BY number",
            {"number": number},
        )
        return tuple(row["number"] for row in rows)


@cache
def put_statement(names: tuple[str, ...]) -> str:
    """What puts these columns of a case in place of those that are there."""
    columns, marks = ", ".join(names), ", ".join(f":{name}" for name in names)
    changed = ", ".join(f"{name} = excluded.{name}" for name in names if name != "number")
    return (
        f"INSERT INTO case_facts ({columns}) VALUES ({marks}) "  # noqa: S608 - our own names
        f"ON CONFLICT (number) DO UPDATE SET {changed}"
    )


def values_of(facts: Facts, due: date, *, provisional: bool) -> dict[str, Any]:
    """The row of `case_facts` for a case whose deadline is `due`, or will not be earlier."""
    return {
        "number": facts.number,
        "version": facts.version,
        "last_by": facts.last_by,
        "last_action": facts.last_action.value,
        "updated_at": utc(facts.updated_at),
        "kind": facts.kind.value,
        "channel": facts.channel.value,
        "title": facts.title,
        "applicant_type": facts.applicant_type.value,
        "state": facts.state.value,
        "open": int(facts.open),
        **_who(facts),
        **_when(facts),
        "due": due.isoformat(),
        "provisional": int(provisional),
        **_answer(facts),
    }


def _who(facts: Facts) -> dict[str, Any]:
    return {
        "part": facts.part.value,
        "department": facts.department,
        "co": f"|{'|'.join(facts.co)}|" if facts.co else "",
        "officer": facts.officer,
        "officer_name": facts.officer_name,
        "objection": facts.objection,
    }


def _when(facts: Facts) -> dict[str, Any]:
    return {
        "registered_on": facts.registered_on.isoformat(),
        "registered_at": utc(facts.registered_at),
        "received": facts.received.isoformat(),
        "clock_start": facts.clock_start.isoformat(),
        "due_on": day_or_none(facts.due_on),
        "extended": facts.extended,
        "pauses": json.dumps([[a.isoformat(), b.isoformat()] for a, b in facts.pauses]),
        "stopped_from": day_or_none(facts.stopped_from),
        "waiting_until": day_or_none(facts.waiting_until),
        "first_due": day_or_none(facts.due),
        "accepted_at": utc_or_none(facts.accepted_at),
        "first_replied_at": utc_or_none(facts.first_replied_at),
        "replied_at": utc_or_none(facts.replied_at),
        "closed_at": utc_or_none(facts.closed_at),
    }


def _answer(facts: Facts) -> dict[str, Any]:
    return {
        "outcome": facts.outcome.value if facts.outcome else None,
        "rating": facts.rating.value if facts.rating else None,
        "rated_at": utc_or_none(facts.rated_at),
        "fee": facts.fee,
        "needs_handling": int(facts.needs_handling),
        "confidential": int(facts.confidential),
        "merged_into": facts.merged_into,
    }


def figure_of(values: Mapping[str, Any]) -> Figure:
    """A row of `case_facts` as figures see it."""
    return Figure(**{name: values[name] for name in Figure._fields})


def _clocked(row: tuple[Any, ...]) -> Clocked:
    number, kind, received, start, due_on, extended, pauses, stopped, until, due, provisional = row
    return Clocked(
        number=number,
        kind=Kind(kind),
        received=date.fromisoformat(received),
        clock_start=date.fromisoformat(start),
        due_on=read_day(due_on),
        extended=extended,
        pauses=tuple((date.fromisoformat(a), date.fromisoformat(b)) for a, b in json.loads(pauses))
        if pauses != "[]"
        else (),
        stopped_from=read_day(stopped),
        waiting_until=read_day(until),
        due=date.fromisoformat(due),
        provisional=bool(provisional),
    )

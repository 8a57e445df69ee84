"""Lists of cases: filtered, sorted, searched."""

import json
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from petitions.rows import CaseRow, Filter, Order, Page
from petitions.states import OPEN, State
from petitions.store.base import Rows, read_day, read_time, utc
from petitions.store.search import SearchRows, phrase
from petitions.words import Channel, Kind, Outcome, Rating

_COUNTED = 10_000  # a list is not counted further
_ORDERS = {
    Order.DUE: "due, number",
    Order.NEWEST: "registered_on DESC, number DESC",
    Order.UPDATED: "updated_at DESC, number DESC",
}
_COLUMNS = (
    "number, kind, channel, title, state, department, co, officer, officer_name, objection, "
    "registered_on, received, due, provisional, stopped_from, waiting_until, extended, replied_at, "
    "closed_at, outcome, rating, confidential, merged_into, version, last_by, updated_at"
)


class ListRows(SearchRows, Rows):
    """Lists."""

    def listed(self, wanted: Filter, order: Order, *, limit: int, skip: int) -> Page:
        """A page of a list."""
        where, values = _where(wanted, helps=self._helps(wanted.department))
        rows = self._read(
            f"SELECT {_COLUMNS} FROM case_facts WHERE {where} "  # noqa: S608 - our own words
            f"ORDER BY {_ORDERS[order]} LIMIT :limit OFFSET :skip",
            {**values, "limit": limit, "skip": skip},
        )
        found = tuple(map(_row, rows))
        total = skip + len(found)
        if len(found) == limit or not found or total >= _COUNTED:  # else the list ends here
            asked_beyond = found or skip or not limit  # without rows: only the number is wanted
            total = self._count(where, values) if asked_beyond else 0
        return Page(rows=found, total=total, more=total == _COUNTED)

    def _helps(self, department: str | None) -> bool:
        """Whether the department helps with a case that is another's."""
        rows = self._read(
            "SELECT 1 FROM case_facts WHERE co <> '' AND co LIKE :co LIMIT 1",
            {"co": f"%|{department}|%"},
        )
        return bool(department) and any(True for _ in rows)

    def _count(self, where: str, values: dict[str, Any]) -> int:
        rows = self._read(
            f"SELECT count(*) AS total FROM (SELECT 1 FROM case_facts WHERE {where} "  # noqa: S608
            "LIMIT :most)",
            {**values, "most": _COUNTED},
        )
        return int(next(iter(rows))["total"])

    def row(self, number: str) -> CaseRow | None:
        """A case as lists show it."""
        rows = self._read(
            f"SELECT {_COLUMNS} FROM case_facts WHERE number = :number",  # noqa: S608
            {"number": number},
        )
        return next(map(_row, rows), None)

    def rows(self, numbers: Iterable[str]) -> dict[str, CaseRow]:
        """Those of some cases that are there, by number."""
        found = self._read(
            f"SELECT {_COLUMNS} FROM case_facts "  # noqa: S608 - our own names
            "WHERE number IN (SELECT value FROM json_each(:numbers))",
            {"numbers": json.dumps(list(numbers))},
        )
        return {row.number: row for row in map(_row, found)}

    def waiting_past(self, today: date) -> tuple[CaseRow, ...]:
        """Cases that wait for somebody whose time ran out before today."""
        rows = self._read(
            f"SELECT {_COLUMNS} FROM case_facts WHERE open = 1 "  # noqa: S608
            "AND waiting_until < :today ORDER BY waiting_until, number",
            {"today": today.isoformat()},
        )
        return tuple(map(_row, rows))

    def replied_before(self, day: datetime) -> tuple[CaseRow, ...]:
        """Replied and neither closed nor reopened since."""
        rows = self._read(
            f"SELECT {_COLUMNS} FROM case_facts WHERE state = 'replied' "  # noqa: S608
            "AND replied_at < :day ORDER BY number",
            {"day": day.isoformat()},
        )
        return tuple(map(_row, rows))

    def unrated(self, since: datetime, until: datetime) -> tuple[CaseRow, ...]:
        """Replied to in this time, the last time, and not rated."""
        rows = self._read(
            f"SELECT {_COLUMNS} FROM case_facts WHERE state IN ('replied', 'closed') "  # noqa: S608
            "AND rating IS NULL AND replied_at >= :since AND replied_at < :until ORDER BY number",
            {"since": utc(since), "until": utc(until)},
        )
        return tuple(map(_row, rows))


def _where(wanted: Filter, *, helps: bool) -> tuple[str, dict[str, Any]]:
    values: dict[str, Any] = {}
    parts = [
        *_sets(wanted, values),
        *_spans(wanted, values),
        *_people(wanted, values, helps=helps),
    ]
    is_open = _is_open(wanted)
    if is_open is not None:
        parts.append(f"open = {int(is_open)}")
    if wanted.stopped is not None:
        parts.append(f"stopped_from IS {'NOT ' if wanted.stopped else ''}NULL")
    if wanted.provisional is not None:
        parts.append(f"provisional = {int(wanted.provisional)}")
    if wanted.text:
        parts.append(phrase(wanted.text, values))
    return " AND ".join(parts) or "1 = 1", values


def _is_open(wanted: Filter) -> bool | None:
    """Asked for, or said by the states: the indexes begin with it."""
    if wanted.open is not None or not wanted.states:
        return wanted.open
    if wanted.states <= OPEN:
        return True
    return None if wanted.states & OPEN else False


def _sets(wanted: Filter, values: dict[str, Any]) -> Iterable[str]:
    sets = {
        "state": wanted.states,
        "kind": wanted.kinds,
        "channel": wanted.channels,
        "outcome": wanted.outcomes,
        "rating": wanted.ratings,
    }
    for column, chosen in sets.items():
        if chosen:
            names = {f"{column}_{n}": one.value for n, one in enumerate(sorted(chosen))}
            values.update(names)
            yield f"{column} IN ({', '.join(f':{name}' for name in names)})"


def _spans(wanted: Filter, values: dict[str, Any]) -> Iterable[str]:
    spans = {
        "due_from": ("due >= :due_from", wanted.due_from),
        "due_to": ("due <= :due_to", wanted.due_to),
        "registered_from": ("registered_on >= :registered_from", wanted.registered_from),
        "registered_to": ("registered_on <= :registered_to", wanted.registered_to),
    }
    for name, (part, day) in spans.items():
        if day:
            values[name] = day.isoformat()
            yield part


def _people(wanted: Filter, values: dict[str, Any], *, helps: bool) -> Iterable[str]:
    if wanted.department is not None:
        values["department"] = wanted.department
        if helps:
            values["co"] = f"%|{wanted.department}|%"
        # Few cases have departments that help; without any, the index sorts the list.
        yield (
            "(department = :department OR number IN "
            "(SELECT number FROM case_facts WHERE co <> '' AND co LIKE :co))"
            if helps
            else "department = :department"
        )
    if wanted.officer is not None:
        values["officer"] = wanted.officer
        yield "officer = :officer"
    if wanted.person is not None:
        values["person"] = wanted.person
        values["name"] = f"%{_literal(wanted.person)}%"
        # Whose a confidential case is, nobody finds out by trying names.
        yield (
            "number IN (SELECT number FROM cases WHERE person = :person "
            "OR (applicant LIKE :name ESCAPE '!' AND number NOT IN "
            "(SELECT number FROM case_facts WHERE confidential = 1)))"
        )


def _literal(text: str) -> str:
    """A text as LIKE takes it for itself."""
    for sign in "!%_":
        text = text.replace(sign, f"!{sign}")
    return text


def _row(row: dict[str, Any]) -> CaseRow:
    stopped = row.pop("stopped_from")
    return CaseRow(
        **{
            **row,
            "kind": Kind(row["kind"]),
            "channel": Channel(row["channel"]),
            "state": State(row["state"]),
            "co": tuple(part for part in row["co"].split("|") if part),
            "registered_on": date.fromisoformat(row["registered_on"]),
            "received": date.fromisoformat(row["received"]),
            "due": date.fromisoformat(row["due"]),
            "provisional": bool(row["provisional"]),
            "stopped": stopped is not None,
            "waiting_until": read_day(row["waiting_until"]),
            "replied_at": read_time(row["replied_at"]),
            "closed_at": read_time(row["closed_at"]),
            "outcome": Outcome(row["outcome"]) if row["outcome"] else None,
            "rating": Rating(row["rating"]) if row["rating"] else None,
            "confidential": bool(row["confidential"]),
            "updated_at": datetime.fromisoformat(row["updated_at"]),
        }
    )

"""The only SQL of this package: cases, their events, serials, wrong query codes, holidays.

Every method runs inside the caller's transaction.
"""

import secrets
from collections.abc import Sequence
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime
from typing import Any

from sqlite_utils import Database, Migrations

from petitions.case import Case, Channel, Event, Kind, State
from petitions.codes import WrongCodes
from petitions.holidays import Holiday, Mark

migrations = Migrations("petitions")

_SCHEMA = (
    """
    CREATE TABLE serials (
        year INTEGER PRIMARY KEY,
        last INTEGER NOT NULL              -- the serial given out last
    ) STRICT
    """,
    """
    CREATE TABLE cases (
        number TEXT PRIMARY KEY,
        kind TEXT NOT NULL,
        channel TEXT NOT NULL,
        person TEXT NOT NULL,              -- '' if nobody asks through a channel of ours
        title TEXT NOT NULL,
        text TEXT NOT NULL,
        contact TEXT NOT NULL,
        received TEXT NOT NULL,            -- local date, day 0 of the deadline
        due_on TEXT,                       -- local date; only where a case has a date of its own
        origin TEXT UNIQUE,
        code_hash TEXT NOT NULL,           -- of the query code; the code itself is nowhere
        registered_at TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX cases_person ON cases (person)",
    """
    CREATE TABLE case_events (
        hash TEXT PRIMARY KEY,             -- SHA-256 over the event and the hash before it
        previous TEXT NOT NULL,            -- '' for the first
        position INTEGER NOT NULL UNIQUE,  -- 1, 2, 3 … over all cases
        number TEXT NOT NULL REFERENCES cases (number),
        at TEXT NOT NULL,
        day TEXT NOT NULL,                 -- local date it counts for
        by TEXT NOT NULL,
        from_state TEXT,                   -- NULL for a case's first
        to_state TEXT NOT NULL,
        note TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX case_events_number ON case_events (number, position)",
    """
    CREATE TRIGGER case_events_update BEFORE UPDATE ON case_events
    BEGIN SELECT RAISE(ABORT, 'events are never changed'); END
    """,
    """
    CREATE TRIGGER case_events_delete BEFORE DELETE ON case_events
    BEGIN SELECT RAISE(ABORT, 'events are never deleted'); END
    """,
    # INSERT OR REPLACE deletes without the trigger above; it cannot extend the chain, though.
    """
    CREATE TRIGGER case_events_append BEFORE INSERT ON case_events
    WHEN NEW.position <> (SELECT coalesce(max(position), 0) + 1 FROM case_events)
      OR NEW.previous <> coalesce(
             (SELECT hash FROM case_events ORDER BY position DESC LIMIT 1), '')
    BEGIN SELECT RAISE(ABORT, 'events are only appended'); END
    """,
    """
    CREATE TABLE code_attempts (           -- wrong ones, as long as they limit anything
        id TEXT PRIMARY KEY,
        number TEXT NOT NULL,              -- as asked for; such a case need not exist
        person TEXT NOT NULL,
        at TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX code_attempts_number ON code_attempts (number, at)",
    "CREATE INDEX code_attempts_person ON code_attempts (person, at)",
    """
    CREATE TABLE calendar_years (
        year INTEGER PRIMARY KEY,
        source TEXT NOT NULL,              -- the announcement
        loaded_at TEXT NOT NULL,
        version INTEGER NOT NULL           -- how often it was loaded
    ) STRICT
    """,
    """
    CREATE TABLE calendar_days (
        date TEXT PRIMARY KEY,
        year INTEGER NOT NULL REFERENCES calendar_years (year),
        mark TEXT NOT NULL,                -- rest | work
        name TEXT NOT NULL                 -- the festival
    ) STRICT
    """,
)


@migrations()
def m001_cases(db: Database) -> None:
    """Cases with events, wrong query codes, holidays."""
    for statement in _SCHEMA:  # executescript would end the migration's transaction
        db.execute(statement)


_CASES = (
    "SELECT number, kind, channel, person, title, text, contact, received, due_on, origin, "
    "registered_at, (SELECT to_state FROM case_events WHERE case_events.number = cases.number "
    "ORDER BY position DESC LIMIT 1) AS state FROM cases "
)


class PetitionStore:
    """Cases and calendars as rows."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def atomic(self) -> AbstractContextManager[object]:
        """A transaction, or part of the caller's."""
        return self._db.atomic()

    def lock(self) -> None:
        """Make other writers wait from here on.

        A transaction that reads first and writes later fails if somebody wrote in between.
        """
        self._db.execute("UPDATE serials SET last = last WHERE year = 0")

    def next_serial(self, year: int) -> int:
        """1, 2, 3 … within a year, each once."""
        rows = self._db.query(
            "INSERT INTO serials (year, last) VALUES (:year, 1) "
            "ON CONFLICT (year) DO UPDATE SET last = serials.last + 1 RETURNING last",
            {"year": year},
        )
        return int(next(iter(rows))["last"])

    def add(self, case: Case, code_hash: str) -> None:
        """Keep a new case; its state is its first event's business."""
        self._db.execute(
            "INSERT INTO cases (number, kind, channel, person, title, text, contact, received, "
            "due_on, origin, code_hash, registered_at) VALUES (:number, :kind, :channel, :person, "
            ":title, :text, :contact, :received, :due_on, :origin, :code_hash, :registered_at)",
            {
                **vars(case),
                "received": case.received.isoformat(),
                "due_on": case.due_on.isoformat() if case.due_on else None,
                "code_hash": code_hash,
                "registered_at": _utc(case.registered_at),
            },
        )

    def record(self, event: Event) -> None:
        """Append an event to the chain; after `lock` where others may write."""
        position, previous = self._last_link()
        self._db.execute(
            "INSERT INTO case_events (hash, previous, position, number, at, day, by, from_state, "
            "to_state, note) VALUES (:hash, :previous, :position, :number, :at, :day, :by, "
            ":from_state, :to_state, :note)",
            {
                **vars(event),
                "hash": event.digest(previous),
                "previous": previous,
                "position": position + 1,
                "at": _utc(event.at),
                "day": event.day.isoformat(),
            },
        )

    def _last_link(self) -> tuple[int, str]:
        rows = self._db.query(
            "SELECT position, hash FROM case_events ORDER BY position DESC LIMIT 1"
        )
        return next(((row["position"], row["hash"]) for row in rows), (0, ""))

    def events(self, number: str) -> tuple[Event, ...]:
        """What happened to a case, oldest first."""
        rows = self._db.query(
            "SELECT number, at, day, by, from_state, to_state, note FROM case_events "
            "WHERE number = :number ORDER BY position",
            {"number": number},
        )
        return tuple(map(_event, rows))

    def case(self, number: str) -> Case | None:
        """A case; None if there is none."""
        rows = self._db.query(_CASES + "WHERE number = :number", {"number": number})
        return next(map(_case, rows), None)

    def case_from(self, origin: str) -> Case | None:
        """The case that grew out of this; None if none did."""
        rows = self._db.query(_CASES + "WHERE origin = :origin", {"origin": origin})
        return next(map(_case, rows), None)

    def cases_of(self, person: str) -> tuple[Case, ...]:
        """A person's cases, newest first."""
        rows = self._db.query(
            _CASES + "WHERE person = :person ORDER BY registered_at DESC, number DESC",
            {"person": person},
        )
        return tuple(map(_case, rows))

    def code_hash(self, number: str) -> str | None:
        """The hash of a case's query code; None if there is no such case."""
        rows = self._db.query("SELECT code_hash FROM cases WHERE number = :n", {"n": number})
        return next((row["code_hash"] for row in rows), None)

    def wrong_codes(self, number: str, person: str, *, since: datetime) -> WrongCodes:
        """The wrong query codes that limit this person and this number; older ones are forgotten.

        Forgetting comes first: it makes other writers wait, so that tries at once add up.
        """
        self._db.execute("DELETE FROM code_attempts WHERE at <= :since", {"since": _utc(since)})
        rows = self._db.query(
            "SELECT number, person, at FROM code_attempts "
            "WHERE number = :number OR person = :person",
            {"number": number, "person": person},
        )
        wrong = [(row["number"], row["person"], datetime.fromisoformat(row["at"])) for row in rows]
        return WrongCodes(
            for_number=tuple(at for asked, _, at in wrong if asked == number),
            by_person=tuple(at for _, who, at in wrong if who == person),
        )

    def add_wrong_code(self, number: str, person: str, *, at: datetime) -> None:
        """Somebody gave a wrong query code."""
        self._db.execute(
            "INSERT INTO code_attempts (id, number, person, at) VALUES (:id, :number, :who, :at)",
            {"id": secrets.token_hex(8), "number": number, "who": person, "at": _utc(at)},
        )

    def calendar_stamp(self) -> int:
        """Differs whenever a year was loaded since."""
        rows = self._db.query("SELECT coalesce(sum(version), 0) AS stamp FROM calendar_years")
        return int(next(iter(rows))["stamp"])

    def calendar_years(self) -> dict[int, dict[date, Mark]]:
        """Every loaded year's listed days."""
        years: dict[int, dict[date, Mark]] = {
            row["year"]: {} for row in self._db.query("SELECT year FROM calendar_years")
        }
        for row in self._db.query("SELECT year, date, mark FROM calendar_days"):
            years[row["year"]][date.fromisoformat(row["date"])] = Mark(row["mark"])
        return years

    def save_year(
        self, year: int, holidays: Sequence[Holiday], *, source: str, at: datetime
    ) -> None:
        """Put a year in place of what was loaded for it before."""
        self._db.execute(
            "INSERT INTO calendar_years (year, source, loaded_at, version) "
            "VALUES (:year, :source, :at, 1) ON CONFLICT (year) DO UPDATE SET "
            "source = excluded.source, loaded_at = excluded.loaded_at, "
            "version = calendar_years.version + 1",
            {"year": year, "source": source, "at": _utc(at)},
        )
        self._db.execute("DELETE FROM calendar_days WHERE year = :year", {"year": year})
        for one in holidays:
            self._db.execute(
                "INSERT INTO calendar_days (date, year, mark, name) "
                "VALUES (:date, :year, :mark, :name)",
                {**vars(one), "date": one.date.isoformat(), "year": year},
            )


def _utc(at: datetime) -> str:
    """One width, one zone: sorts as text."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def _case(row: dict[str, Any]) -> Case:
    return Case(
        **{
            **row,
            "kind": Kind(row["kind"]),
            "channel": Channel(row["channel"]),
            "received": date.fromisoformat(row["received"]),
            "due_on": date.fromisoformat(row["due_on"]) if row["due_on"] else None,
            "registered_at": datetime.fromisoformat(row["registered_at"]),
            "state": State(row["state"]),
        }
    )


def _event(row: dict[str, Any]) -> Event:
    return Event(
        **{
            **row,
            "at": datetime.fromisoformat(row["at"]),
            "day": date.fromisoformat(row["day"]),
            "from_state": State(row["from_state"]) if row["from_state"] else None,
            "to_state": State(row["to_state"]),
        }
    )

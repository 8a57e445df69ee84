"""Cases as registered, their events, the texts that belong to them."""

import json
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from itertools import groupby
from typing import Any

from petitions.case import Case, Draft, Event, Text, TextKind, canonical
from petitions.states import Action, State
from petitions.store.base import Rows, day_or_none, read_day, utc
from petitions.words import ApplicantType, Channel, Kind, Outcome

_CASES = (
    "SELECT number, kind, channel, person, title, text, contact, applicant, applicant_type, "
    "received, due_on, origin, registered_at, salt FROM cases "
)
_EVENTS = (
    "SELECT position, number, at, day, by, who, action, from_state, to_state, note, data "
    "FROM case_events "
)


ADD_CASE = (
    "INSERT INTO cases (number, kind, channel, person, title, text, contact, applicant, "
    "applicant_type, received, due_on, origin, code_hash, registered_at, salt) VALUES "
    "(:number, :kind, :channel, :person, :title, :text, :contact, :applicant, "
    ":applicant_type, :received, :due_on, :origin, :code_hash, :registered_at, :salt)"
)
ADD_EVENT = (
    "INSERT INTO case_events (hash, previous, position, number, at, day, by, who, action, "
    "from_state, to_state, note, data) VALUES (:hash, :previous, :position, :number, :at, "
    ":day, :by, :who, :action, :from_state, :to_state, :note, :data)"
)


class CaseRows(Rows):
    """Cases, events, texts, drafts."""

    def next_serial(self, year: int) -> int:
        """1, 2, 3 … within a year, each once."""
        rows = self._db.query(
            "INSERT INTO serials (year, last) VALUES (:year, 1) "
            "ON CONFLICT (year) DO UPDATE SET last = serials.last + 1 RETURNING last",
            {"year": year},
        )
        return int(next(iter(rows))["last"])

    def last_serial(self, year: int) -> int:
        """The serial given out last in a year; 0 if none was."""
        rows = self._read("SELECT last FROM serials WHERE year = :year", {"year": year})
        return next((int(row["last"]) for row in rows), 0)

    def skip_serials(self, year: int, last: int) -> None:
        """Numbers up to this one were given out elsewhere."""
        self._db.execute(
            "INSERT INTO serials (year, last) VALUES (:year, :last) "
            "ON CONFLICT (year) DO UPDATE SET last = max(serials.last, excluded.last)",
            {"year": year, "last": last},
        )

    def add(self, case: Case, code_hash: str) -> None:
        """Keep a new case; what becomes of it is its events' business."""
        self._db.execute(ADD_CASE, case_row(case, code_hash))

    def record(self, event: Event) -> int:
        """Append an event to the chain; its position. After `lock` where others may write."""
        position, previous = self._last_link()
        self._db.execute(ADD_EVENT, event_row(event, position + 1, previous))
        return position + 1

    def _last_link(self) -> tuple[int, str]:
        rows = self._read("SELECT position, hash FROM case_events ORDER BY position DESC LIMIT 1")
        return next(((row["position"], row["hash"]) for row in rows), (0, ""))

    def events(self, number: str, *, until: datetime | None = None) -> tuple[Event, ...]:
        """What happened to a case, oldest first; up to and including a moment if one is given."""
        rows = self._read(
            _EVENTS + "WHERE number = :number AND (:until IS NULL OR at <= :until) "
            "ORDER BY position",
            {"number": number, "until": utc(until) if until else None},
        )
        return tuple(map(_event, rows))

    def events_after(self, position: int, limit: int) -> tuple[Event, ...]:
        """What happened to any case after a position, oldest first."""
        rows = self._read(
            _EVENTS + "WHERE position > :position ORDER BY position LIMIT :limit",
            {"position": position, "limit": limit},
        )
        return tuple(map(_event, rows))

    def last_position(self) -> int:
        """The position of the newest event; 0 before the first."""
        return self._last_link()[0]

    def before(self, at: datetime) -> Iterator[tuple[Case, tuple[Event, ...]]]:
        """The cases to which something happened after a moment, each with its events until then.

        Two readings for all of them: one case after the other takes ten times as long.
        """
        values = {"at": utc(at)}
        changed = "number IN (SELECT number FROM case_facts WHERE updated_at > :at)"
        events = map(
            _event,
            self._db.query(
                f"{_EVENTS} WHERE at <= :at AND {changed} ORDER BY number, position", values
            ),
        )
        cases = self._db.query(
            f"{_CASES} WHERE registered_at <= :at AND {changed} ORDER BY number", values
        )
        by_number = {case.number: case for case in map(_case, cases)}
        for number, its in groupby(events, key=lambda event: event.number):
            yield by_number[number], tuple(its)

    def chain(self) -> Iterator[tuple[Event, str, str]]:
        """Every event in the order of the chain, with its hash and the one it names before it."""
        rows = self._db.query(
            "SELECT position, number, at, day, by, who, action, from_state, to_state, note, data, "
            "hash, previous FROM case_events ORDER BY position"
        )
        for row in rows:
            own, previous = row.pop("hash"), row.pop("previous")
            yield _event(row), own, previous

    def case(self, number: str) -> Case | None:
        """A case; None if there is none."""
        rows = self._read(_CASES + "WHERE number = :number", {"number": number})
        return next(map(_case, rows), None)

    def has_case(self, number: str) -> bool:
        """Whether a case has that number."""
        found = self._db.execute("SELECT 1 FROM cases WHERE number = :n", {"n": number})
        return found.fetchone() is not None

    def has_origin(self, origin: str) -> bool:
        """Whether a case grew out of that."""
        found = self._db.execute("SELECT 1 FROM cases WHERE origin = :o", {"o": origin})
        return found.fetchone() is not None

    def every_case(self) -> Iterator[Case]:
        """Every case, in the order of their numbers."""
        return map(_case, self._db.query(_CASES + "ORDER BY number"))

    def case_from(self, origin: str) -> Case | None:
        """The case that grew out of this; None if none did."""
        rows = self._read(_CASES + "WHERE origin = :origin", {"origin": origin})
        return next(map(_case, rows), None)

    def cases_of(self, person: str) -> tuple[Case, ...]:
        """A person's cases, newest first."""
        rows = self._read(
            _CASES + "WHERE person = :person ORDER BY registered_at DESC, number DESC",
            {"person": person},
        )
        return tuple(map(_case, rows))

    def add_text(self, text: Text) -> None:
        """Keep a text that an event names."""
        self._db.execute(
            "INSERT INTO case_texts (id, number, kind, body, salt, at) "
            "VALUES (:id, :number, :kind, :body, :salt, :at)",
            {**vars(text), "at": utc(text.at)},
        )

    def texts(self, number: str) -> tuple[Text, ...]:
        """Every text of a case, oldest first."""
        rows = self._read(
            "SELECT id, number, kind, body, salt, at, erased FROM case_texts "
            "WHERE number = :number ORDER BY at, id",
            {"number": number},
        )
        return tuple(map(_text, rows))

    def text(self, text_id: str) -> Text | None:
        """A text; None if there is none."""
        rows = self._read(
            "SELECT id, number, kind, body, salt, at, erased FROM case_texts WHERE id = :id",
            {"id": text_id},
        )
        return next(map(_text, rows), None)

    def save_draft(self, draft: Draft) -> None:
        """Put a draft in place of the one before."""
        self._db.execute(
            "INSERT INTO case_drafts (number, by, who, body, outcome, basis, at) "
            "VALUES (:number, :by, :who, :body, :outcome, :basis, :at) "
            "ON CONFLICT (number) DO UPDATE SET by = excluded.by, who = excluded.who, "
            "body = excluded.body, outcome = excluded.outcome, basis = excluded.basis, "
            "at = excluded.at",
            {**vars(draft), "at": utc(draft.at)},
        )

    def draft(self, number: str) -> Draft | None:
        """The reply being written; None if there is none."""
        rows = self._read(
            "SELECT number, by, who, body, outcome, basis, at FROM case_drafts "
            "WHERE number = :number",
            {"number": number},
        )
        return next(map(_draft, rows), None)

    def drop_draft(self, number: str) -> None:
        """It was submitted."""
        self._db.execute("DELETE FROM case_drafts WHERE number = :number", {"number": number})

    def erase_person(self, person: str, numbers: Iterable[str]) -> None:
        """Forget who asked and what they wrote; number, dates and steps stay."""
        for number in numbers:
            self._db.execute(
                "UPDATE cases SET person = '', title = '', text = '', contact = '', "
                "applicant = '', salt = '' WHERE number = :number AND person = :person",
                {"number": number, "person": person},
            )
            self._db.execute(
                "UPDATE case_texts SET body = '', salt = '', erased = 1 WHERE number = :number",
                {"number": number},
            )
            self._db.execute("UPDATE case_facts SET title = '' WHERE number = :n", {"n": number})
            self._db.execute("DELETE FROM case_drafts WHERE number = :n", {"n": number})
            self._db.execute(
                "DELETE FROM case_words WHERE rowid IN "
                "(SELECT seq FROM case_word_rows WHERE number = :n)",
                {"n": number},
            )


def case_row(case: Case, code_hash: str) -> dict[str, Any]:
    """A case as its row."""
    return {
        **vars(case),
        "received": case.received.isoformat(),
        "due_on": day_or_none(case.due_on),
        "code_hash": code_hash,
        "registered_at": utc(case.registered_at),
    }


def event_row(event: Event, position: int, previous: str) -> dict[str, Any]:
    """An event as its row, linked to the one before it."""
    return {
        **vars(event),
        "hash": event.digest(previous),
        "previous": previous,
        "position": position,
        "at": utc(event.at),
        "day": event.day.isoformat(),
        "data": canonical(dict(event.data)),
    }


def _case(row: dict[str, Any]) -> Case:
    return Case(
        **{
            **row,
            "kind": Kind(row["kind"]),
            "channel": Channel(row["channel"]),
            "applicant_type": ApplicantType(row["applicant_type"]),
            "received": date.fromisoformat(row["received"]),
            "due_on": read_day(row["due_on"]),
            "registered_at": datetime.fromisoformat(row["registered_at"]),
        }
    )


def _event(row: dict[str, Any]) -> Event:
    return Event(
        **{
            **row,
            "at": datetime.fromisoformat(row["at"]),
            "day": date.fromisoformat(row["day"]),
            "action": Action(row["action"]),
            "from_state": State(row["from_state"]) if row["from_state"] else None,
            "to_state": State(row["to_state"]),
            "data": json.loads(row["data"]),
        }
    )


def _text(row: dict[str, Any]) -> Text:
    return Text(
        **{
            **row,
            "kind": TextKind(row["kind"]),
            "at": datetime.fromisoformat(row["at"]),
            "erased": bool(row["erased"]),
        }
    )


def _draft(row: dict[str, Any]) -> Draft:
    return Draft(
        **{
            **row,
            "outcome": Outcome(row["outcome"]) if row["outcome"] else None,
            "at": datetime.fromisoformat(row["at"]),
        }
    )

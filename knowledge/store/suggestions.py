"""Suggested wordings with what was decided about them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from knowledge.store.base import Rows, utc


class Change(StrEnum):
    """What a suggestion would do to an entry."""

    ADD = "add"  # this wording asks for this entry
    EXCLUDE = "exclude"  # it does not, however alike it looks


@dataclass(frozen=True, kw_only=True)
class Suggestion:
    """A wording that people's presses say belongs, or does not belong, to an entry."""

    change: Change
    entry_id: str
    wording: str
    folded: str  # in the form in which wordings are compared
    times: int  # questions that speak for it
    people: int  # conversations these came from
    last_at: datetime
    id: int = 0  # 0 until it is stored
    status: str = "open"  # open | accepted | rejected


class SuggestionRows(Rows):
    """Suggestions; a decided one never comes back."""

    def keep_suggestions(self, suggestions: Iterable[Suggestion]) -> None:
        """Make these the open suggestions; those that nothing speaks for any more are dropped."""
        wanted = {_key(one): one for one in suggestions}
        stored = {_key(one): one for one in self._all()}
        for key, one in stored.items():
            if one.status == "open" and key not in wanted:
                self._db.execute("DELETE FROM suggestions WHERE id = :id", {"id": one.id})
        for key, one in wanted.items():
            if key not in stored:
                self._add(one)
            elif stored[key].status == "open":
                self._recount(stored[key].id, one)

    def open_suggestions(self) -> list[Suggestion]:
        """Those that wait for a decision, the best supported first."""
        waiting = [one for one in self._all() if one.status == "open"]
        return sorted(waiting, key=lambda one: (-one.people, -one.times, one.id))

    def decide(self, suggestion_id: int, status: str, *, by: str, at: datetime) -> None:
        """Accepted or rejected."""
        self._db.execute(
            "UPDATE suggestions SET status = :status, decided_by = :who, decided_at = :at "
            "WHERE id = :id",
            {"id": suggestion_id, "status": status, "who": by, "at": utc(at)},
        )

    def _all(self) -> list[Suggestion]:
        rows = self._db.query("SELECT * FROM suggestions ORDER BY id")
        return [_suggestion(row) for row in rows]

    def _add(self, one: Suggestion) -> None:
        self._db.execute(
            "INSERT INTO suggestions (id, kind, entry_id, wording, folded, times, people, "
            "last_at, status) VALUES ((SELECT coalesce(max(id), 0) + 1 FROM suggestions), :kind, "
            ":entry_id, :wording, :folded, :times, :people, :last_at, 'open')",
            {
                "kind": one.change,
                "entry_id": one.entry_id,
                "wording": one.wording,
                "folded": one.folded,
                "times": one.times,
                "people": one.people,
                "last_at": utc(one.last_at),
            },
        )

    def _recount(self, suggestion_id: int, one: Suggestion) -> None:
        self._db.execute(
            "UPDATE suggestions SET wording = :wording, times = :times, people = :people, "
            "last_at = :last_at WHERE id = :id",
            {
                "id": suggestion_id,
                "wording": one.wording,
                "times": one.times,
                "people": one.people,
                "last_at": utc(one.last_at),
            },
        )


def _key(one: Suggestion) -> tuple[str, str, str]:
    return one.change, one.entry_id, one.folded


def _suggestion(row: dict[str, Any]) -> Suggestion:
    return Suggestion(
        id=row["id"],
        change=Change(row["kind"]),
        entry_id=row["entry_id"],
        wording=row["wording"],
        folded=row["folded"],
        times=row["times"],
        people=row["people"],
        last_at=datetime.fromisoformat(row["last_at"]),
        status=row["status"],
    )

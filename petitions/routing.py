"""Which department a case belongs to: a suggestion with reasons, for a person to confirm."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from unicodedata import normalize

from petitions.people import Power
from petitions.store import PetitionStore

_COMPARED = 30  # past cases that have a say
_POWER = 0.5  # what a keyword of the power list is worth, beside a vote of all past cases (1)


@dataclass(frozen=True, kw_only=True)
class Suggestion:
    """A department and why."""

    department: str
    score: float  # larger is better; of no meaning beside other texts
    keywords: tuple[str, ...]  # of the power list
    items: tuple[str, ...]  # of the power list
    cases: tuple[str, ...]  # past ones about the same, by number


class Routing:
    """Learns from where past cases ended up; knows the power list."""

    def __init__(self, store: PetitionStore) -> None:
        self._store = store

    def suggest(self, text: str, *, limit: int = 3, apart_from: str = "") -> tuple[Suggestion, ...]:
        """Departments for a text, best first; none if nothing speaks for any.

        `apart_from` is the case whose text it is: where it lies now says nothing.
        """
        votes, numbers = self._votes(text, apart_from)
        words, items = self._powers(text)
        found = [
            Suggestion(
                department=name,
                score=votes[name] + _POWER * len(words[name]),
                keywords=tuple(words[name]),
                items=tuple(items[name]),
                cases=tuple(numbers[name][:3]),
            )
            for name in {*votes, *words}
        ]
        return tuple(sorted(found, key=lambda one: (-one.score, one.department))[:limit])

    def _votes(self, text: str, apart_from: str) -> tuple[dict[str, float], dict[str, list[str]]]:
        """Each past case speaks for its department, as loud as it is alike; together 1."""
        votes: dict[str, float] = defaultdict(float)
        numbers: dict[str, list[str]] = defaultdict(list)
        alike = self._store.alike(text, limit=_COMPARED)
        rows = self._store.rows(number for number, _ in alike if number != apart_from)
        found = ((rows.get(number), score) for number, score in alike)
        routed = [(row, score) for row, score in found if row and row.department]
        total = sum(score for _, score in routed)
        for row, score in routed:
            votes[row.department] += score / total
            numbers[row.department].append(row.number)
        return votes, numbers

    def _powers(self, text: str) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
        plain = normalize("NFKC", text).lower()
        words: dict[str, list[str]] = defaultdict(list)
        items: dict[str, list[str]] = defaultdict(list)
        for power in self._store.powers():
            found = [word for word in power.keywords if word.lower() in plain]
            if found:
                items[power.department].append(power.item)
                words[power.department] += [
                    word for word in found if word not in words[power.department]
                ]
        return words, items

    def powers(self) -> Sequence[Power]:
        """The power list."""
        return self._store.powers()

    def load_powers(self, powers: Iterable[Power]) -> None:
        """Put a power list in place of the one before."""
        with self._store.atomic():
            self._store.save_powers(powers)

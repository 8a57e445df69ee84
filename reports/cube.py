"""The figures of a period by group and of the months around it, out of one count of every case.

A year has 100,000 cases; counting them again for each table of a page would take too long.
"""

from collections.abc import Callable, Iterable, Iterator

from petitions import Figure
from reports.metrics import ALL, By, Counting, Group, Metrics, Office, Period


class Cube(Counting):
    """Counts per group and month, and whether within the inner period; sums of them on demand."""

    def __init__(self, span: Period, office: Office, by: By | None, *, within: Period) -> None:
        super().__init__(span, office, by)
        self._within = (within.since.isoformat(), within.until.isoformat())
        self._rows: dict[tuple[str, bool], dict[str, Group]] = {}  # month, within → name → group
        self._row_of: dict[str, dict[str, Group]] = {}  # by day
        self._is_named = by is not By.MONTH  # months are names of their own

    def take_all(self, figures: Iterable[Figure]) -> None:
        """Count these cases."""
        for one in figures:
            self.take(one)

    def _group_of(self, one: Figure, day: str) -> Group:
        row = self._row_of.get(day)
        if row is None:
            row = self._row_of[day] = self._new_day(day)
        name = self._name(one, day) if self._is_named else ""
        found = row.get(name)
        if found is None:
            found = row[name] = Group()
        return found

    def _new_day(self, day: str) -> dict[str, Group]:
        since, until = self._within
        return self._rows.setdefault((day[:7], since <= day <= until), {})

    def _cells(self) -> Iterator[tuple[str, str, bool, Group]]:
        """Name, month, whether within, and what was counted."""
        for (month, inside), row in self._rows.items():
            for name, cell in row.items():
                yield name, month, inside, cell

    def within(self, period: Period, by: By | None) -> list[Metrics]:
        """The figures of the inner period; `by` is that of the cube, or None for the total."""

        def cells() -> Iterator[tuple[str, Group]]:
            for name, month, inside, cell in self._cells():
                if inside:
                    yield {By.MONTH: month, None: ALL}.get(by, name), cell

        return self._summed(period, by, cells())

    def by_month(self, period: Period) -> list[Metrics]:
        """The figures of every month of the span in which there are any."""
        cells = ((month, cell) for _, month, _, cell in self._cells())
        return self._summed(period, By.MONTH, cells)

    def of_months(
        self, period: Period, by: By | None, wanted: Callable[[str], bool]
    ) -> list[Metrics]:
        """The figures of some months, which are what the period holds."""
        cells = (
            (name if by else ALL, cell) for name, month, _, cell in self._cells() if wanted(month)
        )
        return self._summed(period, by, cells)

    def _summed(
        self, period: Period, by: By | None, cells: Iterable[tuple[str, Group]]
    ) -> list[Metrics]:
        counting = Counting(period, self._office, by)
        for name, cell in cells:
            counting.group(name).add(cell)
        return counting.results()

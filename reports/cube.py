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
        self._cells: dict[tuple[str, str, bool], Group] = {}

    def take_all(self, figures: Iterable[Figure]) -> None:
        """Count these cases."""
        for one in figures:
            self.take(one)

    def _group_of(self, one: Figure, day: str) -> Group:
        since, until = self._within
        name = "" if self._by is By.MONTH else self._name(one, day)
        key = (name, day[:7], since <= day <= until)
        found = self._cells.get(key)
        if found is None:
            found = self._cells[key] = Group()
        return found

    def within(self, period: Period, by: By | None) -> list[Metrics]:
        """The figures of the inner period; `by` is that of the cube, or None for the total."""

        def cells() -> Iterator[tuple[str, Group]]:
            for (name, month, inside), cell in self._cells.items():
                if inside:
                    yield {By.MONTH: month, None: ALL}.get(by, name), cell

        return self._summed(period, by, cells())

    def by_month(self, period: Period) -> list[Metrics]:
        """The figures of every month of the span in which there are any."""
        cells = ((month, cell) for (_, month, _), cell in self._cells.items())
        return self._summed(period, By.MONTH, cells)

    def of_months(
        self, period: Period, by: By | None, wanted: Callable[[str], bool]
    ) -> list[Metrics]:
        """The figures of some months, which are what the period holds."""
        cells = (
            (name if by else ALL, cell)
            for (name, month, _), cell in self._cells.items()
            if wanted(month)
        )
        return self._summed(period, by, cells)

    def _summed(
        self, period: Period, by: By | None, cells: Iterable[tuple[str, Group]]
    ) -> list[Metrics]:
        counting = Counting(period, self._office, by)
        for name, cell in cells:
            counting.group(name).add(cell)
        return counting.results()

"""Loaded years of the working-day calendar."""

from collections.abc import Sequence
from datetime import date, datetime

from petitions.holidays import Holiday, Mark
from petitions.store.base import Rows, utc


class CalendarRows(Rows):
    """Holidays."""

    def calendar_stamp(self) -> int:
        """Differs whenever a year was loaded since."""
        rows = self._read("SELECT coalesce(sum(version), 0) AS stamp FROM calendar_years")
        return int(next(iter(rows))["stamp"])

    def calendar_years(self) -> dict[int, dict[date, Mark]]:
        """Every loaded year's listed days."""
        years: dict[int, dict[date, Mark]] = {
            row["year"]: {} for row in self._read("SELECT year FROM calendar_years")
        }
        for row in self._read("SELECT year, date, mark FROM calendar_days"):
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
            {"year": year, "source": source, "at": utc(at)},
        )
        self._db.execute("DELETE FROM calendar_days WHERE year = :year", {"year": year})
        for one in holidays:
            self._db.execute(
                "INSERT INTO calendar_days (date, year, mark, name) "
                "VALUES (:date, :year, :mark, :name)",
                {**vars(one), "date": one.date.isoformat(), "year": year},
            )

"""The matcher's numbers as they were learned here, each with what it changed."""

from dataclasses import dataclass
from datetime import datetime

from knowledge.store.base import Rows, utc


@dataclass(frozen=True, kw_only=True)
class StoredCalibration:
    """Numbers that were learned, as JSON; empty where the program's own were taken back."""

    at: datetime
    who: str
    numbers: str
    report: str


class CalibrationRows(Rows):
    """Calibrations; the newest holds."""

    def keep_calibration(self, numbers: str, report: str, *, by: str, at: datetime) -> None:
        """From now on these numbers hold."""
        self._db.execute(
            "INSERT INTO calibrations (at, who, numbers, report) "
            "VALUES (:at, :who, :numbers, :report)",
            {"at": utc(at), "who": by, "numbers": numbers, "report": report},
        )

    def calibrations(self) -> list[StoredCalibration]:
        """All of them, the newest first."""
        rows = self._db.query("SELECT at, who, numbers, report FROM calibrations ORDER BY id DESC")
        return [
            StoredCalibration(
                at=datetime.fromisoformat(row["at"]),
                who=row["who"],
                numbers=row["numbers"],
                report=row["report"],
            )
            for row in rows
        ]

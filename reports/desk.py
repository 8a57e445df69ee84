"""The figures of the cases of a desk, as they stand or stood."""

from petitions import PetitionDesk
from reports.metrics import By, Metrics, Office, Period, metrics


def desk_metrics(desk: PetitionDesk, period: Period, by: By | None = None) -> list[Metrics]:
    """Of a period, seen at its `as_of`; duty is counted by the department of who signed in."""
    desk.calendar.refresh()
    office = Office(
        calendar=desk.calendar,
        working_hours=desk.policy.working_hours,
        duty_hours=desk.policy.duty_hours,
        duty=desk.duty.between(period.since, period.until),
        departments={user.name: user.department for user in desk.people.all()},
    )
    figures = desk.queue.figures(period.since, period.until, as_of=period.as_of)
    return metrics(figures, period, office, by)

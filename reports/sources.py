"""Where figures come from: the desk's cases, calendar and duty, all or one department's."""

from datetime import date, datetime, tzinfo

from petitions import Figure, PetitionDesk
from reports.metrics import By, Metrics, Office, Period, end_of, metrics


def period_of(
    since: date, until: date, *, as_of: date | None, now: datetime, zone: tzinfo
) -> Period:
    """A period as it stands now, or stood at the end of a day."""
    moment = min(end_of(as_of, zone), now) if as_of else now
    return Period(since=since, until=until, as_of=moment, zone=zone)


def office_of(desk: PetitionDesk, period: Period, department: str | None = None) -> Office:
    """Calendar, hours and duty; of one department the duty of its people."""
    desk.calendar.refresh()
    departments = {user.name: user.department for user in desk.people.all()}
    duty = desk.duty.between(period.since, period.until)
    if department is not None:
        duty = tuple(one for one in duty if departments.get(one.officer) == department)
    return Office(
        calendar=desk.calendar,
        working_hours=desk.policy.working_hours,
        duty_hours=desk.policy.duty_hours,
        duty=duty,
        departments=departments,
    )


def cases_of(desk: PetitionDesk, period: Period, department: str | None = None) -> list[Figure]:
    """What figures need of the cases of a period, or of those that a department leads."""
    found = desk.queue.figures(period.since, period.until, as_of=period.as_of)
    if department is None:
        return found
    return [one for one in found if one.department == department]


def measured(desk: PetitionDesk, period: Period, by: By | None = None) -> list[Metrics]:
    """The figures of the whole office."""
    return metrics(cases_of(desk, period), period, office_of(desk, period), by)

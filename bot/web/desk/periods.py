"""Which figures an address asks for: the period, as of when, by what, and for whom."""

from dataclasses import dataclass
from datetime import date, timedelta, tzinfo
from enum import StrEnum
from typing import Final
from urllib.parse import urlencode

from bot.web.desk import figure_texts as texts
from bot.web.desk.fields import Typed
from bot.web.desk.lists import OVERSIGHT
from bot.web.desk.room import Seat
from petitions import NotNow
from petitions.words import Labelled
from reports import By, Period
from reports.columns import BY_NAME, Column
from reports.sources import period_of

_LONGEST: Final = 366 * 10  # days
MONTHS: Final = 12  # of the trend


class Preset(Labelled):
    """A period that has a name."""

    THIS_MONTH = "this_month", "本月"
    LAST_MONTH = "last_month", "上月"
    THIS_YEAR = "this_year", "今年"
    LAST_YEAR = "last_year", "去年"
    CUSTOM = "custom", "自选日期"


class Grouping(Labelled):
    """What the figures can be grouped by."""

    DEPARTMENT = By.DEPARTMENT.value, "处室"
    KIND = By.KIND.value, "类型"
    CHANNEL = By.CHANNEL.value, "渠道"
    MONTH = By.MONTH.value, "月份"


class Kept(StrEnum):
    """The fields of an address."""

    PERIOD = "period"
    SINCE = "from"
    UNTIL = "to"
    AS_OF = "as_of"
    BY = "by"
    SHOW = "show"


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """The figures that somebody wants to see, and may."""

    preset: Preset
    period: Period
    as_of: date | None
    grouping: Grouping
    shown: Column  # in the charts
    department: str | None  # the only one; None: all
    today: date

    @property
    def by(self) -> By:
        """As the figures know it."""
        return By(self.grouping.value)

    @property
    def last_month(self) -> date:
        """The first day of the last month of the trend."""
        return min(self.period.until, self.today).replace(day=1)

    @property
    def months(self) -> tuple[date, ...]:
        """The first days of the trend's months."""
        last = self.last_month.year * 12 + self.last_month.month - 1
        return tuple(date(n // 12, n % 12 + 1, 1) for n in range(last - MONTHS + 1, last + 1))

    @property
    def span(self) -> Period:
        """The period and the months of the trend."""
        since = min(self.period.since, self.months[0])
        until = max(self.period.until, month_end(self.last_month))
        period = self.period
        return Period(since=since, until=until, as_of=period.as_of, zone=period.zone)

    def address(self, **changes: str) -> str:
        """The query of these figures with changes and additions."""
        kept = {
            Kept.PERIOD.value: self.preset.value,
            Kept.AS_OF.value: str(self.as_of or ""),
            Kept.BY.value: self.grouping.value,
            Kept.SHOW.value: self.shown.name,
        }
        if self.preset is Preset.CUSTOM:
            kept[Kept.SINCE.value] = self.period.since.isoformat()
            kept[Kept.UNTIL.value] = self.period.until.isoformat()
        return urlencode({name: value for name, value in {**kept, **changes}.items() if value})

    def month_address(self, month: date, **more: str) -> str:
        """The query of one month's figures."""
        dates = {"from": month.isoformat(), "to": month_end(month).isoformat()}
        return self.address(**{Kept.PERIOD.value: Preset.CUSTOM.value, **dates, **more})


def wanted(typed: Typed, seat: Seat, zone: tzinfo) -> Wanted:
    """What an address asks for; dates that cannot be are told, other nonsense is left out."""
    since_typed, until_typed = typed.day(Kept.SINCE), typed.day(Kept.UNTIL)
    preset = next((one for one in Preset if one == typed.text(Kept.PERIOD)), Preset.THIS_YEAR)
    since, until = _dates(preset, seat.today)
    if preset is Preset.CUSTOM:
        since, until = since_typed or since, until_typed or until
    if since > until:
        raise NotNow(texts.DATES_REVERSED)
    if (until - since).days > _LONGEST or until.year > seat.today.year + 1:
        raise NotNow(texts.PERIOD_TOO_LONG)
    as_of = typed.day(Kept.AS_OF)
    by = typed.text(Kept.BY)
    return Wanted(
        preset=preset,
        period=period_of(since, until, as_of=as_of, now=seat.now, zone=zone),
        as_of=as_of,
        grouping=next((one for one in Grouping if one == by), Grouping.DEPARTMENT),
        shown=BY_NAME.get(typed.text(Kept.SHOW), BY_NAME["received"]),
        department=None if seat.actor.role in OVERSIGHT else seat.actor.department,
        today=seat.today,
    )


def _dates(preset: Preset, today: date) -> tuple[date, date]:
    first = today.replace(day=1)
    match preset:
        case Preset.THIS_MONTH:
            return first, month_end(today)
        case Preset.LAST_MONTH:
            last = first - timedelta(days=1)
            return last.replace(day=1), last
        case Preset.LAST_YEAR:
            return date(today.year - 1, 1, 1), date(today.year - 1, 12, 31)
        case _:
            return date(today.year, 1, 1), date(today.year, 12, 31)


def month_end(day: date) -> date:
    """The last day of its month."""
    return (day.replace(day=1) + timedelta(days=31)).replace(day=1) - timedelta(days=1)

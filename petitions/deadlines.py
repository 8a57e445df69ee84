"""When a case is due, and day by day why. Pure: no clock, no database.

The day of receipt is day 0, the next day the first (民法典 第二百零一条). Working days are counted
one by one. A period of calendar days or months whose last day is a rest day ends on the first
working day after it (民法典 第二百零三条; the special laws say nothing else); the rest days
at its end then do not count. Paused days never count.
"""

from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Any, TypeAlias

from petitions.errors import DateOutOfRange, ExtensionTooLong, NoRule, WrongDueDate, WrongPause
from petitions.words import Kind, Labelled
from petitions.workdays import Calendar, Day, Why

Pause: TypeAlias = tuple[date, date]  # first and last paused day

_ONE_DAY = timedelta(days=1)
_LAST_YEAR = 2999
_MOST = 366  # where no rule limits an extension, more than this is a slip of the finger


class Unit(StrEnum):
    """What a period is counted in; the word people read after the number."""

    WORKING = "个工作日"
    CALENDAR = "天"
    MONTHS = "个月"


class Scheme(Labelled):
    """Which disclosure regulation governs a request."""

    OF_2008 = "2008", "2008年条例"  # 国务院令第492号
    OF_2019 = "2019", "2019年条例"  # 国务院令第711号, in force from 2019-05-15 (第五十六条)

    @classmethod
    def on(cls, received: date) -> "Scheme":
        """The one in force on a day."""
        return cls.OF_2019 if received >= date(2019, 5, 15) else cls.OF_2008


@dataclass(frozen=True, kw_only=True)
class Rule:
    """How long a case may take, and who says so."""

    length: int
    unit: Unit
    source: str
    extension: int | None = None  # the most that may be added, in the same unit; None: not limited

    def __post_init__(self) -> None:
        if self.length < 1:
            raise ValueError(f"a period has at least one day: {self}")


Rules: TypeAlias = Mapping[Kind, Rule]

_DISCLOSURE = MappingProxyType(
    {
        Scheme.OF_2008: Rule(
            length=15,
            unit=Unit.WORKING,
            source="政府信息公开条例（2007年国务院令第492号）第二十四条",
            extension=15,
        ),
        Scheme.OF_2019: Rule(
            length=20,
            unit=Unit.WORKING,
            source="政府信息公开条例（2019年国务院令第711号）第三十三条",
            extension=20,
        ),
    }
)
# A rectification has a date instead of a rule. Consultations and appeals have no national
# deadline: what stands here is the default of a configuration.
_RULES: Rules = MappingProxyType(
    {
        Kind.CONSULTATION: Rule(length=5, unit=Unit.WORKING, source="本机关规定"),
        Kind.APPEAL: Rule(length=15, unit=Unit.WORKING, source="本机关规定"),
        # 自受理之日起; counted from receipt, which is never later. Before 2022-05-01
        # 信访条例 (2005) 第三十三条, with the same figures.
        Kind.LETTER: Rule(
            length=60, unit=Unit.CALENDAR, source="信访工作条例第三十四条", extension=30
        ),
        # 自交办之日起; six months if the matter is wide or difficult: an extension of three.
        # Before the revision of 2025 第四十二条, with the same figures.
        Kind.PROPOSAL: Rule(
            length=3,
            unit=Unit.MONTHS,
            source="全国人民代表大会和地方各级人民代表大会代表法第五十一条",
            extension=3,
        ),
    }
)


@dataclass(frozen=True, kw_only=True)
class LedgerDay:
    """One day of a period."""

    date: date
    counts: bool
    why: Why


@dataclass(frozen=True, kw_only=True)
class Deadline:
    """When a case is due, who says so, and every day from receipt to then."""

    due: date
    provisional: bool  # holidays not announced yet may move it
    ledger: tuple[LedgerDay, ...]
    source: str

    def as_json(self) -> dict[str, Any]:
        """Plain values for programs."""
        return {
            "due": self.due.isoformat(),
            "provisional": self.provisional,
            "ledger": [
                {"date": one.date.isoformat(), "counts": one.counts, "why": str(one.why)}
                for one in self.ledger
            ],
        }


def due(  # noqa: PLR0913 - all but the first three are options
    kind: Kind,
    received: date,
    calendar: Calendar,
    *,
    scheme: str | None = None,
    extended: int = 0,
    paused: Sequence[Pause] = (),
    overrides: Rules = MappingProxyType({}),
) -> Deadline:
    """The deadline of a kind of case; `extended` is in the unit of its rule."""
    rule = rule_for(kind, received, scheme=scheme, overrides=overrides)
    check_extension(rule, extended)
    return count(rule, received, calendar, extended=extended, paused=paused)


def rule_for(
    kind: Kind,
    received: date,
    *,
    scheme: str | None = None,
    overrides: Rules = MappingProxyType({}),
) -> Rule:
    """The rule for a case received that day; the scheme in force then unless one is named."""
    if kind in overrides:
        return overrides[kind]
    if kind is Kind.DISCLOSURE:
        return _DISCLOSURE[Scheme.parse(scheme) if scheme else Scheme.on(received)]
    if kind not in _RULES:
        raise NoRule(kind.label)
    return _RULES[kind]


def count(
    rule: Rule,
    received: date,
    calendar: Calendar,
    *,
    extended: int = 0,
    paused: Sequence[Pause] = (),
) -> Deadline:
    """Count a rule's days; `extended` as it was granted, whatever the rule allows now."""
    days = list(_days(rule, received, calendar, extended=extended, paused=paused))
    return Deadline(
        due=days[-1][0],
        provisional=any(day.provisional for _, day in days),
        ledger=tuple(LedgerDay(date=on, counts=day.counts, why=day.why) for on, day in days),
        source=rule.source,
    )


def reckon(
    rule: Rule,
    received: date,
    calendar: Calendar,
    *,
    extended: int = 0,
    paused: Sequence[Pause] = (),
) -> tuple[date, bool]:
    """Due date and whether it is provisional, as `count` but without keeping the days."""
    last, provisional = received, False
    for on, day in _days(rule, received, calendar, extended=extended, paused=paused):
        last, provisional = on, provisional or day.provisional
    return last, provisional


def until(received: date, due_on: date) -> Deadline:
    """A deadline that is a date of its own."""
    if due_on < received:
        raise WrongDueDate
    ahead = (received + timedelta(days=n) for n in range(1, (due_on - received).days + 1))
    ledger = [LedgerDay(date=day, counts=True, why=Why.NATURAL) for day in ahead]
    return Deadline(
        due=due_on,
        provisional=False,
        ledger=(LedgerDay(date=received, counts=False, why=Why.RECEIVED), *ledger),
        source="文件写明的日期",
    )


_RECEIVED = Day(counts=False, why=Why.RECEIVED)
_PAUSED = Day(counts=False, why=Why.PAUSED)
_NATURAL = Day(counts=True, why=Why.NATURAL)


def check_extension(rule: Rule, extended: int) -> None:
    """Raise ExtensionTooLong for more than the rule allows in all."""
    most = _MOST if rule.extension is None else rule.extension
    if not 0 <= extended <= most:
        raise ExtensionTooLong(f"{extended}{rule.unit}", f"{most}{rule.unit}", rule.source)


def _check_dates(received: date, paused: Sequence[Pause]) -> None:
    for start, end in paused:
        if end < start:
            raise WrongPause(start, end)
    last = max([received, *(end for _, end in paused)])
    if last.year > _LAST_YEAR:
        raise DateOutOfRange(last)


def _needed(rule: Rule, received: date, extended: int) -> int:
    """How many days have to count; months are turned into the days they have from that date."""
    length = rule.length + extended
    return (_add_months(received, length) - received).days if rule.unit is Unit.MONTHS else length


def _add_months(day: date, months: int) -> date:
    """The same day of a later month, or its last day (民法典 第二百零二条)."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _days(
    rule: Rule, received: date, calendar: Calendar, *, extended: int, paused: Sequence[Pause]
) -> Iterator[tuple[date, Day]]:
    """Every day from receipt to the last that counts, and what it is."""
    _check_dates(received, paused)
    needed, natural = _needed(rule, received, extended), rule.unit is not Unit.WORKING
    yield received, _RECEIVED
    counted, on = 0, received
    while counted < needed:
        on += _ONE_DAY
        if paused and any(start <= on <= end for start, end in paused):
            day = _PAUSED
        elif natural and counted < needed - 1:
            day = _NATURAL
        else:
            day = calendar.day(on)
            if natural and day.counts:
                day = replace(day, why=Why.NATURAL)
        counted += day.counts
        yield on, day

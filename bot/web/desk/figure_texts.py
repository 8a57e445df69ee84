"""What the pages of figures say."""

from typing import Final

from petitions import Channel, Kind
from reports import By, Period
from reports.columns import BY_NAME, DRILLS
from reports.metrics import ALL

DATES_REVERSED: Final = "起始日期在截止日期之后，请改一下。"
PERIOD_TOO_LONG: Final = "一次最多统计十年，截止日期不能晚于明年。"
UNKNOWN_NUMBER: Final = "没有这个数字。请从统计页面点进来。"

_COUNTS: Final = {"duty_days": "有人值守的工作日", "working_days": "工作日"}


def figure_name(name: str) -> str:
    """What a count or a figure is called."""
    if name in BY_NAME:
        return BY_NAME[name].label
    return DRILLS[name].label if name in DRILLS else _COUNTS[name]


def group_name(group: str, by: By) -> str:
    """What a group is called."""
    if group == ALL:
        return ""
    known: type[Kind | Channel] | None = {By.KIND: Kind, By.CHANNEL: Channel}.get(by)  # type: ignore[assignment]  # both
    if known and group in list(known):
        return known(group).label
    return group


def period_words(period: Period) -> str:
    """A period and when it was looked at."""
    at = period.as_of.astimezone(period.zone)
    since, until = period.since, period.until
    return (
        f"{since.year}年{since.month}月{since.day}日至{until.year}年{until.month}月{until.day}日，"
        f"按{at.year}年{at.month}月{at.day}日 {at:%H:%M} 的情况"
    )

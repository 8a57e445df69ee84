"""How this body works on cases, read from the texts of its settings."""

import re
from datetime import time
from types import MappingProxyType
from typing import TYPE_CHECKING

from petitions import Assignment, Hours, Kind, Policy, Rule, Rules, Unit

if TYPE_CHECKING:  # the settings check themselves with what is here
    from bot.config import Settings

_RULE = re.compile(r"\s*(\S+?)\s*=\s*([1-9]\d{0,2})\s*(个?工作日|天|日|个?月)?\s*")
_UNITS = {"工": Unit.WORKING, "天": Unit.CALENDAR, "日": Unit.CALENDAR, "月": Unit.MONTHS}
_HOURS = re.compile(r"\s*(\d{1,2}:\d{2})\s*[-–—~至]\s*(\d{1,2}:\d{2})\s*")


def kinds_in(text: str) -> frozenset[Kind]:
    """依申请公开,诉求 → kinds."""
    return frozenset(Kind.parse(word) for word in re.split(r"[,，、]", text) if word.strip())


def rules_in(text: str) -> Rules:
    """咨询=5个工作日,来信=60天 → rules; a number alone counts working days.

    A rule of one's own may be shorter than the law's; whether it may be longer is for the body.
    """
    rules: dict[Kind, Rule] = {}
    for part in filter(str.strip, re.split(r"[,，]", text)):
        found = _RULE.fullmatch(part)
        if not found:
            raise ValueError(f"“{part}”应写成 咨询=5个工作日")
        kind = Kind.parse(found[1])
        if kind is Kind.RECTIFICATION:
            raise ValueError("整改的期限是文件写明的日期，不能按天数设")
        unit = _UNITS[(found[3] or "工").removeprefix("个")[0]]
        rules[kind] = Rule(length=int(found[2]), unit=unit, source="本机关规定")
    return MappingProxyType(rules)


def days_in(text: str) -> tuple[int, ...]:
    """5,2,1,0 → numbers, largest first."""
    words = [word.strip() for word in re.split(r"[,，]", text) if word.strip()]
    if not words or not all(word.isdecimal() and len(word) < 3 for word in words):
        raise ValueError("应写成 5,2,1,0 这样的天数")
    return tuple(sorted({int(word) for word in words}, reverse=True))


def hours_in(text: str) -> Hours:
    """09:00-17:00 → hours."""
    found = _HOURS.fullmatch(text)
    if not found:
        raise ValueError("应写成 09:00-17:00")
    start, end = (time.fromisoformat(part.zfill(5)) for part in found.groups())
    if start >= end:
        raise ValueError("起止时间颠倒了")
    return Hours(start=start, end=end)


def policy_of(settings: "Settings") -> Policy:
    """The policy these settings describe."""
    return Policy(
        rules=rules_in(settings.deadlines),
        reviewed=kinds_in(settings.review_kinds),
        front=settings.front_department,
        assignment=Assignment(settings.assignment),
        supplement_days=settings.supplement_days,
        reopen_days=settings.reopen_days,
        close_days=settings.close_days,
        remind_at=days_in(settings.remind_days),
        working_hours=hours_in(settings.working_hours),
        duty_hours=hours_in(settings.duty_hours),
        rating_days=settings.rating_reminder_days,
    )

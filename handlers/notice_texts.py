"""What people are told when their case moves."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from handlers.texts import day
from petitions import Kind

SEE = "看办理情况"
CLOSED = "这件事已办结。"
MERGED = "您反映的事和另一件合并办理，有了答复会一并发给您。"


def heading(number: str, title: str) -> str:
    """Which case it is about."""
    return f"{number} {title}"


def accepted(due: date, *, provisional: bool) -> str:
    """It is ours."""
    later = "（节假日安排公布后可能调整）" if provisional else ""
    return f"已受理，预计{day(due)}前答复{later}。"


def declined(reason: str, referral: str) -> str:
    """It is not ours."""
    where = f"\n您可以找：{referral}" if referral else ""
    return f"这件事我们不能受理。\n原因：{reason}{where}"


def lapsed(items: str) -> str:
    """What was asked for was not completed."""
    return f"没有收到补正（{items}），按放弃申请处理，不再办理。您可以重新申请。"


def consulting(until: date) -> str:
    """Somebody else is asked."""
    return f"您要的信息关系到别人，正在书面征求意见，最晚到{day(until)}。这段时间不计入答复期限。"


def extended(days: str, reason: str, due: date) -> str:
    """More time is needed."""
    return f"答复期限延长{days}，改为{day(due)}前。\n原因：{reason}"


def ask_rating(replied: date) -> str:
    """Once more: what do you think of the reply?"""
    return f"{day(replied)}已经答复您。办得怎么样？请点一下，好让我们改进。"


def reopened(due: date) -> str:
    """Handled again."""
    return f"已重新办理，预计{day(due)}前再答复您。"


REMEDIES = ("申请行政复议", "上一级机关、单位复查")  # a reply with these names the remedies itself


def remedies(kind: Kind, data: Mapping[str, Any]) -> str:
    """How to object to a reply; "" where the law opens no way of its own.

    行政复议法 第二十条、第二十三条；行政诉讼法 第四十六条；信访工作条例 第三十五条.
    """
    if kind is Kind.LETTER:
        return "不服这个处理意见的，可以在收到之日起30日内请求原办理机关的上一级机关复查。"
    if kind is not Kind.DISCLOSURE:
        return ""
    days = data["review_days"]
    if data.get("refuses"):
        return (
            f"不服这个答复的，先在收到之日起{days}日内申请行政复议；"
            "对复议决定不服的，再向法院起诉。"
        )
    return f"不服这个答复的，可以在收到之日起{days}日内申请行政复议，或者6个月内向法院起诉。"

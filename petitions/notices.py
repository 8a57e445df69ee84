"""What a person has to be told: facts, no sentences. Whoever speaks to people writes those."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeAlias

from petitions.words import Channel, Kind


class NoticeKind(StrEnum):
    """Steps that matter to the person; beside each, what `data` holds. Dates are ISO texts."""

    ACCEPTED = "accepted"  # due, provisional
    DECLINED = "declined"  # reason, referral
    SUPPLEMENT_REQUESTED = "supplement_requested"  # items, until
    LAPSED = "lapsed"  # items: what was not completed
    CONSULTING = "consulting"  # until, co_producing: the clock stands still meanwhile
    EXTENDED = "extended"  # days (with unit), reason, due
    REPLIED = "replied"  # text, outcome, basis, refuses, review_days, may_reopen_until
    CLOSED = "closed"  # nothing
    MERGED = "merged"  # into: the reply to that one serves this one, too
    REOPENED = "reopened"  # due
    RATING = "rating"  # replied: the day; the person has not said what they think of the reply


@dataclass(frozen=True, kw_only=True)
class Notice:
    """One thing to tell one person."""

    number: str
    person: str  # "telegram:1001"; never ""
    channel: Channel
    case_kind: Kind
    title: str
    kind: NoticeKind
    data: Mapping[str, Any]


Notify: TypeAlias = Callable[[Notice], None]  # called inside the transaction of the step

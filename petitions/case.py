"""What a case is: its kinds, channels and states, and the records of it.

Every enum has an English value, which the database keeps, and a Chinese label, which people read;
files may use either.
"""

import hashlib
import json
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Self
from unicodedata import category, normalize

from petitions.errors import UnknownWord

TITLE_LENGTH = 30
_SENTENCE_ENDS = re.compile(r"[。！？；!?;]")
_PAUSES = re.compile(r"[，、：,:\s]")


class Labelled(StrEnum):
    """An enum whose members have a Chinese name."""

    label: str

    def __new__(cls, value: str, label: str = "") -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member

    @classmethod
    def parse(cls, word: str) -> Self:
        """The member with this value or label."""
        wanted = normalize("NFKC", word).strip().casefold()
        for member in cls:
            if wanted in (member.value, member.label.casefold()):
                return member
        raise UnknownWord(word, "、".join(member.label for member in cls))


class Kind(Labelled):
    """What a case is about; it decides the deadline."""

    CONSULTATION = "consultation", "咨询"  # a question the knowledge base could not answer
    APPEAL = "appeal", "诉求"  # complaint, request for help, report, suggestion
    DISCLOSURE = "disclosure", "依申请公开"  # a request for a piece of information
    PROPOSAL = "proposal", "建议提案"  # from people's-congress deputies or CPPCC members
    LETTER = "letter", "来信"  # letters and visits
    RECTIFICATION = "rectification", "整改"  # an inspection finding with its own date


class Channel(Labelled):
    """How a case arrived. Import files may also write 网络, which is no member of its own."""

    TELEGRAM = "telegram", "Telegram"
    WEB = "web", "网页"
    TERMINAL = "terminal", "终端"
    LETTER = "letter", "信函"
    PHONE = "phone", "电话"
    ON_SITE = "on_site", "现场"  # at the counter, at an open day
    MINXIN = "minxin", "民心网"
    RENMIN = "renmin", "人民网"


class State(Labelled):
    """Where a case stands. Overdue is no state: it is computed from the deadline and a date."""

    REGISTERED = "registered", "已登记"  # has a number; nobody has looked at it yet
    ACCEPTED = "accepted", "已受理"  # it is for this body to handle
    DECLINED = "declined", "不予受理"  # it is not; the person was told why and where to turn
    ROUTED = "routed", "已转办"  # a department has it
    IN_PROGRESS = "in_progress", "办理中"  # somebody in the department works on it
    SUPPLEMENT_REQUESTED = (
        "supplement_requested",
        "待补正",
    )  # waits for the applicant to complete it
    THIRD_PARTY = "third_party", "征求第三方意见"  # waits for a third party; the clock stands still
    UNDER_REVIEW = "under_review", "审核中"  # the reply is written, not yet approved
    REPLIED = "replied", "已答复"  # the person has the reply
    REOPENED = "reopened", "重新办理"  # the person was not satisfied
    CLOSED = "closed", "已办结"  # nothing more will happen
    WITHDRAWN = "withdrawn", "已撤回"  # by the person, while it was open


@dataclass(frozen=True, kw_only=True)
class Case:
    """A case as registered, and the state its last event left it in."""

    number: str
    kind: Kind
    channel: Channel
    person: str  # "telegram:1001"; "" if nobody asks through a channel of ours
    title: str
    text: str
    contact: str = ""
    received: date  # day 0 of the deadline, local
    due_on: date | None = None  # a rectification's own date; other kinds compute theirs
    origin: str | None = None  # what it grew out of: the same origin is never registered twice
    registered_at: datetime
    state: State = State.REGISTERED


@dataclass(frozen=True, kw_only=True)
class Event:
    """One step of a case. Events are never changed: a wrong one is corrected by another."""

    number: str
    at: datetime  # when it was recorded
    day: date  # the local day it counts for: paper may be recorded days after it arrived
    by: str
    from_state: State | None  # None: the first event
    to_state: State
    note: str = ""

    def digest(self, previous: str) -> str:
        """The event's link in the chain: changes if this event or any before it is changed."""
        facts = {
            "previous": previous,
            "number": self.number,
            "at": self.at.astimezone(UTC).isoformat(),
            "day": self.day.isoformat(),
            "by": self.by,
            "from": self.from_state,
            "to": self.to_state,
            "note": self.note,
        }
        canonical = json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(canonical.encode()).hexdigest()


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """What the person is given on registration."""

    number: str
    query_code: str | None  # shown once; None when the same thing was registered before
    kind: Kind
    received: date
    due: date
    provisional: bool  # the due date may move when a year's holidays are announced
    repeated: bool = False


@dataclass(frozen=True, kw_only=True)
class CaseStatus:
    """What a person may see of a case."""

    number: str
    kind: Kind
    title: str
    state: State
    received: date
    due: date
    provisional: bool


def title_of(text: str) -> str:
    """The beginning of a text, cut where a reader would pause."""
    line = " ".join(text.split())
    if len(line) <= TITLE_LENGTH:
        return line
    head = line[: _cut(line)]
    return head.rstrip("。；，、：;,: ") + "…"


def _cut(line: str) -> int:
    """Where to cut: after a sentence, else at a pause, else not inside a word or a character."""
    head = line[:TITLE_LENGTH]
    for breaks in (_SENTENCE_ENDS, _PAUSES):
        ends = [found.end() for found in breaks.finditer(head)]
        if ends and ends[-1] > TITLE_LENGTH // 3:
            return ends[-1]
    for end in range(TITLE_LENGTH, TITLE_LENGTH // 3, -1):
        if not _joined(line[end - 1], line[end]):
            return end
    return TITLE_LENGTH


def _joined(left: str, right: str) -> bool:
    """Whether the two stand or fall together: letters of a word, a character and its marks."""
    word = left.isascii() and right.isascii() and left.isalnum() and right.isalnum()
    return word or left == "\u200d" or right == "\u200d" or category(right).startswith("M")

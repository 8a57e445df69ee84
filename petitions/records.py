"""Cases as rows of a file: what a row has to say, and what is wrong with it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, NamedTuple

from petitions.case import title_of
from petitions.errors import PetitionError
from petitions.words import (
    OF_2008,
    OF_2019,
    ApplicantType,
    Channel,
    Kind,
    Labelled,
    Outcome,
    Part,
    Rating,
)

_YES, _NO = frozenset({"yes", "是", "true", "1"}), frozenset({"no", "否", "false", "0"})
_ONLINE = "网络"  # how other systems call what came through a page
_USUAL_RECTIFICATION = timedelta(days=30)  # where a file names no date for it
_LONGEST_NUMBER = 40


class Fault(NamedTuple):
    """What is wrong with the value in a column."""

    column: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Record:
    """A row of a petitions file; days are local."""

    number: str = ""  # "" gets one
    kind: Kind
    channel: Channel
    title: str
    content: str
    applicant_type: ApplicantType = ApplicantType.NATURAL
    received_at: date
    accepted_at: date | None = None
    department: str = ""
    role: Part = Part.LEAD
    replied_at: date | None = None
    closed_at: date | None = None
    outcome: str = ""  # label of an Outcome; other kinds may have words of their own
    needs_handling: bool = True
    rating: Rating | None = None
    fee: float = 0.0
    due_on: date | None = None  # of a rectification


def parse(values: Mapping[str, Any], today: date, front: str) -> Record | tuple[Fault, ...]:
    """The record in these values, by column; or everything wrong with them.

    `front` answers for what names no department but was accepted.
    """
    reading = _Reading(values)
    record = reading.record()
    faults = (*reading.faults, *(_order(record, today) if record else ()))
    if faults or record is None:
        return faults
    return _completed(record, front)


def faults_of(values: Mapping[str, Any]) -> tuple[Fault, ...]:
    """What is wrong with each value by itself."""
    reading = _Reading(values)
    reading.record()
    return tuple(reading.faults)


class _Reading:
    """Takes the values one by one and gathers what is wrong."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self._values = values
        self.faults: list[Fault] = []

    def record(self) -> Record | None:
        """The record, if nothing that it cannot be without is wrong."""
        kind, channel = self._member(Kind, "kind"), self._channel()
        received = self._values.get("received_at")
        title, content = self._text("title"), self._text("content")
        if not title and not content:
            self.faults.append(Fault("title", "标题和内容至少写一样"))
        if len(self._text("number")) > _LONGEST_NUMBER:
            self.faults.append(Fault("number", f"编号最多 {_LONGEST_NUMBER} 个字"))
        rest = self._rest(kind)
        if kind is None or channel is None or received is None or self.faults:
            return None
        return Record(
            kind=kind,
            channel=channel,
            received_at=received,
            title=title or title_of(content),
            content=content or title,
            **rest,
        )

    def _rest(self, kind: Kind | None) -> dict[str, Any]:
        value = self._values.get
        return {
            "number": self._text("number"),
            "applicant_type": self._member(ApplicantType, "applicant_type")
            or ApplicantType.NATURAL,
            "accepted_at": value("accepted_at"),
            "department": self._text("department"),
            "role": self._member(Part, "role") or Part.LEAD,
            "replied_at": value("replied_at"),
            "closed_at": value("closed_at"),
            "outcome": self._outcome(kind),
            "needs_handling": self._flag("needs_handling"),
            "rating": self._member(Rating, "rating"),
            "fee": self._fee(),
            "due_on": value("due_on"),
        }

    def _text(self, name: str) -> str:
        return str(self._values.get(name) or "")

    def _member(self, enum: type[Any], name: str) -> Any:
        """The member of an enum; None for an empty cell, or for a word that is not ours."""
        word = self._text(name)
        if not word:
            return None
        try:
            return enum.parse(word)
        except PetitionError as exc:
            self.faults.append(Fault(name, str(exc)))
            return None

    def _channel(self) -> Channel | None:
        if self._text("channel") == _ONLINE:
            return Channel.WEB
        found: Channel | None = self._member(Channel, "channel")
        return found

    def _outcome(self, kind: Kind | None) -> str:
        word = self._text("outcome")
        found = _named(word)
        if not word or (found is None and kind is not Kind.DISCLOSURE):
            return word
        if found is None or (kind is Kind.DISCLOSURE and found not in OF_2008 | OF_2019):
            known = "、".join(one.label for one in Outcome if one in OF_2008 | OF_2019)
            self.faults.append(Fault("outcome", f"不认识“{word}”，可以写：{known}"))
            return ""
        return found.label

    def _flag(self, name: str) -> bool:
        word = self._text(name).lower()
        if word not in _YES | _NO | {""}:
            self.faults.append(Fault(name, f"“{word}”应写成 是 或 否"))
        return word not in _NO

    def _fee(self) -> float:
        word = self._text("fee").removesuffix("元").replace(",", "")
        try:
            fee = float(word or 0)
        except ValueError:
            fee = -1.0
        if not 0 <= fee < 1e9:
            self.faults.append(Fault("fee", f"“{word}”不是金额，请写成 100 或 100.5"))
        return fee


def _named(word: str) -> Outcome | None:
    """The outcome of that name; a row of the form may be named with its part in front."""
    for part in (word, word.rpartition("：")[2], word.rpartition(":")[2]):
        try:
            return Outcome.parse(part)
        except PetitionError:
            continue
    return None


def _order(record: Record, today: date) -> Iterator[Fault]:
    """Days come in their order and are not in the future."""
    days = {
        "received_at": record.received_at,
        "accepted_at": record.accepted_at,
        "replied_at": record.replied_at,
        "closed_at": record.closed_at,
    }
    before = record.received_at
    for name, day in days.items():
        if day is None:
            continue
        if day > today:
            yield Fault(name, f"{day} 还没有到，请核对")
        if day < before:
            yield Fault(name, f"{day} 早于前一步的 {before}，请核对")
        before = max(day, before)
    yield from _loose(record)


def _loose(record: Record) -> Iterator[Fault]:
    """What has nothing to hang on to."""
    if record.rating and not record.replied_at and not record.closed_at:
        yield Fault("rating", "没有答复日期，不能有评价")
    if record.outcome and not record.replied_at and not record.closed_at:
        yield Fault("outcome", "有答复结果，但没有答复日期")
    if record.due_on and record.kind is not Kind.RECTIFICATION:
        yield Fault("due_on", "只有整改写完成期限")
    if record.due_on and record.due_on < record.received_at:
        yield Fault("due_on", "完成期限早于收到日期")


def _completed(record: Record, front: str) -> Record:
    """What follows from the rest: somebody was answerable for what was worked on.

    A file that is read again reads the same: what is filled in here is what the case will say.
    """
    worked = record.replied_at or (record.closed_at and record.needs_handling)
    accepted, closed = record.accepted_at, record.closed_at
    if worked or record.department:
        accepted = accepted or record.received_at
    if not worked and not record.needs_handling:  # filed on the day it was seen
        closed = closed or accepted or record.received_at
    due_on = record.due_on
    if record.kind is Kind.RECTIFICATION:
        due_on = due_on or record.received_at + _USUAL_RECTIFICATION
    department = record.department or (front if accepted else "")
    return replace(
        record, accepted_at=accepted, closed_at=closed, department=department, due_on=due_on
    )


def word_of(member: Labelled | None) -> str:
    """The word that files show."""
    return member.label if member else ""

"""What is known: entries and guide passages with their source and validity.

Records only. How a question finds an entry is in `matching`, where entries are kept is in `store`.
"""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Collection(StrEnum):
    """Where an entry belongs; decides which file it is exported to."""

    FAQ = "faq"  # 政策解读: question and answer that explain a policy
    GUIDE = "guide"  # 政府信息公开指南: a passage of the disclosure guide


ELSEWHERE = "不归本机关管的事"  # topic of entries that only say whose business something is


class Status(StrEnum):
    """The state of one version of an entry."""

    DRAFT = "draft"  # imported or edited, not yet answered with
    PUBLISHED = "published"  # what citizens are answered with; one version of an id at most
    SUPERSEDED = "superseded"  # a newer version was published
    WITHDRAWN = "withdrawn"  # taken back without a successor


@dataclass(frozen=True, kw_only=True)
class Source:
    """The rule an answer rests on; everything but the title may be empty."""

    title: str = ""  # 依据, without 《》
    number: str = ""  # 文号, e.g. 国令第711号
    article: str = ""  # 条款, e.g. 第三十三条
    issuer: str = ""  # 发布机关
    date: "date | None" = None  # 发布日期
    url: str = ""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One approved question and answer, or one passage of the guide."""

    id: str
    question: str
    answer: str
    similar: tuple[str, ...] = ()  # other wordings, in citizens' own words
    unlike: tuple[str, ...] = ()  # wordings that look alike and ask something else
    topic: str = ""
    department: str = ""
    source: Source = field(default_factory=Source)
    effective_from: date | None = None
    effective_to: date | None = None  # the last day it holds
    review_by: date | None = None
    collection: Collection = Collection.FAQ
    section: str = ""  # the guide's chapter; empty for the FAQ

    @property
    def wordings(self) -> tuple[str, ...]:
        """The question and every other wording, the question first, none empty."""
        return tuple(filter(None, (self.question, *self.similar)))

    @property
    def elsewhere(self) -> bool:
        """Whether it answers nothing and says who does: the matter is not this body's."""
        return self.topic == ELSEWHERE

    def valid_on(self, day: date) -> bool:
        """Whether the answer holds on `day`; an open end has no limit."""
        started = self.effective_from is None or self.effective_from <= day
        ended = self.effective_to is not None and self.effective_to < day
        return started and not ended


@dataclass(frozen=True, kw_only=True)
class Section:
    """A chapter of the guide with its passages in order."""

    title: str
    passages: tuple[Entry, ...]

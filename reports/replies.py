"""Written replies: what to begin from, and what is still missing; `letters` makes the Word file."""

import re
from dataclasses import dataclass
from datetime import date

from petitions import Kind, Outcome
from reports import reply_texts as texts

REVIEW_DAYS = 60  # 行政复议法 (2023) 第二十条

_SHORT = 200  # characters
_GAP = re.compile(r"【[^】]*】?")


@dataclass(frozen=True, kw_only=True)
class Office:
    """Who signs, and who decides about objections."""

    name: str
    reconsideration: str  # the body that decides on administrative reconsideration
    court: str
    reopen_days: int  # to ask for another reply, where no law opens another way


@dataclass(frozen=True, kw_only=True)
class Matter:
    """What is replied to."""

    number: str
    kind: Kind
    title: str
    text: str
    applicant: str  # a name; "" if nobody gave one
    received: date
    today: date

    @property
    def wanted(self) -> str:
        """What was asked for: in full if that is short."""
        line = " ".join(self.text.split())
        return line if 0 < len(line) <= _SHORT else self.title


@dataclass(frozen=True, kw_only=True)
class Opening:
    """A reply to begin from."""

    basis: str
    text: str


def opening(matter: Matter, outcome: Outcome | None, office: Office) -> Opening:
    """The reply as far as it follows from kind and outcome; the rest stands in 【】."""
    basis, ground = texts.GROUNDS[outcome or Outcome.EXPLAINED]
    parts = (
        texts.greeting(matter.applicant),
        texts.received(texts.ASKED[matter.kind], matter.number, matter.wanted, matter.received),
        texts.examined(basis, ground),
        remedies(matter.kind, outcome, office),
        signature(office, matter.today),
    )
    return Opening(basis=basis, text="\n\n".join(part for part in parts if part))


def remedies(kind: Kind, outcome: Outcome | None, office: Office) -> str:
    """What the person can do who does not agree; "" where there is nothing."""
    if kind is Kind.DISCLOSURE:
        told = texts.remedies_of_refusal if outcome and outcome.refuses else texts.remedies
        return told(REVIEW_DAYS, office.reconsideration, office.court)
    if kind is Kind.LETTER:
        return texts.REVIEW_OF_LETTER
    if kind is Kind.PROPOSAL:
        return texts.OPINION_OF_DEPUTY
    return "" if kind is Kind.RECTIFICATION else texts.not_satisfied(office.reopen_days)


def signature(office: Office, today: date) -> str:
    """Who says so and when."""
    return f"{office.name}\n{texts.day(today)}"


def gaps(text: str) -> tuple[str, ...]:
    """What is still to be filled in."""
    return tuple(_GAP.findall(text))


def lacks_remedies(text: str, outcome: Outcome | None) -> bool:
    """Whether a refusal does not say that reconsideration comes first (行政复议法 第二十三条)."""
    return bool(outcome and outcome.refuses) and not re.search("先.*行政复议", text)

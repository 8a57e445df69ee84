"""Where a case stands; `folding` computes it from the events."""

from dataclasses import dataclass
from datetime import date, datetime

from petitions.case import Case
from petitions.deadlines import Pause
from petitions.states import OPEN, Action, State
from petitions.words import ApplicantType, Channel, Kind, Outcome, Part, Rating


@dataclass(frozen=True, kw_only=True)
class Facts:
    """A case after some of its events. Dates are local days, times aware."""

    number: str
    kind: Kind
    channel: Channel
    title: str
    applicant_type: ApplicantType
    due_on: date | None = None
    state: State = State.REGISTERED
    before: State = State.REGISTERED  # where it was before it began to wait
    version: int = 0  # the position of its last event
    last_by: str = ""
    last_action: Action = Action.REGISTER
    updated_at: datetime

    part: Part = Part.LEAD  # whether the body leads or helps
    department: str = ""  # answerable; set from acceptance on
    co: tuple[str, ...] = ()  # departments that help
    officer: str = ""  # id
    officer_name: str = ""
    objection: str = ""  # of the department to its being routed there, undecided

    registered_on: date  # the day its registration counts for
    registered_at: datetime
    received: date  # day 0 by law: may be later than registration (条例 第三十一条)
    confirmed: bool = False  # both sides confirmed the day of receipt
    restarted: date | None = None  # the clock runs from here instead
    extended: int = 0  # in the unit of the rule
    pauses: tuple[Pause, ...] = ()
    stopped_from: date | None = None  # the clock stands still from the day after
    waiting_until: date | None = None  # when the silence of whom it waits for has consequences
    waiting_for: str = ""  # what has to be completed, or who is asked
    co_producing: bool = False  # whom it waits for helped to make the information
    supplements: int = 0  # how often the applicant was asked

    submitted_by: str = ""
    approved_by: str = ""
    text: str = ""  # id of the reply that was submitted or sent
    outcome: Outcome | None = None
    outcome_words: str = ""  # of a file, where they are none of ours
    basis: str = ""
    fee: float = 0.0
    accepted_at: datetime | None = None
    first_replied_at: datetime | None = None
    replied_at: datetime | None = None
    closed_at: datetime | None = None
    reopened: int = 0
    rating: Rating | None = None
    rated_at: datetime | None = None
    needs_handling: bool = True
    confidential: bool = False
    merged_into: str = ""
    links: tuple[str, ...] = ()
    due: date | None = None  # fixed: the deadline of what was replied or ended
    provisional: bool = False  # of `due`

    @property
    def open(self) -> bool:
        """Whether somebody still owes the person a reply."""
        return self.state in OPEN

    @property
    def clock_start(self) -> date:
        """Day 0 of the deadline."""
        return self.restarted or self.received

    def pauses_on(self, today: date) -> tuple[Pause, ...]:
        """Every pause; one under way as if it ended today, or when silence ends it."""
        if self.stopped_from is None:
            return self.pauses
        end = min(today, self.waiting_until or today)
        return (*self.pauses, *_pause(self.stopped_from, end))


def opening(case: Case) -> Facts:
    """A case before its first event."""
    return Facts(
        number=case.number,
        kind=case.kind,
        channel=case.channel,
        title=case.title,
        applicant_type=case.applicant_type,
        due_on=case.due_on,
        updated_at=case.registered_at,
        registered_on=case.received,
        registered_at=case.registered_at,
        received=case.received,
    )


def _pause(stopped: date, resumed: date) -> tuple[Pause, ...]:
    """The days in between: like a period, a pause begins the day after what starts it."""
    first = date.fromordinal(stopped.toordinal() + 1)
    return ((first, resumed),) if resumed > stopped else ()

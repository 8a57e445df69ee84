"""Where a case stands, as its events tell it: a pure fold, one event after the other."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Any, TypeAlias

from petitions.case import Case, Event
from petitions.deadlines import Pause
from petitions.states import OPEN, WAITING, Action, State
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


def recount(case: Case, events: Iterable[Event]) -> Facts:
    """A case after these events, oldest first."""
    facts = opening(case)
    for event in events:
        facts = fold(facts, event)
    return facts


def fold(facts: Facts, event: Event) -> Facts:
    """A case after one more event."""
    changes = _EFFECTS.get(event.action, _nothing)(facts, event)
    waits = event.to_state in WAITING and facts.state not in WAITING
    leaves = facts.state in WAITING and event.to_state not in WAITING
    return _with(
        facts,
        {
            "state": event.to_state,
            "before": facts.state if waits else facts.before,
            "version": event.position,
            "last_by": event.who,
            "last_action": event.action,
            "updated_at": event.at,
            **_ending(event),
            **(_resumed(facts, event) if leaves else {}),
            **changes,
        },
    )


_Changes: TypeAlias = dict[str, Any]


def _with(facts: Facts, changes: _Changes) -> Facts:
    """As `replace`, which would pass forty fields through a constructor: a fold of many cases
    spends its time there. There is nothing that a constructor would check."""
    made = object.__new__(Facts)
    vars(made).update(vars(facts), **changes)
    return made


def _ending(event: Event) -> _Changes:
    """The deadline that a case ended with, as it was recorded then."""
    if "due" not in event.data:
        return {}
    return {
        "due": date.fromisoformat(event.data["due"]),
        "provisional": event.data.get("provisional", False),
    }


def _pause(stopped: date, resumed: date) -> tuple[Pause, ...]:
    """The days in between: like a period, a pause begins the day after what starts it."""
    first = date.fromordinal(stopped.toordinal() + 1)
    return ((first, resumed),) if resumed > stopped else ()


def _nothing(_: Facts, __: Event) -> _Changes:
    return {}


def _register(_: Facts, event: Event) -> _Changes:
    return {
        "registered_on": event.day,
        "needs_handling": event.data.get("needs_handling", True),
        "part": Part(event.data.get("part", Part.LEAD)),
    }


def _confirm(_: Facts, event: Event) -> _Changes:
    return {"received": event.day, "confirmed": True}


def _accept(_: Facts, event: Event) -> _Changes:
    return {"accepted_at": event.at, "department": event.data["department"]}


def _end(_: Facts, event: Event) -> _Changes:
    return {"closed_at": event.at, **_answer(event)}


def _end_without(facts: Facts, event: Event) -> _Changes:
    """Ended with nothing to answer: declined, filed, given up, withdrawn, a duplicate."""
    answered = facts.first_replied_at is not None
    return {
        "closed_at": event.at,
        "needs_handling": answered and facts.needs_handling,
        **_answer(event),
    }


def _merge(facts: Facts, event: Event) -> _Changes:
    return {**_end_without(facts, event), "merged_into": event.data["into"]}


def _route(_: Facts, event: Event) -> _Changes:
    return {
        "department": event.data["lead"],
        "co": tuple(event.data["co"]),
        "officer": "",
        "officer_name": "",
        "objection": "",
    }


def _object(_: Facts, event: Event) -> _Changes:
    return {"objection": event.note}


def _uphold(_: Facts, __: Event) -> _Changes:
    return {"objection": ""}


def _assign(facts: Facts, event: Event) -> _Changes:
    return {
        "officer": event.data["officer"],
        "officer_name": event.data["name"],
        "department": event.data.get("department") or facts.department,
        "objection": "",
    }


def _release(_: Facts, __: Event) -> _Changes:
    return {"officer": "", "officer_name": ""}


def _wait(facts: Facts, event: Event) -> _Changes:
    asked = event.action is Action.REQUEST_SUPPLEMENT
    return {
        "stopped_from": event.day if event.data["stops"] else None,
        "waiting_until": date.fromisoformat(event.data["until"]),
        "waiting_for": event.data["items"] if asked else event.data["party"],
        "co_producing": event.data.get("co_producing", False),
        "supplements": facts.supplements + asked,
    }


def _resumed(facts: Facts, event: Event) -> _Changes:
    """Nobody is waited for any more, whatever ended it."""
    return {
        "pauses": facts.pauses_on(event.day),
        "stopped_from": None,
        "waiting_until": None,
        "waiting_for": "",
        "co_producing": False,
    }


def _receive(_: Facts, event: Event) -> _Changes:
    """For a disclosure request the period begins anew (条例 第三十条)."""
    return {"restarted": event.day} if event.data["restarts"] else {}


def _extend(facts: Facts, event: Event) -> _Changes:
    return {"extended": facts.extended + event.data["days"]}


def _submit(_: Facts, event: Event) -> _Changes:
    return {"submitted_by": event.by, "approved_by": "", **_answer(event)}


def _approve(_: Facts, event: Event) -> _Changes:
    return {"approved_by": event.by}


def _return(_: Facts, __: Event) -> _Changes:
    return {"approved_by": ""}


def _reply(facts: Facts, event: Event) -> _Changes:
    return {
        "first_replied_at": facts.first_replied_at or event.at,
        "replied_at": event.at,
        **_answer(event),
    }


def _answer(event: Event) -> _Changes:
    return {
        **({"text": event.data["text"]} if "text" in event.data else {}),
        **({"basis": event.data["basis"]} if "basis" in event.data else {}),
        **({"fee": event.data["fee"]} if "fee" in event.data else {}),
        **_outcome(event),
    }


def _outcome(event: Event) -> _Changes:
    words = {"outcome_words": event.data["words"]} if "words" in event.data else {}
    outcome = event.data.get("outcome")
    return {"outcome": Outcome(outcome), **words} if outcome else words


def _reopen(facts: Facts, event: Event) -> _Changes:
    return {
        "reopened": facts.reopened + 1,
        "restarted": event.day,
        "extended": 0,
        "officer": "",
        "officer_name": "",
        "approved_by": "",
    }


def _link(facts: Facts, event: Event) -> _Changes:
    return {"links": tuple(dict.fromkeys((*facts.links, event.data["other"])))}


def _rate(_: Facts, event: Event) -> _Changes:
    return {"rating": Rating(event.data["rating"]), "rated_at": event.at}


def _hide(_: Facts, event: Event) -> _Changes:
    return {"confidential": event.data["confidential"]}


_CORRECTED: Mapping[str, Callable[[Any], Any]] = MappingProxyType(
    {
        "kind": Kind,
        "title": str,
        "applicant_type": ApplicantType,
        "received": date.fromisoformat,
        "outcome": Outcome,
        "fee": float,
        "needs_handling": bool,
    }
)


def corrected(field: str, value: Any) -> Any:
    """A corrected value as the facts have it; raises KeyError or ValueError."""
    return _CORRECTED[field](value)


def _correct(_: Facts, event: Event) -> _Changes:
    return {event.data["field"]: corrected(event.data["field"], event.data["value"])}


_EFFECTS: Mapping[Action, Callable[[Facts, Event], _Changes]] = MappingProxyType(
    {
        Action.REGISTER: _register,
        Action.CONFIRM_RECEIPT: _confirm,
        Action.ACCEPT: _accept,
        Action.DECLINE: _end_without,
        Action.FILE: _end_without,
        Action.ROUTE: _route,
        Action.OBJECT: _object,
        Action.UPHOLD: _uphold,
        Action.CLAIM: _assign,
        Action.ASSIGN: _assign,
        Action.RELEASE: _release,
        Action.REQUEST_SUPPLEMENT: _wait,
        Action.RECEIVE_SUPPLEMENT: _receive,
        Action.LAPSE: _end_without,
        Action.CONSULT: _wait,
        Action.EXTEND: _extend,
        Action.SUBMIT: _submit,
        Action.APPROVE: _approve,
        Action.RETURN: _return,
        Action.REPLY: _reply,
        Action.CLOSE: _end,
        Action.REOPEN: _reopen,
        Action.WITHDRAW: _end_without,
        Action.MERGE: _merge,
        Action.LINK: _link,
        Action.RATE: _rate,
        Action.HIDE: _hide,
        Action.CORRECT: _correct,
    }
)

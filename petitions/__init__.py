"""Cases: what was asked of the body, by when it has to answer, and who may see where it stands.

Knows nothing of the knowledge base, of conversations, channels, HTTP or the environment.
"""

from petitions.case import Case, CaseStatus, Channel, Event, Kind, Receipt, State
from petitions.deadlines import Deadline, LedgerDay, Rule, Rules, Scheme, Unit, due
from petitions.desk import PetitionDesk
from petitions.errors import (
    BadCalendar,
    CalendarProblem,
    DateOutOfRange,
    ExtensionTooLong,
    NoRule,
    NothingWritten,
    NotYours,
    PetitionError,
    ReceivedInFuture,
    TooManyAttempts,
    UnknownCase,
    UnknownWord,
    WrongCheckDigit,
    WrongDueDate,
    WrongNumber,
    WrongPause,
)
from petitions.holidays import Holiday, Mark, read_year
from petitions.numbers import parse_number
from petitions.store import PetitionStore, migrations
from petitions.workdays import Calendar, Day, Why

__all__ = [
    "BadCalendar",
    "Calendar",
    "CalendarProblem",
    "Case",
    "CaseStatus",
    "Channel",
    "DateOutOfRange",
    "Day",
    "Deadline",
    "Event",
    "ExtensionTooLong",
    "Holiday",
    "Kind",
    "LedgerDay",
    "Mark",
    "NoRule",
    "NotYours",
    "NothingWritten",
    "PetitionDesk",
    "PetitionError",
    "PetitionStore",
    "Receipt",
    "ReceivedInFuture",
    "Rule",
    "Rules",
    "Scheme",
    "State",
    "TooManyAttempts",
    "Unit",
    "UnknownCase",
    "UnknownWord",
    "Why",
    "WrongCheckDigit",
    "WrongDueDate",
    "WrongNumber",
    "WrongPause",
    "due",
    "migrations",
    "parse_number",
    "read_year",
]

"""Cases: what was asked of the body, by when it has to answer, and who may see where it stands.

Knows nothing of the knowledge base, of conversations, channels, HTTP or the environment.
"""

from petitions.actor import SYSTEM, Actor, citizen
from petitions.archive import Loaded
from petitions.case import Case, CaseStatus, Draft, Event, Receipt, Text, TextKind
from petitions.codes import NewCode
from petitions.deadlines import Deadline, LedgerDay, Rule, Rules, Scheme, Unit, due
from petitions.desk import PetitionDesk
from petitions.errors import (
    AlreadyChanged,
    AlreadyTaken,
    BadCalendar,
    CalendarProblem,
    DateOutOfRange,
    DraftChanged,
    ExtensionTooLong,
    FourEyes,
    IllegalMove,
    LockedOut,
    Missing,
    NameTaken,
    NoRule,
    NotAllowed,
    NothingWritten,
    NotNow,
    NotYourDepartment,
    NotYours,
    PetitionError,
    ReceivedInFuture,
    TooManyAttempts,
    UnknownCase,
    UnknownUser,
    UnknownWord,
    WrongCheckDigit,
    WrongDueDate,
    WrongNumber,
    WrongPassword,
    WrongPause,
)
from petitions.facts import Facts
from petitions.holidays import Holiday, Mark, read_year
from petitions.notices import Notice, NoticeKind, Notify
from petitions.numbers import is_ours, parse_number
from petitions.people import People, Power, SignIn, User
from petitions.permission import allowed
from petitions.policy import Assignment, Hours, Policy
from petitions.queue import Alike, CasePage, Difference, Holder
from petitions.records import Fault, Record
from petitions.reminders import Reminder
from petitions.replies import outcomes_for
from petitions.routing import Suggestion
from petitions.rows import CaseRow, Figure, Filter, Order, Page
from petitions.states import Action, State
from petitions.store import PetitionStore, migrations
from petitions.words import ApplicantType, Channel, Kind, Outcome, Part, Rating, Role
from petitions.workdays import Calendar, Day, Why

__all__ = [
    "SYSTEM",
    "Action",
    "Actor",
    "Alike",
    "AlreadyChanged",
    "AlreadyTaken",
    "ApplicantType",
    "Assignment",
    "BadCalendar",
    "Calendar",
    "CalendarProblem",
    "Case",
    "CasePage",
    "CaseRow",
    "CaseStatus",
    "Channel",
    "DateOutOfRange",
    "Day",
    "Deadline",
    "Difference",
    "Draft",
    "DraftChanged",
    "Event",
    "ExtensionTooLong",
    "Facts",
    "Fault",
    "Figure",
    "Filter",
    "FourEyes",
    "Holder",
    "Holiday",
    "Hours",
    "IllegalMove",
    "Kind",
    "LedgerDay",
    "Loaded",
    "LockedOut",
    "Mark",
    "Missing",
    "NameTaken",
    "NewCode",
    "NoRule",
    "NotAllowed",
    "NotNow",
    "NotYourDepartment",
    "NotYours",
    "NothingWritten",
    "Notice",
    "NoticeKind",
    "Notify",
    "Order",
    "Outcome",
    "Page",
    "Part",
    "People",
    "PetitionDesk",
    "PetitionError",
    "PetitionStore",
    "Policy",
    "Power",
    "Rating",
    "Receipt",
    "ReceivedInFuture",
    "Record",
    "Reminder",
    "Role",
    "Rule",
    "Rules",
    "Scheme",
    "SignIn",
    "State",
    "Suggestion",
    "Text",
    "TextKind",
    "TooManyAttempts",
    "Unit",
    "UnknownCase",
    "UnknownUser",
    "UnknownWord",
    "User",
    "Why",
    "WrongCheckDigit",
    "WrongDueDate",
    "WrongNumber",
    "WrongPassword",
    "WrongPause",
    "allowed",
    "citizen",
    "due",
    "is_ours",
    "migrations",
    "outcomes_for",
    "parse_number",
    "read_year",
]

"""The only SQL of this package, a module for each group of tables."""

from knowledge.store.calibrations import CalibrationRows, StoredCalibration
from knowledge.store.entries import Changes, Draft, EntryRows, Event, Version
from knowledge.store.questions import Question, QuestionRows, Reaction, Said
from knowledge.store.schema import migrations
from knowledge.store.suggestions import Change, Suggestion, SuggestionRows

__all__ = [
    "Change",
    "Changes",
    "Draft",
    "Event",
    "KnowledgeStore",
    "Question",
    "Reaction",
    "Said",
    "StoredCalibration",
    "Suggestion",
    "Version",
    "migrations",
]


class KnowledgeStore(EntryRows, QuestionRows, SuggestionRows, CalibrationRows):
    """Entries, questions and what was learned from them, as rows."""

"""The only SQL of this package, a module for each group of tables."""

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
    "Suggestion",
    "Version",
    "migrations",
]


class KnowledgeStore(EntryRows, QuestionRows, SuggestionRows):
    """Entries, questions and what was learned from them, as rows."""

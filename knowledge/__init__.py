"""What is known and how a question finds it. Knows nothing of people, cases or channels."""

from knowledge.base import Answered, Context, KnowledgeBase
from knowledge.embedding import Embedder, SentenceModel
from knowledge.entries import Collection, Entry, Section, Source, Status
from knowledge.errors import (
    BadFile,
    EmbeddingFailed,
    KnowledgeError,
    Problem,
    UnknownEntry,
    UnknownFormat,
)
from knowledge.matching import Matcher
from knowledge.outcomes import Candidate, Found, NotFound, Outcome, Unsure
from knowledge.store import KnowledgeStore, Question, Said

__all__ = [
    "Answered",
    "BadFile",
    "Candidate",
    "Collection",
    "Context",
    "Embedder",
    "EmbeddingFailed",
    "Entry",
    "Found",
    "KnowledgeBase",
    "KnowledgeError",
    "KnowledgeStore",
    "Matcher",
    "NotFound",
    "Outcome",
    "Problem",
    "Question",
    "Said",
    "Section",
    "SentenceModel",
    "Source",
    "Status",
    "UnknownEntry",
    "UnknownFormat",
    "Unsure",
]

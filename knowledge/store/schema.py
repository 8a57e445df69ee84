"""The tables, as they came about."""

from sqlite_utils import Database, Migrations

migrations = Migrations("knowledge")

_ENTRIES_AND_QUESTIONS = """
CREATE TABLE entries (
    id TEXT NOT NULL,
    version INTEGER NOT NULL,
    status TEXT NOT NULL,              -- draft | published | superseded | withdrawn
    collection TEXT NOT NULL,          -- faq | guide
    place INTEGER NOT NULL,            -- order within its file
    body TEXT NOT NULL,                -- the entry as JSON
    changed_at TEXT NOT NULL,
    PRIMARY KEY (id, version)
) STRICT;
CREATE UNIQUE INDEX entries_published ON entries (id) WHERE status = 'published';
CREATE TABLE questions (
    id TEXT PRIMARY KEY,               -- short: it goes into buttons
    conversation TEXT NOT NULL,        -- whose; buttons of others do nothing
    channel TEXT NOT NULL,
    asked_at TEXT NOT NULL,
    text TEXT NOT NULL,                -- personal numbers masked
    decision TEXT NOT NULL,            -- answer | clarify | escalate
    confidence REAL NOT NULL,
    offered TEXT NOT NULL,             -- ids of the entries shown, JSON
    answered_with TEXT,                -- the entry that was shown as the answer
    feedback TEXT,                     -- helpful | unsolved
    escalated_at TEXT
) STRICT;
CREATE INDEX questions_asked ON questions (asked_at);
"""

_LEARNING = """
CREATE TABLE entry_events (            -- append-only: who did what with a version, and why
    entry_id TEXT NOT NULL,
    version INTEGER NOT NULL,
    what TEXT NOT NULL,                -- the status that the version got
    at TEXT NOT NULL,
    who TEXT NOT NULL,                 -- empty where nobody was named
    note TEXT NOT NULL,
    PRIMARY KEY (entry_id, version, what)
) STRICT;
INSERT INTO entry_events (entry_id, version, what, at, who, note)
    SELECT id, version, status, changed_at, '', '' FROM entries;
CREATE TABLE reactions (               -- the last word on an entry as a question's answer
    question_id TEXT NOT NULL,
    entry_id TEXT NOT NULL,
    what TEXT NOT NULL,                -- picked | helpful | unsolved | refused
    at TEXT NOT NULL,
    PRIMARY KEY (question_id, entry_id)
) STRICT;
INSERT INTO reactions (question_id, entry_id, what, at)
    SELECT id, answered_with, coalesce(feedback, 'picked'), asked_at FROM questions
    WHERE answered_with IS NOT NULL AND (feedback IS NOT NULL OR decision = 'clarify');
CREATE TABLE suggestions (
    id INTEGER PRIMARY KEY,            -- what an admin types
    kind TEXT NOT NULL,                -- add | exclude
    entry_id TEXT NOT NULL,
    wording TEXT NOT NULL,             -- as it was written most often
    folded TEXT NOT NULL,              -- in the form in which wordings are compared
    times INTEGER NOT NULL,            -- questions that speak for it
    people INTEGER NOT NULL,           -- conversations these came from
    last_at TEXT NOT NULL,
    status TEXT NOT NULL,              -- open | accepted | rejected
    decided_at TEXT,
    decided_by TEXT,
    UNIQUE (kind, entry_id, folded)
) STRICT;
"""


_CALIBRATIONS = """
CREATE TABLE calibrations (            -- append-only; the newest holds
    id INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    who TEXT NOT NULL,                 -- empty where nobody was named
    numbers TEXT NOT NULL,             -- what was learned as JSON; empty: the program's own again
    report TEXT NOT NULL               -- what it changed, as JSON
) STRICT;
"""


@migrations()
def m001_entries_and_questions(db: Database) -> None:
    """Entries with versions; the log of questions."""
    _run(db, _ENTRIES_AND_QUESTIONS)


@migrations()
def m002_learning(db: Database) -> None:
    """Who changed what; what people said of answers; what may be learned from it."""
    _run(db, _LEARNING)


@migrations()
def m003_calibrations(db: Database) -> None:
    """The matcher's numbers for the knowledge at hand."""
    _run(db, _CALIBRATIONS)


def _run(db: Database, script: str) -> None:
    for statement in script.split(";\n"):  # executescript would end the migration's transaction
        if statement.strip():
            db.execute(statement)

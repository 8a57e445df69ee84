"""The tables, as migrations. Portable SQL but for the word index and the triggers."""

from sqlite_utils import Database, Migrations

migrations = Migrations("petitions")

_CASES = (
    """
    CREATE TABLE serials (
        year INTEGER PRIMARY KEY,
        last INTEGER NOT NULL              -- the serial given out last
    ) STRICT
    """,
    """
    CREATE TABLE cases (
        number TEXT PRIMARY KEY,
        kind TEXT NOT NULL,
        channel TEXT NOT NULL,
        person TEXT NOT NULL,              -- '' if nobody asks through a channel of ours
        title TEXT NOT NULL,
        text TEXT NOT NULL,
        contact TEXT NOT NULL,
        received TEXT NOT NULL,            -- local date, day 0 of the deadline
        due_on TEXT,                       -- local date; only where a case has a date of its own
        origin TEXT UNIQUE,
        code_hash TEXT NOT NULL,           -- of the query code; the code itself is nowhere
        registered_at TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX cases_person ON cases (person)",
    """
    CREATE TABLE case_events (
        hash TEXT PRIMARY KEY,             -- SHA-256 over the event and the hash before it
        previous TEXT NOT NULL,            -- '' for the first
        position INTEGER NOT NULL UNIQUE,  -- 1, 2, 3 … over all cases
        number TEXT NOT NULL REFERENCES cases (number),
        at TEXT NOT NULL,
        day TEXT NOT NULL,                 -- local date it counts for
        by TEXT NOT NULL,
        from_state TEXT,                   -- NULL for a case's first
        to_state TEXT NOT NULL,
        note TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX case_events_number ON case_events (number, position)",
    """
    CREATE TRIGGER case_events_update BEFORE UPDATE ON case_events
    BEGIN SELECT RAISE(ABORT, 'events are never changed'); END
    """,
    """
    CREATE TRIGGER case_events_delete BEFORE DELETE ON case_events
    BEGIN SELECT RAISE(ABORT, 'events are never deleted'); END
    """,
    # INSERT OR REPLACE deletes without the trigger above; it cannot extend the chain, though.
    """
    CREATE TRIGGER case_events_append BEFORE INSERT ON case_events
    WHEN NEW.position <> (SELECT coalesce(max(position), 0) + 1 FROM case_events)
      OR NEW.previous <> coalesce(
             (SELECT hash FROM case_events ORDER BY position DESC LIMIT 1), '')
    BEGIN SELECT RAISE(ABORT, 'events are only appended'); END
    """,
    """
    CREATE TABLE code_attempts (           -- wrong ones, as long as they limit anything
        id TEXT PRIMARY KEY,
        number TEXT NOT NULL,              -- as asked for; such a case need not exist
        person TEXT NOT NULL,
        at TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX code_attempts_number ON code_attempts (number, at)",
    "CREATE INDEX code_attempts_person ON code_attempts (person, at)",
    """
    CREATE TABLE calendar_years (
        year INTEGER PRIMARY KEY,
        source TEXT NOT NULL,              -- the announcement
        loaded_at TEXT NOT NULL,
        version INTEGER NOT NULL           -- how often it was loaded
    ) STRICT
    """,
    """
    CREATE TABLE calendar_days (
        date TEXT PRIMARY KEY,
        year INTEGER NOT NULL REFERENCES calendar_years (year),
        mark TEXT NOT NULL,                -- rest | work
        name TEXT NOT NULL                 -- the festival
    ) STRICT
    """,
)


_WORK = (
    "ALTER TABLE cases ADD COLUMN applicant TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE cases ADD COLUMN applicant_type TEXT NOT NULL DEFAULT 'natural'",
    "ALTER TABLE cases ADD COLUMN salt TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE case_events ADD COLUMN who TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE case_events ADD COLUMN action TEXT NOT NULL DEFAULT 'register'",
    "ALTER TABLE case_events ADD COLUMN data TEXT NOT NULL DEFAULT '{}'",
    # What lists and figures need, computed from the events in the transaction that appends one;
    # `rebuild` computes all of it anew.
    """
    CREATE TABLE case_facts (
        number TEXT PRIMARY KEY REFERENCES cases (number),
        version INTEGER NOT NULL,          -- position of the last event
        last_by TEXT NOT NULL,
        last_action TEXT NOT NULL,
        updated_at TEXT NOT NULL,
        kind TEXT NOT NULL,
        channel TEXT NOT NULL,
        title TEXT NOT NULL,
        applicant_type TEXT NOT NULL,
        state TEXT NOT NULL,
        open INTEGER NOT NULL,             -- somebody still owes the person a reply
        part TEXT NOT NULL,                -- lead | co: whether the body leads or helps
        department TEXT NOT NULL,
        co TEXT NOT NULL,                  -- departments, each between | and |
        officer TEXT NOT NULL,
        officer_name TEXT NOT NULL,
        objection TEXT NOT NULL,
        registered_on TEXT NOT NULL,
        registered_at TEXT NOT NULL,
        received TEXT NOT NULL,
        clock_start TEXT NOT NULL,
        due_on TEXT,
        extended INTEGER NOT NULL,
        pauses TEXT NOT NULL,              -- JSON [[first, last], …]
        stopped_from TEXT,
        waiting_until TEXT,
        due TEXT NOT NULL,                 -- while stopped, the earliest it can be
        provisional INTEGER NOT NULL,
        first_due TEXT,                    -- of the first reply
        accepted_at TEXT,
        first_replied_at TEXT,
        replied_at TEXT,
        closed_at TEXT,
        outcome TEXT,
        rating TEXT,
        rated_at TEXT,
        fee REAL NOT NULL,
        needs_handling INTEGER NOT NULL,
        confidential INTEGER NOT NULL,
        merged_into TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX case_facts_due ON case_facts (open, due, number)",
    "CREATE INDEX case_facts_department ON case_facts (department, open, due, number)",
    "CREATE INDEX case_facts_department_state ON case_facts (department, state, due, number)",
    "CREATE INDEX case_facts_officer ON case_facts (officer, open, due, number)",
    "CREATE INDEX case_facts_state ON case_facts (state, due, number)",
    "CREATE INDEX case_facts_all ON case_facts (due, number)",
    # Every filter is in it, so that counting a list reads no row.
    "CREATE INDEX case_facts_filters ON case_facts (kind, channel, state, open, department, "
    "officer, due, number, stopped_from, provisional, registered_on, outcome, rating)",
    "CREATE INDEX case_facts_co ON case_facts (co, number) WHERE co <> ''",
    "CREATE INDEX case_facts_updated ON case_facts (updated_at)",
    "CREATE INDEX case_facts_registered ON case_facts (registered_on)",
    "CREATE INDEX case_facts_merged ON case_facts (merged_into) WHERE merged_into <> ''",
    """
    CREATE TABLE case_texts (              -- events keep their salted digest; they can be erased
        id TEXT PRIMARY KEY,
        number TEXT NOT NULL REFERENCES cases (number),
        kind TEXT NOT NULL,
        body TEXT NOT NULL,
        salt TEXT NOT NULL,
        at TEXT NOT NULL,
        erased INTEGER NOT NULL DEFAULT 0
    ) STRICT
    """,
    "CREATE INDEX case_texts_number ON case_texts (number, at)",
    """
    CREATE TABLE case_drafts (
        number TEXT PRIMARY KEY REFERENCES cases (number),
        by TEXT NOT NULL,
        who TEXT NOT NULL,
        body TEXT NOT NULL,
        outcome TEXT,
        basis TEXT NOT NULL,
        at TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE case_locks (              -- who has a case open on the screen
        number TEXT PRIMARY KEY REFERENCES cases (number),
        by TEXT NOT NULL,
        who TEXT NOT NULL,
        until TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE reminders (               -- given, so never given twice
        number TEXT NOT NULL REFERENCES cases (number),
        due TEXT NOT NULL,                 -- a deadline that moved is reminded of anew
        point TEXT NOT NULL,               -- working days before; or the day, when overdue
        at TEXT NOT NULL,
        PRIMARY KEY (number, due, point)
    ) STRICT
    """,
    """
    CREATE TABLE users (
        id TEXT PRIMARY KEY,
        name TEXT NOT NULL UNIQUE,
        role TEXT NOT NULL,
        department TEXT NOT NULL,
        telegram TEXT UNIQUE,              -- Telegram's id of the person
        password_hash TEXT,                -- argon2; NULL: cannot sign in with one
        active INTEGER NOT NULL,
        deputy TEXT NOT NULL,              -- id of who stands in while absent
        absent INTEGER NOT NULL,
        last_assigned TEXT NOT NULL,       -- for taking turns
        created_at TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE password_attempts (       -- wrong ones, as long as they limit anything
        id TEXT PRIMARY KEY,
        name TEXT NOT NULL,
        at TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX password_attempts_name ON password_attempts (name, at)",
    """
    CREATE TABLE powers (                  -- 权责清单
        id TEXT PRIMARY KEY,
        department TEXT NOT NULL,
        item TEXT NOT NULL,
        keywords TEXT NOT NULL             -- with | between
    ) STRICT
    """,
    """
    CREATE TABLE duty (
        date TEXT NOT NULL,
        officer TEXT NOT NULL,
        signed_in_at TEXT,                 -- NULL: on the rota, not signed in
        PRIMARY KEY (date, officer)
    ) STRICT
    """,
    # Words for searching: every two neighbouring characters, so that Chinese is found whatever
    # stands around it. Another engine has an index of its own; only `search` knows.
    "CREATE VIRTUAL TABLE case_words USING fts5 (words, tokenize = 'unicode61')",
    "CREATE TABLE case_word_rows (seq INTEGER PRIMARY KEY, number TEXT NOT NULL UNIQUE) STRICT",
)


@migrations()
def m001_cases(db: Database) -> None:
    """Cases with events, wrong query codes, holidays."""
    for statement in _CASES:  # executescript would end the migration's transaction
        db.execute(statement)


@migrations()
def m002_work(db: Database) -> None:
    """Everything that staff do with cases, people, duty; `PetitionDesk.upgrade` fills it in."""
    for statement in _WORK:
        db.execute(statement)


_STAMPS = (
    # A random number that is another whenever something of a table changed: what was read of the
    # table before holds as long as it is the same, also when a change is rolled back.
    """
    CREATE TABLE stamps (
        name TEXT PRIMARY KEY,             -- of the table
        value INTEGER NOT NULL
    ) STRICT
    """,
    "INSERT INTO stamps (name, value) VALUES ('users', random())",
    """
    CREATE TRIGGER users_added AFTER INSERT ON users
    BEGIN UPDATE stamps SET value = random() WHERE name = 'users'; END
    """,
    """
    CREATE TRIGGER users_changed
    AFTER UPDATE OF name, role, department, telegram, active, deputy, absent ON users
    BEGIN UPDATE stamps SET value = random() WHERE name = 'users'; END
    """,
    """
    CREATE TRIGGER users_removed AFTER DELETE ON users
    BEGIN UPDATE stamps SET value = random() WHERE name = 'users'; END
    """,
)


@migrations()
def m003_stamps(db: Database) -> None:
    """Who works here is asked for with every page and changes once a month."""
    for statement in _STAMPS:
        db.execute(statement)


@migrations()
def m004_open_lists(db: Database) -> None:
    """What nobody has yet, and what came last: looked at all day, counted without reading rows."""
    db.execute(
        "CREATE INDEX case_facts_free ON case_facts (officer, state, department, due, number) "
        "WHERE open = 1"
    )
    db.execute(
        "CREATE INDEX case_facts_newest ON case_facts (state, registered_on, number) WHERE open = 1"
    )

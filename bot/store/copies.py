"""Whole databases as files: a copy while it is in use, whether a copy is sound, and who has it."""

import os
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from sqlite_utils import Database, Migrations


def copy(source: Path, target: Path) -> None:
    """A copy of one moment, in one file without a log, however busy the source is.

    `target` must not exist; it is readable by us only. Raises sqlite3.Error, FileExistsError.
    """
    os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    address = f"{source.resolve().as_uri()}?mode=ro"
    with (
        closing(sqlite3.connect(address, uri=True, timeout=30)) as old,
        closing(sqlite3.connect(target)) as new,
    ):
        old.backup(new)
        new.execute("PRAGMA journal_mode=DELETE")


def is_sound(file: Path) -> bool:
    """Whether it is a database, and every page of it in order."""
    try:
        with closing(sqlite3.connect(file)) as db:
            return [row[0] for row in db.execute("PRAGMA integrity_check")] == ["ok"]
    except sqlite3.DatabaseError:
        return False


def unknown_steps(file: Path, known: Iterable[Migrations]) -> list[str] | None:
    """The changes of tables in a file that this program does not know: it is too old for it.
    None if the file is no database of this program at all."""
    with closing(sqlite3.connect(file)) as connection:
        made = Database(connection).table(Migrations.migrations_table)
        if not made.exists():
            return None
        applied = {(row["migration_set"], row["name"]) for row in made.rows}
    ours = {(one.name, step.name) for one in known for step in one.pending(_empty())}
    return sorted(name for _, name in applied - ours)


def _empty() -> Database:
    return Database(memory=True)  # everything is pending there: the library's list is not public


def let_go(file: Path) -> bool:
    """Fold the log into the file; False if another program has it open, which a damaged file
    does not tell."""
    try:
        with closing(sqlite3.connect(file, timeout=0)) as db:
            db.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.DatabaseError as exc:
        return exc.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
    return True

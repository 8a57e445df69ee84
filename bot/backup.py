"""The database and its key to a file and back: nothing half, nothing overwritten.

A backup is taken while the program serves. A restore is tried out whole, history and all, before
it takes the place of anything; what was there is kept under another name.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.config import Settings
from bot.services import MIGRATIONS, key_file, open_services
from bot.store.copies import copy, is_sound, let_go, unknown_steps
from petitions import SYSTEM, Filter


class BackupError(Exception):
    """备份或恢复没有做成，原来的文件都没有动。"""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason

    def __str__(self) -> str:
        return f"{self.reason}{self.__doc__}"


class NothingThere(BackupError):
    """请检查路径。"""


class InTheWay(BackupError):
    """没有覆盖它；确实要覆盖，请加 --force。"""


class InUse(BackupError):
    """请先停下程序，再恢复。"""


class Unsound(BackupError):
    """没有恢复，现在的数据库没有动。"""


@dataclass(frozen=True, kw_only=True)
class Restored:
    """What a restore brought, and where what was there before is now."""

    cases: int
    with_key: bool
    aside: Path | None


def back_up(settings: Settings, file: Path, *, force: bool) -> bool:
    """Copy the database to a file, and its key beside it; whether there is a key to copy."""
    if not settings.database.exists():
        raise NothingThere(f"没有数据库“{settings.database}”，没有可以备份的。")
    if file.resolve() in (settings.database.resolve(), key_file(settings.database).resolve()):
        raise BackupError(f"“{file}”就是正在用的文件，不能备份到它自己。")
    if file.exists() and not force:
        raise InTheWay(f"“{file}”已经存在。")
    key = key_file(settings.database)
    with _beside(file) as room:
        copy(settings.database, room / "db")
        if not is_sound(room / "db"):
            raise Unsound(f"数据库“{settings.database}”已经损坏，没有备份。")
        if key.exists():
            _copy_secret(key, room / "key")
            (room / "key").replace(key_file(file))
        _settle(room / "db", file)
    return key.exists()


def restore(settings: Settings, file: Path, *, force: bool, now: datetime) -> Restored:
    """Put a backup in the place of the database, after everything in it was found to be right."""
    database = settings.database
    if not file.is_file():
        raise NothingThere(f"没有备份文件“{file}”。")
    if database.exists() and not force:
        raise InTheWay(f"数据库“{database}”已经存在。")
    database.parent.mkdir(parents=True, exist_ok=True)
    with _beside(database) as room:
        cases = _try_out(settings, file, room / "db")
        if database.exists() and not let_go(database):
            raise InUse(f"数据库“{database}”正在使用。")
        aside = _put_aside(database, now) if database.exists() else None
        if key_file(room / "db").exists():
            key_file(room / "db").replace(key_file(database))
        _settle(room / "db", database)
    return Restored(cases=cases, with_key=key_file(file).exists(), aside=aside)


def _try_out(settings: Settings, file: Path, trial: Path) -> int:
    """Bring a copy of the backup up to date and check it as a whole; how many cases it has."""
    if not is_sound(file):
        raise Unsound(f"“{file}”不是数据库，或者已经损坏。")
    copy(file, trial)
    unknown = unknown_steps(trial, MIGRATIONS)
    if unknown is None:
        raise Unsound(f"“{file}”不是本程序的备份。")
    if unknown:
        raise Unsound(f"“{file}”是更新版本的程序备份的，请先升级程序。")
    for key in (key_file(file), key_file(settings.database)):  # without one in the backup: ours
        if key.exists() and not key_file(trial).exists():
            _copy_secret(key, key_file(trial))
    with open_services(settings.model_copy(update={"database": trial}), starter=()) as program:
        queue = program.services.desk.queue
        if broken := [str(one) for one in queue.verify()]:
            raise Unsound("\n".join([f"“{file}”里的历史被改动过：", *broken, ""]))
        return queue.find(Filter(), by=SYSTEM, limit=1).total


@contextmanager
def _beside(file: Path) -> Iterator[Path]:
    """A folder on the same disk, for what is not finished; gone afterwards."""
    with tempfile.TemporaryDirectory(prefix=f".{file.name}.", dir=file.parent) as name:
        yield Path(name)


def _copy_secret(source: Path, target: Path) -> None:
    target.touch(0o600)
    shutil.copyfile(source, target)


def _settle(made: Path, target: Path) -> None:
    """In its place at once, and there after a power cut."""
    with made.open("rb") as file:
        os.fsync(file.fileno())
    made.replace(target)


def _put_aside(database: Path, now: datetime) -> Path:
    """Keep what was there, log and key included, under a name that says when."""
    aside = database.with_name(f"{database.name}.{now:%Y%m%d%H%M%S}.old")
    for ending in ("", "-wal", "-shm", ".key"):
        old = Path(f"{database}{ending}")
        if old.exists():
            old.replace(f"{aside}{ending}")
    return aside

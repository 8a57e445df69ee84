"""The command line: each command is its arguments, one call and one print."""

import sqlite3
import sys

from bot.backup import BackupError
from bot.cli import (
    backup,
    cases,
    files,
    knowledge,
    learning,
    metrics,
    monthly,
    people,
    publishing,
    report,
    talk,
)
from bot.cli.app import app
from bot.config import BadSettings
from knowledge import KnowledgeError
from petitions import PetitionError

NO_FILE = "读写“{}”不成功：{}。请检查路径、权限和磁盘空间。"
NO_DATABASE = "数据库打不开或写不进去：{}。请检查 DATABASE 指的文件、权限和磁盘空间。"

__all__ = [
    "app",
    "backup",
    "cases",
    "files",
    "knowledge",
    "learning",
    "main",
    "metrics",
    "monthly",
    "people",
    "publishing",
    "report",
    "talk",
]


def main() -> None:
    """Run a command; what goes wrong is one clear sentence and exit status 1."""
    try:
        app()
    except (BackupError, BadSettings, KnowledgeError, PetitionError) as exc:
        sys.exit(str(exc))
    except OSError as exc:
        sys.exit(NO_FILE.format(exc.filename, exc.strerror) if exc.filename else str(exc))
    except sqlite3.Error as exc:
        sys.exit(NO_DATABASE.format(exc))

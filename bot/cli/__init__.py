"""The command line: each command is its arguments, one call and one print."""

import gc
import sqlite3
import sys

from bot.cli import cases, files, knowledge, metrics, people, report, talk
from bot.cli.app import app
from bot.config import BadSettings
from knowledge import KnowledgeError
from petitions import PetitionError

NO_FILE = "读写“{}”不成功：{}。请检查路径、权限和磁盘空间。"
NO_DATABASE = "数据库打不开或写不进去：{}。请检查 DATABASE 指的文件、权限和磁盘空间。"

# Records by the hundred thousand stay, and none of them is a cycle: looking for cycles at every 700
# new objects, as Python does, takes a third of the time in which a large file is read.
_LOOKED_AT = 50_000

__all__ = ["app", "cases", "files", "knowledge", "main", "metrics", "people", "report", "talk"]


def main() -> None:
    """Run a command; what goes wrong is one clear sentence and exit status 1."""
    gc.set_threshold(_LOOKED_AT)
    try:
        app()
    except (BadSettings, KnowledgeError, PetitionError) as exc:
        sys.exit(str(exc))
    except OSError as exc:
        sys.exit(NO_FILE.format(exc.filename, exc.strerror) if exc.filename else str(exc))
    except sqlite3.Error as exc:
        sys.exit(NO_DATABASE.format(exc))

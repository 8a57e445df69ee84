"""The command line: each command is its arguments, one call and one print."""

import errno
import gc
import sqlite3
import sys

import typer
from typer.exceptions import TyperException

from bot.backup import BackupError
from bot.cli import (
    backup,
    calibrating,
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
from bot.cli.usage import wrong_usage
from bot.config import BadSettings
from knowledge import KnowledgeError
from petitions import PetitionError

NO_FILE = "读写“{}”不成功：{}。请检查路径、权限和磁盘空间。"
NO_DATABASE = "数据库打不开或写不进去：{}。请检查 DATABASE 指的文件、权限和磁盘空间。"

# Records by the hundred thousand stay, and none of them is a cycle: looking for cycles at every 700
# new objects, as Python does, takes a third of the time in which a large file is read.
_LOOKED_AT = 50_000

__all__ = [
    "app",
    "backup",
    "calibrating",
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


_REASONS = {
    errno.ENOENT: "找不到",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.ENOSPC: "磁盘满了",
    errno.EROFS: "磁盘只能读",
    errno.EISDIR: "这是一个文件夹",
    errno.ENOTDIR: "路径中间有一段不是文件夹",
}


def _no_file(exc: OSError) -> str:
    """What is wrong with a file, in Chinese where we have a word for it."""
    reason = _REASONS.get(exc.errno or 0, exc.strerror)
    return NO_FILE.format(exc.filename, reason) if exc.filename else str(reason or exc)


def main() -> None:
    """Run a command; what goes wrong is one clear sentence and exit status 1."""
    gc.set_threshold(_LOOKED_AT)
    try:
        sys.exit(app(standalone_mode=False))
    except TyperException as exc:
        print(wrong_usage(exc), file=sys.stderr)
        sys.exit(exc.exit_code)
    except typer.Abort:
        sys.exit(1)
    except (BackupError, BadSettings, KnowledgeError, PetitionError) as exc:
        sys.exit(str(exc))
    except OSError as exc:
        sys.exit(_no_file(exc))
    except sqlite3.Error as exc:
        sys.exit(NO_DATABASE.format(exc))

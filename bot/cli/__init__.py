"""The command line: each command is its arguments, one call and one print."""

import sys

from bot.cli import cases, files, knowledge, metrics, monthly, people, report, talk
from bot.cli.app import app
from bot.config import BadSettings
from knowledge import KnowledgeError
from petitions import PetitionError

__all__ = [
    "app",
    "cases",
    "files",
    "knowledge",
    "main",
    "metrics",
    "monthly",
    "people",
    "report",
    "talk",
]


def main() -> None:
    """Run a command; what goes wrong is one clear sentence and exit status 1."""
    try:
        app()
    except (BadSettings, KnowledgeError, PetitionError, OSError) as exc:
        sys.exit(str(exc))

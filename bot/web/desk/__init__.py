"""The staff desk on the web: queue, cases, replies, registering. Needs no JavaScript."""

from bot.web.desk.room import DeskParts
from bot.web.desk.setup import install
from bot.web.desk.store import DeskStore, migrations

__all__ = ["DeskParts", "DeskStore", "install", "migrations"]

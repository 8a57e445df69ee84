"""The only SQL of this package: what came in, what goes out, conversations, files."""

from bot.store.conversations import Conversations, Records
from bot.store.files import File, FileName, Files, Link, Links
from bot.store.mail import PULLED, TRIES, Failed, Mail, Outgoing, OutState, To, Turn
from bot.store.schema import migrations, open_database
from bot.store.staff import OF_CASE, Marks, Reads, Topic, Topics
from bot.store.upkeep import Upkeep

__all__ = [
    "OF_CASE",
    "PULLED",
    "TRIES",
    "Conversations",
    "Failed",
    "File",
    "FileName",
    "Files",
    "Link",
    "Links",
    "Mail",
    "Marks",
    "OutState",
    "Outgoing",
    "Reads",
    "Records",
    "To",
    "Topic",
    "Topics",
    "Turn",
    "Upkeep",
    "migrations",
    "open_database",
]

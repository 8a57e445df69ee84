"""The only SQL of this package: what came in, what goes out, conversations, files."""

from bot.store.conversations import Conversations, Records
from bot.store.files import File, FileName, Files, Link, Links
from bot.store.mail import PULLED, TRIES, Failed, Mail, Outgoing, OutState, To, Turn
from bot.store.schema import migrations, open_database

__all__ = [
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
    "OutState",
    "Outgoing",
    "Records",
    "To",
    "Turn",
    "migrations",
    "open_database",
]

"""The one place that builds: settings in, everything wired together out."""

import os
import secrets
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from importlib import resources
from pathlib import Path
from typing import Self

from sqlite_utils import Database

from bot import store as bot_store
from bot.config import Settings
from bot.embedders import sentence_model
from bot.mailroom import Mailroom
from bot.policy import policy_of
from bot.store import Conversations, Files, Links, Mail, Reads, Records, open_database
from bot.uploads import Uploads
from bot.web.desk import DeskParts, DeskStore
from bot.web.desk import store as desk_store
from handlers.notices import reply_for
from handlers.respond import awaits_personal, respond
from handlers.services import Clock, Office, Services
from knowledge import Entry, KnowledgeBase, KnowledgeStore
from knowledge import store as knowledge_store
from knowledge.files import read_files
from petitions import Calendar, PetitionDesk, PetitionStore
from petitions import store as petition_store

MIGRATIONS = (
    bot_store.migrations,
    knowledge_store.migrations,
    petition_store.migrations,
    desk_store.migrations,
)
_ID_LETTERS = "23456789abcdefghjkmnpqrstvwxyz"


@dataclass(frozen=True, kw_only=True)
class Program:
    """Everything that was built; close it when done."""

    db: Database
    settings: Settings
    services: Services
    mailroom: Mailroom
    secret: str  # signs web identities; from the settings or the file beside the database

    def staff(self) -> DeskParts:
        """What the staff desk works with."""
        return DeskParts(services=self.services, store=DeskStore(self.db), files=Files(self.db))

    @contextmanager
    def writing(self) -> Iterator[None]:
        """A transaction that other writers wait for: a running server writes at any moment."""
        with self.db.atomic():
            self.services.knowledge.store.lock()
            yield

    def close(self) -> None:
        """Write everything out and let go of the file."""
        self.db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def utc_now() -> datetime:
    """The clock; the only one."""
    return datetime.now(UTC)


def short_id() -> str:
    """Ten letters and digits, 49 bits: no two alike in practice, five fit on a button."""
    return "".join(secrets.choice(_ID_LETTERS) for _ in range(10))


def open_services(
    settings: Settings,
    *,
    clock: Clock = utc_now,
    new_id: Callable[[], str] = short_id,
    starter: Sequence[Entry] | None = None,
) -> Program:
    """Open the database, bring it up to date, load the knowledge, wire everything.

    `starter` is what is published on the first start; our own starter knowledge if None.
    """
    db = open_database(settings.database)
    for migrations in MIGRATIONS:
        migrations.apply(db)
    knowledge = _knowledge(db, settings, clock, starter)
    services = Services(
        knowledge=knowledge,
        desk=_desk(db, settings, clock),
        conversations=Conversations(db, clock),
        files=Files(db),
        reads=Reads(db),
        records=Records(db, knowledge.store.forget),
        uploads=Uploads(links=Links(db), settings=settings),
        clock=clock,
        new_id=new_id,
        zone=settings.zone,
        office=Office(name=settings.office_name, phone=settings.office_phone),
    )
    mailroom = Mailroom(
        db,
        Mail(db),
        partial(respond, services=services),
        clock,
        partial(awaits_personal, services=services),
    )
    return Program(
        db=db,
        settings=settings,
        services=services,
        mailroom=mailroom,
        secret=_secret(settings),
    )


def starter_files() -> list[Path]:
    """The knowledge that comes with the program."""
    data = Path(str(resources.files("knowledge").joinpath("data")))
    return [data / "guide.md", *sorted((data / "entries").glob("*.jsonl"))]


def read_starter() -> list[Entry]:
    """The starter knowledge."""
    return read_files(starter_files()).all_good()


def _knowledge(
    db: Database, settings: Settings, clock: Clock, starter: Sequence[Entry] | None
) -> KnowledgeBase:
    """The knowledge base; on the first start with the starter knowledge, so that one can ask."""
    knowledge = KnowledgeBase(KnowledgeStore(db), sentence_model(settings))
    if knowledge.store.is_empty():
        entries = read_starter() if starter is None else starter
        with db.atomic():
            knowledge.store.save(entries, publish=True, replace=False, at=clock())
    knowledge.reload()
    return knowledge


def _desk(db: Database, settings: Settings, clock: Clock) -> PetitionDesk:
    store = PetitionStore(db)
    mail = Mail(db)
    desk = PetitionDesk(
        store=store,
        calendar=Calendar.from_store(store),
        clock=clock,
        zone=settings.zone,
        notify=lambda notice: mail.tell(notice.person, reply_for(notice), clock()),
        policy=policy_of(settings),
    )
    desk.queue.upgrade()
    return desk


def key_file(database: Path) -> Path:
    """Where the signing key of a database is kept."""
    return database.with_name(database.name + ".key")


def _secret(settings: Settings) -> str:
    """The signing key; made on the first start, kept beside the database, readable by us only."""
    if settings.secret_key:
        return settings.secret_key.get_secret_value()
    path = key_file(settings.database)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with os.fdopen(descriptor, "w") as file:
        key = secrets.token_urlsafe(32)
        file.write(key + "\n")
    return key

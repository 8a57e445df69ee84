"""What the tests of the mailroom and its store share."""

from dataclasses import replace
from itertools import count

import pytest

from bot.mailroom import Mailroom
from bot.store import Mail, migrations, open_database
from handlers.messages import Incoming, say
from petitions import Channel
from tests.conftest import NOON


@pytest.fixture
def database(tmp_path):
    """A real file with the tables of this package."""
    db = open_database(tmp_path / "mail.db")
    migrations.apply(db)
    yield db
    db.close()


@pytest.fixture
def mail(database):
    return Mail(database)


@pytest.fixture
def answered() -> list[str]:
    """What the mailroom's handler was asked, every time it was."""
    return []


@pytest.fixture
def mailroom(database, mail, clock, answered):
    """A mailroom that echoes; 「坏了」 fails."""

    def respond(incoming):
        answered.append(incoming.text)
        database.execute("INSERT INTO conversations VALUES (:n, '{}', '')", {"n": len(answered)})
        if incoming.text == "坏了":
            raise RuntimeError("scripted")
        return say(f"答：{incoming.text}")

    return Mailroom(database, mail, respond, clock)


_MESSAGE = Incoming(
    channel=Channel.WEB, update_id="", person="web:zhang", chat="web:zhang", received_at=NOON
)


@pytest.fixture
def message():
    """Makes messages, each with an update id of its own."""
    numbers = count(1)

    def make(text="多久答复", **more):
        number = str(next(numbers))
        return replace(_MESSAGE, **{"update_id": number, "message": number, "text": text, **more})

    return make

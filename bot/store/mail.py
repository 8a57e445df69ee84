"""Inbox and outbox.

A row of the inbox is written before its update is acknowledged; the rows of the outbox that
answer it are written in the transaction that marks it done. Every method runs inside the
caller's transaction.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Self

from sqlite_utils import Database

from bot.store.plain import dump
from handlers.messages import Incoming, Reply, Style
from handlers.texts import FILLED_IN_HIDDEN, SECRET_HIDDEN
from petitions import Channel

TRIES = 3  # times a message whose handling failed is taken up again, once each start
PULLED = frozenset({Channel.WEB, Channel.TERMINAL})  # the person fetches; nothing is sent
_HIDDEN = {Style.SECRET: SECRET_HIDDEN, Style.PERSONAL: FILLED_IN_HIDDEN}


class OutState(StrEnum):
    """What became of a reply."""

    WAITING = "waiting"
    DELIVERED = "delivered"
    REFUSED = "refused"  # for good: blocked, chat gone
    KEPT = "kept"  # the person's own page fetches it


@dataclass(frozen=True, kw_only=True)
class Outgoing:
    """A row of the outbox."""

    seq: int
    channel: Channel
    person: str
    chat: str
    message: str
    reply: Reply
    corrects: int | None
    state: OutState
    attempts: int
    created_at: datetime

    @classmethod
    def from_row(cls, row: dict[str, Any]) -> Self:
        """The one door from the database."""
        return cls(
            seq=row["seq"],
            channel=Channel(row["channel"]),
            person=row["person"],
            chat=row["chat"],
            message=row["message"],
            reply=Reply.from_json(json.loads(row["body"])),
            corrects=row["corrects"],
            state=OutState(row["state"]),
            attempts=row["attempts"],
            created_at=datetime.fromisoformat(row["created_at"]),
        )


@dataclass(frozen=True, kw_only=True)
class Turn:
    """One thing a person said and what they were told, for the history of a page."""

    incoming: Incoming
    replies: tuple[Outgoing, ...]


@dataclass(frozen=True, kw_only=True)
class Failed:
    """A message whose handling raised an error."""

    seq: int
    incoming: Incoming
    first_time: bool


@dataclass(frozen=True, kw_only=True)
class To:
    """Where a reply goes, and what it answers."""

    channel: Channel
    person: str
    chat: str
    message: str = ""
    corrects: int | None = None


class Mail:
    """Inbox and outbox."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def put(self, incoming: Incoming) -> bool:
        """Store a message; False if it was here before."""
        rows = self._db.query(
            "INSERT INTO inbox (channel, update_id, person, chat, message, payload, state, "
            "received_at) VALUES (:channel, :update_id, :person, :chat, :message, :payload, "
            "'pending', :at) ON CONFLICT (channel, update_id) DO NOTHING RETURNING seq",
            {
                "channel": incoming.channel,
                "update_id": incoming.update_id,
                "person": incoming.person,
                "chat": incoming.chat,
                "message": incoming.message,
                "payload": dump(incoming.to_json()),
                "at": incoming.received_at.isoformat(),
            },
        )
        return any(True for _ in rows)

    def claim(self, channel: Channel, update_id: str) -> tuple[int, Incoming] | None:
        """Take up a message that is not done; None if it is, or was never stored."""
        rows = self._db.query(
            "UPDATE inbox SET attempts = attempts + 1 WHERE channel = :channel "
            "AND update_id = :update_id AND state <> 'done' RETURNING seq, payload",
            {"channel": channel, "update_id": update_id},
        )
        for row in rows:
            return row["seq"], Incoming.from_json(json.loads(row["payload"]))
        return None

    def next_waiting(self, seq: int, incoming: Incoming) -> Incoming | None:
        """What the same person wrote next in the same chat, if nobody has taken it up yet."""
        rows = self._db.query(
            "SELECT payload FROM inbox WHERE person = :person AND chat = :chat AND seq > :seq "
            "AND state = 'pending' AND attempts = 0 ORDER BY seq LIMIT 1",
            {"person": incoming.person, "chat": incoming.chat, "seq": seq},
        )
        return next((Incoming.from_json(json.loads(row["payload"])) for row in rows), None)

    def finish(self, seq: int, at: datetime) -> None:
        """The message is handled; its replies are in the same transaction."""
        self._db.execute(
            "UPDATE inbox SET state = 'done', error = NULL, done_at = :at WHERE seq = :seq",
            {"seq": seq, "at": at.isoformat()},
        )

    def forget_text(self, seq: int, instead: Incoming) -> None:
        """Keep a message without what it said."""
        self._db.execute(
            "UPDATE inbox SET payload = :payload WHERE seq = :seq",
            {"seq": seq, "payload": dump(instead.to_json())},
        )

    def fail(self, channel: Channel, update_id: str, error: str) -> "Failed | None":
        """Handling failed; the message is kept. None if it was never stored."""
        rows = self._db.query(
            "UPDATE inbox SET state = 'failed', attempts = attempts + 1, error = :error "
            "WHERE channel = :channel AND update_id = :update_id RETURNING seq, payload, attempts",
            {"channel": channel, "update_id": update_id, "error": error},
        )
        for row in rows:
            incoming = Incoming.from_json(json.loads(row["payload"]))
            return Failed(seq=row["seq"], incoming=incoming, first_time=row["attempts"] == 1)
        return None

    def unfinished(self) -> list[tuple[Channel, str]]:
        """What a stopped process left behind, oldest first."""
        rows = self._db.query(
            "SELECT channel, update_id FROM inbox WHERE state IN ('pending', 'failed') "
            "AND attempts < :tries ORDER BY seq",
            {"tries": TRIES},
        )
        return [(Channel(row["channel"]), row["update_id"]) for row in rows]

    def answer(self, seq: int, incoming: Incoming, reply: Reply, at: datetime) -> None:
        """Queue a reply; a corrected message's reply takes the place of the one before."""
        if incoming.channel in PULLED:  # whoever writes again has read what was said
            self._forget_secrets("person = :key", incoming.person)
        to = To(
            channel=incoming.channel,
            person=incoming.person,
            chat=incoming.chat,
            message=incoming.message,
            corrects=self._shown_for(incoming) if incoming.edited else None,
        )
        self._queue(to, reply, at, seq)

    def tell(self, person: str, reply: Reply, at: datetime) -> None:
        """Queue something that a person did not ask for just now: it goes to them alone."""
        name, _, address = person.partition(":")
        channel = Channel(name)
        chat = person if channel is Channel.WEB else address
        self._queue(To(channel=channel, person=person, chat=chat), reply, at)

    def post(self, chat: str, reply: Reply, at: datetime) -> None:
        """Queue something for the topic of a case in the staff group."""
        self._queue(To(channel=Channel.TELEGRAM, person="", chat=chat), reply, at)

    def _queue(self, to: To, reply: Reply, at: datetime, seq: int | None = None) -> None:
        self._db.execute(
            "INSERT INTO outbox (inbox_seq, channel, person, chat, message, body, about, "
            "corrects, state, due_at, created_at) VALUES (:inbox_seq, :channel, :person, :chat, "
            ":message, :body, :about, :corrects, :state, :at, :at)",
            {
                **vars(to),
                "inbox_seq": seq,
                "body": dump(reply.to_json()),
                "about": reply.about,
                "state": OutState.KEPT if to.channel in PULLED else OutState.WAITING,
                "at": at.isoformat(),
            },
        )

    def _shown_for(self, incoming: Incoming) -> int | None:
        """The last reply to the message that is being corrected."""
        rows = self._db.query(
            "SELECT max(seq) AS seq FROM outbox WHERE channel = :channel AND chat = :chat "
            "AND message = :message AND person = :person",
            {
                "channel": incoming.channel,
                "chat": incoming.chat,
                "message": incoming.message,
                "person": incoming.person,
            },
        )
        return next(iter(rows))["seq"]  # type: ignore[no-any-return]  # rows are dicts of Any

    def replies_to(self, channel: Channel, update_id: str) -> tuple[Outgoing, ...]:
        """Every reply to one message."""
        rows = self._db.query(
            "SELECT outbox.* FROM outbox JOIN inbox ON inbox.seq = outbox.inbox_seq "
            "WHERE inbox.channel = :channel AND inbox.update_id = :update_id ORDER BY outbox.seq",
            {"channel": channel, "update_id": update_id},
        )
        return tuple(map(Outgoing.from_row, rows))

    def after(self, person: str, seq: int) -> tuple[Outgoing, ...]:
        """A person's replies later than a row already seen, oldest first."""
        rows = self._db.query(
            "SELECT * FROM outbox WHERE person = :person AND seq > :seq ORDER BY seq LIMIT 200",
            {"person": person, "seq": seq},
        )
        return tuple(map(Outgoing.from_row, rows))

    def last_answer(self, person: str) -> int:
        """The row of the last reply to something that a person wrote; 0 if there is none."""
        rows = self._db.query(
            "SELECT max(seq) AS seq FROM outbox WHERE person = :person AND inbox_seq IS NOT NULL",
            {"person": person},
        )
        return int(next(iter(rows))["seq"] or 0)

    def about(self, channel: Channel, chat: str, message: str) -> str:
        """The number of the case that a message of ours in a chat is about; "" if of none."""
        rows = self._db.query(
            "SELECT about FROM outbox WHERE channel = :channel AND chat = :chat AND about <> '' "
            "AND instr(',' || delivered_ref || ',', ',' || :message || ',') "
            "ORDER BY seq DESC LIMIT 1",
            {"channel": channel, "chat": chat, "message": message},
        )
        return next((str(row["about"]) for row in rows), "")

    def history(self, person: str, limit: int = 50) -> tuple[Turn, ...]:
        """A person's last turns, oldest first."""
        asked = list(
            self._db.query(
                "SELECT seq, payload FROM inbox WHERE person = :person ORDER BY seq DESC "
                "LIMIT :limit",
                {"person": person, "limit": limit},
            )
        )
        if not asked:
            return ()
        told = self._db.query(
            "SELECT * FROM outbox WHERE person = :person AND inbox_seq >= :first ORDER BY seq",
            {"person": person, "first": asked[-1]["seq"]},
        )
        replies: dict[int, list[Outgoing]] = {}
        for row in told:
            replies.setdefault(row["inbox_seq"], []).append(Outgoing.from_row(row))
        return tuple(
            Turn(
                incoming=Incoming.from_json(json.loads(row["payload"])),
                replies=tuple(replies.get(row["seq"], ())),
            )
            for row in reversed(asked)
        )

    def due(self, channel: Channel, at: datetime, *, skip: Iterable[str] = ()) -> list[Outgoing]:
        """The first waiting reply of every chat, as far as its time has come; chats in `skip` not.

        Only the first: a chat gets its replies in order, so the others wait behind it.
        """
        rows = self._db.query(
            "SELECT * FROM outbox WHERE seq IN (SELECT min(seq) FROM outbox "
            "WHERE state = 'waiting' AND channel = :channel GROUP BY chat) "
            "AND due_at <= :at ORDER BY seq",
            {"channel": channel, "at": at.isoformat()},
        )
        busy = set(skip)
        return [Outgoing.from_row(row) for row in rows if row["chat"] not in busy]

    def next_due(self, channel: Channel, at: datetime) -> datetime | None:
        """When the next waiting reply's time comes, if that is later than `at`."""
        rows = self._db.query(
            "SELECT min(due_at) AS due FROM outbox WHERE state = 'waiting' "
            "AND channel = :channel AND due_at > :at",
            {"channel": channel, "at": at.isoformat()},
        )
        due = next(iter(rows))["due"]
        return None if due is None else datetime.fromisoformat(due)

    def shown_as(self, seq: int) -> str | None:
        """The channel's name of what shows a reply, so far or whole; None if it shows nowhere."""
        rows = self._db.query("SELECT delivered_ref FROM outbox WHERE seq = :seq", {"seq": seq})
        for row in rows:
            return row["delivered_ref"]  # type: ignore[no-any-return]  # rows are dicts of Any
        return None

    def partly_shown(self, seq: int, ref: str) -> None:
        """A reply of several messages: these have arrived, the rest is still to be sent."""
        self._db.execute(
            "UPDATE outbox SET delivered_ref = :ref WHERE seq = :seq", {"seq": seq, "ref": ref}
        )

    def delivered(self, seq: int, ref: str, at: datetime) -> None:
        """The person has it."""
        self._db.execute(
            "UPDATE outbox SET state = 'delivered', delivered_ref = :ref, finished_at = :at, "
            "attempts = attempts + 1 WHERE seq = :seq",
            {"seq": seq, "ref": ref, "at": at.isoformat()},
        )
        self._forget_secrets("seq = :key", seq)

    def forget_secrets_before(self, moment: datetime) -> None:
        """Nobody came for them: whoever fetches their replies did not write again."""
        self._forget_secrets("state <> 'waiting' AND created_at < :key", moment.isoformat())

    def _forget_secrets(self, where: str, key: str | int) -> None:
        """Rewrite replies that hold a secret or what was filled in: query codes are kept hashed,
        names and numbers with their case, and neither anywhere else."""
        rows = self._db.query(
            f"SELECT seq, body FROM outbox WHERE {where} "  # noqa: S608 - ours
            "AND (body LIKE :secret OR body LIKE :personal)",
            {
                "key": key,
                "secret": f'%"style":"{Style.SECRET}"%',
                "personal": f'%"style":"{Style.PERSONAL}"%',
            },
        )
        for row in list(rows):
            reply = Reply.from_json(json.loads(row["body"])).hiding(_HIDDEN)
            self._db.execute(
                "UPDATE outbox SET body = :body WHERE seq = :seq",
                {"seq": row["seq"], "body": dump(reply.to_json())},
            )

    def refused(self, seq: int, reason: str, at: datetime) -> None:
        """It will never arrive."""
        self._db.execute(
            "UPDATE outbox SET state = 'refused', reason = :reason, finished_at = :at, "
            "attempts = attempts + 1 WHERE seq = :seq",
            {"seq": seq, "reason": reason, "at": at.isoformat()},
        )
        self._forget_secrets("seq = :key", seq)

    def postponed(self, seq: int, wait: timedelta, at: datetime) -> None:
        """It did not arrive this time."""
        self._db.execute(
            "UPDATE outbox SET attempts = attempts + 1, due_at = :due WHERE seq = :seq",
            {"seq": seq, "due": (at + wait).isoformat()},
        )

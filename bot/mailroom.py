"""From inbox to outbox: every message is handled once, whatever happens in between.

Synchronous; `AsyncMailroom` runs it in the one thread that owns the database.
"""

import asyncio
import logging
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import ParamSpec, TypeVar

from sqlite_utils import Database

from bot.store import Files, Links, Mail, Outgoing, Topics, Upkeep
from handlers import texts
from handlers.messages import Incoming, Reply, say
from handlers.services import Clock
from knowledge.privacy import mask
from petitions import Channel

_log = logging.getLogger(__name__)
P = ParamSpec("P")
T = TypeVar("T")


class Mailroom:
    """Stores what comes in, has it answered, and queues the answer in the same transaction."""

    def __init__(
        self,
        db: Database,
        mail: Mail,
        respond: Callable[[Incoming], Reply],
        clock: Clock,
        awaits_personal: Callable[[Incoming], bool] = lambda incoming: False,
    ) -> None:
        """`awaits_personal`: whether a form has just asked the person for a number or a name."""
        self._db = db
        self.mail = mail
        self.files = Files(db)
        self.links = Links(db)
        self.topics = Topics(db)
        self._upkeep = Upkeep(db)
        self.clock = clock
        self._respond = respond
        self._awaits_personal = awaits_personal

    def accept(self, incomings: Sequence[Incoming]) -> list[bool]:
        """Store messages in one transaction; False for each that was here before.

        Only after this may a channel acknowledge them. ID and phone numbers do not reach the disk,
        except where a form asked for them, or a case's message was answered: then they leave the
        inbox as soon as the form or the case has them.
        """
        with self._db.atomic():
            return [self.mail.put(self._masked(self._linked(one))) for one in incomings]

    def _linked(self, incoming: Incoming) -> Incoming:
        """With the case that the answered message of ours is about."""
        if not incoming.replies_to:
            return incoming
        about = self.mail.about(incoming.channel, incoming.chat, incoming.replies_to)
        return replace(incoming, about=about or self.topics.number(incoming.chat))

    def _masked(self, incoming: Incoming) -> Incoming:
        if self._awaits_personal(incoming):
            return incoming
        return replace(incoming, text=mask(incoming.text))

    def process(self, channel: Channel, update_id: str) -> tuple[Outgoing, ...]:
        """Answer a stored message unless that is done; the replies to it either way."""
        try:
            with self._db.atomic():
                claimed = self.mail.claim(channel, update_id)
                if claimed:
                    self._answer(*claimed)
        except Exception as exc:  # noqa: BLE001 - the last line of defence: kept, told, logged
            self._apologise(channel, update_id, exc)
        return self.mail.replies_to(channel, update_id)

    def _answer(self, seq: int, incoming: Incoming) -> None:
        incoming = self._linked(incoming)
        personal = self._awaits_personal(incoming)
        if not personal and (masked := mask(incoming.text)) != incoming.text:
            # A form asked for it when it came, and meanwhile has it: sent twice, for example.
            incoming = replace(incoming, text=masked)
            self.mail.forget_text(seq, incoming)
        reply = self._respond(self._with_next(seq, incoming))
        now = self.clock()
        if reply.blocks:
            self.mail.answer(seq, incoming, reply, now)
        if reply.forget_input:
            self.mail.forget_text(seq, replace(incoming, text=texts.CODE_HIDDEN))
        elif personal:
            self.mail.forget_text(seq, replace(incoming, text=texts.PERSONAL_HIDDEN))
        self.mail.finish(seq, now)

    def _with_next(self, seq: int, incoming: Incoming) -> Incoming:
        """With the words of the person's next message, where several lines wait together."""
        following = self.mail.next_waiting(seq, incoming)
        plain = following is not None and following.says_something_new
        return replace(incoming, followed_by=following.text if following and plain else "")

    def _apologise(self, channel: Channel, update_id: str, error: Exception) -> None:
        """Keep the message for another try and say so once; the log names no person and no text."""
        _log.error("handling failed: %s", type(error).__name__, exc_info=error)
        with self._db.atomic():
            failed = self.mail.fail(channel, update_id, type(error).__name__)
            if failed and failed.first_time:
                self.mail.answer(failed.seq, failed.incoming, say(texts.FAILED), self.clock())

    def transact(self, call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a call of the store in a transaction of its own."""
        with self._db.atomic():
            return call(*args, **kwargs)

    def tidy(self) -> int:
        """Erase what has had its time, from the log on the disk too; how many conversations."""
        with self._db.atomic():
            erased = self._upkeep.erase_old(self.clock())
        self._upkeep.empty_log()
        return erased

    def catch_up(self) -> int:
        """Answer what an earlier process left unanswered; how many that were."""
        left = self.mail.unfinished()
        for channel, update_id in left:
            self.process(channel, update_id)
        return len(left)


class AsyncMailroom:
    """The mailroom for an event loop: one worker thread, so the loop never waits for a disk."""

    def __init__(self, mailroom: Mailroom) -> None:
        self.sync = mailroom
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="mailroom")
        self._arrived: list[tuple[Incoming, asyncio.Future[bool]]] = []
        self._flushing: asyncio.Task[None] | None = None
        self.outgoing = asyncio.Event()  # set when there may be something to deliver

    async def run(self, call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a call in the thread that owns the database."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._worker, lambda: call(*args, **kwargs))

    async def act(self, call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """As `run`, for what may leave something to deliver; wakes the delivery."""
        result = await self.run(call, *args, **kwargs)
        self.outgoing.set()
        return result

    async def accept(self, incoming: Incoming) -> bool:
        """Store one message; those that arrive meanwhile share its transaction and its fsync."""
        future: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self._arrived.append((incoming, future))
        if len(self._arrived) == 1:
            # A task of its own: the caller may hang up, those who joined the batch must not suffer.
            self._flushing = asyncio.create_task(self._flush())
        return await future

    async def _flush(self) -> None:
        await self.run(lambda: None)  # whatever is under way in the worker; others join meanwhile
        batch, self._arrived = self._arrived, []
        try:
            fresh = await self.run(self.sync.accept, [incoming for incoming, _ in batch])
        except Exception as exc:  # noqa: BLE001 - handed to every caller that waits
            for _, future in batch:
                if not future.cancelled():
                    future.set_exception(exc)
            return
        for (_, future), new in zip(batch, fresh, strict=True):
            if not future.cancelled():
                future.set_result(new)

    async def process(self, channel: Channel, update_id: str) -> tuple[Outgoing, ...]:
        """As `Mailroom.process`; wakes the delivery."""
        return await self.act(self.sync.process, channel, update_id)

    async def catch_up(self) -> int:
        """As `Mailroom.catch_up`; wakes the delivery."""
        return await self.act(self.sync.catch_up)

    def close(self) -> None:
        """Finish what is under way and stop the thread."""
        self._worker.shutdown(wait=True)

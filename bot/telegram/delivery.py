"""Replies out: from the outbox to Telegram, in the order of each chat, until each has arrived or
never will.

A reply is marked delivered after Telegram said yes. If that word is lost on the way the reply is
sent again: a doubled reply is better than none.
"""

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial

from telegram.error import BadRequest, Forbidden, RetryAfter, TelegramError

from bot.mailroom import AsyncMailroom
from bot.store import OF_CASE, Outgoing, Topic
from bot.telegram.limits import SENT_AT_ONCE, Pace
from bot.telegram.persistence import meaning, seconds_of
from bot.telegram.reading import Address
from bot.telegram.rendering import attached, render
from bot.telegram.sending import Letter, Sender, Shown, is_for_good
from petitions import Channel

_log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class _Work:
    """What the outbox has for us at a moment."""

    due: list[tuple[Outgoing, Letter]]
    next_due: float | None  # seconds until something else is due


class Delivery:
    """The loop that empties the outbox."""

    def __init__(self, mailroom: AsyncMailroom, sender: Sender, pace: Pace) -> None:
        self._mailroom = mailroom
        self._mail = mailroom.sync.mail
        self._sender = sender
        self._pace = pace
        self._under_way: dict[str, asyncio.Task[None]] = {}  # by chat
        self._to_write: list[tuple[Callable[[], None], asyncio.Future[None]]] = []
        self._writing: asyncio.Task[None] | None = None  # held, or it might be collected
        self._stopping = False
        self._stopped = asyncio.Event()

    async def run(self) -> None:
        """Until `stop`; survives every error."""
        try:
            while not self._stopping:
                self._mailroom.outgoing.clear()
                await self._sleep(await self._round())
        finally:
            self._stopped.set()

    async def stop(self) -> None:
        """Take up nothing more, finish what is in hand; what takes too long waits in the outbox."""
        self._stopping = True
        self._mailroom.outgoing.set()
        await self._stopped.wait()
        if self._under_way:
            _, late = await asyncio.wait(self._under_way.values(), timeout=self._pace.finish)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    async def _sleep(self, seconds: float | None) -> None:
        """Until something was queued or sent, or something's time has come."""
        try:
            async with asyncio.timeout(seconds):
                await self._mailroom.outgoing.wait()
        except TimeoutError:
            return

    async def _round(self) -> float | None:
        """Start what is due and has a free hand; seconds until the next round is worth it."""
        try:
            work = await self._mailroom.run(self._look, set(self._under_way))
        except Exception as exc:  # noqa: BLE001 - the loop must live; the outbox is still there
            _log.error("读取待发回复失败：%s", type(exc).__name__, exc_info=exc)
            return self._pace.first_wait
        for outgoing, letter in work.due:
            task = asyncio.create_task(self._deliver(outgoing, letter))
            self._under_way[outgoing.chat] = task
            task.add_done_callback(partial(self._done, outgoing.chat))
        return work.next_due

    def _done(self, chat: str, _: object) -> None:
        del self._under_way[chat]
        self._mailroom.outgoing.set()

    # -- in the thread that owns the database

    def _look(self, busy: set[str]) -> _Work:
        now = self._mailroom.sync.clock()
        due = self._mail.due(Channel.TELEGRAM, now, skip=busy)[: SENT_AT_ONCE - len(busy)]
        later = self._mail.next_due(Channel.TELEGRAM, now)
        return _Work(
            due=[(outgoing, self._letter(outgoing)) for outgoing in due],
            next_due=None if later is None else (later - now).total_seconds(),
        )

    def _letter(self, outgoing: Outgoing) -> Letter:
        found = map(self._mailroom.sync.files.get, (d.id for d in outgoing.reply.documents))
        parts = render(outgoing.reply) + attached(file for file in found if file)
        to, topic = self._address(outgoing)
        message = int(outgoing.message or 0)  # a notice answers none
        before: Shown = ()
        if outgoing.corrects is not None:
            before = _parse(self._mail.shown_as(outgoing.corrects))
        places: Shown = (message,) if message and outgoing.reply.in_place else ()
        if before:
            # A longer correction cannot stay where it was: something else stands below by now.
            places = before if len(parts) <= len(before) else ()
        return Letter(
            to=to,
            parts=parts,
            shown=_parse(self._mail.shown_as(outgoing.seq)),
            places=places,
            outdated=before,
            answers=message
            if to.chat_id < 0
            else None,  # in a group one has to see whom it answers
            topic=topic,
        )

    def _address(self, outgoing: Outgoing) -> tuple[Address, Topic | None]:
        """Where it goes; for a case's topic that is not there yet, the group and that topic."""
        group, _, number = outgoing.chat.partition(OF_CASE)
        topic = self._mailroom.sync.topics.of_case(number) if number else None
        if topic is None or topic.chat is None:
            return Address.parse(group), topic
        return Address.parse(topic.chat), None

    # -- one reply

    async def _deliver(self, outgoing: Outgoing, letter: Letter) -> None:
        try:
            await self._try(outgoing, letter)
        except Exception as exc:  # noqa: BLE001 - it stays in the outbox; another chat is not to suffer
            _log.error("发送回复出错：%s", type(exc).__name__, exc_info=exc)
            await self._postpone(outgoing, self._pace.wait(outgoing.attempts))

    async def _try(self, outgoing: Outgoing, letter: Letter) -> None:
        async def keep(shown: Shown) -> None:
            await self._record(self._mail.partly_shown, outgoing.seq, _format(shown))

        try:
            letter = await self._in_its_topic(letter)
            shown = await self._sender.send(letter, keep)
        except RetryAfter as exc:
            await self._postpone(outgoing, seconds_of(exc))
        except (Forbidden, BadRequest) as exc:
            await self._refuse(outgoing, exc)
        except TelegramError as exc:
            _log.warning("%s，回复稍后再发", meaning(exc))
            await self._postpone(outgoing, self._pace.wait(outgoing.attempts))
        else:
            now = self._mailroom.sync.clock()
            await self._record(self._mail.delivered, outgoing.seq, _format(shown), now)

    async def _in_its_topic(self, letter: Letter) -> Letter:
        """Open the topic that it goes to, if it is the first for it.

        Killed between the two calls we open it twice: an empty topic is better than a lost post.
        """
        if letter.topic is None:
            return letter
        to = await self._sender.open_topic(letter.to, letter.topic.name)
        await self._record(self._mailroom.sync.topics.opened, letter.topic.number, str(to))
        return replace(letter, to=to, topic=None)

    async def _refuse(self, outgoing: Outgoing, error: Forbidden | BadRequest) -> None:
        """It will never arrive. To block us is their right, anything else our fault."""
        if isinstance(error, BadRequest) and not is_for_good(error):
            _log.error("Telegram 拒收一条回复（第 %d 条）：%s", outgoing.seq, error.message)
        now = self._mailroom.sync.clock()
        await self._record(self._mail.refused, outgoing.seq, error.message, now)

    async def _postpone(self, outgoing: Outgoing, seconds: float) -> None:
        wait, now = timedelta(seconds=seconds), self._mailroom.sync.clock()
        await self._record(self._mail.postponed, outgoing.seq, wait, now)

    async def _record(self, call: Callable[..., None], *args: object) -> None:
        """Write it down. What others have to write meanwhile shares the transaction and its fsync,
        so that little is sent twice when the process is killed."""
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._to_write.append((partial(call, *args), done))
        if len(self._to_write) == 1:
            self._writing = asyncio.create_task(self._write())
        await done

    async def _write(self) -> None:
        await self._mailroom.run(lambda: None)  # whatever is under way in the worker; others join
        batch, self._to_write = self._to_write, []
        error: Exception | None = None
        try:
            calls = [call for call, _ in batch]
            await self._mailroom.run(self._mailroom.sync.transact, _call_all, calls)
        except Exception as exc:  # noqa: BLE001 - handed to everyone who waits
            error = exc
        for done in (done for _, done in batch if not done.cancelled()):
            done.set_exception(error) if error else done.set_result(None)


def _call_all(calls: Sequence[Callable[[], None]]) -> None:
    for call in calls:
        call()


def _format(shown: Shown) -> str:
    return ",".join(map(str, shown))


def _parse(ref: str | None) -> Shown:
    return tuple(map(int, ref.split(","))) if ref else ()

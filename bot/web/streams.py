"""Open pages that wait for replies: one look into the outbox serves all of them.

A reply may come from anywhere (a clerk in another channel, a reminder), so the outbox itself is
watched; a message answered here rings the bell and is seen at once.
"""

import asyncio
import logging
import sqlite3
from collections.abc import AsyncGenerator, Iterator, Sequence
from contextlib import contextmanager
from typing import Final

from bot.mailroom import AsyncMailroom
from bot.store import Outgoing

_log = logging.getLogger(__name__)

POLL_SECONDS: Final = 2.0
HEARTBEAT_SECONDS: Final = 20.0  # proxies close what is silent for a minute
MOST: Final = 2_000
MOST_PER_PERSON: Final = 6  # what a browser opens to one host


class TooManyStreams(Exception):
    """Too many pages wait already."""


class _Stream:
    """One waiting page. Replies found wait here until they are taken; no further look meanwhile."""

    def __init__(self, person: str, cursor: int) -> None:
        self.person = person
        self.cursor = cursor
        self.found: tuple[Outgoing, ...] = ()
        self.ready = asyncio.Event()

    def take(self) -> tuple[Outgoing, ...]:
        found, self.found = self.found, ()
        self.ready.clear()
        if found:
            self.cursor = found[-1].seq
        return found


class Streams:
    """Every open stream, and the task that looks for their replies while there is any."""

    def __init__(
        self,
        mailroom: AsyncMailroom,
        *,
        poll_seconds: float = POLL_SECONDS,
        heartbeat_seconds: float = HEARTBEAT_SECONDS,
    ) -> None:
        self._mailroom = mailroom
        self._poll_seconds = poll_seconds
        self._heartbeat_seconds = heartbeat_seconds
        self._open: set[_Stream] = set()
        self._bell = asyncio.Event()
        self._watcher: asyncio.Task[None] | None = None
        self._closed = False

    def ring(self) -> None:
        """There may be something new: look now."""
        self._bell.set()

    def close(self) -> None:
        """End every stream, so that the server can stop; pages come back by themselves."""
        self._closed = True
        self._bell.set()
        for stream in self._open:
            stream.ready.set()

    def check_room(self, person: str) -> None:
        """`TooManyStreams` unless one more may be opened."""
        own = sum(stream.person == person for stream in self._open)
        if self._closed or own >= MOST_PER_PERSON or len(self._open) >= MOST:
            raise TooManyStreams

    async def follow(self, person: str, after: int) -> AsyncGenerator[tuple[Outgoing, ...], None]:
        """A person's replies as they come; an empty tuple when nothing came for a while."""
        with self._register(_Stream(person, after)) as stream:
            self.ring()
            while not self._closed:
                yield await self._next(stream)

    @contextmanager
    def _register(self, stream: _Stream) -> Iterator[_Stream]:
        self._open.add(stream)
        if self._watcher is None or self._watcher.done():
            self._watcher = asyncio.create_task(self._watch())
        try:
            yield stream
        finally:
            self._open.discard(stream)
            self._bell.set()  # lets the watcher end with the last stream

    async def _next(self, stream: _Stream) -> tuple[Outgoing, ...]:
        try:
            async with asyncio.timeout(self._heartbeat_seconds):
                await stream.ready.wait()
        except TimeoutError:
            return ()
        return stream.take()

    async def _watch(self) -> None:
        while self._open and not self._closed:
            self._bell.clear()
            waiting = [stream for stream in self._open if not stream.found]
            try:
                await self._look(waiting)
            except sqlite3.Error as exc:  # the next look may succeed
                _log.warning("cannot read the outbox: %s", type(exc).__name__)
            try:
                async with asyncio.timeout(self._poll_seconds):
                    await self._bell.wait()
            except TimeoutError:
                continue

    async def _look(self, waiting: Sequence[_Stream]) -> None:
        asked = [(stream.person, stream.cursor) for stream in waiting]
        answers = await self._mailroom.run(self._after, asked)
        for stream, found in zip(waiting, answers, strict=True):
            if found:
                stream.found = found
                stream.ready.set()

    def _after(self, asked: Sequence[tuple[str, int]]) -> list[tuple[Outgoing, ...]]:
        """In the thread that owns the database."""
        return [self._mailroom.sync.mail.after(person, seq) for person, seq in asked]

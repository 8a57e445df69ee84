"""The queue of updates, and the two ways out of it: getUpdates and the webhook.

Nothing is forgotten before the bot has acknowledged it: by an offset, or by a 2xx answer. Knows
updates as JSON only.
"""

import asyncio
import itertools
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

import httpx

from .botapi_rules import OTHER_POLLER, WEBHOOK_ACTIVE, Rejected
from .botapi_text import Json

UPDATE_KINDS = (
    "message", "edited_message", "callback_query", "my_chat_member", "chat_member",
    "message_reaction", "message_reaction_count",
)  # fmt: skip
ON_REQUEST_ONLY = ("chat_member", "message_reaction", "message_reaction_count")
POLL_LIMIT, POLL_SECONDS = 100, 50
DELAYS = 5  # doublings of the webhook's delay before it stays


@dataclass(frozen=True, kw_only=True)
class Update:
    """Something that happened; updates of one lane reach a webhook one after the other."""

    update_id: int
    kind: str
    body: Json
    lane: str

    def to_json(self) -> Json:
        return {"update_id": self.update_id, self.kind: self.body}


@dataclass(frozen=True, kw_only=True)
class WebhookSettings:
    """Where updates are pushed to."""

    url: str
    secret: str = ""
    max_connections: int = 40


class Updates:
    """All updates that the bot has not acknowledged."""

    def __init__(self, retry_delay: float, on_change: Callable[[], None]) -> None:
        self.pending: dict[int, Update] = {}
        self.webhook: Webhook | None = None
        self._retry_delay = retry_delay
        self._on_change = on_change
        self._ids = itertools.count(860_000_001)
        self._last: Update | None = None
        self._again: list[Update] = []  # to be given once more, acknowledged or not
        self._poller: asyncio.Future[None] | None = None
        self.allowed = frozenset(UPDATE_KINDS) - frozenset(ON_REQUEST_ONLY)

    @property
    def polled(self) -> bool:
        """Whether a bot waits for updates right now."""
        return self._poller is not None and not self._poller.done()

    def allow(self, kinds: list[str]) -> None:
        """Remember which kinds the bot asked for; none means the usual ones."""
        usual = frozenset(UPDATE_KINDS) - frozenset(ON_REQUEST_ONLY)
        self.allowed = frozenset(kinds) or usual

    def push(self, kind: str, body: Json, lane: str) -> None:
        """Something happened; the bot hears of it if it asked for such."""
        if kind in self.allowed:
            self._last = Update(update_id=next(self._ids), kind=kind, body=body, lane=lane)
            self.pending[self._last.update_id] = self._last
            self._announce(self._last)

    def duplicate_last(self) -> None:
        """Deliver the newest update once more under its own id, as after a lost answer."""
        assert self._last, "nothing was delivered yet"
        if not self.webhook:
            self._again.append(self._last)
        self._announce(self._last)

    def _announce(self, update: Update) -> None:
        if self.webhook:
            self.webhook.send(update)
        elif self._poller and self.polled:
            self._poller.set_result(None)

    async def poll(self, offset: int, limit: int, timeout: float) -> list[Json]:
        """getUpdates: forget what is below the offset, then give what is left or comes in."""
        if self.webhook:
            raise Rejected(409, WEBHOOK_ACTIVE)
        self._acknowledge(offset)
        if timeout and not self.pending and not self._again:
            await self._wait(min(timeout, POLL_SECONDS))
        count = max(1, min(limit, POLL_LIMIT))
        again, self._again = self._again, []
        return [u.to_json() for u in (*again, *self.pending.values())][:count]

    def _acknowledge(self, offset: int) -> None:
        known = list(self.pending)
        keep = known[offset:] if offset < 0 else [i for i in known if i >= offset]
        self.pending = {i: self.pending[i] for i in keep}

    async def _wait(self, timeout: float) -> None:
        self.interrupt(OTHER_POLLER)
        self._poller = poller = asyncio.get_running_loop().create_future()
        self._on_change()
        await asyncio.wait({poller}, timeout=timeout)
        if not poller.cancel():  # something happened before the time was up
            poller.result()

    def interrupt(self, why: str) -> None:
        """Send the bot that waits for updates away with a 409."""
        if self._poller and self.polled:
            self._poller.set_exception(Rejected(409, why))
        self._poller = None

    async def set_webhook(
        self, settings: WebhookSettings | None, *, drop_pending: bool = False
    ) -> None:
        """Push to this address from now on, what is pending first; None for polling."""
        if drop_pending:
            self.pending.clear()
        elif self.webhook and self.webhook.settings == settings:
            return  # as it was; what failed goes on waiting for its next try
        if self.webhook:
            await self.webhook.close()
            self.webhook = None
        if settings:
            self.interrupt("Conflict: terminated by setWebhook request")
            self.webhook = Webhook(
                settings, self.pending, retry_delay=self._retry_delay, on_change=self._on_change
            )
            for update in self.pending.values():
                self.webhook.send(update)

    async def close(self) -> None:
        """Stop pushing; who waits for updates is left to the server."""
        if self.webhook:
            await self.webhook.close()


class Webhook:
    """Pushes updates until each is answered with 2xx.

    As Telegram does it: one lane per chat, in order, a failing update holds up its own lane
    only; at most `max_connections` at once; the first repetition comes immediately, each
    further one after twice the time.
    """

    def __init__(
        self,
        settings: WebhookSettings,
        pending: dict[int, Update],
        *,
        retry_delay: float,
        on_change: Callable[[], None],
    ) -> None:
        self.settings = settings
        self.last_error = ""
        self._pending = pending
        self._retry_delay = retry_delay
        self._on_change = on_change
        self._lanes: dict[str, deque[Update]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._connections = asyncio.Semaphore(settings.max_connections)
        self._client = httpx.AsyncClient(verify=False, trust_env=False, timeout=60)

    def send(self, update: Update) -> None:
        """Put the update at the end of its lane."""
        if update.lane in self._lanes:
            self._lanes[update.lane].append(update)
            return
        self._lanes[update.lane] = deque([update])
        task = asyncio.create_task(self._drain(update.lane))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def close(self) -> None:
        """Stop pushing; what was not acknowledged stays pending."""
        tasks = tuple(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self._client.aclose()

    async def _drain(self, lane: str) -> None:
        queue = self._lanes[lane]
        while queue:
            await self._deliver(queue[0])
            self._pending.pop(queue.popleft().update_id, None)
            self._on_change()
        del self._lanes[lane]

    async def _deliver(self, update: Update) -> None:
        for failures in itertools.count():
            async with self._connections:
                error = await self._push(update)
            if not error:
                return
            self.last_error = error
            self._on_change()
            doublings = min(failures, DELAYS)
            await asyncio.sleep(self._retry_delay * 2**doublings if failures else 0)

    async def _push(self, update: Update) -> str:
        """What went wrong, in the words of getWebhookInfo; empty if nothing."""
        try:
            response = await self._client.post(
                self.settings.url, json=update.to_json(), headers=self._headers
            )
        except httpx.ConnectError:
            return "Connection refused"
        except httpx.TimeoutException:
            return "Read timeout expired"
        except httpx.TransportError:
            return "Webhook connection closed"
        if response.is_success:
            return ""
        return f"Wrong response from the webhook: {response.status_code} {response.reason_phrase}"

    @property
    def _headers(self) -> dict[str, str]:
        secret = self.settings.secret
        return {"X-Telegram-Bot-Api-Secret-Token": secret} if secret else {}

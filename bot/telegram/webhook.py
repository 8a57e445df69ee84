"""Receiving by being told: Telegram posts every update to a small server of our own.

The 200 that acknowledges an update is sent when the update is on the disk.
"""

import hashlib
import hmac
import json
import logging
import socket
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

from telegram import Update
from telegram.ext import ExtBot
from tornado.httpserver import HTTPServer
from tornado.web import Application, RequestHandler

from bot.config import Settings
from bot.telegram.limits import UPDATE_BYTES, UPDATE_KINDS, Pace
from bot.telegram.persistence import meaning, persist
from bot.telegram.reading import parse
from bot.telegram.receiving import Receiver

_log = logging.getLogger(__name__)
_HEADER = "X-Telegram-Bot-Api-Secret-Token"
_PATH = "/telegram"


def webhook_secret(settings: Settings, key: str) -> str:
    """What Telegram has to show with every update: as set, or made from the signing key."""
    if settings.webhook_secret:
        return settings.webhook_secret.get_secret_value()
    return hmac.new(key.encode(), b"telegram webhook", hashlib.sha256).hexdigest()


@asynccontextmanager
async def webhook_open(
    bot: ExtBot[None], receiver: Receiver, settings: Settings, secret: str, pace: Pace
) -> AsyncIterator[None]:
    """Listen, and have Telegram told where, until the end; then finish what is being stored.

    Telegram is not told to stop: what is sent meanwhile it keeps, and brings at the next start.
    """
    listening = _listen(settings.webhook_listen, settings.webhook_port)
    hook = {"bot": bot, "receiver": receiver, "secret": secret}
    server = HTTPServer(
        Application([("/.*", _Hook, hook)], log_function=lambda _: None),
        max_body_size=UPDATE_BYTES,
    )
    server.add_socket(listening)
    url = settings.webhook_url or _url_of(listening)
    try:
        announce = partial(
            bot.set_webhook, url=url, secret_token=secret, allowed_updates=UPDATE_KINDS
        )
        await persist(announce, pace)
        yield
    finally:
        server.stop()
        await server.close_all_connections()


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.create_server((host, port), family=family, backlog=128)
    listening.setblocking(False)
    return listening


def _url_of(listening: socket.socket) -> str:
    """Where we listen, for a Bot API server on this machine; the real one needs `WEBHOOK_URL`."""
    host, port = listening.getsockname()[:2]
    return f"http://[{host}]:{port}{_PATH}" if ":" in host else f"http://{host}:{port}{_PATH}"


class _Hook(RequestHandler):
    """What Telegram posts to; a proxy in front may use any path."""

    def initialize(self, bot: ExtBot[None], receiver: Receiver, secret: str) -> None:
        """Called by tornado for every request."""
        self._bot = bot
        self._receiver = receiver
        self._secret = secret

    async def post(self) -> None:
        """Store an update: 200 when that is done, 500 when it cannot be, so that it comes again."""
        shown = self.request.headers.get(_HEADER, "")
        if not hmac.compare_digest(shown.encode(), self._secret.encode()):
            self.set_status(403)
            return
        update = self._read()
        if update is None:  # with anything but a 200 it would come for ever
            return
        try:
            await self._receiver.take([update])
        except (sqlite3.Error, OSError) as exc:
            _log.error(meaning(exc))
            self.set_status(500)

    def _read(self) -> Update | None:
        try:
            raw = json.loads(self.request.body)
        except ValueError:
            _log.warning("收到的不是 JSON")
            return None
        return parse(raw, self._bot)

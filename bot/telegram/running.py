"""The channel as a whole: from the token to a bot that answers, and back to silence."""

import asyncio
import logging
import warnings
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from telegram import LinkPreviewOptions
from telegram.ext import ApplicationBuilder, Defaults, ExtBot
from telegram.request import HTTPXRequest
from telegram.warnings import PTBDeprecationWarning, PTBUserWarning

from bot.config import Settings
from bot.mailroom import AsyncMailroom
from bot.telegram.delivery import Delivery
from bot.telegram.limits import SENT_AT_ONCE, TELEGRAM, Pace
from bot.telegram.menus import CommandMenus, Menu, Menus
from bot.telegram.pacing import PacedLimiter, PerChat
from bot.telegram.persistence import persist
from bot.telegram.polling import Poller
from bot.telegram.receiving import App, Receiver
from bot.telegram.sending import Sender
from bot.telegram.webhook import webhook_open, webhook_secret

_log = logging.getLogger(__name__)


@asynccontextmanager
async def telegram_running(
    mailroom: AsyncMailroom,
    settings: Settings,
    menu: Menu,
    key: str,
    *,
    menus: Callable[[], Menus] = dict,
    pace: Pace = TELEGRAM,
) -> AsyncIterator[None]:
    """Receive and deliver meanwhile, if a token is set; never waits for Telegram, never fails.

    `menu` is everybody's, `menus` tells those of single private chats: of staff. `key` is the
    signing key, of which the webhook's secret is made. At the end what is in hand is finished,
    the rest waits in the inbox and the outbox.
    """
    if settings.telegram_bot_token is None:
        yield
        return
    _hush()
    channel = _Channel(mailroom, settings, pace)
    shown = CommandMenus(channel.bot, mailroom, menu, menus, pace)
    receiving = asyncio.create_task(channel.receive(shown, webhook_secret(settings, key)))
    receiving.add_done_callback(_tell_if_broken)
    try:
        yield
    finally:
        receiving.cancel()
        await asyncio.gather(receiving, return_exceptions=True)
        await channel.finish()


def _hush() -> None:
    """PTB's own log quotes updates, and its errors the token; what went wrong we log ourselves."""
    logging.getLogger("telegram").setLevel(logging.CRITICAL + 1)
    warnings.filterwarnings("ignore", ".*retry_after.*", PTBDeprecationWarning)
    warnings.filterwarnings("ignore", ".*do_api_request.*", PTBUserWarning)  # see polling.py


def _tell_if_broken(receiving: asyncio.Task[None]) -> None:
    """Everything expected is tried again; should something else end the channel, it is said."""
    if not receiving.cancelled() and (error := receiving.exception()):
        _log.error("Telegram 通道停了：%s", type(error).__name__)


class _Channel:
    """The parts, and the order in which they start and stop."""

    def __init__(self, mailroom: AsyncMailroom, settings: Settings, pace: Pace) -> None:
        self._settings = settings
        self._pace = pace
        self._app = _application(settings, pace)
        self._receiver = Receiver(self._app, mailroom)
        self._delivery = Delivery(mailroom, Sender(self._app.bot), pace)
        self._delivering: asyncio.Task[None] | None = None

    @property
    def bot(self) -> ExtBot[None]:
        """Telegram, as one calls it."""
        bot: ExtBot[None] = self._app.bot
        return bot

    async def receive(self, menus: CommandMenus, secret: str) -> None:
        """Connect, then receive until cancelled."""
        await persist(self._app.initialize, self._pace)
        await self._app.start()
        self._delivering = asyncio.create_task(self._delivery.run())
        await menus.show()
        _log.info("Telegram 已连接：@%s", self._app.bot.username)
        async with asyncio.TaskGroup() as together:
            together.create_task(menus.keep())
            together.create_task(persist(lambda: self._receive(secret), self._pace))

    async def _receive(self, secret: str) -> None:
        bot = self._app.bot
        if self._settings.telegram_mode == "polling":
            await Poller(bot, self._receiver, self._pace).run()
        async with webhook_open(bot, self._receiver, self._settings, secret, self._pace):
            await asyncio.get_running_loop().create_future()

    async def finish(self) -> None:
        """Answer what is queued, send what is in hand, close the connections."""
        if self._app.running:
            await self._answer_what_is_queued()
        if self._delivering:
            await self._delivery.stop()
        await self._app.shutdown()
        await self._app.bot.shutdown()  # opened also where getMe never succeeded

    async def _answer_what_is_queued(self) -> None:
        try:
            async with asyncio.timeout(self._pace.finish):
                await self._app.stop()
        except TimeoutError:
            _log.info("还有没答完的，下次启动接着答")


def _application(settings: Settings, pace: Pace) -> App:
    assert settings.telegram_bot_token, "checked by the caller"
    return (
        ApplicationBuilder()
        .token(settings.telegram_bot_token.get_secret_value())
        .base_url(settings.telegram_base_url)
        .base_file_url(settings.telegram_base_file_url)
        .request(_request(SENT_AT_ONCE * 2, pace))
        .get_updates_request(_request(1, pace))
        .defaults(Defaults(link_preview_options=LinkPreviewOptions(is_disabled=True)))
        .rate_limiter(PacedLimiter(pace))
        .concurrent_updates(PerChat())
        .updater(None)
        .build()
    )


def _request(connections: int, pace: Pace) -> HTTPXRequest:
    return HTTPXRequest(
        connection_pool_size=connections,
        connect_timeout=pace.answer,
        read_timeout=pace.answer,
        write_timeout=pace.answer,
        pool_timeout=pace.answer,
    )

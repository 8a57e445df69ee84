"""Serving: web, Telegram and delivery in one event loop, until told to stop."""

import asyncio
import contextlib
import logging
import signal
from collections.abc import Iterator
from contextlib import AbstractAsyncContextManager, nullcontext
from functools import partial

from bot.mailroom import AsyncMailroom
from bot.refreshing import keeping_up
from bot.reminding import Duties, reminding
from bot.services import Program
from bot.upkeep import keeping_tidy
from bot.web import WebServer, create_app
from handlers.respond import menu
from handlers.texts import EXAMPLES

_log = logging.getLogger(__name__)


class _Server(WebServer):
    """A web server that leaves signals to us: its own handling would end the process before
    Telegram and the worker have finished what they have in hand."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Nothing is captured here."""
        yield


async def serve(program: Program) -> None:
    """Run until SIGINT or SIGTERM; what is under way is finished, the rest waits in the inbox."""
    settings = program.settings
    _set_up_logging()
    mailroom = AsyncMailroom(program.mailroom)
    app = create_app(
        mailroom=mailroom,
        settings=settings,
        secret=program.secret,
        new_id=program.services.new_id,
        clock=program.services.clock,
        examples=EXAMPLES,
        staff=program.staff(),
    )
    server = _Server(app, host=settings.web_host, port=settings.web_port)
    listening = server.listen()  # before anything is answered: somebody else may be doing that
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, _stop, server)
    try:
        if left := await mailroom.catch_up():
            _log.info("补答了上次没有答完的 %d 条", left)
        async with (
            _telegram(program, mailroom),
            reminding(mailroom, Duties.of(program)),
            keeping_tidy(mailroom),
            keeping_up(mailroom, program.services.knowledge),
        ):
            _log.info("政问已启动：http://%s:%d", settings.web_host, settings.web_port)
            await server.serve(sockets=[listening])
    finally:
        mailroom.close()


def _telegram(program: Program, mailroom: AsyncMailroom) -> AbstractAsyncContextManager[None]:
    """The channel, if there is a token; its libraries load slowly, so only then."""
    if program.settings.telegram_bot_token is None:
        return nullcontext()
    from bot.telegram import telegram_running

    return telegram_running(
        mailroom,
        program.settings,
        menu(None),
        program.secret,
        menus=partial(staff_menus, program),
    )


def _stop(server: WebServer) -> None:
    server.should_exit = True


def staff_menus(program: Program) -> dict[int, list[tuple[str, str]]]:
    """The commands of everybody of the staff who is on Telegram, by their private chat."""
    users = program.services.desk.people.all()
    return {int(one.telegram): menu(one.role) for one in users if one.active and one.telegram}


def _set_up_logging() -> None:
    """Our own events; of libraries only what is wrong: theirs would show tokens and texts."""
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(message)s")
    logging.getLogger("bot").setLevel(logging.INFO)

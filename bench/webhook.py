"""What the inbox costs at the door: `python -m bench.webhook [UPDATES]`.

Updates a second through two webhooks on loopback, one after the other in one run: bare
python-telegram-bot, which acknowledges from memory, and ours, which acknowledges from the disk.
Both read the same updates and handle none; 40 connections, as many as Telegram opens. Prints one
Markdown table; the ratio is what counts, the figures are of this machine.
"""

import asyncio
import json
import multiprocessing
import socket
import sys
import tempfile
from collections.abc import AsyncIterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import asynccontextmanager
from pathlib import Path
from time import perf_counter
from urllib.parse import urlsplit

from telegram.ext import ApplicationBuilder

from bot.config import Settings, read_settings
from bot.mailroom import AsyncMailroom, Mailroom
from bot.services import utc_now
from bot.store import Mail, migrations, open_database
from bot.telegram.limits import TELEGRAM
from bot.telegram.receiving import App, Receiver
from bot.telegram.webhook import webhook_open
from handlers.messages import say
from tests.fakes.botapi import BotApi

UPDATES = 5_000
CONNECTIONS = 40
SECRET = "bench"
HEADER = "X-Telegram-Bot-Api-Secret-Token"


def update(number: int) -> dict[str, object]:
    """A question, each from somebody else."""
    person = {"id": 1000 + number, "first_name": "某人", "is_bot": False}
    chat = {"id": 1000 + number, "type": "private", "first_name": "某人"}
    message = {
        "message_id": 1, "date": 1_800_000_000, "from": person, "chat": chat,
        "text": "申请信息公开要多久才有答复",
    }  # fmt: skip
    return {"update_id": number + 1, "message": message}


def request(url: str, number: int) -> bytes:
    """One update as Telegram posts it."""
    parts, body = urlsplit(url), json.dumps(update(number)).encode()
    head = (
        f"POST {parts.path} HTTP/1.1\r\nHost: {parts.netloc}\r\n{HEADER}: {SECRET}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


async def push(url: str, numbers: range) -> float:
    """Seconds until every update was acknowledged with 200."""
    waiting = iter([request(url, number) for number in numbers])
    parts = urlsplit(url)

    async def connection() -> None:
        reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
        for one in waiting:
            writer.write(one)
            answer = await reader.readuntil(b"\r\n\r\n")  # both answer without a body
            assert answer.startswith(b"HTTP/1.1 200"), answer
        writer.close()

    started = perf_counter()
    await asyncio.gather(*(connection() for _ in range(CONNECTIONS)))
    return perf_counter() - started


def push_all(url: str, numbers: range) -> float:
    """The same, in a process of its own: the client must not take the server's time."""
    return asyncio.run(push(url, numbers))


async def per_second(client: Executor, url: str, numbers: range) -> float:
    """How many updates a second are acknowledged."""
    loop = asyncio.get_running_loop()
    return len(numbers) / await loop.run_in_executor(client, push_all, url, numbers)


def application(api: BotApi, *, updater: bool) -> App:
    """A bot that knows the fake Bot API and handles nothing."""
    builder = ApplicationBuilder().token(api.token).base_url(api.base_url)
    return builder.build() if updater else builder.updater(None).build()


@asynccontextmanager
async def bare(api: BotApi) -> AsyncIterator[str]:
    """PTB's own webhook; where it listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    async with application(api, updater=True) as app:
        assert app.updater, "was asked for"
        url = f"http://127.0.0.1:{port}/bare"
        await app.updater.start_webhook(
            listen="127.0.0.1", port=port, url_path="bare", webhook_url=url, secret_token=SECRET
        )
        yield url
        await app.updater.stop()


@asynccontextmanager
async def ours(api: BotApi, settings: Settings) -> AsyncIterator[str]:
    """The webhook that stores first; where it listens."""
    db = open_database(settings.database)
    migrations.apply(db)
    mailroom = AsyncMailroom(Mailroom(db, Mail(db), lambda _: say("答"), utc_now))
    try:
        async with application(api, updater=False) as app:
            receiver = Receiver(app, mailroom)
            async with webhook_open(app.bot, receiver, settings, SECRET, TELEGRAM):
                yield api.called("setWebhook")[-1].params["url"]
    finally:
        mailroom.close()
        db.close()


async def measure(count: int, directory: Path) -> tuple[float, float]:
    """Bare and ours, in updates a second."""
    settings = read_settings(None).model_copy(
        update={"database": directory / "bench.db", "webhook_port": 0}
    )
    warm, numbers = range(count, count + count // 10), range(count)
    spawn = multiprocessing.get_context("spawn")
    async with BotApi() as api:
        with ProcessPoolExecutor(1, mp_context=spawn) as client:
            async with bare(api) as url:
                await per_second(client, url, warm)
                without = await per_second(client, url, numbers)
            async with ours(api, settings) as url:
                await per_second(client, url, warm)
                stored = await per_second(client, url, numbers)
    return without, stored


def main() -> None:
    """Measure and print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else UPDATES
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as directory:  # /tmp may be no disk
        without, stored = asyncio.run(measure(count, Path(directory)))
    print("| webhook | updates/s | ratio |\n|---|---:|---:|")
    print(f"| python-telegram-bot, in memory | {without:.0f} | 1.00 |")
    print(f"| with the inbox on disk | {stored:.0f} | {stored / without:.2f} |")


if __name__ == "__main__":
    main()

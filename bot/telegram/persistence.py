"""Trying again: nothing that Telegram or the network does ends the program."""

import asyncio
import logging
import sqlite3
from collections.abc import Awaitable, Callable
from typing import TypeVar

from telegram.error import Conflict, InvalidToken, NetworkError, RetryAfter

from bot.telegram.limits import Pace

_log = logging.getLogger(__name__)
T = TypeVar("T")

# The first that fits; PTB's own words are not logged, for they quote the token.
_MEANINGS: tuple[tuple[type[Exception], str], ...] = (
    (InvalidToken, "Telegram 不认这个令牌，请检查 TELEGRAM_BOT_TOKEN；网页不受影响"),
    (Conflict, "另一个程序正在收取这个机器人的消息，请停掉一个"),
    (RetryAfter, "Telegram 要求慢一点"),
    (NetworkError, "连不上 Telegram"),
    (sqlite3.Error, "消息存不下，Telegram 会再发来；请看磁盘是否满了"),
    (OSError, "Telegram 通道打不开端口或文件"),
)


def meaning(error: Exception) -> str:
    """What an operator should know about an error, without anything secret."""
    for kind, text in _MEANINGS:
        if isinstance(error, kind):
            return text
    return f"Telegram 通道出错（{type(error).__name__}）"


def seconds_of(error: RetryAfter) -> float:
    """How long Telegram wants us to wait; PTB is changing the type of the attribute."""
    wait = error.retry_after
    return wait if isinstance(wait, int | float) else wait.total_seconds()


async def persist(attempt: Callable[[], Awaitable[T]], pace: Pace) -> T:
    """The result of the first attempt that succeeds, with growing pauses in between."""
    failures = 0
    while True:
        try:
            return await attempt()
        except Exception as exc:  # noqa: BLE001 - told to the log, and tried again
            wait = seconds_of(exc) if isinstance(exc, RetryAfter) else pace.wait(failures)
            _log.warning("%s，%.0f 秒后再试", meaning(exc), wait)
        await asyncio.sleep(wait)
        failures += 1

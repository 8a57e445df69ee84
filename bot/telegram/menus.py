"""The commands beside the input field: everybody's, and in their private chats those of staff."""

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

from telegram import BotCommandScopeChat
from telegram.error import TelegramError
from telegram.ext import ExtBot

from bot.mailroom import AsyncMailroom
from bot.telegram.limits import Pace
from bot.telegram.persistence import meaning

_log = logging.getLogger(__name__)
Menu: TypeAlias = Sequence[tuple[str, str]]  # commands and what they are for
Menus: TypeAlias = Mapping[int, Menu]  # by private chat


class CommandMenus:
    """Shows menus, and who was hired, promoted or dismissed meanwhile another one."""

    def __init__(
        self,
        bot: ExtBot[None],
        mailroom: AsyncMailroom,
        everybodys: Menu,
        of_staff: Callable[[], Menus],
        pace: Pace,
    ) -> None:
        """`of_staff` tells who has which menu now, in the thread that owns the database."""
        self._bot = bot
        self._mailroom = mailroom
        self._everybodys = everybodys
        self._of_staff = of_staff
        self._pace = pace
        self._shown: dict[int, Menu] = {}
        self._refused: set[int] = set()  # told to the log already

    async def show(self) -> None:
        """Show every menu; without them one can still ask."""
        try:
            await self._bot.set_my_commands(self._everybodys)
        except TelegramError as exc:
            _log.warning("%s，命令菜单没有设上", meaning(exc))
        await self._show_what_changed()

    async def keep(self) -> None:
        """Until cancelled."""
        while True:
            await asyncio.sleep(self._pace.menus)
            await self._show_what_changed()

    async def _show_what_changed(self) -> None:
        try:
            wanted = await self._mailroom.run(self._of_staff)
        except Exception as exc:  # noqa: BLE001 - a locked database now must not end this for ever
            _log.error("读取工作人员名单失败：%s", type(exc).__name__, exc_info=exc)
            return
        for chat in [*wanted, *(gone for gone in self._shown if gone not in wanted)]:
            if self._shown.get(chat) != wanted.get(chat):
                await self._show_own(chat, wanted.get(chat))

    async def _show_own(self, chat: int, menu: Menu | None) -> None:
        """One chat's; None: everybody's again. Of somebody who never wrote to us there is no chat
        yet: then at a later look."""
        scope = BotCommandScopeChat(chat)
        try:
            if menu is None:
                await self._bot.delete_my_commands(scope=scope)
            else:
                await self._bot.set_my_commands(menu, scope=scope)
        except TelegramError as exc:
            if chat not in self._refused:
                _log.info("%s，一位工作人员的命令菜单还没有设上", meaning(exc))
            self._refused.add(chat)
            return
        self._refused.discard(chat)
        if menu is None:
            del self._shown[chat]
        else:
            self._shown[chat] = menu

"""The Telegram channel: updates in, stored before they are acknowledged; replies out, until they
have arrived or never will.

Knows the Bot API (through python-telegram-bot) and the mailroom; knows nothing of how a question
is answered. Read `running` first, then `receiving` and `delivery`.
"""

from bot.telegram.running import telegram_running

__all__ = ["telegram_running"]

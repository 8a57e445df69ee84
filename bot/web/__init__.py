"""The web channel: the chat page, the widget for other sites, and the JSON API.

Knows HTTP and the mailroom; knows nothing of how a question is answered.
"""

from bot.web.app import create_app
from bot.web.server import WebServer

__all__ = ["WebServer", "create_app"]

"""Links to our own upload page, for what does not belong into a chat."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.config import Settings
from bot.store import Link, Links
from petitions import Channel

HOLDS = timedelta(days=7)
_HERE = frozenset({Channel.WEB, Channel.TERMINAL})  # used on the machine or network that serves


@dataclass(frozen=True, kw_only=True)
class Uploads:
    """Makes links that can be used once."""

    links: Links
    settings: Settings

    def link(self, *, channel: Channel, person: str, number: str, at: datetime) -> str | None:
        """Without `PUBLIC_URL` only those who use our own pages are sent there."""
        if not self.settings.public_url and channel not in _HERE:
            return None
        token = self.links.make(Link(person=person, number=number), at + HOLDS)
        return f"{self._base()}/upload/{token}"

    def _base(self) -> str:
        settings = self.settings
        return settings.public_url.rstrip("/") or f"http://{settings.web_host}:{settings.web_port}"

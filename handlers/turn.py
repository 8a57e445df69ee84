"""One turn of a conversation: what came in, and what is remembered when it is over."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from handlers.conversation import Conversation
from handlers.messages import Incoming
from handlers.services import Services


@dataclass(kw_only=True)
class Turn:
    """What a handler works on; only the conversation changes, through `remember`."""

    incoming: Incoming
    services: Services
    conversation: Conversation

    @property
    def now(self) -> datetime:
        """The moment of the message: a late answer counts its days from when it was asked."""
        return self.incoming.received_at

    @property
    def today(self) -> date:
        """The local day of the message."""
        return self.now.astimezone(self.services.zone).date()

    def local(self, at: datetime) -> datetime:
        """A time as clocks here show it."""
        return at.astimezone(self.services.zone)

    def forget(self) -> None:
        """Begin as if nothing had ever been said."""
        self.conversation = Conversation()

    def remember(self, **changes: Any) -> None:
        """Change what the conversation remembers."""
        self.conversation = replace(self.conversation, **changes)

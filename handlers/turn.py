"""One turn of a conversation: what came in, and what is remembered when it is over."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from typing import Any

from handlers.conversation import MOST_SAVED, Conversation
from handlers.messages import Incoming
from handlers.services import Services
from petitions import Actor, Channel


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

    @cached_property
    def staff(self) -> Actor | None:
        """Who of the staff this is, by their Telegram account; None for the public."""
        channel, _, account = self.incoming.person.partition(":")
        people = self.services.desk.people
        user = people.of_telegram(account) if channel == Channel.TELEGRAM else None
        return people.actor(user) if user else None

    def local(self, at: datetime) -> datetime:
        """A time as clocks here show it."""
        return at.astimezone(self.services.zone)

    def forget(self) -> None:
        """Begin as if nothing had ever been said."""
        self.conversation = Conversation()

    def remember(self, **changes: Any) -> None:
        """Change what the conversation remembers; a form of several questions that has to make
        room for another one is put aside."""
        draft = changes.get("draft")
        if (
            draft is not None
            and self.conversation.draft
            and draft.form != self.conversation.draft.form
        ):
            self.put_aside()
        self.conversation = replace(self.conversation, **changes)

    def put_aside(self) -> None:
        """Keep the open form for later, if there is anything in it to keep."""
        draft, saved = self.conversation.draft, self.conversation.saved
        if draft and draft.several and draft.values:
            saved = (*saved, draft)[-MOST_SAVED:]
        self.conversation = replace(self.conversation, draft=None, saved=saved)

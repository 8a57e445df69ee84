"""What every request handler of the web works with, built once by `create_app`."""

from collections.abc import Callable
from dataclasses import dataclass

from starlette.requests import HTTPConnection, Request

from bot.config import Settings
from bot.mailroom import AsyncMailroom
from bot.store import Outgoing
from bot.web.addresses import Network, client_address
from bot.web.assets import Assets
from bot.web.identity import Identities, Visitor
from bot.web.limits import Limits
from bot.web.rendering import Templates
from bot.web.streams import Streams
from bot.web.transcript import Transcript, read_transcript
from handlers.messages import Incoming
from handlers.services import Clock


@dataclass(frozen=True, kw_only=True)
class Web:
    """The web channel's own parts and the few calls they share."""

    settings: Settings
    mailroom: AsyncMailroom
    identities: Identities
    limits: Limits
    streams: Streams
    assets: Assets
    templates: Templates
    trusted: tuple[Network, ...]
    clock: Clock
    new_id: Callable[[], str]

    @property
    def is_secure(self) -> bool:
        """Whether people reach us by HTTPS."""
        return self.settings.public_url.startswith("https://")

    def seconds_to_wait(self, connection: HTTPConnection, visitor: Visitor | None = None) -> int:
        """0 if the request may go on; it is counted then."""
        address = client_address(connection, self.trusted)
        person = visitor.person if visitor else None
        return self.limits.admit(address=address, person=person)

    async def exchange(self, incoming: Incoming) -> tuple[Outgoing, ...]:
        """Store a message, have it answered; the same replies each time it is repeated."""
        await self.mailroom.accept(incoming)
        replies = await self.mailroom.process(incoming.channel, incoming.update_id)
        self.streams.ring()
        return replies

    async def transcript(self, visitor: Visitor) -> Transcript:
        """What stands on the visitor's page."""
        return await self.mailroom.run(read_transcript, self.mailroom.sync.mail, visitor.person)

    async def replies_after(self, visitor: Visitor, seq: int) -> tuple[Outgoing, ...]:
        """What the visitor was told since."""
        return await self.mailroom.run(self.mailroom.sync.mail.after, visitor.person, seq)


def web_of(request: Request) -> Web:
    """The one that belongs to the app of this request."""
    web = request.app.state.web
    assert isinstance(web, Web)
    return web

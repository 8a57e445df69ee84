"""From a request to `Incoming`: ids that no other person can collide with."""

from datetime import datetime

from bot.web.identity import Visitor
from bot.web.schemas import MessageIn
from handlers.messages import Action, Incoming, InputKind
from petitions import Channel


def to_incoming(visitor: Visitor, message: MessageIn, at: datetime) -> Incoming:
    """What the person did; its `message` names the bubble that a reply may take the place of."""
    pressed = message.action is not None
    said = message.edits or message.id
    return Incoming(
        channel=Channel.WEB,
        update_id=f"{visitor.id}/{message.id}",
        person=visitor.person,
        chat=visitor.person,
        text=message.text or "",
        action=Action.decode(message.action) if message.action is not None else None,
        kind=InputKind.BUTTON if pressed else InputKind.TEXT,
        edited=message.edits is not None,
        message=str(message.on or "") if pressed else str(said),
        received_at=at,
    )

"""What stands on a person's page: their words and the replies, corrections already applied."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeAlias

from bot.store import Mail, Outgoing, Turn
from handlers.messages import Incoming


@dataclass(frozen=True, kw_only=True)
class Said:
    """A bubble of the person's own."""

    id: str  # the client's name of the message
    text: str
    corrected: bool
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Told:
    """A bubble of ours."""

    outgoing: Outgoing
    pressed: str | None = None  # the action of the button that was pressed in it


Item: TypeAlias = Said | Told


@dataclass(frozen=True, kw_only=True)
class Transcript:
    """The page's content, oldest first."""

    items: tuple[Item, ...]
    cursor: int  # the newest reply in it: later ones come by stream


def replaces(outgoing: Outgoing) -> int | None:
    """The reply whose place this one takes."""
    if outgoing.corrects is not None:
        return outgoing.corrects
    if outgoing.reply.in_place and outgoing.message.isdecimal():
        return int(outgoing.message)
    return None


def read_transcript(mail: Mail, person: str) -> Transcript:
    """The last turns of a person and whatever else they were told since."""
    turns = mail.history(person)
    answers = [reply.seq for turn in turns for reply in turn.replies]
    told = mail.after(person, min(answers, default=1) - 1)
    notices = [reply for reply in told if reply.seq not in set(answers)]
    page = _Page()
    for event in _in_order(turns, notices):
        page.add(event)
    cursor = max((*answers, *(reply.seq for reply in told)), default=0)
    return Transcript(items=tuple(page.items), cursor=cursor)


def _in_order(turns: Sequence[Turn], notices: Sequence[Outgoing]) -> Iterable[Incoming | Outgoing]:
    """Every turn with its replies; a notice before the first turn that began after it."""
    waiting = list(notices)
    for turn in turns:
        while waiting and waiting[0].created_at < turn.incoming.received_at:
            yield waiting.pop(0)
        yield turn.incoming
        yield from turn.replies
    yield from waiting


class _Page:
    """Bubbles and where each stands: a later reply may take the place of an earlier one."""

    def __init__(self) -> None:
        self.items: list[Item] = []
        self._place: dict[str | int, int] = {}  # message id or reply seq → position

    def add(self, event: Incoming | Outgoing) -> None:
        if isinstance(event, Outgoing):
            self._put(event.seq, replaces(event), Told(outgoing=event))
        elif event.action is not None:
            self._press(event.message, event.action.encode())
        else:
            self._say(event)

    def _put(self, key: str | int, instead_of: str | int | None, item: Item) -> None:
        place = None if instead_of is None else self._place.get(instead_of)
        if place is None:
            place = len(self.items)
            self.items.append(item)
        else:
            self.items[place] = item
        self._place[key] = place

    def _say(self, incoming: Incoming) -> None:
        said = Said(
            id=incoming.message,
            text=incoming.text,
            corrected=incoming.edited,
            at=incoming.received_at,
        )
        self._put(said.id, said.id if incoming.edited else None, said)

    def _press(self, on: str, action: str) -> None:
        place = self._place.get(int(on)) if on.isdecimal() else None
        if place is None:
            return
        item = self.items[place]
        if isinstance(item, Told) and item.outgoing.seq == int(on):  # not replaced meanwhile
            self.items[place] = replace(item, pressed=action)

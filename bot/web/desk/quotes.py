"""What a reply may quote: entries of the knowledge base, replies to others who asked the same."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from bot.web.desk.kept import digest
from bot.web.desk.room import Room, Seat
from handlers.texts import source_line
from knowledge import Entry, KnowledgeBase, UnknownEntry

_FAQ_SHOWN = 3
_ALIKE_SHOWN = 3
_ALIKE_READ = 4  # times as many: most have no reply yet
_FAQ_COMPARED = 300  # characters of a text that entries are looked for by


@dataclass(frozen=True, kw_only=True)
class Quote:
    """Something that the reply may quote, with its source."""

    key: str
    title: str
    text: str
    source: str  # "" for a past case
    where: str = ""  # number of that case

    @property
    def inserted(self) -> str:
        """What a reply says."""
        return f"{self.text}\n（{self.source}）" if self.source else self.text


def matching_entries(room: Room, text: str, today: date) -> tuple[Quote, ...]:
    """Published entries about what was asked, best first; which ones, is kept for a while."""
    knowledge, asked = room.services.knowledge, text[:_FAQ_COMPARED]

    def find() -> tuple[str, ...]:
        candidates = knowledge.answer_one(asked, today).candidates
        return tuple(candidate.entry.id for candidate in candidates[:_FAQ_SHOWN])

    ids = room.matches.get((digest(asked), today), find)
    return tuple(map(_quote, _valid(knowledge, ids, today)))


def _valid(knowledge: KnowledgeBase, ids: tuple[str, ...], today: date) -> Iterator[Entry]:
    """The entries as they are now; without those that were withdrawn meanwhile."""
    for entry_id in ids:
        with suppress(UnknownEntry):
            yield knowledge.entry(entry_id, today)


def _quote(entry: Entry) -> Quote:
    return Quote(
        key=f"faq:{entry.id}",
        title=entry.question or entry.section,
        text=entry.answer,
        source=_source(entry),
    )


def _source(entry: Entry) -> str:
    return source_line(entry.source) if entry.source.title else ""


def past_replies(room: Room, seat: Seat, number: str) -> tuple[Quote, ...]:
    """What was replied to others who asked something similar, best first.

    Which cases are alike, is kept for a while; what was replied and who may read it, is read now.
    """
    like = room.alike.get(
        number, lambda: room.desk.queue.like(number, limit=_ALIKE_SHOWN * _ALIKE_READ)
    )
    return tuple(
        Quote(
            key=f"case:{one.row.number}",
            title=one.row.title,
            text=one.reply,
            source="",
            where=one.row.number,
        )
        for one in room.desk.queue.replied(like, by=seat.actor, limit=_ALIKE_SHOWN)
    )

"""What a reply may quote: entries of the knowledge base, replies to others who asked the same."""

from dataclasses import dataclass
from datetime import date

from bot.web.desk.room import Room, Seat
from handlers.texts import source_line
from knowledge import Entry

_FAQ_SHOWN = 3
_ALIKE_SHOWN = 3
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
    """Published entries about what was asked, best first."""
    found = room.services.knowledge.answer_one(text[:_FAQ_COMPARED], today)
    return tuple(
        Quote(
            key=f"faq:{candidate.entry.id}",
            title=candidate.entry.question or candidate.entry.section,
            text=candidate.entry.answer,
            source=_source(candidate.entry),
        )
        for candidate in found.candidates[:_FAQ_SHOWN]
    )


def _source(entry: Entry) -> str:
    return source_line(entry.source) if entry.source.title else ""


def past_replies(room: Room, seat: Seat, number: str) -> tuple[Quote, ...]:
    """What was replied to others who asked something similar, best first."""
    return tuple(
        Quote(
            key=f"case:{one.row.number}",
            title=one.row.title,
            text=one.reply,
            source="",
            where=one.row.number,
        )
        for one in room.desk.queue.alike(number, by=seat.actor, limit=_ALIKE_SHOWN)
    )

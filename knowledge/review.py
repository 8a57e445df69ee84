"""What admins do with drafts and suggestions: accept, reject, publish, withdraw, look back.

Draft → review → publish. Whoever changed a draft does not publish it: a second pair of eyes
does, wherever names are given. Runs inside the caller's transaction.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from knowledge.base import KnowledgeBase
from knowledge.errors import NothingToPublish, OwnDraft, UnknownEntry, UnknownSuggestion
from knowledge.store import Change, Draft, Event, KnowledgeStore, Suggestion, Version
from knowledge.suggestions import changed, suggest

_NOTES = {Change.ADD: "采纳问法“{}”", Change.EXCLUDE: "排除问法“{}”"}


@dataclass(frozen=True, kw_only=True)
class History:
    """Everything that was ever done with an entry."""

    versions: tuple[Version, ...]
    events: tuple[Event, ...]


def suggestions(store: KnowledgeStore) -> list[Suggestion]:
    """The open suggestions, brought up to date with what people pressed."""
    entries = {entry.id: entry for entry in store.latest()}
    store.keep_suggestions(suggest(store.reactions(), entries))
    return store.open_suggestions()


def accept(
    store: KnowledgeStore, ids: Sequence[int], *, by: str, at: datetime
) -> tuple[Suggestion, ...]:
    """Make drafts with what these suggestions say; all of them or, if one is unknown, none."""
    chosen = _chosen(store, ids)
    for one in chosen:
        entry = next(entry for entry in store.latest() if entry.id == one.entry_id)
        note = _NOTES[one.change].format(one.wording)
        store.save_draft(changed(entry, one), at=at, by=by, note=note)
        store.decide(one.id, "accepted", by=by, at=at)
    return chosen


def reject(
    store: KnowledgeStore, ids: Sequence[int], *, by: str, at: datetime
) -> tuple[Suggestion, ...]:
    """Never suggest these again; all of them or, if one is unknown, none."""
    chosen = _chosen(store, ids)
    for one in chosen:
        store.decide(one.id, "rejected", by=by, at=at)
    return chosen


def _chosen(store: KnowledgeStore, ids: Sequence[int]) -> tuple[Suggestion, ...]:
    waiting = {one.id: one for one in suggestions(store)}
    unknown = [one for one in ids if one not in waiting]
    if unknown:
        raise UnknownSuggestion(unknown)
    return tuple(waiting[one] for one in dict.fromkeys(ids))


def publish(
    knowledge: KnowledgeBase, ids: Sequence[str], *, by: str, at: datetime
) -> tuple[Draft, ...]:
    """Answer with these drafts, or with all of them if no id is given; all or none."""
    drafts = {draft.entry.id: draft for draft in knowledge.store.drafts()}
    missing = [one for one in ids if one not in drafts]
    if missing or not drafts:
        raise NothingToPublish(missing)
    chosen = tuple(drafts[one] for one in dict.fromkeys(ids or drafts))
    own = [draft.entry.id for draft in chosen if by and by in draft.authors]
    if own:
        raise OwnDraft(own)
    for draft in chosen:
        knowledge.store.publish(draft, at=at, by=by)
    knowledge.refresh([draft.entry.id for draft in chosen])
    return chosen


def withdraw(knowledge: KnowledgeBase, entry_id: str, *, by: str, note: str, at: datetime) -> None:
    """Answer with this entry no more; its versions stay on record."""
    if not knowledge.store.withdraw(entry_id, at=at, by=by, note=note):
        raise UnknownEntry
    knowledge.refresh([entry_id])


def history(store: KnowledgeStore, entry_id: str) -> History:
    """The versions of an entry and what happened to them."""
    versions = tuple(store.versions(entry_id))
    if not versions:
        raise UnknownEntry
    return History(versions=versions, events=tuple(store.events(entry_id)))

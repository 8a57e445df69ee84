"""What people's presses teach: wordings to add to an entry, wordings that do not belong to it.

Suggestions only. Accepting one makes a draft (`review`); until somebody publishes it, nothing
is answered differently.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from knowledge.entries import Entry
from knowledge.questions import leans
from knowledge.spam import spam_in
from knowledge.store import Change, Reaction, Said, Suggestion
from knowledge.text import clean, normalise

_SHORTEST, _LONGEST = 3, 60  # characters; a shorter or longer text is no wording to learn
_MASKED = "****"  # what `privacy.mask` leaves of a number
_FOR = frozenset({Said.PICKED, Said.HELPFUL})


@dataclass(kw_only=True)
class _Evidence:
    """Everything said of one wording and one entry."""

    supporting: list[Reaction] = field(default_factory=list)
    opposing: list[Reaction] = field(default_factory=list)


def suggest(reactions: Iterable[Reaction], entries: Mapping[str, Entry]) -> list[Suggestion]:
    """What the reactions speak for; `entries` are the newest versions by id, drafts included.

    A wording is added where more people took the entry for it than called it unsolved, and
    excluded the other way round. 都不是 excludes nothing: it says more of the choice than of
    any one entry.
    """
    gathered: dict[tuple[str, str], _Evidence] = {}
    for reaction in reactions:
        if reaction.entry_id in entries and reaction.said is not Said.REFUSED:
            evidence = gathered.setdefault(
                (reaction.entry_id, normalise(reaction.text)), _Evidence()
            )
            taken = reaction.said in _FOR
            (evidence.supporting if taken else evidence.opposing).append(reaction)
    found = (
        _weigh(entries[entry_id], folded, evidence)
        for (entry_id, folded), evidence in gathered.items()
    )
    return [suggestion for suggestion in found if suggestion]


def _weigh(entry: Entry, folded: str, evidence: _Evidence) -> Suggestion | None:
    more = len(evidence.supporting) - len(evidence.opposing)
    spoken = evidence.supporting if more > 0 else evidence.opposing
    if not more or not _is_wording(spoken[0].text, folded):
        return None
    change = Change.ADD if more > 0 else Change.EXCLUDE
    if _is_so_already(entry, change, folded):
        return None
    texts = Counter(clean(reaction.text) for reaction in spoken)
    return Suggestion(
        change=change,
        entry_id=entry.id,
        wording=" ".join(texts.most_common(1)[0][0].split()),
        folded=folded,
        times=len(spoken),
        people=len({reaction.conversation for reaction in spoken}),
        last_at=max(reaction.at for reaction in spoken),
    )


def _is_wording(text: str, folded: str) -> bool:
    """Whether a text, on its own, can ask for an entry."""
    fits = _SHORTEST <= len(folded) <= _LONGEST
    return fits and _MASKED not in text and not leans(text) and not spam_in(text)


def _is_so_already(entry: Entry, change: Change, folded: str) -> bool:
    """An entry's own question cannot be excluded: that entry wants rewriting, not training."""
    unlike = folded in map(normalise, entry.unlike)
    if change is Change.ADD:
        return unlike or folded in map(normalise, entry.wordings)
    return unlike or folded == normalise(entry.question)


def changed(entry: Entry, suggestion: Suggestion) -> Entry:
    """The entry as the suggestion would have it."""
    wording, folded = suggestion.wording, suggestion.folded
    similar = tuple(text for text in entry.similar if normalise(text) != folded)
    unlike = tuple(text for text in entry.unlike if normalise(text) != folded)
    if suggestion.change is Change.ADD:
        return replace(entry, similar=(*similar, wording), unlike=unlike)
    return replace(entry, similar=similar, unlike=(*unlike, wording))

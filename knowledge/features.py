"""What speaks for and against an entry as the answer to a question, as numbers from 0 to 1.

Every feature is a plain function of two texts, so that a score can be explained in words.
"""

import math
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

import numpy as np
from rapidfuzz import fuzz

from knowledge import likeness, parties, passages, several, slots
from knowledge import told as telling
from knowledge.align import Aligned, Cosines, align, anywhere, cosines
from knowledge.entries import Entry
from knowledge.likeness import Likeness
from knowledge.reading import Reading, read, understand

COMPARED = 4  # wordings of an entry, those with most pairs in common, that are compared closely
LAGS = 0.5  # share of the pairs by which these may lie behind the first
NARROWER = 0.5  # what a year or place costs a wording that the question does not name
MOST_DIFFER = 0.6  # share of the wordings with which a question must be in conflict
FUNCTION = 0.25  # weight of a character pair that holds a function character
_MOST_ALONE = 4.0  # rarity of words without a counterpart beyond which it cannot get worse
# 不, 没, 未 are not among them: they turn a question round.
_FUNCTION_CHARS = frozenset(
    "的了吗呢吧啊呀么嘛是什怎样如何哪谁几多少有能可以要会我你您他她它这那在和与及或就都也还又把被对从向到给让"
    "为于之其而但并等一个下上里去来说想请问得着过才再很太啥咋"
)

# Name → what it says, for `ask --explain`.
NAMES = {
    "bm25": "词语得分占满分的比例",
    "bm25_of_best": "词语得分与第一名之比",
    "asked_in_wording": "问题的字在问法中的比例",
    "wording_in_asked": "问法的字在问题中的比例",
    "asked_in_entry": "问题的字在整条中的比例",
    "same_letters": "逐字相似",
    "partly_same": "一方包含另一方",
    "same_characters": "不计顺序的相似",
    "same_sound": "读音相同",
    "identical": "完全相同",
    "aspect_agrees": "问的方面一致",
    "conflicts": "冲突",
    "met": "问题的词在问法中有对应",
    "met_back": "问法的词在问题中有对应",
    "alone": "问题中最少见而无对应的词",
    "alone_back": "问法中最少见而无对应的词",
    "alone_in_entry": "问题中最少见而整条都没有的词",
    "swapped": "双方各有一个词对不上",
    "last": "问题最后一个词有对应",
    "last_back": "问法最后一个词有对应",
    "all_alone": "问题中无对应的词合计",
    "all_alone_back": "问法中无对应的词合计",
    "meaning": "意思相近",
    "meaning_told": "与答案最近一段意思相近",
    **several.NAMES,
    **telling.NAMES,
    **several.LATER,
}


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A question made ready for comparing with many entries."""

    reading: Reading
    pairs: Mapping[str, float]  # character pair → rarity
    total: float  # sum of the rarities
    rarity: "Rarity"
    rarities: tuple[float, ...]  # of the words
    common: likeness.Floats  # of each of its `units`: the share of all entries that hold it
    bm25_limit: float  # the score of an entry that says all this and no more
    bm25_best: float  # the score of the first hit
    swapped: float  # rarity from which a word without a counterpart on both sides is a conflict

    @cached_property
    def sought(self) -> telling.Sought:
        """What of it is looked for in entries that only tell."""
        return telling.Sought(
            folded=self.reading.folded,
            pairs=self.pairs,
            words=dict(zip(self.reading.words, self.rarities, strict=True)),
        )

    @classmethod
    def of(
        cls,
        reading: Reading,
        rarity: "Rarity",
        bm25: tuple[float, float],
        swapped: float,
    ) -> "Asked":
        """Read a question; `bm25` is the limit and the best score."""
        pairs = {pair: rarity.telling(pair) for pair in reading.pairs}
        return cls(
            reading=reading,
            pairs=pairs,
            total=sum(pairs.values()) or 1.0,
            rarity=rarity,
            rarities=tuple(map(rarity.word, reading.words)),
            common=np.exp([-rarity.unit(unit) for unit in likeness.units(reading.folded)]),
            bm25_limit=bm25[0] or 1.0,
            bm25_best=bm25[1] or 1.0,
            swapped=swapped,
        )


@dataclass(frozen=True, kw_only=True)
class Rarity:
    """How much is said among these entries by a character pair (any number), such a pair or one
    character, and a word (0..1)."""

    pair: Callable[[str], float]
    unit: Callable[[str], float]
    telling: Callable[[str], float]  # of a pair, less if it holds a function character
    word: Callable[[str], float]
    home: frozenset[str] = frozenset()  # the places that go without saying


class Compared(NamedTuple):
    """An entry's best wording and how it compares."""

    wording: str
    values: tuple[float, ...]  # in the order of NAMES
    conflicts: tuple[str, ...]


@lru_cache(maxsize=50_000)
def weight_of(pair: str) -> float:
    """A pair with a function character in it (么是, 要多) says little, however rare it is."""
    return FUNCTION if any(char in _FUNCTION_CHARS for char in pair) else 1.0


class Near(NamedTuple):
    """A candidate made ready for comparing, together with the others: that takes less time."""

    entry: Entry
    text: str  # its folded whole: each wording on a line of its own and the rest on the last
    folded: tuple[str, ...]  # the wordings, one at least
    like: Likeness
    best: int  # the number of the closest wording
    wording: str  # that wording; empty if there is none
    closest: Reading  # the same, read
    bm25: float

    @classmethod
    def of(cls, asked: Asked, found: Sequence[tuple[Entry, str, float]]) -> "list[Near]":
        """Entries that were found, each with its folded whole and its score."""
        folded = [tuple(text.split("\n")[:-1]) or ("",) for _, text, _ in found]
        said = asked.reading
        likes = likeness.of_each(said.folded, asked.pairs, said.words, folded)
        best = [closest_wording(asked, *one) for one in zip(folded, likes, strict=True)]
        wordings = [
            entry.wordings[number] if entry.wordings else ""
            for (entry, _, _), number in zip(found, best, strict=True)
        ]
        closest = [read(w, of[n]) for w, of, n in zip(wordings, folded, best, strict=True)]
        understand(closest)
        several.in_common.of(folded)
        slots.read.of([*wordings, *(entry.question for entry, _, _ in found)])
        return [
            cls(
                entry=entry,
                text=text,
                folded=folded[n],
                like=likes[n],
                best=best[n],
                wording=wordings[n],
                closest=closest[n],
                bm25=bm25,
            )
            for n, (entry, text, bm25) in enumerate(found)
        ]


def closest_wording(asked: Asked, folded: Sequence[str], like: Likeness) -> int:
    """Which of an entry's folded wordings is most like the question."""
    if len(folded) < 2:
        return 0
    shared = like.shared
    best = max(shared)
    # A wording with a pair less may be the closest all the same, by its other characters.
    least = best - LAGS * asked.total
    near = [n for n, one in enumerate(shared) if one >= least]
    if len(near) > COMPARED:
        near = sorted(sorted(near, key=lambda n: -shared[n])[:COMPARED])

    mine, home = asked.reading.slots, asked.rarity.home
    close = {n: shared[n] / asked.total + like.alike[n] for n in near}
    closest, closeness = 0, -math.inf
    for number in sorted(near, key=lambda n: -close[n]):
        if close[number] <= closeness:
            break  # whatever the others are about, they come behind
        held_back = close[number] - NARROWER * slots.narrower(folded[number], mine, home)
        if held_back > closeness:
            closest, closeness = number, held_back
    return closest


def compare(asked: Asked, near: Sequence[Near], *, told: bool = False) -> list[Compared]:
    """All features of some entries, each by its closest wording.

    Of an entry that is only `told`, the title is no question that could conflict with another.
    """
    if not near:
        return []
    against = (_told_conflicts if told else _conflicts)(asked, near)
    nearness = passages.nearness(asked.reading, [one.entry.answer for one in near])
    typical = several.typical([one.like for one in near], asked.common)
    near_words = cosines(asked.reading, [one.closest for one in near])
    return [
        _compared(asked, one, reasons, near_words, together, told=told)
        for one, reasons, *together in zip(near, against, nearness, typical, strict=True)
    ]


def _compared(
    asked: Asked,
    near: Near,
    against: tuple[str, ...],
    near_words: Cosines,
    together: Sequence[float],
    *,
    told: bool,
) -> Compared:
    """The features of one of them; `together` are two that were worked out for all at once."""
    nearness, typical = together
    said, entry, text, folded = asked.reading, near.entry, near.text, near.folded
    other = near.closest
    pairs = other.pairs
    shared = near.like.shared[near.best]
    known = _known(asked.pairs, near)
    theirs = sum(map(asked.rarity.telling, pairs)) or 1.0
    worded = len(folded) > 1
    there, back = align(
        said,
        other,
        near_words,
        asked.rarity.word,
        near.like.said_by if worded else (),
        folded[0] if worded else "",
    )
    return Compared(
        wording=near.wording,
        values=(
            min(near.bm25 / asked.bm25_limit, 1.0),
            near.bm25 / asked.bm25_best,
            shared / asked.total,
            shared / theirs,
            sum(known.values()) / asked.total,
            fuzz.ratio(said.folded, other.folded) / 100,
            fuzz.partial_ratio(said.folded, other.folded) / 100,
            near.like.alike[near.best],
            2 * len(said.sounds & other.sounds) / (len(said.sounds) + len(other.sounds) or 1),
            float(said.folded == other.folded),
            float(bool(said.slots.asked & other.slots.asked)),
            min(len(against), 3) / 3,
            *_by_words(asked, (there, back), text, told=told),
            max(float(said.meaning @ other.meaning), 0.0),
            nearness,
            *several.together(said, folded, near.like, asked.rarities, asked.rarity.pair),
            *_place(asked, entry, text, known.keys(), told=told),
            typical,
        ),
        conflicts=against if told else (*against, *_swapped(there, back, asked.swapped)),
    )


def _known(pairs: Mapping[str, float], near: Near) -> dict[str, float]:
    """The pairs of the question that stand anywhere in an entry; of most it is known already
    whether a wording holds them."""
    told = near.text.rpartition("\n")[2]
    shares = near.like.held_by[: len(pairs)].tolist()
    return {
        pair: weight
        for (pair, weight), share in zip(pairs.items(), shares, strict=True)
        if share or pair in told
    }


def _place(
    asked: Asked, entry: Entry, text: str, known: Set[str], *, told: bool
) -> tuple[float, ...]:
    return telling.values(asked.sought, entry.answer, text, known) if told else telling.NOTHING


def _told_conflicts(asked: Asked, near: Sequence[Near]) -> list[tuple[str, ...]]:
    """What differs from all that each entry tells."""
    mine, home = asked.reading.slots, asked.rarity.home
    nothing = slots.Slots(parties=mine.parties)
    return [slots.conflicts(mine, nothing, _answer_slots(mine, one.text, home)) for one in near]


def _conflicts(asked: Asked, near: Sequence[Near]) -> list[tuple[str, ...]]:
    """What differs from the closest wording, the entry's own question, and most other wordings."""
    mine, home = asked.reading.slots, asked.rarity.home
    answers = [_answer_slots(mine, one.text, home) for one in near]
    own = [_own_conflicts(mine, *one) for one in zip(near, answers, strict=True)]
    wordings = [
        one.entry.wordings if reasons else () for one, reasons in zip(near, own, strict=True)
    ]
    slots.read_most(wordings, MOST_DIFFER)
    return [
        tuple(
            sorted(
                reason
                for reason in reasons
                if slots.mostly(reason, mine, theirs, answer, MOST_DIFFER)
            )
        )
        for reasons, theirs, answer in zip(own, wordings, answers, strict=True)
    ]


def _own_conflicts(mine: slots.Slots, near: Near, answer: slots.Slots) -> tuple[str, ...]:
    against = slots.conflicts(mine, near.closest.slots, answer)
    if not against or not near.entry.question:
        return against
    return slots.conflicts(mine, slots.read(near.entry.question), answer, against)


def _by_words(
    asked: Asked, both: tuple[Aligned, Aligned], text: str, *, told: bool
) -> tuple[float, ...]:
    there, back = both
    return (
        there.met,
        back.met,
        there.alone,
        back.alone,
        anywhere(asked.reading, text, there, asked.rarity.word),
        0.0 if told else min(there.alone, back.alone),
        there.last,
        back.last,
        min(there.total / _MOST_ALONE, 1.0),
        min(back.total / _MOST_ALONE, 1.0),
    )


def _swapped(there: Aligned, back: Aligned, limit: float) -> tuple[str, ...]:
    """A rare word on each side that the other side has no counterpart for (主体, 材料)."""
    if min(there.alone, back.alone) < limit:
        return ()
    return (f"「{there.word}」与「{back.word}」不同",)


def _answer_slots(mine: slots.Slots, plain: str, home: frozenset[str]) -> slots.Slots:
    """Of the answer only what the question names: reading every answer whole would take longer
    than finding it. The places that go without saying are named by every answer."""
    if not (mine.numbers or mine.years or mine.documents or mine.regions or mine.parties):
        return slots.Slots(regions=home)
    return slots.Slots(
        numbers=frozenset(n for n in mine.numbers if n in plain or n.replace("日", "天") in plain),
        years=frozenset(year for year in mine.years if year in plain),
        documents=frozenset(d for d in mine.documents if d[0] + d[1:].replace("-", "") in plain),
        regions=home.union(region for region in mine.regions if region in plain),
        parties=frozenset(party for party in mine.parties if parties.is_named(party, plain)),
    )

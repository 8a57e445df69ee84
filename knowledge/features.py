"""What speaks for and against an entry as the answer to a question, as numbers from 0 to 1.

Every feature is a plain function of two texts, so that a score can be explained in words.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

from knowledge import slots
from knowledge.sound import syllable_pairs
from knowledge.text import bigrams, fold

FUNCTION = 0.25  # weight of a character pair that holds a function character
# 不, 没, 未 are not among them: they turn a question round.
_FUNCTION_CHARS = frozenset(
    "的了吗呢吧啊呀么嘛是什怎样如何哪谁几多少有能可以要会我你您他她它这那在和与及或就都也还又把被对从向到给让"
    "为于之其而但并等一个下上里去来说想请问得着过才再很太啥咋"
)

NAMES = (
    "bm25",  # share of the BM25 score that a perfect entry would have
    "bm25_of_best",  # the BM25 score next to the best one's
    "asked_in_wording",  # rarity-weighted share of the question's character pairs in the wording
    "wording_in_asked",  # the same the other way round
    "asked_in_entry",  # share of the question's pairs anywhere in the entry
    "same_letters",  # rapidfuzz ratio
    "partly_same",  # rapidfuzz partial ratio: the one stands within the other
    "same_characters",  # the same whatever the order: 什么是PPP, PPP是什么
    "same_sound",  # share of syllable pairs in common
    "identical",
    "aspect_agrees",
    "conflicts",  # number of slots that disagree, at most 3, over 3
)


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A question made ready for comparing with many entries."""

    folded: str
    sorted: str  # its characters in order of code points
    pairs: Mapping[str, float]  # character pair → rarity
    total: float  # sum of the rarities
    sounds: frozenset[str]
    slots: slots.Slots
    bm25_limit: float  # the score of an entry that says all this and no more
    bm25_best: float  # the score of the first hit

    @classmethod
    def of(
        cls, text: str, folded: str, rarity: Callable[[str], float], bm25: tuple[float, float]
    ) -> "Asked":
        """Read a question; `rarity` weighs a character pair, `bm25` is the limit and the best."""
        pairs = {pair: rarity(pair) * weight_of(pair) for pair in bigrams(folded)}
        return cls(
            folded=folded,
            sorted=_sorted(folded),
            pairs=pairs,
            total=sum(pairs.values()) or 1.0,
            sounds=frozenset(syllable_pairs(folded)),
            slots=slots.read(text),
            bm25_limit=bm25[0] or 1.0,
            bm25_best=bm25[1] or 1.0,
        )


@dataclass(frozen=True, kw_only=True)
class Compared:
    """An entry's best wording and how it compares."""

    wording: str
    values: tuple[float, ...]  # in the order of NAMES
    conflicts: tuple[str, ...]


@lru_cache(maxsize=50_000)
def weight_of(pair: str) -> float:
    """A pair with a function character in it (么是, 要多) says little, however rare it is."""
    return FUNCTION if any(char in _FUNCTION_CHARS for char in pair) else 1.0


@lru_cache(maxsize=50_000)
def _pairs_of(folded: str) -> frozenset[str]:
    return frozenset(bigrams(folded))


@lru_cache(maxsize=50_000)
def _sounds_of(folded: str) -> frozenset[str]:
    return frozenset(syllable_pairs(folded))


@lru_cache(maxsize=50_000)
def _folded(wording: str) -> str:
    return fold(wording)


@lru_cache(maxsize=50_000)
def _sorted(folded: str) -> str:
    return "".join(sorted(folded))


def closest_wording(asked: Asked, wordings: tuple[str, ...]) -> str:
    """The wording that is most like the question."""
    if len(wordings) < 2:
        return wordings[0] if wordings else ""
    return max(wordings, key=lambda wording: _likeness(asked, _folded(wording)))


def _likeness(asked: Asked, folded: str) -> float:
    pairs = _pairs_of(folded)
    shared = sum(weight for pair, weight in asked.pairs.items() if pair in pairs)
    return shared / asked.total + fuzz.ratio(asked.sorted, _sorted(folded)) / 100


def compare(
    asked: Asked, wording: str, entry_text: str, rarity: Callable[[str], float], bm25: float
) -> Compared:
    """All features of one entry, by its closest wording; `entry_text` is its folded whole."""
    folded = _folded(wording)
    pairs = _pairs_of(folded)
    shared = sum(weight for pair, weight in asked.pairs.items() if pair in pairs)
    known = sum(weight for pair, weight in asked.pairs.items() if pair in entry_text)
    theirs = sum(rarity(pair) * weight_of(pair) for pair in pairs) or 1.0
    sounds = _sounds_of(folded)
    wanted = slots.read(wording)
    against = slots.conflicts(asked.slots, wanted, _answer_slots(asked, entry_text))
    return Compared(
        wording=wording,
        values=(
            min(bm25 / asked.bm25_limit, 1.0),
            bm25 / asked.bm25_best,
            shared / asked.total,
            shared / theirs,
            known / asked.total,
            fuzz.ratio(asked.folded, folded) / 100,
            fuzz.partial_ratio(asked.folded, folded) / 100,
            fuzz.ratio(asked.sorted, _sorted(folded)) / 100,
            2 * len(asked.sounds & sounds) / (len(asked.sounds) + len(sounds) or 1),
            float(asked.folded == folded),
            float(bool(asked.slots.asked & wanted.asked)),
            min(len(against), 3) / 3,
        ),
        conflicts=against,
    )


def _answer_slots(asked: Asked, entry_text: str) -> slots.Slots:
    """Of the answer only what the question names: reading every answer whole would take longer
    than finding it."""
    mine = asked.slots
    plain = entry_text
    return slots.Slots(
        numbers=frozenset(n for n in mine.numbers if n in plain or n.replace("日", "天") in plain),
        years=frozenset(year for year in mine.years if year in plain),
        documents=frozenset(d for d in mine.documents if d[0] + d[1:].replace("-", "") in plain),
        regions=frozenset(region for region in mine.regions if region in plain),
    )

"""Which words of one text have a counterpart in another, and which have none.

Near misses share nearly every word and differ in one; how rare the word is that stands alone on
each side tells them from other wordings of the same question.
"""

from collections.abc import Callable, Iterable, Sequence
from itertools import chain
from operator import or_
from typing import NamedTuple, TypeAlias

from knowledge.reading import Reading
from knowledge.text import bigrams
from knowledge.vectors import table

SOUNDS_ALIKE = 0.9  # 保正金 for 保证金
_OTHER_WORDING = 0.95  # a word that another wording of the entry has
STANDS_FOR = 0.9  # 要钱 for 收费
_NO_NEARER = 0.25  # cosine of words that have nothing to do with each other
_NEAR = 0.75  # cosine of words that mean the same
MOST_BY_MEANING = 0.85  # 四川 and 江西 mean nearly the same: never as much as the same word


class Aligned(NamedTuple):
    """How the words of one text are met by another."""

    met: float  # rarity-weighted share of the words that have a counterpart
    alone: float  # rarity of the rarest word that has none, 0..1
    word: str  # that word; empty if there is none
    total: float  # rarity of all that has none
    last: float  # how well the last word is met: what the text asks for stands there


Rarity: TypeAlias = Callable[[str], float]


Cosines: TypeAlias = dict[str, list[float]]  # of a word, with each word of the text


def cosines(one: Reading, others: Iterable[Reading]) -> Cosines:
    """How nearly the words of some texts mean the same as those of one."""
    words = [*dict.fromkeys(chain.from_iterable(other.words for other in others))]
    near = table().matrix(words) @ one.vectors.T
    return dict(zip(words, near.tolist(), strict=True))


def align(
    one: Reading,
    other: Reading,
    near: Cosines,
    rarity: Rarity,
    said_by: Sequence[float] = (),
    essential: str = "",
) -> tuple[Aligned, Aligned]:
    """How the words of each text are met in the other; `near` tells how nearly they mean the same.

    `said_by` tells of each word of `one` which share of other wordings of `other` has it, none if
    there are none: it may be met there too. Words of `other` that `essential` has not are a matter
    of wording and count half.
    """
    here, there = _met_as_written(one, other), _met_as_written(other, one)
    if said_by:
        here = [
            max(met, _OTHER_WORDING) if share else met
            for met, share in zip(here, said_by, strict=True)
        ]
    left = [n for n, met in enumerate(here) if met < MOST_BY_MEANING]
    right = [n for n, met in enumerate(there) if met < MOST_BY_MEANING]
    if left and right:
        both = [near[other.words[n]] for n in right]
        for n in left:
            here[n] = max(here[n], _nearness(max([row[n] for row in both])))
        for n, row in zip(right, both, strict=True):
            there[n] = max(there[n], _nearness(max([row[m] for m in left])))
    if essential:
        there = [
            m if w in essential else (1 + m) / 2 for w, m in zip(other.words, there, strict=True)
        ]
    return _summed(one.words, here, rarity), _summed(other.words, there, rarity)


def anywhere(one: Reading, text: str, there: Aligned, rarity: Rarity) -> float:
    """Rarity of the rarest word of `one` that a longer text has not either."""
    if not there.word:
        return 0.0
    return max((rarity(word) for word in one.words if word not in text), default=0.0)


def _summed(words: tuple[str, ...], meets: list[float], rarity: Rarity) -> Aligned:
    if not words:
        return Aligned(met=0.0, alone=0.0, word="", total=0.0, last=0.0)
    rarities = [*map(rarity, words)]
    missed = [r * (1 - m) for r, m in zip(rarities, meets, strict=True)]
    worst, total = missed.index(max(missed)), sum(missed)
    return Aligned(
        met=1 - total / (sum(rarities) or 1.0),
        alone=missed[worst],
        word=words[worst] if missed[worst] > 0 else "",
        total=total,
        last=meets[-1],
    )


def _met_as_written(one: Reading, other: Reading) -> list[float]:
    """How well each word of `one` is met by what stands or sounds in `other`, 0..1."""
    text = other.folded
    return [1.0 if word in text else _met_otherwise(word, one, other) for word in one.words]


def _met_otherwise(word: str, one: Reading, other: Reading) -> float:
    """How well a word of `one` that does not stand in `other` is met by what does."""
    everyday = one.stands_for
    if word in other.official or (word in everyday and _says_one(everyday[word], other)):
        return STANDS_FOR
    return _covered(word, one.heard_in(other, *one.spans[word]), other)


def _says_one(words: Iterable[str], other: Reading) -> bool:
    """Whether a text says one of these official words, itself or by an everyday one."""
    return any(word in other.folded or word in other.official for word in words)


def _covered(word: str, heard: int, other: Reading) -> float:
    """The larger share of a word's characters that stands, or is `heard`, in the other text, where
    the whole word does not stand."""
    covered = heard * SOUNDS_ALIKE
    if len(word) > 2:
        covered = max(covered, _standing(word, other))
    return min(covered / len(word), 1.0)


def _standing(word: str, other: Reading) -> int:
    """How many characters of a word stand in the other text, each with a neighbour."""
    pairs = [pair in other.pairs for pair in bigrams(word)]
    return sum(map(or_, (False, *pairs), (*pairs, False)))


def _nearness(cosine: float) -> float:
    """How nearly two words mean the same, 0..1."""
    return max(0.0, min((cosine - _NO_NEARER) / (_NEAR - _NO_NEARER), MOST_BY_MEANING))

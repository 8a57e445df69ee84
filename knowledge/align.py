"""Which words of one text have a counterpart in another, and which have none.

Near misses share nearly every word and differ in one; how rare the word is that stands alone on
each side tells them from other wordings of the same question.
"""

from collections.abc import Callable
from operator import or_
from typing import NamedTuple, TypeAlias

from knowledge.reading import Reading
from knowledge.text import bigrams

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


def align(
    one: Reading, other: Reading, rarity: Rarity, more: str = "", essential: str = ""
) -> tuple[Aligned, Aligned]:
    """How the words of each text are met in the other.

    `more` are further wordings of `other`: a word of `one` may be met there too. Words of `other`
    that `essential` has not are a matter of wording and count half.
    """
    here, there = _met_as_written(one, other), _met_as_written(other, one)
    if more:
        here = [max(m, _OTHER_WORDING * (w in more)) for w, m in zip(one.words, here, strict=True)]
    left = [n for n, met in enumerate(here) if met < MOST_BY_MEANING]
    right = [n for n, met in enumerate(there) if met < MOST_BY_MEANING]
    if left and right:
        cosines = one.vectors[left] @ other.vectors[right].T
        for n, best in zip(left, cosines.max(axis=1).tolist(), strict=True):
            here[n] = max(here[n], _nearness(best))
        for n, best in zip(right, cosines.max(axis=0).tolist(), strict=True):
            there[n] = max(there[n], _nearness(best))
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
    rarities = [rarity(word) for word in words]
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
    folded = other.folded
    return [1.0 if word in folded else _met_otherwise(word, one, other) for word in one.words]


def _met_otherwise(word: str, one: Reading, other: Reading) -> float:
    return STANDS_FOR if _stand_for(word, one, other) else _covered(word, one, other)


def _stand_for(word: str, one: Reading, other: Reading) -> bool:
    """Whether a word, or the everyday phrase it is part of, stands for what `other` says."""
    if word in other.official:
        return True
    return any(
        official in other.folded or official in other.official
        for official in one.stands_for.get(word, ())
    )


def _covered(word: str, one: Reading, other: Reading) -> float:
    """The larger share of a word's characters that stands, or sounds, in the other text, each
    with a neighbour."""
    begin, end = one.spans[word]
    heard = [pair in other.sounds for pair in one.heard[max(begin - 1, 0) : end]]
    if not begin:
        heard.insert(0, False)
    if len(heard) <= end - begin:
        heard.append(False)
    pairs = [pair in other.pairs for pair in bigrams(word)] if len(word) > 1 else [False]
    sounds, stands = _in_pairs(heard), _in_pairs([False, *pairs, False])
    return min(max(sounds * SOUNDS_ALIKE, stands) / len(word), 1.0)


def _in_pairs(marks: list[bool]) -> int:
    """How many characters are in one of the marked pairs, when there are pairs on both sides."""
    return sum(map(or_, marks, marks[1:]))


def _nearness(cosine: float) -> float:
    """How nearly two words mean the same, 0..1."""
    return max(0.0, min((cosine - _NO_NEARER) / (_NEAR - _NO_NEARER), MOST_BY_MEANING))

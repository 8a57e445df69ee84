"""A text as it is compared with others: its characters, words, sounds, slots and meaning.

Everything is worked out when first asked for and kept, as most candidates of a question are
candidates of the next one too.
"""

import re
from collections.abc import Collection, Iterable
from functools import lru_cache
from operator import or_

from knowledge import lexicon, slots, wordlists
from knowledge.kept import lazily
from knowledge.sound import sound_pairs
from knowledge.text import bigrams, cut
from knowledge.vectors import Floats, table

KEPT = 6_000  # texts that are kept read
_NO_SOUND = -1

# What asks without naming a matter. Which side of the matter it asks for is in `slots`.
_ASKING = re.compile(
    r"多长时间|多少[天日年]|什么时候|什么时间|什么地方|什么样|什么人|[哪这那]些方面|有哪些|有哪几|有什么|有何|有啥|哪[些个家里儿种类几]"
    r"|是不是|有没有|能不能|可不可以|会不会|要不要|怎么样|怎么办|怎[么样]|什么|为何|为啥|如何|何[时地处]|多少|多久|几号|几[天个家项种类点方]"
    r"|是否|能否|可否|谁|啥|咋"
)
_EMPTY = wordlists.words("stopwords.txt") | frozenset("何几哪谁啥怎咋么多少样第及号年月日")


class Reading:
    """One text, folded."""

    def __init__(self, folded: str, text: str) -> None:
        self.folded = folded
        self._text = text

    @lazily
    def pairs(self) -> Collection[str]:
        """Pairs of neighbouring characters, each once, in order."""
        return dict.fromkeys(bigrams(self.folded))

    @lazily
    def heard(self) -> list[int]:
        """Pairs of neighbouring syllables as numbers, in order, between two that are none: each
        character stands in one pair and the next."""
        return [_NO_SOUND, *sound_pairs(self.folded), _NO_SOUND]

    @lazily
    def sounds(self) -> frozenset[int]:
        """Pairs of neighbouring syllables."""
        return frozenset(self.heard[1:-1])

    @lazily
    def slots(self) -> slots.Slots:
        """Numbers, places, sides of the matter."""
        return slots.read(self._text)

    @lazily
    def spans(self) -> dict[str, tuple[int, int]]:
        """The words that carry a subject, each once, in order, and where each stands."""
        asking = bytearray(len(self.folded))  # 1 where a character belongs to an asking phrase
        for found in _ASKING.finditer(self.folded):
            asking[found.start() : found.end()] = b"\1" * (found.end() - found.start())
        spans: dict[str, tuple[int, int]] = {}
        reach = 0
        for word in cut(self.folded):
            if asking.find(0, reach, reach + len(word)) >= 0:
                start, end = (0, 2) if len(word) == 2 and word not in _EMPTY else _bare(word)
                if start < end:
                    spans.setdefault(word[start:end], (reach + start, reach + end))
            reach += len(word)
        return spans

    @lazily
    def words(self) -> tuple[str, ...]:
        """The words that carry a subject, each once, in order."""
        return tuple(self.spans)

    def heard_in(self, other: "Reading", begin: int, end: int) -> int:
        """How many of some characters sound in `other` next to the same neighbour."""
        pairs = [pair in other.sounds for pair in self.heard[begin : end + 1]]
        return sum(map(or_, pairs, pairs[1:]))

    @lazily
    def official(self) -> frozenset[str]:
        """Official words for the everyday ones in it."""
        words = (word for official in self.spoken.values() for word in official)
        return frozenset(word for word in words if word not in self.folded)

    @lazily
    def spoken(self) -> dict[str, tuple[str, ...]]:
        """The everyday words in it with the official words for each."""
        return lexicon.spoken(self.folded)

    @lazily
    def stands_for(self) -> dict[str, tuple[str, ...]]:
        """For each word that is part of an everyday phrase, or has one in it, the official words
        for that."""
        found: dict[str, tuple[str, ...]] = {}
        for phrase, official in self.spoken.items():
            for word in self.words:
                if word in phrase or phrase in word:
                    found[word] = found.get(word, ()) + official
        return found

    @lazily
    def vectors(self) -> Floats:
        """What each word means, as (words, dimensions)."""
        return table().matrix(self.words)

    @lazily
    def meaning(self) -> Floats:
        """The unit vector of its words."""
        return table().summed(self.words, self.vectors)


def understand(readings: Iterable[Reading]) -> None:
    """Work out what some texts mean, and their words, all of them at once."""
    new = [one for one in dict.fromkeys(readings) if "meaning" not in vars(one)]
    if not new:
        return
    for one, meaning in zip(new, table().of_cut([one.words for one in new]), strict=True):
        vars(one)["meaning"] = meaning.copy()  # or all would be kept as long as one of them


def _bare(word: str) -> tuple[int, int]:
    """A word without the empty characters at its ends (需提交 → 提交), as a slice of it."""
    if word in _EMPTY:
        return 0, 0
    start, end = 0, len(word)
    if len(word) < 3 or word in table():
        return start, end
    while start < end and word[start] in _EMPTY:
        start += 1
    while end > start and word[end - 1] in _EMPTY:
        end -= 1
    return start, end


@lru_cache(maxsize=KEPT)
def read(wording: str, folded: str) -> Reading:
    """A wording of an entry, with its folded form, which the index has at hand."""
    return Reading(folded, wording)

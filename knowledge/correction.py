"""Typing errors by sound, read as the entries write it: 投镖 → 投标, 信仿 → 信访.

Only what is no word is read otherwise, by one character, and only as a word that sounds the same
and that many entries use: whoever writes what they lack means it.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from knowledge import terms
from knowledge.sound import numbered, sound_pairs
from knowledge.terms import Ints, Numbers
from knowledge.text import STOP, cut, tokenizer

RARER = 8  # times as many entries must have the word as have what was typed
FEWEST, ENOUGH = 2, 10  # entries that must have the word at least, and are enough of any
BY_CHANCE = 0.01  # of the pairs that an entry holds, more entries: long ones hold much by chance
_UNIT = np.uint64(0xFFFF)


@dataclass(frozen=True, kw_only=True)
class Words:
    """The pairs of characters of some entries, as terms in order, and in how many each stands."""

    size: int  # entries
    pairs: Numbers
    counts: Ints

    @cached_property
    def _likeliest(self) -> dict[int, tuple[str, int]]:
        """For the sounds of two characters the word that most entries have, and how many."""
        held = self.counts.sum() / max(self.size, 1)
        often = self.counts >= min(max(BY_CHANCE * held, FEWEST), ENOUGH)
        pairs, counts = self.pairs[often], self.counts[often]
        order = np.argsort(counts, kind="stable")  # of two that sound the same, the last stays
        units = np.stack([pairs >> np.uint64(16) & _UNIT, pairs & _UNIT])[:, order]
        heard = numbered(units.astype(np.uint16)).astype(np.int64)
        sounds = ((heard[0] << 16) + heard[1]).tolist()
        words = [chr(first) + chr(second) for first, second in units.T.tolist()]
        known = tokenizer().FREQ
        return {
            sound: (word, count)
            for sound, word, count in zip(sounds, words, counts[order].tolist(), strict=True)
            if known.get(word)
        }

    def count(self, pair: str) -> int:
        """How many entries hold two characters beside each other."""
        term = terms.pair(pair)
        at = int(np.searchsorted(self.pairs, np.uint64(term)))
        return int(self.counts[at]) if at < len(self.pairs) and self.pairs[at] == term else 0

    def slips(self, folded: str) -> list[tuple[str, str]]:
        """What of a folded text is typed wrong and what was meant, two characters each."""
        loose = _loose(folded)
        if "\1\1" not in loose:
            return []
        found = []
        for at, heard in enumerate(sound_pairs(folded)[: len(folded) - 1]):
            if loose[at : at + 2] != "\1\1" or heard not in self._likeliest:
                continue
            typed, (word, count) = folded[at : at + 2], self._likeliest[heard]
            same = (typed[0] == word[0]) + (typed[1] == word[1])
            if same == 1 and self.count(typed) * RARER <= count:
                found.append((typed, word))
        return found


def _loose(folded: str) -> str:
    """A mark for each character that stands alone, as what is part of no word does; none for those
    that often do (是, 的, 我)."""
    return "".join(
        "\1" if len(word) == 1 and word not in STOP and "\u4e00" <= word <= "\u9fff"
        else "\0" * len(word)
        for word in cut(folded)
    )  # fmt: skip

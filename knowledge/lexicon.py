"""Everyday words and the official words they stand for (要钱 → 收费), used when searching.

The table is `data/lexicon.tsv`: everyday word, tab, official words separated by spaces. Of words
that begin at the same place the longest counts, and one that lies within another does not count:
打官司 is not also 官司. Official words and the look-alikes of `data/lookalikes.txt` (公开会 holds
no 开会) cover everyday words in the same way, without standing for anything themselves.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from operator import add

from knowledge import wordlists

EXPANDED = 0.5  # weight of an official word against one that the person wrote


class Finder:
    """Finds known words of two characters or more, whatever their number, in one pass."""

    def __init__(self, words: Iterable[str]) -> None:
        self._by_start: dict[str, list[str]] = {}
        for word in sorted(words, key=len, reverse=True):
            self._by_start.setdefault(word[:2], []).append(word)

    def find(self, text: str) -> Iterator[str]:
        """The words in `text` from left to right, without those that lie within another."""
        reach = 0
        for start, pair in enumerate(map(add, text, text[1:])):
            for word in self._by_start.get(pair, ()):
                if text.startswith(word, start):
                    if start + len(word) > reach:
                        reach = start + len(word)
                        yield word
                    break  # the longest


@lru_cache(maxsize=1)
def pairs() -> dict[str, tuple[str, ...]]:
    """Everyday word → official words."""
    rows = (line.split("\t") for line in wordlists.lines("lexicon.tsv"))
    return {everyday: tuple(official.split()) for everyday, official in rows}


@lru_cache(maxsize=1)
def reversed_pairs() -> dict[str, tuple[str, ...]]:
    """Official word → the everyday words that stand for it, in the order of the table."""
    found: dict[str, list[str]] = {}
    for spoken, words in pairs().items():
        for word in words:
            found.setdefault(word, []).append(spoken)
    return {word: tuple(spoken) for word, spoken in found.items()}


def official(folded: str) -> list[str]:
    """The official words for everyday ones in a folded text, those already in it left out."""
    return _others(folded, _spoken_finder(), pairs())


def spoken(folded: str) -> dict[str, tuple[str, ...]]:
    """The everyday words in a folded text, each with its official words."""
    known = pairs()
    return {word: known[word] for word in _spoken_finder().find(folded) if word in known}


def everyday(folded: str) -> list[str]:
    """The everyday words for official ones in a folded text, those already in it left out.

    For entries that are written as people speak. Common words (收费, 期限) have dozens.
    """
    return _others(folded, _official_finder(), reversed_pairs())


def _others(folded: str, finder: Finder, table: dict[str, tuple[str, ...]]) -> list[str]:
    found = (other for word in finder.find(folded) for other in table.get(word, ()))
    return [other for other in dict.fromkeys(found) if other not in folded]


@lru_cache(maxsize=1)
def _spoken_finder() -> Finder:
    look_alikes = wordlists.words("lookalikes.txt")
    return Finder({*pairs(), *reversed_pairs(), *look_alikes})


@lru_cache(maxsize=1)
def _official_finder() -> Finder:
    return Finder(reversed_pairs())

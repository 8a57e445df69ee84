"""Everyday words and the official words they stand for (要钱 → 收费), used when searching.

The table is `data/lexicon.tsv`: everyday word, tab, official words separated by spaces.
"""

from functools import lru_cache

from knowledge import wordlists

EXPANDED = 0.5  # weight of an official word against one that the person wrote


@lru_cache(maxsize=1)
def pairs() -> dict[str, tuple[str, ...]]:
    """Everyday word → official words."""
    rows = (line.split("\t") for line in wordlists.lines("lexicon.tsv"))
    return {everyday: tuple(official.split()) for everyday, official in rows}


def official(folded: str) -> list[str]:
    """The official words for everyday ones in a folded text, those already in it left out."""
    found = [
        word
        for everyday, words in pairs().items()
        if everyday in folded
        for word in words
        if word not in folded
    ]
    return list(dict.fromkeys(found))

"""Questions typed in pinyin (zenme shenqing xinxi gongkai), written as characters.

The likeliest cut of the letters into words that are spelled so: word frequencies multiplied, the
best product kept for every place in the text. Words in the middle of a Chinese sentence that may
be English (app, ppp) are left alone.
"""

import math
import re
from functools import lru_cache
from itertools import accumulate, product

from pypinyin.constants import PINYIN_DICT, Style
from pypinyin.style import convert

from knowledge import wordlists
from knowledge.text import tokenizer
from knowledge.vectors import table

FEWEST = 4  # letters of a run that is taken for pinyin
_RUN = re.compile(r"[a-z][a-z' ]*[a-z]")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
# Characters read in two ways about as often; both spellings of a word with one of them are known.
_TWO_READINGS = frozenset("行重长率会传还种处调便参得地都了着发数")
# Sounds that are more often a question word when somebody asks.
_ASKING = ("哪里", "哪些", "哪个", "哪儿", "哪", "谁", "几", "吗", "要", "多少钱", "怎么办")
_OURS = 3_000  # how often one of our own words is taken to occur


def written(text: str) -> str:
    """The text with every run of pinyin in characters; unchanged where there is none."""
    lower = text.lower()
    if not _RUN.search(lower):
        return text
    mixed = bool(_CHINESE.search(text))
    return _RUN.sub(lambda run: _written(run.group(), mixed=mixed), lower)


def _written(run: str, *, mixed: bool) -> str:
    letters = run.replace(" ", "").replace("'", "")
    words = _best_cut(letters, _typed_ends(run)) if len(letters) >= FEWEST else ()
    longest = max(map(len, words), default=0)
    if longest < 2 or (mixed and len(words) > 1 and longest < 3 and " " not in run):
        return run
    return "".join(words)


def _typed_ends(run: str) -> frozenset[int]:
    """Where in the letters of a run spaces were typed, its beginning and end included."""
    lengths = [len(part.replace("'", "")) for part in run.split()]
    return frozenset({0, *accumulate(lengths)})


def _best_cut(letters: str, ends: frozenset[int]) -> tuple[str, ...]:
    """The likeliest words that are spelled with exactly these letters; none if there are none.

    A word that reaches over a space begins and ends at one: people put them between words or
    between syllables, not into the middle of both.
    """
    spelled, longest = _spelled()
    best: list[tuple[float, tuple[str, ...]] | None] = [(0.0, ())]
    for end in range(1, len(letters) + 1):
        ways = [
            (before[0] + found[0], (*before[1], found[1]))
            for start in range(max(0, end - longest), end)
            if (before := best[start])
            and (found := spelled.get(letters[start:end]))
            and (not ends.intersection(range(start + 1, end)) or {start, end} <= ends)
        ]
        best.append(max(ways, default=None))
    return best[-1][1] if best[-1] else ()


@lru_cache(maxsize=1)
def _spelled() -> tuple[dict[str, tuple[float, str]], int]:
    """Letters → logarithm of the frequency and the most frequent word; the longest spelling."""
    counts, total = tokenizer().FREQ, tokenizer().total
    ours = wordlists.words("words.txt")
    found: dict[str, tuple[float, str]] = {}
    for word in (*table().words, *ours, *_ASKING):
        count = max(counts.get(word) or 1, _OURS if word in ours else 1)
        count = total // 100 if word in _ASKING else count
        for letters in _spellings(word):
            found[letters] = max(found.get(letters, (-99.0, "")), (math.log(count / total), word))
    return found, max(map(len, found))


def _spellings(word: str) -> list[str]:
    return ["".join(way) for way in product(*map(_readings, word))]


@lru_cache(maxsize=10_000)
def _readings(char: str) -> tuple[str, ...]:
    known = PINYIN_DICT.get(ord(char), char).split(",")
    plain = dict.fromkeys(convert(reading, Style.NORMAL, strict=False) for reading in known)
    return tuple(plain)[: 2 if char in _TWO_READINGS else 1]

"""Questions typed in pinyin (zenme shenqing xinxi gongkai), written as characters.

The likeliest cut of the letters into words that are spelled so: word frequencies multiplied, the
best product kept for every place in the text. Where no likely words are spelled so, words that
sound nearly so count too (shenqin, zenme banli), and one letter may be missing or doubled. Words
in the middle of a Chinese sentence that may be English (app, ppp) are left alone, and so are
addresses.
"""

import math
import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import accumulate, product
from string import ascii_lowercase
from typing import NamedTuple

from pypinyin.constants import PINYIN_DICT, Style
from pypinyin.style import convert

from knowledge import wordlists
from knowledge.text import tokenizer
from knowledge.vectors import table

FEWEST = 4  # letters of a run that is taken for pinyin
_RUN = re.compile(r"[a-z][a-z' ]*[a-z]")
_ADDRESS = re.compile(r"([\w%+-]*[a-z0-9][@.:/]+[a-z0-9][\w.@:/%?=&#+-]*)", re.ASCII)
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
# Characters read in two ways about as often; both spellings of a word with one of them are known.
_TWO_READINGS = frozenset("行重长率会传还种处调便参得地都了着发数")
# Sounds that are more often a question word when somebody asks.
_ASKING = ("哪里", "哪些", "哪个", "哪儿", "哪", "谁", "几", "吗", "要", "多少钱", "怎么办")
_ALSO_TYPED = {"zenmo": "怎么", "zeme": "怎么", "shenmo": "什么", "sheme": "什么", "shenma": "什么"}
_OURS = 3_000  # how often one of our own words is taken to occur
# English words that can be cut into two syllables or more; a run with one is no pinyin.
_ENGLISH = frozenset(
    """
    name like change dance fence these here page gate game line nine mine fine wine made make
    take same some come gone bone lane plane huge gene pine women woman menu human canada china
    guide code mode note date rate male female manage manager manages range minute minutes
    """.split()  # noqa: SIM905 - a list of quoted words is longer and harder to read
)

# Logarithms of probabilities. Measured on wordings of the starter with one error in each.
_LIKELY = -5.2  # of each character: real questions are above
_BELIEVED = -7.2  # below, it is English that happens to be spelled like that
_SHORT = 12  # letters that nearly spell something must say something likely
_NEARLY = -2.5  # a word that sounds nearly so
_MISTYPED = -5.0  # a word with a letter missing or doubled
_MARGIN = 3.0  # by which a guess must be likelier than what is spelled right
_GUESSED = range(7, 161)  # letters of a run: fewer say too little, more take too long
_LONGEST_MISTYPED = 14  # letters


class _Word(NamedTuple):
    score: float
    word: str


class _Cut(NamedTuple):
    """Words up to some place in the letters, the likeliest that are spelled so."""

    score: float
    words: tuple[str, ...]

    @property
    def each(self) -> float:
        """What is left of the score for each character."""
        return self.score / max(1, sum(map(len, self.words)))


_NOTHING = _Cut(0.0, ())


def written(text: str) -> str:
    """The text with every run of pinyin in characters; unchanged where there is none."""
    lower = text.lower()
    if not _RUN.search(lower):
        return text
    mixed = bool(_CHINESE.search(text))
    parts = _ADDRESS.split(lower)  # every second one is an address
    parts[::2] = (
        _RUN.sub(lambda run: _written(run.group(), mixed=mixed), part) for part in parts[::2]
    )
    return "".join(parts)


def _written(run: str, *, mixed: bool) -> str:
    letters = run.replace(" ", "").replace("'", "")
    if len(letters) < FEWEST or _ENGLISH.intersection(run.split()):
        return run
    ends = _typed_ends(run)
    cut = _best_cut(letters, ends)
    if len(letters) in _GUESSED and (not cut.words or cut.each < _LIKELY):
        guess = _guessed(letters, ends)
        better = guess.score > cut.score + _MARGIN or not cut.words
        cut = guess if guess.words and better else cut
    longest = max(map(len, cut.words), default=0)
    if longest < 2 or (mixed and len(cut.words) > 1 and longest < 3 and " " not in run):
        return run
    return "".join(cut.words)


def _typed_ends(run: str) -> frozenset[int]:
    """Where in the letters of a run spaces were typed, its beginning and end included."""
    lengths = [len(part.replace("'", "")) for part in run.split()]
    return frozenset({0, *accumulate(lengths)})


def _best_cut(letters: str, ends: frozenset[int]) -> _Cut:
    """The likeliest words that are spelled with exactly these letters; none if there are none."""
    spelled, _ = _spelled()
    best: list[_Cut | None] = [_NOTHING]
    for end in range(1, len(letters) + 1):
        ways = [
            _Cut(before.score + found.score, (*before.words, found.word))
            for start in _starts(end, ends)
            if (before := best[start]) and (found := spelled.get(letters[start:end]))
        ]
        best.append(max(ways, default=None))
    cut = best[-1] or _NOTHING
    return cut if cut.each >= _BELIEVED else _NOTHING


def _starts(end: int, ends: frozenset[int]) -> Iterator[int]:
    """Where a word that ends here may begin.

    A word that reaches over a space begins and ends at one: people put them between words or
    between syllables, not into the middle of both.
    """
    _, longest = _spelled()
    over = False
    for start in range(end - 1, max(-1, end - longest - 1), -1):
        if not over or {start, end} <= ends:
            yield start
        over = over or start in ends


def _guessed(letters: str, ends: frozenset[int]) -> _Cut:
    """The likeliest words that are nearly spelled so, with one slip of the finger at most."""
    clean: list[_Cut | None] = [_NOTHING]
    slipped: list[_Cut | None] = [None]
    for end in range(1, len(letters) + 1):
        right: list[_Cut] = []
        wrong: list[_Cut] = []
        for start in _starts(end, ends):
            before, after = clean[start], slipped[start]
            near = _near(letters[start:end]) if before or after else None
            if before and near:
                right.append(_and(before, near))
            if after and near:
                wrong.append(_and(after, near))
            if before and (mended := _mended(letters[start:end])):
                wrong.append(_and(before, mended))
        clean.append(max(right, default=None))
        slipped.append(max(wrong, default=None))
    cut = max(filter(None, (clean[-1], slipped[-1])), default=_NOTHING)
    least = _LIKELY if len(letters) < _SHORT and len(cut.words) > 1 else _BELIEVED
    return cut if cut.each >= least else _NOTHING


def _and(cut: _Cut, more: _Word) -> _Cut:
    return _Cut(cut.score + more.score, (*cut.words, more.word))


def _near(part: str) -> _Word | None:
    """The word that is spelled so, or one that sounds nearly so and is much more frequent."""
    spelled, _ = _spelled()
    exact, near = spelled.get(part), _by_sound().get(_sound(part))
    nearly = _Word(near.score + _NEARLY, near.word) if near else None
    return max(filter(None, (exact, nearly)), default=None)


@lru_cache(maxsize=20_000)
def _mended(part: str) -> _Word | None:
    """The likeliest word that is spelled so but for one letter, missing here or doubled."""
    if len(part) > _LONGEST_MISTYPED:
        return None
    spelled, _ = _spelled()
    found = (spelled.get(one) for one in _without_slip(part))
    best = max(filter(None, found), default=None)
    return _Word(best.score + _MISTYPED, best.word) if best else None


def _without_slip(part: str) -> Iterator[str]:
    for at in range(1, len(part)):
        if part[at] == part[at - 1]:
            yield part[:at] + part[at + 1 :]
    for at in range(1, len(part) + 1):  # the first letter is missed least
        yield from (part[:at] + letter + part[at:] for letter in ascii_lowercase)


_SAME_SOUND = str.maketrans("nh", "lf")


def _sound(letters: str) -> str:
    """The letters without what keyboards and dialects confuse: zh/z, ch/c, sh/s, ng/n, n/l, h/f."""
    for two, one in (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ng", "n")):
        letters = letters.replace(two, one)
    return letters.translate(_SAME_SOUND)


@lru_cache(maxsize=1)
def _by_sound() -> dict[str, _Word]:
    """Letters as they sound → the most frequent word."""
    found: dict[str, _Word] = {}
    for letters, word in _spelled()[0].items():
        sound = _sound(letters)
        found[sound] = max(found.get(sound, word), word)
    return found


@lru_cache(maxsize=1)
def _spelled() -> tuple[dict[str, _Word], int]:
    """Letters → logarithm of the frequency and the most frequent word; the longest spelling."""
    counts, total = tokenizer().FREQ, tokenizer().total
    ours = wordlists.words("words.txt")
    found: dict[str, _Word] = {}
    for word in (*table().words, *ours, *_ASKING):
        count = max(counts.get(word) or 1, _OURS if word in ours else 1)
        count = total // 100 if word in _ASKING else count
        for letters in _spellings(word):
            scored = _Word(math.log(count / total), word)
            found[letters] = max(found.get(letters, scored), scored)
    for letters, word in _ALSO_TYPED.items():
        found[letters] = _Word(math.log((counts.get(word) or 1) / total), word)
    return found, max(map(len, found))


def _spellings(word: str) -> list[str]:
    return ["".join(way) for way in product(*map(_readings, word))]


@lru_cache(maxsize=10_000)
def _readings(char: str) -> tuple[str, ...]:
    known = PINYIN_DICT.get(ord(char), char).split(",")
    plain = dict.fromkeys(convert(reading, Style.NORMAL, strict=False) for reading in known)
    return tuple(plain)[: 2 if char in _TWO_READINGS else 1]

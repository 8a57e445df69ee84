"""One road for every text, entry or question: normalise, strip politeness, cut into terms.

Whatever happens to a question here has happened to the entries too; a rule that holds for one
side only does not belong in this module. Nothing is known here of scores or of databases.
"""

import math
import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from math import inf
from operator import add

import jieba
import numpy as np
import numpy.typing as npt
from opencc import OpenCC

from knowledge import wordlists
from knowledge.kept import Remembered

KEPT = 2_000  # texts whose words are kept
LONGEST = 2000  # characters of a question that are read; the rest is cut off before matching
_MOST = LONGEST * 2  # characters of any text that are read

_TO_SIMPLIFIED = OpenCC("t2s")
_INVISIBLE = re.compile(
    r"[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    r"\ufe00-\ufe0f\ufeff\ufffc\ufffd]"
)
_REPEATED = re.compile(r"([^0-9a-z])\1{2,}")  # 啊啊啊, ????; not 1000, not PPP
_NOT_TEXT = re.compile(r"[^0-9a-z\u3400-\u9fff.%\U00020000-\U0003ffff]+")
# 收不收费 asks what 收费吗 asks: the second 收 goes with 不. Begins with the rarest character that
# it needs, which is what a regular expression looks for fastest; so does the next one.
_YES_OR_NO = re.compile(r"[不没](?<=([\u4e00-\u9fff])[不没])\1(?:[不没]\1)*")
_NO_DECIMAL_POINT = re.compile(r"\.(?:(?<!\d\.)|(?!\d))")
_NOT_TEXT_OR_LINE = re.compile(r"[^0-9a-z\u3400-\u9fff.%\U00020000-\U0003ffff\n]+")
# Latin, punctuation, symbols, kana, Chinese, full-width forms: without what combines.
_APART = re.compile(
    r"[\u0000-\u02ff\u2000-\u20cf\u2100-\u2bff\u2e80-\u3029\u3030-\u3098\u309b-\u3130\u3190-\u9fff"
    r"\ufe30-\ufe6f\uff00-\uff9d]*"
)
# Visible characters that NFKC leaves alone, and those that it only makes narrow.
_NEARLY_PLAIN = re.compile(
    r"[\t\n -~\u00b7\u2014\u2018\u2019\u201c\u201d\u2026\u3000-\u3003\u3008-\u3011\u3014-\u301b"
    r"\u3400-\u9fff\ue000\uff01-\uff5e]*"
)
_WIDE = re.compile(r"[\u2026\u3000\uff01-\uff5e]")
_NARROW = {"\u2026": "...", "\u3000": " "} | {chr(0xFEE0 + n): chr(n) for n in range(0x21, 0x7F)}
_DOTS = re.compile(r"\.\.\.(?=[^a-z\u3400-\u9fff]*\d)")
_LETTERS = frozenset("0123456789abcdefghijklmnopqrstuvwxyz")
_PRIVATE = "\ue000"  # means nothing anywhere
_BETWEEN = f"q{_PRIVATE}q"  # what `clean_all` joins texts by
_JOINT = "q\n"  # what `fold_all` joins texts by

# Greeting, asking politely, thanking: said around a question without changing what is asked.
_MARKS = r"[\s,。!?、:;~.…]"
_BEFORE = re.compile(
    r"^(?:你好|您好|早上好|上午好|中午好|下午好|晚上好|大家好|嗨|哈喽|hello|hi|喂|在吗|在么|有人吗"
    r"|请教一下|请教|请问一下|请问|问一下|问下|问问|麻烦问一下|麻烦问下|麻烦您|麻烦你"
    r"|打扰了|打扰一下|打扰|劳驾|尊敬的领导|各位领导"
    # A form of address is one only before a mark: 领导留言板 is a matter.
    rf"|(?:领导|同志|工作人员|客服|老师|师傅|小编)(?:们)?(?:你好|您好)?(?={_MARKS})"
    r"|(?:我|俺)?(?:就是)?(?:想|要|需要)(?:请问|咨询|了解|知道|问|打听|请教)"
    r"(?:一下|下|一个问题|个问题|个事|一件事)?(?:关于)?"
    r"|咨询一下|咨询下|打听一下|打听下|能不能告诉我|可以告诉我|能告诉我|告诉我"
    r"|我是说|我说的是|我的意思是|帮我查一下|帮我看看|帮我查查|那个|嗯|额|呃|啊|哎|诶|那么|就是说|话说)"
    rf"{_MARKS}*"
)
_AFTER = re.compile(
    rf"{_MARKS}*(?:谢谢(?:您|你|了|啦|大家)?|多谢了?|感谢(?:您|你|了)?|万分感谢|非常感谢|谢了|谢|3q|thanks"
    r"|麻烦(?:您|你)?了|辛苦(?:您|你)?了|拜托了?|急|在线等|求解答?|求告知|求回复"
    r"|盼复|望回复|望告知|请回复|请解答|请告知)"
    rf"{_MARKS}*$"
)
_EDGE_MARKS = " \t\n,。!?、:;~.…,"

# 辽发改办〔2017〕388号 in every bracket and width; also 2017年第388号 and without brackets.
_DOCUMENT_NUMBER = re.compile(
    r"([\u4e00-\u9fff])\s*(?:"
    r"[\[(〔【{<《〈]\s*((?:19|20)\d{2})\s*年?\s*[\])〕】}>》〉]\s*第?\s*(\d{1,5})"
    r"|((?:19|20)\d{2})\s*年?\s*第?\s*(\d{1,5}))\s*号"
)

# Function words: carry no subject. Question words are in `aspects`, not here.
STOP = wordlists.words("stopwords.txt")


def clean(text: str) -> str:
    """The text in one form: NFKC, lower case, simplified, no invisible characters or floods.

    Punctuation stays (half width where NFKC makes it so), line breaks become spaces.
    """
    plain = _visible(text[:_MOST]).casefold()
    return _REPEATED.sub(r"\1", _TO_SIMPLIFIED.convert(plain)).strip()


def clean_all(texts: Iterable[str]) -> list[str]:
    """Many texts cleaned at once, in a third of the time."""
    joined = _BETWEEN.join(text[:_MOST].replace(_PRIVATE, "") for text in texts)
    plain = _TO_SIMPLIFIED.convert(_visible(joined).casefold())
    codes = _codes(plain)
    twice = codes[1:] == codes[:-1]
    if (twice[1:] & twice[:-1]).any():
        plain = _REPEATED.sub(r"\1", plain)
    return [text.strip() for text in plain.split(_BETWEEN)]


def _visible(text: str) -> str:
    """The text in form NFKC without invisible characters; Chinese in a tenth of the time."""
    if _NEARLY_PLAIN.fullmatch(text):
        return _WIDE.sub(lambda wide: _NARROW[wide[0]], text)
    return _INVISIBLE.sub("", unicodedata.normalize("NFKC", text))


def fold(text: str) -> str:
    """The text as it is compared: cleaned, without spaces and punctuation."""
    return _NO_DECIMAL_POINT.sub("", _YES_OR_NO.sub("", squeezed(clean(text))))


def fold_all(texts: Iterable[str]) -> str:
    """Many texts folded at once, each with a line break after it: a third of the time.

    They are joined by what no step changes or joins to its neighbours: no accent makes a letter
    of q, and a line break belongs to no word.
    """
    joined = "".join(text[:_MOST].replace("\n", " ") + _JOINT for text in texts)
    plain = _TO_SIMPLIFIED.convert(_all_visible(joined).casefold())
    if _has_repeated(plain):
        plain = _REPEATED.sub(r"\1", plain)
    folded = _YES_OR_NO.sub("", _NOT_TEXT_OR_LINE.sub("", plain))
    return _NO_DECIMAL_POINT.sub("", folded).replace(_JOINT, "\n")


def _all_visible(joined: str) -> str:
    """As `_visible`, of a long text: NFKC character by character, where no character joins with
    the one before it."""
    different = _different(joined)
    if not _APART.fullmatch(different):
        return _INVISIBLE.sub("", unicodedata.normalize("NFKC", joined))
    for char in different:
        plain = unicodedata.normalize("NFKC", char)
        if plain != char:
            joined = joined.replace(char, plain)
    return _INVISIBLE.sub("", joined) if _INVISIBLE.search(different) else joined


def _codes(text: str) -> npt.NDArray[np.uint32]:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


def _different(text: str) -> str:
    """Every character of a long text once; ten times as fast as `set`."""
    seen = np.zeros(sys.maxunicode + 1, dtype=bool)
    seen[_codes(text)] = True
    return "".join(map(chr, np.flatnonzero(seen)))


def _has_repeated(text: str) -> bool:
    """Whether what is compared stands three times in a row; dots count between digits only."""
    codes = _codes(text)
    twice = codes[1:] == codes[:-1]
    thrice = codes[2:][twice[1:] & twice[:-1]]
    return bool(((thrice >= 0x3400) | (thrice == ord("%"))).any() or _DOTS.search(text))


def squeezed(cleaned: str) -> str:
    """A cleaned text without spaces and punctuation."""
    return _NOT_TEXT.sub("", cleaned)


def squeezed_lines(cleaned: str) -> str:
    """The same for every line by itself."""
    return _NOT_TEXT_OR_LINE.sub("", cleaned)


def strip_politeness(text: str) -> str:
    """A cleaned text without greeting, 请问 and thanks; unchanged if nothing else is in it."""
    left = text
    while (shorter := _AFTER.sub("", _BEFORE.sub("", left, count=1))) != left:
        left = shorter
    return left.strip(_EDGE_MARKS) or text


@lru_cache(maxsize=KEPT)
def normalise(text: str) -> str:
    """What is asked, in the one form in which questions and entries are compared."""
    return fold(strip_politeness(clean(text)[:LONGEST]))


def document_numbers(text: str) -> frozenset[str]:
    """Document numbers 文号 in one form, `办2017-388`: year, serial and the last issuer character.

    Only the character before the bracket is kept: people leave out or shorten the issuer, and
    a sentence gives no sign where the issuer begins.
    """
    return frozenset(
        f"{issuer}{year or bare_year}-{int(serial or bare_serial)}"
        for issuer, year, serial, bare_year, bare_serial in _DOCUMENT_NUMBER.findall(clean(text))
    )


@lru_cache(maxsize=1)
def tokenizer() -> jieba.Tokenizer:
    """jieba with our user dictionary; loaded once, about a second."""
    jieba.setLogLevel("WARNING")
    made = jieba.Tokenizer()
    made.initialize()
    for word in wordlists.words("words.txt"):
        made.add_word(word)
    return made


def teach_words(learned: Iterable[str]) -> None:
    """Grow the user dictionary from the knowledge: titles and topics are words as they stand."""
    cutter = tokenizer()
    for word in learned:
        if word not in cutter.FREQ:
            cutter.add_word(word)
            cut.cache_clear()
            _logs.clear()


# How often a character stands alone as a word, as a logarithm.
_logs = Remembered[str, float](lambda char: math.log(tokenizer().FREQ.get(char) or 1))


@lru_cache(maxsize=KEPT)
def cut(folded: str) -> tuple[str, ...]:
    """A folded text cut into its likeliest words.

    As `jieba.cut` without its hidden Markov model, in a third of the time: the best product of
    word frequencies from each place to the end, then letters and digits that stand together.
    """
    cutter, size = tokenizer(), len(folded)
    known, unknown = cutter.FREQ.get, math.log(cutter.total)
    single = [log - unknown for log in map(_logs.__getitem__, folded)]
    double = [*map(known, map(add, folded, folded[1:])), None]
    best, ends = [0.0] * (size + 1), [0] * size
    for start in range(size - 1, -1, -1):
        most, end = single[start] + best[start + 1], start + 1
        count, reach = double[start], start + 2
        while count is not None:
            score = math.log(count) - unknown + best[reach] if count else -inf
            if score >= most:
                most, end = score, reach
            reach += 1
            count = known(folded[start:reach]) if reach <= size else None
        best[start], ends[start] = most, end
    return tuple(_together(folded, ends))


def _together(folded: str, ends: Sequence[int]) -> Iterator[str]:
    """The words, with single letters and digits that follow each other as one."""
    start = run = 0
    while start < len(folded):
        end = ends[start]
        if end - start > 1 or folded[start] not in _LETTERS:
            if run < start:
                yield folded[run:start]
            yield folded[start:end]
            run = end
        start = end
    if run < start:
        yield folded[run:]


def words(folded: str) -> list[str]:
    """The words of a folded text that carry a subject, in order."""
    return [word for word in cut(folded) if word not in STOP]


def bigrams(folded: str) -> list[str]:
    """Pairs of neighbouring characters; a single character stands for itself."""
    if len(folded) < 2:
        return [folded] if folded else []
    return list(map(add, folded, folded[1:]))

"""Spam that defacement leaves in official texts: found however it is spaced or written.

The terms are in `data/spam.txt`. What is done about a find is the caller's affair.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from opencc import OpenCC

# Between characters: 即 时 比 分, 即•时_比•分. Longer gaps and the end of a sentence join what
# does not belong together.
_FILLER = r"(?:[^\w。!?]|_){0,3}"
# Letters and digits that have a plainer form: full width, circled, compatibility ideographs.
# Everything else is itself or filler, and is spared the normalisation, the slowest step of all.
_COMPATIBLE = re.compile("[^\u0000-\u00a9\u2010-\u206f\u3000-\u9fff\uff00-\uff0f\uff1a-\uff20]")


@dataclass(frozen=True, kw_only=True)
class _Terms:
    spam: re.Pattern[str]
    harmless: re.Pattern[str]  # longer wordings in which a term is meant seriously


def spam_in(text: str) -> str | None:
    """The first spam term in the text as it is written there, or None."""
    terms = _terms()
    plain = (unicodedata.normalize("NFKC", text) if _COMPATIBLE.search(text) else text).casefold()
    for found in terms.spam.finditer(plain):
        around = terms.harmless.finditer(plain)
        if not any(safe.start() <= found.start() and found.end() <= safe.end() for safe in around):
            return found[0]
    return None


@lru_cache(maxsize=1)
def _terms() -> _Terms:
    text = resources.files("knowledge").joinpath("data/spam.txt").read_text("utf-8")
    lines = [line.strip() for line in text.splitlines() if not line.startswith("#")]
    return _Terms(
        spam=_pattern([line for line in lines if line and line[0] != "!"]),
        harmless=_pattern([line[1:] for line in lines if line.startswith("!")]),
    )


def _pattern(terms: list[str]) -> re.Pattern[str]:
    """Every term with filler between its characters, simplified or traditional.

    Each alternative begins with a plain character: the regular expression engine then skips
    to the characters that begin a term, five times as fast as with character classes.
    """
    traditional = OpenCC("s2t")
    written = []
    for term in terms:
        plain = unicodedata.normalize("NFKC", term).casefold()
        chars = [sorted({char, traditional.convert(char)}) for char in plain]
        rest = "".join(_FILLER + f"[{''.join(map(re.escape, both))}]" for both in chars[1:])
        ends = r"(?![a-z0-9])" if plain[-1].isascii() else ""
        written += [_first(char) + rest + ends for char in chars[0]]
    return re.compile("|".join(written) or r"(?!)")


def _first(char: str) -> str:
    """The character that begins a term; a Latin one not inside a longer word."""
    return f"{char}(?<![a-z0-9]{char})" if char.isascii() else char

"""A long text as passages of a sentence or two: which of them a question is about."""

import re
from collections.abc import Sequence
from itertools import accumulate, chain, islice, pairwise

import numpy as np

from knowledge.aspects import Aspect
from knowledge.kept import Kept
from knowledge.reading import Reading
from knowledge.text import clean, clean_all, normalise, squeezed, squeezed_lines
from knowledge.vectors import Floats, table

KEPT = 5_000  # texts whose passages are kept
MOST = 200  # sentences of a text that are read
LONG = 200  # characters of a text from which a sentence of it is worth quoting
LONGEST_QUOTE = 160  # characters; whoever has to read more may as well read the text
# Read on questions to government notices: of 37 quotations three said something else.
_NEAR_ENOUGH = 1.3  # of at most 2.4: meaning, words, and what kind of thing is asked for
_LEAD = 0.3  # on every other sentence
_FOR_ITS_KIND = 0.4
_CLOSING = "”’）)"  # what still belongs to the sentence before
# What only announces the next sentence: a line without a full stop, a short one with a number.
_HEADING = re.compile(
    r"(?s:.*[^。;!?；！？])|(?:.*[\s）)])?[(（]?[\d一二三四五六七八九十]+[、.．）)].{,24}"
)
# How a sentence begins that is only understood with the one before.
_LEANING = re.compile(
    r"这|此(?!外)|该|其|上述|以上(?!海)|前[款项述条]|前[两二三]款|但|不过|然而|否则|反之|相反|因此|因而|所以|"
    r"不仅如此|例如|比如|对此|为此|由此|据此|届时|到时|之后|随后|然后|接着|并且|而|也|还[要应需可有]|它|他们"
)
_NUMBER = re.compile(r"([(（]?)[\d一二三四五六七八九十]+([、.．）)])")
_SEMICOLONS = ("；", ";")
_COLONS = ("：", ":")
_END = re.compile(r"[。;!?；！？]")
_PERIOD = r"[\d一二三四五六七八九十半]+个?(?:工作日|日|天|小时|月|年|周)"
_KINDS = {  # what a sentence that answers holds
    Aspect.HOW_LONG: re.compile(_PERIOD),
    Aspect.WHEN: re.compile(r"\d(?:月|日|点|时|年|:)|截至|之日起"),
    Aspect.HOW_MUCH: re.compile(r"\d(?:万|亿)?元|免费|收费|%"),
    Aspect.HOW_MANY: re.compile(r"\d"),
    Aspect.CONTACT: re.compile(r"\d{5}|@"),
}


def sentences(text: str) -> tuple[str, ...]:
    """The sentences of a text, marks included."""
    lines = map(str.strip, _END.sub(r"\g<0>\n", text).split("\n"))
    return tuple(islice(filter(None, lines), MOST))


def _all_parts(texts: Sequence[str]) -> list[tuple[str, ...]]:
    """The sentences of each text as they are compared, without spaces and punctuation."""
    cut = [sentences(one) for one in clean_all(texts)]
    bare = iter(squeezed_lines("\n".join(chain.from_iterable(cut))).split("\n"))
    return [tuple(islice(bare, len(one))) for one in cut]


def _all_meanings(texts: Sequence[str]) -> list[Floats]:
    """The vectors of the passages of each text."""
    read = parts.of(texts)
    ends = list(accumulate(map(len, read), initial=0))
    together = table().of_texts(read)
    return [together[begin:end] for begin, end in pairwise(ends)]


parts = Kept(KEPT, _all_parts)
meanings = Kept(KEPT, _all_meanings)


def nearness(question: Reading, texts: Sequence[str]) -> list[float]:
    """How near the nearest passage of each text is to a question, 0..1."""
    passages = meanings.of(texts)
    ends = list(accumulate(map(len, passages), initial=0))
    near = (np.concatenate(passages) @ question.meaning).tolist() if passages else []
    return [max([0.0, *near[begin:end]]) for begin, end in pairwise(ends)]


def quotation(question: str, text: str) -> str:
    """The sentence of a long text that answers a question, whole and as it stands there: with its
    list, or the sentence that it is the heading of. "" unless one is clearly nearest and not the
    first."""
    parts = sentences(text)
    if len(text) <= LONG or len(parts) < 2:
        return ""
    scores = _scores(question, parts)
    best, second = (int(place) for place in np.argsort(-scores, kind="stable")[:2])
    if not best or scores[best] < _NEAR_ENOUGH or scores[best] - scores[second] < _LEAD:
        return ""
    return _as_it_stands(text, parts, best)


def _scores(question: str, parts: tuple[str, ...]) -> Floats:
    """How much each sentence looks like the answer; one that asks itself is none."""
    asked = Reading(normalise(question), question)
    plain = [clean(part) for part in parts]
    bare = [squeezed(part) for part in plain]
    kinds = [_KINDS[aspect] for aspect in asked.slots.asked if aspect in _KINDS]
    right_kind = [any(kind.search(part) for kind in kinds) for part in plain]
    asks = [part.endswith("?") for part in plain]
    near = table().of_passages(bare) @ asked.meaning
    scores = near + _told(asked.words, bare) + _FOR_ITS_KIND * np.array(right_kind)
    return np.where(asks, 0.0, scores).astype(np.float32)


def _told(words: tuple[str, ...], bare: list[str]) -> Floats:
    """The share of a question's words that each sentence has; those that few have count more."""
    has = np.array([[word in part for word in words] for part in bare], dtype=np.float32)
    if not words or not has.any():
        return np.zeros(len(bare), dtype=np.float32)
    often = has.sum(axis=0)
    weights = np.where(often > 0, np.log1p(len(bare) / (often + 0.5)), 0.0)
    known = (1 + (often > 0).mean()) / 2  # words that are nowhere in the text may be what matters
    told: Floats = has @ weights / weights.sum() * known
    return told


def _as_it_stands(text: str, parts: tuple[str, ...], at: int) -> str:
    """The sentence at a place of a text, whole, with those before that it leans on; "" if that is
    the beginning or too much of it."""
    first, last = _whole(parts, at)
    while first and _LEANING.match(parts[first].lstrip(_CLOSING)):
        first, _ = _whole(parts, first - 1)
    start = end = 0
    for place, part in enumerate(parts[: last + 1]):
        begin = text.index(part, end)
        start, end = begin if place == first else start, begin + len(part)
    end += text.startswith(tuple(_CLOSING), end)
    quoted = text[start:end].lstrip(_CLOSING).lstrip()
    short = len(quoted) <= min(LONGEST_QUOTE, len(text) // 2)
    return quoted if first and short and not _is_half(quoted) else ""


def _is_half(quoted: str) -> bool:
    """Whether the rest of a sentence is missing, or all that a numbered title stands over."""
    is_title = _NUMBER.match(quoted) and not _END.search(quoted)
    return bool(is_title) or quoted.endswith(_SEMICOLONS + _COLONS)


def _whole(parts: tuple[str, ...], at: int) -> tuple[int, int]:
    """The first and the last part of the sentence at a place: a list with all of its items and
    what announces them, a heading with the sentence below it. What follows a semicolon may limit
    what is said before it."""
    first = last = at
    if _is_item(parts, at):
        while first and parts[first - 1].endswith(_SEMICOLONS):
            first -= 1
        first -= first > 0 and parts[first - 1].endswith(_COLONS)
    if _announces(parts, at):
        last += 1
        if parts[at].endswith(_COLONS) and _level(parts[last]):
            last = max(n for n in range(last, len(parts)) if _level(parts[n]))
    while last + 1 < len(parts) and parts[last].endswith(_SEMICOLONS):
        last += 1
    return first, last


def _is_item(parts: tuple[str, ...], at: int) -> bool:
    """Whether a part is one of the numbered items of a sentence."""
    joined = parts[at].endswith(_SEMICOLONS) or (at > 0 and parts[at - 1].endswith(_SEMICOLONS))
    return joined and _level(parts[at]) != ""


def _announces(parts: tuple[str, ...], at: int) -> bool:
    """Whether a part is but a heading of the next one; no item is one of the item after it."""
    if at + 1 == len(parts) or not _HEADING.fullmatch(parts[at]):
        return False
    level = _level(parts[at])
    return not level or level != _level(parts[at + 1])


def _level(part: str) -> str:
    """The marks around the number of an item, "（）" or "、"; "" if it has none."""
    number = _NUMBER.match(part)
    return f"{number[1]}{number[2]}" if number else ""

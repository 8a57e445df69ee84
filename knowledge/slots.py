"""The small things that decide whether an answer fits: numbers, years, places, yes or no, aspect.

Two texts may share nearly every word and still ask different things (四川/江西, 主体/材料/时限,
能/不能). Each slot is read from a text on its own; `conflicts` compares two readings.
"""

import math
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import TypeAlias

from knowledge import aspects, parties, wordlists
from knowledge.aspects import Aspect
from knowledge.kept import Kept, lazily
from knowledge.text import bigrams, clean, clean_all, document_numbers

KEPT = 50_000  # texts whose slots are kept
SEEN = 5  # entries with its places, up to which nothing is concluded
HOME = 0.5  # of the places that a collection names, from which a province is its own

# 能不能 and 有没有 ask; they deny nothing. 不予公开 and 没收 are names of things.
_ASKS_NOT_DENIES = re.compile(
    r"([\u4e00-\u9fff]{1,2})[不没]\1|有没有|是否|能否|不予公开|不公开信息|不动产|不良|无障碍|没收|非税|非企业|非法|未成年|无条件|不可抗力|差不多|不同意公开|不满意|不见面"
    r"|不存在|不想|我不|不会(?:用|写|上网)|没有(?=[吗么呢啊呀,。?!~\s]*$)|不(?=[,。])"
)
_DENIED = re.compile(  # with 能, 给, 让 and the like between: 不能公开, 不给公开; 有人接不 asks
    r"(?:不|没|未|无法|禁止|别(?!人|的))[能会可以想要用给让许准肯敢该被予有]{0,2}([\u4e00-\u9fff]{1,2})(?<![吗么呢啊呀])"
)
_MAY_DENY = frozenset("不没未无禁别")  # one of them is in whatever denies
_NUMBER = re.compile(
    r"(\d+(?:\.\d+)?|[零〇一二两三四五六七八九十百千万]+)\s*(?:个(?!月))?\s*"
    r"(工作日|天|日|年|个月|月|元|块|万|亿|条|页|件|人|次|%|小时|分钟|倍|岁|级|类|批|号|期|米|公里|吨|家|项|届)"
)
# Looks back from behind two digits: what begins with digits is found faster.
_YEAR = re.compile(r"((?:19|20)(?<!\d\d\d)\d\d)(?!\d)")
_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_ORDERED = (
    *(("前", "后"), ("事前", "事后"), ("以上", "以下"), ("最多", "最少"), ("最长", "最短")),
    *(("高风险", "低风险"), ("自动", "手动"), ("线上", "线下"), ("境内", "境外"), ("国内", "国外")),
    *(("进口", "出口"), ("公办", "民办"), ("城镇", "农村"), ("首次", "再次"), ("本地", "外地")),
    *(("中央", "地方"), ("增加", "减少"), ("提高", "降低"), ("男", "女"), ("买方", "卖方")),
    *(("民营", "外资"), ("民企", "外企"), ("私营", "外资"), ("民间投资", "外商投资")),
)


@dataclass(frozen=True, kw_only=True)
class Slots:
    """What a text names; every set may be empty."""

    numbers: frozenset[str] = frozenset()  # "20工作日", "3件"
    years: frozenset[str] = frozenset()
    documents: frozenset[str] = frozenset()  # 文号 as text.document_numbers gives them
    regions: frozenset[str] = frozenset()
    asked: frozenset[Aspect] = frozenset()
    denied: frozenset[str] = frozenset()  # what is said not to be: 公开 of 不公开
    affirmed: str = ""  # the text without what is denied
    sides: frozenset[str] = frozenset()  # 前/后, 以上/以下
    parties: frozenset[str] = frozenset()  # courts, schools, firms that are spoken of


class Read(Slots):
    """The slots of one text, each read when it is first asked for: of most texts few ever are."""

    plain: str  # the text, cleaned

    def __init__(self, plain: str) -> None:
        vars(self)["plain"] = plain

    @lazily
    def numbers(self) -> frozenset[str]:
        """The numbers with what they count."""
        return _numbers(self.plain)

    @lazily
    def years(self) -> frozenset[str]:
        """The years, unless they belong to a document number."""
        return frozenset() if self.documents else frozenset(_YEAR.findall(self.plain))

    @lazily
    def documents(self) -> frozenset[str]:
        """The document numbers."""
        return document_numbers(self.plain) if "号" in self.plain else frozenset()

    @lazily
    def regions(self) -> frozenset[str]:
        """The provinces and cities."""
        return frozenset(_regions().findall(self.plain))

    @lazily
    def asked(self) -> frozenset[Aspect]:
        """The sides that are asked for."""
        return aspects.asked(self.plain)

    @property
    def aspects(self) -> frozenset[Aspect]:
        """Every aspect that is named, asked for or not."""
        return aspects.found(self.plain)

    @lazily
    def denied(self) -> frozenset[str]:
        """The words behind 不, 没, 未 as pairs of characters; one alone where none follows it."""
        plain = self.plain
        if _MAY_DENY.isdisjoint(plain):
            return frozenset()
        spans = _DENIED.findall(_ASKS_NOT_DENIES.sub(" ", plain))
        pairs = {pair for span in spans for pair in bigrams(span)}
        return frozenset(pairs.union(span for span in spans if len(span) == 1))

    @lazily
    def affirmed(self) -> str:
        """The text without what is denied."""
        plain = self.plain
        return plain if _MAY_DENY.isdisjoint(plain) else _DENIED.sub(" ", plain)

    @lazily
    def sides(self) -> frozenset[str]:
        """What of two that exclude each other is named."""
        return frozenset(side for pair in _ORDERED for side in pair if side in self.plain)

    @lazily
    def parties(self) -> frozenset[str]:
        """Who is spoken of."""
        return parties.named(self.plain)


def _read_all(texts: Sequence[str]) -> list[Read]:
    return [Read(plain) for plain in (clean_all(texts) if len(texts) > 1 else map(clean, texts))]


read = Kept(KEPT, _read_all)  # the slots of a text in any form


def _numbers(plain: str) -> frozenset[str]:
    found = set()
    for digits, unit in _NUMBER.findall(plain):
        value = _value(digits)
        if value is not None and not (unit in "年号" and value >= 1900) and unit != "号":
            found.add(f"{value:g}{'日' if unit == '天' else unit}")
    return frozenset(found)


def _value(digits: str) -> float | None:
    """The number that Arabic or Chinese digits stand for; None for 一 alone: it counts nothing."""
    if digits[0].isdigit():
        return float(digits)
    if digits in {"一", "万", "千", "百"}:
        return None
    total, current = 0, 0
    for char in digits:
        if char in _DIGITS:
            current = _DIGITS[char]
        elif char == "万":
            total, current = (total + current) * 10_000, 0
        else:
            total, current = total + (current or 1) * _UNITS[char], 0
    return float(total + current)


@lru_cache(maxsize=1)
def _regions() -> re.Pattern[str]:
    """Any region, the longest name first; by first characters, as there are hundreds."""
    names = sorted(wordlists.words("regions.txt"), key=lambda name: (name[0], -len(name)))
    starts = groupby(names, key=lambda name: name[0])
    return re.compile("|".join(f"{one}(?:{'|'.join(n[1:] for n in all_)})" for one, all_ in starts))


def home(texts: Iterable[str]) -> frozenset[str]:
    """The province that most places named in some texts belong to, with its cities.

    Whoever asks a body of Liaoning about Liaoning or Shenyang asks nothing else than without.
    """
    provinces = {name: line for line in _provinces() for name in line}
    counts = Counter(provinces[name] for text in texts for name in set(_regions().findall(text)))
    province, count = next(iter(counts.most_common(1)), ((), 0))
    return frozenset(province) if count > max(HOME * counts.total(), SEEN) else frozenset()


@lru_cache(maxsize=1)
def _provinces() -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(line.split()) for line in wordlists.lines("regions.txt"))


def narrower(folded: str, question: Slots, home: frozenset[str] = frozenset()) -> bool:
    """Whether a folded wording is about a year or a place that the question does not name."""
    years, regions = _YEAR.findall(folded), _regions().findall(folded)
    named = question.years.issuperset(years) and (question.regions | home).issuperset(regions)
    return not named


def conflicts(
    question: Slots, wording: Slots, answer: Slots, among: Collection[str] | None = None
) -> tuple[str, ...]:
    """Why an answer would miss the question, in words; empty if nothing speaks against it.

    What the answer itself names is no conflict: whoever asks about 10天 where the answer says
    10天 is answered. Only reasons `among` these are looked at, all if it is None.
    """
    return tuple(
        reason
        for reason, against in _CHECKS.items()
        if (among is None or reason in among) and against(question, wording, answer)
    )


def read_most(entries: Iterable[Sequence[str]], share: float) -> None:
    """Read in one go as many of the wordings of some entries as `mostly` looks at in any case."""
    read.of([one for some in entries for one in some[: math.ceil(len(some) * share)]])


def mostly(
    reason: str, question: Slots, wordings: Sequence[str], answer: Slots, share: float
) -> bool:
    """Whether this reason holds for such a share of the wordings; reads no more than it must."""
    against, needed = _CHECKS[reason], len(wordings) * share
    held = 0
    for number, wording in enumerate(wordings):
        if held + len(wordings) - number < needed:
            return False
        held += against(question, read(wording), answer)
        if held >= needed:
            return True
    return False


def _documents_differ(question: Slots, wording: Slots, answer: Slots) -> bool:
    wanted = question.documents
    return bool(wanted) and wanted.isdisjoint(wording.documents | answer.documents)


def _years_differ(question: Slots, wording: Slots, answer: Slots) -> bool:
    wanted = question.years - answer.years
    return bool(wanted) and not wanted <= wording.years


def _numbers_differ(question: Slots, wording: Slots, answer: Slots) -> bool:
    unknown = question.numbers - answer.numbers
    if not unknown or unknown <= wording.numbers:
        return False
    units = {re.sub(r"[\d.]+", "", n) for n in unknown - wording.numbers}
    compared = {re.sub(r"[\d.]+", "", n) for n in wording.numbers}
    return bool(units & compared)


def _regions_differ(question: Slots, wording: Slots, answer: Slots) -> bool:
    wanted = question.regions - answer.regions
    return bool(wanted) and not wanted <= wording.regions


def _regions_narrower(question: Slots, wording: Slots, answer: Slots) -> bool:
    return not wording.regions - answer.regions <= question.regions


def _aspects_differ(question: Slots, wording: Slots, _: Slots) -> bool:
    return bool(question.asked) and aspects.differ(question.asked, wording.asked)


def _denial_differs(question: Slots, wording: Slots, _: Slots) -> bool:
    return _turned(question, wording) or _turned(wording, question)


def _turned(one: Slots, other: Slots) -> bool:
    """Whether a text denies what the other says to be: 「不公开」 and 「公开」."""
    return any(word in other.affirmed for word in one.denied - other.denied)


def _sides_differ(question: Slots, wording: Slots, _: Slots) -> bool:
    mine = question.sides
    if not mine:
        return False
    theirs = wording.sides
    return any(
        (one in mine and other in theirs and other not in mine and one not in theirs)
        or (other in mine and one in theirs and one not in mine and other not in theirs)
        for one, other in _ORDERED
    )


def _parties_differ(question: Slots, wording: Slots, answer: Slots) -> bool:
    wanted = question.parties - answer.parties
    return bool(wanted) and not wanted <= wording.parties


_Check: TypeAlias = Callable[[Slots, Slots, Slots], bool]
_CHECKS: dict[str, _Check] = {
    "文号不同": _documents_differ,
    "年份不同": _years_differ,
    "数字不同": _numbers_differ,
    "地区不同": _regions_differ,
    "地区更窄": _regions_narrower,
    "问的方面不同": _aspects_differ,
    "肯定与否定不同": _denial_differs,
    "先后或上下不同": _sides_differ,
    "说的机构不同": _parties_differ,
}

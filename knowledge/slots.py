"""The small things that decide whether an answer fits: numbers, years, places, yes or no, aspect.

Two texts may share nearly every word and still ask different things (四川/江西, 主体/材料/时限,
能/不能). Each slot is read from a text on its own; `conflicts` compares two readings.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TypeVar

from knowledge import aspects, parties, wordlists
from knowledge.aspects import Aspect
from knowledge.text import bigrams, clean, document_numbers

T = TypeVar("T")
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
_NUMBER = re.compile(
    r"(\d+(?:\.\d+)?|[零〇一二两三四五六七八九十百千万]+)\s*(?:个(?!月))?\s*"
    r"(工作日|天|日|年|个月|月|元|块|万|亿|条|页|件|人|次|%|小时|分钟|倍|岁|级|类|批|号|期|米|公里|吨|家|项|届)"
)
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d)\s*年?")
_BARE_NUMBER = re.compile(r"(?<![\d.])\d+(?:\.\d+)?(?![\d.])")
_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_ORDERED = (
    *(("前", "后"), ("事前", "事后"), ("以上", "以下"), ("最多", "最少"), ("最长", "最短")),
    *(("高风险", "低风险"), ("自动", "手动"), ("线上", "线下"), ("境内", "境外"), ("国内", "国外")),
    *(("进口", "出口"), ("公办", "民办"), ("城镇", "农村"), ("首次", "再次"), ("本地", "外地")),
    *(("中央", "地方"), ("增加", "减少"), ("提高", "降低"), ("男", "女"), ("买方", "卖方")),
)


@dataclass(frozen=True, kw_only=True)
class Slots:
    """What was read from one text; every set may be empty."""

    numbers: frozenset[str] = frozenset()  # "20工作日", "3件"
    years: frozenset[str] = frozenset()
    documents: frozenset[str] = frozenset()  # 文号 as text.document_numbers gives them
    regions: frozenset[str] = frozenset()
    asked: frozenset[Aspect] = frozenset()
    plain: str = field(default="", compare=False, repr=False)  # the text they were read from
    denied: frozenset[str] = frozenset()  # what is said not to be: 公开 of 不公开
    sides: frozenset[str] = frozenset()  # 前/后, 以上/以下
    parties: frozenset[str] = frozenset()  # courts, schools, firms that are spoken of

    @property
    def aspects(self) -> frozenset[Aspect]:
        """Every aspect that is named, asked for or not."""
        return aspects.found(self.plain)


@lru_cache(maxsize=50_000)
def read(text: str) -> Slots:
    """The slots of a text in any form."""
    plain = clean(text)
    documents = document_numbers(plain) if "号" in plain else frozenset()
    years = frozenset(_YEAR.findall(plain)) if not documents else frozenset()
    return Slots(
        numbers=_numbers(plain),
        years=years,
        documents=documents,
        regions=frozenset(_regions().findall(plain)),
        asked=aspects.asked(plain),
        plain=plain,
        denied=_denied(plain),
        sides=frozenset(side for pair in _ORDERED for side in pair if side in plain),
        parties=parties.named(plain),
    )


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
    names = wordlists.words("regions.txt")
    return re.compile("|".join(sorted(names, key=len, reverse=True)))


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


def narrower(folded: str, question: Slots) -> bool:
    """Whether a folded wording is about a year or a place that the question does not name."""
    years, regions = _YEAR.findall(folded), _regions().findall(folded)
    return not (question.years.issuperset(years) and question.regions.issuperset(regions))


def conflicts(question: Slots, wording: Slots, answer: Slots) -> tuple[str, ...]:
    """Why an answer would miss the question, in words; empty if nothing speaks against it.

    What the answer itself names is no conflict: whoever asks about 10天 where the answer says
    10天 is answered.
    """
    known_years = wording.years | answer.years
    checks = (
        ("文号不同", _misses(question.documents, wording.documents | answer.documents)),
        ("年份不同", not question.years <= known_years),
        ("数字不同", _numbers_differ(question, wording, answer)),
        ("地区不同", bool(question.regions - wording.regions - answer.regions)),
        ("地区更窄", bool(wording.regions - question.regions - answer.regions)),
        ("问的方面不同", aspects.differ(question.asked, wording.asked)),
        ("肯定与否定不同", _turned(question, wording) or _turned(wording, question)),
        ("先后或上下不同", _sides_differ(question.sides, wording.sides)),
        ("说的机构不同", bool(question.parties - wording.parties - answer.parties)),
    )
    return tuple(reason for reason, against in checks if against)


def _denied(plain: str) -> frozenset[str]:
    """The words behind 不, 没, 未, as pairs of characters; one alone where nothing follows it."""
    spans = _DENIED.findall(_ASKS_NOT_DENIES.sub(" ", plain))
    pairs = {pair for span in spans for pair in bigrams(span)}
    return frozenset(pairs | {span for span in spans if len(span) == 1})


def _turned(one: Slots, other: Slots) -> bool:
    """Whether a text denies what the other says to be: 「不公开」 and 「公开」."""
    said = _DENIED.sub(" ", other.plain) if one.denied else ""
    return any(word in said for word in one.denied - other.denied)


def _misses(wanted: frozenset[T], known: frozenset[T]) -> bool:
    return bool(wanted) and not wanted & known


def _numbers_differ(question: Slots, wording: Slots, answer: Slots) -> bool:
    unknown = question.numbers - wording.numbers - answer.numbers
    if not unknown:
        return False
    units = {re.sub(r"[\d.]+", "", n) for n in unknown}
    compared = {re.sub(r"[\d.]+", "", n) for n in wording.numbers}
    return bool(units & compared)


def _sides_differ(question: frozenset[str], wording: frozenset[str]) -> bool:
    return any(
        (one in question and other in wording and other not in question and one not in wording)
        or (other in question and one in wording and one not in question and other not in wording)
        for one, other in _ORDERED
    )

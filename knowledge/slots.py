"""The small things that decide whether an answer fits: numbers, years, places, yes or no, aspect.

Two texts may share nearly every word and still ask different things (四川/江西, 主体/材料/时限,
能/不能). Each slot is read from a text on its own; `conflicts` compares two readings.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import TypeVar

from knowledge import wordlists
from knowledge.text import clean, document_numbers

T = TypeVar("T")


class Aspect(StrEnum):
    """Which side of a matter a question asks about."""

    HOW_LONG = "多久"
    HOW_MUCH = "多少钱"
    WHERE = "在哪里"
    WHO = "谁"
    MATERIALS = "什么材料"
    HOW = "怎么办"
    MAY = "可不可以"
    WHAT = "是什么"
    WHY = "为什么"
    WHEN = "什么时候"
    HOW_MANY = "多少个"
    CONDITIONS = "什么条件"
    THEN = "会怎样"


_ASPECTS: tuple[tuple[Aspect, re.Pattern[str]], ...] = tuple(
    (aspect, re.compile(pattern))
    for aspect, pattern in (
        (
            Aspect.HOW_LONG,
            r"多久|多长时间|多少天|几天|几日|多少日|多少个?工作日|几个?工作日|几个?月|多少个月|期限|时限|时效|要等|等多|多快"
            r"|有效期|多少年|几年",
        ),
        (
            Aspect.HOW_MUCH,
            r"多少钱|要钱|花钱|收钱|收费|费用|免费|交钱|交费|缴费|收不收|贵不贵|几块钱|多少元|价格|怎么收",
        ),
        (
            Aspect.WHERE,
            r"哪里|哪儿|在哪|去哪|到哪|上哪|什么地方|何处|何地|地址|地点|网址|哪个网站|哪个窗口|啥地方",
        ),
        (
            Aspect.WHO,
            r"谁|什么人|哪些人|哪个部门|哪些部门|什么部门|哪个单位|哪些单位|哪家|哪个机关|哪个处|找哪个|归哪|啥人|哪些企业"
            r"|主体|对象",
        ),
        (
            Aspect.MATERIALS,
            r"材料|资料要|什么证|哪些证|证件|带什么|带啥|准备什么|准备啥|准备哪些|提交什么|提交哪些|交什么|哪些文件|什么文件|手续",
        ),
        (Aspect.CONDITIONS, r"条件|要求是|资格|符合什么|满足什么|门槛"),
        (Aspect.WHY, r"为什么|为啥|为何|什么原因|咋不|怎么不|原因"),
        (Aspect.WHEN, r"什么时候|何时|哪天|几号|几点|啥时|哪一天|什么时间|哪年|哪一年|日期"),
        (Aspect.THEN, r"怎么办|咋办|会怎|会咋|怎么样|后果|怎么处理|如何处理|会如何"),
        (
            Aspect.HOW,
            r"(?<!会)(?:怎么|怎样|如何|咋)(?!样|处理)|流程|步骤|程序|办法|方式|方法|途径|渠道|措施|举措",
        ),
        (
            Aspect.MAY,
            r"能不能|可不可以|能否|是否|可否|行不行|行吗|可以吗|能吗|可以.*[吗么嘛]|能.*[吗么嘛]|有没有|是不是|会不会|要不要"
            r"|必须.*[吗么嘛]|[吗么嘛]$",
        ),
        (
            Aspect.WHAT,
            r"是什么|什么是|啥是|是啥|什么意思|啥意思|含义|定义|指什么|指的是|什么叫|有哪些|包括哪些|包括什么|哪几|内容",
        ),
        (Aspect.HOW_MANY, r"多少|几[个家条项件次种类批份]|共几|数量|人数|总数"),
    )
)
# A "how" in 怎么收费 asks for the fee: the general aspects give way to the particular ones.
_GENERAL = frozenset({Aspect.HOW, Aspect.MAY, Aspect.WHAT, Aspect.HOW_MANY, Aspect.THEN})

# 能不能 and 有没有 ask; they deny nothing. 不予公开 and 没收 are names of things.
_ASKS_NOT_DENIES = re.compile(
    r"([\u4e00-\u9fff])[不没]\1|有没有|是否|能否|不予公开|不公开信息|不动产|不良|无障碍|没收|非税|非企业|非法|未成年|无条件|不可抗力|差不多|不同意公开|不满意|不见面"
    r"|不存在"
)
_DENIES = re.compile(r"不|没|未|无法|禁止|别")
_NUMBER = re.compile(
    r"(\d+(?:\.\d+)?|[零〇一二两三四五六七八九十百千万]+)\s*(?:个(?!月))?\s*"
    r"(工作日|天|日|年|个月|月|元|块|万|亿|条|页|件|人|次|%|小时|分钟|倍|岁|级|类|批|号|期|米|公里|吨|家|项|届)"
)
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d)\s*年?")
_BARE_NUMBER = re.compile(r"(?<![\d.])\d+(?:\.\d+)?(?![\d.])")
_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_ORDERED = (("前", "后"), ("事前", "事后"), ("以上", "以下"), ("最多", "最少"), ("最长", "最短"))


@dataclass(frozen=True, kw_only=True)
class Slots:
    """What was read from one text; every set may be empty."""

    numbers: frozenset[str] = frozenset()  # "20工作日", "3件"
    years: frozenset[str] = frozenset()
    documents: frozenset[str] = frozenset()  # 文号 as text.document_numbers gives them
    regions: frozenset[str] = frozenset()
    aspects: frozenset[Aspect] = frozenset()
    denies: bool = False
    sides: frozenset[str] = frozenset()  # 前/后, 以上/以下

    @property
    def asked(self) -> frozenset[Aspect]:
        """The particular aspects; the general ones only where there is nothing else."""
        return self.aspects - _GENERAL or self.aspects


@lru_cache(maxsize=50_000)
def read(text: str) -> Slots:
    """The slots of a text in any form."""
    plain = clean(text)
    documents = document_numbers(plain)
    years = frozenset(_YEAR.findall(plain)) if not documents else frozenset()
    return Slots(
        numbers=_numbers(plain),
        years=years,
        documents=documents,
        regions=frozenset(_regions().findall(plain)),
        aspects=_aspects(plain),
        denies=bool(_DENIES.search(_ASKS_NOT_DENIES.sub("", plain))),
        sides=frozenset(side for pair in _ORDERED for side in pair if side in plain),
    )


def _aspects(plain: str) -> frozenset[Aspect]:
    return frozenset(aspect for aspect, pattern in _ASPECTS if pattern.search(plain))


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
        ("地区更窄", bool(wording.regions - question.regions)),
        ("问的方面不同", _misses(question.asked, wording.aspects) and bool(wording.aspects)),
        ("肯定与否定不同", question.denies != wording.denies),
        ("先后或上下不同", _sides_differ(question.sides, wording.sides)),
    )
    return tuple(reason for reason, against in checks if against)


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

"""Which side of a matter a text asks about: who, where, how long, which materials, …

Three kinds are told apart, since two texts that share every other word may differ only here. A
question for a date is not met by an entry on anything else; one for conditions is not met by one
for materials, but may be by 「有什么规定」; 「怎么」 and 「有哪些」 ask for nothing in particular.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias


class Aspect(StrEnum):
    """Which side of a matter a question asks about."""

    HOW_LONG = "多久"
    HOW_MUCH = "多少钱"
    WHERE = "在哪里"
    WHO = "谁"
    WHEN = "什么时候"
    WHY = "为什么"
    CONTACT = "怎么联系"
    HOW_MANY = "多少个"
    MATERIALS = "什么材料"
    CONDITIONS = "什么条件"
    SCOPE = "什么范围"
    STEPS = "什么步骤"
    PURPOSE = "什么目的"
    BASIS = "什么依据"
    PRINCIPLE = "什么原则"
    STANDARD = "什么标准"
    HOW = "怎么办"
    MAY = "可不可以"
    WHAT = "是什么"
    THEN = "会怎样"


GENERAL = frozenset({Aspect.HOW, Aspect.MAY, Aspect.WHAT, Aspect.THEN})
_OPEN = frozenset(
    {
        Aspect.MATERIALS,
        Aspect.CONDITIONS,
        Aspect.SCOPE,
        Aspect.STEPS,
        Aspect.PURPOSE,
        Aspect.BASIS,
        Aspect.PRINCIPLE,
        Aspect.STANDARD,
    }
)
_AKIN = (  # whoever asks for the one is often told the other
    {Aspect.HOW_LONG, Aspect.WHEN},
    {Aspect.HOW_MUCH, Aspect.HOW_MANY, Aspect.STANDARD},
    {Aspect.STEPS, Aspect.HOW},
    {Aspect.WHO, Aspect.CONDITIONS},
)
# A row is an aspect, characters of which whatever matches has at least one, and a pattern.
_BY_WORD = (  # question words that leave no doubt
    (
        Aspect.HOW_LONG,
        "久天工年快日月等长",
        r"多久|多长时间|[多几][少个]?(?:工作)?[天日](?!起|前|后)|多少个?工作日|几个?工作日|几个?月|多少个月|要等|等多|多快|多少年|几年",
    ),
    (
        Aspect.HOW_MUCH,
        "交元块少收花贵费钱",
        r"多少钱|要钱|花钱|收钱|交钱|收不收|贵不贵|几块钱|多少元|怎么收|(?:怎么|如何|咋|要|用)[收交缴]费|[收免缴交]费(?:吗|么|嘛|不|$)",
    ),
    (
        Aspect.WHERE,
        "上儿到去在地处窗站里",
        r"哪里|哪儿|在哪|去哪|到哪(?!天|一)|上哪|什么地方|(?<!如)何处|(?<!如)何地|哪个网站|哪个窗口|啥地方",
    ),
    (
        Aspect.WHO,
        "些人企关单啥处室归找构谁部",
        r"谁|什么人|哪些人|[哪什](?:个|些|么)?(?:部门|单位|机关|机构|处室|处)|找哪个|归哪|啥人|哪些企业|何人",
    ),
    (
        Aspect.MATERIALS,
        "交备带提文证",
        r"什么证|哪些证|带什么|带啥|准备什么|准备啥|准备哪些|提交什么|提交哪些|交什么|哪些文件",
    ),
    (Aspect.CONDITIONS, "满符能", r"符合什么|满足什么|什么人能"),
    (Aspect.WHY, "为咋因怎", r"为什么|为啥|为何|什么原因|咋不|怎么不"),
    (
        Aspect.WHEN,
        "何候号啥天年日月点间",
        r"什么时候|何时|哪[一]?[天日]|几号|几点|啥时|什么时间|哪[一]?[年月]|几月",
    ),
    (Aspect.THEN, "会办咋样理", r"怎么办|咋办|会怎|会咋|怎么样|怎么处理|如何处理|会如何"),
    (
        Aspect.HOW_MANY,
        "共几少",  # 多少天 asks for a period, 多少钱 for a price
        r"多少(?!个?(?:工作)?[天日]|个?月|年|钱|元)|(?<!哪)几(?:个(?!工作日|月)|[家条项件次种类批份方人])|共几",
    ),
)
_BY_NOUN = (  # what is asked for where nothing but 是什么, 有哪些 stands beside it
    (Aspect.HOW_LONG, "效限", r"期限|时限|时效|有效期"),
    (Aspect.HOW_MUCH, "交价免收用缴", r"收费|费用|免费|交费|缴费|价格"),
    (Aspect.WHERE, "址点网", r"地址|地点|网址"),
    (Aspect.WHO, "主享家对", r"主体|对象|享受者|哪家"),
    (Aspect.WHEN, "期止段间", r"日期|时间段|起止时间|时间"),
    (Aspect.WHY, "因", r"原因"),
    (Aspect.CONTACT, "热电码箱编联", r"电话|联系方式|号码|热线|邮箱|邮编"),
    (Aspect.HOW_MANY, "总数量金", r"数量|人数|总数|总额|金额"),
    (Aspect.MATERIALS, "手文材证资", r"材料|资料|证件|手续|文件"),
    (Aspect.CONDITIONS, "条槛资", r"条件|资格|门槛"),
    (Aspect.SCOPE, "范", r"范围"),
    (Aspect.STEPS, "序步流", r"流程|步骤|程序"),
    (Aspect.PURPOSE, "意用目", r"目的|意义|作用"),
    (Aspect.BASIS, "依", r"依据"),
    (Aspect.PRINCIPLE, "则", r"原则"),
    (Aspect.STANDARD, "度标比", r"标准|比例|额度"),
    (Aspect.THEN, "果", r"后果"),
    (Aspect.HOW, "举式施法渠途", r"办法|方式|方法|途径|渠道|措施|举措"),
    (Aspect.WHAT, "内含定思", r"含义|定义|内容|意思"),
)
_IN_GENERAL = (
    (Aspect.HOW, "咋如怎样", r"(?<!会)(?:怎么|怎样|如何|咋)(?!样|处理)"),
    (
        Aspect.MAY,
        "么以会吗否嘛必是没能行要",
        r"能不能|可不可以|能否|是否|可否|行不行|行吗|可以吗|能吗|可以.*[吗么嘛]|能.*[吗么嘛]|有没有|是不是|会不会|要不要"
        r"|必须.*[吗么嘛]|[吗么嘛][?。!]?$",
    ),
    (
        Aspect.WHAT,
        "些什何包哪啥指有",
        r"什么|哪些|哪[几类种项个]|啥|(?<![如为])何(?!时|处|地|人)|指的?是|包括|有什么",
    ),
)
_ROWS = (*_BY_WORD, *_BY_NOUN, *_IN_GENERAL)


@dataclass(frozen=True, kw_only=True)
class _Asking:
    """A row made ready; texts in which none of its characters stands have not its `bit`."""

    aspect: Aspect
    bit: int
    pattern: re.Pattern[str]


_Row: TypeAlias = tuple[Aspect, str, str]
_Table: TypeAlias = tuple[_Asking, ...]


def _compiled(table: tuple[_Row, ...]) -> _Table:
    return tuple(
        _Asking(aspect=row[0], bit=1 << _ROWS.index(row), pattern=re.compile(row[2]))
        for row in table
    )


_WORDS, _NOUNS, _REST = _compiled(_BY_WORD), _compiled(_BY_NOUN), _compiled(_IN_GENERAL)
_BITS = {
    char: sum(1 << place for place, row in enumerate(_ROWS) if char in row[1])
    for char in "".join(needed for _, needed, _ in _ROWS)
}
_TELLING = frozenset(_BITS)
_ANY_NOUN = "|".join(pattern for _, _, pattern in _BY_NOUN)
_NOUN_BITS = sum(noun.bit for noun in _NOUNS)
# The noun that is asked for: before 是什么, behind 哪些, or last.
_BEFORE_ASKING = re.compile(
    rf"({_ANY_NOUN})(?:都|分别|具体)?(?:是|为|有|包括|指|怎么|如何)*(?:什么|哪些|哪[几类种个]|多少|几|啥|怎|如何|何)"
)
_BEHIND_ASKING = re.compile(
    rf"(?:什么|哪些|哪[几类种个]|有何|啥|多少)(?:样的)?[\u4e00-\u9fff]{{0,4}}?({_ANY_NOUN})"
)
_LAST = re.compile(rf"({_ANY_NOUN})(?:呢|吗|都?有|是|包括|要求|规定)*[?。!]?$")


def found(plain: str) -> frozenset[Aspect]:
    """Every aspect that a cleaned text names, asked for or not."""
    return _all((*_WORDS, *_NOUNS, *_REST), plain, _bits(plain))


def asked(plain: str) -> frozenset[Aspect]:
    """What a cleaned text asks for; the general aspects only where there is nothing else."""
    bits = _bits(plain)
    words = _all(_WORDS, plain, bits)
    if words <= {Aspect.HOW_MANY} and (noun := _noun(plain, bits)):
        return noun  # 电话是多少 asks for the telephone
    return words or _all(_NOUNS, plain, bits) & {Aspect.HOW} or _all(_REST, plain, bits)


def _bits(plain: str) -> int:
    """The bits of the rows that may match."""
    bits = 0
    for char in _TELLING.intersection(plain):
        bits |= _BITS[char]
    return bits


def _noun(plain: str, bits: int) -> frozenset[Aspect]:
    if bits & _NOUN_BITS:
        for pattern in (_BEFORE_ASKING, _BEHIND_ASKING, _LAST):
            if stands := pattern.search(plain):
                return _all(_NOUNS, stands.group(1), bits)
    return frozenset()


def _all(table: _Table, plain: str, bits: int) -> frozenset[Aspect]:
    return frozenset([row.aspect for row in table if row.bit & bits and row.pattern.search(plain)])


def differ(question: frozenset[Aspect], wording: frozenset[Aspect]) -> bool:
    """Whether two texts that ask for these ask for different things."""
    if not question or not wording or question & wording:
        return False
    if any(question & akin and wording & akin for akin in _AKIN):
        return False
    if Aspect.MAY in question | wording:
        return False
    if question <= GENERAL:
        return not wording <= GENERAL | _OPEN
    return not (wording <= GENERAL and question <= _OPEN)

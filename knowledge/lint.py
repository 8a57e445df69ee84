"""What is wrong with the knowledge itself, entry by entry; one table of rules.

Reads entries and a date only: where they came from and who corrects them is not known here.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from knowledge.entries import Entry
from knowledge.errors import Problem
from knowledge.spam import spam_in
from knowledge.text import fold

__all__ = ["RULES", "lint", "spam_in"]

FEWEST_WORDINGS = 3  # besides the question; with fewer, everyday speech is not found
LONGEST_FIRST_SENTENCE = 60  # characters: the first sentence is the answer
LONGEST_ANSWER = 1_500  # characters: more is a document, not an answer
OWN_PRACTICE = "本机关"  # issuer of how the body itself works, which no dated document says

_PLACEHOLDER = re.compile(r"【待填[^】\n]{0,40}】?")
_YEAR_REPORT = re.compile(r"(?:19|20)\d{2}年.*报告")  # its title says how old it is
_SENTENCE_END = re.compile(r"[。！？!?\n]")
_MARKUP = re.compile(
    r"</?(?:a|b|i|u|p|br|hr|em|h[1-6]|li|ol|ul|td|th|tr|div|img|font|span|code|table|strong|script)"
    r"\b[^<>]*>"
    r"|&(?:nbsp|amp|lt|gt|quot|ldquo|rdquo|mdash|middot|#x?[0-9a-f]+);"
    r"|\*\*[^*\n]+\*\*|```|!?\[[^\]\n]+\]\([^)\n]+\)"
    r"|^[ \t]*#{1,6}[ \t]|^[ \t]*[-*+][ \t]|^[ \t]*>[ \t]|^\|?[ \t]*:?-{3,}:?[ \t]*\|",
    re.IGNORECASE | re.MULTILINE,
)
# 辽发改办(2017)388号; a court's (2017)辽01行初1号 begins with the bracket and is right.
_WRONG_BRACKETS = re.compile(
    r"([\u4e00-\u9fff]{1,12})\s*[(（\[［【{]\s*((?:19|20)\d{2})\s*[)）\]］】}]\s*(?:第\s*)?(\d{1,5})\s*号"
)


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One thing to look for in an entry; `found` gives a sentence for each find."""

    code: str
    found: Callable[[Entry, date], Iterator[str]]


def lint(entries: Sequence[Entry], *, today: date) -> list[Problem]:
    """Every problem of every entry, in the order of the entries."""
    repeated = _repeated(entries)
    return [
        Problem(file="", line=0, column=0, text=text, code=code, entry_id=entry.id)
        for number, entry in enumerate(entries)
        for code, text in (*_alone(entry, today), *repeated[number])
    ]


def _alone(entry: Entry, today: date) -> Iterator[tuple[str, str]]:
    for rule in RULES:
        for text in rule.found(entry, today):
            yield rule.code, text


def _texts(entry: Entry) -> tuple[str, ...]:
    """Everything a citizen may get to read."""
    source = entry.source
    about = (source.title, source.number, source.article, source.issuer)
    return (*entry.wordings, entry.answer, entry.topic, entry.department, entry.section, *about)


def _placeholders(entry: Entry, today: date) -> Iterator[str]:
    everything = "\n".join((*_texts(entry), entry.source.url))
    for place in dict.fromkeys(_PLACEHOLDER.findall(everything)):
        yield f"{place}还没有填写，请改成真实内容"


def _no_source(entry: Entry, today: date) -> Iterator[str]:
    if not entry.source.title:
        yield "没有写依据，请填写文件或法规的名称"


def _no_issuer(entry: Entry, today: date) -> Iterator[str]:
    if not entry.source.issuer:
        yield "没有写发布机关，请补上"


def _no_date(entry: Entry, today: date) -> Iterator[str]:
    source = entry.source
    undated = source.issuer == OWN_PRACTICE or _YEAR_REPORT.search(source.title)
    if not source.date and not undated:
        yield "没有写依据的发布日期，请补上"


def _few_wordings(entry: Entry, today: date) -> Iterator[str]:
    count = len({fold(text) for text in entry.similar} - {fold(entry.question)})
    if count < FEWEST_WORDINGS:
        yield f"相似问只有 {count} 条，请补到 {FEWEST_WORDINGS} 条以上，写群众会怎么问"


def _long_start(entry: Entry, today: date) -> Iterator[str]:
    length = len(_SENTENCE_END.split(entry.answer, maxsplit=1)[0])
    if length > LONGEST_FIRST_SENTENCE:
        yield (
            f"答案第一句有 {length} 个字，请先用一句不超过 {LONGEST_FIRST_SENTENCE} 个字的话"
            "直接回答，细节放在后面"
        )


def _long_answer(entry: Entry, today: date) -> Iterator[str]:
    if len(entry.answer) > LONGEST_ANSWER:
        yield f"答案有 {len(entry.answer)} 个字，最多 {LONGEST_ANSWER} 个，请精简或拆成几条"


def _markup(entry: Entry, today: date) -> Iterator[str]:
    found = next((mark for text in _texts(entry) if (mark := _MARKUP.search(text))), None)
    if found:
        yield f"留有网页或排版符号“{found[0].strip()[:30]}”，群众会看到这些符号，请改成普通文字"


def _spam(entry: Entry, today: date) -> Iterator[str]:
    found = next((term for text in _texts(entry) if (term := spam_in(text))), None)
    if found:
        yield f"含有垃圾信息“{found}”，内容可能被篡改，请对照原文改正"


def _personal(entry: Entry, today: date) -> Iterator[str]:
    for text in _texts(entry):
        for kind, digits in _personal_numbers(text):
            yield f"含有{kind}{digits[:3]}…{digits[-2:]}，请删除个人信息"


def _review_due(entry: Entry, today: date) -> Iterator[str]:
    if entry.review_by and entry.review_by < today:
        yield f"复核日期 {entry.review_by} 已过，请核对内容是否仍然正确，再更新复核日期"


def _expired(entry: Entry, today: date) -> Iterator[str]:
    if entry.effective_to and entry.effective_to < today:
        yield f"{entry.effective_to} 起已经失效，不再用来回答，请更新或撤下"


def _reversed(entry: Entry, today: date) -> Iterator[str]:
    start, end = entry.effective_from, entry.effective_to
    if start and end and end < start:
        yield f"失效日期 {end} 早于生效日期 {start}，请核对"


def _bad_link(entry: Entry, today: date) -> Iterator[str]:
    url = entry.source.url
    if url and not _is_web_address(url):
        yield f"链接“{url[:60]}”打不开，请填写 http:// 或 https:// 开头的完整网址，没有就留空"


def _is_web_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:  # brackets that are no IPv6 address
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and not re.search(r"\s", url)


def _bad_number(entry: Entry, today: date) -> Iterator[str]:
    for text in _texts(entry):
        for issuer, year, serial in _WRONG_BRACKETS.findall(text):
            right = f"{issuer}〔{year}〕{serial}号"
            yield f"文号的年份要用六角括号，请改成“{right}”"


RULES: tuple[Rule, ...] = (
    Rule(code="placeholder", found=_placeholders),
    Rule(code="no-source", found=_no_source),
    Rule(code="no-issuer", found=_no_issuer),
    Rule(code="no-source-date", found=_no_date),
    Rule(code="few-wordings", found=_few_wordings),
    Rule(code="long-first-sentence", found=_long_start),
    Rule(code="long-answer", found=_long_answer),
    Rule(code="markup", found=_markup),
    Rule(code="spam", found=_spam),
    Rule(code="personal-data", found=_personal),
    Rule(code="review-due", found=_review_due),
    Rule(code="expired", found=_expired),
    Rule(code="dates-reversed", found=_reversed),
    Rule(code="bad-link", found=_bad_link),
    Rule(code="bad-number", found=_bad_number),
)


def _repeated(entries: Sequence[Entry]) -> defaultdict[int, list[tuple[str, str]]]:
    """Wordings that come again, at the later entry: the matcher could not tell the two apart."""
    first: dict[str, tuple[Entry, str]] = {}
    problems: defaultdict[int, list[tuple[str, str]]] = defaultdict(list)
    for number, entry in enumerate(entries):
        for text in entry.wordings:
            key = fold(text) or text
            if key in first:
                problems[number].append(_repetition(text, entry, *first[key]))
            first.setdefault(key, (entry, text))
    return problems


def _repetition(text: str, entry: Entry, other: Entry, other_text: str) -> tuple[str, str]:
    if other is entry:
        return "repeated-wording", f"“{text}”写了两遍，请删去一个"
    if text == entry.question and other_text == other.question:
        return "repeated-question", f"问题与 {other.id} 相同，请合并，或写清两条有什么不同"
    return "repeated-wording", f"“{text}”也在 {other.id} 里，请只留在更贴切的一条"


_ADDRESS = re.compile(r"https?://[!-~]+")  # long numbers in a link name a page, not a person
_ID_CARD = re.compile(r"(?<![0-9A-Za-z])[1-9]\d{5}[ -]?\d{8}[ -]?\d{3}[\dXx](?![0-9A-Za-z])")
_MOBILE = re.compile(r"(?<!\d)(?<!\d-)1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?![ -]?\d)")
_BANK_CARD = re.compile(r"(?<!\d)(?<!\d[ -])[3-6]\d{3}(?:[ -]?\d){12,15}(?![ -]?\d)")
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)  # GB 11643


def _personal_numbers(text: str) -> Iterator[tuple[str, str]]:
    """Numbers that name a person, as kind and digits; hotlines and project codes are none."""
    plain = _ADDRESS.sub(" ", unicodedata.normalize("NFKC", text))
    for kind, pattern, holds in (
        ("身份证号", _ID_CARD, _is_id_card),
        ("手机号", _MOBILE, bool),
        ("银行卡号", _BANK_CARD, _is_bank_card),
    ):
        for found in pattern.findall(plain):
            digits = found.replace(" ", "").replace("-", "").upper()
            if holds(digits):
                yield kind, digits


def _is_id_card(digits: str) -> bool:
    try:
        date.fromisoformat(f"{digits[6:10]}-{digits[10:12]}-{digits[12:14]}")
    except ValueError:  # the birthday is no day
        return False
    total = sum(int(digit) * weight for digit, weight in zip(digits, _ID_WEIGHTS, strict=False))
    return "10X98765432"[total % 11] == digits[17]


def _is_bank_card(digits: str) -> bool:
    """Luhn: every second digit from the right counts double, its digits added."""
    doubled = (sum(divmod(2 * int(digit), 10)) for digit in digits[-2::-2])
    total = sum(doubled) + sum(map(int, digits[-1::-2]))
    return total % 10 == 0 and not (len(digits) == 18 and _is_id_card(digits))

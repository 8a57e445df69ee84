"""Whether what was written fits its field: phone, mailbox, name, text. Pure functions.

Each returns the value in the one form in which it is kept, or raises `BadInput` with a sentence.
"""

import re
import unicodedata

from handlers import form_texts as texts
from handlers.forms import BadInput

LONGEST_NAME = 60
LONGEST_TEXT = 2000

_MOBILE = re.compile(r"(?:\+?86)?(1[3-9]\d{9})")
_LANDLINE = re.compile(r"(010|02\d|0[3-9]\d{2})(\d{7,8})")  # large cities have short area codes
_MAILBOX = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")


def plain(text: str) -> str:
    """Half width, one space between words, nothing that no keyboard types."""
    narrow = unicodedata.normalize("NFKC", text)
    kept = (" " if c in "\n\r\t" else c for c in narrow if c in "\n\r\t" or c.isprintable())
    return " ".join("".join(kept).split())


def phone(text: str) -> str:
    """A mobile number (11 digits) or a landline with its area code."""
    digits = re.sub(r"[\s\-()]", "", plain(text))
    if match := _MOBILE.fullmatch(digits):
        return match[1]
    if match := _LANDLINE.fullmatch(digits):
        return f"{match[1]}-{match[2]}"
    raise BadInput(texts.BAD_PHONE)


def phone_or_mailbox(text: str) -> str:
    """Either way of reaching somebody."""
    written = plain(text)
    if "@" in written:
        return mailbox(written)
    return phone(written)


def mailbox(text: str) -> str:
    """An e-mail address."""
    written = plain(text).replace(" ", "").replace("。", ".")
    if not _MAILBOX.fullmatch(written):
        raise BadInput(texts.BAD_MAILBOX)
    return written


def name(text: str) -> str:
    """The name of a person or a body: two characters or more, not a number."""
    written = plain(text)
    if not 2 <= len(written) <= LONGEST_NAME or not re.search(r"[^\W\d_]", written):
        raise BadInput(texts.BAD_NAME)
    return written


def address(text: str) -> str:
    """Where a letter arrives."""
    written = plain(text)
    if len(written) < 6:
        raise BadInput(texts.BAD_ADDRESS)
    return written[:200]


def wanted(text: str) -> str:
    """What information is wanted: enough of it to look for (条例 第二十九条: 名称、文号或者便于
    行政机关查询的其他特征性描述)."""
    return described(text, shortest=4, too_short=texts.SAY_WHICH)


def story(text: str) -> str:
    """What happened."""
    return described(text, shortest=4, too_short=texts.SAY_MORE)


def described(text: str, *, shortest: int, too_short: str) -> str:
    """A text of some length, line breaks kept."""
    lines = [plain(line) for line in text.splitlines()]
    written = "\n".join(line for line in lines if line)
    if sum(c.isalnum() for c in written) < shortest:
        raise BadInput(too_short)
    if len(written) > LONGEST_TEXT:
        raise BadInput(texts.too_long(LONGEST_TEXT, len(written)))
    return written

"""Whether what was written fits its field: phone, mailbox, name, text. Pure functions.

Each returns the value in the one form in which it is kept, or raises `BadInput` with a sentence.
"""

import re
import unicodedata

from handlers import form_texts as texts
from handlers.forms import BadInput

LONGEST_NAME = 60
LONGEST_ADDRESS = 200
LONGEST_TEXT = 2000

_MOBILE = re.compile(r"(?:(?:\+|00)?86)?(1[3-9]\d{9})")
_LANDLINE = re.compile(  # large cities have short area codes
    r"(?:(?:\+|00)?86-?)?(010|02\d|0[3-9]\d{2})-?(\d{3,4})-?(\d{4})"
    r"(?:(?:转|分机|ext\.?|[-#])(\d{1,6}))?",
    re.IGNORECASE,
)
_ABROAD = re.compile(r"(?:\+|00)([1-9]\d{7,14})")  # E.164: 15 digits at most, with the country's
_MAILBOX = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_ASKING = re.compile(r"[?？]|什么时候|多久|多少钱|怎么|[吗呢]$")  # a question, not a name


def plain(text: str) -> str:
    """Half width, one space between words, nothing that no keyboard types."""
    return as_written(unicodedata.normalize("NFKC", text))


def as_written(text: str) -> str:
    """The same characters, one space between words, without what cannot be seen."""
    return " ".join("".join(c for c in text if c.isspace() or c.isprintable()).split())


def phone(text: str) -> str:
    """A mobile (11 digits), a landline with its area code and perhaps an extension, or a number
    abroad with + and its country."""
    dialled = re.sub(r"[\s()]", "", plain(text))
    bare = dialled.replace("-", "")
    if match := _MOBILE.fullmatch(bare):
        return match[1]
    if match := _LANDLINE.fullmatch(dialled):
        extension = f"转{match[4]}" if match[4] else ""
        return f"{match[1]}-{match[2]}{match[3]}{extension}"
    if match := _ABROAD.fullmatch(bare):
        return f"+{match[1]}"
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
    written = as_written(text)
    named = re.search(r"[^\W\d_]", written) and not _ASKING.search(written)
    if not 2 <= len(written) <= LONGEST_NAME or not named:
        raise BadInput(texts.BAD_NAME)
    return written


def address(text: str) -> str:
    """Where a letter arrives."""
    written = as_written(text)
    if len(written) < 6 or _ASKING.search(written):
        raise BadInput(texts.BAD_ADDRESS)
    if len(written) > LONGEST_ADDRESS:
        raise BadInput(texts.too_long(LONGEST_ADDRESS, len(written)))
    return written


def wanted(text: str) -> str:
    """What information is wanted: enough of it to look for (条例 第二十九条: 名称、文号或者便于
    行政机关查询的其他特征性描述)."""
    return described(text, shortest=4, too_short=texts.SAY_WHICH)


def story(text: str) -> str:
    """What happened."""
    return described(text, shortest=4, too_short=texts.SAY_MORE)


def described(text: str, *, shortest: int, too_short: str) -> str:
    """A text of some length, line breaks kept; people's own words are not rewritten."""
    lines = [as_written(line) for line in text.splitlines()]
    written = "\n".join(line for line in lines if line)
    if sum(c.isalnum() for c in written) < shortest:
        raise BadInput(too_short)
    if len(written) > LONGEST_TEXT:
        raise BadInput(texts.too_long(LONGEST_TEXT, len(written)))
    return written

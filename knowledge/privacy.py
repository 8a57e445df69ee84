"""Personal numbers in a text: found, and made unreadable before anything is stored.

Only numbers that name a person: ID card, mobile phone, bank card, e-mail address. Names and
addresses are part of what people ask about and cannot be told from it.
"""

import re

_ID_CARD = re.compile(
    r"(?<![0-9])([1-9]\d{5})"
    r"((?:19|20)\d{2}[01]\d[0-3]\d\d{3}|\d{2}[01]\d[0-3]\d\d{2})([0-9Xx])(?![0-9Xx])"
)
_MOBILE = re.compile(r"(?<![0-9])((?:\+?86[- ]?)?1[3-9]\d)[- ]?(\d{4})[- ]?(\d{4})(?![0-9])")
_CARD = re.compile(r"(?<![0-9])(\d{4})[ -]?\d{4}[ -]?\d{4}[ -]?(?:\d{4}[ -]?)?(\d{3,4})(?![0-9])")
_EMAIL = re.compile(r"([A-Za-z0-9])[A-Za-z0-9._%+-]*(@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)")
# Full-width digits are digits; the text itself keeps its form.
_HALF_WIDTH = {0xFEE0 + ord(char): char for char in "0123456789Xx@.+-"}


def mask(text: str) -> str:
    """The text with ID card, mobile, bank card numbers and mailboxes made unreadable.

    Masking twice changes nothing. Receipt numbers, document numbers and hotlines stay.
    """
    narrow = text.translate(_HALF_WIDTH)
    hidden = _EMAIL.sub(r"\1***\2", narrow)
    hidden = _ID_CARD.sub(lambda m: m[1][:3] + "*" * 11 + "****", hidden)
    hidden = _MOBILE.sub(r"\1****\3", hidden)
    hidden = _CARD.sub(r"\1****\2", hidden)
    return text if hidden == narrow else hidden


def has_personal_number(text: str) -> bool:
    """Whether `mask` would change anything."""
    return mask(text) != text

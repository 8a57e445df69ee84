"""Receipt numbers: year, serial, check digit, e.g. 2026-000123-8.

The check digit follows H. Michael Damm, "Total anti-symmetrische Quasigruppen", Marburg 2004: it
catches every single wrong digit and every swap of two neighbours, the slips people make when they
copy a number.
"""

import re
from unicodedata import category, normalize

from petitions.errors import WrongCheckDigit, WrongNumber

_TABLE = (
    (0, 3, 1, 7, 5, 9, 8, 6, 4, 2),
    (7, 0, 9, 2, 1, 5, 4, 8, 6, 3),
    (4, 2, 0, 6, 8, 7, 1, 3, 5, 9),
    (1, 7, 5, 0, 9, 8, 3, 4, 2, 6),
    (6, 1, 2, 3, 0, 4, 5, 9, 7, 8),
    (3, 6, 7, 4, 2, 0, 9, 5, 8, 1),
    (5, 8, 6, 9, 7, 2, 0, 1, 3, 4),
    (8, 9, 4, 5, 3, 6, 2, 0, 1, 7),
    (9, 4, 3, 8, 6, 1, 7, 2, 0, 5),
    (2, 5, 8, 1, 4, 3, 6, 7, 9, 0),
)
_CORE = re.compile(r"[0-9].*[0-9]", re.DOTALL)
_NUMBER = re.compile(r"([0-9]{4})([0-9]{6}|[1-9][0-9]{6,8})([0-9])")


def check_digit(digits: str) -> int:
    """The digit to append; 0 for digits that already end in theirs."""
    interim = 0
    for digit in digits:
        interim = _TABLE[interim][int(digit)]
    return interim


def make_number(year: int, serial: int) -> str:
    """The receipt number of the serial-th case of a year."""
    body = f"{year:04d}{serial:06d}"
    return f"{body[:4]}-{body[4:]}-{check_digit(body)}"


def is_ours(text: str) -> tuple[int, int] | None:
    """Year and serial of a number that `make_number` could have given; None for any other."""
    found = _NUMBER.fullmatch(text.replace("-", ""))
    if not found or check_digit("".join(found.groups())) or "-".join(found.groups()) != text:
        return None
    return int(found[1]), int(found[2])


def parse_number(text: str) -> str:
    """A number as people write it, in the form that `make_number` gives.

    Full-width digits, any dashes or none, spaces, and what stands before and after do not matter.
    """
    core = _CORE.search(normalize("NFKC", text))
    digits = "".join(char for char in core[0] if not _is_filling(char)) if core else ""
    found = _NUMBER.fullmatch(digits)
    if not found:
        raise WrongNumber
    if check_digit(digits):
        raise WrongCheckDigit
    return "-".join(found.groups())


def _is_filling(char: str) -> bool:
    """Dashes, spaces and invisible characters, which people put between the digits."""
    return char in "−_~" or category(char) in ("Pd", "Zs", "Cc", "Cf")

"""Who is spoken of: courts, schools, firms, other countries, each under its several names.

「法院的失信名单」 and 「失信名单」 share nearly every word, and yet one is the court's business. A
question that names a party of which an entry says nothing at all is not answered by it.
"""

import re
from functools import cache, lru_cache

from knowledge import wordlists


def named(plain: str) -> frozenset[str]:
    """The parties that a cleaned text names, each by the first of its names."""
    return frozenset(_first()[match.lastgroup or ""] for match in _any().finditer(plain))


def is_named(party: str, plain: str) -> bool:
    """Whether a text names this party by any of its names."""
    return bool(_pattern(party).search(plain))


@lru_cache(maxsize=1)
def _groups() -> dict[str, str]:
    """The first name of each party, and a pattern for all of its names."""
    lines = (line.split() for line in wordlists.lines("parties.txt"))
    return {names[0]: "|".join(sorted(names, key=len, reverse=True)) for names in lines}


@lru_cache(maxsize=1)
def _first() -> dict[str, str]:
    return {f"p{number}": name for number, name in enumerate(_groups())}


@lru_cache(maxsize=1)
def _any() -> re.Pattern[str]:
    """All parties; that a name must begin with one of few characters is told first, as it takes
    long to try every name at every place."""
    patterns = [*zip(_first(), _groups().values(), strict=True)]
    starts = "".join({re.escape(name[0]) for _, names in patterns for name in names.split("|")})
    groups = "|".join(f"(?P<{number}>{names})" for number, names in patterns)
    return re.compile(f"(?=[{starts}])(?:{groups})")


@cache
def _pattern(party: str) -> re.Pattern[str]:
    return re.compile(_groups()[party])

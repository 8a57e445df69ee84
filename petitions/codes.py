"""Query codes: the secret that lets somebody other than the owner see a case.

Made here, compared here, and how often one may guess is decided here. Only the hash of a code is
ever stored.
"""

import math
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from unicodedata import category, normalize

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

# No 0 O, no 1 I L; of 2 Z, 5 S, 6 G, 8 B and V U only the first, which then stands for both.
# 26 characters in 8 places are 38 bits, far more than the limits below let anyone try.
ALPHABET = "23456789ACDEFHJKMNPQRTVWXY"
_LOOKALIKES = str.maketrans("ZSBUG", "258V6")
_LENGTH = 8

WINDOW = timedelta(minutes=60)
PER_NUMBER = 5  # wrong codes for one number
PER_PERSON = 10  # wrong codes by one person, whatever the numbers

# Argon2id; about 10 ms. Less than for passwords: a code is random, not chosen, and its 38 bits at
# this price are decades of computing, while twenty cases a second have to be registered.
_HASHER = PasswordHasher(time_cost=2, memory_cost=8192, parallelism=1)
# Of a code nobody has: compared with where there is no case, so that it takes as long as with one.
NOBODYS_HASH = (
    "$argon2id$v=19$m=8192,t=2,p=1$r7eJopFnZIL9uAPZOSPvFg"
    "$h+7l2jvlkcJ5t+jX4dbzVECGv8WdRnl4dRaoiU9t/+4"
)


def new_code(choice: Callable[[str], str] = secrets.choice) -> str:
    """A fresh code like 7K3M-XQ9F; `choice` picks a character."""
    code = "".join(choice(ALPHABET) for _ in range(_LENGTH))
    return f"{code[:4]}-{code[4:]}"


@dataclass(frozen=True, kw_only=True)
class NewCode:
    """A code of a case that is yet to be registered."""

    code: str
    hash: str


def normalise_code(text: str) -> str:
    """A code as people write it, without separators, look-alikes resolved; any text is accepted."""
    upper = normalize("NFKC", text).upper()
    kept = "".join(char for char in upper if category(char)[0] in "LN")
    return kept[: _LENGTH + 1].translate(_LOOKALIKES)


def hash_code(code: str) -> str:
    """What is stored of a code."""
    return _HASHER.hash(normalise_code(code))


def matches(code: str, stored: str | None) -> bool:
    """Whether this is the code; as slow without a stored hash, when it never is."""
    try:
        _HASHER.verify(stored or NOBODYS_HASH, normalise_code(code))
    except VerifyMismatchError:
        return False
    return stored is not None


@dataclass(frozen=True, kw_only=True)
class WrongCodes:
    """When wrong codes were given for one number, and by one person."""

    for_number: tuple[datetime, ...] = ()
    by_person: tuple[datetime, ...] = ()

    def wait(self, now: datetime) -> int:
        """Whole minutes until another try is allowed; 0 if it is."""
        waits = (
            _wait(self.for_number, PER_NUMBER, now),
            _wait(self.by_person, PER_PERSON, now),
        )
        return math.ceil(max(waits) / timedelta(minutes=1))


def _wait(wrong: Sequence[datetime], limit: int, now: datetime) -> timedelta:
    counting = sorted((at for at in wrong if at > now - WINDOW), reverse=True)
    if len(counting) < limit:
        return timedelta(0)
    return counting[limit - 1] + WINDOW - now

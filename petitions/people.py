"""Who works here: users, their passwords, who stands in for whom."""

import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cache
from math import ceil
from typing import Protocol

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

from petitions.actor import Actor
from petitions.errors import LockedOut, Missing, NameTaken, NotNow, UnknownUser, WrongPassword
from petitions.words import Role

SHORTEST_PASSWORD = 10
WRONG_ALLOWED = 5
LOCKED_FOR = timedelta(minutes=15)

# Argon2id as the library recommends (RFC 9106, low memory): about 50 ms.
_HASHER = PasswordHasher()


@dataclass(frozen=True, kw_only=True)
class User:
    """Somebody who signs in."""

    id: str
    name: str
    role: Role
    department: str
    telegram: str | None = None  # Telegram's id
    active: bool = True
    deputy: str = ""  # id of who stands in
    absent: bool = False


@dataclass(frozen=True, kw_only=True)
class Power:
    """An item of the power list 权责清单: what a department is there for."""

    department: str
    item: str
    keywords: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class SignIn:
    """A day of duty; without a time, the rota's word only."""

    date: date
    officer: str  # name
    signed_in_at: datetime | None = None


class PeopleStore(Protocol):
    """Where users are kept."""

    def lock(self) -> None: ...
    def add_user(self, user: User, password_hash: str | None, at: datetime) -> None: ...
    def save_user(self, user: User) -> None: ...
    def set_password(self, user_id: str, password_hash: str) -> None: ...
    def password_hash(self, user_id: str) -> str | None: ...
    def user(self, user_id: str) -> User | None: ...
    def user_named(self, name: str) -> User | None: ...
    def user_of_telegram(self, telegram: str) -> User | None: ...
    def users(self) -> tuple[User, ...]: ...
    def wrong_passwords(self, name: str, *, since: datetime) -> tuple[datetime, ...]: ...
    def add_wrong_password(self, name: str, *, at: datetime) -> None: ...
    def forget_wrong_passwords(self, name: str) -> None: ...


class People:
    """Users. Every method runs inside the caller's transaction, if there is one."""

    def __init__(self, store: PeopleStore) -> None:
        self._store = store

    def add(
        self,
        name: str,
        *,
        role: Role,
        department: str,
        at: datetime,
        telegram: str | None = None,
        password: str | None = None,
    ) -> User:
        """A new user; without a password they use Telegram only."""
        if not name.strip() or not department.strip():
            raise Missing("姓名或者处室")
        user = User(
            id=f"u{secrets.token_hex(4)}",
            name=name.strip(),
            role=role,
            department=department.strip(),
            telegram=telegram,
        )
        self._check_free(user)
        self._store.add_user(user, hashed(password) if password else None, at)
        return user

    def _check_free(self, user: User) -> None:
        known = self._store.user_named(user.name)
        if known and known.id != user.id:
            raise NameTaken(user.name)
        other = self._store.user_of_telegram(user.telegram) if user.telegram else None
        if other and other.id != user.id:
            raise NotNow(f"这个 Telegram 账号已经属于{other.name}。")

    def change(self, user: User) -> User:
        """Keep what was changed in a record of a user."""
        self._check_free(user)
        self._store.save_user(user)
        return user

    def disable(self, name: str) -> User:
        """They do not work here any more; what they did stays under their name."""
        return self.change(replace(self.named(name), active=False, telegram=None))

    def set_password(self, name: str, password: str) -> None:
        """A new password; wrong ones are forgotten."""
        self._store.set_password(self.named(name).id, hashed(password))
        self._store.forget_wrong_passwords(name)

    def password_stamp(self, user_id: str) -> str:
        """Changes with every new password, tells nothing of it; "" without one."""
        stored = self._store.password_hash(user_id)
        return hashlib.sha256(stored.encode()).hexdigest() if stored else ""

    def named(self, name: str) -> User:
        """The user of that name."""
        found = self._store.user_named(name.strip())
        if found is None:
            raise UnknownUser(name)
        return found

    def user(self, user_id: str) -> User | None:
        """An active user by id; None if there is none."""
        found = self._store.user(user_id)
        return found if found and found.active else None

    def of_telegram(self, telegram: str) -> User | None:
        """An active user by Telegram's id; None if there is none."""
        found = self._store.user_of_telegram(telegram)
        return found if found and found.active else None

    def all(self) -> tuple[User, ...]:
        """Every user, also those who left."""
        return self._store.users()

    def departments(self) -> tuple[str, ...]:
        """Every department somebody works in."""
        return tuple(dict.fromkeys(user.department for user in self.all() if user.active))

    def supervisors(self, department: str = "") -> tuple[User, ...]:
        """Who chases what is late: those of the department, else all of them."""
        chasing = [user for user in self.all() if user.active and user.role is Role.SUPERVISOR]
        return tuple(user for user in chasing if user.department == department) or tuple(chasing)

    def actor(self, user: User) -> Actor:
        """Somebody who is signed in, as use cases take them."""
        absent = (one for one in self.all() if one.absent and one.deputy == user.id)
        return Actor(
            id=user.id,
            name=user.name,
            role=user.role,
            department=user.department,
            acts_for=frozenset(one.id for one in absent),
        )

    def sign_in(self, name: str, password: str, now: datetime) -> User:
        """The user with this password; LockedOut after five wrong ones for a quarter of an hour.

        As `PetitionDesk.status`: the caller's transaction has to be committed after
        `WrongPassword`, too. Nothing tells a wrong password from a name nobody has.
        """
        name = name.strip()
        wrong = self._store.wrong_passwords(name, since=now - LOCKED_FOR)
        if len(wrong) >= WRONG_ALLOWED:
            left = sorted(wrong)[-WRONG_ALLOWED] + LOCKED_FOR - now
            raise LockedOut(ceil(left / timedelta(minutes=1)))
        user = self._store.user_named(name)
        stored = self._store.password_hash(user.id) if user and user.active else None
        if user is None or not _verified(stored, password):
            self._store.add_wrong_password(name, at=now)
            raise WrongPassword
        self._store.forget_wrong_passwords(name)
        return user


def hashed(password: str) -> str:
    """What is stored of a password."""
    if len(password) < SHORTEST_PASSWORD:
        raise NotNow(f"密码至少要有{SHORTEST_PASSWORD}个字符。")
    return _HASHER.hash(password)


@cache
def _nobodys() -> str:
    """Of a password nobody has: compared where there is no such user, so that it takes as long.

    Made when it is first needed: few commands sign anybody in.
    """
    return _HASHER.hash(secrets.token_hex(16))


def _verified(stored: str | None, password: str) -> bool:
    try:
        _HASHER.verify(stored or _nobodys(), password)
    except VerifyMismatchError:
        return False
    return stored is not None


def names(users: Iterable[User]) -> str:
    """Their names in a sentence."""
    return "、".join(user.name for user in users)

"""Users, the power list, who reads what, reminders given, duty."""

import json
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlite_utils import Database

from petitions.people import Power, SignIn, User
from petitions.store.base import Rows, read_time, utc, utc_or_none
from petitions.words import Role

_USERS = "SELECT id, name, role, department, telegram, active, deputy, absent FROM users "


class PeopleRows(Rows):
    """People."""

    def __init__(self, db: Database) -> None:
        super().__init__(db)
        self._users: dict[str, User] = {}  # as they were at the stamp
        self._users_stamp: int | None = None

    def add_user(self, user: User, password_hash: str | None, at: datetime) -> None:
        """Keep a new user."""
        self._db.execute(
            "INSERT INTO users (id, name, role, department, telegram, password_hash, active, "
            "deputy, absent, last_assigned, created_at) VALUES (:id, :name, :role, :department, "
            ":telegram, :password_hash, :active, :deputy, :absent, '', :at)",
            {**_user_values(user), "password_hash": password_hash, "at": utc(at)},
        )

    def save_user(self, user: User) -> None:
        """Everything but the password."""
        self._db.execute(
            "UPDATE users SET name = :name, role = :role, department = :department, "
            "telegram = :telegram, active = :active, deputy = :deputy, absent = :absent "
            "WHERE id = :id",
            _user_values(user),
        )

    def set_password(self, user_id: str, password_hash: str) -> None:
        """A new password."""
        self._db.execute(
            "UPDATE users SET password_hash = :hash WHERE id = :id",
            {"id": user_id, "hash": password_hash},
        )

    def password_hash(self, user_id: str) -> str | None:
        """The hash of a user's password; None without one."""
        rows = self._read("SELECT password_hash FROM users WHERE id = :id", {"id": user_id})
        return next((row["password_hash"] for row in rows), None)

    def user(self, user_id: str) -> User | None:
        """A user by id."""
        return self._everybody().get(user_id)

    def user_named(self, name: str) -> User | None:
        """A user by name."""
        return self._one("name = :value", name)

    def user_of_telegram(self, telegram: str) -> User | None:
        """A user by Telegram's id."""
        return self._one("telegram = :value", telegram)

    def _one(self, where: str, value: str) -> User | None:
        return next(map(_user, self._read(f"{_USERS} WHERE {where}", {"value": value})), None)

    def users(self) -> tuple[User, ...]:
        """Every user, by department and name."""
        return tuple(self._everybody().values())

    def _everybody(self) -> dict[str, User]:
        """Every user by id, in the order of `users`; read again when somebody changed."""
        (stamp,) = self._db.conn.execute("SELECT value FROM stamps WHERE name = 'users'").fetchone()
        if stamp != self._users_stamp:
            users = map(_user, self._read(_USERS + "ORDER BY department, name"))
            self._users = {user.id: user for user in users}
            self._users_stamp = stamp
        return self._users

    def officers(self, department: str) -> tuple[tuple[User, int, str], ...]:
        """The present staff of a department, how many open cases each has, when the last came."""
        rows = self._read(
            "SELECT id, name, role, department, telegram, active, deputy, absent, last_assigned, "
            "(SELECT count(*) FROM case_facts WHERE officer = users.id AND open = 1) AS held "
            "FROM users WHERE department = :department AND role = 'staff' AND active = 1 "
            "AND absent = 0 ORDER BY name",
            {"department": department},
        )
        return tuple((_user(row), row.pop("held"), row.pop("last_assigned")) for row in rows)

    def assigned(self, user_id: str, at: datetime) -> None:
        """A case was assigned to this user."""
        self._db.execute(
            "UPDATE users SET last_assigned = :at WHERE id = :id", {"id": user_id, "at": utc(at)}
        )

    def hold(self, number: str, by: str, who: str, *, until: datetime) -> None:
        """Somebody has a case open on the screen."""
        self._db.execute(
            "INSERT INTO case_locks (number, by, who, until) VALUES (:number, :by, :who, :until) "
            "ON CONFLICT (number) DO UPDATE SET by = excluded.by, who = excluded.who, "
            "until = excluded.until",
            {"number": number, "by": by, "who": who, "until": utc(until)},
        )

    def holder(self, number: str, now: datetime) -> tuple[str, str, datetime] | None:
        """Id and name of who has a case open, and until when that counts."""
        rows = self._read(
            "SELECT by, who, until FROM case_locks WHERE number = :number AND until > :now",
            {"number": number, "now": utc(now)},
        )
        return next(
            ((row["by"], row["who"], datetime.fromisoformat(row["until"])) for row in rows), None
        )

    def let_go(self, number: str, by: str) -> None:
        """They closed it."""
        self._db.execute(
            "DELETE FROM case_locks WHERE number = :number AND by = :by",
            {"number": number, "by": by},
        )

    def remind_once(self, number: str, due: date, point: str, at: datetime) -> bool:
        """Note a reminder; False if it was given before."""
        rows = self._db.query(
            "INSERT INTO reminders (number, due, point, at) VALUES (:number, :due, :point, :at) "
            "ON CONFLICT (number, due, point) DO NOTHING RETURNING number",
            {"number": number, "due": due.isoformat(), "point": point, "at": utc(at)},
        )
        return any(True for _ in rows)

    def powers(self) -> tuple[Power, ...]:
        """The power list."""
        rows = self._read("SELECT department, item, keywords FROM powers ORDER BY department, item")
        return tuple(
            Power(
                department=row["department"],
                item=row["item"],
                keywords=tuple(json.loads(row["keywords"])),
            )
            for row in rows
        )

    def save_powers(self, powers: Iterable[Power]) -> None:
        """Put a power list in place of the one before."""
        self._db.execute("DELETE FROM powers")
        self._db.conn.executemany(
            "INSERT INTO powers (id, department, item, keywords) VALUES (?, ?, ?, ?)",
            [
                (f"{n:06d}", one.department, one.item, json.dumps(one.keywords, ensure_ascii=False))
                for n, one in enumerate(powers)
            ],
        )

    def save_duty(self, entry: SignIn) -> None:
        """A day of the rota, or a sign-in; the first sign-in of a day stays."""
        self._db.execute(
            "INSERT INTO duty (date, officer, signed_in_at) VALUES (:date, :officer, :at) "
            "ON CONFLICT (date, officer) DO UPDATE SET "
            "signed_in_at = coalesce(duty.signed_in_at, excluded.signed_in_at)",
            {
                "date": entry.date.isoformat(),
                "officer": entry.officer,
                "at": utc_or_none(entry.signed_in_at),
            },
        )

    def duty(self, since: date, until: date) -> tuple[SignIn, ...]:
        """Rota and sign-ins of a period."""
        rows = self._read(
            "SELECT date, officer, signed_in_at FROM duty WHERE date BETWEEN :since AND :until "
            "ORDER BY date, officer",
            {"since": since.isoformat(), "until": until.isoformat()},
        )
        return tuple(
            SignIn(
                date=date.fromisoformat(row["date"]),
                officer=row["officer"],
                signed_in_at=read_time(row["signed_in_at"]),
            )
            for row in rows
        )


def _user_values(user: User) -> dict[str, Any]:
    return {
        **vars(user),
        "role": user.role.value,
        "active": int(user.active),
        "absent": int(user.absent),
    }


def _user(row: dict[str, Any]) -> User:
    return User(
        id=row["id"],
        name=row["name"],
        role=Role(row["role"]),
        department=row["department"],
        telegram=row["telegram"],
        active=bool(row["active"]),
        deputy=row["deputy"],
        absent=bool(row["absent"]),
    )

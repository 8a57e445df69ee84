"""The back of the desk: what its pages work with. Synchronous; runs in the mailroom's thread."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TypeVar

from bot.config import Settings
from bot.store import Files
from bot.web.desk import texts
from bot.web.desk.kept import Kept, digest
from bot.web.desk.sessions import Session, Sessions
from bot.web.desk.store import DeskStore, Read
from bot.web.errors import Problem
from bot.web.limits import Monotonic
from handlers.services import Services
from petitions import Actor, LockedOut, Page, Suggestion, User, WrongPassword
from reports.replies import Office

T = TypeVar("T")
_FIGURES = 1  # seconds that a figure may be old
_ADVICE = 60  # seconds


class SignedOut(Exception):
    """Nobody is signed in, or no longer."""


@dataclass(frozen=True, kw_only=True)
class DeskParts:
    """What the program gives to the desk."""

    services: Services
    store: DeskStore
    files: Files


@dataclass(frozen=True, kw_only=True)
class Seat:
    """Somebody at the desk, for one request."""

    user: User
    actor: Actor
    session: Session
    form_token: str
    now: datetime
    today: date
    acted: float | None  # when they last changed something; on the clock of what is kept


class Room:
    """Everything behind the pages."""

    def __init__(
        self, parts: DeskParts, *, settings: Settings, secret: str, monotonic: Monotonic
    ) -> None:
        self.services = parts.services
        self.desk = parts.services.desk
        self.store = parts.store
        self.files = parts.files
        self.office = Office(
            name=settings.office_name,
            reconsideration=settings.reconsideration_body,
            court=settings.court,
            reopen_days=parts.services.desk.policy.reopen_days,
        )
        self.sessions = Sessions(
            parts.store,
            secret=secret,
            idle=timedelta(minutes=settings.desk_idle_minutes),
            longest=timedelta(hours=settings.desk_session_hours),
        )
        self._monotonic = monotonic
        self._acted: dict[str, float] = {}
        self.totals: Kept[Page] = Kept(longest=_FIGURES, now=monotonic)  # pages without rows
        # Advice: which entries, departments and past cases a text calls for.
        self.matches: Kept[tuple[str, ...]] = Kept(longest=_ADVICE, now=monotonic)  # ids
        self.departments: Kept[tuple[Suggestion, ...]] = Kept(longest=_ADVICE, now=monotonic)
        self.alike: Kept[tuple[tuple[str, float], ...]] = Kept(longest=_ADVICE, now=monotonic)

    def seat(self, token: str, *, used: bool = True) -> Seat:
        """Whoever holds this token; raises SignedOut."""
        now = self.services.clock()
        with self.store.atomic():
            session = self.sessions.read(token, now, used=used)
            user = self._user(session) if session else None
        if session is None or user is None:
            raise SignedOut
        return Seat(
            user=user,
            actor=self.desk.people.actor(user),
            session=session,
            form_token=self.sessions.form_token(session),
            now=now,
            today=self.local_day(now),
            acted=self._acted.get(user.id),
        )

    def _user(self, session: Session) -> User | None:
        """Whose session it is, if they are still here and have the password it began with."""
        people = self.desk.people
        same = people.password_stamp(session.user_id) == session.stamp
        return people.user(session.user_id) if same else None

    def seated(self, token: str, call: Callable[[Seat], T], *, used: bool = True) -> T:
        """What a signed-in person asked for."""
        return call(self.seat(token, used=used))

    def posted(
        self, token: str, form_token: str, call: Callable[[Seat], T], *, used: bool = True
    ) -> T:
        """The same for a form: only one that was made for this session counts."""
        seat = self.seat(token, used=used)
        if not self.sessions.is_form_token(seat.session, form_token):
            raise Problem(403, "bad_form", texts.BAD_FORM)
        try:
            return call(self._acting(seat) if used else seat)
        finally:
            if used:
                self._acting(seat)

    def _acting(self, seat: Seat) -> Seat:
        """The same, who sees no figure from before this moment."""
        now = self._acted[seat.user.id] = self._monotonic()
        return replace(seat, acted=now)

    def suggested(self, text: str) -> tuple[Suggestion, ...]:
        """Departments for a text."""
        return self.departments.get(digest(text), lambda: self.desk.routing.suggest(text))

    def sign_in(self, name: str, password: str) -> str:
        """A new session's token; WrongPassword and LockedOut are raised after they were counted."""
        now = self.services.clock()
        with self.store.atomic():
            try:
                user = self.desk.people.sign_in(name, password, now)
            except (WrongPassword, LockedOut) as exc:
                refusal = exc
            else:
                stamp = self.desk.people.password_stamp(user.id)
                return self.sessions.begin(user.id, stamp, now)
        raise refusal

    def sign_out(self, seat: Seat) -> None:
        """This browser only."""
        with self.store.atomic():
            self.sessions.end(seat.session)

    def change_password(self, seat: Seat, old: str, new: str) -> None:
        """A new password; every other browser is signed out."""
        with self.store.atomic():
            try:
                self.desk.people.sign_in(seat.user.name, old, seat.now)
            except (WrongPassword, LockedOut) as exc:
                refusal = exc
            else:
                self.desk.people.set_password(seat.user.name, new)
                stamp = self.desk.people.password_stamp(seat.user.id)
                self.sessions.end_others(seat.session, stamp)
                return
        raise refusal

    def is_empty(self) -> bool:
        """Whether nobody can sign in yet."""
        return not any(user.active for user in self.desk.people.all())

    def local_day(self, at: datetime) -> date:
        """The day of a moment here."""
        return at.astimezone(self.services.zone).date()

    def log_read(self, seat: Seat, number: str, what: str) -> None:
        """Write down that somebody looked at personal data."""
        with self.store.atomic():
            self.store.log_read(
                Read(
                    at=seat.now,
                    user_id=seat.user.id,
                    who=seat.user.name,
                    number=number,
                    what=what,
                )
            )

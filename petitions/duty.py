"""Being on duty 值守: the rota, and who signed in when."""

from collections.abc import Iterable
from datetime import date, datetime

from petitions.actor import Actor
from petitions.casebook import Casebook
from petitions.people import SignIn


class Duty:
    """The rota and the sign-ins."""

    def __init__(self, book: Casebook) -> None:
        self._book = book

    def sign_in(self, *, by: Actor, now: datetime) -> SignIn:
        """I am on duty today; the first sign-in of a day stays."""
        entry = SignIn(date=self._book.today(now), officer=by.name, signed_in_at=now)
        with self._book.store.atomic():
            self._book.store.save_duty(entry)
            kept = self._book.store.duty(entry.date, entry.date)
        return next(one for one in kept if one.officer == by.name)

    def load(self, entries: Iterable[SignIn]) -> None:
        """Rota and sign-ins from elsewhere."""
        with self._book.store.atomic():
            for entry in entries:
                self._book.store.save_duty(entry)

    def on(self, day: date) -> tuple[SignIn, ...]:
        """Who is or was on duty."""
        return self._book.store.duty(day, day)

    def between(self, since: date, until: date) -> tuple[SignIn, ...]:
        """Rota and sign-ins of a period."""
        return self._book.store.duty(since, until)

    def in_window(self, entry: SignIn) -> bool:
        """Whether somebody signed in on time."""
        if entry.signed_in_at is None:
            return False
        local = entry.signed_in_at.astimezone(self._book.zone)
        hours = self._book.policy.duty_hours
        return local.date() == entry.date and hours.start <= local.time() <= hours.end

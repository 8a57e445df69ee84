"""Who is signed in on the desk. Synchronous; knows no HTTP.

A session ends an hour after its last use and half a day after it began, whatever is done.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from itsdangerous import Signer

from bot.web.desk.store import DeskStore, SessionRow

_WRITTEN_EVERY = timedelta(minutes=1)


@dataclass(frozen=True, kw_only=True)
class Session:
    """A signed-in browser."""

    id: str  # the hash of its token
    user_id: str
    stamp: str  # of the password it began with


class Sessions:
    """Begins, reads and ends sessions; every method runs inside the caller's transaction."""

    def __init__(
        self, store: DeskStore, *, secret: str, idle: timedelta, longest: timedelta
    ) -> None:
        self._store = store
        self._idle = idle
        self._longest = longest
        self._forms = Signer(
            secret, salt="zhengwen.desk.form", key_derivation="hmac", digest_method=hashlib.sha256
        )

    def begin(self, user_id: str, stamp: str, now: datetime) -> str:
        """The token of a new session: 256 bits, kept hashed."""
        self._store.end_old(begun_before=now - self._longest, seen_before=now - self._idle)
        token = secrets.token_urlsafe(32)
        self._store.begin(
            SessionRow(
                token_hash=_hashed(token), user_id=user_id, begun_at=now, seen_at=now, stamp=stamp
            )
        )
        return token

    def read(self, token: str, now: datetime, *, used: bool = True) -> Session | None:
        """The session of a token; None if there is none or it ended.

        `used`: somebody did something. A page that only refreshes itself keeps nobody signed in.
        """
        row = self._store.session(_hashed(token)) if token else None
        if row is None or now >= row.begun_at + self._longest or now >= row.seen_at + self._idle:
            return None
        if used and now - row.seen_at >= _WRITTEN_EVERY:
            self._store.seen(row.token_hash, now)
        return Session(id=row.token_hash, user_id=row.user_id, stamp=row.stamp)

    def end(self, session: Session) -> None:
        """Signed out."""
        self._store.end(session.id)

    def end_others(self, session: Session, stamp: str) -> None:
        """Signed out everywhere but here, where the new password holds."""
        self._store.restamp(session.id, stamp)
        self._store.end_all(session.user_id, but=session.id)

    def form_token(self, session: Session) -> str:
        """Proof that a form came from a page made for this session."""
        return self._forms.get_signature(session.id).decode()

    def is_form_token(self, session: Session, token: str) -> bool:
        """Whether the form was made for this session."""
        return self._forms.verify_signature(session.id.encode(), token.encode("utf-8", "replace"))


def _hashed(token: str) -> str:
    """Random tokens need no slow hash."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()

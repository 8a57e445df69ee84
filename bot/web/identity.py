"""Who is writing: an anonymous random id, signed so that nobody can take another's.

The same id travels as a cookie (the page) or as a bearer token (the widget, programs).
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from itsdangerous import BadSignature, Signer, TimestampSigner

from handlers.services import Clock

HOLDS = timedelta(days=180)
RENEWED_AFTER = timedelta(days=1)  # rolling, but not on every single request


@dataclass(frozen=True, kw_only=True)
class Visitor:
    """A person as far as the web knows them."""

    id: str
    signed_at: datetime | None = None  # None: new, the person has no token yet

    @property
    def person(self) -> str:
        """The person's name in inbox and outbox."""
        return f"web:{self.id}"


class _ClockedSigner(TimestampSigner):
    """Takes the time from the program's clock instead of the system's."""

    def __init__(self, secret: str, clock: Clock) -> None:
        super().__init__(
            secret,
            salt="zhengwen.web.identity",
            key_derivation="hmac",
            digest_method=hashlib.sha256,
        )
        self._clock = clock

    def get_timestamp(self) -> int:
        return int(self._clock().timestamp())


class Identities:
    """Makes and reads the tokens of visitors."""

    def __init__(self, *, secret: str, clock: Clock, new_id: Callable[[], str]) -> None:
        self._signer = _ClockedSigner(secret, clock)
        self._forms = Signer(
            secret, salt="zhengwen.web.form", key_derivation="hmac", digest_method=hashlib.sha256
        )
        self._clock = clock
        self._new_id = new_id

    def newcomer(self) -> Visitor:
        """Someone who was never here."""
        return Visitor(id=self._new_id())

    def token(self, visitor: Visitor) -> str:
        """What the person's browser or program keeps; valid from now."""
        return self._signer.sign(visitor.id).decode()

    def read(self, token: str) -> Visitor | None:
        """The visitor who was given this token; None if it is forged or too old."""
        try:
            value, signed_at = self._signer.unsign(
                token, max_age=int(HOLDS.total_seconds()), return_timestamp=True
            )
        except BadSignature:
            return None
        return Visitor(id=value.decode(), signed_at=signed_at)

    def is_due(self, visitor: Visitor) -> bool:
        """Whether the person's token should be replaced by a fresh one."""
        signed_at = visitor.signed_at
        return signed_at is None or self._clock() - signed_at > RENEWED_AFTER

    def form_token(self, visitor: Visitor) -> str:
        """Proof that a form came from a page made for this visitor."""
        return self._forms.get_signature(visitor.id).decode()

    def is_form_token(self, visitor: Visitor, token: str) -> bool:
        """Whether the form was made for this visitor."""
        return self._forms.verify_signature(visitor.id.encode(), token.encode())

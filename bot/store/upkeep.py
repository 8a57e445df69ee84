"""What is not kept for ever: open forms, codes nobody fetched, copies made for one download."""

from datetime import datetime

from sqlite_utils import Database

from bot.store.mail import TRIES, Mail
from bot.store.plain import utc
from handlers.conversation import DRAFT_HOLDS

_BUSY_MS = 30_000  # as `open_database` has it


class Upkeep:
    """Erases what has had its time; every part is safe to do again."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def erase_old(self, now: datetime) -> int:
        """Erase what is older than an open form may get; how many conversations that were.

        Inside the caller's transaction.
        """
        before = now - DRAFT_HOLDS
        Mail(self._db).forget_secrets_before(before)
        values = {"before": before.isoformat(), "now": utc(now), "tries": TRIES}
        for statement in _ERASE:
            self._db.execute(statement, values)
        rows = self._db.query(
            "DELETE FROM conversations WHERE updated_at < :before RETURNING key", values
        )
        return sum(1 for _ in rows)

    def empty_log(self) -> None:
        """Write everything into the database itself: what was erased leaves the log (WAL) too.

        Outside of any transaction. Waits for nobody: what is being read is left to the next time.
        """
        self._db.execute("PRAGMA busy_timeout=0")
        try:
            list(self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)"))
        finally:
            self._db.execute(f"PRAGMA busy_timeout={_BUSY_MS}")


_ERASE = (
    "DELETE FROM files WHERE number = '' AND created_at < :before",
    "DELETE FROM links WHERE expires_at < :now",
    # Given up: nobody will answer it, and a form may have been waiting for a name.
    "UPDATE inbox SET payload = json_set(payload, '$.text', '') "
    "WHERE state = 'failed' AND attempts >= :tries AND received_at < :before",
)

"""How values become texts in rows."""

import json
from datetime import UTC, datetime
from typing import Any


def dump(values: dict[str, Any]) -> str:
    """Plain values as JSON, short and readable."""
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))


def utc(at: datetime) -> str:
    """One width, one zone: compares as text."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")

"""What a method of the Bot API is called with: the parameters and the server's state."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from .botapi_limits import RateLimit
from .botapi_text import Json
from .botapi_updates import Updates
from .botapi_world import World


@dataclass(frozen=True, kw_only=True)
class Upload:
    """A file in a request."""

    name: str
    data: bytes


@dataclass(frozen=True, kw_only=True)
class Params:
    """The parameters of a call, all of them text as Telegram takes them."""

    values: Mapping[str, str]
    files: Mapping[str, Upload] = field(default_factory=dict)

    def text(self, name: str) -> str:
        return self.values.get(name, "")

    def number(self, name: str, default: int = 0) -> int:
        """Whatever is no number counts as 0."""
        value = self.text(name)
        if not value:
            return default
        return int(value) if re.fullmatch(r"-?\d+", value) else 0

    def flag(self, name: str) -> bool:
        return self.text(name).lower() in ("true", "yes", "1")

    def upload(self, name: str) -> Upload | None:
        return self.files.get(self.text(name).removeprefix("attach://") or name)


@dataclass(frozen=True, kw_only=True)
class State:
    """What the methods work on."""

    world: World
    updates: Updates
    limit: RateLimit
    menus: dict[str, list[Json]] = field(default_factory=dict)  # by scope and language
    descriptions: dict[str, str] = field(default_factory=dict)  # by method and language

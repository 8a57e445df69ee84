"""Templates to pages. What they are given are records; every text in them is escaped."""

import re
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from jinja2 import Environment, PackageLoader, StrictUndefined

from bot.web import texts
from bot.web.transcript import Told, Transcript

# A link ends before a space, a quotation mark or any Chinese punctuation. chat pages: render.js.
_LINK = re.compile(r"(https?://[A-Za-z0-9\-._~:/?#\[\]@!$&*+;=%]*[A-Za-z0-9\-_~/#&=%])")


@dataclass(frozen=True, kw_only=True)
class Form:
    """What a form carries along unseen."""

    token: str  # proves that the page was made for this visitor
    nonce: str  # two posts of the same page and text are one message


@dataclass(frozen=True, kw_only=True)
class ChatPage:
    """Everything the chat page shows."""

    transcript: Transcript
    form: Form | None  # None: the widget's page, which works with JavaScript only
    draft: str = ""
    error: str = ""


@dataclass(frozen=True, kw_only=True)
class UploadPage:
    """The form for a file, or a sentence in its place."""

    number: str = ""  # of the case
    error: str = ""
    message: str = ""


def link_parts(text: str) -> list[tuple[bool, str]]:
    """A text cut into (is it a link, piece)."""
    pieces = _LINK.split(text)
    return [(at % 2 == 1, piece) for at, piece in enumerate(pieces) if piece]


@dataclass(frozen=True, kw_only=True)
class Frame:
    """What is the same on every page of this process."""

    office: str
    phone: str
    examples: tuple[str, ...]
    version: str  # of the static files
    base: str  # the path under which people reach us; "" or "/something"
    zone: ZoneInfo


def environment(frame: Frame) -> Environment:
    """How every page of ours is made: all texts escaped, nothing undefined."""
    env = Environment(
        loader=PackageLoader("bot.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.globals.update(frame=frame)
    return env


class Templates:
    """The pages."""

    def __init__(self, frame: Frame) -> None:
        env = environment(frame)
        env.globals.update(limit=texts.TEXT_LIMIT, greeting=texts.greeting)
        env.filters.update(link_parts=link_parts, clock=self._clock, iso=self._iso)
        env.tests["told"] = lambda item: isinstance(item, Told)
        self._zone = frame.zone
        self._env = env

    def chat_page(self, page: ChatPage) -> str:
        """The chat, or the widget's inside."""
        return self._env.get_template("chat.html").render(page=page)

    def upload_page(self, page: UploadPage) -> str:
        """Where a file for a case is sent."""
        return self._env.get_template("upload.html").render(page=page)

    def error_page(self, *, status: int, message: str) -> str:
        """One sentence and a way back."""
        return self._env.get_template("error.html").render(status=status, message=message)

    def _clock(self, at: datetime) -> str:
        local = at.astimezone(self._zone)
        return f"{local.month}月{local.day}日 {local:%H:%M}"

    def _iso(self, at: datetime) -> str:
        return at.astimezone(self._zone).isoformat(timespec="seconds")

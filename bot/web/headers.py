"""What every response tells the browser not to do."""

import re
from collections.abc import Iterable

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.config import BadSettings

_ORIGIN = re.compile(r"https?://(\*\.)?[A-Za-z0-9.-]+(:\d+)?|https?://\[[0-9a-fA-F:]+\](:\d+)?")


def content_policy(frame_ancestors: str = "'none'") -> str:
    """Everything from here, nothing inline, nothing from elsewhere."""
    return (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; "
        f"frame-ancestors {frame_ancestors}"
    )


def embed_policy(origins: Iterable[str]) -> str:
    """The same for the page that the widget shows on other sites: only on those named."""
    bad = [f"WIDGET_ORIGINS：“{one}”不是网站地址" for one in origins if not _ORIGIN.fullmatch(one)]
    if bad:
        raise BadSettings(bad)
    return content_policy(" ".join(("'self'", *origins)))


_DEFAULTS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cache-Control": "no-store",  # pages show what one person said
}


class SafeHeaders:
    """Adds the headers that a response does not set itself."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_safely(message: Message) -> None:
            if message["type"] == "http.response.start":
                complete_headers(MutableHeaders(scope=message))
            await send(message)

        await self._app(scope, receive, send_safely)


def complete_headers(headers: MutableHeaders) -> None:
    """Add what the response did not set itself."""
    if "content-security-policy" not in headers:
        headers["Content-Security-Policy"] = content_policy()
        headers["X-Frame-Options"] = "DENY"
    for name, value in _DEFAULTS.items():
        headers.setdefault(name, value)

"""How much a request may send."""

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.web.errors import body_too_large
from bot.web.filetypes import UPLOAD_LIMIT

BODY_LIMIT = 64 * 1024
_UPLOADS = "/upload/"  # where files are sent
_UPLOAD_LIMIT = UPLOAD_LIMIT + BODY_LIMIT


class BodyLimit:
    """Stops reading a request that grows too large, whatever length it announced."""

    def __init__(self, app: ASGIApp, limit: int = BODY_LIMIT) -> None:
        self._app = app
        self._limit = limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        limit = _UPLOAD_LIMIT if scope["path"].startswith(_UPLOADS) else self._limit
        announced = Headers(scope=scope).get("content-length", "")
        size = 0

        async def receive_some() -> Message:
            nonlocal size
            if announced.isdecimal() and int(announced) > limit:
                raise body_too_large()
            message = await receive()
            size += len(message.get("body", b""))
            if size > limit:
                raise body_too_large()
            return message

        await self._app(scope, receive_some, send)

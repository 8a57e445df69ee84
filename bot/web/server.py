"""uvicorn as we need it: stops although streams are open, writes no access log."""

import errno
import socket

import uvicorn
from fastapi import FastAPI

from bot.config import BadSettings
from bot.web.context import Web

_REASONS = {
    errno.EADDRINUSE: "已经有程序在用（是不是开了两份？），请停掉那一个，或者换一个端口。",
    errno.EACCES: "没有权限，1024 以下的端口要管理员才能用，请换一个端口。",
    errno.EADDRNOTAVAIL: "这台机器没有这个地址，请核对。",
}
# Seconds that an idle connection stays open: longer than a proxy keeps its own (nginx: 60), or
# than somebody reads a page. What is sent while we close would be lost.
_KEEP_ALIVE = 75


class WebServer(uvicorn.Server):
    """Serves one app in the running event loop.

    Client addresses are ours to judge (`TRUSTED_PROXIES`), so uvicorn must not rewrite them.
    """

    def __init__(self, app: FastAPI, *, host: str, port: int) -> None:
        config = uvicorn.Config(
            app,
            host=host,
            port=port,
            access_log=False,
            log_config=None,
            proxy_headers=False,
            server_header=False,
            timeout_graceful_shutdown=10,
            timeout_keep_alive=_KEEP_ALIVE,
        )
        super().__init__(config)
        web = app.state.web
        assert isinstance(web, Web)
        self._web = web

    def listen(self) -> socket.socket:
        """Take the address before anything else is begun; `BadSettings` says why if we cannot."""
        host, port = self.config.host, self.config.port
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        try:
            return socket.create_server((host, port), family=family)
        except (OSError, OverflowError) as exc:
            reason = _REASONS.get(getattr(exc, "errno", None) or 0, str(exc))
            raise BadSettings(
                [f"WEB_HOST、WEB_PORT：不能在 {host}:{port} 上监听，{reason}"]
            ) from exc

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End the streams first: uvicorn waits for every open connection."""
        self._web.streams.close()
        await super().shutdown(sockets)

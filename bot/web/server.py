"""uvicorn as we need it: stops although streams are open, writes no access log."""

import socket

import uvicorn
from fastapi import FastAPI

from bot.web.context import Web


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
        )
        super().__init__(config)
        web = app.state.web
        assert isinstance(web, Web)
        self._web = web

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End the streams first: uvicorn waits for every open connection."""
        self._web.streams.close()
        await super().shutdown(sockets)

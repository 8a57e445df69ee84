"""An OpenAI-compatible endpoint for sentence vectors, over a real socket."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

DIMENSIONS = 256


def vector(text: str) -> list[float]:
    """How often each character occurs, by its number."""
    counts = [0.0] * DIMENSIONS
    for char in text:
        counts[ord(char) % DIMENSIONS] += 1.0
    return counts


class Endpoint(ThreadingHTTPServer):
    """Answers `POST /v1/embeddings`; `fault` says how it answers wrongly."""

    fault = ""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.asked: list[dict[str, Any]] = []

    @property
    def url(self) -> str:
        """What a setting would name."""
        return f"http://127.0.0.1:{self.server_address[1]}/v1"


class _Handler(BaseHTTPRequestHandler):
    server: Endpoint

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append({**asked, "key": self.headers.get("Authorization")})
        right = self.path == "/v1/embeddings" and set(asked) == {"model", "input"}
        rows = [{"index": n, "embedding": vector(text)} for n, text in enumerate(asked["input"])]
        if self.server.fault == "short":
            rows = rows[1:]
        status = 500 if self.server.fault == "broken" or not right else 200
        body = b"{" if self.server.fault == "garbage" else json.dumps({"data": rows[::-1]}).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Quiet."""


@contextmanager
def endpoint() -> Iterator[Endpoint]:
    """One that runs."""
    server = Endpoint()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()

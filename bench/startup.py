"""From start to first answer: `python -m bench.startup [TIMES]`.

Starts `serve` on an existing database (warm disk) and asks over HTTP until it is answered; then the
same for one `ask` on the command line. Prints the median of TIMES runs.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path
from statistics import median
from uuid import uuid4

QUESTION = "申请信息公开要钱吗"
PORT = 18650
URL = f"http://127.0.0.1:{PORT}/api/v1/"


def _post(path: str, values: dict[str, str], token: str = "") -> dict[str, object]:
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {token}"}
    request = urllib.request.Request(URL + path, json.dumps(values).encode(), headers)
    with urllib.request.urlopen(request, timeout=5) as response:
        found: dict[str, object] = json.load(response)
        return found


def serve_once(environ: dict[str, str]) -> float:
    """Seconds from the start of the process to the first answer."""
    started = time.perf_counter()
    server = subprocess.Popen(
        [sys.executable, "-m", "bot", "serve", "--port", str(PORT)],
        env=environ,
        stderr=subprocess.DEVNULL,
    )
    try:
        while True:
            try:
                token = str(_post("session", {})["token"])
                break
            except (urllib.error.URLError, ConnectionError):
                time.sleep(0.01)
        _post("messages", {"id": str(uuid4()), "text": QUESTION}, token)
        return time.perf_counter() - started
    finally:
        server.terminate()
        server.wait()


def ask_once(environ: dict[str, str]) -> float:
    """Seconds that one `ask` takes altogether."""
    started = time.perf_counter()
    command = [sys.executable, "-m", "bot", "ask", QUESTION]
    subprocess.run(command, env=environ, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - started


def main(times: int) -> None:
    """The medians."""
    with tempfile.TemporaryDirectory() as folder:
        environ = {**os.environ, "DATABASE": str(Path(folder) / "bench.db")}
        first = serve_once(environ)
        print(f"serve, very first start (loads the starter knowledge): {first:.2f} s")
        print(
            f"serve, to the first answer: {median(serve_once(environ) for _ in range(times)):.2f} s"
        )
        print(f"ask, altogether: {median(ask_once(environ) for _ in range(times)):.2f} s")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)

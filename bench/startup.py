"""From start to first answer: `python -m bench.startup [TIMES]`.

Starts `serve` on an existing database (warm disk) and asks over HTTP until it is answered; then the
same for one `ask` on the command line. Prints the medians of TIMES runs: seconds on the clock, and
of the processor, which other work on the machine disturbs less.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import NamedTuple
from uuid import uuid4

QUESTION = "申请信息公开要钱吗"
PORT = 18650
URL = f"http://127.0.0.1:{PORT}/api/v1/"
Environ = dict[str, str]


class Took(NamedTuple):
    """Seconds."""

    clock: float  # until the answer
    processor: float  # until the process has ended, all its threads


def _post(path: str, values: dict[str, str], token: str = "") -> dict[str, object]:
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {token}"}
    request = urllib.request.Request(URL + path, json.dumps(values).encode(), headers)
    with urllib.request.urlopen(request, timeout=5) as response:
        found: dict[str, object] = json.load(response)
        return found


def serve_once(environ: Environ) -> float:
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


def ask_once(environ: Environ) -> float:
    """Seconds that one `ask` takes altogether."""
    started = time.perf_counter()
    command = [sys.executable, "-m", "bot", "ask", QUESTION]
    subprocess.run(command, env=environ, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - started


def _took(once: Callable[[Environ], float], environ: Environ) -> Took:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    clock = once(environ)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return Took(clock, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def _line(name: str, runs: list[Took]) -> str:
    clock, processor = (median(values) for values in zip(*runs, strict=True))
    return f"| {name} | {clock:.2f} | {processor:.2f} |"


def main(times: int) -> None:
    """The medians as a table."""
    with tempfile.TemporaryDirectory() as folder:
        environ = {**os.environ, "DATABASE": str(Path(folder) / "bench.db")}
        print("| | seconds | processor seconds |\n|---|---|---|")
        first = [_took(serve_once, environ)]
        print(_line("serve, very first start (loads the starter knowledge)", first))
        for name, once in (("serve, to the first answer", serve_once), ("`ask`", ask_once)):
            print(_line(name, [_took(once, environ) for _ in range(times)]))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)

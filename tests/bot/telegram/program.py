"""The whole program in a process of its own, quick to start and to kill.

Forked from a process that has imported everything: what a start costs beyond that is the
program's own, and twenty kills fit into a minute.
"""

import multiprocessing
import os
import sys

from bot.cli import main
from knowledge.text import tokenizer

tokenizer()  # the forked share the dictionary

_SERVER = multiprocessing.get_context("forkserver")
_SERVER.set_forkserver_preload([__name__])


def _serve(environment: dict[str, str]) -> None:
    """`python -m bot serve`, from here on."""
    os.environ.update(environment)
    sys.argv = ["bot", "serve"]
    main()


def start(environment: dict[str, str]) -> multiprocessing.process.BaseProcess:
    """The program, running; `kill` it, or `terminate` it gently."""
    process = _SERVER.Process(target=_serve, args=(environment,), daemon=True)
    process.start()
    return process

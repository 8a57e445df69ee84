"""Runs commands as `python -m bot` does, in this process, on a database of its own."""

import io
import json
import sys
from dataclasses import dataclass

import pytest

from bot.cli import main
from bot.config import read_settings
from bot.services import open_services
from tests.conftest import ENTRIES


@dataclass(frozen=True, kw_only=True)
class Ran:
    """What a command left behind."""

    status: int
    out: str
    err: str

    @property
    def json(self):
        return json.loads(self.out)

    @property
    def objects(self):
        return [json.loads(line) for line in self.out.splitlines()]


@pytest.fixture
def database(tmp_path, monkeypatch):
    """Where `DATABASE` points: `ENTRIES` and nothing else, so no starter knowledge is loaded."""
    path = tmp_path / "cli.db"
    settings = read_settings(None).model_copy(update={"database": path})
    open_services(settings, starter=ENTRIES).close()
    monkeypatch.setenv("DATABASE", str(path))
    monkeypatch.chdir(tmp_path)  # no .env of a developer here
    return path


@pytest.fixture
def run(database, monkeypatch, capsys):
    """Runs a command line; bytes of standard input if it reads any."""

    def once(*arguments, stdin=b""):
        monkeypatch.setattr(sys, "argv", ["zhengwen", *map(str, arguments)])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
        with pytest.raises(SystemExit) as ended:
            main()
        code, (out, err) = ended.value.code, capsys.readouterr()
        if isinstance(code, str):  # as the interpreter does
            return Ran(status=1, out=out, err=f"{err}{code}\n")
        return Ran(status=int(code or 0), out=out, err=err)

    return once


@pytest.fixture
def file(tmp_path):
    """Writes a file of JSON lines, or of text."""

    def write(name, *lines):
        path = tmp_path / name
        texts = [x if isinstance(x, str) else json.dumps(x, ensure_ascii=False) for x in lines]
        path.write_text("".join(f"{text}\n" for text in texts), "utf-8")
        return path

    return write

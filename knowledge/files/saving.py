"""Writes a file whole or not at all."""

import os
import secrets
import shutil
from contextlib import suppress
from pathlib import Path

from knowledge.errors import CannotWrite, Problem


def save(path: Path, data: bytes) -> None:
    """Put the data in place of the file at once: a reader sees the old file or the new one."""
    target = path.resolve()  # a link stays a link
    beside = target.with_name(f".{secrets.token_hex(8)}.tmp")
    try:
        _write(beside, data)
        if target.exists():
            shutil.copymode(target, beside)
        beside.replace(target)
    except OSError as reason:
        with suppress(OSError):  # it may not have come into being
            beside.unlink()
        text = "写不进去，请检查文件夹是否存在、有没有权限、磁盘是否已满"
        raise CannotWrite([Problem(file=str(path), line=0, column=0, text=text)]) from reason


def _write(path: Path, data: bytes) -> None:
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())

"""Writes a file whole or not at all."""

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from knowledge.errors import CannotWrite, Problem


def save(path: Path, data: bytes) -> None:
    """Put the data in place of the file at once: a reader sees the old file or the new one."""
    with saving(path) as file:
        file.write(data)


@contextmanager
def saving(path: Path) -> Iterator[BinaryIO]:
    """A file to write to that takes the place of `path` once all is written; else none is left."""
    target = path.resolve()  # a link stays a link
    try:
        if path.exists() and not path.is_file():  # a pipe is written to, not replaced
            with path.open("wb") as pipe:
                yield pipe
        else:
            with _beside(target) as file:
                yield file
    except OSError as reason:
        text = "写不进去，请检查文件夹是否存在、有没有权限、磁盘是否已满"
        raise CannotWrite([Problem(file=str(path), line=0, column=0, text=text)]) from reason


@contextmanager
def _beside(target: Path) -> Iterator[BinaryIO]:
    """A file in the same folder, moved to `target` when it is on the disk."""
    beside = target.with_name(f".{secrets.token_hex(8)}.tmp")
    try:
        with beside.open("xb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            shutil.copymode(target, beside)
        beside.replace(target)
    finally:
        with suppress(OSError):  # moved, or it never came into being
            beside.unlink()

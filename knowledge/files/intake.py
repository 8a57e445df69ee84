"""Files as they come from people: read whole, within limits, in whatever encoding they saved."""

import codecs
from pathlib import Path

from knowledge.files.cells import Unfit

MEGABYTE = 1024 * 1024
LARGEST_TEXT = 200 * MEGABYTE  # 100,000 long entries as .jsonl
LARGEST_OFFICE = 20 * MEGABYTE
LARGEST_MEASURED = 2_000 * MEGABYTE  # sets for measuring are made by programs, not people
MOST_ROWS = 200_000

_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def read_bytes(path: Path, *, at_most: int) -> bytes:
    """The whole file."""
    try:
        size = path.stat().st_size
        if size > at_most:
            raise Unfit(
                f"文件有 {size / MEGABYTE:.0f} MB，最大 {at_most // MEGABYTE} MB，请拆成几个文件"
            )
        return path.read_bytes()
    except FileNotFoundError:
        raise Unfit("找不到这个文件，请检查文件名和路径") from None
    except IsADirectoryError:
        raise Unfit("这是文件夹，请写出里面的文件") from None
    except OSError as reason:
        raise Unfit("文件读不出来，请检查权限，或先在别的程序里关闭它") from reason


def decoded(data: bytes) -> str:
    """The text: UTF-8 with or without BOM, UTF-16 with BOM, or GB18030 as Excel in China saves.

    What cannot be decoded becomes U+FFFD, which is reported where it stands.
    """
    if data.startswith(_UTF16):
        return data.decode("utf-16", errors="replace")
    if b"\0" in data:
        raise Unfit("这不是文本文件，请检查文件是否选错或已损坏")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _not_quite_utf8(data)


def _not_quite_utf8(data: bytes) -> str:
    """UTF-8 with a few broken bytes, or else GB18030.

    In GB18030 nearly nothing outside ASCII is good UTF-8; in a damaged file nearly everything is.
    """
    text = data.decode("utf-8-sig", errors="replace")
    lost = text.count("\ufffd")
    foreign = len(text) - len(text.encode("ascii", errors="ignore"))
    return text if lost * 10 < foreign else data.decode("gb18030", errors="replace")

"""Files as they come from people: read whole, within limits, in whatever encoding they saved."""

import codecs
import io
import zipfile
import zlib
from pathlib import Path

from docx.exceptions import PythonDocxError
from docx.opc.exceptions import OpcError
from openpyxl.utils.exceptions import InvalidFileException

from knowledge.files.cells import Unfit

MEGABYTE = 1024 * 1024
LARGEST_TEXT = 200 * MEGABYTE  # 100,000 long entries as .jsonl
LARGEST_OFFICE = 20 * MEGABYTE
LARGEST_UNPACKED = 400 * MEGABYTE
LARGEST_MEASURED = 2_000 * MEGABYTE  # sets for measuring are made by programs, not people
MOST_ROWS = 200_000

# What openpyxl and python-docx raise over a file that breaks off or contradicts itself: they
# have no error of their own for it, and it surfaces as whatever they stumbled over.
PARSER_ERRORS = (
    zipfile.BadZipFile,
    zlib.error,
    InvalidFileException,
    OpcError,
    PythonDocxError,
    SyntaxError,  # XML that is not well formed
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    AssertionError,
    RuntimeError,  # also NotImplementedError: a packing that zipfile does not know
    EOFError,
    OSError,
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # the container of .xls, .doc and of encrypted files
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
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


def office_package(data: bytes, *, ending: str) -> io.BytesIO:
    """An .xlsx or .docx that can be unpacked; says what is the matter with one that cannot."""
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            raise Unfit("文件加了密码，请在 Office 里取消密码后重新保存")
        raise Unfit(f"这是旧版 Office 格式，请在 Office 里另存为 {ending}")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            unpacked = sum(part.file_size for part in package.infolist())
    except PARSER_ERRORS as broken:
        raise damaged(ending) from broken
    if unpacked > LARGEST_UNPACKED:
        raise Unfit("文件解压后过大，请拆成几个文件")
    return io.BytesIO(data)


def damaged(ending: str) -> Unfit:
    """What to say of a file that ends before it should or holds what it should not."""
    return Unfit(f"文件已损坏，或者不是真正的 {ending}，请用 Office 打开后重新保存")

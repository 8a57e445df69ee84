"""Files of Excel and Word as they come from people: unpacked within limits, or what is wrong.

Apart from `intake` because openpyxl and python-docx take long to load: only who reads or writes
such a file waits for them.
"""

import io
import zipfile
import zlib

from docx.exceptions import PythonDocxError
from docx.opc.exceptions import OpcError
from openpyxl.utils.exceptions import InvalidFileException

from knowledge.files.cells import Unfit
from knowledge.files.intake import MEGABYTE

LARGEST_UNPACKED = 400 * MEGABYTE

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

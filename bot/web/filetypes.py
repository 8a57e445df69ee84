"""What a sent file really is, by its first bytes; its name and what the browser says count for
nothing."""

from dataclasses import dataclass

UPLOAD_LIMIT = 10 * 1024 * 1024


@dataclass(frozen=True, kw_only=True)
class FileType:
    """A kind of file that we take."""

    media_type: str
    ending: str


_STARTS: tuple[tuple[bytes, FileType], ...] = (
    (b"\xff\xd8\xff", FileType(media_type="image/jpeg", ending=".jpg")),
    (b"\x89PNG\r\n\x1a\n", FileType(media_type="image/png", ending=".png")),
    (b"%PDF-", FileType(media_type="application/pdf", ending=".pdf")),
)


def file_type(body: bytes) -> FileType | None:
    """JPEG, PNG or PDF; None for anything else."""
    return next((kind for start, kind in _STARTS if body.startswith(start)), None)

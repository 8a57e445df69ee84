"""The files of the page: read once, served under a name that changes with their content."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}
FOLDER = Path(__file__).parent / "static"


@dataclass(frozen=True, kw_only=True)
class Asset:
    """One file."""

    body: bytes
    media_type: str


@dataclass(frozen=True, kw_only=True)
class Assets:
    """All files and the version that stands for their content.

    One version for all, as a folder in the address: scripts can import their neighbours by name.
    """

    files: Mapping[str, Asset]
    version: str


def load_assets(folder: Path = FOLDER) -> Assets:
    """Every file of a known type in the folder."""
    files = {
        path.name: Asset(body=path.read_bytes(), media_type=_TYPES[path.suffix])
        for path in sorted(folder.iterdir())
        if path.suffix in _TYPES
    }
    digest = hashlib.sha256()
    for name, asset in files.items():
        digest.update(name.encode() + b"\0" + asset.body)
    return Assets(files=MappingProxyType(files), version=digest.hexdigest()[:12])

"""The parts of a message that are no text, in the Bot API's shapes."""

import mimetypes

from .botapi_text import Json
from .botapi_world import StoredFile

# The smallest PNG there is: one transparent pixel.
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000b49444154789c6360000200000500017a5eab3f0000000049454e44ae426082"
)


def document(stored: StoredFile, name: str) -> Json:
    mime = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return {"document": {**stored.to_json(), "file_name": name, "mime_type": mime}}


def photo(stored: StoredFile) -> Json:
    """One size only; Telegram makes several."""
    return {"photo": [{**stored.to_json(), "width": 90, "height": 90}]}


def voice(stored: StoredFile) -> Json:
    return {"voice": {**stored.to_json(), "duration": 3, "mime_type": "audio/ogg"}}


def sticker(stored: StoredFile, emoji: str) -> Json:
    shape = {"type": "regular", "width": 512, "height": 512, "emoji": emoji}
    kind = {"is_animated": False, "is_video": False}
    return {"sticker": {**stored.to_json(), **shape, **kind}}


def location(latitude: float, longitude: float) -> Json:
    return {"location": {"latitude": latitude, "longitude": longitude}}

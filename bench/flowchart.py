"""Make the picture of the flow chart that goes into chats: `python -m bench.flowchart`.

Needs Chromium. The PNG keeps a digest of what was drawn, so that a test can tell whether it
still shows the state table.
"""

import hashlib
import struct
import zlib
from pathlib import Path

from playwright.sync_api import sync_playwright

from reports.flowchart import HEIGHT, PICTURE, WIDTH, draw


def main() -> None:
    """Draw, take a picture, write it."""
    svg = draw()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--headless", "--no-sandbox"]
        )
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
        page.set_content(f"<style>body{{margin:0}}</style>{svg}")
        body = page.screenshot()
        browser.close()
    Path(PICTURE).write_bytes(marked(body, digest(svg)))


def digest(svg: str) -> str:
    """What a picture of this drawing keeps."""
    return hashlib.sha256(svg.encode()).hexdigest()


def marked(png: bytes, value: str) -> bytes:
    """The PNG with a text chunk behind its header (PNG specification, 11.3.4.3)."""
    chunk = b"tEXt" + b"drawing\0" + value.encode()
    framed = struct.pack(">I", len(chunk) - 4) + chunk + struct.pack(">I", zlib.crc32(chunk))
    header = 8 + 25  # signature and IHDR
    return png[:header] + framed + png[header:]


if __name__ == "__main__":
    main()

"""The pictures in docs/screenshots: `python -m bench.screenshots [FOLDER]`.

Starts the real program on a new database with the starter knowledge and a clock that stands still,
then talks to it in Debian's Chromium, so that a run differs from the last only where the page does.
"""

import asyncio
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from playwright.async_api import Page, ViewportSize, async_playwright

from bot.config import read_settings
from bot.mailroom import AsyncMailroom
from bot.services import open_services
from bot.web import WebServer, create_app
from handlers.texts import EXAMPLES, TO_STAFF

FOLDER = Path("docs/screenshots")
CHROMIUM = "/usr/bin/chromium"
NOW = datetime(2026, 11, 24, 2, 30, tzinfo=UTC)  # a Tuesday morning in Shanghai
PHONE = ViewportSize(width=360, height=740)
DESKTOP = ViewportSize(width=1100, height=760)


@dataclass(frozen=True, kw_only=True)
class Shot:
    """A picture: what is asked and, if anything, what is pressed after it."""

    name: str
    size: ViewportSize
    asked: str = ""
    pressed: str = ""


SHOTS = (
    Shot(name="welcome-phone", size=PHONE),
    Shot(name="answer-phone", size=PHONE, asked="申请信息公开多久答复"),
    Shot(name="answer-desktop", size=DESKTOP, asked="申请信息公开要钱吗"),
    Shot(name="receipt-phone", size=PHONE, asked="公园里的猴子叫什么名字", pressed=TO_STAFF),
)


@asynccontextmanager
async def served(folder: Path) -> AsyncIterator[str]:
    """The address of a program of its own."""
    settings = read_settings(None).model_copy(
        update={"database": folder / "shots.db", "office_name": "省发展改革委"}
    )
    with open_services(settings, clock=lambda: NOW) as program:
        mailroom = AsyncMailroom(program.mailroom)
        app = create_app(
            mailroom=mailroom,
            settings=settings,
            secret=program.secret,
            new_id=program.services.new_id,
            clock=program.services.clock,
            examples=EXAMPLES,
        )
        server = WebServer(app, host="127.0.0.1", port=0)
        serving = asyncio.create_task(server.serve())
        while not server.started:
            await asyncio.sleep(0.01)
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
        server.should_exit = True
        await serving
        mailroom.close()


async def take(page: Page, shot: Shot, path: Path) -> None:
    """Have the conversation and keep what is on the screen."""
    replies = page.locator(".reply")
    if shot.asked:
        await page.get_by_label("您的问题").fill(shot.asked)
        await page.get_by_role("button", name="发送").click()
        await replies.first.wait_for()
    if shot.pressed:
        await page.get_by_role("button", name=shot.pressed).click()
        await replies.nth(1).wait_for()
    await page.screenshot(path=path, animations="disabled", caret="hide")


async def main(folder: Path) -> None:
    """Every picture, each as a new visitor."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        async with served(Path(temporary)) as url, async_playwright() as playwright:
            browser = await playwright.chromium.launch(
                executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
            )
            for shot in SHOTS:
                page = await browser.new_page(
                    viewport=shot.size, locale="zh-CN", reduced_motion="reduce"
                )
                await page.goto(url)
                path = folder / f"{shot.name}.png"
                await take(page, shot, path)
                print(f"{path}: {path.stat().st_size / 1000:.0f} kB")
                await page.close()
            await browser.close()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]) if sys.argv[1:] else FOLDER))

"""The desk's pictures in docs/screenshots: `python -m bench.screenshots_desk [FOLDER]`.

An invented office on a clock that stands still, so that a run differs from the last only where a
page does. `--all` adds every other page in large type, dark and high contrast, for looking over.
"""

import asyncio
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from playwright.async_api import Browser, Page, ViewportSize, async_playwright

from bench.desk_world import PASSWORD, World, fill, opened
from bot.web import WebServer, create_app
from petitions import Channel, Kind

FOLDER = Path("docs/screenshots")
CHROMIUM = "/usr/bin/chromium"
PHONE = ViewportSize(width=360, height=740)
DESKTOP = ViewportSize(width=1280, height=900)
CASES = 60
STORY = "申请公开2025年省重点项目清单和每个项目的总投资额，用于研究，请以电子邮件提供。"


@asynccontextmanager
async def served(world: World) -> AsyncIterator[str]:
    """The address of the desk of a world."""
    program = world.program
    app = create_app(
        mailroom=world.mailroom,
        settings=program.settings,
        secret=program.secret,
        new_id=program.services.new_id,
        clock=world.clock,
        staff=program.staff(),
    )
    server = WebServer(app, host="127.0.0.1", port=0)
    serving = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}/desk"
    finally:
        server.should_exit = True
        await serving


async def sign_in(browser: Browser, url: str, name: str, size: ViewportSize, **more: str) -> Page:
    """A page of somebody who is signed in."""
    context = await browser.new_context(viewport=size, locale="zh-CN", **more)  # type: ignore[arg-type]  # names of options
    page = await context.new_page()
    await page.goto(f"{url}/sign-in")
    await page.fill("#name", name)
    await page.fill("#password", PASSWORD)
    await page.click("button.go")
    await page.wait_for_url(url)
    return page


def story(world: World) -> str:
    """One case with a history worth a picture."""
    desk, by = world.program.services.desk, world.actor("王敏")
    number = desk.register(
        kind=Kind.DISCLOSURE,
        channel=Channel.WEB,
        person="web:1001",
        text=STORY,
        applicant="群众甲",
        contact="电话 024-00000000",
    ).number
    desk.work.accept(number, by=by)
    desk.work.claim(number, by=by)
    desk.replies.note(number, by=by, text="清单在综合科，总投资额要请统计科核对。")
    desk.replies.urge(number, by=world.actor("赵强"), note="请本周内答复。")
    return number


async def take(folder: Path, *, everything: bool) -> None:
    """All pictures."""
    with tempfile.TemporaryDirectory() as made, opened(Path(made)) as world:
        fill(world, CASES)
        number = story(world)
        async with served(world) as url, async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=CHROMIUM)
            await _usual(browser, url, number, folder)
            if everything:
                await _others(browser, url, number, folder)
            await browser.close()


async def _usual(browser: Browser, url: str, number: str, folder: Path) -> None:
    for size, ending in ((DESKTOP, "desktop"), (PHONE, "phone")):
        page = await sign_in(browser, url, "赵强", size)
        await page.goto(f"{url}?tab=all")
        await page.screenshot(path=folder / f"desk-queue-{ending}.png")
        page = await sign_in(browser, url, "王敏", size)
        await page.goto(f"{url}/case/{number}")
        await page.select_option("#outcome", "granted")
        await page.click("button[value=fill]")
        await page.goto(f"{url}/case/{number}")
        await page.screenshot(path=folder / f"desk-case-{ending}.png", full_page=ending != "phone")


PAGES = ("", "?tab=overdue&kind=appeal", "/case/{}", "/new", "/password", "/overview", "/sign-in")


async def _others(browser: Browser, url: str, number: str, folder: Path) -> None:
    """Everything there is, for looking over."""
    looks = {
        "plain": {},
        "phone": {},
        "dark": {"color_scheme": "dark"},
        "large": {},
        "contrast": {},
    }
    for look, options in looks.items():
        size = PHONE if look in ("phone", "large") else DESKTOP
        page = await sign_in(browser, url, "赵强", size, **options)
        if look == "large":
            await page.evaluate("localStorage.setItem('zhengwen.size', '3')")
        if look == "contrast":
            await page.evaluate("localStorage.setItem('zhengwen.contrast', 'high')")
        for at, path in enumerate(PAGES):
            await page.goto(url + path.format(number))
            name = path.strip("/?").partition("/")[0].partition("&")[0] or "queue"
            await page.screenshot(path=folder / f"{look}-{at}-{name}.png", full_page=True)


def main() -> None:
    """Take them."""
    words = [word for word in sys.argv[1:] if not word.startswith("--")]
    folder = Path(words[0]) if words else FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    asyncio.run(take(folder, everything="--all" in sys.argv))


if __name__ == "__main__":
    main()

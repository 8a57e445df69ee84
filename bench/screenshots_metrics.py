"""The figures' pictures in docs/screenshots: `python -m bench.screenshots_metrics [FOLDER]`.

`--all` adds every page of figures in large type, dark and high contrast, for looking over.
"""

import asyncio
import random
import sys
import tempfile
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

from playwright.async_api import Browser, Page, ViewportSize, async_playwright

from bench.desk_world import NOW, World, fill, opened
from bench.screenshots_desk import CHROMIUM, FOLDER, served, sign_in
from knowledge import Question, Said
from petitions import SignIn

PHONE = ViewportSize(width=360, height=740)
DESKTOP = ViewportSize(width=1280, height=900)
CASES = 400
ASKED = ("水费怎么算", "备案要多久", "充电桩找谁装", "能不能补发发票", "停车费投诉", "招标在哪里看")


def fill_more(world: World) -> None:
    """Duty and questions of the year."""
    dice, program = random.Random(3), world.program
    zone = program.settings.zone
    program.services.desk.duty.load(
        SignIn(
            date=day.date(),
            officer=dice.choice(["孙丽", "赵强", "王敏"]),
            signed_in_at=datetime.combine(
                day.date(), time(8 if dice.random() < 0.95 else 11, dice.randrange(60)), zone
            ).astimezone(UTC),
        )
        for day in (NOW - timedelta(days=n) for n in range(330))
        if day.weekday() < 5
    )
    with program.db.atomic():
        for n in range(600):
            asked = _question(n, dice)
            program.services.knowledge.store.log(asked)
            if asked.feedback:
                program.services.knowledge.store.rate(asked, Said(asked.feedback), NOW)


def _question(n: int, dice: random.Random) -> Question:
    answered = dice.random() < 0.8
    return Question(
        id=f"q{n}",
        conversation=f"c{n}",
        channel="web",
        asked_at=NOW - timedelta(days=dice.random() * 330),
        text=dice.choice(ASKED),
        decision="answer" if answered else "escalate",
        confidence=0.9 if answered else 0.1,
        answered_with="e1" if answered else None,
        feedback=dice.choice(["helpful", "helpful", "unsolved", None, None]) if answered else None,
    )


async def take(folder: Path, *, everything: bool) -> None:
    """All pictures."""
    with tempfile.TemporaryDirectory() as made, opened(Path(made)) as world:
        fill(world, CASES)
        fill_more(world)
        async with served(world) as url, async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=CHROMIUM)
            await _usual(browser, url, folder)
            if everything:
                await _others(browser, url, folder)
            await browser.close()


async def _usual(browser: Browser, url: str, folder: Path) -> None:
    for size, ending in ((DESKTOP, "desktop"), (PHONE, "phone")):
        page = await sign_in(browser, url, "赵强", size)
        await page.goto(f"{url}/metrics?show=on_time_rate")
        await _shoot(page, folder / f"metrics-desk-{ending}.png", size)
        await page.goto(f"{url.removesuffix('/desk')}/figures")
        await _shoot(page, folder / f"metrics-public-{ending}.png", size)


async def _shoot(page: Page, path: Path, size: ViewportSize) -> None:
    """A screen and a half, so that a picture stays small."""
    clip = {"x": 0, "y": 0, "width": size["width"], "height": size["height"] * 3 // 2}
    await page.screenshot(path=path, full_page=True, clip=clip)  # type: ignore[arg-type]  # floats


PAGES = (
    "/desk/metrics",
    "/desk/metrics?by=month&show=satisfaction_rate&period=last_year",
    "/desk/metrics/cases?figure=late&group=all",
    "/desk/metrics/questions",
    "/desk/duty",
    "/figures",
    "/figures?year=2025",
)


async def _others(browser: Browser, url: str, folder: Path) -> None:
    """Everything there is, for looking over."""
    site = url.removesuffix("/desk")
    for look in ("plain", "phone", "dark", "large", "contrast"):
        size = PHONE if look in ("phone", "large") else DESKTOP
        options = {"color_scheme": "dark"} if look == "dark" else {}
        page = await sign_in(browser, url, "赵强", size, **options)
        if look == "large":
            await page.evaluate("localStorage.setItem('zhengwen.size', '3')")
        if look == "contrast":
            await page.evaluate("localStorage.setItem('zhengwen.contrast', 'high')")
        for at, path in enumerate(PAGES):
            await page.goto(site + path)
            wide = await page.evaluate("document.documentElement.scrollWidth")
            if wide > size["width"]:
                print(f"{look} {path}: {wide} px wide")
            await page.screenshot(path=folder / f"{look}-{at}.png", full_page=True)


def main() -> None:
    """Take them."""
    words = [word for word in sys.argv[1:] if not word.startswith("--")]
    folder = Path(words[0]) if words else FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    asyncio.run(take(folder, everything="--all" in sys.argv))


if __name__ == "__main__":
    main()

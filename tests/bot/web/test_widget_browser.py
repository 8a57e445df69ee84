"""The widget on pages of other sites, in a real browser."""

import asyncio
from contextlib import asynccontextmanager
from dataclasses import dataclass

import pytest
import pytest_asyncio
from playwright.async_api import expect

pytestmark = pytest.mark.asyncio(loop_scope="session")

ODD_STYLE = """
  * { box-sizing: content-box !important; }
  div, button, iframe { display: inline !important; width: 3px; font-size: 5px !important;
    position: static; text-transform: uppercase; transform: rotate(5deg); }
  body { overflow: hidden; line-height: 9; }
"""


@dataclass
class Portal:
    """Another site: one page on a port of its own."""

    script: str = ""
    url: str = ""

    async def answer(self, reader, writer):
        await reader.readuntil(b"\r\n\r\n")
        page = f"<!DOCTYPE html><title>门户</title><style>{ODD_STYLE}</style><h1>门户</h1>"
        head = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nConnection: close"
        writer.write(f"{head}\r\n\r\n{page}{self.script}".encode())
        await writer.drain()
        writer.close()

    @asynccontextmanager
    async def open(self):
        server = await asyncio.start_server(self.answer, "127.0.0.1", 0)
        async with server:
            self.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
            yield self

    def include(self, site):
        self.script = f'<script src="{site.url}/widget.js" defer></script>'


@pytest_asyncio.fixture(loop_scope="session")
async def portal(site):
    """A portal that includes the widget and is allowed to embed it."""
    async with Portal().open() as opened:
        site.configure(widget_origins=(opened.url,))
        await site.serve()
        opened.include(site)
        yield opened
        await site.stop()


def launcher(page):
    return page.get_by_role("button", name="咨询", exact=True)


def inside(page):
    return page.frame_locator("iframe[title=在线咨询]")


async def ask(page, text):
    field = inside(page).get_by_label("您的问题")
    await field.fill(text)
    await field.press("Enter")
    await expect(inside(page).get_by_role("log")).to_contain_text(f"答：{text}")


async def test_a_portal_page_offers_the_chat_and_keeps_the_conversation(portal, device):
    async with device(viewport={"width": 1280, "height": 800}) as browser:
        page = await browser.new_page()
        await page.goto(portal.url)
        box = await launcher(page).bounding_box()
        assert (round(box["width"]), round(box["height"])) == (68, 68)
        await launcher(page).click()
        await ask(page, "多久？")
        await page.reload()
        await launcher(page).click()
        await expect(inside(page).locator(".own .text")).to_have_text("多久？")
        await expect(inside(page).locator(".reply")).to_have_count(1)
        assert await browser.cookies() == []


async def test_the_widget_is_used_with_the_keyboard(portal, device):
    async with device(viewport={"width": 1280, "height": 800}) as browser:
        page = await browser.new_page()
        await page.goto(portal.url)
        await page.keyboard.press("Tab")
        await expect(launcher(page)).to_be_focused()
        await expect(launcher(page)).to_have_attribute("aria-expanded", "false")
        await page.keyboard.press("Enter")
        await expect(launcher(page)).to_have_attribute("aria-expanded", "true")
        await expect(inside(page).get_by_label("您的问题")).to_be_focused()
        await page.keyboard.press("Escape")
        await expect(page.get_by_role("dialog")).to_be_hidden()
        await expect(launcher(page)).to_be_focused()
        await expect(launcher(page)).to_have_attribute("aria-expanded", "false")
        await page.keyboard.press("Enter")
        await expect(inside(page).get_by_label("您的问题")).to_be_focused()
        await inside(page).get_by_role("button", name="关闭").click()
        await expect(launcher(page)).to_be_focused()


async def test_on_a_phone_the_widget_fills_the_screen(portal, device):
    async with device() as browser:
        page = await browser.new_page()
        await page.goto(portal.url)
        await launcher(page).click()
        box = await page.get_by_role("dialog", name="在线咨询").bounding_box()
        assert box == {"x": 0, "y": 0, "width": 360, "height": 740}


async def test_the_widget_leaves_no_globals_behind(portal, device):
    async with Portal().open() as bare, device() as browser:
        names = []
        for address in (bare.url, portal.url):
            page = await browser.new_page()
            await page.goto(address)
            names.append(set(await page.evaluate("Object.getOwnPropertyNames(window)")))
        await expect(launcher(page)).to_be_visible()
        assert names[1] - names[0] == set()


async def test_the_widget_works_where_storage_is_blocked(portal, device):
    blocked = """for (const name of ["localStorage", "sessionStorage"])
        Object.defineProperty(window, name, {get() { throw new DOMException("", "SecurityError") }})
    """
    async with device() as browser:
        await browser.add_init_script(blocked)
        page = await browser.new_page()
        await page.goto(portal.url)
        await launcher(page).click()
        await ask(page, "甲")
        await ask(page, "乙")
        await expect(inside(page).locator(".reply")).to_have_count(2)


async def test_a_site_that_is_not_named_cannot_embed(site, portal, chromium):
    async with Portal().open() as stranger:
        stranger.include(site)
        page = await chromium.new_page()
        async with page.expect_console_message(lambda m: "frame-ancestors" in m.text):
            await page.goto(stranger.url)
            await launcher(page).click()
        assert await inside(page).get_by_label("您的问题").count() == 0
        await page.close()


async def test_on_a_phone_nothing_lies_over_the_send_button(portal, device):
    async with device() as browser:
        page = await browser.new_page()
        await page.goto(portal.url)
        await launcher(page).click()
        await inside(page).get_by_label("您的问题").fill("多久")
        await inside(page).get_by_role("button", name="发送").click()  # fails where it is covered
        await expect(inside(page).get_by_role("log")).to_contain_text("答：多久")
        await inside(page).get_by_role("button", name="关闭").click()
        await expect(launcher(page)).to_be_focused()


async def test_opening_shows_the_greeting_first(portal, device):
    async with device() as browser:
        page = await browser.new_page()
        await page.goto(portal.url)
        await launcher(page).click()
        await expect(inside(page).get_by_label("您的问题")).to_be_focused()
        assert await inside(page).locator("html").evaluate("html => html.scrollTop") == 0

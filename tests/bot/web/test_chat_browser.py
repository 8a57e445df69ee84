"""The chat page in a real browser."""

import re

import pytest
from playwright.async_api import expect

from bot.mailroom import AsyncMailroom
from handlers.messages import Incoming, say
from petitions import Channel
from tests.bot.web.conftest import Site

pytestmark = pytest.mark.asyncio(loop_scope="session")


def field(page):
    return page.get_by_label("您的问题")


def log(page):
    return page.get_by_role("log", name="对话记录")


def replies(page):
    return page.locator(".reply")


async def ask(page, text):
    await field(page).fill(text)
    await field(page).press("Enter")


async def answered(page, text):
    await expect(log(page)).to_contain_text(f"答：{text}")


def inbox(site):
    """What the server has stored, oldest first."""
    rows = site.mailroom.sync._db.query("SELECT payload FROM inbox ORDER BY seq")
    return [row["payload"] for row in rows]


async def test_a_question_is_answered_with_its_source_and_stays_after_a_reload(served, device):
    async with device() as browser:
        page = await browser.new_page()
        await page.goto(served.url)
        await ask(page, "多久答复？")
        await answered(page, "多久答复？")
        await expect(page.locator(".source a")).to_have_attribute(
            "href", "https://example.gov.cn/a?id=1"
        )
        await expect(page.locator(".own .state")).to_be_empty()
        live = await replies(page).inner_text()
        await page.reload()
        assert await replies(page).inner_text() == live  # the server draws what the script draws
        await expect(page.locator(".own .text")).to_have_text("多久答复？")


async def test_a_long_answer_unfolds_below_its_quotation(served, device):
    async with device() as browser:
        page = await browser.new_page()
        await page.goto(served.url)
        await ask(page, "长文")
        await expect(page.get_by_role("blockquote")).to_have_text("这一句最要紧。")
        drawn = await page.locator(".reply .block").evaluate_all("all => all.map(x => x.outerHTML)")
        await page.reload()
        blocks = page.locator(".reply .block")
        assert await blocks.evaluate_all("all => all.map(x => x.outerHTML)") == drawn
        await expect(page.get_by_text("一句。")).to_be_hidden()
        await page.get_by_text("看全文").click()
        await expect(page.get_by_text("一句。")).to_be_visible()


async def test_an_example_asks_with_one_touch(served, device):
    async with device(has_touch=True) as browser:
        page = await browser.new_page()
        await page.goto(served.url)
        await page.get_by_role("button", name="要钱吗？").tap()
        await answered(page, "要钱吗？")


async def test_a_pressed_button_is_used_up_and_stays_so(served, device):
    async with device() as browser:
        page = await browser.new_page()
        await page.goto(served.url)
        await ask(page, "甲")
        await page.get_by_role("button", name="没解决").click()
        await expect(log(page)).to_contain_text("请换个说法再问。")
        for _ in range(2):
            await expect(page.get_by_role("button", name="没解决")).to_be_disabled()
            await expect(page.get_by_role("button", name="有帮助")).to_be_disabled()
            await page.reload()
        assert len(inbox(served)) == 2


async def test_a_reply_in_place_takes_the_place_of_the_button(served, device):
    async with device() as browser:
        page = await browser.new_page()
        await page.goto(served.url)
        await ask(page, "甲")
        await page.get_by_role("button", name="有帮助").click()
        await expect(replies(page)).to_have_count(1)
        await expect(replies(page)).to_contain_text("谢谢您的评价。")
        await expect(replies(page)).to_be_focused()  # where the pressed button was


async def test_a_correction_replaces_question_and_answer(served, device):
    async with device() as browser:
        page = await browser.new_page()
        await page.goto(served.url)
        await ask(page, "多就")
        await page.get_by_role("button", name="改一改").click()
        await expect(field(page)).to_have_value("多就")
        await ask(page, "多久")
        await answered(page, "多久")
        await expect(replies(page)).to_have_count(1)
        await expect(page.locator(".own .text")).to_have_text("多久")
        await expect(page.locator(".own .state")).to_have_text("已更正")


async def test_everything_can_be_done_with_the_keyboard(served, device):
    async with device() as browser:
        page = await browser.new_page()
        await page.goto(served.url)
        await page.keyboard.press("Tab")
        await expect(page.get_by_role("link", name="跳到输入框")).to_be_focused()
        await page.keyboard.press("Enter")
        await page.keyboard.type("第一行")
        await page.keyboard.press("Shift+Enter")
        await page.keyboard.type("第二行")
        await page.keyboard.press("Enter")
        await answered(page, "第一行\n第二行")
        await expect(field(page)).to_be_focused()
        for _ in range(2):  # back over both buttons of the reply
            await page.keyboard.press("Shift+Tab")
        pressed = page.get_by_role("button", name="有帮助")
        await expect(pressed).to_be_focused()
        outline = "element => parseFloat(getComputedStyle(element).outlineWidth)"
        assert await pressed.evaluate(outline) >= 2
        await page.keyboard.press("Tab")
        await page.keyboard.press("Enter")
        await expect(log(page)).to_contain_text("请换个说法再问。")
        await expect(page.get_by_role("button", name="没解决")).to_be_focused()


async def test_enter_that_ends_a_word_of_an_input_method_does_not_send(served, device):
    async with device() as browser:
        page = await browser.new_page()
        await page.goto(served.url)
        await field(page).fill("shenqing")
        press = """(field, options) => field.dispatchEvent(new KeyboardEvent("keydown",
            {key: "Enter", bubbles: true, cancelable: true, ...options}))"""
        assert await field(page).evaluate(press, {"isComposing": True})
        assert await field(page).evaluate(press, {"keyCode": 229})
        await expect(field(page)).to_have_value("shenqing")
        assert not await field(page).evaluate(press, {})  # this one sends
        await answered(page, "shenqing")


async def test_type_size_and_contrast_are_remembered(served, device):
    async with device() as browser:
        page = await browser.new_page()
        await page.goto(served.url)
        size = "getComputedStyle(document.body).fontSize"
        normal = await page.evaluate(size)
        await page.get_by_role("button", name="特大字号").click()
        await page.get_by_role("button", name="高对比度").click()
        await page.reload()
        assert (normal, await page.evaluate(size)) == ("18px", "26px")
        background = "getComputedStyle(document.body).backgroundColor"
        assert await page.evaluate(background) == "rgb(0, 0, 0)"
        for name in ("特大字号", "高对比度"):
            tool = page.get_by_role("button", name=name)
            await expect(tool).to_have_attribute("aria-pressed", "true")


async def test_it_works_without_scripts(served, device):
    async with device(java_script_enabled=False) as browser:
        page = await browser.new_page()
        await page.goto(served.url)
        await field(page).fill("多久？")
        await page.get_by_role("button", name="发送").click()
        await answered(page, "多久？")
        await page.get_by_role("button", name="没解决").click()
        await expect(log(page)).to_contain_text("请换个说法再问。")
        await page.get_by_role("button", name="要钱吗？").click()
        await answered(page, "要钱吗？")


async def test_markup_stays_text(served, device):
    async with device() as browser:
        page = await browser.new_page()
        await page.goto(served.url)
        await ask(page, '<img src=x onerror="document.title=1"><b>粗</b>')
        await answered(page, '<img src=x onerror="document.title=1"><b>粗</b>')
        await page.reload()
        assert await page.locator("[role=log] :is(img, b)").count() == 0


async def test_a_text_that_is_too_long_is_kept_and_told(served, device):
    async with device() as browser:
        page = await browser.new_page()
        await page.goto(served.url)
        await field(page).fill("字" * 1990)
        await expect(page.locator("#count")).to_have_text("还可以写 10 个字")
        await ask(page, "字" * 2001)
        await expect(page.get_by_role("alert")).to_contain_text("最多 2000 个字，您写了 2001 个字")
        await expect(field(page)).to_have_value("字" * 2001)
        assert inbox(served) == []


async def test_a_message_written_while_the_server_is_away_arrives_once(served, device):
    async with device() as browser:
        page = await browser.new_page()
        await page.goto(served.url)
        await served.stop()
        await ask(page, "多久？")
        await expect(page.get_by_role("status")).to_contain_text("您的话已存好，连上后自动发送")
        await expect(page.locator(".own .state")).to_have_text("等待重发…")
        await served.serve(served.port)
        await answered(page, "多久？")
        await expect(page.get_by_role("status")).to_be_empty()
        assert len(inbox(served)) == 1


async def test_a_message_is_sent_again_after_a_reload_and_answered_once(served, device):
    async def lose_answer(route):
        await route.fetch()
        await route.abort()

    async with device() as browser:
        page = await browser.new_page()
        await page.goto(served.url)
        await page.route("**/api/v1/messages", lose_answer)
        async with page.expect_event("requestfailed"):
            await ask(page, "多久？")
        await page.unroute("**/api/v1/messages")
        assert len(inbox(served)) == 1
        async with page.expect_response("**/api/v1/messages"):
            await page.reload()
        await expect(page.locator(".own .state")).to_be_empty()
        await expect(replies(page)).to_have_count(1)
        assert len(inbox(served)) == 1
        left = await page.evaluate("Object.keys(localStorage)")
        assert not [key for key in left if "pending" in key]


async def test_who_is_too_fast_waits_and_loses_nothing(site, device):
    site.configure(address_per_minute=60)
    await site.serve()
    limits = site.app.state.web.limits
    while limits.admit(address="127.0.0.1") == 0:
        pass  # a busy minute at this address
    site.monotonic[0] += 2
    async with device() as browser:
        page = await browser.new_page()
        await page.goto(site.url)
        for number in range(5):
            await ask(page, f"第{number}条")
        await expect(page.get_by_role("status")).to_have_text("您发得有点快，1 秒后自动再发。")
        site.monotonic[0] += 30
        await answered(page, "第4条")
        texts = await page.locator(".reply .body").all_inner_texts()
        assert texts == [f"答：第{number}条" for number in range(5)]
    await site.stop()


def notify(site):
    """A clerk, elsewhere, makes progress with the case of whoever wrote last."""
    [row] = site.mailroom.sync._db.query("SELECT person FROM inbox ORDER BY seq DESC LIMIT 1")
    nothing = Incoming(
        channel=Channel.WEB,
        update_id="",
        person=row["person"],
        chat=row["person"],
        received_at=site.clock(),
    )
    site.mail.answer(None, nothing, say("您的事项已答复"), site.clock())


async def test_progress_appears_by_itself(served, device):
    async with device() as browser:
        page = await browser.new_page()
        await page.goto(served.url)
        await ask(page, "甲")
        await answered(page, "甲")
        await served.mailroom.run(notify, served)
        await expect(replies(page)).to_have_count(2)
        await page.reload()
        await expect(replies(page).last).to_contain_text("您的事项已答复")


async def test_a_broken_line_is_told_and_what_was_missed_comes_afterwards(served, device):
    async with device() as browser:
        page = await browser.new_page()
        await page.goto(served.url)
        await ask(page, "甲")
        await answered(page, "甲")
        await served.stop()
        await expect(page.get_by_role("status")).to_have_text("连接断开，正在重连…")
        await served.mailroom.run(notify, served)
        await served.serve(served.port)
        await expect(log(page)).to_contain_text("您的事项已答复")
        await expect(page.get_by_role("status")).to_be_empty()


async def test_where_streams_are_cut_off_polling_takes_over(served, device):
    async with device() as browser:
        page = await browser.new_page()
        await page.route("**/api/v1/stream", lambda route: route.abort())
        await page.clock.install()
        await page.goto(served.url)
        await ask(page, "甲")
        await answered(page, "甲")
        await served.mailroom.run(notify, served)
        for _ in range(6):
            await page.clock.run_for(5000)
        await expect(log(page)).to_contain_text("您的事项已答复")


async def test_a_second_page_shows_what_was_asked_on_the_first(served, device):
    async with device() as browser:
        one, two = await browser.new_page(), await browser.new_page()
        await one.goto(served.url)
        await ask(one, "甲")
        await answered(one, "甲")
        await two.goto(served.url)
        await ask(one, "乙")
        await expect(two.locator(".own .text")).to_have_text(["甲", "乙"])
        await expect(replies(two)).to_have_count(2)


async def test_without_cookies_a_token_takes_over(served, device):
    async with device() as browser:
        page = await browser.new_page()
        await page.goto(served.url)
        await browser.clear_cookies()
        await ask(page, "甲")
        await answered(page, "甲")


@pytest.mark.parametrize("width", [320, 640])
async def test_nothing_needs_scrolling_sideways(served, device, width):
    async with device(viewport={"width": width, "height": 480}) as browser:
        page = await browser.new_page()
        await page.goto(served.url)
        await page.get_by_role("button", name="特大字号").click()
        await ask(page, "https://example.gov.cn/" + "x" * 300)
        await expect(replies(page)).to_have_count(1)
        assert await page.evaluate("document.documentElement.scrollWidth") <= width
        box = await page.get_by_role("button", name="发送").bounding_box()
        assert box["x"] + box["width"] <= width
        assert box["y"] + box["height"] <= 480


async def test_every_control_has_a_name_and_room_for_a_finger(served, device):
    async with device() as browser:
        page = await browser.new_page()
        await page.goto(served.url)
        await ask(page, "甲")
        await page.get_by_role("button", name="改一改").wait_for()
        for control in await page.locator("button:visible, textarea:visible").all():
            box = await control.bounding_box()
            assert min(box["width"], box["height"]) >= 44, await control.evaluate(
                "e => e.outerHTML"
            )
        for button in await page.get_by_role("button").all():
            await expect(button).to_have_accessible_name(re.compile("."))
        for role in ("banner", "main", "contentinfo", "log"):
            await expect(page.get_by_role(role)).to_have_count(1)
        assert await page.locator("html").get_attribute("lang") == "zh-CN"
        assert await page.get_by_role("heading", level=1).count() == 1


CONTRAST = """selector => {
    const numbers = (text) => text.match(/[\\d.]+/g).map(Number);
    const light = (rgb) => {
        const [r, g, b] = rgb.slice(0, 3).map((v) => v / 255)
            .map((v) => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const element = document.querySelector(selector);
    const style = (e, what) => numbers(getComputedStyle(e)[what]);
    let behind = element;
    const clear = (rgb) => rgb.length === 4 && rgb[3] === 0;
    while (clear(style(behind, "backgroundColor"))) behind = behind.parentElement;
    const [a, b] = [light(style(element, "color")), light(style(behind, "backgroundColor"))];
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}"""
READ = (
    ".welcome p", ".hint", ".choice", ".own .text", ".reply .body", ".reply .source",
    ".reply .source a", ".reply time", ".send", "textarea", ".tool[data-size='1']",
    ".tool[data-size='2']", "h1", ".own .quiet", ".reply .choice",
)  # fmt: skip


@pytest.mark.parametrize("look", ["light", "dark", "high"])
async def test_everything_can_be_read(served, device, look):
    async with device(color_scheme="dark" if look == "dark" else "light") as browser:
        page = await browser.new_page()
        await page.goto(served.url)
        if look == "high":
            await page.get_by_role("button", name="高对比度").click()
        await ask(page, "甲")
        await page.get_by_role("button", name="改一改").wait_for()
        await page.mouse.move(0, 0)
        needed = 7 if look == "high" else 4.5
        poor = {
            one: ratio for one in READ if (ratio := await page.evaluate(CONTRAST, one)) < needed
        }
        assert poor == {}


async def test_the_real_program_answers_in_the_browser(program, clock, device):
    site = Site(settings=program.settings, clock=clock, mailroom=AsyncMailroom(program.mailroom))
    await site.serve()
    async with device() as browser:
        page = await browser.new_page()
        await page.goto(site.url)
        await ask(page, "信息公开多久给答复")
        await expect(log(page)).to_contain_text("20个工作日内答复")
        await expect(page.locator(".source")).to_contain_text("《中华人民共和国政府信息公开条例》")
        await ask(page, "转人工")
        await ask(page, "我家门口的路灯坏了三个月没人修")
        await expect(log(page)).to_contain_text("已登记")
        await page.get_by_text("查询码").first.wait_for()
    await site.stop()
    site.mailroom.close()


async def test_the_answer_to_what_was_just_sent_is_shown_at_once(served, device):
    long_ago = "\n".join("很久以前" for _ in range(60))
    async with device() as browser:
        page = await browser.new_page()
        await page.goto(served.url)
        await ask(page, long_ago)
        await answered(page, long_ago)
        for text in ("甲", "乙"):  # by stream or by response, whichever is first
            await page.evaluate("scrollTo(0, 0)")
            await ask(page, text)
            await answered(page, text)
            await expect(replies(page).last).to_be_in_viewport()
            await expect(page.get_by_role("button", name="有新回复")).to_have_count(0)


async def test_a_later_reply_is_offered_until_it_is_seen(served, device):
    async with device() as browser:
        page = await browser.new_page()
        await page.goto(served.url)
        await ask(page, "\n".join("很久以前" for _ in range(60)))
        await expect(replies(page)).to_have_count(1)
        await page.evaluate("scrollTo({top: 0, behavior: 'instant'})")
        await served.mailroom.run(notify, served)
        offer = page.get_by_role("button", name="有新回复")
        await expect(offer).to_be_visible()
        await page.evaluate("scrollTo({top: 1e6, behavior: 'instant'})")
        await expect(replies(page).last).to_be_in_viewport()
        await expect(offer).to_have_count(0)

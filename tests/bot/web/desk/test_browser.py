"""The desk in a real browser: a case from start to end, two at once, a phone, keys alone."""

import re
from contextlib import asynccontextmanager

import pytest
from playwright.async_api import expect

from petitions import Kind, Outcome, State
from tests.bot.web.conftest import PHONE
from tests.bot.web.desk.conftest import PASSWORD

pytestmark = pytest.mark.asyncio(loop_scope="session")
DESKTOP = {"width": 1280, "height": 900}


@pytest.fixture
def desk_of(device, served):
    """A browser of their own in which somebody is signed in."""

    @asynccontextmanager
    async def opened(name, **more):
        async with device(**{"viewport": DESKTOP, **more}) as context:
            page = await context.new_page()
            await page.goto(f"{served.url}/sign-in")
            await page.fill("#name", name)
            await page.fill("#password", PASSWORD)
            await page.press("#password", "Enter")
            await page.wait_for_url(re.compile(r"/desk$"))
            yield page

    return opened


def facts(served, number):
    return served.desk.queue.page(number, by=served.actor("钱七")).facts


async def test_a_request_is_answered_from_start_to_end(served, desk_of):
    number = served.case("申请公开某项目的批文", kind=Kind.DISCLOSURE, applicant="群众甲")
    async with desk_of("张三") as page, desk_of("赵六") as boss:
        await page.click("text=待受理")
        await page.click("text=申请公开某项目的批文")
        await page.click("summary:text-is('受理')")
        await page.fill("#accept-department", "投资处")
        await page.click("details[open] button:text-is('受理')")
        await expect(page.locator(".good")).to_have_text("已受理。")
        await page.click("button:text-is('领办')")
        await expect(page.locator(".good")).to_have_text("已领办，由您办理。")
        await page.select_option("#outcome", "unable_not_made")
        await page.click("text=填入模板")
        await expect(page.locator("#body")).to_have_value(re.compile("第三十八条"))
        await page.click("text=送审")
        await expect(page.locator(".good")).to_have_text("答复已送审。")
        await boss.click("text=待审核")
        await boss.click("text=申请公开某项目的批文")
        await expect(boss.locator("#reply")).to_contain_text("群众甲：")
        await boss.click("text=审核通过并发出")
        await expect(boss.locator(".good")).to_have_text("已审核通过，答复已发出。")
    made = facts(served, number)
    assert (made.state, made.outcome) == (State.REPLIED, Outcome.UNABLE_NOT_MADE)


async def test_what_is_typed_is_kept_by_itself(served, desk_of):
    number = served.case(officer="张三")
    async with desk_of("张三") as page:
        await page.goto(f"{served.url}/case/{number}")
        await page.fill("#body", "写到一半")
        await expect(page.locator("#saved")).to_contain_text("草稿已自动保存")
        await page.reload()
        await expect(page.locator("#body")).to_have_value("写到一半")


async def test_of_two_clerks_the_second_sees_the_first_and_cannot_submit(served, desk_of):
    number = served.case(officer="张三")
    async with desk_of("张三") as first, desk_of("赵六") as second:
        await first.goto(f"{served.url}/case/{number}")
        await second.goto(f"{served.url}/case/{number}")
        await expect(second.locator("#holder")).to_contain_text("张三正打开着这件事项")
        await second.fill("#body", "我也来写")
        await expect(second.locator("#saved")).to_contain_text("张三正在写这件的答复")
        await second.click("text=发出答复")
        await expect(second.locator("#problem")).to_contain_text("张三正在写这件的答复")
        await expect(second.locator("#body")).to_have_value("我也来写")
        await first.fill("#body", "我先写的")
        await first.click("text=发出答复")
        await expect(first.locator(".good")).to_have_text("答复已发出。")
        await second.click("text=发出答复")
        await expect(second.locator(".bad")).to_contain_text("已答复")
    assert facts(served, number).last_by == "张三"


async def test_in_two_tabs_neither_draft_is_lost(served, desk_of):
    number = served.case(officer="张三")
    async with desk_of("张三") as first:
        second = await first.context.new_page()
        for tab in (first, second):
            await tab.goto(f"{served.url}/case/{number}")
        await first.fill("#body", "第一个页面写的")
        await expect(first.locator("#saved")).to_contain_text("草稿已自动保存")
        await second.fill("#body", "第二个页面写的")
        await expect(second.locator("#saved")).to_contain_text("保存了另一份草稿")
        await expect(second.locator("#theirs")).to_have_value("第一个页面写的")
        await second.fill("#body", "合在一起")
        await second.click("#editor .row >> text=保存草稿")
        await expect(second.locator("#problem")).to_contain_text("您写的没有覆盖它")
        await second.click("#editor .row >> text=保存草稿")
        await expect(second.locator(".good")).to_have_text("草稿已保存。")
        await first.fill("#body", "第一个页面又写的")
        await expect(first.locator("#theirs")).to_have_value("合在一起")


async def test_back_and_reload_send_nothing_again(served, desk_of):
    number = served.case(officer="张三")
    async with desk_of("张三") as page:
        await page.goto(f"{served.url}/case/{number}")
        await page.fill("#body", "还有【日期】要填")
        await page.click("text=发出答复")
        await expect(page.locator("#problem")).to_contain_text("还有没填的地方")
        await page.reload()  # of a page that was posted Chromium would ask, and here fail
        await expect(page.locator("#body")).to_have_value("还有【日期】要填")
        await page.click("text=预览")
        await expect(page.locator("h1")).to_have_text("群众会看到")
        await page.go_back()
        await expect(page.locator("#problem")).to_contain_text("还有没填的地方")
        await page.go_back()
        await expect(page.locator("#case-title")).to_have_text("项目备案要多久？")
        await page.go_forward()
        await expect(page.locator("#body")).to_have_value("还有【日期】要填")


async def test_quoting_puts_text_and_source_where_one_writes(served, desk_of):
    number = served.case("企业投资项目怎么备案", officer="张三")
    async with desk_of("张三") as page:
        await page.goto(f"{served.url}/case/{number}")
        await page.fill("#body", "您好。")
        await page.click("summary:has-text('企业投资项目怎么备案')")
        await page.click("details[open] >> text=引用")
        await expect(page.locator("#body")).to_have_value(re.compile("^您好。\n\n在线平台填报"))
        assert page.url.endswith(number)


async def test_the_queue_and_a_reply_by_keys_alone(served, desk_of):
    served.case("第一件", officer="张三")
    number = served.case("第二件", officer="张三")
    async with desk_of("张三") as page:
        keys = page.keyboard
        await keys.press("?")
        await expect(page.locator("#help")).to_be_visible()
        await keys.press("Escape")
        await keys.press("j")
        await keys.press("j")
        await keys.press("k")
        await keys.press("j")
        await keys.press("Enter")
        await page.wait_for_url(f"**/case/{number}")
        await keys.press("r")
        await keys.type("用键盘写的答复")
        for _ in range(20):
            await keys.press("Tab")
            if await page.evaluate("document.activeElement.value") == "send":
                break
        await keys.press("Enter")
        await expect(page.locator(".good")).to_have_text("答复已发出。")
    assert facts(served, number).state is State.REPLIED


async def test_searching_by_key(served, desk_of):
    served.case("水费贵了一倍", officer="张三")
    served.case("备案", officer="张三")
    async with desk_of("张三") as page:
        await page.keyboard.press("/")
        await page.keyboard.type("水费")
        await page.keyboard.press("Enter")
        await expect(page.locator(".list tbody tr")).to_have_count(1)


async def test_a_call_is_registered_by_keys_alone(served, desk_of):
    async with desk_of("孙八") as page:
        keys = page.keyboard
        await keys.press("n")
        await page.wait_for_url("**/new")
        await expect(page.locator("#channel")).to_be_focused()
        await keys.press("Tab")
        await keys.press("Tab")
        await keys.type("路灯坏了一个月")
        await keys.press("Tab")
        await keys.type("群众甲")
        await keys.press("Tab")
        await keys.type("电话 024-00000000")
        await keys.press("Enter")
        await expect(page.locator(".slip")).to_contain_text("查询码")
        await expect(page.locator(".slip")).to_contain_text("路灯坏了一个月")


PAGES = ("", "?tab=all&kind=appeal", "/case/{}", "/new", "/password", "/overview")


@pytest.mark.parametrize("size", ["1", "3"])
async def test_nothing_is_wider_than_a_phone(served, desk_of, size):
    number = served.case("一二三四五六七八九十" * 20, officer="张三", kind=Kind.DISCLOSURE)
    async with desk_of("赵六", viewport=PHONE) as page:
        await page.evaluate(f"localStorage.setItem('zhengwen.size', '{size}')")
        for path in PAGES:
            await page.goto(served.url + path.format(number))
            await page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
            wide = await page.evaluate("document.documentElement.scrollWidth")
            assert wide <= PHONE["width"], path


async def test_a_case_is_answered_on_a_phone_without_scripts(served, desk_of):
    number = served.case("备案", officer="张三")
    async with desk_of("张三", viewport=PHONE, java_script_enabled=False) as page:
        await page.click("text=备案")
        await page.fill("#body", "没有脚本也能答复")
        await page.click("text=发出答复")
        await expect(page.locator(".good")).to_have_text("答复已发出。")
    assert facts(served, number).state is State.REPLIED

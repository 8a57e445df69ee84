"""Whole conversations on the web page: a real browser, the real handlers, a real database file."""

import re
from contextlib import asynccontextmanager

import pytest
import pytest_asyncio
from playwright.async_api import expect

from bot.mailroom import AsyncMailroom
from handlers import texts
from tests.bot.web.conftest import Site, chromium, device  # noqa: F401 - fixtures of the browser

pytestmark = pytest.mark.asyncio(loop_scope="session")

UNKNOWN = "公园的猴子叫什么名字"
UNSURE = "核准备案"


@pytest_asyncio.fixture(loop_scope="session")
async def office(program, clock):
    """The whole program behind an address on loopback."""
    mailroom = AsyncMailroom(program.mailroom)
    site = Site(settings=program.settings, clock=clock, mailroom=mailroom)
    await site.serve()
    yield site
    await site.stop()
    mailroom.close()


class Page:
    """What a person sees and does; texts are those that people read."""

    def __init__(self, page):
        self.page = page

    async def ask(self, text):
        await self.page.get_by_label("您的问题").fill(text)
        await self.page.get_by_role("button", name="发送").click()

    async def press(self, label):
        begins = re.compile(re.escape(label))  # a note may follow
        await self.page.get_by_role("button", name=begins).last.click()

    async def reads(self, text):
        await expect(self.page.locator(".reply").last).to_contain_text(text)

    async def receipt(self):
        """Number and query code."""
        await self.reads("已登记")
        shown = await self.page.locator(".reply").last.inner_text()
        return re.findall(r"(?:编号|查询码)：(\S+)", shown)


@pytest.fixture
def visit(office, device):  # noqa: F811 - the fixture imported above
    """Opens the page as a new person."""

    @asynccontextmanager
    async def opened(**more):
        async with device(**more) as browser:
            page = await browser.new_page()
            await page.goto(office.url)
            yield Page(page)

    return opened


SCRIPTS = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])


@SCRIPTS
async def test_a_question_is_answered_and_the_answer_rated(visit, program, scripts):
    async with visit(java_script_enabled=scripts) as page:
        await page.ask("请问怎么申请政府信息公开？谢谢")
        await page.reads("当面、邮寄或者网上都可以。")
        await page.reads("依据：《中华人民共和国政府信息公开条例》（国令第711号）第三十三条")
        await page.press("有帮助")
        await page.reads(texts.THANKS_FOR_RATING)
    (asked,) = program.db.query("SELECT * FROM questions")
    assert (asked["decision"], asked["feedback"]) == ("answer", "helpful")


@SCRIPTS
async def test_from_doubt_to_a_case_and_its_progress(visit, scripts):
    async with visit(java_script_enabled=scripts) as page:
        await page.ask(UNSURE)
        await page.reads(texts.DID_YOU_MEAN)
        await page.reads("在线平台填报即可。")  # the heart of its answer, on the button
        await page.press("企业投资项目怎么备案?")
        await page.reads("在线平台填报即可。")
        await page.press("没解决")
        await page.reads(texts.SORRY_UNSOLVED)
        await page.press("转人工")
        number, code = await page.receipt()
        assert re.fullmatch(r"2026-\d{6}-\d", number)
        assert re.fullmatch(r"[0-9A-Z]{4}-[0-9A-Z]{4}", code)
        await page.ask(f"查 {number}")
        await page.reads(UNSURE)
        await page.reads(f"编号：{number}")
        await page.reads("预计答复：2026年12月1日前")


async def test_none_of_the_choices_leads_to_staff(visit, program):
    async with visit() as page:
        await page.ask(UNSURE)
        await page.press("都不是")
        await page.reads(texts.NONE_FITS)
        await page.press("转人工")
        await page.receipt()
    assert [case["text"] for case in program.db.query("SELECT text FROM cases")] == [UNSURE]


async def test_a_follow_up_is_understood(visit):
    async with visit() as page:
        await page.ask("怎么申请政府信息公开？")
        await page.reads("当面、邮寄或者网上都可以。")
        await page.ask("那要多久？")
        await page.reads("20个工作日内答复。")


async def test_another_device_needs_the_code(visit):
    async with visit() as page:
        await page.ask(UNKNOWN)
        await page.press("转人工")
        number, code = await page.receipt()
    async with visit() as other:
        await other.ask(f"查 {number}")
        await other.reads(texts.NEED_CODE)
        await other.ask("ABCD-2345")
        await other.reads(texts.NOT_YOURS)
        await other.ask(f"查 {number}")
        await other.reads(texts.NEED_CODE)
        await other.ask(code)
        await other.reads(UNKNOWN)
        await other.page.reload()
        assert code not in await other.page.content()


async def test_a_reload_keeps_the_conversation_but_not_the_code(visit):
    async with visit() as page:
        await page.ask(UNKNOWN)
        await page.press("转人工")
        number, code = await page.receipt()
        await page.ask("谢谢")
        await page.reads(texts.WELCOME_BACK)
        await page.page.reload()
        log = page.page.get_by_role("log", name="对话记录")
        await expect(log).to_contain_text(f"编号：{number}")
        await expect(log).to_contain_text(texts.SECRET_HIDDEN)
        await expect(log).not_to_contain_text(code)
        await expect(page.page.locator(".own .text")).to_have_text([UNKNOWN, "谢谢"])


async def test_two_tabs_are_one_conversation(visit):
    async with visit() as page:
        second = Page(await page.page.context.new_page())
        await second.page.goto(page.page.url)
        await page.ask("怎么申请政府信息公开？")
        await page.reads("当面、邮寄或者网上都可以。")
        await second.ask("那要多久？")
        await second.reads("20个工作日内答复。")


async def test_a_case_that_crosses_the_year_says_that_its_date_may_move(visit, clock):
    clock.pass_by(days=36)  # 30 December: 2027 is not announced yet
    async with visit() as page:
        await page.ask(UNKNOWN)
        await page.press("转人工")
        await page.reads("节假日安排公布后可能调整")
        await page.reads("2027年1月")


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("怎么\u3000申请政府信息公开？？？？", "当面、邮寄或者网上都可以。"),
        ("申請信息公開要收費嗎", "一般不收费。"),
        ("😀😀😀", texts.NOTHING_WRITTEN),
        ("'; DROP TABLE cases; --", texts.TO_STAFF),
        ("{{ 7 * 7 }}<script>alert(1)</script>", texts.TO_STAFF),
    ],
)
async def test_odd_writing_gets_an_answer(visit, written, told):
    async with visit() as page:
        await page.ask(written)
        await page.reads(told)
        await expect(page.page.locator(".own .text")).to_have_text(written)


async def test_ten_messages_at_once_are_all_answered_in_order(visit):
    async with visit() as page:
        field = page.page.get_by_label("您的问题")
        for number in range(10):
            await field.fill(f"第{number}个：{UNKNOWN}")
            await field.press("Enter")
        await expect(page.page.locator(".reply")).to_have_count(10)
        own = await page.page.locator("[role=log] > *").evaluate_all(
            "all => all.map(one => one.classList.contains('own'))"
        )
        assert own == [True, False] * 10

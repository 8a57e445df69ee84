"""Figures on the desk: who sees which, and that every number leads to exactly its cases."""

import re
from datetime import date, timedelta
from html import unescape
from io import BytesIO

import pytest
from openpyxl import load_workbook
from playwright.async_api import expect

from petitions import Channel, Kind, Outcome, Rating
from reports import By
from reports.sources import measured, period_of
from tests.bot.web.conftest import PHONE
from tests.bot.web.desk.conftest import PASSWORD, seen

LINK = re.compile(r'<a href="(/desk/metrics/cases\?[^"]*)">(\d+)</a>')


@pytest.fixture
def year(office):
    """Cases of both departments, replied in time, late or not at all, rated or not."""
    clock, start = office.clock, office.clock()
    for n in range(12):
        clock.now = start - timedelta(days=60 - 4 * n)
        officer = "张三" if n % 3 else "王五"
        number = office.case(
            f"第{n}件：项目备案要多久？",
            officer=officer,
            kind=Kind.APPEAL if n % 2 else Kind.CONSULTATION,
            channel=Channel.PHONE if n % 4 else Channel.WEB,
        )
        if n % 4 == 3:
            continue
        clock.now += timedelta(days=3 * n)
        by = office.actor(officer)
        office.desk.replies.reply(number, by=by, text="已经办好。", outcome=Outcome.EXPLAINED)
        if n % 2:
            office.desk.rate(number, by=by, rating=list(Rating)[n % 3])
    clock.now = start
    return office


@pytest.mark.parametrize("by", ["department", "kind", "channel", "month"])
async def test_every_number_leads_to_exactly_its_cases(year, by):
    client = await year.sign_in("赵六")
    page = await client.get(f"/desk/metrics?by={by}")
    links = dict.fromkeys(LINK.findall(page.text))
    assert len(links) > 12
    for path, number in links:
        found = await client.get(unescape(path))
        assert f"{number} 件" in seen(found)[:80], path
        assert len(re.findall(r'href="/desk/case/[^"]+"', found.text)) == int(number), path


async def test_numbers_are_those_of_the_command_line(year):
    client = await year.sign_in("赵六")
    page = seen(await client.get("/desk/metrics?by=department"))
    today = date(2026, 11, 24)
    period = period_of(date(2026, 1, 1), date(2026, 12, 31), as_of=None, now=year.clock(),
                       zone=year.settings.zone)  # fmt: skip
    assert today <= period.until
    for row in measured(year.desk, period, By.DEPARTMENT):
        assert f"{row.group} {row.received} {row.needing_handling} " in page


async def test_staff_see_their_department_only(year):
    client = await year.sign_in("王五")
    page = seen(await client.get("/desk/metrics"))
    assert "统计：价格处" in page
    assert "投资处" not in page
    cases = await client.get("/desk/metrics/cases?figure=received&group=投资处")
    assert "0 件" in seen(cases)
    everything = await client.get("/desk/metrics/cases?figure=received&group=all")
    assert "4 件" in seen(everything)


@pytest.mark.parametrize(
    "path",
    ["metrics", "metrics.xlsx", "metrics/cases?figure=due", "metrics/questions", "duty"],
)
async def test_nobody_sees_figures_without_signing_in(year, path):
    assert "登录" in seen(await year.client().get(f"/desk/{path}"))


async def test_questions_are_for_supervisors(year):
    staff, boss = await year.sign_in("张三"), await year.sign_in("赵六")
    assert (await staff.get("/desk/metrics/questions")).status_code == 403
    page = await boss.get("/desk/metrics/questions")
    assert "自助解答率" in seen(page)


@pytest.mark.parametrize(
    ("query", "status", "says"),
    [
        ("period=custom&from=2026-13-01", 422, "日期写得不对"),
        ("period=custom&from=2026-03-02&to=2026-03-01", 422, "起始日期在截止日期之后"),
        ("period=custom&from=1000-01-01&to=2026-03-01", 422, "最多统计十年"),
        ("period=custom&from=2026-01-01&to=9999-12-31", 422, "最多统计十年"),
        ("period=nonsense&by=weather&show=everything", 200, "今年"),
        ("as_of=2026-10-01", 200, "按2026年10月2日 00:00 的情况"),
    ],
)
async def test_what_an_address_asks_for_is_shown_or_told(year, query, status, says):
    client = await year.sign_in("赵六")
    page = await client.get(f"/desk/metrics?{query}")
    assert (page.status_code, says in seen(page)) == (status, True), seen(page)


@pytest.mark.parametrize("query", ["", "?figure=weather", "?figure=duty_days"])
async def test_a_number_that_does_not_exist_has_no_list(year, query):
    client = await year.sign_in("赵六")
    assert (await client.get(f"/desk/metrics/cases{query}")).status_code == 404


@pytest.mark.parametrize("group", ["abc", "2026-13", "x" * 3000, "%00"])
async def test_a_group_that_does_not_exist_is_empty(year, group):
    client = await year.sign_in("赵六")
    page = await client.get(f"/desk/metrics/cases?figure=due&by=month&group={group}")
    assert (page.status_code, "没有这样的事项" in seen(page)) == (200, True)


async def test_a_list_hides_the_title_of_what_is_confidential(year):
    number = year.case("举报某单位", officer="王五")
    year.desk.replies.set_confidential(number, by=year.actor("王五"))
    (row,) = year.desk.queue.rows([number], by=year.actor("张三"))
    assert row.title == "（保密）"


async def test_the_excel_file_has_the_same_table(year):
    client = await year.sign_in("赵六")
    file = await client.get("/desk/metrics.xlsx?by=kind")
    sheet = load_workbook(BytesIO(file.content))["统计"]
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0][:4] == ("类型", "收到", "需要办理", "已答复")
    assert [row[:2] for row in rows[1:4]] == [("咨询", 6), ("诉求", 6), ("合计", 12)]
    rate = sheet.cell(row=4, column=rows[0].index("办复率") + 1)
    assert rate.value == pytest.approx(9 / 12)
    assert rate.number_format == "0.0%"


async def test_open_cases_are_told_by_age(year):
    client = await year.sign_in("赵六")
    page = await client.get("/desk/metrics")
    found = dict(re.findall(r'cases\?(age=[\w-]+)">(\d+)<', page.text))
    assert sum(int(n) for name, n in found.items() if name != "age=overdue") == 3
    for query, number in found.items():
        assert f"{number} 件" in seen(await client.get(f"/desk/metrics/cases?{query}"))[:60]


async def test_the_duty_board_says_who_was_there_and_how_often(office):
    office.clock.now = office.clock().replace(day=23, hour=0, minute=30)  # Monday 8:30
    office.desk.duty.sign_in(by=office.actor("孙八"), now=office.clock())
    office.clock.now += timedelta(days=1, hours=4)
    client = await office.sign_in("孙八")
    page = seen(await client.get("/desk/duty"))
    assert "还没有人签到" in page
    assert "2026年11月23日 有人值守 孙八（办公室） 08:30" in page
    assert "全机关值守率 6.2% 1/16" in page
    assert "2026年11月20日 无人值守" in page
    assert "下个月" not in page
    assert "2026年10月" in seen(await client.get("/desk/duty?month=2026-10"))


@pytest.mark.asyncio(loop_scope="session")
@pytest.mark.parametrize("look", [{}, {"color_scheme": "dark"}])
async def test_on_a_phone_nothing_is_wider_than_the_screen(served, device, look):
    number = served.case("项目备案要多久？", officer="张三")
    async with device(viewport=PHONE, **look) as context:
        page = await context.new_page()
        await page.goto(f"{served.url}/sign-in?to=/metrics")
        await page.evaluate("localStorage.setItem('zhengwen.size', '3')")
        await page.fill("#name", "赵六")
        await page.fill("#password", PASSWORD)
        await page.press("#password", "Enter")
        await expect(page.locator("h1")).to_have_text("统计")
        for path in ("/metrics", "/metrics/questions", "/duty"):
            await page.goto(served.url + path)
            assert await page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
        await page.goto(f"{served.url}/metrics")
        await page.click(".sum a >> nth=0")
        await expect(page.locator("main")).to_contain_text(number)

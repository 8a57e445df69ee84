"""The figures for everybody: no sign-in, nothing small, the same for a month."""

import csv
import re
from datetime import timedelta
from io import StringIO

import pytest
from playwright.async_api import expect

from petitions import Kind, Outcome
from tests.bot.web.conftest import PHONE
from tests.bot.web.desk.conftest import seen


@pytest.fixture
def september(office):
    """Twelve consultations and two appeals of September; it is November."""
    clock, now = office.clock, office.clock()
    clock.now = now - timedelta(days=70)
    for n in range(14):
        number = office.case(
            f"第{n}件：项目备案要多久？",
            officer="张三",
            kind=Kind.APPEAL if n > 11 else Kind.CONSULTATION,
        )
        clock.now += timedelta(hours=1)
        if n < 6:
            office.desk.replies.reply(
                number, by=office.actor("张三"), text="已办好。", outcome=Outcome.EXPLAINED
            )
    clock.now = now
    return office


async def test_everybody_sees_large_groups_and_no_small_ones(september):
    page = await september.client().get("/figures")
    text = seen(page)
    assert page.status_code == 200
    assert "截至 2026年10月31日" in text
    assert "诉求 少于5件" in text
    assert "投资处" not in page.text


async def test_what_happens_this_month_changes_nothing_before_the_next(september):
    client = september.client()
    before = (await client.get("/figures.json")).json()
    for n in range(6):
        september.case(f"又一件{n}", kind=Kind.APPEAL)
    again = september.client()
    september._app = None  # another process: nothing is kept
    assert (await again.get("/figures.json")).json() == before
    september.clock.pass_by(days=10)
    after = (await september.client().get("/figures.json")).json()
    assert after["as_of"] == "2026-11-30"
    total = next(one for one in after["figures"] if one["period"] == "2026")
    assert total["received"] == 20


async def test_open_data_hides_what_the_page_hides(september):
    file = await september.client().get("/figures.csv")
    assert file.headers["content-type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(StringIO(file.content.decode("utf-8-sig"))))
    appeal = next(row for row in rows if (row["期间"], row["类型"]) == ("2026", "诉求"))
    assert {appeal["收到"], appeal["已答复"]} == {"少于5件"} or appeal["已答复"] == "少于5件"
    assert not any(value == "2" for row in rows for value in row.values())


@pytest.mark.parametrize("query", ["year=2020", "year=abc", "year=99999999"])
async def test_a_year_without_figures_is_not_there(september, query):
    assert (await september.client().get(f"/figures?{query}")).status_code == 404


async def test_before_the_first_month_is_over_there_is_nothing_to_show(office):
    office.case("项目备案要多久？")
    page = await office.client().get("/figures")
    assert "还没有可以公开的数字" in seen(page)
    assert (await office.client().get("/figures.json")).json()["figures"] == []


async def test_readers_of_the_page_hear_which_cell_they_are_in(september):
    page = (await september.client().get("/figures")).text
    for table in re.findall(r"<table.*?</table>", page, re.DOTALL):
        assert "<caption" in table
        assert 'scope="col"' in table
        assert 'scope="row"' in table


@pytest.mark.asyncio(loop_scope="session")
@pytest.mark.parametrize("look", [{}, {"color_scheme": "dark"}])
async def test_the_page_fits_a_phone_in_the_largest_type(served, device, look):
    served.clock.pass_by(days=-70)
    for n in range(6):
        served.case(f"第{n}件：项目备案要多久？")
    served.clock.pass_by(days=70)
    async with device(viewport=PHONE, **look) as context:
        page = await context.new_page()
        await page.goto(served.url.removesuffix("/desk") + "/figures")
        await page.click("text=特大")
        await expect(page.locator("html")).to_have_attribute("data-size", "3")
        assert await page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
        cell = page.get_by_role("row", name="咨询").first.get_by_role("cell").first
        await expect(cell).to_have_text("6")

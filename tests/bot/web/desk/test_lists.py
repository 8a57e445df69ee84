"""Lists: what is due first, who sees what, searching, giving out, the Excel file."""

from dataclasses import replace
from io import BytesIO

import pytest
from openpyxl import load_workbook

from petitions import Kind
from tests.bot.web.desk.conftest import hidden, seen


async def test_what_is_due_first_comes_first_with_the_days_in_words(office, clock):
    clock.pass_by(days=-8)
    office.case("早就到期的咨询", officer="张三")
    clock.pass_by(days=3)
    office.case("快要到期的咨询", officer="张三")
    clock.pass_by(days=5)
    office.case("还早的诉求", kind=Kind.APPEAL, officer="张三")
    page = await (await office.sign_in("张三")).get("/desk")
    text = seen(page)
    places = [text.index(part) for part in ("早就到期", "快要到期", "还早的")]
    assert places == sorted(places)
    for words in ("已超期 1 个工作日", "还剩 2 个工作日", "还剩 15 个工作日"):
        assert words in text
    for level in ("overdue", "soon", "fine"):
        assert f'<tr class="{level}">' in page.text


async def test_a_deadline_beyond_the_known_holidays_is_marked(office):
    office.case("关于充电桩的建议", kind=Kind.PROPOSAL, officer="张三")
    page = await (await office.sign_in("张三")).get("/desk")
    assert "暂定" in seen(page)


async def test_a_stopped_clock_is_said_and_not_red(office, clock):
    number = office.case("要某项目的批文", kind=Kind.DISCLOSURE, officer="张三")
    office.desk.work.consult(number, by=office.actor("张三"), party="某公司")
    page = await (await office.sign_in("张三")).get("/desk")
    assert "期限停止计算" in seen(page)
    assert '<tr class="stopped">' in page.text


async def test_tabs_count_what_is_in_them(office):
    office.case("没有人受理的")
    office.case("投资处的", officer="张三")
    office.case("价格处的", officer="王五")
    text = seen(await (await office.sign_in("李四")).get("/desk"))
    for tab in ("我的 0", "待受理 1", "待领 0", "本处室 1", "逾期 0"):
        assert tab in text
    assert "全部（督办）" not in text
    assert "全部（督办） 3" in seen(await (await office.sign_in("赵六")).get("/desk"))


@pytest.mark.parametrize(
    "query",
    [
        "tab=all",
        "tab=department&department=价格处",
        "tab=all&department=价格处",
        "tab=free&department=价格处",
        "tab=overdue&department=价格处&open=any",
        "q=水费",
        "tab=department&q=水费",
        "person=web:1001",
        "tab=department&officer={other}",
        "tab=mine&officer={other}",
    ],
)
async def test_no_address_shows_an_officer_another_departments_cases(office, query):
    office.case("水费贵了一倍", kind=Kind.APPEAL, officer="王五")
    other = office.user("王五").id
    client = await office.sign_in("张三")
    page = await client.get(f"/desk?{query.format(other=other)}")
    assert page.status_code == 200
    assert "水费贵" not in page.text.replace('value="水费"', "")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=水费", {"水"}),
        ("q=贵了", {"水"}),
        ("q={number}", {"水"}),
        ("q=不存在的词", set()),
        ("kind=appeal", {"水"}),
        ("kind=consultation&kind=appeal", {"水", "备"}),
        ("channel=phone", set()),
        ("state=in_progress", {"水", "备"}),
        ("state=registered", set()),
        ("department=价格处", {"水"}),
        ("officer={officer}", {"备"}),
        ("officer=nobody", set()),
        ("due_to=2026-12-05", {"备"}),
        ("due_from=2026-12-05", {"水"}),
        ("provisional=yes", set()),
        ("stopped=no", {"水", "备"}),
        ("person=web:7", {"水"}),
        ("order=newest", {"水", "备"}),
        ("page=99", set()),
        ("page=x&order=x&kind=x&tab=all", {"水", "备"}),
    ],
)
async def test_filters_and_search(office, query, found):
    number = office.case("水费贵了一倍", kind=Kind.APPEAL, officer="王五", person="web:7")
    office.case("备案要多久", officer="张三")
    client = await office.sign_in("赵六")
    query = query.format(number=number[:11], officer=office.user("张三").id)
    page = await client.get(f"/desk?tab=all&{query}")
    rows = page.text.partition("<tbody>")[2]
    assert {first for first in "水备" if first in rows} == found


async def test_a_date_that_is_none_is_named(office):
    page = await (await office.sign_in("张三")).get("/desk?due_from=yesterday")
    assert page.status_code == 422
    assert "日期写得不对" in seen(page)


async def test_pages_of_fifty(office):
    with office.program.db.atomic():
        for at in range(55):
            office.case(f"第{at}件事")
    client = await office.sign_in("赵六")
    first = await client.get("/desk?tab=all")
    assert first.text.count('name="number"') == 50
    assert "第 1 页，共 2 页" in seen(first)
    second = await client.get("/desk?tab=all&page=2")
    assert second.text.count('name="number"') == 5


async def test_cases_are_given_out_in_bulk_and_each_refusal_is_named(office):
    good = [office.case(f"事{at}", officer="张三") for at in range(2)]
    bad = office.case("没有受理的")
    client = await office.sign_in("赵六")
    token = hidden(await client.get("/desk"), "token")
    officer = office.user("李四").id
    data = {"token": token, "number": [*good, bad], "officer": officer, "query": "tab=all"}
    page = await client.post("/desk/assign", data=data)
    assert "已指派 2 件给李四" in seen(page)
    assert f"{bad}：" in seen(page)
    by = office.actor("赵六")
    assert [office.desk.queue.page(n, by=by).facts.officer_name for n in good] == ["李四"] * 2


async def test_an_officer_cannot_give_out_other_departments_cases(office):
    number = office.case("水费", officer="王五")
    client = await office.sign_in("张三")
    token = hidden(await client.get("/desk"), "token")
    data = {"token": token, "number": number, "officer": office.user("张三").id}
    page = await client.post("/desk/assign", data=data)
    assert page.status_code == 409
    facts = office.desk.queue.page(number, by=office.actor("赵六")).facts
    assert facts.officer_name == "王五"


async def test_a_list_is_kept_under_a_name_for_its_owner_only(office):
    client = await office.sign_in("张三")
    token = hidden(await client.get("/desk"), "token")
    data = {"token": token, "name": "我的诉求", "query": "tab=mine&kind=appeal"}
    page = await client.post("/desk/views", data=data)
    assert "kind=appeal" in str(page.url)
    assert "我的诉求" in seen(page)
    assert "我的诉求" not in seen(await (await office.sign_in("李四")).get("/desk"))
    page = await client.post("/desk/views", data={"token": token, "drop": "我的诉求"})
    assert "我的诉求" not in seen(page).replace("视图已删除", "")


async def test_the_excel_file_holds_the_list_and_no_formula(office):
    office.case("=1+1", officer="张三")
    office.case("+1-1@x", officer="张三")
    office.case("水费", officer="王五")
    client = await office.sign_in("张三")
    file = await client.get("/desk/export.xlsx?tab=mine")
    sheet = load_workbook(BytesIO(file.content))["事项"]
    cells = {cell.value: cell for row in sheet.iter_rows(min_row=2) for cell in row}
    assert sheet.max_row == 3
    for text in ("=1+1", "+1-1@x"):
        assert cells[text].data_type == "s"
    assert "水费" not in cells


async def test_who_exported_is_written_down(office):
    await (await office.sign_in("张三")).get("/desk/export.xlsx")
    (read,) = office.program.staff().store.reads("")
    assert (read.who, read.what) == ("张三", "导出列表")


async def test_signing_in_for_duty(office):
    client = await office.sign_in("孙八")
    token = hidden(await client.get("/desk"), "token")
    page = await client.post("/desk/duty", data={"token": token})
    assert "值守签到成功" in seen(page)
    assert "今日值守：孙八" in seen(page)
    (entry,) = office.desk.duty.on(office.clock().date())
    assert entry.officer == "孙八"


async def test_the_overview_is_for_supervisors(office, clock):
    clock.pass_by(days=-20)
    office.case("过期的", officer="王五")
    clock.pass_by(days=20)
    page = await (await office.sign_in("赵六")).get("/desk/overview")
    assert "价格处 王五 1 1 0 0" in seen(page)
    assert (await (await office.sign_in("张三")).get("/desk/overview")).status_code == 403


async def test_a_confidential_case_keeps_its_title_from_others(office):
    number = office.case("举报某局长", kind=Kind.LETTER, officer="王五")
    office.desk.replies.set_confidential(number, by=office.actor("王五"))
    client = await office.sign_in("孙八")
    page = await client.get("/desk?tab=all")
    assert "举报某局长" not in page.text
    assert number in page.text


async def test_a_deputy_sees_what_the_absent_colleague_left(office):
    number = office.case("没办完的", officer="张三")
    away = office.user("张三")
    office.desk.people.change(replace(away, absent=True, deputy=office.user("李四").id))
    client = await office.sign_in("李四")
    page = await client.get("/desk")
    assert "代张三 1" in seen(page)
    page = await client.get(f"/desk?tab=department&officer={away.id}")
    assert number in page.text
    page = await client.get(f"/desk/case/{number}")
    assert 'id="editor"' in page.text

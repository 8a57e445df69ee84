"""Registering what came on paper, by phone or in person."""

import pytest

from petitions import Channel, Kind, State
from tests.bot.web.desk.conftest import hidden, seen


async def register(client, **fields):
    page = await client.get("/desk/new")
    data = {"token": hidden(page, "token"), "nonce": hidden(page, "nonce")}
    data |= {"channel": "phone", "kind": "appeal", "text": "路灯坏了一个月", **fields}
    return await client.post("/desk/new", data=data), data


def the_case(office, text):
    rows = office.desk.queue.find(_all(text), by=office.actor("钱七")).rows
    assert len(rows) == 1
    return office.desk.queue.page(rows[0].number, by=office.actor("钱七"))


def _all(text):
    from petitions import Filter

    return Filter(text=text)


async def test_a_call_is_registered_and_handed_over(office):
    client = await office.sign_in("孙八")
    page, _ = await register(client, contact="电话 024-00000000", applicant="群众甲")
    text = seen(page)
    made = the_case(office, "路灯")
    assert made.case.number in text
    assert "查询码" in text
    assert "凭编号和查询码" in text
    assert (made.case.channel, made.case.kind) == (Channel.PHONE, Kind.APPEAL)
    assert (made.case.contact, made.case.applicant) == ("电话 024-00000000", "群众甲")
    assert made.events[0].who == "孙八"
    assert made.facts.state is State.REGISTERED


async def test_with_a_department_it_is_on_its_way(office):
    page, _ = await register(await office.sign_in("孙八"), department="价格处")
    made = the_case(office, "路灯")
    assert (made.facts.state, made.facts.department) == (State.ROUTED, "价格处")
    assert "承办 价格处" in seen(page)


async def test_the_query_code_opens_the_case(office):
    page, _ = await register(await office.sign_in("孙八"))
    code = seen(page).partition("查询码 ")[2].partition(" ")[0]
    made = the_case(office, "路灯")
    status = office.desk.status(made.case.number, person="web:9", code=code)
    assert status.number == made.case.number


async def test_nothing_is_made_ready_for_who_is_not_signed_in(office, monkeypatch):
    monkeypatch.setattr(office.desk, "prepare_code", None)
    page = await office.client().post("/desk/new", data={"text": "路灯坏了。", "kind": "appeal"})
    assert page.status_code == 401
    assert "路灯坏了。" in seen(page)


async def test_sending_the_form_twice_registers_once_and_hides_the_code(office):
    client = await office.sign_in("孙八")
    _, data = await register(client)
    page = await client.post("/desk/new", data=data)
    assert "不再显示" in seen(page)
    the_case(office, "路灯")


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"text": " "}, "没有写内容"),
        ({"received": "2027-01-01"}, "还没有到"),
        ({"received": "soon"}, "日期写得不对"),
        ({"kind": "rectification"}, "整改要写明完成日期"),
        ({"kind": "nonsense"}, "不认识“nonsense”"),
        ({"channel": "telegram"}, "没有写来源"),
    ],
)
async def test_a_mistake_is_named_and_what_was_typed_stays(office, fields, said):
    page, _ = await register(await office.sign_in("孙八"), contact="电话 024-00000000", **fields)
    assert page.status_code == 422
    assert said in seen(page)
    assert "电话 024-00000000" in page.text
    assert office.desk.queue.find(_all("路灯"), by=office.actor("钱七")).total == 0


async def test_a_department_is_suggested_from_the_text(office):
    from petitions import Power

    office.desk.routing.load_powers([Power(department="价格处", item="水价", keywords=("水费",))])
    client = await office.sign_in("孙八")
    page, data = await register(client, text="水费太贵", do="suggest")
    assert 'value="价格处"' in page.text
    assert "建议：价格处" in seen(page)
    answer = await client.post("/desk/suggest", data={"token": data["token"], "text": "水费"})
    assert answer.json() == {"departments": ["价格处"]}


async def test_yesterdays_letter_counts_from_yesterday(office):
    await register(await office.sign_in("孙八"), channel="letter", received="2026-11-20")
    assert the_case(office, "路灯").facts.received.isoformat() == "2026-11-20"

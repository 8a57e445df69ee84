"""Whole cases over the desk: paper from registration to closing, a proposal of two departments, a
refusal, a supplement, a third party, a year whose holidays nobody knows."""

import re

from petitions import Kind, Outcome, Rating, State
from tests.bot.web.desk.conftest import does, hidden, seen, writes

TEXT = "经研究，现答复如下：已经办理。"


def facts(office, number):
    return office.desk.queue.page(number, by=office.actor("钱七")).facts


async def register(client, **fields):
    page = await client.get("/desk/new")
    data = {"token": hidden(page, "token"), "nonce": hidden(page, "nonce"), **fields}
    page = await client.post("/desk/new", data=data)
    found = re.search(r"\d{4}-\d{6}-\d", seen(page))
    assert found, seen(page)
    return found[0]


async def test_a_paper_letter_from_registration_to_closing(office, clock):
    counter, clerk = await office.sign_in("孙八"), await office.sign_in("王五")
    number = await register(
        counter, kind="letter", channel="letter", text="停车场节假日涨价", received="2026-11-20"
    )
    await does(counter, number, "accept", department="价格处")
    await does(counter, number, "route", lead="价格处")
    await does(clerk, number, "claim")
    clock.pass_by(days=10)
    counter, clerk = await office.sign_in("孙八"), await office.sign_in("王五")
    page = await writes(clerk, number, "fill", outcome="explained", body="")
    assert "上一级机关、单位复查" in page.text
    await writes(clerk, number, "send", body=TEXT, outcome="explained")
    await does(counter, number, "rate", rating="satisfied", comment="电话里说满意")
    page = await does(clerk, number, "close")
    assert "已办结" in seen(page)
    made = facts(office, number)
    assert (made.state, made.rating) == (State.CLOSED, Rating.SATISFIED)
    assert made.received.isoformat() == "2026-11-20"


async def test_a_proposal_is_led_by_one_department_and_helped_by_another(office):
    boss = await office.sign_in("赵六")
    number = await register(boss, kind="proposal", channel="letter", text="关于充电桩的建议")
    await does(boss, number, "accept", department="投资处")
    await does(boss, number, "route", lead="投资处", co="价格处")
    helper, lead = await office.sign_in("王五"), await office.sign_in("张三")
    page = await does(helper, number, "note", text="价格处没有意见")
    assert "价格处没有意见" in seen(page)
    assert "/do/claim" not in page.text
    await does(lead, number, "claim")
    page = await writes(lead, number, "fill", outcome="resolved", body="")
    assert "如对本答复有意见，请及时告知" in page.text
    await writes(lead, number, "send", body=TEXT, outcome="resolved")
    assert facts(office, number).state is State.REPLIED


async def test_a_refusal_reaches_the_applicant_with_reconsideration_before_court(office):
    number = office.case("申请公开会议记录", kind=Kind.DISCLOSURE, officer="张三", applicant="甲")
    clerk, boss = await office.sign_in("张三"), await office.sign_in("赵六")
    page = await writes(clerk, number, "fill", outcome="refused_process", body="")
    text = page.text.partition('name="body"')[2].partition(">")[2].partition("</textarea")[0]
    filled = re.sub(r"【[^】]*】", "讨论记录", text)
    await writes(clerk, number, "submit", outcome="refused_process", body=filled)
    await writes(boss, number, "approve")
    told = office.program.mailroom.mail.after("web:1001", 0)[-1].reply
    said = "\n".join(block.text for block in told.blocks)
    assert "应当先自收到本答复之日起60日内" in said
    assert said.index("申请行政复议") < said.index("提起行政诉讼")
    assert facts(office, number).outcome is Outcome.REFUSED_PROCESS


async def test_a_supplement_starts_the_clock_anew(office, clock):
    number = office.case("要那个文件", kind=Kind.DISCLOSURE, officer="张三")
    clerk = await office.sign_in("张三")
    page = await does(clerk, number, "request_supplement", items="写明文件名称")
    assert "期限停止计算" in seen(page)
    clock.pass_by(days=7)
    clerk = await office.sign_in("张三")
    page = await does(clerk, number, "receive_supplement", text="是2025年的批文")
    assert "收到补正，期限重新计算" in seen(page)
    assert "还剩 20 个工作日" in seen(page)


async def test_a_third_partys_days_do_not_count(office, clock):
    number = office.case("要某公司的材料", kind=Kind.DISCLOSURE, officer="张三")
    clerk = await office.sign_in("张三")
    await does(clerk, number, "consult", party="某公司")
    clock.pass_by(days=7)
    clerk = await office.sign_in("张三")
    page = await does(clerk, number, "receive_opinion", text="涉及商业秘密", agrees="no")
    text = seen(page)
    assert "收到意见：不同意" in text
    assert "还剩 20 个工作日" in text
    assert text.count("暂停 不计") == 7


async def test_at_the_years_end_the_deadline_is_provisional(office, clock):
    clock.pass_by(days=30)
    number = office.case("年底的申请", kind=Kind.DISCLOSURE, officer="张三")
    page = await (await office.sign_in("张三")).get(f"/desk/case/{number}")
    assert "暂定" in seen(page)
    assert "放假安排还没有公布" in seen(page)


async def test_who_is_not_satisfied_gets_another_reply(office):
    number = office.case(officer="张三")
    clerk, boss = await office.sign_in("张三"), await office.sign_in("赵六")
    await writes(clerk, number, "send", body=TEXT)
    page = await does(boss, number, "reopen", reason="没有说到点子上")
    assert "重新办理" in seen(page)
    await does(clerk, number, "claim")
    page = await writes(clerk, number, "send", body="这次说清楚：三天。")
    assert "答复已发出" in seen(page)
    assert facts(office, number).reopened == 1


async def test_one_reply_serves_those_who_asked_the_same(office):
    first = office.case("水费贵", officer="王五", person="web:1")
    second = office.case("水费贵", officer="王五", person="web:2")
    clerk = await office.sign_in("王五")
    await does(clerk, second, "merge", into=first)
    await writes(clerk, first, "send", body=TEXT)
    for person in ("web:1", "web:2"):
        replies = office.program.mailroom.mail.after(person, 0)
        assert any(TEXT in block.text for out in replies for block in out.reply.blocks)

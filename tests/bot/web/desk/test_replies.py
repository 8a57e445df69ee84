"""The reply: templates, drafts, two who write at once, the second person, the letter."""

from io import BytesIO

import pytest
from docx import Document

from petitions import Kind, Outcome, State
from petitions.replies import outcomes_for
from tests.bot.web.desk.conftest import hidden, seen, version, writes

TEXT = "经研究，现答复如下：三个工作日内办结。"


def page_of(office, number, by="钱七"):
    return office.desk.queue.page(number, by=office.actor(by))


def request(office, **more):
    return office.case(
        "申请公开某项目的批文", kind=Kind.DISCLOSURE, officer="张三", applicant="群众甲", **more
    )


def body(page):
    return hidden_text(page, "body")


def theirs(page):
    from html import unescape

    return unescape(page.text.partition('id="theirs"')[2].partition(">")[2].partition("</")[0])


def hidden_text(page, name):
    from html import unescape

    return unescape(page.text.partition(f'name="{name}"')[2].partition(">")[2].partition("</")[0])


async def test_a_consultation_is_replied_to_at_once(office):
    number = office.case(officer="张三")
    client = await office.sign_in("张三")
    page = await writes(client, number, "send", body=TEXT, outcome="explained")
    assert "答复已发出" in seen(page)
    made = page_of(office, number)
    assert made.facts.state is State.REPLIED
    assert made.facts.outcome is Outcome.EXPLAINED
    assert [text.body for text in made.texts] == [TEXT]
    assert made.holder is None


async def test_a_request_goes_through_a_second_person(office):
    number = request(office)
    clerk, boss = await office.sign_in("张三"), await office.sign_in("赵六")
    page = await writes(clerk, number, "submit", body=TEXT, outcome="granted", basis="第三十六条")
    assert "答复已送审" in seen(page)
    assert "审核通过并发出" not in seen(page)  # nobody approves their own
    page = await writes(boss, number, "return", comment="写明获取的方式")
    assert "写明获取的方式" in seen(page)
    page = await clerk.get(f"/desk/case/{number}")
    assert body(page) == TEXT
    await writes(clerk, number, "submit", body=TEXT + "网上可查。", outcome="granted")
    page = await writes(boss, number, "approve")
    assert "答复已发出" in seen(page)
    made = page_of(office, number)
    assert made.facts.state is State.REPLIED
    assert {t.id: t.body for t in made.texts}[made.facts.text] == TEXT + "网上可查。"


async def test_what_comes_too_late_to_be_submitted_can_be_copied(office):
    number = request(office)
    client = await office.sign_in("张三")
    await writes(client, number, "submit", body=TEXT, outcome="granted")
    page = await writes(client, number, "submit", body="晚来的一稿", outcome="granted")
    assert page.status_code == 409
    assert "您写的答复没有提交" in page.text
    assert ">晚来的一稿</textarea>" in page.text


async def test_an_officer_cannot_approve(office):
    number = request(office)
    clerk, other = await office.sign_in("张三"), await office.sign_in("李四")
    await writes(clerk, number, "submit", body=TEXT, outcome="granted")
    for client in (clerk, other):
        page = await writes(client, number, "approve")
        assert page.status_code == 409
    assert page_of(office, number).facts.state is State.UNDER_REVIEW


async def test_a_request_cannot_be_sent_past_the_second_person(office):
    number = request(office)
    page = await writes(await office.sign_in("张三"), number, "send", body=TEXT, outcome="granted")
    assert page.status_code == 409
    assert "要先送审" in seen(page)
    assert body(page) == TEXT


async def test_every_outcome_of_the_scheme_can_be_chosen_under_its_heading(office, clock):
    number = request(office)
    page = await (await office.sign_in("张三")).get(f"/desk/case/{number}")
    for outcome in outcomes_for(Kind.DISCLOSURE, clock().date()):
        assert f'<option value="{outcome.value}"' in page.text
    for heading in ("（三）不予公开", "（四）无法提供", "（五）不予处理", "（六）其他处理"):
        assert f'<optgroup label="{heading}">' in page.text


async def test_an_old_request_has_the_outcomes_of_its_time(office, clock):
    clock.pass_by(days=-3000)
    number = request(office)
    clock.pass_by(days=3000)
    page = await (await office.sign_in("张三")).get(f"/desk/case/{number}")
    assert "已主动公开" in page.text
    assert "属于国家秘密" not in page.text


async def test_a_template_fills_in_basis_remedies_and_signature(office):
    office.configure(office_name="省发展改革委", reconsideration_body="省人民政府")
    number = request(office)
    client = await office.sign_in("张三")
    page = await writes(client, number, "fill", outcome="refused_internal", body="")
    text = body(page)
    assert text.startswith("群众甲：")
    assert "第十六条第一款" in text
    assert "应当先自收到本答复之日起60日内向省人民政府申请行政复议" in text
    assert text.endswith("省发展改革委\n2026年11月24日")


async def test_gaps_of_a_template_have_to_be_filled(office):
    number = request(office)
    client = await office.sign_in("张三")
    page = await writes(client, number, "fill", outcome="granted", body="")
    page = await writes(client, number, "submit", outcome="granted", body=body(page))
    assert page.status_code == 409
    assert "还有没填的地方" in seen(page)


async def test_a_refusal_without_remedies_does_not_go_out(office):
    number = request(office)
    client = await office.sign_in("张三")
    page = await writes(client, number, "submit", outcome="refused_secret", body="不予公开。")
    assert page.status_code == 409
    assert "应当先申请行政复议" in seen(page)


async def test_what_was_written_survives_filling_in_a_template(office):
    number = request(office)
    client = await office.sign_in("张三")
    page = await writes(client, number, "fill", outcome="granted", body="我写了半天的话")
    assert "我写了半天的话" in body(page)


async def test_an_entry_is_quoted_with_its_source(office):
    number = office.case("项目备案要多久？", officer="张三")
    client = await office.sign_in("张三")
    page = await writes(client, number, "quote:faq:file", body="您好。")
    assert body(page) == (
        "您好。\n\n在线平台填报即可。\n（依据：《中华人民共和国政府信息公开条例》"
        "（国令第711号）第三十三条，国务院，2019年4月3日发布）"
    )


async def test_a_draft_is_there_the_next_day_and_for_the_deputy(office, clock):
    number = office.case(officer="张三")
    client = await office.sign_in("张三")
    await writes(client, number, "save", body="写到一半")
    clock.pass_by(days=1)
    page = await (await office.sign_in("张三")).get(f"/desk/case/{number}")
    assert body(page) == "写到一半"
    assert "草稿由张三保存" in seen(page)


async def test_the_page_keeps_the_draft_by_itself(office):
    number = office.case(officer="张三")
    client = await office.sign_in("张三")
    token = hidden(await client.get(f"/desk/case/{number}"), "token")
    data = {"token": token, "body": "自动保存的"}
    answer = await client.post(
        f"/desk/case/{number}/draft", data=data, headers={"Accept": "application/json"}
    )
    assert answer.json()["here"]["who"] == ""
    assert page_of(office, number).draft.body == "自动保存的"


async def test_a_second_writer_sees_who_is_there_and_cannot_submit(office):
    number = office.case(officer="张三")
    clerk, boss = await office.sign_in("张三"), await office.sign_in("赵六")
    await clerk.get(f"/desk/case/{number}")
    page = await boss.get(f"/desk/case/{number}")
    assert "张三正打开着这件事项" in seen(page)
    for do in ("send", "submit", "save"):
        page = await writes(boss, number, do, body="我来答复", outcome="explained")
        assert page.status_code == 409
        assert "张三正在写这件的答复" in seen(page)
        assert body(page) == "我来答复"
    assert page_of(office, number).facts.state is State.IN_PROGRESS


async def test_looking_does_not_lock(office):
    number = office.case(officer="张三")
    await (await office.sign_in("赵六")).get(f"/desk/case/{number}")
    page = await writes(await office.sign_in("张三"), number, "send", body=TEXT)
    assert "答复已发出" in seen(page)


async def test_a_draft_kept_in_another_tab_is_not_written_over(office):
    number = office.case(officer="张三")
    one, two = await office.sign_in("张三"), await office.sign_in("张三")
    page = await two.get(f"/desk/case/{number}")  # opened before the first kept anything
    await writes(one, number, "save", body="第一个页面写的")
    form = {name: hidden(page, name) for name in ("token", "version", "seen")}
    for do in ("save", "send", "preview"):
        page = await two.post(
            f"/desk/case/{number}/reply", data={**form, "do": do, "body": "第二个页面写的"}
        )
        assert "您自己在11月24日12:00保存了另一份草稿，您写的没有覆盖它" in seen(page)
        assert (body(page), theirs(page)) == ("第二个页面写的", "第一个页面写的")
        assert page_of(office, number).draft.body == "第一个页面写的"
    form["seen"] = hidden(page, "seen")  # both were seen: now the second may
    await two.post(f"/desk/case/{number}/reply", data={**form, "do": "save", "body": "合在一起"})
    assert page_of(office, number).draft.body == "合在一起"


async def test_a_draft_of_a_colleague_is_not_written_over(office, clock):
    number = office.case(officer="张三")
    clerk, boss = await office.sign_in("张三"), await office.sign_in("赵六")
    page = await clerk.get(f"/desk/case/{number}")
    clock.pass_by(minutes=11)  # the pen is free again
    await writes(boss, number, "save", body="赵六写的")
    clock.pass_by(minutes=11)
    form = {name: hidden(page, name) for name in ("token", "version", "seen")}
    answer = await clerk.post(
        f"/desk/case/{number}/draft",
        data={**form, "body": "张三写的"},
        headers={"Accept": "application/json"},
    )
    assert "赵六在11月24日12:11保存了另一份草稿" in answer.json()["problem"]
    assert (answer.json()["theirs"], page_of(office, number).draft.body) == ("赵六写的", "赵六写的")


async def test_leaving_lets_the_next_one_write(office):
    number = office.case(officer="张三")
    clerk, boss = await office.sign_in("张三"), await office.sign_in("赵六")
    token = hidden(await clerk.get(f"/desk/case/{number}"), "token")
    await clerk.post(f"/desk/case/{number}/leave", data={"token": token})
    assert "答复已发出" in seen(await writes(boss, number, "send", body=TEXT))


async def test_a_forgotten_page_lets_go_after_a_while(office, clock):
    number = office.case(officer="张三")
    await (await office.sign_in("张三")).get(f"/desk/case/{number}")
    clock.pass_by(minutes=11)
    assert "答复已发出" in seen(
        await writes(await office.sign_in("赵六"), number, "send", body=TEXT)
    )


async def test_a_reply_made_from_an_old_page_is_refused_and_kept(office):
    number = office.case(officer="张三")
    client = await office.sign_in("张三")
    page = await client.get(f"/desk/case/{number}")
    office.desk.replies.urge(number, by=office.actor("赵六"), note="先别答")
    data = {"token": hidden(page, "token"), "version": version(page), "do": "send", "body": TEXT}
    page = await client.post(f"/desk/case/{number}/reply", data=data)
    assert page.status_code == 409
    assert "赵六刚刚做了“督办”" in seen(page)
    assert "先别答" in seen(page)
    assert body(page) == TEXT


async def test_the_preview_shows_text_and_basis_and_keeps_the_draft(office):
    number = office.case(officer="张三")
    client = await office.sign_in("张三")
    page = await writes(client, number, "preview", body=f"{TEXT}【日期】", basis="某条例")
    assert TEXT in seen(page)
    assert "依据：某条例" in seen(page)
    assert "还有没填的地方：【日期】" in seen(page)
    assert page_of(office, number).draft.body == f"{TEXT}【日期】"


async def test_the_preview_is_what_the_person_gets(office):
    number = request(office)
    clerk, boss = await office.sign_in("张三"), await office.sign_in("赵六")
    fields = {
        "body": "不予公开，应当先申请行政复议。",
        "outcome": "refused_secret",
        "basis": "条例",
    }
    preview = await writes(clerk, number, "preview", **fields)
    await writes(clerk, number, "submit", **fields)
    await writes(boss, number, "approve")
    told = office.program.mailroom.mail.after("web:1001", 0)[-1].reply
    assert [block.text in seen(preview) for block in told.blocks] == [True] * len(told.blocks)
    assert sum("行政复议" in block.text for block in told.blocks) == 1


async def test_the_letter_is_a_word_file_of_what_goes_out(office):
    number = request(office)
    client = await office.sign_in("张三")
    assert (await client.get(f"/desk/case/{number}/reply.docx")).status_code == 404
    await writes(client, number, "submit", body=f"群众甲：\n{TEXT}", outcome="granted")
    file = await client.get(f"/desk/case/{number}/reply.docx")
    lines = [paragraph.text for paragraph in Document(BytesIO(file.content)).paragraphs]
    assert lines == ["政府信息公开申请答复书", f"编号：{number}", "群众甲：", TEXT]


@pytest.mark.parametrize("length", [6000])
async def test_a_long_reply_fits(office, length):
    number = office.case(officer="张三")
    client = await office.sign_in("张三")
    page = await client.get(f"/desk/case/{number}")
    fields = {"token": hidden(page, "token"), "version": version(page), "do": "send"}
    parts = {name: (None, value) for name, value in {**fields, "body": "长" * length}.items()}
    page = await client.post(f"/desk/case/{number}/reply", files=parts)
    assert "答复已发出" in seen(page)


@pytest.mark.parametrize("do", ["save", "submit", "send"])
async def test_a_button_of_the_editor_waits_for_the_disk_once(office, do):
    number = office.case(officer="张三")
    client = await office.sign_in("张三")
    page = await client.get(f"/desk/case/{number}")
    form = {"token": hidden(page, "token"), "version": version(page), "do": do, "body": TEXT}
    statements: list[str] = []
    office.program.db.conn.set_trace_callback(statements.append)
    await client.post(f"/desk/case/{number}/reply", data=form, follow_redirects=False)
    office.program.db.conn.set_trace_callback(None)
    writing = statements[statements.index(next(s for s in statements if "UPDATE" in s)) :]
    assert writing.count("COMMIT") == 1


async def test_a_refused_reply_leaves_the_pen_where_it_was(office):
    number = request(office)
    client = await office.sign_in("张三")
    page = await writes(client, number, "submit", body=TEXT)
    assert "要选答复结果" in seen(page)
    assert office.desk.queue.page(number, by=office.actor("李四")).holder.name == "张三"

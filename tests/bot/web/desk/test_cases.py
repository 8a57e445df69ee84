"""A case's page: what it shows, to whom, what it lets them do, and what two at once see."""

import pytest

from petitions import Action, Kind, Outcome, Role
from tests.bot.web.desk.conftest import does, hidden, seen, version

PHONE = "电话 024-00000000"


def facts(office, number):
    return office.desk.queue.page(number, by=office.actor("钱七")).facts


async def test_everything_is_on_one_page(office, clock):
    past = office.case("项目备案要多久能办好？", officer="张三")
    office.desk.replies.reply(
        past, by=office.actor("张三"), text="三天就能办好。", outcome=Outcome.EXPLAINED
    )
    number = office.case("项目备案要多久？急。", officer="张三")
    office.desk.replies.note(number, by=office.actor("李四"), text="问过综合科了")
    office.desk.replies.urge(number, by=office.actor("赵六"), note="本周内答复")
    text = seen(await (await office.sign_in("张三")).get(f"/desk/case/{number}"))
    for part in (
        "项目备案要多久？急。",  # the citizen's words
        "登记，咨询，来自网页",  # the timeline
        "受理，由投资处负责",
        "问过综合科了",
        "本周内答复",
        "11月24日 收到当日 不计",  # the ledger
        "11月25日 工作日 第1天",
        "本机关规定",
        "企业投资项目怎么备案?",  # the knowledge base
        "三天就能办好。",  # a past reply
    ):
        assert part in text


async def test_contact_is_shown_on_demand_and_that_is_written_down(office):
    number = office.case(contact=PHONE, applicant="群众甲", officer="张三")
    client = await office.sign_in("张三")
    page = await client.get(f"/desk/case/{number}")
    assert PHONE not in page.text
    assert "群众甲" not in page.text
    page = await client.post(f"/desk/case/{number}/contact", data={"token": hidden(page, "token")})
    assert PHONE in page.text
    (read,) = office.program.staff().store.reads(number)
    assert (read.who, read.what) == ("张三", "联系方式")


@pytest.mark.parametrize("path", ["", "/reply.docx", "/file/{}"])
async def test_another_departments_case_stays_closed(office, path):
    number = office.case("水费贵了一倍", contact=PHONE, officer="王五")
    file_id = office.file(number, "身份证.pdf", b"%PDF")
    client = await office.sign_in("张三")
    page = await client.get(f"/desk/case/{number}{path.format(file_id)}")
    assert page.status_code == 403
    assert "水费贵了一倍" not in page.text
    assert "价格处" in seen(page)


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("contact", {}),
        ("do/claim", {}),
        ("do/note", {"text": "看看"}),
        ("do/withdraw", {}),
        ("do/correct", {"field": "title", "value": "改了", "reason": "改"}),
        ("reply", {"do": "save", "body": "改了"}),
        ("reply", {"do": "preview", "body": "改了"}),
        ("reply", {"do": "approve"}),
        ("draft", {"body": "改了"}),
        ("presence", {"writing": "yes"}),
    ],
)
async def test_nothing_can_be_done_to_another_departments_case(office, path, fields):
    number = office.case("水费", officer="王五", contact=PHONE)
    before = facts(office, number)
    client = await office.sign_in("张三")
    token = hidden(await client.get("/desk"), "token")
    page = await client.post(f"/desk/case/{number}/{path}", data={"token": token, **fields})
    assert page.status_code == 403
    assert PHONE not in page.text
    assert facts(office, number) == before
    assert office.desk.queue.page(number, by=office.actor("王五")).draft is None
    assert office.desk.queue.page(number, by=office.actor("王五")).holder is None


async def test_a_department_that_helps_may_look(office):
    number = office.case("水费", officer="王五")
    office.desk.work.route(number, by=office.actor("王五"), lead="价格处", co=["投资处"])
    client = await office.sign_in("张三")
    assert (await client.get(f"/desk/case/{number}")).status_code == 200


async def test_a_confidential_case_is_closed_even_to_the_duty_officer(office):
    number = office.case("举报", kind=Kind.LETTER, officer="王五")
    office.desk.replies.set_confidential(number, by=office.actor("王五"))
    page = await (await office.sign_in("孙八")).get(f"/desk/case/{number}")
    assert page.status_code == 403
    assert (await (await office.sign_in("王五")).get(f"/desk/case/{number}")).status_code == 200


@pytest.mark.parametrize("number", ["2026-999999-0", "nonsense", "2026-000001-9"])
async def test_a_number_that_nothing_has_is_not_found(office, number):
    page = await (await office.sign_in("赵六")).get(f"/desk/case/{number}")
    assert page.status_code == 404


async def test_a_file_is_handed_over_as_a_download_and_noted(office):
    number, other = office.case(officer="张三"), office.case(officer="张三")
    file_id = office.file(number, "证明<b>.html", b"<script>")
    client = await office.sign_in("张三")
    assert "证明&lt;b&gt;.html" in (await client.get(f"/desk/case/{number}")).text
    file = await client.get(f"/desk/case/{number}/file/{file_id}")
    assert file.content == b"<script>"
    assert file.headers["content-disposition"].startswith("attachment;")
    assert file.headers["content-type"] == "application/octet-stream"
    (read,) = office.program.staff().store.reads(number)
    assert read.what == "附件：证明<b>.html"
    assert (await client.get(f"/desk/case/{other}/file/{file_id}")).status_code == 404


async def test_what_a_citizen_wrote_stays_text(office):
    number = office.case("<script>alert(1)</script><img src=x onerror=alert(1)>", officer="张三")
    page = await (await office.sign_in("张三")).get(f"/desk/case/{number}")
    assert "<script>alert" not in page.text
    assert "<img src=x" not in page.text


OFFERED = {
    "张三": {Action.ROUTE, Action.ASSIGN, Action.RELEASE, Action.EXTEND, Action.LINK},
    "李四": {Action.LINK},
    "赵六": {Action.ROUTE, Action.ASSIGN, Action.URGE, Action.LINK},
    "孙八": {Action.LINK},
}


@pytest.mark.parametrize("name", OFFERED)
async def test_only_what_somebody_may_do_is_offered(office, name):
    number = office.case(officer="张三")
    page = await (await office.sign_in(name)).get(f"/desk/case/{number}")
    watched = {Action.ROUTE, Action.ASSIGN, Action.RELEASE, Action.EXTEND, Action.URGE, Action.LINK}
    offered = {one for one in watched if f"/do/{one.value}" in page.text}
    assert offered & set().union(*OFFERED.values()) >= OFFERED[name]
    if office.user(name).role is not Role.SUPERVISOR:
        assert offered == OFFERED[name]


async def test_everything_offered_can_be_done(office):
    """Whatever the page shows, the core accepts or asks for a better value: never a refusal
    because of role, department, officer or state."""
    for name in ("张三", "赵六"):
        for state in ("registered", "in_progress"):
            await _press_everything(office, name, state)


async def _press_everything(office, name, state):
    client = await office.sign_in(name)
    for action in Action:
        number = office.case(kind=Kind.DISCLOSURE, officer="张三" if state != "registered" else "")
        page = await client.get(f"/desk/case/{number}")
        if f'/do/{action.value}"' not in page.text:
            continue
        if action is Action.HIDE and state == "registered":
            continue  # works, and takes the page away from everybody who is no supervisor
        page = await does(client, number, action.value, **FIELDS.get(action, {}))
        assert page.status_code == 200, (name, state, action, seen(page)[:200])
        assert page.url.path == f"/desk/case/{number}" or action is Action.SPLIT


FIELDS = {
    Action.ACCEPT: {"department": "投资处"},
    Action.DECLINE: {"reason": "不归我们管", "referral": "市住建局"},
    Action.FILE: {"reason": "感谢信"},
    Action.ROUTE: {"lead": "价格处", "co": "投资处、环资处"},
    Action.ASSIGN: {"officer": "?"},
    Action.REQUEST_SUPPLEMENT: {"items": "写明文号"},
    Action.CONSULT: {"party": "某公司"},
    Action.EXTEND: {"days": "5", "reason": "情况复杂", "consent_by": "主任"},
    Action.URGE: {"note": "快"},
    Action.SPLIT: {"text": "第二件事"},
    Action.HIDE: {"confidential": "yes"},
    Action.CORRECT: {"field": "title", "value": "新标题", "reason": "写错了"},
    Action.NOTE: {"text": "记一下"},
}


@pytest.fixture(autouse=True)
def _values_that_exist(office):
    FIELDS[Action.ASSIGN] = {"officer": office.user("李四").id}
    other = office.case("另一件")
    FIELDS[Action.MERGE] = FIELDS[Action.LINK] = {"into": other, "other": other}


async def test_a_mistake_in_a_form_keeps_what_was_typed(office):
    number = office.case(officer="张三")
    client = await office.sign_in("张三")
    page = await does(client, number, "extend", days="5", reason="情况复杂，要查档案")
    assert page.status_code == 409
    assert "没有写同意延期的负责人" in seen(page)
    assert "情况复杂，要查档案" in page.text
    page = await does(client, number, "extend", days="many", reason="x", consent_by="主任")
    assert "天数要写整数" in seen(page)


async def test_the_second_of_two_who_claim_learns_who_has_it(office):
    number = office.case()
    office.desk.work.accept(number, by=office.actor("张三"))
    first, second = await office.sign_in("张三"), await office.sign_in("李四")
    page = await second.get(f"/desk/case/{number}")
    assert (await does(first, number, "claim")).status_code == 200
    data = {"token": hidden(page, "token"), "version": version(page)}
    page = await second.post(f"/desk/case/{number}/do/claim", data=data)
    assert page.status_code == 409
    assert "张三刚刚做了“领办”" in seen(page)
    assert facts(office, number).officer_name == "张三"


async def test_an_unknown_action_is_none(office):
    number = office.case(officer="张三")
    page = await does(await office.sign_in("张三"), number, "reply")
    assert page.status_code == 404


async def test_splitting_shows_the_new_query_code_once(office):
    number = office.case(officer="张三")
    page = await does(await office.sign_in("张三"), number, "split", text="第二件事")
    assert "查询码" in seen(page)
    assert "只显示这一次" in seen(page)


async def test_a_correction_is_written_in_the_words_people_read(office):
    number = office.case(officer="张三")
    client = await office.sign_in("张三")
    page = await does(client, number, "correct", field="kind", value="诉求", reason="登错了")
    assert "更正类型：由“咨询”改为“诉求”" in seen(page)

"""依申请公开 in the chat, from the first question to the filled-in form."""

import io
import re

import docx
import pytest

from handlers import form_texts
from petitions import Channel

WANTED = "2016年沈阳地铁九号线的可行性研究批复"


def fill_in(citizen, wanted=WANTED):
    """Everything but the last press."""
    citizen.says("/request")
    citizen.says(wanted)
    citizen.presses("个人")
    citizen.says("张三")
    citizen.says("13800000000")
    citizen.presses("电子文件")
    citizen.presses("发到邮箱")
    return citizen.says("zhang@example.com")


@pytest.fixture
def sent(citizen):
    fill_in(citizen)
    citizen.presses(form_texts.SEND)
    return citizen


def case(program):
    [row] = program.db.query("SELECT * FROM cases")
    return row


def test_a_request_has_what_the_law_asks_for_and_no_more(citizen):
    summary = fill_in(citizen).text
    labels = re.findall(r"^(\S+?)：", summary, re.MULTILINE)
    assert labels == ["想要的信息", "申请人", "姓名或名称", "联系方式", "形式", "怎么拿", "邮箱"]


def test_a_request_becomes_a_case_due_in_twenty_working_days(sent, program):
    assert "预计答复：2026年12月22日前" in sent.last.text
    kept = case(program)
    assert (kept["kind"], kept["applicant"], kept["contact"]) == (
        "disclosure",
        "张三",
        "13800000000；zhang@example.com",
    )
    assert WANTED in kept["text"]


def test_the_filled_in_form_comes_as_a_word_file(sent, program):
    [document] = sent.last.documents
    file = program.mailroom.files.get(document.id)
    assert file.person == "web:1001"
    cells = [
        cell.text
        for table in docx.Document(io.BytesIO(file.body)).tables
        for row in table.rows
        for cell in row.cells
    ]
    assert {WANTED, "张三", "13800000000", "zhang@example.com"} <= set(cells)


def test_a_body_is_asked_which_kind_it_is(citizen, program):
    citizen.says("/request")
    citizen.says(WANTED)
    citizen.presses("单位")
    citizen.presses("科研机构")
    citizen.says("某某研究院")
    citizen.says("024-12345678")
    citizen.presses("纸质文件")
    citizen.presses("自己来取")
    citizen.presses(form_texts.SEND)
    assert case(program)["applicant_type"] == "research"


def test_what_is_public_already_is_offered_first(citizen, program):
    citizen.says("/request")
    assert form_texts.PROBABLY_PUBLIC in citizen.says("申请信息公开多久答复").text
    assert "20个工作日内答复" in citizen.presses("申请信息公开多久答复").text
    assert citizen.presses(form_texts.THAT_IS_IT).text == form_texts.GLAD_FOUND
    assert list(program.db.query("SELECT * FROM cases")) == []


def test_what_is_offered_need_not_be_taken(citizen):
    citizen.says("/request")
    citizen.says("申请信息公开多久答复")
    assert form_texts.ASK_APPLICANT in citizen.presses(form_texts.NOT_WHAT_I_WANT).text


def test_asking_for_the_same_thing_again_is_pointed_out(sent):
    sent.says("/request")
    number = re.findall(r"\d{4}-\d{6}-\d", sent.says(WANTED + "。").text)
    assert len(number) == 1
    assert form_texts.ASK_APPLICANT in sent.presses(form_texts.STILL_APPLY).text


def test_proof_of_identity_is_asked_for_on_a_page_of_our_own(sent):
    assert re.search(r"http://127\.0\.0\.1:8000/upload/\S{32}", sent.last.text)


def test_telegram_without_a_public_address_is_not_sent_to_our_page(person):
    citizen = person(channel=Channel.TELEGRAM)
    fill_in(citizen)
    assert form_texts.PROOF_IN_PERSON in citizen.presses(form_texts.SEND).text


def test_what_is_wanted_may_stand_behind_the_command(citizen):
    assert form_texts.ASK_APPLICANT in citizen.says(f"/request {WANTED}").text


def test_a_question_is_not_taken_for_a_name(citizen):
    citizen.says(f"/request {WANTED}")
    citizen.presses("个人")
    said = citizen.says("申请信息公开要收费吗").text
    assert "一般不收费" in said
    assert form_texts.ASK_NAME in said


def test_the_receipt_leads_to_the_ledger_of_its_deadline(sent):
    assert "11月24日 收到当日 不计" in sent.presses("期限怎么算的").text

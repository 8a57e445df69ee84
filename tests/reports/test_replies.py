"""Replies to begin from, what is missing in them, and the letter as a Word file."""

from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from petitions import Kind, Outcome
from petitions.replies import outcomes_for
from reports import reply_texts
from reports.letters import write_reply
from reports.replies import Matter, Office, gaps, lacks_remedies, opening, remedies

OFFICE = Office(
    name="省发展改革委", reconsideration="省人民政府", court="有管辖权的人民法院", reopen_days=15
)
MATTER = Matter(
    number="2026-000001-5",
    kind=Kind.DISCLOSURE,
    title="申请公开某项目的批文…",
    text="申请公开某项目的批文和附件。",
    applicant="群众甲",
    received=date(2026, 11, 2),
    today=date(2026, 11, 24),
)
OLD = date(2018, 3, 1)


def every_case():
    for kind in Kind:
        for received in (OLD, MATTER.received):
            for outcome in outcomes_for(kind, received):
                yield replace(MATTER, kind=kind, received=received), outcome


@pytest.mark.parametrize(("matter", "outcome"), list(every_case()))
def test_every_outcome_of_every_kind_has_a_reply(matter, outcome):
    made = opening(matter, outcome, OFFICE)
    assert made.text.startswith("群众甲：")
    assert matter.number in made.text
    assert made.text.endswith("省发展改革委\n2026年11月24日")
    assert not lacks_remedies(made.text, outcome)
    if matter.kind is Kind.DISCLOSURE:
        assert made.basis in made.text
        assert made.basis


@pytest.mark.parametrize("outcome", list(Outcome))
def test_only_refusals_put_reconsideration_before_court(outcome):
    said = remedies(Kind.DISCLOSURE, outcome, OFFICE)
    assert ("应当先" in said) == outcome.refuses
    assert ("6个月内" in said) != outcome.refuses
    assert "60日内向省人民政府申请行政复议" in said


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (Kind.CONSULTATION, "15日内要求重新办理"),
        (Kind.APPEAL, "15日内要求重新办理"),
        (Kind.LETTER, "30日内请求本机关的上一级机关、单位复查"),
        (Kind.PROPOSAL, "请及时告知我们"),
        (Kind.RECTIFICATION, ""),
    ],
)
def test_other_kinds_have_their_own_way(kind, said):
    assert said in remedies(kind, None, OFFICE)
    assert bool(said) == bool(remedies(kind, None, OFFICE))


def test_the_articles_are_those_of_the_scheme():
    for outcome, (basis, _) in reply_texts.GROUNDS.items():
        assert ("2007年" in basis) == (outcome.value.startswith("old_") and "依据" not in basis)


def test_a_short_request_is_named_in_full_a_long_one_by_its_title():
    assert MATTER.wanted == MATTER.text
    assert replace(MATTER, text="长" * 300).wanted == MATTER.title
    assert replace(MATTER, text="").wanted == MATTER.title


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("没有", ()),
        ("【日期】收到【文号】", ("【日期】", "【文号】")),
        ("没有写完【日期", ("【日期",)),
        ("空的【】", ("【】",)),
    ],
)
def test_gaps_are_found(text, found):
    assert gaps(text) == found


@settings(deadline=None, max_examples=40)  # a file each
@given(st.text(max_size=300))
def test_any_text_becomes_a_letter(text):
    file = write_reply(text, kind=Kind.APPEAL, number=MATTER.number)
    lines = [paragraph.text for paragraph in Document(BytesIO(file)).paragraphs]
    assert lines[:2] == ["关于诉求的答复", f"编号：{MATTER.number}"]


def test_the_signature_stands_on_the_right():
    text = opening(MATTER, Outcome.GRANTED, OFFICE).text
    file = write_reply(text, kind=Kind.DISCLOSURE, number=MATTER.number)
    *_, name, day = Document(BytesIO(file)).paragraphs
    assert (name.text, day.text) == ("省发展改革委", "2026年11月24日")
    assert name.alignment == day.alignment == 2

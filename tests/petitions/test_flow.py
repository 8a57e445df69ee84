"""Whole lives of cases, as staff and citizens live them."""

from dataclasses import replace
from datetime import date

import pytest

from petitions import (
    Action,
    Actor,
    AlreadyChanged,
    AlreadyTaken,
    FourEyes,
    IllegalMove,
    Kind,
    NoticeKind,
    NotNow,
    NotYours,
    Outcome,
    Rating,
    Role,
    State,
    citizen,
)

OWNER = citizen("web:1001")
ZHANG = Actor(id="u1", name="张三", role=Role.STAFF, department="投资处")
LI = Actor(id="u2", name="李四", role=Role.STAFF, department="投资处")
WANG = Actor(id="u3", name="王五", role=Role.STAFF, department="综合处")
CHIEF = Actor(id="u9", name="赵六", role=Role.SUPERVISOR, department="办公室")


def in_hands_of(desk, number, officer=ZHANG):
    """Accepted, routed and claimed."""
    desk.work.accept(number, by=CHIEF)
    desk.work.route(number, by=CHIEF, lead=officer.department)
    return desk.work.claim(number, by=officer)


def test_a_consultation_from_question_to_closing(desk, register, notices):
    number = register().number
    in_hands_of(desk, number)
    desk.replies.reply(number, by=ZHANG, text="在线平台填报即可。", outcome=Outcome.EXPLAINED)
    desk.rate(number, by=OWNER, rating=Rating.SATISFIED)
    desk.replies.close(number, by=ZHANG)
    found = desk.status(number, person="web:1001")
    assert (found.state, found.reply, found.rating) == (
        State.CLOSED,
        "在线平台填报即可。",
        Rating.SATISFIED,
    )
    assert [one.kind for one in notices] == [
        NoticeKind.ACCEPTED,
        NoticeKind.REPLIED,
        NoticeKind.CLOSED,
    ]


def test_a_disclosure_request_with_supplement_extension_review_and_reopening(
    desk, register, clock, notices
):
    number = register(kind=Kind.DISCLOSURE).number
    in_hands_of(desk, number)
    desk.work.request_supplement(number, by=ZHANG, items="请写明年份")
    clock.pass_by(days=6)  # Monday, 30 November
    assert desk.status(number, person="web:1001").supplement == "请写明年份"
    facts = desk.supplement(number, by=OWNER, text="2025年")
    assert (facts.state, facts.clock_start) == (State.IN_PROGRESS, date(2026, 11, 30))
    facts = desk.work.extend(number, by=ZHANG, days=10, reason="情况复杂", consent_by="赵六")
    assert facts.extended == 10
    with pytest.raises(NotNow, match="先送审"):
        desk.replies.reply(number, by=ZHANG, text="予以公开", outcome=Outcome.GRANTED)
    desk.replies.submit(number, by=ZHANG, text="予以公开", outcome=Outcome.GRANTED)
    desk.replies.send_back(number, by=CHIEF, comment="写明依据")
    desk.replies.submit(number, by=ZHANG, text="现予公开。", outcome=Outcome.GRANTED, basis="x")
    assert desk.replies.approve(number, by=CHIEF).state is State.REPLIED
    desk.rate(number, by=OWNER, rating=Rating.DISSATISFIED)
    assert desk.reopen(number, by=OWNER, reason="缺附件").state is State.REOPENED
    assert [one.kind.value for one in notices] == [
        "accepted", "supplement_requested", "extended", "replied", "reopened"
    ]  # fmt: skip


def test_nobody_approves_what_they_wrote(desk, register):
    number = register(kind=Kind.DISCLOSURE).number
    in_hands_of(desk, number, officer=replace(CHIEF, department="投资处"))
    desk.replies.submit(number, by=CHIEF, text="予以公开", outcome=Outcome.GRANTED)
    with pytest.raises(FourEyes, match="赵六不能审核自己写的"):
        desk.replies.approve(number, by=CHIEF)


def test_the_second_to_claim_learns_who_has_it(desk, register):
    number = register().number
    desk.work.accept(number, by=CHIEF)
    desk.work.route(number, by=CHIEF, lead="投资处")
    desk.work.claim(number, by=ZHANG)
    with pytest.raises(AlreadyTaken, match="正由张三办理"):
        desk.work.claim(number, by=LI)


def test_who_saw_an_older_page_learns_what_happened_since(desk, register):
    number = register().number
    seen = desk.queue.page(number, by=CHIEF).facts.version
    desk.work.accept(number, by=CHIEF)
    with pytest.raises(AlreadyChanged, match="赵六刚刚做了“受理”"):
        desk.work.decline(number, by=CHIEF, reason="不属于", expected=seen)


def test_an_illegal_move_is_a_sentence_and_changes_nothing(desk, register, store):
    number = register().number
    before = store.events(number)
    with pytest.raises(IllegalMove, match="这件咨询现在是“已登记”，不能办结"):
        desk.replies.close(number, by=CHIEF)
    assert store.events(number) == before


def test_only_its_owner_withdraws_a_case(desk, register):
    number = register().number
    with pytest.raises(NotYours):
        desk.withdraw(number, by=citizen("web:2002"))
    assert desk.withdraw(number, by=OWNER).state is State.WITHDRAWN


def test_one_reply_serves_all(desk, register, notices):
    main, other = register().number, register(person="web:2002").number
    in_hands_of(desk, main)
    desk.replies.merge(other, by=ZHANG, into=main)
    desk.replies.reply(main, by=ZHANG, text="已经修好。")
    assert desk.status(other, person="web:2002").reply == "已经修好。"
    told = [one.person for one in notices if one.kind is NoticeKind.REPLIED]
    assert told == ["web:1001", "web:2002"]


def test_what_may_be_done_is_told(desk, register):
    number = register(kind=Kind.DISCLOSURE).number
    found = desk.status(number, person="web:1001")
    assert found.may == {Action.WITHDRAW, Action.CONFIRM_RECEIPT}
    assert Action.ACCEPT in desk.queue.page(number, by=CHIEF).may

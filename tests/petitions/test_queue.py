"""Lists, search, similar cases, routing, who reads what, reminders, history."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from petitions import (
    Actor,
    AlreadyTaken,
    Assignment,
    Channel,
    Filter,
    Kind,
    NotAllowed,
    NotNow,
    NotYourDepartment,
    Order,
    Policy,
    Power,
    Role,
    State,
)
from petitions.store import search
from petitions.verify import Fault
from tests.petitions.announced import YEAR_2027
from tests.petitions.conftest import QUESTION, make_desk
from tests.petitions.test_flow import CHIEF, LI, OWNER, WANG, ZHANG, in_hands_of


def numbers(page):
    return [row.number for row in page.rows]


def test_a_queue_is_ordered_by_deadline(desk, register):
    late = register(kind=Kind.APPEAL).number
    soon = register().number
    assert numbers(desk.queue.find(Filter(open=True), by=CHIEF)) == [soon, late]
    assert numbers(desk.queue.find(Filter(), by=CHIEF, order=Order.NEWEST)) == [soon, late]


def test_lists_are_filtered_by_everything_together(desk, register):
    one = in_hands_of(desk, register().number).number
    register(kind=Kind.APPEAL, channel=Channel.PHONE)
    find = desk.queue.find
    assert numbers(find(Filter(officer="u1"), by=ZHANG)) == numbers(desk.queue.mine(ZHANG)) == [one]
    assert numbers(find(Filter(department="投资处", kinds={Kind.CONSULTATION}), by=CHIEF)) == [one]
    assert numbers(find(Filter(department="综合处"), by=CHIEF)) == []
    assert find(Filter(channels={Channel.PHONE}, open=True), by=CHIEF).total == 1
    assert find(Filter(states={State.CLOSED}), by=CHIEF).total == 0


def test_a_helping_department_has_the_case_in_its_list(desk, register):
    number = register().number
    desk.work.accept(number, by=CHIEF)
    desk.work.route(number, by=CHIEF, lead="投资处", co=["综合处", "投资处"])
    assert numbers(desk.queue.find(Filter(department="综合处"), by=WANG)) == [number]


@pytest.mark.parametrize(
    ("name", "found"), [("群众甲", True), ("甲", True), ("%", False), ("乙", False)]
)
def test_a_case_is_found_by_a_part_of_the_name_that_was_given(desk, register, name, found):
    number = register(applicant="群众甲").number
    assert numbers(desk.queue.find(Filter(person=name), by=CHIEF)) == [number] * found


def test_whose_a_confidential_case_is_cannot_be_found_by_trying_names(desk, register):
    number = register(applicant="群众甲").number
    desk.replies.set_confidential(number, by=CHIEF)
    assert numbers(desk.queue.find(Filter(person="群众甲"), by=CHIEF)) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("路灯", True),
        ("灯", True),
        ("三个月 路灯", True),
        ("ＩＰ", True),
        ("路灯坏了三个月", True),
        ("灯路", False),
        ("2026-000001", True),
        ("000001-5", True),
        ("000002", False),
        ("'; DROP TABLE cases", False),
        ('"', False),
        ("?!", False),
    ],
)
def test_cases_are_found_by_words_and_numbers(desk, register, text, found):
    number = register(text="门口路灯坏了三个月，IP电话也不通。").number
    assert numbers(desk.queue.find(Filter(text=text), by=CHIEF)) == ([number] if found else [])


def test_a_confidential_case_is_read_by_those_who_handle_it_only(desk, register):
    number = register(text="举报某人收钱。", kind=Kind.APPEAL).number
    in_hands_of(desk, number)
    desk.replies.set_confidential(number, by=ZHANG)
    with pytest.raises(NotAllowed, match="保密"):
        desk.queue.page(number, by=WANG)
    assert desk.queue.page(number, by=ZHANG).case.text == "举报某人收钱。"
    (row,) = desk.queue.find(Filter(), by=WANG).rows
    assert row.title == "（保密）"
    assert desk.queue.find(Filter(), by=ZHANG).rows[0].title == "举报某人收钱。"


def test_past_cases_suggest_the_department_and_their_replies(desk, register):
    for _ in range(2):
        number = register(text="小区门口路灯坏了。").number
        in_hands_of(desk, number, officer=WANG)
        desk.replies.reply(number, by=WANG, text="已经修好。")
    new = register(text="路灯不亮，坏了很久。").number
    (first, *_) = desk.routing.suggest("路灯不亮，坏了很久。")
    assert (first.department, len(first.cases)) == ("综合处", 2)
    assert [one.reply for one in desk.queue.alike(new, by=CHIEF)] == ["已经修好。"] * 2


def test_a_list_can_be_counted_without_being_read(desk, register):
    for _ in range(3):
        register(text="路灯坏了。")
    page = desk.queue.find(Filter(open=True), by=CHIEF, limit=0)
    assert (page.total, page.rows) == (3, ())


def test_words_of_one_case_alone_do_not_hide_the_others(desk, register):
    number = register(text="小区门口路灯坏了。").number
    in_hands_of(desk, number, officer=WANG)
    desk.replies.reply(number, by=WANG, text="已经修好。")
    new = register(text="小区门口路灯坏了，请尽快安排专业师傅前来维修，多谢支持。").number
    assert [one.reply for one in desk.queue.alike(new, by=CHIEF)] == ["已经修好。"]


def test_words_that_are_everywhere_are_counted_once(store, register, db, monkeypatch):
    monkeypatch.setattr(search, "_READ", 3)
    for text in ("路灯坏了。", "路灯不亮。", "路灯太暗。"):
        register(text=text)
    before = store.alike("路灯坏了", limit=5)
    statements: list[str] = []
    db.conn.set_trace_callback(statements.append)
    assert store.alike("路灯坏了", limit=5) == before
    assert "路灯" not in statements[0]
    assert "坏了" in statements[0]


def test_the_power_list_suggests_with_its_items(desk):
    desk.routing.load_powers([Power(department="能源处", item="充电桩备案", keywords=("充电桩",))])
    (first,) = desk.routing.suggest("小区想装充电桩")
    assert (first.department, first.keywords, first.items) == (
        "能源处",
        ("充电桩",),
        ("充电桩备案",),
    )
    assert desk.routing.suggest("别的事") == ()


@pytest.mark.parametrize("assignment", [Assignment.ROUND_ROBIN, Assignment.LEAST_LOADED])
def test_routed_cases_are_shared_out(store, clock, assignment):
    desk = make_desk(store, clock, policy=Policy(assignment=assignment))
    for name in ("张三", "李四"):
        desk.people.add(name, role=Role.STAFF, department="投资处", at=clock())
    officers = []
    for _ in range(4):
        number = desk.register(**QUESTION).number
        desk.work.accept(number, by=CHIEF)
        officers.append(desk.work.route(number, by=CHIEF, lead="投资处").officer_name)
        clock.pass_by(minutes=1)
    assert sorted(officers[:2]) == sorted(officers[2:]) == ["张三", "李四"]


def test_two_who_read_the_same_case_know_of_each_other(desk, register, clock):
    number = register().number
    assert desk.queue.open_case(number, ZHANG) is None
    assert desk.queue.open_case(number, ZHANG) is None
    assert desk.queue.open_case(number, LI).name == "张三"
    assert desk.queue.page(number, by=LI).holder.name == "张三"
    clock.pass_by(minutes=10)
    assert desk.queue.open_case(number, LI) is None
    desk.queue.leave(number, LI)
    assert desk.queue.open_case(number, ZHANG) is None


def test_another_department_or_officer_is_told_whose_it_is(desk, register):
    number = register(kind=Kind.DISCLOSURE).number
    in_hands_of(desk, number)
    with pytest.raises(NotYourDepartment, match="由投资处办理"):
        desk.work.request_supplement(number, by=WANG, items="x")
    with pytest.raises(AlreadyTaken, match="正由张三办理"):
        desk.work.request_supplement(number, by=LI, items="x")
    deputy = replace(LI, acts_for=frozenset({"u1"}))
    assert desk.work.request_supplement(number, by=deputy, items="x").supplements == 1


def test_silence_of_a_co_producing_body_agrees_and_pauses_no_longer(desk, register, clock):
    number = register(kind=Kind.DISCLOSURE).number
    in_hands_of(desk, number)
    desk.work.consult(number, by=ZHANG, party="某局", co_producing=True)
    with pytest.raises(NotNow, match="还没有过"):
        desk.work.silence(number, by=ZHANG)
    clock.now = datetime(2026, 12, 20, 4, tzinfo=UTC)  # long after the 15th working day
    assert desk.run_out() == (number,)
    page = desk.queue.page(number, by=ZHANG)
    assert page.events[-1].data["agrees"] is True
    assert page.facts.pauses == ((date(2026, 11, 25), date(2026, 12, 15)),)
    assert page.facts.state is State.IN_PROGRESS


def test_a_supplement_is_asked_for_once_and_within_seven_working_days(desk, register, clock):
    number = register(kind=Kind.DISCLOSURE).number
    in_hands_of(desk, number)
    clock.pass_by(days=10)  # the eighth working day
    with pytest.raises(NotNow, match="超过7个工作日"):
        desk.work.request_supplement(number, by=ZHANG, items="x")
    other = register(kind=Kind.DISCLOSURE).number
    in_hands_of(desk, other)
    desk.work.request_supplement(other, by=ZHANG, items="x")
    desk.supplement(other, by=OWNER, text="y")
    with pytest.raises(NotNow, match="一次性告知"):
        desk.work.request_supplement(other, by=ZHANG, items="z")


def test_a_request_not_completed_is_given_up(desk, register, clock, notices):
    number = register(kind=Kind.DISCLOSURE).number
    in_hands_of(desk, number)
    desk.work.request_supplement(number, by=ZHANG, items="写明年份", days=5)
    clock.pass_by(days=8)
    facts = desk.work.lapse(number, by=ZHANG)
    assert (facts.state, facts.needs_handling) == (State.CLOSED, False)
    assert notices[-1].data == {"items": "写明年份"}


def test_the_day_both_sides_confirm_is_the_day_of_receipt(desk, register, clock):
    number = register(kind=Kind.DISCLOSURE).number
    clock.pass_by(days=2)
    facts = desk.confirm_receipt(number, by=OWNER)
    assert (facts.registered_on, facts.received) == (date(2026, 11, 24), date(2026, 11, 26))
    with pytest.raises(NotNow, match="不用再确认"):
        desk.confirm_receipt(number, by=OWNER)


def test_loading_a_year_recounts_every_open_case(desk, register, clock):
    clock.now = datetime(2026, 12, 29, 4, tzinfo=UTC)
    number = register().number
    row = desk.queue.find(Filter(), by=CHIEF).rows[0]
    assert (row.due, row.provisional) == (date(2027, 1, 5), True)
    desk.calendar.load_year(2027, YEAR_2027, source="通知", at=clock())
    assert desk.queue.recount() == 1
    row = desk.queue.find(Filter(), by=CHIEF).rows[0]
    assert (row.number, row.due, row.provisional) == (number, date(2027, 1, 6), False)
    assert desk.queue.recount() == 0
    assert list(desk.queue.check()) == []


def due(desk, clock, **at):
    clock.now = datetime(2026, **at, tzinfo=UTC)
    return [(one.left, one.to) for one in desk.reminders.due(clock())]


def test_reminders_come_at_their_points_once_and_in_working_hours(desk, register, clock):
    zhang = desk.people.add("张三", role=Role.STAFF, department="投资处", at=clock())
    chief = desk.people.add("赵六", role=Role.SUPERVISOR, department="办公室", at=clock())
    number = register().number  # due on Tuesday, 1 December
    in_hands_of(desk, number, officer=desk.people.actor(zhang))
    assert due(desk, clock, month=11, day=24, hour=4) == [(5, (zhang.id,))]
    assert due(desk, clock, month=11, day=24, hour=5) == []
    assert due(desk, clock, month=11, day=27, hour=12) == []  # 20:00 in Shanghai
    assert due(desk, clock, month=11, day=28, hour=4) == []  # a Saturday
    assert due(desk, clock, month=11, day=30, hour=2) == [(1, (zhang.id,))]
    assert due(desk, clock, month=12, day=1, hour=2) == [(0, (zhang.id, chief.id))]
    assert due(desk, clock, month=12, day=2, hour=2) == [(-1, (zhang.id, chief.id))]
    assert due(desk, clock, month=12, day=2, hour=3) == []
    assert due(desk, clock, month=12, day=3, hour=2) == [(-2, (zhang.id, chief.id))]


def test_reminders_go_to_the_deputy_of_who_is_away(desk, register, clock):
    zhang, li = (
        desk.people.add(name, role=Role.STAFF, department="投资处", at=clock())
        for name in ("张三", "李四")
    )
    in_hands_of(desk, register().number, officer=desk.people.actor(zhang))
    desk.people.leave("张三", deputy="李四")
    assert due(desk, clock, month=11, day=24, hour=4) == [(5, (li.id,))]
    desk.people.back("张三")
    assert due(desk, clock, month=11, day=27, hour=4) == [(2, (zhang.id,))]


def tamper(db, statement):
    """Change history behind the program's back."""
    for trigger in ("update", "delete", "append"):
        db.execute(f"DROP TRIGGER case_events_{trigger}")
    db.execute(statement)


@pytest.mark.parametrize(
    ("statement", "position", "fault"),
    [
        ("UPDATE case_events SET note = 'x' WHERE position = 2", 2, Fault.EDITED),
        ("UPDATE case_events SET data = '{}' WHERE position = 3", 3, Fault.EDITED),
        ("DELETE FROM case_events WHERE position = 2", 3, Fault.MISSING),
        ("UPDATE case_events SET position = 9 WHERE position = 2", 3, Fault.MISSING),
        ("DELETE FROM case_events WHERE position = 5", 4, Fault.CUT_OFF),
        ("UPDATE cases SET text = 'x'", 1, Fault.CASE_CHANGED),
        ("UPDATE case_texts SET body = 'x'", 5, Fault.TEXT_CHANGED),
        ("DELETE FROM case_texts", 5, Fault.TEXT_MISSING),
    ],
)
def test_whatever_was_changed_in_history_is_found_and_named(
    desk, register, db, statement, position, fault
):
    number = register().number
    in_hands_of(desk, number)
    desk.replies.reply(number, by=ZHANG, text="答复")
    assert desk.queue.verify() == ()
    tamper(db, statement)
    found = desk.queue.verify()
    assert (found[0].position, found[0].number, found[0].fault) == (position, number, fault)


def test_a_row_that_was_changed_is_found_and_computed_anew(desk, register, db):
    number = register().number
    db.execute("UPDATE case_facts SET department = '别处'")
    assert [(one.number, one.columns) for one in desk.queue.check()] == [(number, ("department",))]
    assert desk.queue.rebuild() == 1
    assert list(desk.queue.check()) == []


def test_cases_of_an_earlier_release_get_their_rows_and_words(desk, register, db):
    number = register().number
    db.execute("DELETE FROM case_facts")
    db.execute("DELETE FROM case_words")
    assert desk.queue.upgrade() == 1
    assert numbers(desk.queue.find(Filter(text="备案"), by=CHIEF)) == [number]


def test_of_clerks_who_claim_at_once_one_wins_and_the_others_learn_who(open_store, clock):
    desk = make_desk(open_store(), clock)
    number = desk.register(**QUESTION).number
    desk.work.accept(number, by=CHIEF)
    desk.work.route(number, by=CHIEF, lead="投资处")

    def claim(n):
        clerk = Actor(id=f"u{n}", name=f"职员{n}", role=Role.STAFF, department="投资处")
        try:
            return make_desk(open_store(), clock).work.claim(number, by=clerk).officer_name
        except AlreadyTaken as taken:
            return taken.officer

    with ThreadPoolExecutor(4) as threads:
        told = list(threads.map(claim, range(4)))
    assert len(set(told)) == 1
    assert len(desk.queue.page(number, by=CHIEF).events) == 4
    assert desk.queue.verify() == ()


def test_who_is_erased_is_found_nowhere_and_history_stays_whole(desk, register, store, db):
    number = register(text="我是张三丰，路灯坏了。", contact="假号码").number
    in_hands_of(desk, number)
    desk.replies.reply(number, by=ZHANG, text="张三丰您好，已经修好。")
    store.erase_person("web:1001", [number])
    assert desk.queue.find(Filter(text="路灯"), by=CHIEF).rows == ()
    dump = "\n".join(db.conn.iterdump())
    assert not any(word in dump for word in ("张三丰", "假号码", "web:1001"))
    assert desk.queue.verify() == ()
    assert list(desk.queue.check()) == []

"""Cases from files: own dates, own numbers, a second time the same."""

from datetime import date

import pytest

from petitions import SYSTEM, Channel, Fault, Kind, Part, Rating, Record, Scheme, State

TODAY = date(2026, 11, 24)
ROW = {
    "number": "2017-信-1",
    "kind": "依申请公开",
    "channel": "网络",
    "title": "能源规划",
    "content": "申请公开能源规划。",
    "received_at": date(2017, 3, 1),
    "accepted_at": date(2017, 3, 2),
    "department": "能源处",
    "replied_at": date(2017, 3, 20),
    "closed_at": date(2017, 3, 21),
    "outcome": "同意公开",
    "rating": "满意",
    "fee": "12.5",
}


@pytest.fixture
def archive(desk):
    return desk.archive


def load(archive, *rows):
    return archive.load([archive.parse(row) for row in rows], by=SYSTEM)


def test_a_past_case_has_its_own_dates_and_the_scheme_of_its_time(desk, archive):
    load(archive, ROW)
    page = desk.queue.page("2017-信-1", by=SYSTEM)
    assert (page.facts.state, page.facts.channel) == (State.CLOSED, Channel.WEB)
    assert (page.due, Scheme.on(page.facts.received)) == (date(2017, 3, 22), Scheme.OF_2008)
    assert [event.day for event in page.events] == [
        date(2017, 3, day) for day in (1, 2, 2, 20, 21, 21)
    ]
    assert (page.facts.rating, page.facts.fee) == (Rating.SATISFIED, 12.5)


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"number": ""},
        {"number": "", "needs_handling": "否", "replied_at": None, "outcome": "", "rating": ""},
        {"kind": "建议提案", "outcome": "B类", "role": "协办", "department": ""},
        {"kind": "诉求", "replied_at": None, "outcome": "", "closed_at": date(2017, 4, 1)},
        {"replied_at": None, "closed_at": None, "outcome": "", "rating": "", "fee": ""},
        {"kind": "整改", "outcome": "", "due_on": date(2017, 6, 1)},
        {"kind": "整改", "outcome": ""},
        {"accepted_at": None, "department": "", "outcome": "不予公开：属于国家秘密"},
    ],
)
def test_what_is_written_reads_the_same(desk, archive, more):
    record = archive.parse({**ROW, **more})
    assert isinstance(record, Record)
    archive.load([record], by=SYSTEM)
    (written,) = archive.records()
    again = archive.load([written], by=SYSTEM)
    assert (again.added, again.same) == (0, 1)
    assert list(archive.conflicts([written])) == []
    assert {**vars(written), "number": record.number} == vars(record)
    assert list(desk.queue.check()) == []
    assert desk.queue.verify() == ()


def test_the_same_file_twice_adds_nothing_but_equal_rows_are_different_cases(archive):
    row = {**ROW, "number": ""}
    assert load(archive, row, row).added == 2
    assert load(archive, row, row).added == 0
    assert load(archive, row, row, row).added == 1


def test_a_number_that_is_here_with_other_contents_is_a_conflict(archive):
    load(archive, ROW)
    other = archive.parse({**ROW, "title": "别的"})
    ((place, fault),) = archive.conflicts([other])
    assert (place, fault.column) == (0, "number")


def test_numbers_of_a_file_are_never_given_out_again(archive, register):
    load(archive, {**ROW, "number": "2026-000001-5"})
    assert register().number == "2026-000002-8"


@pytest.mark.parametrize(
    ("more", "columns"),
    [
        ({"kind": "投诉信"}, ["kind"]),
        ({"channel": "飞鸽", "applicant_type": "鬼"}, ["channel", "applicant_type"]),
        ({"closed_at": date(2099, 1, 1)}, ["closed_at"]),
        ({"replied_at": date(2017, 3, 1)}, ["replied_at"]),
        ({"title": "", "content": ""}, ["title"]),
        ({"needs_handling": "也许"}, ["needs_handling"]),
        ({"fee": "很多"}, ["fee"]),
        ({"outcome": "B类"}, ["outcome"]),
        ({"replied_at": None, "closed_at": None}, ["rating", "outcome"]),
        ({"due_on": date(2017, 5, 1)}, ["due_on"]),
    ],
)
def test_everything_wrong_with_a_row_is_said_with_its_column(archive, more, columns):
    faults = archive.parse({**ROW, **more})
    assert all(isinstance(fault, Fault) for fault in faults)
    assert [fault.column for fault in faults] == columns


def test_words_are_understood_in_both_languages(archive):
    record = archive.parse({**ROW, "kind": "appeal", "channel": "phone", "role": "co"})
    assert (record.kind, record.channel, record.role) == (Kind.APPEAL, Channel.PHONE, Part.CO)

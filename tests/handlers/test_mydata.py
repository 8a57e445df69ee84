"""Everything that is kept of a person, and forgetting it."""

import pytest

from handlers import data_texts, texts
from handlers.services import NewFile
from petitions import Actor, Role

UNKNOWN = "公园的猴子叫什么名字"
CLERK = Actor(id="u1", name="李四", role=Role.STAFF, department="办公室")


@pytest.fixture
def number(citizen, program):
    """Somebody has asked something and had it registered."""
    citizen.says(UNKNOWN)
    citizen.presses(texts.TO_STAFF)
    [row] = program.db.query("SELECT number FROM cases")
    return row["number"]


def on_disk(program):
    program.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return program.settings.database.read_bytes()


def everything(citizen, program):
    [document] = citizen.says("/mydata").documents
    return program.mailroom.files.get(document.id).body.decode("utf-8-sig")


def test_all_that_is_kept_comes_as_a_file(citizen, program, number):
    held = everything(citizen, program)
    assert f"{number} 咨询 已登记 {UNKNOWN}" in held
    assert f"2026-11-24 12:00 {UNKNOWN}" in held


def test_the_file_of_one_person_holds_nothing_of_another(citizen, person, program, number):
    assert UNKNOWN not in everything(person("2002"), program)


def test_forgetting_is_asked_about_first(citizen, program, number):
    assert citizen.says("删除我的信息").text == data_texts.FORGET_WHAT
    assert citizen.presses(data_texts.KEEP).text == data_texts.KEPT
    assert UNKNOWN in everything(citizen, program)


def test_an_open_case_is_kept_and_the_conversation_is_not(citizen, program, number):
    citizen.says("/forget")
    assert "还有1件在办理" in citizen.presses(data_texts.REALLY).text
    held = everything(citizen, program)
    assert number in held
    assert f"12:00 {UNKNOWN}" not in held


def test_after_the_end_of_the_case_no_word_is_left(citizen, program, number):
    program.services.desk.work.decline(number, by=CLERK, reason="不归我们管")
    citizen.says("/forget")
    assert "1件办结事项" in citizen.presses(data_texts.REALLY).text
    assert UNKNOWN.encode() not in on_disk(program)


def test_the_chain_of_events_still_holds_afterwards(citizen, program, number):
    program.services.desk.work.decline(number, by=CLERK, reason="不归我们管")
    citizen.says("/forget")
    citizen.presses(data_texts.REALLY)
    assert program.services.desk.queue.verify() == ()


def test_the_files_of_an_ended_case_go_with_it_those_of_an_open_one_stay(
    citizen, program, number, clock
):
    proof = {"person": "web:1001", "name": "a.jpg", "media_type": "image/jpeg"}
    files = program.mailroom.files
    files.put(NewFile(number=number, body=b"proof of identity", **proof), clock())
    files.put(NewFile(number="2026-000099-1", body=b"of an open case", **proof), clock())
    program.services.desk.work.decline(number, by=CLERK, reason="不归我们管")
    citizen.says("/forget")
    citizen.presses(data_texts.REALLY)
    assert files.of_case(number) == ()
    assert len(files.of_case("2026-000099-1")) == 1

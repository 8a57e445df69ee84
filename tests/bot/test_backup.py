"""A backup holds everything, and nothing is restored that is not whole."""

import sqlite3
import stat
from contextlib import closing

import pytest

from bot.backup import BackupError, InTheWay, InUse, NothingThere, Unsound, back_up, restore
from bot.services import key_file, open_services
from tests.conftest import NOON


@pytest.fixture
def file(tmp_path):
    return tmp_path / "copy.db"


@pytest.fixture
def other(program, tmp_path):
    """The settings of another machine, where there is nothing yet."""
    return program.settings.model_copy(update={"database": tmp_path / "new" / "new.db"})


@pytest.fixture
def number(citizen, program):
    """A case, in a program that goes on running."""
    citizen.says("转人工")
    citizen.says("我家门口的路灯坏了")
    [case] = program.db["cases"].rows
    return case["number"]


def numbers(settings):
    with open_services(settings, starter=()) as program:
        return [case["number"] for case in program.db["cases"].rows]


def change(file, statement):
    """By hand, past the triggers that keep events from being changed."""
    with closing(sqlite3.connect(file)) as db:
        for (name,) in db.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall():
            db.execute(f"DROP TRIGGER {name}")
        db.execute(statement)
        db.commit()


def test_a_running_program_is_backed_up_and_restored_elsewhere(program, number, file, other):
    assert back_up(program.settings, file, force=False)
    done = restore(other, file, force=False, now=NOON)
    assert (done.cases, done.with_key, done.aside) == (1, True, None)
    assert numbers(other) == [number]
    assert key_file(other.database).read_text() == key_file(program.settings.database).read_text()


def test_only_we_can_read_a_backup_and_its_key(program, file):
    back_up(program.settings, file, force=False)
    for one in (file, key_file(file)):
        assert stat.S_IMODE(one.stat().st_mode) == 0o600


def test_a_backup_is_one_file_with_its_key_and_leaves_nothing_else(program, number, file):
    before = set(file.parent.iterdir())
    back_up(program.settings, file, force=False)
    assert set(file.parent.iterdir()) - before == {file, key_file(file)}


def test_nothing_is_overwritten_unasked(program, number, file, other):
    back_up(program.settings, file, force=False)
    with pytest.raises(InTheWay, match="--force"):
        back_up(program.settings, file, force=False)
    restore(other, file, force=False, now=NOON)
    with pytest.raises(InTheWay, match="--force"):
        restore(other, file, force=False, now=NOON)


def test_what_was_there_is_put_aside_whole(program, number, file, other):
    numbers(other)  # a database without cases
    key = key_file(other.database).read_text()
    back_up(program.settings, file, force=False)
    done = restore(other, file, force=True, now=NOON)
    assert done.aside
    assert numbers(other) == [number]
    assert numbers(other.model_copy(update={"database": done.aside})) == []
    assert key_file(done.aside).read_text() == key


def test_a_running_program_is_not_restored_over(program, number, file):
    back_up(program.settings, file, force=False)
    with pytest.raises(InUse, match="先停下"):
        restore(program.settings, file, force=True, now=NOON)
    assert program.db["cases"].count == 1


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE cases SET text = '改过'", "登记内容被改动"),
        ("UPDATE case_events SET who = '李四'", "被改动"),
        ("DROP TABLE _sqlite_migrations", "不是本程序的备份"),
        (
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) "
            "VALUES ('bot', 'm999_later', '')",
            "请先升级",
        ),
    ],
)
def test_a_changed_backup_is_refused(program, number, file, other, statement, said):
    back_up(program.settings, file, force=False)
    change(file, statement)
    with pytest.raises(Unsound, match=said):
        restore(other, file, force=False, now=NOON)
    assert list(other.database.parent.iterdir()) == []


@pytest.mark.parametrize("body", [b"", b"not a database" * 500])
def test_what_is_no_backup_is_refused(other, file, body):
    file.write_bytes(body)
    with pytest.raises(Unsound):
        restore(other, file, force=False, now=NOON)


def test_a_damaged_page_is_found(program, number, file, other):
    back_up(program.settings, file, force=False)
    body = bytearray(file.read_bytes())
    body[8192:12288] = b"\xff" * 4096
    file.write_bytes(body)
    with pytest.raises(Unsound, match="损坏"):
        restore(other, file, force=False, now=NOON)


def test_a_damaged_database_gives_way_to_a_backup(program, number, file, other):
    back_up(program.settings, file, force=False)
    other.database.parent.mkdir()
    other.database.write_bytes(b"damaged" * 1000)
    assert restore(other, file, force=True, now=NOON).aside
    assert numbers(other) == [number]


def test_a_backup_without_its_key_keeps_the_key_that_is_there(program, file, other):
    numbers(other)
    key = key_file(other.database).read_text()
    back_up(program.settings, file, force=False)
    key_file(file).unlink()
    assert not restore(other, file, force=True, now=NOON).with_key
    assert key_file(other.database).read_text() == key


def test_the_database_is_not_backed_up_onto_itself(program):
    with pytest.raises(BackupError, match="不能备份到它自己"):
        back_up(program.settings, program.settings.database, force=True)


def test_what_is_not_there_is_named(other, file):
    with pytest.raises(NothingThere, match="没有数据库"):
        back_up(other, file, force=False)
    with pytest.raises(NothingThere, match="没有备份文件"):
        restore(other, file, force=False, now=NOON)

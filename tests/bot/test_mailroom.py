"""From inbox to outbox: once, in one transaction, and nothing lost on the way."""

import asyncio
import sqlite3
from pathlib import Path

import pytest

from bot.mailroom import AsyncMailroom, Mailroom
from bot.store import TRIES, Mail, migrations, open_database
from handlers import texts
from handlers.messages import Block, Reply, Style, say
from petitions import Channel

ID_CARD = "11010119900307" + "8515"  # in two pieces: nobody's, but shaped like somebody's
MOBILE = "138" + "0013" + "8000"


def rows(db, table):
    return list(db.query(f"SELECT * FROM {table}"))  # noqa: S608 - a constant of these tests


def exchange(mailroom, incoming):
    mailroom.accept([incoming])
    replies = mailroom.process(incoming.channel, incoming.update_id)
    return [one.reply.text for one in replies]


def on_disk(db):
    """Every byte that the database has written, the log and what was deleted included."""
    (path,) = (row["file"] for row in db.query("PRAGMA database_list"))
    files = (Path(path), Path(path + "-wal"))
    return b"".join(file.read_bytes() for file in files if file.exists())


def test_a_message_is_accepted_once(mailroom, message, database):
    one = message()
    assert mailroom.accept([one, one]) == [True, False]
    assert mailroom.accept([one]) == [False]
    assert len(rows(database, "inbox")) == 1


def test_two_channels_may_use_the_same_update_id(mailroom, message):
    both = [message(update_id="7"), message(update_id="7", channel=Channel.TELEGRAM)]
    assert mailroom.accept(both) == [True, True]


def test_a_repeat_gets_the_same_replies_and_is_not_handled_again(mailroom, message, answered):
    one = message("多久答复")
    assert exchange(mailroom, one) == exchange(mailroom, one) == ["答：多久答复"]
    assert answered == ["多久答复"]


def test_what_was_never_accepted_is_not_answered(mailroom, answered):
    assert mailroom.process(Channel.WEB, "unknown") == ()
    assert answered == []


def test_an_accepted_message_is_on_the_disk_before_it_is_answered(mailroom, message, database):
    mailroom.accept([message("还没有答")])
    assert "还没有答".encode() in on_disk(database)


def test_a_failure_takes_back_everything_but_the_message(mailroom, message, database):
    assert exchange(mailroom, message("坏了")) == [texts.FAILED]
    assert rows(database, "conversations") == []
    (kept,) = rows(database, "inbox")
    assert (kept["state"], kept["attempts"], kept["error"]) == ("failed", 1, "RuntimeError")


def test_a_failure_is_apologised_for_once(mailroom, message, answered):
    one = message("坏了")
    for _ in range(3):
        assert exchange(mailroom, one) == [texts.FAILED]
    assert len(answered) == 3


def test_the_log_of_a_failure_names_no_person_and_no_text(mailroom, message, caplog):
    exchange(mailroom, message("坏了"))
    assert [record.getMessage() for record in caplog.records] == ["handling failed: RuntimeError"]


def test_what_a_stopped_process_left_is_answered_by_the_next_in_order(
    mailroom, message, tmp_path, clock
):
    mailroom.accept([message("一"), message("二"), message("坏了"), message("三")])
    db = open_database(tmp_path / "mail.db")  # as a new process opens it
    next_one = Mailroom(db, Mail(db), lambda incoming: say(f"答：{incoming.text}"), clock)
    assert next_one.catch_up() == 4
    bodies = [row["body"] for row in rows(db, "outbox")]
    assert [b.split("答：")[1][0] for b in bodies] == ["一", "二", "坏", "三"]
    assert next_one.catch_up() == 0
    db.close()


def test_a_message_that_always_fails_is_given_up_after_some_starts(mailroom, message):
    mailroom.accept([message("坏了")])
    assert [mailroom.catch_up() for _ in range(TRIES + 1)] == [1] * TRIES + [0]


def test_a_message_that_failed_is_answered_when_the_fault_is_gone(
    database, mail, mailroom, message, clock
):
    one = message("坏了")
    exchange(mailroom, one)
    mended = Mailroom(database, mail, lambda _: say("好了"), clock)
    assert mended.catch_up() == 1
    assert exchange(mended, one) == [texts.FAILED, "好了"]


@pytest.mark.parametrize("number", [ID_CARD, MOBILE, "zhangsan@" + "example.com"])
def test_personal_numbers_never_reach_the_disk(mailroom, message, database, number):
    exchange(mailroom, message(f"我的号码是{number}，什么时候答复"))
    written = on_disk(database)
    assert "什么时候答复".encode() in written
    assert number.encode() not in written


def test_a_message_with_a_secret_is_not_kept(database, mail, message, clock):
    reply = Reply(blocks=(Block(text="查到了"),), forget_input=True)
    mailroom = Mailroom(database, mail, lambda _: reply, clock)
    exchange(mailroom, message("ABCD-2345"))
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert b"ABCD-2345" not in on_disk(database)
    assert texts.CODE_HIDDEN.encode() in on_disk(database)


@pytest.fixture
def telling_a_secret(database, mail, clock):
    """A mailroom that tells a query code to whoever writes 「登记」."""
    secret = Reply(blocks=(Block(text="WXYZ-6789", style=Style.SECRET),))
    respond = lambda incoming: secret if incoming.text == "登记" else say("好")  # noqa: E731
    return Mailroom(database, mail, respond, clock)


def test_a_fetched_secret_is_gone_with_the_next_message(telling_a_secret, message, database):
    assert exchange(telling_a_secret, message("登记")) == ["WXYZ-6789"]
    exchange(telling_a_secret, message("谢谢"))
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert b"WXYZ-6789" not in on_disk(database)
    assert texts.SECRET_HIDDEN.encode() in on_disk(database)


def test_a_secret_that_never_arrives_is_gone_too(database, mail, message, clock):
    secret = Reply(blocks=(Block(text="WXYZ-6789", style=Style.SECRET),))
    mailroom = Mailroom(database, mail, lambda _: secret, clock)
    exchange(mailroom, message("登记", channel=Channel.TELEGRAM))
    [waiting] = mail.due(Channel.TELEGRAM, clock())
    mail.refused(waiting.seq, "blocked", clock())
    [row] = database.query("SELECT body FROM outbox")
    assert "WXYZ-6789" not in row["body"]


def test_a_secret_stays_for_a_page_that_asks_again(telling_a_secret, message):
    one = message("登记")
    assert exchange(telling_a_secret, one) == exchange(telling_a_secret, one) == ["WXYZ-6789"]


def test_somebody_elses_message_hides_no_secret(telling_a_secret, message):
    one = message("登记")
    exchange(telling_a_secret, one)
    exchange(telling_a_secret, message("谢谢", person="web:li", chat="web:li"))
    assert exchange(telling_a_secret, one) == ["WXYZ-6789"]


def test_a_correction_names_the_reply_whose_place_it_takes(mailroom, message, mail):
    first, corrected = message("多就", message="m1"), message("多久", message="m1", edited=True)
    exchange(mailroom, first)
    exchange(mailroom, corrected)
    old, new = mail.after("web:zhang", 0)
    assert (old.corrects, new.corrects, new.reply.text) == (None, old.seq, "答：多久")


def test_a_correction_of_another_persons_message_takes_no_place(mailroom, message, mail):
    exchange(mailroom, message("甲", message="m1"))
    exchange(mailroom, message("乙", message="m1", edited=True, person="web:li"))
    assert [one.corrects for one in mail.after("web:li", 0)] == [None]


# --- the disk


def full(db):
    """No page more than there is now: a disk that is really full gives the same error."""
    pages = next(iter(db.query("PRAGMA page_count")))["page_count"]
    db.execute(f"PRAGMA max_page_count = {pages}")


def space_again(db):
    db.execute("PRAGMA max_page_count = 1000000")


def fill(mailroom, message):
    """Messages until no more fit; the ones that were accepted."""
    kept: list[object] = []
    while True:
        one = message("很长的话" * 400)
        try:
            mailroom.accept([one])
        except sqlite3.OperationalError as exc:
            assert "full" in str(exc)  # noqa: PT017 - the loop ends here
            return kept
        kept.append(one)


def test_a_full_disk_refuses_before_anything_is_acknowledged(mailroom, message, database):
    full(database)
    kept = fill(mailroom, message)
    assert len(rows(database, "inbox")) == len(kept)
    space_again(database)
    assert mailroom.accept([message()]) == [True]


def test_what_was_accepted_before_the_disk_was_full_is_answered_later(mailroom, message, database):
    one = message("问" * 2000)
    mailroom.accept([one])
    full(database)
    fill(mailroom, message)
    with pytest.raises(sqlite3.OperationalError, match="full"):
        mailroom.process(one.channel, one.update_id)  # the channel says so: its own sentence
    space_again(database)
    mailroom.catch_up()
    assert exchange(mailroom, one) == [f"答：{one.text}"]
    assert {row["state"] for row in rows(database, "inbox")} == {"done"}


def test_a_database_that_cannot_be_written_loses_nothing(mailroom, message, database):
    one = message("先收下")
    mailroom.accept([one])
    database.execute("PRAGMA query_only = ON")
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        mailroom.process(one.channel, one.update_id)
    database.execute("PRAGMA query_only = OFF")
    assert exchange(mailroom, one) == ["答：先收下"]


# --- for an event loop


@pytest.fixture
async def post(mailroom):
    made = AsyncMailroom(mailroom)
    yield made
    made.close()


async def test_messages_that_arrive_together_share_a_transaction(post, message, database):
    begun = []
    database.conn.set_trace_callback(lambda sql: begun.append(sql) if "BEGIN" in sql else None)
    fresh = await asyncio.gather(*(post.accept(message()) for _ in range(50)))
    assert fresh == [True] * 50
    assert len(begun) == 1


async def test_one_that_hangs_up_does_not_take_the_others_along(post, message, database):
    first = asyncio.ensure_future(post.accept(message("甲")))
    second = asyncio.ensure_future(post.accept(message("乙")))
    await asyncio.sleep(0)  # both have joined the batch
    first.cancel()
    assert await second is True
    assert len(rows(database, "inbox")) == 2


async def test_everybody_in_a_batch_is_told_of_a_full_disk(post, message, database):
    database.execute("PRAGMA query_only = ON")
    told = await asyncio.gather(*(post.accept(message()) for _ in range(3)), return_exceptions=True)
    assert [type(one) for one in told] == [sqlite3.OperationalError] * 3
    database.execute("PRAGMA query_only = OFF")
    assert await post.accept(message()) is True


async def test_an_answer_wakes_the_delivery(post, message):
    one = message()
    await post.accept(one)
    assert not post.outgoing.is_set()
    await post.process(one.channel, one.update_id)
    assert post.outgoing.is_set()


def test_migrations_run_twice_change_nothing(database):
    before = rows(database, "sqlite_master")
    migrations.apply(database)
    assert rows(database, "sqlite_master") == before

"""Rows: what is due for delivery, in which order, and what a page is shown."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.store import Conversations, Marks, OutState, migrations, open_database
from handlers.conversation import Conversation, Draft, Topic
from handlers.messages import Action, Block, Button, Reply, Style, say
from petitions import Channel
from tests.conftest import NOON, Clock

TELEGRAM = {"channel": Channel.TELEGRAM, "person": "telegram:1", "chat": "1"}


@pytest.fixture
def queue(mail, message):
    """Puts a reply into a chat's queue."""

    def put(text, chat="1", at=NOON):
        incoming = message(**{**TELEGRAM, "chat": chat})
        mail.put(incoming)
        seq, _ = mail.claim(incoming.channel, incoming.update_id)
        mail.answer(seq, incoming, say(text), at)
        mail.finish(seq, at)

    return put


def due(mail, at=NOON, **more):
    return [one.reply.text for one in mail.due(Channel.TELEGRAM, at, **more)]


def test_of_every_chat_the_first_waiting_reply_is_due(mail, queue):
    for text, chat in (("甲1", "1"), ("甲2", "1"), ("乙1", "2")):
        queue(text, chat)
    assert due(mail) == ["甲1", "乙1"]
    assert due(mail, skip=["1"]) == ["乙1"]


def test_the_next_of_a_chat_is_due_when_the_first_has_arrived_or_never_will(mail, queue):
    for text in ("一", "二", "三"):
        queue(text)
    mail.delivered(mail.due(Channel.TELEGRAM, NOON)[0].seq, "55", NOON)
    assert due(mail) == ["二"]
    mail.refused(mail.due(Channel.TELEGRAM, NOON)[0].seq, "blocked", NOON)
    assert due(mail) == ["三"]


def test_a_postponed_reply_holds_back_those_behind_it_until_its_time(mail, queue):
    queue("一")
    queue("二")
    first = mail.due(Channel.TELEGRAM, NOON)[0]
    mail.postponed(first.seq, timedelta(seconds=30), NOON)
    assert due(mail) == []
    assert due(mail, NOON + timedelta(seconds=30)) == ["一"]
    assert mail.due(Channel.TELEGRAM, NOON + timedelta(minutes=1))[0].attempts == 1


@pytest.mark.parametrize("channel", [Channel.WEB, Channel.TERMINAL])
def test_what_is_fetched_is_never_due(mail, message, channel):
    incoming = message(channel=channel)
    mail.answer(None, incoming, say("好"), NOON)
    assert mail.due(channel, NOON) == []
    assert [one.state for one in mail.after(incoming.person, 0)] == [OutState.KEPT]


def test_a_delivered_reply_is_known_by_the_channels_name(mail, queue):
    queue("一")
    seq = mail.due(Channel.TELEGRAM, NOON)[0].seq
    assert mail.shown_as(seq) is None
    mail.delivered(seq, "8801", NOON)
    assert mail.shown_as(seq) == "8801"
    assert mail.shown_as(seq + 1) is None


def test_a_delivered_secret_is_kept_no_longer(mail, message):
    reply = Reply(blocks=(Block(text="WXYZ-6789", style=Style.SECRET),))
    mail.answer(None, message(**TELEGRAM), reply, NOON)
    (one,) = mail.due(Channel.TELEGRAM, NOON)
    assert one.reply.text == "WXYZ-6789"
    mail.delivered(one.seq, "1", NOON)
    assert "WXYZ" not in mail.after("telegram:1", 0)[0].reply.text


def test_the_history_is_the_last_turns_oldest_first_and_only_ones_own(mailroom, mail, message):
    others = message("别人的", person="web:li", chat="web:li")
    for one in (*(message(text) for text in "一二三四"), others):
        mailroom.accept([one])
        mailroom.process(one.channel, one.update_id)
    turns = mail.history("web:zhang", limit=3)
    assert [turn.incoming.text for turn in turns] == ["二", "三", "四"]
    assert [turn.replies[0].reply.text for turn in turns] == ["答：二", "答：三", "答：四"]
    assert mail.history("web:nobody") == ()


def test_later_replies_come_in_order_and_not_twice(mailroom, mail, message):
    for text in "一二三":
        one = message(text)
        mailroom.accept([one])
        mailroom.process(one.channel, one.update_id)
    first = mail.after("web:zhang", 0)[0].seq
    assert [one.reply.text for one in mail.after("web:zhang", first)] == ["答：二", "答：三"]


def test_a_reply_survives_its_row(mail, message):
    reply = Reply(
        blocks=(
            Block(text="答\n案", style=Style.TITLE),
            Block(text="《条例》", style=Style.SOURCE),
        ),
        buttons=((Button(label="转人工", action=Action(verb="human", args=("a", "b"))),),),
        in_place=True,
        decision="escalate",
    )
    mail.answer(None, message(), reply, NOON)
    assert mail.after("web:zhang", 0)[0].reply == reply


def test_a_committed_row_survives_a_power_cut(database):
    settings = [
        next(iter(database.query(f"PRAGMA {name}")))[name]
        for name in ("journal_mode", "synchronous", "secure_delete")
    ]
    assert settings == ["wal", 2, 1]


def test_a_database_is_made_with_its_folders(tmp_path):
    path = tmp_path / "a" / "b" / "new.db"
    open_database(path).close()
    assert path.exists()


def test_a_message_of_ours_leads_to_the_case_it_is_about(mail, message):
    reply = Reply(blocks=(Block(text="请补正"),), about="2026-000001-5")
    mail.tell("telegram:1", reply, NOON)
    mail.tell("telegram:1", say("别的"), NOON)
    first, second = mail.after("telegram:1", 0)
    mail.delivered(first.seq, "70,71", NOON)
    mail.delivered(second.seq, "72", NOON)
    asked = [mail.about(Channel.TELEGRAM, "1", ref) for ref in ("70", "71", "7", "72", "")]
    assert asked == ["2026-000001-5", "2026-000001-5", "", "", ""]
    assert mail.about(Channel.TELEGRAM, "2", "70") == ""


def test_what_is_marked_happens_once(database):
    marks = Marks(database)
    assert [marks.once("a", NOON), marks.once("a", NOON), marks.once("b", NOON)] == [
        True,
        False,
        True,
    ]
    assert marks.reached("news") is None
    marks.reach("news", 3, NOON)
    marks.reach("news", 7, NOON)
    assert marks.reached("news") == 7


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
TOPICS = st.builds(Topic, question=TEXTS, entry_id=TEXTS, at=st.just(NOON))
DRAFTS = st.builds(Draft, form=TEXTS, values=st.dictionaries(TEXTS, TEXTS, max_size=3))


@given(
    st.builds(
        Conversation,
        topic=st.none() | TOPICS,
        draft=st.none() | DRAFTS,
        asked=st.none() | TEXTS,
    )
)
def test_a_conversation_survives_its_row(conversation):
    db = open_database(":memory:")
    migrations.apply(db)
    kept = Conversations(db, Clock())
    assert kept.load("a") == Conversation()
    kept.save("a", Conversation(asked="before"))
    kept.save("a", conversation)
    assert kept.load("a") == conversation
    db.close()

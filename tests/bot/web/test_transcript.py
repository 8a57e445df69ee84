"""What stands on a page after everything that happened."""

from dataclasses import replace

import pytest

from bot.store import Mail, migrations, open_database
from bot.web.transcript import Said, read_transcript
from handlers.messages import Action, Incoming, Reply, say
from petitions import Channel


class Desk:
    """Writes straight into inbox and outbox, in the order of the calls."""

    def __init__(self, mail, db, clock):
        self.mail, self.db, self.clock = mail, db, clock
        self.count = 0

    def hears(self, message, **what):
        self.count += 1
        self.clock.pass_by(seconds=1)
        incoming = Incoming(
            channel=Channel.WEB,
            update_id=str(self.count),
            person="web:a",
            chat="web:a",
            message=message,
            received_at=self.clock(),
            **what,
        )
        with self.db.atomic():
            self.mail.put(incoming)
            seq, _ = self.mail.claim(Channel.WEB, incoming.update_id)
        return seq, incoming

    def tells(self, heard, reply):
        seq, incoming = heard
        self.clock.pass_by(seconds=1)
        with self.db.atomic():
            self.mail.answer(seq, incoming, reply, self.clock())

    def notices(self, text):
        _, incoming = self.hears_nothing()
        self.tells((None, incoming), say(text))

    def hears_nothing(self):
        incoming = Incoming(
            channel=Channel.WEB,
            update_id="-",
            person="web:a",
            chat="web:a",
            received_at=self.clock(),
        )
        return None, incoming

    def page(self):
        items = read_transcript(self.mail, "web:a").items
        return [i.text if isinstance(i, Said) else i.outgoing.reply.text for i in items]


@pytest.fixture
def desk(clock):
    db = open_database(":memory:")
    migrations.apply(db)
    yield Desk(Mail(db), db, clock)
    db.close()


def in_place(text):
    return replace(say(text), in_place=True)


def test_replies_stand_below_their_questions(desk):
    one, two = desk.hears("m1", text="甲"), desk.hears("m2", text="乙")
    desk.tells(one, say("答甲"))
    desk.tells(two, say("答乙"))
    assert desk.page() == ["甲", "答甲", "乙", "答乙"]


def test_a_notice_stands_where_it_came(desk):
    desk.tells(desk.hears("m1", text="甲"), say("答甲"))
    desk.notices("已受理")
    desk.tells(desk.hears("m2", text="乙"), say("答乙"))
    desk.notices("已答复")
    assert desk.page() == ["甲", "答甲", "已受理", "乙", "答乙", "已答复"]
    assert read_transcript(desk.mail, "web:a").cursor == 4


def test_leafing_through_replaces_the_same_bubble_each_time(desk):
    desk.tells(desk.hears("m1", text="指南"), say("目录"))
    for seq, page in ((1, "第一章"), (2, "第二章")):
        pressed = desk.hears(str(seq), action=Action(verb="section", args=(str(seq),)))
        desk.tells(pressed, in_place(page))
    assert desk.page() == ["指南", "第二章"]


def test_a_correction_replaces_even_a_bubble_that_was_leafed_through(desk):
    desk.tells(desk.hears("m1", text="指蓝"), say("目录"))
    desk.tells(desk.hears("1", action=Action(verb="section")), in_place("第一章"))
    desk.tells(desk.hears("m1", text="指南", edited=True), say("新目录"))
    assert desk.page() == ["指南", "新目录"]


def test_a_correction_of_something_forgotten_stands_at_the_end(desk):
    desk.tells(desk.hears("m9", text="指南", edited=True), say("目录"))
    assert desk.page() == ["指南", "目录"]


def test_a_button_of_a_bubble_that_is_gone_marks_nothing(desk):
    desk.tells(desk.hears("m1", text="甲"), Reply(blocks=say("答甲").blocks))
    desk.tells(desk.hears("77", action=Action(verb="bad")), say("换个说法"))
    desk.tells(desk.hears("", action=Action(verb="bad")), in_place("换个说法"))
    assert desk.page() == ["甲", "答甲", "换个说法", "换个说法"]


def test_someone_new_has_an_empty_page(desk):
    assert desk.page() == []

"""Nothing of one person appears at another, whatever the two do at the same time."""

from dataclasses import dataclass, field
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handlers.messages import Action
from handlers.respond import BUTTONS, COMMANDS
from petitions import Channel
from tests.conftest import Citizen

_PAIRS = count(1)


@dataclass
class Person:
    """Somebody whose every word has a mark, and all that they were told."""

    citizen: Citizen
    mark: str
    seen: list[Action] = field(default_factory=list)
    told: list[str] = field(default_factory=list)

    def _note(self):
        reply, files = self.citizen.last, self.citizen.program.mailroom.files
        self.told += [reply.text, *(button.label for row in reply.buttons for button in row)]
        self.seen += [button.action for row in reply.buttons for button in row]
        for document in reply.documents:
            file = files.get(document.id)
            assert file
            assert file.person == f"{self.citizen.channel}:{self.citizen.name}"
            self.told.append(file.body.decode("utf-8", "replace"))

    def say(self, words):
        self.citizen.says(words.format(mark=self.mark))
        self._note()

    def press(self, actions, which):
        if actions:
            self.citizen.presses_action(actions[which % len(actions)])
            self._note()


WORDS = (
    *(f"/{command.name}" for command in COMMANDS),
    "{mark}家门口的路灯坏了没人修",
    "{mark}小区2016年规划批复的文件",
    "{mark}",
    "{mark}@example.com",
    "申请信息公开多久答复",
    "转人工",
    "个人",
    "跳过",
    "提交",
    "取消",
    "先存着",
    "继续填写",
    "不用",
    "查 {number}",
    "查 {number} ABCD-2345",
)
STEP = st.tuples(
    st.booleans(),  # who
    st.one_of(
        st.sampled_from(WORDS),
        st.tuples(st.sampled_from(["own", "other's"]), st.integers(0, 50)),
    ),
)


def do(who, other, what):
    """One step: words, or a button that one saw, or that the other one saw."""
    if isinstance(what, tuple):
        whose, which = what
        who.press(who.seen if whose == "own" else other.seen, which)
        return
    desk = who.citizen.program.services.desk
    theirs = desk.cases_of(f"{other.citizen.channel}:{other.citizen.name}")
    number = theirs[0].number if theirs else "2026-000001-5"
    who.say(what.replace("{number}", number))


@pytest.mark.parametrize("channels", [(Channel.WEB, Channel.WEB), (Channel.WEB, Channel.TELEGRAM)])
@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=st.lists(STEP, min_size=5, max_size=40))
def test_two_people_never_see_each_others_things(program, clock, channels, steps):
    pair = next(_PAIRS)
    clock.pass_by(days=1)  # past the limits on wrong codes
    people = tuple(
        Person(
            citizen=Citizen(program=program, clock=clock, name=f"{pair}", channel=channel)
            if channels[0] is not channels[1]  # even the same account number on two channels
            else Citizen(program=program, clock=clock, name=f"{pair}-{mark}", channel=channel),
            mark=f"{mark}{pair:04d}{mark}",
        )
        for channel, mark in zip(channels, ("甲", "乙"), strict=True)
    )
    for one in people:  # both have something that the other could see
        one.say("转人工")
        one.say(WORDS[len(COMMANDS)])
    for second, what in steps:
        do(people[second], people[not second], what)
    for one, other in (people, people[::-1]):
        assert not [said for said in one.told if other.mark in said]


def test_every_verb_of_a_button_can_be_pressed_by_the_wrong_person(person, program):
    owner, other = person("1001"), person("2002")
    owner.says("甲家门口的路灯坏了没人修")
    owner.presses("转人工")
    [case] = program.db["cases"].rows
    [question, *_] = program.db["questions"].rows
    for verb in BUTTONS:
        for args in ((case["number"],), ("show", case["number"]), (question["id"], "0"), ()):
            assert "路灯" not in other.presses_action(Action(verb=verb, args=args)).text

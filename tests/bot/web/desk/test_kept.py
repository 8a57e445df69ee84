"""Figures and advice that are kept: no longer than promised, never past one's own action."""

from dataclasses import dataclass

import pytest

from bot.web.desk.kept import Kept
from tests.bot.web.desk.conftest import does, seen


@dataclass
class Seconds:
    """A clock that is set by hand; looking at it takes `each`."""

    now: float = 0.0
    each: float = 0.0

    def __call__(self):
        self.now += self.each
        return self.now

    def __getitem__(self, _):
        return self()


@pytest.fixture
def seconds():
    return Seconds()


@pytest.fixture
def asked(seconds):
    """Asks for a figure that takes `cost` seconds to find; how often it was found is the figure."""
    kept: Kept[int] = Kept(longest=1, now=seconds)
    found = []

    def ask(cost, **more):
        def find():
            seconds.now += cost
            found.append(cost)
            return len(found)

        return kept.get("figure", find, **more)

    return ask


@pytest.mark.parametrize(
    ("cost", "later", "found"),
    [
        (0.0, 0.0, 2),  # costs nothing: never kept
        (0.0001, 0.05, 1),
        (0.0001, 0.11, 2),  # a thousand times as long
        (0.5, 0.49, 1),
        (0.5, 0.51, 2),  # but not longer than a second from when it was asked for
    ],
)
def test_an_answer_is_kept_the_longer_the_dearer_it_was(asked, seconds, cost, later, found):
    asked(cost)
    seconds.now += later
    assert asked(cost) == found


def test_an_answer_from_before_is_found_anew(asked, seconds):
    asked(0.5)
    assert asked(0.5, after=seconds.now) == 2
    assert asked(0.5, after=0.2) == 2  # that one is later


def test_only_so_many_answers_are_kept(seconds):
    seconds.each = 0.0001
    kept: Kept[str] = Kept(longest=1000, now=seconds)
    for at in range(1001):
        kept.get(at, lambda: "first")
    assert kept.get(0, lambda: "again") == "again"
    assert kept.get(1000, lambda: "again") == "first"


@pytest.fixture
def slow(office, seconds):
    """The office where everything takes a tenth of a second."""
    seconds.each = 0.1
    office.monotonic = seconds
    return office


async def test_counts_are_right_after_ones_own_action(slow):
    first, second = slow.case("第一件"), slow.case("第二件")
    clerk = await slow.sign_in("张三")
    assert "待受理 2" in seen(await clerk.get("/desk?tab=department"))
    for number, left in ((first, 1), (second, 0)):
        await does(clerk, number, "accept")
        assert f"待受理 {left}" in seen(await clerk.get("/desk?tab=department"))


async def test_counts_show_what_others_did_within_a_second(slow, seconds):
    number = slow.case("第一件")
    clerk = await slow.sign_in("张三")
    await clerk.get("/desk?tab=department")
    slow.desk.work.accept(number, by=slow.actor("李四"))
    seconds.now += 1
    assert "待受理 0" in seen(await clerk.get("/desk?tab=department"))


async def test_the_list_and_its_own_count_agree(slow):
    slow.case("第一件")
    clerk = await slow.sign_in("张三")
    await clerk.get("/desk?tab=department")
    slow.case("第二件")
    text = seen(await clerk.get("/desk?tab=new"))
    assert "待受理 2" in text
    assert "共 2 件" in text


async def test_a_withdrawn_entry_is_not_offered_any_more(slow):
    number = slow.case("项目备案要多久？")
    clerk = await slow.sign_in("张三")
    knowledge = slow.program.services.knowledge
    title = (
        knowledge.answer_one("项目备案要多久？", slow.clock().date()).candidates[0].entry.question
    )
    assert title in seen(await clerk.get(f"/desk/case/{number}"))
    published = knowledge.store.published()
    knowledge.use([entry for entry in published if entry.question != title])
    assert title not in seen(await clerk.get(f"/desk/case/{number}"))

"""An edit is answered with at once, without indexing everything anew."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.services import read_starter
from knowledge import Matcher
from knowledge.entries import Entry
from knowledge.index import Index
from tests.conftest import NOON

STARTER = read_starter()
BUILT = Matcher(STARTER)
NEW = Entry(id="new", question="怎么领养流浪猫?", similar=("领养猫找谁",), answer="到收容所领养。")


def edited(kind, number, known):
    """The matcher's arguments for one edit of the entries known by id, which is made there too."""
    chosen = list(known.values())[number % len(known)]
    if kind == "add":
        new = replace(chosen, id=f"new-{number}-{len(known)}", question=f"新{chosen.question}")
        known[new.id] = new
        return (), (new,)
    del known[chosen.id]
    if kind == "withdraw":
        return (chosen.id,), ()
    known[chosen.id] = replace(chosen, similar=chosen.similar[::2], answer=chosen.answer + "另见。")
    return (chosen.id,), (known[chosen.id],)


@settings(max_examples=10, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(("add", "change", "withdraw")), st.integers(0, 999))))
def test_after_edits_the_same_is_found_as_in_a_fresh_index(edits):
    matcher, known = BUILT, {entry.id: entry for entry in STARTER}
    for kind, number in edits[:8]:
        matcher = matcher.edited(*edited(kind, number, known))
    fresh = Matcher(list(known.values()), BUILT.weights)
    for entry in list(known.values())[-12:]:
        ours, theirs = (
            {one.entry.id: one.score for one in each.rank(entry.question)}
            for each in (matcher, fresh)
        )
        assert ours.keys() <= known.keys()
        assert theirs[max(ours, key=ours.__getitem__)] >= max(theirs.values()) - 0.2
        assert all(abs(ours[one] - theirs[one]) < 0.3 for one in ours.keys() & theirs.keys())


def test_a_new_entry_is_found_first():
    assert BUILT.edited((), [NEW]).match("领养猫找谁").candidates[0].entry == NEW


def test_a_withdrawn_entry_is_found_no_more_wherever_it_is_indexed():
    matcher = BUILT.edited((), [NEW]).edited(["new"], ()).edited([STARTER[0].id], ())
    found = {c.entry.id for q in (NEW, STARTER[0]) for c in matcher.rank(q.question)}
    assert not found & {"new", STARTER[0].id}


def test_what_was_built_before_is_left_as_it_was():
    BUILT.edited([STARTER[0].id], ())
    assert BUILT.match(STARTER[0].question).candidates[0].entry == STARTER[0]


def test_many_edits_leave_few_parts():
    index = Index(STARTER)
    for number in range(20):
        index = index.edited((), [replace(NEW, id=str(number))])
    assert len(index._parts) <= 5
    assert index.text(len(STARTER) + 19).startswith("怎么领养流浪猫")


def test_an_index_is_worn_when_one_in_twenty_is_edited():
    index = Index(STARTER[:100])
    assert not index.edited(range(5), ()).worn
    assert index.edited(range(4), STARTER[:3]).worn


def test_what_is_published_and_withdrawn_is_taken_in(program):
    knowledge = program.services.knowledge
    knowledge.use(STARTER)
    knowledge.take_in([NEW], publish=True, replace_all=False, at=NOON)
    assert knowledge.entry("new", NOON.date()) == NEW
    changed = replace(NEW, answer="到爱心站领养。")
    knowledge.take_in([changed], publish=True, replace_all=False, at=NOON)
    assert knowledge.answer_one("领养猫找谁", NOON.date()).candidates[0].entry == changed

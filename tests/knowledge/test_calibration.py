"""Learning the matcher's numbers from the entries themselves."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.services import read_starter
from knowledge import Said
from knowledge.calibration import calibrate, judged, read, written
from knowledge.learning import Asked
from knowledge.leaving_out import left_out, withheld
from knowledge.store import Reaction

NOON = datetime(2026, 11, 24, 4, tzinfo=UTC)
SOME = [
    replace(entry, similar=entry.similar[:30])
    for entry in read_starter()
    if entry.id.startswith(("ppp-", "openday-"))
]


@pytest.fixture(scope="module")
def found():
    return calibrate(SOME)


def said(text, entry_id, what):
    return Reaction(text=text, conversation="c", entry_id=entry_id, said=what, at=NOON)


def test_no_wording_is_asked_of_an_index_that_has_it():
    asked = left_out(SOME, most=100)
    assert 0 < len(asked) <= 100
    assert all(one.question not in {c.wording for c in one.candidates} for one in asked)


def test_with_its_entry_withheld_nothing_answers():
    asked = left_out(SOME, most=20)[0]
    left = withheld(asked)
    assert left.gold == frozenset()
    assert left.made_up
    assert not asked.gold & {one.entry.id for one in left.candidates}


def test_what_is_learned_answers_with_the_precision_that_was_promised(found):
    assert found.wordings > 500
    assert found.after.precision >= 0.95
    assert found.after.answered >= found.before.answered - 0.05


def test_no_more_of_what_nothing_answers_is_let_out_than_before(found):
    assert found.after.let_out <= found.before.let_out
    assert found.better == (found.after.answered > found.before.answered)


def test_numbers_come_back_as_they_were_written(found):
    again = read(written(found, SOME), SOME)
    assert again
    assert again.thresholds.found == pytest.approx(found.weights.thresholds.found, abs=1e-3)
    assert again.rank == pytest.approx(found.weights.rank, abs=1e-3)


def test_numbers_of_another_release_or_another_kind_of_collection_are_not_used(found):
    values = json.loads(written(found, SOME))
    del values["rank"]["met"]
    assert read(json.dumps(values), SOME) is None
    assert read(json.dumps({**values, "style": "told"}), SOME) is None
    assert read("", SOME) is None


def test_too_few_questions_change_nothing():
    assert calibrate([replace(SOME[0], similar=SOME[0].similar[:20])]) is None


def test_the_last_press_on_an_entry_counts():
    pressed = [
        said("开放日啥时候", "openday-01", Said.PICKED),
        said("开放日啥时候?", "openday-01", Said.UNSOLVED),
        said("开放日啥时候", "openday-02", Said.HELPFUL),
        said("开放日啥时候", "gone", Said.HELPFUL),
    ]
    assert judged(pressed, {"openday-01", "openday-02"}) == [
        Asked(question="开放日啥时候", gold=frozenset({"openday-02"}))
    ]

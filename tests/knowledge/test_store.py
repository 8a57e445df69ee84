"""Versions of entries and the log of questions."""

from dataclasses import replace
from datetime import date

import pytest

from knowledge import UnknownEntry
from tests.conftest import ENTRIES, NOON

DAY = date(2026, 11, 24)


@pytest.fixture
def knowledge(program):
    return program.services.knowledge


def take_in(knowledge, *entries, publish=True, replace_all=False):
    return knowledge.take_in(list(entries), publish=publish, replace_all=replace_all, at=NOON)


def test_what_is_stored_comes_back_the_same(knowledge):
    assert {e.id: e for e in knowledge.store.published()} == {e.id: e for e in ENTRIES}


def test_a_draft_is_not_answered_with(knowledge):
    take_in(knowledge, replace(ENTRIES[2], answer="改过的答案"), publish=False)
    assert knowledge.entry("fee", DAY).answer == "一般不收费。"


def test_publishing_a_draft_supersedes_the_old_version(knowledge):
    changed = replace(ENTRIES[2], answer="改过的答案")
    take_in(knowledge, changed, publish=False)
    take_in(knowledge, changed)
    assert knowledge.entry("fee", DAY).answer == "改过的答案"


def test_the_old_version_is_kept(knowledge, program):
    take_in(knowledge, replace(ENTRIES[2], answer="改过的答案"))
    rows = program.db.query("SELECT status FROM entries WHERE id = 'fee' ORDER BY version")
    assert [row["status"] for row in rows] == ["superseded", "published"]


def test_importing_the_same_again_changes_nothing(knowledge):
    changes = take_in(knowledge, *ENTRIES)
    assert (changes.unchanged, changes.added, changes.changed) == (len(ENTRIES), 0, 0)


def test_replacing_withdraws_what_is_not_in_the_file(knowledge):
    faq = [entry for entry in ENTRIES if entry.collection == "faq"]
    assert take_in(knowledge, faq[0], replace_all=True).withdrawn == len(faq) - 1
    with pytest.raises(UnknownEntry):
        knowledge.entry("bond", DAY)
    assert knowledge.entry("fee", DAY)  # the guide is another collection


def test_a_withdrawn_entry_can_come_back(knowledge):
    take_in(knowledge, ENTRIES[3], replace_all=True)
    take_in(knowledge, ENTRIES[5])
    assert knowledge.entry("bond", DAY) == ENTRIES[5]


def test_an_expired_entry_is_unknown(knowledge):
    with pytest.raises(UnknownEntry):
        knowledge.entry("old", DAY)
    assert knowledge.entry("old", date(2019, 12, 31))

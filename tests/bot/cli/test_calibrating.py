"""knowledge calibrate: what it says, keeps and takes back."""

import json
from dataclasses import replace

import pytest
from sqlite_utils import Database

from bot.services import read_starter
from knowledge import KnowledgeStore
from knowledge.files.export import write_entries

SOME = [
    replace(entry, similar=entry.similar[:30])
    for entry in read_starter()
    if entry.id.startswith("openday-")
]


@pytest.fixture
def known(run, tmp_path):
    """A deployment that knows a few entries with many wordings."""
    path = tmp_path / "some.jsonl"
    write_entries(path, SOME)
    assert run("knowledge", "import", path, "--replace", "--publish").status == 0


def kept(database):
    return KnowledgeStore(Database(str(database))).calibrations()


def test_too_little_to_learn_from_is_said_and_nothing_kept(run, database):
    ran = run("knowledge", "calibrate")
    assert (ran.status, "校准不了" in ran.err) == (1, True)
    assert kept(database) == []


@pytest.mark.usefixtures("known")
def test_a_trial_keeps_nothing(run, database):
    ran = run("knowledge", "calibrate", "--dry-run")
    assert ran.status == 0
    assert "没有保存" in ran.out
    assert kept(database) == []


@pytest.mark.usefixtures("known")
def test_what_was_learned_holds_until_it_is_taken_back(run, database):
    report = run("knowledge", "calibrate", "--by", "王芳", "--json").json
    limit = report["found"]
    assert f"（{limit:.2f} 以上" in run("ask", "--explain", "政务公开日哪天").out
    assert (kept(database)[0].who, json.loads(kept(database)[0].report)) == ("王芳", report)
    assert "自带" in run("knowledge", "calibrate", "--reset").out
    assert kept(database)[0].numbers == ""


@pytest.mark.parametrize("option", ["--dry-run", "--json"])
def test_taking_back_is_never_a_trial(run, database, option):
    ran = run("knowledge", "calibrate", "--reset", option)
    assert (ran.status, "不能和" in ran.err) == (2, True)
    assert kept(database) == []

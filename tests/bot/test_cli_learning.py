"""The commands for gaps, suggestions, drafts and golden questions, on a real database."""

import json

import pytest
from typer.testing import CliRunner

from bot.cli import app
from bot.config import read_settings
from bot.services import open_services
from handlers.messages import Incoming
from knowledge import KnowledgeError
from knowledge.errors import OwnDraft
from petitions import Channel
from tests.conftest import ENTRIES, NOON


@pytest.fixture
def database(tmp_path, monkeypatch):
    monkeypatch.setenv("DATABASE", str(tmp_path / "cli.db"))
    monkeypatch.chdir(tmp_path)
    return read_settings(None)


@pytest.fixture
def talked(database):
    """A citizen who asked a few things."""
    with open_services(database, starter=ENTRIES) as program:
        for number, text in enumerate(("核准备案", "第一个", "公园几点关门", "公园几点关门?")):
            incoming = Incoming(
                channel=Channel.WEB,
                update_id=str(number),
                person="web:1",
                chat="1",
                text=text,
                received_at=NOON,
            )
            program.mailroom.accept([incoming])
            program.mailroom.process(incoming.channel, incoming.update_id)


def run(*args, code=0):
    done = CliRunner().invoke(app, ["knowledge", *args])
    assert done.exit_code == code, done.output
    return done.stdout


def raised(*args):
    return CliRunner().invoke(app, ["knowledge", *args]).exception


def test_gaps_name_what_is_missing(talked):
    (gap,) = json.loads(run("gaps", "--json"))
    assert (gap["count"], gap["open"]) == (2, True)
    assert "公园几点关门" in run("gaps")


def test_nothing_asked_is_said_so(database):
    with open_services(database, starter=ENTRIES):
        pass
    assert run("gaps") == "没有没答上的问题。\n"
    assert run("suggestions") == "没有待处理的建议。\n"


def test_a_wording_goes_from_suggestion_to_published(talked):
    (one,) = json.loads(run("suggestions", "--json"))
    assert (one["change"], one["wording"], one["times"]) == ("add", "核准备案", 1)
    run("accept", str(one["id"]), "--by", "张三")
    assert isinstance(raised("publish", "--by", "张三"), OwnDraft)
    assert one["entry"] in run("publish", one["entry"], "--by", "李四")
    history = json.loads(run("history", one["entry"], "--json"))
    assert [(step["what"], step["by"]) for step in history[1:]] == [
        ("draft", "张三"),
        ("superseded", "李四"),
        ("published", "李四"),
    ]
    assert "采纳问法“核准备案”" in run("history", one["entry"])


def test_what_is_rejected_is_gone(talked):
    (one,) = json.loads(run("suggestions", "--json"))
    run("reject", str(one["id"]))
    assert json.loads(run("suggestions", "--json")) == []


def test_withdrawing_an_unknown_entry_is_one_sentence(talked):
    assert isinstance(raised("withdraw", "nobody"), KnowledgeError)


def test_a_draft_that_breaks_an_answer_ends_with_1(talked, tmp_path):
    golden = tmp_path / "golden.csv"
    golden.write_text("问题,编号\n投标保证金最多交多少,bond\n公园的猴子叫什么,\n", "utf-8")
    assert "有变化的问题 0 个" in run("evaluate", str(golden))
    draft = tmp_path / "draft.csv"
    draft.write_text("id,问题,答案\nbond,会议室怎么预订,打电话。\n", "utf-8")
    run("import", str(draft))
    found = json.loads(run("evaluate", str(golden), "--json", code=1))
    assert [(c["question"], c["from"]["verdict"], c["worse"]) for c in found["changes"]] == [
        ("投标保证金最多交多少", "right", True)
    ]
    assert found["before"]["precision"] == 1.0


def test_files_can_be_tried_before_they_are_imported(talked, tmp_path):
    golden = tmp_path / "golden.csv"
    golden.write_text("问题,编号\n公园几点关门,park\n", "utf-8")
    draft = tmp_path / "park.csv"
    draft.write_text("id,问题,答案\npark,公园几点关门,晚上九点。\n", "utf-8")
    out = run("evaluate", str(golden), "--against", str(draft))
    assert "没答上 → 答对（park）" in out

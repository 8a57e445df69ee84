"""knowledge import, export, lint, match: exit statuses, messages, files."""

import json
import resource
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest

from bot.config import read_settings
from bot.services import open_services

GOOD = {
    "id": "new-1",
    "question": "怎么预约政务公开日？",
    "answer": "打电话预约。",
    "similar": ["政务公开日预约"],
    "topic": "开放日",
    "source_title": "关于开展政务公开日活动的通知",
    "source_date": "2026年3月1日",
}


def decision(run, question):
    return run("ask", question, "--json").json["decision"]


def test_a_draft_answers_nobody_a_published_entry_does(run, file):
    path = file("new.jsonl", GOOD)
    ran = run("knowledge", "import", path)
    assert ran.status == 0
    assert "新增 1 条" in ran.out
    assert "草稿" in ran.out
    assert decision(run, GOOD["question"]) != "answer"
    assert "已发布" in run("knowledge", "import", path, "--publish").out
    assert decision(run, GOOD["question"]) == "answer"


def test_one_bad_row_and_nothing_is_imported(run, file):
    path = file("bad.jsonl", GOOD, {**GOOD, "id": "new-2", "colour": "red"}, "{")
    ran = run("knowledge", "import", path, "--publish")
    assert ran.status == 1
    assert f"{path}:2:" in ran.err
    assert f"{path}:3:" in ran.err
    assert decision(run, GOOD["question"]) != "answer"


def test_bad_rows_can_be_skipped(run, file):
    path = file("bad.jsonl", GOOD, "{")
    ran = run("knowledge", "import", path, "--publish", "--skip-bad")
    assert (ran.status, ran.err.count("跳过")) == (0, 1)
    assert decision(run, GOOD["question"]) == "answer"


def test_replacing_withdraws_what_the_file_lacks(run, file):
    path = file("new.jsonl", GOOD)
    ran = run("knowledge", "import", path, "--publish", "--replace")
    assert "撤下 4 条" in ran.out
    assert decision(run, "投标保证金最多交多少？") != "answer"
    assert decision(run, "怎么申请政府信息公开？") == "answer"  # the guide is another collection


@pytest.mark.parametrize("name", ["faq.jsonl", "faq.csv", "faq.xlsx", "guide.md", "guide.docx"])
def test_what_is_exported_comes_back_unchanged(run, tmp_path, name):
    path = tmp_path / name
    assert run("knowledge", "export", path).status == 0
    ran = run("knowledge", "import", path, "--publish", "--replace")
    assert (ran.status, ran.err) == (0, "")
    assert "新增 0 条，更新 0 条，未变" in ran.out
    assert "撤下 0 条" in ran.out


@pytest.mark.parametrize("command", ["import", "export"])
def test_an_unknown_kind_of_file_is_named(run, file, command):
    ran = run("knowledge", command, file("new.pdf"))
    assert ran.status == 1
    assert "new.pdf" in ran.err
    assert ".xlsx" in ran.err


def test_a_file_that_is_missing_is_named(run, tmp_path):
    ran = run("knowledge", "import", tmp_path / "no.jsonl")
    assert ran.status == 1
    assert "no.jsonl" in ran.err


def test_lint_names_entry_and_reason_and_fails(run, file):
    placeholder = {**GOOD, "answer": "请打【待填写：电话】。"}
    run("knowledge", "import", file("new.jsonl", placeholder))
    ran = run("knowledge", "lint")
    assert ran.status == 1
    lines = [line.split("\t") for line in ran.out.splitlines()]
    assert ("new-1", "placeholder") in [(entry_id, code) for entry_id, code, _ in lines]
    assert f"{len(lines)} 个问题" in ran.err


def test_lint_is_content_with_good_knowledge(run, file):
    similar = [GOOD["similar"][0], "公开日怎么报名", "去公开日要预约吗"]
    more = {"source_number": "发改办〔2026〕1号", "source_issuer": "省发展改革委"}
    path = file("new.jsonl", {**GOOD, **more, "similar": similar})
    run("knowledge", "import", path, "--publish", "--replace")
    ran = run("knowledge", "lint")
    assert [line for line in ran.out.splitlines() if line.startswith("new-1")] == []


def test_other_writers_wait_for_a_command_that_reads_before_it_writes(database):
    with (
        open_services(read_settings()) as program,
        program.writing(),
        closing(sqlite3.connect(database, timeout=0)) as server,
        pytest.raises(sqlite3.OperationalError, match="locked"),
    ):
        server.execute("DELETE FROM inbox")


# --- match


FAQ = (
    {"id": "a", "question": "怎么申请公开？", "answer": "网上申请。", "similar": ["如何申请"]},
    {"id": "b", "question": "要收费吗？", "answer": "不收费。", "similar": []},
    {"id": "c", "question": "", "answer": "工作时间是九点到五点。", "similar": []},
)
QUERIES = (
    {"query": "要收费吗", "gold": ["b"]},
    {"query": "", "gold": []},
    {"query": "公园的猴子叫什么", "gold": []},
)


@pytest.fixture
def match(run, file, tmp_path):
    def once(*queries, **more):
        out, stats = tmp_path / "out.jsonl", tmp_path / "stats.json"
        ran = run(
            *("knowledge", "match", "--faq", file("faq.jsonl", *FAQ)),
            *("--queries", file("queries.jsonl", *queries), "--out", out, "--stats", stats),
            *(part for name, path in more.items() for part in (f"--{name}", path)),
        )
        return ran, out, stats

    return once


def test_every_query_gets_a_line_in_order(match):
    ran, out, _ = match(*QUERIES)
    found = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert ran.status == 0
    assert [one["query"] for one in found] == [one["query"] for one in QUERIES]
    assert {frozenset(one) for one in found} == {
        frozenset({"query", "ranked", "decision", "confidence", "ms"})
    }
    assert found[0]["ranked"][0]["id"] == "b"
    assert all(len(one["ranked"]) <= 10 for one in found)
    assert all(one["decision"] in ("answer", "clarify", "escalate") for one in found)


def test_statistics_have_the_agreed_keys(match):
    _, _, stats = match(*QUERIES)
    found = json.loads(stats.read_text("utf-8"))
    assert set(found) == {"entries", "build_seconds", "peak_mb", "ms_p50", "ms_p95", "ms_p99"}
    assert found["entries"] == 3


def test_no_queries_give_an_empty_file(match):
    ran, out, _ = match()
    assert (ran.status, out.read_text()) == (0, "")


def test_a_bad_query_is_named_and_nothing_written(match):
    ran, out, _ = match(QUERIES[0], {"query": 5})
    assert ran.status == 1
    assert "queries.jsonl:2:" in ran.err
    assert not out.exists()


@pytest.mark.parametrize(
    "line", [b"\xff\xfe", b'{"query": "\\ud800"}', b'{"query": "a", "gold": 5}']
)
def test_what_is_no_text_is_named_too(match, tmp_path, line):
    (tmp_path / "train.jsonl").write_bytes(b'{"query": "a", "gold": "b"}\n' + line)
    ran, _, _ = match(train=tmp_path / "train.jsonl")
    assert (ran.status, "train.jsonl:2:" in ran.err) == (1, True)


def test_two_rows_of_one_id_are_named_with_both_lines(run, file, tmp_path):
    faq, queries = file("faq.jsonl", *FAQ, FAQ[1]), file("queries.jsonl", *QUERIES)
    out = tmp_path / "out.jsonl"
    ran = run("knowledge", "match", "--faq", faq, "--queries", queries, "--out", out)
    assert ran.status == 1
    assert f"{faq}:4:1: 编号“b”与 {faq} 第 2 行重复" in ran.err
    assert not out.exists()


def test_a_full_disk_leaves_the_old_results_and_nothing_half_written(file, tmp_path):
    faq, queries = file("faq.jsonl", *FAQ), file("queries.jsonl", *QUERIES * 40)
    out = file("out.jsonl", "old results")
    command = (sys.executable, "-m", "bot", "knowledge", "match")
    files = ("--faq", faq, "--queries", queries, "--out", out)
    limited = subprocess.run(
        [*command, *files],
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096)),
        capture_output=True,
        text=True,
        check=False,
    )
    assert (limited.returncode, "磁盘是否已满" in limited.stderr) == (1, True), limited.stderr
    assert "Traceback" not in limited.stderr
    assert out.read_text() == "old results\n"
    assert {one.name for one in tmp_path.iterdir()} == {"faq.jsonl", "queries.jsonl", "out.jsonl"}


def test_results_can_go_into_a_pipe(file):
    files = ("--faq", file("faq.jsonl", *FAQ), "--queries", file("queries.jsonl", *QUERIES))
    command = (sys.executable, "-m", "bot", "knowledge", "match", *files, "--out", "/dev/stdout")
    ran = subprocess.run(command, capture_output=True, text=True, check=True)
    assert len(ran.stdout.splitlines()) == len(QUERIES)


def test_matching_needs_no_database(match, monkeypatch, tmp_path):
    monkeypatch.setenv("DATABASE", str(tmp_path / "none" / "made.db"))
    match(*QUERIES)
    assert not (tmp_path / "none").exists()

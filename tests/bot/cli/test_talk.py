"""ask and chat: the shapes that other programs read."""

import pytest

from handlers import texts

KEYS = {"decision", "confidence", "answer", "quote", "candidates", "ms"}
CANDIDATE = {"id", "question", "score", "source"}
SOURCE = {"title", "number", "issuer", "date", "url", "article"}
UNKNOWN = "公园的猴子叫什么名字"


def test_an_answer_has_exactly_the_agreed_keys(run):
    found = run("ask", "怎么申请政府信息公开", "--json").json
    assert set(found) == KEYS
    assert {frozenset(one) for one in found["candidates"]} == {frozenset(CANDIDATE)}
    assert {frozenset(one["source"]) for one in found["candidates"]} == {frozenset(SOURCE)}


def test_an_answer_comes_with_its_source(run):
    found = run("ask", "怎么申请政府信息公开", "--json").json
    assert (found["decision"], found["answer"]) == ("answer", "当面、邮寄或者网上都可以。")
    assert found["quote"] is None  # a short answer is read whole
    assert found["candidates"][0]["id"] == "how"
    assert found["candidates"][0]["source"] == {
        "title": "中华人民共和国政府信息公开条例",
        "number": "国令第711号",
        "issuer": "国务院",
        "date": "2019-04-03",
        "url": "",
        "article": "第三十三条",
    }


@pytest.mark.parametrize("question", ["怎么申请政府信息公开", "申请公开", UNKNOWN, "", "。"])
def test_values_are_in_their_ranges(run, question):
    found = run("ask", question, "--json").json
    assert found["decision"] in ("answer", "clarify", "escalate")
    assert 0 <= found["confidence"] <= 1
    assert (found["answer"] is not None) == (found["decision"] == "answer")
    assert found["ms"] >= 0
    assert len(found["candidates"]) <= 3


def test_what_nobody_knows_is_passed_on(run):
    found = run("ask", UNKNOWN, "--json").json
    assert (found["decision"], found["answer"]) == ("escalate", None)


def test_people_read_answer_and_source(run):
    printed = run("ask", "怎么申请政府信息公开").out
    assert printed.startswith(
        "当面、邮寄或者网上都可以。\n依据：《中华人民共和国政府信息公开条例》"
    )


def test_an_outdated_entry_is_no_answer(run):
    assert run("ask", "摩托车牌照补贴有多少", "--json").json["answer"] is None


def test_each_line_gets_an_object_empty_ones_too(run):
    lines = ["怎么申请政府信息公开", "", "   ", UNKNOWN, "投标保证金最多交多少"]
    found = run("ask", "--json", "--stdin", stdin="\n".join(lines).encode()).objects
    decisions = ["answer", "escalate", "escalate", "escalate", "answer"]
    assert [one["decision"] for one in found] == decisions


def test_lines_share_no_context(run):
    stdin = "怎么申请政府信息公开\n那要多久？\n".encode()
    assert run("ask", "--json", "--stdin", stdin=stdin).objects[1]["decision"] != "answer"


@pytest.mark.parametrize("command", [("ask", "--stdin"), ("chat",)])
def test_bytes_that_are_no_text_stop_nothing(run, command):
    stdin = b"\xff\xfe\xc0\n" + "怎么申请政府信息公开".encode() + b"\n"
    ran = run(*command, "--json", stdin=stdin)
    assert ran.status == 0
    assert [one["decision"] for one in ran.objects][1:] == ["answer"]


def test_an_argument_that_is_no_text_stops_nothing(run):
    assert run("ask", "怎么申请\udcff", "--json").status == 0


@pytest.mark.parametrize(
    "text",
    ["x" * 100_000, "\x00\x1b[31m", "' OR 1=1; DROP TABLE cases; --", "<b>粗</b>", "😀" * 99],
)
def test_odd_texts_are_answered_by_one_object(run, text):
    assert len(run("ask", "--json", "--stdin", stdin=f"{text}\n".encode()).objects) == 1


def test_asking_nothing_is_an_error_of_use(run):
    ran = run("ask")
    assert ran.status == 2
    assert "请写下问题" in ran.err


def test_a_piped_chat_is_one_object_a_line_and_keeps_the_conversation(run):
    stdin = "怎么申请政府信息公开\n那要多久？\n没解决\n".encode()
    found = run("chat", "--json", stdin=stdin).objects
    assert [set(one) >= {"text", "buttons", "decision"} for one in found] == [True] * 3
    assert "20个工作日" in found[1]["text"]
    assert (found[2]["text"], found[2]["buttons"]) == (texts.SORRY_UNSOLVED, [texts.TO_STAFF])


def test_a_case_registered_by_one_run_is_known_to_the_next(run):
    printed = run("chat", stdin=f"{UNKNOWN}\n转人工\n".encode()).out
    number, code = (
        printed.split(name)[1].split("\n")[0].strip() for name in ("编号：", "查询码：")
    )
    assert UNKNOWN in run("chat", stdin=f"查 {number} {code}\n".encode()).out


def test_a_database_that_cannot_be_opened_is_one_sentence(run, monkeypatch, tmp_path):
    (tmp_path / "no.db").write_text("没有数据库" * 100)
    monkeypatch.setenv("DATABASE", str(tmp_path / "no.db"))
    ran = run("ask", "怎么申请")
    assert (ran.status, ran.err.count("\n")) == (1, 1)
    assert ran.err.startswith("数据库打不开或写不进去：")


def test_a_wrong_setting_is_named(run, monkeypatch):
    monkeypatch.setenv("WEB_PORT", "eighty")
    ran = run("ask", "怎么申请")
    assert ran.status == 1
    assert "WEB_PORT" in ran.err

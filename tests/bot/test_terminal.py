"""The terminal: a conversation by lines, for people and for programs."""

import io
import json
from itertools import groupby

import pytest

from bot.terminal import HELLO, Terminal
from handlers import case_texts, texts
from petitions import Actor, Role

UNKNOWN = "公园的猴子叫什么名字"
CLERK = Actor(id="u1", name="李四", role=Role.STAFF, department="办公室")


class Keyboard(io.StringIO):
    """Lines as a person types them."""

    def isatty(self):
        return True


@pytest.fixture
def chat(program):
    """What is printed for lines: the whole of it."""

    def run(*lines, keyboard=False, as_json=False):
        out = io.StringIO()
        source = (Keyboard if keyboard else io.StringIO)("".join(f"{one}\n" for one in lines))
        Terminal(program, as_json=as_json).run(source, out)
        return out.getvalue()

    return run


def objects(printed):
    return [json.loads(line) for line in printed.splitlines()]


def test_a_person_is_greeted_and_prompted(chat):
    printed = chat("怎么申请政府信息公开？", keyboard=True)
    assert printed.startswith(f"{HELLO}\n> 当面、邮寄或者网上都可以。")
    assert printed.endswith("> ")


def test_a_program_gets_neither_greeting_nor_prompt(chat):
    assert chat("怎么申请政府信息公开？").startswith("当面、邮寄或者网上都可以。")


@pytest.mark.parametrize("word", ["退出", "exit", "quit", "/quit", "  退出 "])
def test_a_word_ends_it(chat, word):
    assert chat(word, "怎么申请政府信息公开？") == ""


def test_options_are_numbered_and_a_number_chooses(chat):
    printed = chat("怎么申请政府信息公开？", "1")
    assert f"  1. {texts.HELPFUL}\n  2. {texts.UNSOLVED}\n" in printed
    assert printed.rstrip().endswith(texts.THANKS_FOR_RATING)


def test_an_option_can_be_written_out(chat):
    assert texts.SORRY_UNSOLVED in chat("怎么申请政府信息公开？", texts.UNSOLVED)


@pytest.mark.parametrize("number", ["0", "3", "99"])
def test_a_number_without_an_option_is_what_was_said(chat, number):
    assert texts.THANKS_FOR_RATING not in chat("怎么申请政府信息公开？", number)


def test_a_whole_case_by_numbers(chat, program):
    printed = chat(UNKNOWN, "1")
    assert "编号：2026-" in printed
    assert "查询码：" in printed
    assert [case["text"] for case in program.db.query("SELECT text FROM cases")] == [UNKNOWN]


def test_json_is_one_object_a_line_with_the_agreed_keys(chat):
    first, second = objects(chat("怎么申请政府信息公开？", UNKNOWN, as_json=True))
    assert {"text", "buttons", "decision"} <= set(first)
    assert (first["decision"], first["buttons"]) == ("answer", [texts.HELPFUL, texts.UNSOLVED])
    assert (second["decision"], second["buttons"]) == ("escalate", [texts.TO_STAFF])


def test_json_keeps_the_conversation(chat):
    _, follow_up = objects(chat("怎么申请政府信息公开？", "那要多久？", as_json=True))
    assert "20个工作日" in follow_up["text"]


@pytest.mark.parametrize("line", ["", "   ", "😀😀", "。。。", "\N{REPLACEMENT CHARACTER}"])
def test_a_line_without_words_is_answered_too(chat, line):
    (only,) = objects(chat(line, as_json=True))
    assert only["text"] == texts.NOTHING_WRITTEN


def test_every_line_gets_its_object_in_order(chat):
    lines = ["怎么申请政府信息公开？", "", "投标保证金最多交多少？", UNKNOWN] * 3
    decisions = [one["decision"] for one in objects(chat(*lines, as_json=True))]
    assert [key for key, _ in groupby(decisions)] == ["answer", "", "answer", "escalate"] * 3


def test_a_person_finds_their_cases_again_another_day(chat, clock):
    chat(UNKNOWN, "1", keyboard=True)
    clock.pass_by(days=1)
    assert UNKNOWN in chat("查进度", keyboard=True)


def test_piped_lines_begin_afresh(chat):
    chat(UNKNOWN, "1")
    assert UNKNOWN not in chat("查进度")


def test_a_file_that_comes_with_a_reply_is_put_beside_where_one_works(program, tmp_path):
    out = io.StringIO()
    Terminal(program, folder=tmp_path).run(io.StringIO("流程图\n"), out)
    [path] = tmp_path.glob("*.png")
    assert path.read_bytes().startswith(b"\x89PNG")
    assert f"附件已存到 {path}" in out.getvalue()


def ask_for_more(program):
    """Staff ask the owner of the only case to complete it."""
    (case,) = program.db.query("SELECT number FROM cases")
    work = program.services.desk.work
    with program.db.atomic():
        work.accept(case["number"], by=CLERK)
        work.route(case["number"], by=CLERK, lead="办公室")
        work.claim(case["number"], by=CLERK)
        work.request_supplement(case["number"], by=CLERK, items="哪个公园")


class Slow(Keyboard):
    """A person who takes their time over 「谢谢」; meanwhile something happens."""

    happens = staticmethod(lambda: None)

    def readline(self, *size):
        line = super().readline(*size)
        if line == "谢谢\n":
            self.happens()
        return line


def test_what_came_about_a_case_stands_before_the_next_prompt(program):
    out, keys = io.StringIO(), Slow(f"{UNKNOWN}\n1\n谢谢\n你好\n")
    keys.happens = lambda: ask_for_more(program)
    Terminal(program).run(keys, out)
    *_, receipt, thanks, greeting, end = out.getvalue().split("> ")
    assert "编号" in receipt
    assert thanks.startswith(texts.WELCOME_BACK)
    assert "哪个公园" in thanks.removeprefix(texts.WELCOME_BACK)
    assert "哪个公园" not in greeting + end


def test_what_came_while_one_was_away_is_told_at_the_start(chat, program):
    chat(UNKNOWN, "1", keyboard=True)
    ask_for_more(program)
    first_prompt = chat(keyboard=True).partition("> ")[0]
    assert "哪个公园" in first_prompt
    assert case_texts.COMPLETE in first_prompt


def test_news_is_answered_by_its_number(chat, program):
    chat(UNKNOWN, "1", keyboard=True)
    ask_for_more(program)
    assert case_texts.COMPLETED in chat("1", "中山公园", keyboard=True)


def test_a_program_is_told_what_it_asked_for_only(chat, program):
    chat(UNKNOWN, "1", keyboard=True)
    ask_for_more(program)
    assert "哪个公园" not in chat("谢谢")

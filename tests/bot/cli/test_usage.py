"""A command line that does not fit: one Chinese sentence, and the exit status of such things."""

import re

import pytest

HELP = "加上 --help 可以看写法。\n"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("nosuch", "没有“nosuch”这个命令。"),
        ("你好", "没有“你好”这个命令。"),
        ("knowledge nosuch", "没有“nosuch”这个命令。"),
        ("knowledge match", "没有写 --faq（条目 faq.jsonl）。"),
        ("knowledge export", "没有写 file（.jsonl .csv .xlsx 导出问答，.md .docx 导出指南）。"),
        ("knowledge match --faq", "--faq 后面没有写内容。"),
        ("serve --nosuch", "没有 --nosuch 这个选项。"),
        ("serve --port 八十", "--port 写得不对：要写整数。"),
        ("petitions due --days -3", "--days 写得不对：不能小于 0。"),
        ("petitions due --days 6000", "--days 写得不对：不能大于 5000。"),
        ("metrics --from 明天 --to 2026-01-01", "--from 写得不对：要写成 2026-11-24 这样。"),
        ("lint --json=yes", "没有“lint”这个命令。"),
        ("ask --json=yes", "--json 后面不写内容。"),
        ("ask 甲 乙 丙", "多写了“乙 丙”。"),
    ],
)
def test_what_does_not_fit_is_said_in_one_chinese_sentence(run, line, said):
    ran = run(*line.split())
    assert (ran.status, ran.out, ran.err) == (2, "", said + HELP)


def test_a_sentence_of_our_own_stays_as_it_is(run):
    ran = run("ask")
    assert (ran.status, ran.err) == (2, "请写下问题，或者用 --stdin 逐行输入。\n")


def test_no_english_is_left_for_a_wrong_value_of_any_option(run):
    ran = run("user", "add", "张三", "--role", "boss", "--department", "甲处")
    assert not re.search(r"Invalid|Missing|should|option", ran.err)

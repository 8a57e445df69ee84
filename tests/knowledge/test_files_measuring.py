"""The bare shape that `knowledge match` reads."""

import pytest

from knowledge.entries import Entry
from knowledge.errors import BadFile
from knowledge.files import read_faq


def load(tmp_path, text):
    path = tmp_path / "faq.jsonl"
    path.write_text(text, encoding="utf-8")
    return read_faq(path)


def test_either_text_may_be_empty_and_any_text_is_an_id(tmp_path):
    lines = (
        '{"id": "第五十四条", "question": "", "answer": "正文", "similar": []}\n\n'
        '{"id": " a b ", "question": "问", "answer": "", "similar": ["甲|乙", ""]}\n'
        '{"id": "c", "question": " 空格也留着\\u200b", "kind": "oos"}\n'
    )
    assert load(tmp_path, lines) == [
        Entry(id="第五十四条", question="", answer="正文"),
        Entry(id=" a b ", question="问", answer="", similar=("甲|乙", "")),
        Entry(id="c", question=" 空格也留着\u200b", answer=""),
    ]


def test_wordings_are_not_judged(tmp_path):
    (entry,) = load(tmp_path, '{"id": "a", "question": "即时比分", "answer": "坏"}')
    assert entry.question == "即时比分"


@pytest.mark.parametrize(
    "line",
    ['{"id": 1}', '{"similar": "甲"}', '{"similar": [1]}', "[]", "{", r'{"question": "\ud83d"}'],
)
def test_a_line_of_another_shape_is_reported_with_its_number(tmp_path, line):
    with pytest.raises(BadFile) as caught:
        load(tmp_path, '{"id": "a"}\n' + line)
    assert [problem.line for problem in caught.value.problems] == [2]


def test_a_missing_file_is_reported_like_any_other_problem(tmp_path):
    with pytest.raises(BadFile, match="找不到这个文件"):
        read_faq(tmp_path / "missing.jsonl")

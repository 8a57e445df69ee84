"""One question or several, and whether it leans on the one before."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.questions import MOST, leans, split


@pytest.mark.parametrize(
    ("message", "parts"),
    [
        ("怎么申请信息公开", 1),
        ("你好!请问怎么申请信息公开?", 1),
        ("我想申请公开。要钱吗?", 1),
        ("怎么申请信息公开?多久答复?", 2),
        ("怎么申请信息公开?要不要钱?谢谢!", 2),
        ("什么是PPP\n什么是备案", 2),
        ("项目怎么备案?还有核准要多久?", 2),
    ],
)
def test_questions_are_counted(message, parts):
    assert len(split(message)) == parts


@pytest.mark.parametrize(
    "question", ["那要多久?", "要钱吗", "需要什么材料", "去哪里办", "这个要收费吗", "谁来管"]
)
def test_a_question_without_a_matter_leans(question):
    assert leans(question)


@pytest.mark.parametrize(
    "question", ["申请信息公开要多久", "什么是PPP", "投标保证金多少", "信用修复要什么材料"]
)
def test_a_question_with_a_matter_stands_alone(question):
    assert not leans(question)


@given(st.text(max_size=300))
def test_any_message_gives_one_to_three_questions(message):
    assert 1 <= len(split(message)) <= MOST

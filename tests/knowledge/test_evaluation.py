"""Golden questions before and after."""

from dataclasses import replace
from datetime import date

import pytest
from sqlite_utils import Database

from knowledge import BadFile, KnowledgeBase, KnowledgeStore, evaluation
from knowledge.evaluation import Verdict
from knowledge.golden import Golden, read_golden
from tests.conftest import ENTRIES

DAY = date(2026, 11, 24)
GOLDEN = (
    Golden(question="申请信息公开要收费吗", expected=frozenset({"fee"})),
    Golden(question="核准备案", expected=frozenset({"file"})),
    Golden(question="公园的猴子叫什么名字", expected=frozenset()),
    Golden(question="公园几点关门", expected=frozenset({"park"})),
    Golden(question="投标保证金最多交多少", expected=frozenset({"fee"})),
)


def judged(entries, golden=GOLDEN):
    base = KnowledgeBase(KnowledgeStore(Database(memory=True)))
    base.use(entries)
    return evaluation.judge(golden, lambda text: base.answer_one(text, DAY))


def test_every_way_to_come_out_has_a_name():
    assert [result.verdict for result in judged(ENTRIES)] == [
        Verdict.RIGHT,
        Verdict.OFFERED,
        Verdict.SILENT,
        Verdict.MISSED,
        Verdict.WRONG,
    ]


def test_the_figures_count_them():
    figures = evaluation.figures(judged(ENTRIES))
    assert (figures.questions, figures.in_scope, figures.answered) == (5, 4, 2)
    assert (figures.right, figures.wrong, figures.useful) == (1, 1, 2)
    assert figures.precision == 0.5


def test_a_precision_of_nothing_is_none():
    assert evaluation.figures(judged((), GOLDEN[:1])).precision is None


def test_only_what_changes_is_listed_the_worse_first():
    without_fee = [entry for entry in ENTRIES if entry.id not in ("fee", "bond")]
    changes = evaluation.changes(judged(ENTRIES), judged(without_fee))
    assert [(c.before.golden.question, c.worse) for c in changes] == [
        ("申请信息公开要收费吗", True),
        ("投标保证金最多交多少", False),
    ]


def test_the_same_entries_change_nothing():
    assert evaluation.changes(judged(ENTRIES), judged(ENTRIES)) == []


def test_a_better_draft_is_a_change_for_the_better():
    better = [
        replace(e, similar=(*e.similar, "核准备案")) if e.id == "file" else e for e in ENTRIES
    ]
    (change,) = evaluation.changes(judged(ENTRIES), judged(better))
    assert (change.before.verdict, change.after.verdict) == (Verdict.OFFERED, Verdict.RIGHT)
    assert not change.worse


def test_unknown_ids_are_named():
    assert evaluation.unknown_ids(GOLDEN, {"fee", "file"}) == ["park"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize(
    "text",
    [
        "问题,编号\n要钱吗,fee|long\n猴子,\n",
        "question,topic,expected,must_not,note,id\n要钱吗,收费,不收,no,俗,fee long\n猴子,,,yes,,\n",
        "Question,IDS\n要钱吗,fee、long\n,\n猴子,\n",
    ],
)
def test_a_table_of_questions_is_read_whatever_its_columns(tmp_path, text, encoding):
    path = tmp_path / "golden.csv"
    path.write_bytes(text.encode(encoding))
    assert [(g.question, g.expected) for g in read_golden(path)] == [
        ("要钱吗", {"fee", "long"}),
        ("猴子", frozenset()),
    ]


@pytest.mark.parametrize(
    ("text", "where"),
    [("", ":1:1:"), ("问题,答案\n要钱吗,不要\n", ":1:1:"), ("问题,编号\n,fee\n", ":2:1:")],
)
def test_a_table_that_cannot_be_read_says_where(tmp_path, text, where):
    path = tmp_path / "golden.csv"
    path.write_text(text, "utf-8")
    with pytest.raises(BadFile, match=where):
        read_golden(path)

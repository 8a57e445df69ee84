"""What is exported comes back as it was, whatever the text."""

import csv
import dataclasses
import io
import re
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledge.entries import Collection, Entry, Source
from knowledge.errors import CannotWrite, UnknownFormat
from knowledge.files import read_entries, read_files, write_entries

NASTY = [
    "=1+1", "'=1+1", "''@x", "+86", "-1", "@SUM(A1)", "＝1", '"引号"', "a,b;c\td", "甲|乙", "｜",
    "[2017]388号", '["甲"', "_x0041_x0042_", "x005F_", "#N/A!", "# 标题", "## 章", "- 依据:条例",
    "\\# 反斜杠", "\\\\", "1. 第一步", "😀👍🏽", "𠮷", "null", "TRUE", "2017-03-01", "007", "1e5",
    "《条例》和《办法》",
    "<b>&amp;</b>", "编号:x", "  中 间  ", "Ａ１", "é", "i̇",
]  # fmt: skip

# Letters of every script and all signs; nothing unseen, which imports refuse.
_CHARS = st.characters(categories=("L", "Nd", "P", "S", "Zs"), exclude_characters="\ufffc\ufffd")
_LINES = (
    st.one_of(st.sampled_from(NASTY), st.text(_CHARS, max_size=12))
    .map(str.strip)
    .filter(lambda text: not re.fullmatch(r"#[A-Z0/]+[!?A]", text))  # #REF! is refused as well
)
_FULL_LINES = _LINES.filter(bool)
_TEXTS = st.lists(_LINES, min_size=1, max_size=4).map("\n".join).map(str.strip).filter(bool)
_DAYS = st.none() | st.dates(date(1900, 1, 1), date(2200, 1, 1))
_TITLES = _LINES.filter(lambda text: text[:1] != "《" or text[-1:] != "》")


def entries_of(collection):
    return st.builds(
        Entry,
        id=_FULL_LINES,
        question=_FULL_LINES,
        answer=_TEXTS,
        similar=st.lists(_FULL_LINES, max_size=4).map(tuple),
        unlike=st.lists(_FULL_LINES, max_size=2).map(tuple),
        topic=_LINES,
        department=_LINES,
        source=st.builds(
            Source,
            title=_TITLES,
            number=_LINES,
            article=_LINES,
            issuer=_LINES,
            date=_DAYS,
            url=_LINES,
        ),
        effective_from=_DAYS,
        effective_to=_DAYS,
        review_by=_DAYS,
        collection=st.just(collection),
        section=_FULL_LINES if collection is Collection.GUIDE else st.just(""),
    )


def lists_of(collection):
    return st.lists(entries_of(collection), min_size=1, max_size=4, unique_by=lambda e: e.id)


# The directory is overwritten by each example, which is what saving must stand anyway.
often = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.mark.parametrize("name", ["a.jsonl", "a.csv", "a.xlsx"])
@often
@given(entries=lists_of(Collection.FAQ))
def test_an_exported_faq_comes_back_as_it_was(tmp_path, name, entries):
    assert write_entries(tmp_path / name, entries) == len(entries)
    assert read_entries(tmp_path / name) == entries


@pytest.mark.parametrize("name", ["a.md", "a.docx"])
@often
@given(entries=lists_of(Collection.GUIDE))
def test_an_exported_guide_comes_back_as_it_was(tmp_path, name, entries):
    assert write_entries(tmp_path / name, entries) == len(entries)
    assert read_entries(tmp_path / name) == entries


@often
@given(entries=lists_of(Collection.FAQ))
def test_no_cell_of_a_csv_begins_like_a_formula(tmp_path, entries):
    write_entries(tmp_path / "a.csv", entries)
    text = (tmp_path / "a.csv").read_text("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]
    assert not [cell for cell in cells if cell[:1] in ("=", "+", "-", "@", "＝", "\t", "\r")]


def one(**values):
    return Entry(**{"id": "a", "question": "怎么申请", "answer": "网上。", **values})


def test_each_ending_takes_the_collection_it_is_for(tmp_path):
    both = [one(), one(id="b", collection=Collection.GUIDE, section="一、申请")]
    for name, kept in (("a.csv", ["a"]), ("a.md", ["b"])):
        write_entries(tmp_path / name, both)
        assert [entry.id for entry in read_entries(tmp_path / name)] == kept


def test_a_passage_without_chapter_is_written_under_its_topic(tmp_path):
    write_entries(tmp_path / "a.md", [one(collection=Collection.GUIDE, topic="申请")])
    (entry,) = read_entries(tmp_path / "a.md")
    assert (entry.section, entry.topic) == ("申请", "申请")


@pytest.mark.parametrize(
    ("name", "entry", "says"),
    [
        ("a.xlsx", one(answer="长" * 32_768), "太长"),
        ("a.csv", one(answer="😀" * 16_384), "太长"),
        ("a.xlsx", one(answer="响\x07铃"), "控制字符"),
        ("a.docx", one(answer="响\x07铃", collection=Collection.GUIDE), "控制字符"),
    ],
)
def test_what_a_format_cannot_hold_is_refused_and_the_old_file_stays(tmp_path, name, entry, says):
    (tmp_path / name).write_text("old")
    with pytest.raises(CannotWrite) as caught:
        write_entries(tmp_path / name, [entry])
    assert says in str(caught.value)
    assert (tmp_path / name).read_text() == "old"


@pytest.mark.parametrize("place", ["missing/a.csv", "file/a.csv", "folder.csv"])
def test_a_place_that_cannot_be_written_gets_a_clear_sentence(tmp_path, place):
    (tmp_path / "file").touch()
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(CannotWrite, match="写不进去"):
        write_entries(tmp_path / place, [one()])
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "file",
        "folder.csv",
    ]  # nothing half written is left


def test_a_rewritten_file_keeps_its_permissions_and_a_link_stays_a_link(tmp_path):
    target, link = tmp_path / "a.csv", tmp_path / "b.csv"
    target.touch(mode=0o600)
    link.symlink_to(target)
    write_entries(link, [one()])
    assert link.is_symlink()
    assert target.stat().st_mode & 0o777 == 0o600
    assert read_entries(target) == [one()]


def test_an_unknown_ending_is_refused_before_anything_is_read_or_written(tmp_path):
    with pytest.raises(UnknownFormat):
        read_files([tmp_path / "missing.csv", tmp_path / "a.xls"])
    with pytest.raises(UnknownFormat):
        write_entries(tmp_path / "a.txt", [one()])


@pytest.mark.parametrize(("name", "says"), [("missing.md", "找不到"), ("folder.csv", "文件夹")])
def test_a_file_that_is_not_there_is_a_problem_beside_those_of_others(tmp_path, name, says):
    (tmp_path / "folder.csv").mkdir()
    write_entries(tmp_path / "good.jsonl", [one()])
    loaded = read_files([tmp_path / name, tmp_path / "good.jsonl"])
    assert [says in problem.text for problem in loaded.problems] == [True]
    assert loaded.entries == (one(),)


def test_the_columns_of_a_table_are_those_that_were_promised(tmp_path):
    write_entries(tmp_path / "a.csv", [])
    assert (tmp_path / "a.csv").read_text("utf-8-sig").strip() == (
        "id,问题,答案,相似问,主题,部门,依据,文号,条款,发布机关,发布日期,链接,生效日期,失效日期,复核日期"
        ",易混问"
    )


def test_a_changed_entry_is_all_that_changes_in_a_line_file(tmp_path):
    entries = [one(id=str(number)) for number in range(3)]
    write_entries(tmp_path / "a.jsonl", entries)
    before = (tmp_path / "a.jsonl").read_text("utf-8").splitlines()
    entries[1] = dataclasses.replace(entries[1], topic="新主题")
    write_entries(tmp_path / "a.jsonl", entries)
    after = (tmp_path / "a.jsonl").read_text("utf-8").splitlines()
    assert [old == new for old, new in zip(before, after, strict=True)] == [True, False, True]

"""Entries from .jsonl and .csv: every fault is named with its place."""

import json
from datetime import date

import pytest

from knowledge.errors import BadFile
from knowledge.files import read_entries, read_files


def load(tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_files([path])


def places(loaded):
    return [(problem.line, problem.column) for problem in loaded.problems]


def line(**values):
    entry = {"id": "a", "question": "怎么申请", "answer": "网上申请。", **values}
    return json.dumps(entry, ensure_ascii=False)


def test_a_line_of_json_becomes_an_entry(tmp_path):
    text = (
        '{"id": "pi-01", "question": "多久答复", "answer": "20个工作日。",'
        ' "similar": ["几天", "要等"],'
        ' "topic": "公开", "source_title": "《政府信息公开条例》", "source_number": "国令第711号",'
        ' "source_date": "2019-04-03", "effective_from": "2019-05-15", "effective_to": ""}'
    )
    (entry,) = load(tmp_path, "a.jsonl", text).entries
    assert (entry.id, entry.similar, entry.topic) == ("pi-01", ("几天", "要等"), "公开")
    assert (entry.source.title, entry.source.date) == ("政府信息公开条例", date(2019, 4, 3))
    assert (entry.effective_from, entry.effective_to) == (date(2019, 5, 15), None)


def test_chinese_and_english_names_may_be_mixed(tmp_path):
    (entry,) = load(tmp_path, "a.jsonl", '{"编号": "x", "question": "甲", "答案": "乙"}').entries
    assert (entry.id, entry.question, entry.answer) == ("x", "甲", "乙")


def test_headings_are_known_whatever_their_spaces_width_and_marks(tmp_path):
    text = "\ufeff\ufeff 问 题 ,ＡＮＳＷＥＲ,\u00a0相似问\u3000,Source_Title\n甲,乙,丙｜丁,条例\n"
    (entry,) = load(tmp_path, "a.csv", text).entries
    assert (entry.question, entry.answer, entry.similar) == ("甲", "乙", ("丙", "丁"))
    assert entry.source.title == "条例"


def test_all_problems_of_a_file_are_reported_at_once(tmp_path):
    text = "\n".join(
        [
            '{"question": "甲", "answer": "乙"',
            "",
            line(id="good"),
            '["not", "an object"]',
            '{"question": "甲", "answer": ""}',
            '{"question": "甲", "answer": "乙", "colour": "red"}',
            '{"question": "甲", "问题": "乙", "answer": "丙"}',
            '{"question": "甲", "answer": "乙", "review_by": "明年"}',
            '{"question": 1.5e3, "answer": ["乙"]}',
            "[" * 100_000,
        ]
    )
    loaded = load(tmp_path, "a.jsonl", text)
    expected = [(1, 32), (4, 1), (5, 19), (6, 34), (7, 19), (8, 34), (9, 21), (10, 1)]
    assert places(loaded) == expected
    assert [entry.id for entry in loaded.entries] == ["good"]


def test_a_file_with_one_bad_line_gives_nothing_to_the_strict_reader(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text(line() + "\n{\n", encoding="utf-8")
    with pytest.raises(BadFile) as caught:
        read_entries(path)
    assert f"{path}:2:2: " in str(caught.value)


def test_lines_of_a_csv_count_as_an_editor_counts_them(tmp_path):
    text = '问题,答案,复核日期\r\n甲,"一\r\n二\r\n三",坏日期\r\n\r\n,"丁\r\n戊",\r\n己,,\r\n'
    assert places(load(tmp_path, "a.csv", text)) == [(4, 3), (6, 1), (8, 2)]


def test_line_breaks_in_quotes_stay_in_the_answer(tmp_path):
    (entry,) = load(tmp_path, "a.csv", '问题,答案\r\n甲,"一 \r\n二"\r\n').entries
    assert entry.answer == "一\n二"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le-with-bom"]
)
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_a_csv_may_come_in_any_encoding_and_delimiter_of_excel(tmp_path, encoding, delimiter):
    text = "问题,答案\n怎么申请公开,请到窗口或者网上申请\n".replace(",", delimiter)
    if encoding == "utf-16-le-with-bom":
        data = b"\xff\xfe" + text.encode("utf-16-le")
    else:
        data = text.encode(encoding)
    (entry,) = load(tmp_path, "a.csv", data).entries
    assert (entry.question, entry.answer) == ("怎么申请公开", "请到窗口或者网上申请")


def test_a_damaged_byte_is_reported_where_it_stands_and_not_read_as_gb18030(tmp_path):
    good = "问题,答案\n甲问题,乙答案写得长一些好让字数够多\n".encode()
    broken = "丙问题,丁答案".encode()[:-1] + b"x\n"
    loaded = load(tmp_path, "a.csv", good + broken)
    assert places(loaded) == [(3, 2)]
    assert "U+FFFD" in loaded.problems[0].text


@pytest.mark.parametrize(
    ("text", "place", "says"),
    [
        ("问题,答案,颜色\n甲,乙,红\n", (1, 3), "没有“颜色”这一列"),
        ("问题,答案,question\n甲,乙,丙\n", (1, 3), "出现了两次"),
        ("问题,主题\n甲,乙\n", (1, 1), "没有「答案」"),
        ("问题,答案\n甲,乙,丙\n", (2, 3), "没有列名"),
        ('问题,答案\n甲,"乙\n丙,丁\n', (2, 1), "双引号没有成对"),
        ('问题,"答案\n甲,乙\n', (1, 1), "双引号没有成对"),
        ("甲,乙\n", (0, 0), "找不到表头"),
        ("", (0, 0), "空的"),
        ("问题,答案\n甲,#REF!\n", (2, 2), "公式出错"),
        ("问题,答案\n甲\x07,乙\n", (2, 1), "U+0007"),
        ("问题,答案\n甲\u200b乙,丙\n", (2, 1), "U+200B"),
        ('问题,答案\n"甲\n乙",丙\n', (2, 1), "一行"),
        (f"问题,答案\n{'甲' * 501},丙\n", (2, 1), "501"),
    ],
)
def test_a_faulty_csv_says_what_is_wrong_and_where(tmp_path, text, place, says):
    (problem,) = load(tmp_path, "a.csv", text).problems
    assert (problem.line, problem.column) == place
    assert says in problem.text


def test_a_title_may_stand_above_the_headings(tmp_path):
    (entry,) = load(tmp_path, "a.csv", "政策问答汇总表,\n问题,答案\n甲,乙\n").entries
    assert entry.question == "甲"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ('["甲|乙", "丙"]', ("甲|乙", "丙")),
        ("甲|乙｜ 丙 ||", ("甲", "乙", "丙")),
        ("甲\n乙", ("甲", "乙")),
        ("[2017]388号还有效吗|乙", ("[2017]388号还有效吗", "乙")),
        ("", ()),
    ],
)
def test_other_wordings_are_a_json_list_or_separated_by_bars(tmp_path, written, meant):
    (entry,) = load(tmp_path, "a.jsonl", line(similar=written)).entries
    assert entry.similar == meant


@pytest.mark.parametrize("similar", ['["甲", "乙', [1], {"a": "b"}, ["甲\n乙"], ["甲\u2028乙"]])
def test_a_list_that_cannot_be_meant_is_a_problem(tmp_path, similar):
    assert len(load(tmp_path, "a.jsonl", line(similar=similar)).problems) == 1


@pytest.mark.parametrize(
    "written",
    [
        "2017-03-01",
        "2017-3-1",
        "2017年3月1日",
        " 2017 年 03 月 01 日 ",
        "２０１７年３月１日",
        "2017/3/1",
        "2017.3.1",
        "2017-03-01 00:00:00",
        "2017-03-01T00:00:00",
        "2017/3/1 0:00",
    ],
)
def test_dates_are_understood_as_people_write_them(tmp_path, written):
    (entry,) = load(tmp_path, "a.jsonl", line(review_by=written)).entries
    assert entry.review_by == date(2017, 3, 1)


@pytest.mark.parametrize("written", ["17/3/1", "2017-02-30", "长期", "20170301", "2017-3", 43000])
def test_a_date_that_may_mean_something_else_is_a_problem(tmp_path, written):
    assert len(load(tmp_path, "a.jsonl", line(review_by=written)).problems) == 1


def test_an_entry_without_id_gets_one_that_depends_on_the_question_alone(tmp_path):
    first = load(tmp_path, "a.csv", "问题,答案\n怎么申请公开?,乙\n").entries[0]
    second = load(tmp_path, "b.csv", "问题,答案\n 怎么申请公开？,另一个答案\n").entries[0]
    assert first.id == second.id
    assert first.id.startswith("q-")
    assert len(first.id) == 12


def test_an_id_may_come_once_in_all_files_together(tmp_path):
    paths = [tmp_path / "a.jsonl", tmp_path / "b.jsonl"]
    for path in paths:
        path.write_text(line() + "\n", encoding="utf-8")
    loaded = read_files(paths)
    (problem,) = loaded.problems
    assert (problem.file, problem.line, problem.entry_id) == (str(paths[1]), 1, "a")
    assert f"{paths[0]} 第 1 行" in problem.text
    assert len(loaded.entries) == 1


def test_spam_is_refused_at_the_door(tmp_path):
    loaded = load(tmp_path, "a.jsonl", line(answer="由 即•时 比 分 办公厅负责。"))
    (problem,) = loaded.problems
    assert (problem.code, problem.column) == ("spam", 33)
    assert not loaded.entries


def test_spam_is_not_made_up_of_neighbouring_cells(tmp_path):
    assert not load(tmp_path, "a.jsonl", line(question="立即", answer="时比分数。")).problems


def test_emoji_joined_from_several_are_text_like_any_other(tmp_path):
    (entry,) = load(tmp_path, "a.jsonl", line(answer="👨‍👩‍👧 一家人 ❤️")).entries
    assert entry.answer == "👨‍👩‍👧 一家人 ❤️"

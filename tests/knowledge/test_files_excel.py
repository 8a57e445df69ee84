"""Workbooks as people make them, and as we make them."""

import re
import zipfile
from datetime import date

import pytest
from openpyxl import Workbook, load_workbook

from knowledge.entries import Entry
from knowledge.files import read_files, write_entries


def load(tmp_path, *rows, merged=(), formats=(), before=None):
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    if before:
        sheet.append(before)
        sheet = workbook.create_sheet("问答")
    for row in rows:
        sheet.append(row)
    for cells in merged:
        sheet.merge_cells(cells)
    for cell, number_format in formats:
        sheet[cell].number_format = number_format
    workbook.save(tmp_path / "a.xlsx")
    return read_files([tmp_path / "a.xlsx"])


HEADINGS = ("编号", "问题", "答案", "主题", "生效日期")


def test_a_real_date_and_a_number_as_id_are_understood(tmp_path):
    (entry,) = load(tmp_path, HEADINGS, (7, "甲", "乙", None, date(2019, 5, 15))).entries
    assert (entry.id, str(entry.effective_from)) == ("7", "2019-05-15")


def test_a_problem_names_the_cell_as_excel_does(tmp_path):
    loaded = load(tmp_path, HEADINGS, ("a", "甲", "乙"), ("b", "丙", None), ("c", "丁", "#N/A"))
    assert [(problem.line, problem.column) for problem in loaded.problems] == [(3, 3), (4, 3)]
    assert [problem.text[:6] for problem in loaded.problems] == ["C3「答案」", "C4「答案」"]


def test_text_that_excel_made_a_date_is_not_taken_for_text(tmp_path):
    (problem,) = load(tmp_path, HEADINGS, ("a", "甲", "乙", date(2017, 3, 1))).problems
    assert problem.text.startswith("D2「主题」：Excel 把它当成了日期")


def test_a_formula_counts_as_what_it_shows(tmp_path):
    load(tmp_path, HEADINGS, ("a", "甲", "乙", '="公"&"开"'))
    _show(tmp_path / "a.xlsx", cell="D2", text="公开")
    (entry,) = read_files([tmp_path / "a.xlsx"]).entries
    assert entry.topic == "公开"


def _show(path, cell, text):
    """Store what Excel would have computed for the formula."""
    shown = f'<c r="{cell}" t="str"><f>1</f><v>{text}</v></c>'.encode()
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    with zipfile.ZipFile(path, "w") as package:
        for name, data in parts.items():
            package.writestr(name, re.sub(rb'<c r="%s".*?</c>' % cell.encode(), shown, data))


def test_the_first_sheet_with_our_headings_is_read(tmp_path):
    (entry,) = load(
        tmp_path, HEADINGS, ("a", "甲", "乙"), before=("填表说明", "请如实填写")
    ).entries
    assert entry.id == "a"


def test_titles_across_the_table_and_empty_rows_are_no_entries(tmp_path):
    rows = (("政策问答汇总表",), HEADINGS, ("一、公开",), ("a", "甲", "乙"), (), ("b", "丙", "丁"))
    loaded = load(tmp_path, *rows, merged=("A1:E1", "A3:E3"))
    assert [entry.id for entry in loaded.entries] == ["a", "b"]
    assert not loaded.problems


def test_a_cell_merged_down_the_side_counts_in_every_row(tmp_path):
    rows = (HEADINGS, ("a", "甲", "乙", "公开"), ("b", "丙", "丁"), ("c", "戊", "己", "投资"))
    loaded = load(tmp_path, *rows, merged=("D2:D3",))
    assert [entry.topic for entry in loaded.entries] == ["公开", "公开", "投资"]


def test_a_merged_row_without_its_question_is_not_passed_over(tmp_path):
    loaded = load(tmp_path, HEADINGS, ("a", None, "乙"), merged=("C2:D2",))
    assert [problem.text for problem in loaded.problems] == ["B2「问题」：不能为空"]


def test_a_column_without_heading_is_reported_if_anything_is_in_it(tmp_path):
    rows = (HEADINGS, ("a", "甲", "乙", "", "", "随手写的"))
    (problem,) = load(tmp_path, *rows).problems
    assert (problem.line, problem.column) == (2, 6)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "密码"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100, "旧版"),
        (b"PK\x03\x04 and then nothing", "已损坏"),
        (b"", "已损坏"),
        (b"x" * (21 * 1024 * 1024), "最大 20 MB"),
    ],
)
@pytest.mark.parametrize("name", ["a.xlsx", "a.docx"])
def test_what_is_no_office_file_gets_one_clear_sentence(tmp_path, name, data, says):
    path = tmp_path / name
    path.write_bytes(data)
    (problem,) = read_files([path]).problems
    assert says in problem.text


def test_a_workbook_without_headings_says_so(tmp_path):
    (problem,) = load(tmp_path, ("甲", "乙")).problems
    assert "找不到表头" in problem.text


def test_a_written_workbook_is_pleasant_to_read_and_runs_nothing(tmp_path):
    path = tmp_path / "a.xlsx"
    write_entries(path, [Entry(id="a", question="=1+1", answer="+2\n第二行")])
    sheet = load_workbook(path).worksheets[0]
    assert sheet.freeze_panes == "C2"
    assert sheet["B1"].value == "问题"
    question, answer = sheet["B2"], sheet["C2"]
    assert (question.value, question.data_type, question.number_format) == ("=1+1", "s", "@")
    assert answer.alignment.wrap_text
    assert sheet.column_dimensions["C"].width == 60

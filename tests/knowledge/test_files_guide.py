"""The disclosure guide in Markdown and in Word."""

import io
from datetime import date

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from knowledge.entries import Collection
from knowledge.files import read_files, write_entries

GUIDE = """# 政府信息公开指南

这里是说明,不用来回答。

## 一、怎么申请

### 申请要写什么?

- 编号: guide-write
- 相似问：申请书怎么写|申请内容
- 部门:政务公开办公室
- 依据：《中华人民共和国政府信息公开条例》
- 条款:第二十九条
- 发布日期:2019年4月3日

写清姓名、身份证明和联系方式。

还要写明要什么信息。

### 没有资料的问题
1. 第一步
\\- 依据:这是答案里的一行

## 第二章 多久答复
### 多久答复?
- 主题:
- 身份证明不用交

20个工作日内。
"""


def load(tmp_path, text):
    path = tmp_path / "guide.md"
    path.write_text(text, encoding="utf-8")
    return read_files([path])


def test_a_guide_becomes_passages_with_chapter_source_and_topic(tmp_path):
    first, second, third = load(tmp_path, GUIDE).entries
    assert (first.id, first.similar) == ("guide-write", ("申请书怎么写", "申请内容"))
    assert first.answer == "写清姓名、身份证明和联系方式。\n\n还要写明要什么信息。"
    assert (first.source.title, first.source.date) == (
        "中华人民共和国政府信息公开条例",
        date(2019, 4, 3),
    )
    assert (first.section, first.topic) == ("一、怎么申请", "怎么申请")
    assert {entry.collection for entry in (first, second, third)} == {Collection.GUIDE}
    assert second.answer == "1. 第一步\n- 依据:这是答案里的一行"
    assert (third.topic, third.answer) == ("", "- 身份证明不用交\n\n20个工作日内。")


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ("- 部门:", "- 部们:", 11, "没有“部们”这一项"),
        ("- 部门:", "- 条款:", 13, "出现了两次"),
        ("2019年4月3日", "去年", 14, "看不懂日期"),
        ("## 一、怎么申请\n", "", 6, "不属于任何章节"),
        ("还要写明", "#### 还要写明", 18, "标题最多三级"),
        ("## 第二章 多久答复\n", "## 第二章 多久答复\n多余的话\n", 25, "不在任何问题下面"),
        ("写清姓名、身份证明和联系方式。\n\n还要写明要什么信息。\n", "", 7, "「答案」：不能为空"),
        ("## 一、怎么申请", "## 一、怎么\u200b申请", 7, "U+200B"),
        ("写清姓名", "即时比分", 16, "垃圾信息"),
    ],
)
def test_a_faulty_guide_says_what_is_wrong_and_where(tmp_path, old, new, line, says):
    problem = load(tmp_path, GUIDE.replace(old, new, 1)).problems[0]
    assert problem.line == line
    assert says in problem.text


def test_a_text_without_questions_is_no_guide(tmp_path):
    (problem,) = load(tmp_path, "# 标题\n\n正文\n").problems
    assert "三级标题" in problem.text


def test_a_guide_with_signs_of_markdown_in_it_survives_both_formats(tmp_path):
    text = GUIDE.replace("\\- 依据:这是答案里的一行", "\\# 井号\n\\\\反斜杠")
    entries = list(load(tmp_path, text).entries)
    for name in ("again.md", "again.docx"):
        assert write_entries(tmp_path / name, entries) == 3
        assert list(read_files([tmp_path / name]).entries) == entries


class Paper:
    """A Word document under construction."""

    def __init__(self):
        self.document = docx.Document()
        self.document.add_heading("政府信息公开指南", level=0)
        self.document.add_paragraph("说明")
        self.document.add_heading("(一)申请", level=2)

    def question(self, text="怎么申请?"):
        self.document.add_heading(text, level=3)
        return self

    def say(self, *texts, style=None):
        for text in texts:
            self.document.add_paragraph(text, style=style)
        return self

    def load(self, tmp_path):
        self.document.save(tmp_path / "a.docx")
        return read_files([tmp_path / "a.docx"])


def test_a_word_document_becomes_passages(tmp_path):
    paper = Paper().question().say("编号：w1", "相似问:如何申请|咋申请", "当面或网上。", "都可以。")
    (entry,) = paper.load(tmp_path).entries
    assert (entry.id, entry.similar) == ("w1", ("如何申请", "咋申请"))
    assert (entry.answer, entry.topic) == ("当面或网上。\n都可以。", "申请")


@pytest.mark.parametrize("name", ["标题 3", "Heading 3 政务"])
def test_headings_count_by_their_chinese_name_or_by_what_they_are_based_on(tmp_path, name):
    paper = Paper()
    style = paper.document.styles.add_style(name, 1)
    style.base_style = paper.document.styles["Heading 3" if "政务" in name else "Normal"]
    (entry,) = paper.say("怎么申请?", style=name).say("编号:a", "当面。").load(tmp_path).entries
    assert entry.question == "怎么申请?"


def test_a_line_of_answer_that_looks_like_a_key_stays_in_the_answer(tmp_path):
    paper = Paper().question().say("编号:a", "注意:带身份证。", "其他")
    (entry,) = paper.load(tmp_path).entries
    assert entry.answer == "注意:带身份证。\n其他"


def test_a_misspelt_key_among_others_is_reported_with_its_paragraph(tmp_path):
    paper = Paper().question().say("编号:a", "部们:办公室", "依据:条例", "当面。")
    (problem,) = paper.load(tmp_path).problems
    assert (problem.line, problem.text[:8]) == (6, "没有“部们”这一")


def test_numbers_that_word_adds_are_part_of_the_answer(tmp_path):
    paper = Paper().question().say("编号:a", "分两步:")
    paper.say("先登录", "再提交", style="List Number").say("带上证件", style="List Bullet")
    (entry,) = paper.load(tmp_path).entries
    assert entry.answer == "分两步:\n1. 先登录\n2. 再提交\n• 带上证件"


def test_text_in_links_and_fields_is_part_of_the_answer(tmp_path):
    paper = Paper().question().say("编号:a")
    paragraph = paper.document.add_paragraph("见")
    for tag in ("hyperlink", "fldSimple", "smartTag"):
        paragraph._p.append(
            parse_xml(f"<w:{tag} {nsdecls('w')}><w:r><w:t>网页</w:t></w:r></w:{tag}>")
        )
    assert paper.load(tmp_path).entries[0].answer == "见网页网页网页"


@pytest.mark.parametrize(
    ("xml", "says"),
    [
        ("<w:ins {ns}><w:r><w:t>新增</w:t></w:r></w:ins>", "修订"),
        ("<w:del {ns}><w:r><w:delText>旧文</w:delText></w:r></w:del>", "修订"),
        ("<w:r {ns}><w:drawing/></w:r>", "图片"),
        ('<w:r {ns}><w:footnoteReference w:id="1"/></w:r>', "脚注"),
    ],
)
def test_what_would_be_lost_from_a_word_document_is_reported(tmp_path, xml, says):
    paper = Paper().question().say("编号:a")
    paper.document.add_paragraph("当面。")._p.append(parse_xml(xml.format(ns=nsdecls("w"))))
    (problem,) = paper.load(tmp_path).problems
    assert problem.line == 6
    assert says in problem.text


def test_a_table_in_an_answer_is_reported_but_not_one_in_the_introduction(tmp_path):
    paper = Paper()
    paper.document.element.body.insert(1, paper.document.add_table(1, 1)._tbl)
    paper.question().say("编号:a", "当面。")
    assert not paper.load(tmp_path).problems
    paper.document.add_table(1, 1)
    assert "表格" in paper.load(tmp_path).problems[0].text


def test_a_written_document_is_set_in_chinese_fonts_with_real_headings(tmp_path):
    path = tmp_path / "a.docx"
    write_entries(path, load(tmp_path, GUIDE).entries)
    document = docx.Document(io.BytesIO(path.read_bytes()))
    styles = [paragraph.style for paragraph in document.paragraphs[:4]]
    names = [style.name for style in styles if style]
    assert names == ["Heading 1", "Heading 2", "Heading 3", "指南资料"]
    xml = document.styles.element.xml
    assert 'w:eastAsia="仿宋"' in xml
    assert 'w:eastAsia="宋体"' in xml

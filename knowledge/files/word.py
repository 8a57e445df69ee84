"""The guide as a Word document: headings 1 to 3, lines of 键:值, paragraphs of the answer."""

import re
from collections.abc import Iterator

import docx
from docx.document import Document
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

from knowledge.errors import Problem
from knowledge.files.guide import Block, rows_of
from knowledge.files.listing import ListNumbers, list_numbers, place_of
from knowledge.files.office import PARSER_ERRORS, damaged, office_package
from knowledge.files.rows import Row

KEYED_STYLE = "指南资料"  # of the lines of 键:值 in the documents we write

_HEADING = re.compile(r"(?:heading|标题)\s*([1-9])", re.IGNORECASE)
_TITLES = ("title", "标题")
_WRITTEN = (
    ".//w:r/*[self::w:t or self::w:tab or self::w:cr or self::w:noBreakHyphen"
    " or self::w:br[not(@w:type) or @w:type='textWrapping']]"
)
_AS_TEXT = {
    qn("w:tab"): "\t",
    qn("w:br"): "\n",
    qn("w:cr"): "\n",
    qn("w:noBreakHyphen"): "-",
}
# What would be lost without a word, and what to do about it.
_LOST = (
    (
        ".//w:ins | .//w:del | .//w:moveFrom | .//w:moveTo",
        "这里有未处理的修订，请在 Word 里接受或拒绝全部修订后保存",
    ),
    (
        ".//w:drawing | .//w:pict | .//w:object",
        "图片、文本框和嵌入对象不能用来回答，请改成文字",
    ),
    (
        ".//w:footnoteReference | .//w:endnoteReference",
        "脚注和尾注不会导入，请写进正文",
    ),
)
_TABLE = "表格不能用来回答，请改成文字，一行写一句"


def rows(data: bytes, file: str) -> Iterator[Row | Problem]:
    """The questions of the guide; a line of a problem is the number of the paragraph."""
    package = office_package(data, ending=".docx")
    try:
        blocks = list(_blocks(docx.Document(package)))
    except PARSER_ERRORS as broken:
        raise damaged(".docx") from broken
    return rows_of(blocks, file)


def _blocks(document: Document) -> Iterator[Block]:
    numbers = list_numbers(document)
    for number, element in enumerate(_elements(document), start=1):
        if element.tag == qn("w:tbl"):
            yield Block(line=number, text="", fault=_TABLE)
        else:
            yield from _paragraph_blocks(number, Paragraph(element, document), numbers)


def _elements(document: Document) -> Iterator[BaseOxmlElement]:
    """Paragraphs and tables in order, also those in content controls, without the contents page."""
    for child in document.element.body.iterchildren(qn("w:p"), qn("w:tbl"), qn("w:sdt")):
        if child.tag != qn("w:sdt"):
            yield child
        elif not child.xpath(".//w:docPartGallery[@w:val='Table of Contents']"):
            yield from child.iterdescendants(qn("w:p"))


def _paragraph_blocks(number: int, paragraph: Paragraph, numbers: ListNumbers) -> Iterator[Block]:
    """One block a line: people break lines within a paragraph as well."""
    names = list(_style_names(paragraph))
    if any(name.lower().startswith("toc ") for name in names):
        return
    written = _text(paragraph)
    label = numbers.before(paragraph) if written.strip() else ""
    level = next((level for name in names if (level := _level(name))), 0)
    if level and written.strip():
        fault = "" if level <= 3 else "标题最多三级：标题、章节、问题"
        title = " ".join((label + written).split("\n"))
        yield Block(line=number, text=title, level=level if level <= 3 else 0, fault=fault)
        return
    fault = next((text for path, text in _LOST if paragraph._p.xpath(path)), "")
    set_apart = KEYED_STYLE in names or place_of(paragraph) is not None
    for line in written.split("\n"):
        apart = line if set_apart else None
        yield Block(line=number, text=label + line, apart=apart, fault=fault)
        label = fault = ""


def _style_names(paragraph: Paragraph) -> Iterator[str]:
    """The paragraph's style and those it is based on, nearest first."""
    style = paragraph.style
    while isinstance(style, ParagraphStyle):
        yield style.name or ""
        style = style.base_style


def _level(style_name: str) -> int:
    """1 to 9 for a heading, 0 for other styles; WPS and Word name them in either language."""
    if style_name.lower() in _TITLES:
        return 1
    heading = _HEADING.fullmatch(style_name)
    return int(heading[1]) if heading else 0


def _text(paragraph: Paragraph) -> str:
    """The text with what stands in fields, links and content controls, which python-docx omits."""
    return "".join(_AS_TEXT.get(part.tag, part.text or "") for part in paragraph._p.xpath(_WRITTEN))

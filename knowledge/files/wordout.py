"""Writes the guide as a Word document set in the fonts of official papers."""

import io
from collections.abc import Iterable

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

from knowledge.entries import Entry
from knowledge.files.guide import TITLE, keyed_lines, one_line, section_of
from knowledge.files.word import KEYED_STYLE

_BODY_FONT = "仿宋"
_HEADING_FONT = "宋体"
_LATIN_FONT = "Times New Roman"
_GREY = RGBColor(0x59, 0x59, 0x59)
_THEME_FONTS = ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme")


def encoded(entries: Iterable[Entry]) -> bytes:
    """The guide as .docx."""
    document = docx.Document()
    _set_up(document)
    document.add_heading(TITLE, level=1)
    section = None
    for entry in entries:
        if section_of(entry) != section:
            section = section_of(entry)
            document.add_heading(section, level=2)
        _add_passage(document, entry)
    stored = io.BytesIO()
    document.save(stored)
    return stored.getvalue()


def _add_passage(document: Document, entry: Entry) -> None:
    document.add_heading(one_line(entry.question), level=3)
    for line in keyed_lines(entry):
        document.add_paragraph(line, style=KEYED_STYLE)
    for line in entry.answer.split("\n"):
        document.add_paragraph(line)


def _set_up(document: Document) -> None:
    properties = document.core_properties
    properties.title, properties.author, properties.comments = TITLE, "", ""
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = Mm(27)
    _set_language(document)
    _dress(_style(document, "Normal"), _BODY_FONT, Pt(14))
    _style(document, "Normal").paragraph_format.space_after = Pt(4)
    for level, size in ((1, Pt(22)), (2, Pt(17)), (3, Pt(15))):
        _dress(_style(document, f"Heading {level}"), _HEADING_FONT, size)
    _style(document, "Heading 1").paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    keyed = document.styles.add_style(KEYED_STYLE, WD_STYLE_TYPE.PARAGRAPH)
    assert isinstance(keyed, ParagraphStyle)
    keyed.base_style = document.styles["Normal"]
    _dress(keyed, _BODY_FONT, Pt(10.5))
    keyed.font.color.rgb = _GREY
    keyed.paragraph_format.space_after = Pt(0)


def _style(document: Document, name: str) -> ParagraphStyle:
    style = document.styles[name]
    assert isinstance(style, ParagraphStyle)
    return style


def _dress(style: ParagraphStyle, chinese: str, size: Pt) -> None:
    """The style in these fonts; Word's theme would otherwise choose for Chinese text."""
    style.font.name = _LATIN_FONT
    style.font.size = size
    style.font.color.rgb = RGBColor(0, 0, 0)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in _THEME_FONTS:
        fonts.attrib.pop(qn(theme), None)
    fonts.set(qn("w:eastAsia"), chinese)


def _set_language(document: Document) -> None:
    """Chinese, so that Word checks and breaks lines accordingly."""
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:eastAsia"), "zh-CN")

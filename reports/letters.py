"""The 答复书 as a Word file. Loads python-docx, which is slow: import it where it is used."""

import re
from io import BytesIO

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.styles.style import ParagraphStyle

from petitions import Kind
from reports import reply_texts as texts

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FONT = "仿宋"  # of official documents, on every Windows and WPS machine
TITLE_FONT = "宋体"

_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # XML 1.0 has no place for


def write_reply(text: str, *, kind: Kind, number: str) -> bytes:
    """The 答复书 as .docx; the last two lines of the text are set as a signature."""
    document = Document()
    _set_page(document)
    title = document.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = title.add_run(texts.TITLES[kind])
    run.bold, run.font.size = True, Pt(22)
    run.font.name = TITLE_FONT
    run.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), TITLE_FONT)
    line = document.add_paragraph(f"编号：{number}")
    line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _add_body(document, _FORBIDDEN.sub("", text))
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _set_page(document) -> None:  # type: ignore[no-untyped-def]  # python-docx names no such type
    """A4 with the margins and type of official documents (GB/T 9704)."""
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.top_margin, section.bottom_margin = Cm(3.7), Cm(3.5)
    section.left_margin, section.right_margin = Cm(2.8), Cm(2.6)
    normal = document.styles["Normal"]
    assert isinstance(normal, ParagraphStyle)
    normal.font.name, normal.font.size = FONT, Pt(16)
    normal.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), FONT)
    normal.paragraph_format.line_spacing = Pt(28)
    normal.paragraph_format.space_after = Pt(0)


def _add_body(document, text: str) -> None:  # type: ignore[no-untyped-def]  # as above
    lines = [line.strip() for line in text.strip().splitlines() if line.strip()]
    signed = len(lines) > 2 and lines[-1].endswith("日")
    for at, line in enumerate(lines):
        paragraph = document.add_paragraph(line)
        if signed and at >= len(lines) - 2:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        elif not (at == 0 and line.endswith("：")):
            paragraph.paragraph_format.first_line_indent = Pt(32)  # two characters

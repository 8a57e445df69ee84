"""政府信息公开申请表, filled in, as a Word file."""

from dataclasses import dataclass
from datetime import date
from io import BytesIO

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.styles.style import ParagraphStyle

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FONT = "宋体"  # on every Windows and WPS machine


@dataclass(frozen=True, kw_only=True)
class DisclosureForm:
    """What stands in the form (条例 第二十九条); every text as people read it."""

    office: str
    number: str
    received: date
    applicant: str  # 个人 | 单位
    body: str  # the class of a body; "" for a person
    name: str
    contact: str
    information: str
    carrier: str
    way: str
    deliver_to: str


def write_form(form: DisclosureForm) -> bytes:
    """The .docx; opens in Word, WPS and LibreOffice."""
    document = Document()
    normal = document.styles["Normal"]
    assert isinstance(normal, ParagraphStyle)
    normal.font.name, normal.font.size = FONT, Pt(12)
    normal.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), FONT)
    title = document.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = title.add_run("政府信息公开申请表")
    run.bold, run.font.size = True, Pt(18)
    document.add_paragraph(f"受理机关：{form.office}        编号：{form.number}")
    table = document.add_table(rows=0, cols=2, style="Table Grid")
    for label, value in _rows(form):
        cells = table.add_row().cells
        cells[0].width, cells[1].width = Cm(4), Cm(12)
        cells[0].text, cells[1].text = label, value
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _rows(form: DisclosureForm) -> list[tuple[str, str]]:
    applicant = f"{form.applicant}（{form.body}）" if form.body else form.applicant
    day = form.received
    rows = [
        ("申请人", applicant),
        ("姓名或名称", form.name),
        ("联系方式", form.contact),
        ("所需信息的名称、文号或特征描述", form.information),
        ("提供形式", form.carrier),
        ("获取方式", form.way),
        ("送达地址或邮箱", form.deliver_to),
        ("提交日期", f"{day.year}年{day.month}月{day.day}日"),
        ("身份证明", "另行提交"),
    ]
    return [(label, value) for label, value in rows if value]

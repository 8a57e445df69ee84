"""The monthly assessment as files: Word, a page, JSON."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Final

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.styles.style import ParagraphStyle
from jinja2 import Environment, PackageLoader, StrictUndefined

from reports.columns import BY_NAME, NOTHING, RATES, written
from reports.letters import FONT, TITLE_FONT
from reports.monthly import RANKED_BY, Assessment, Format, Late

SHOWN: Final = (
    "received",
    "needing_handling",
    "reply_rate",
    "closing_rate",
    "on_time_rate",
    "satisfaction_rate",
    "rating_rate",
    "duty_rate",
)
LATE_HEADINGS: Final = ("处室", "编号", "类型", "期限", "答复日期", "超期工作日")
NO_LATE: Final = "没有超期的事项。"
_WIDTHS: Final = (1.2, 3.2, 1.6, 2.0, *(3.35,) * 6)


@dataclass(frozen=True, kw_only=True)
class Paper:
    """The assessment in words, the same for every format that people read."""

    title: str
    note: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    late: tuple[tuple[str, ...], ...]
    definitions: tuple[tuple[str, str], ...]


def write_monthly(found: Assessment, form: Format, *, office: str) -> bytes:
    """The file."""
    if form is Format.JSON:
        return json.dumps(found.as_json(), ensure_ascii=False, indent=1).encode()
    paper = paper_of(found, office=office)
    return _docx(paper) if form is Format.DOCX else _html(paper)


def paper_of(found: Assessment, *, office: str) -> Paper:
    """What people read."""
    columns = [BY_NAME[name] for name in SHOWN]
    lines = [*((one.rank, one.metrics) for one in found.departments), (None, found.total)]
    rows = [
        (str(rank or NOTHING), of.group, *(written(column, of) for column in columns))
        for rank, of in lines
    ]
    rows[-1] = (NOTHING, "合计", *rows[-1][2:])
    day = found.counted_on
    ranked_by = "、".join(BY_NAME[name].label for name in RANKED_BY)
    return Paper(
        title=f"{office}{found.month}政务事项办理考核",
        note=f"按{day.year}年{day.month}月{day.day}日的情况统计。排名依次比较{ranked_by}；"
        "这个月没有期限到期的处室不排名。",
        headings=("排名", "处室", *(column.label for column in columns)),
        rows=tuple(rows),
        late=tuple(
            _late(one.metrics.group, case) for one in found.departments for case in one.late
        ),
        definitions=tuple((one.label, one.meaning) for one in RATES),
    )


def _late(department: str, case: Late) -> tuple[str, ...]:
    replied = str(case.replied) if case.replied else "尚未答复"
    return (department, case.number, case.kind.label, str(case.due), replied, str(case.days))


def _html(paper: Paper) -> bytes:
    env = Environment(
        loader=PackageLoader("reports"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    page = env.get_template("monthly.html")
    return page.render(paper=paper, late_headings=LATE_HEADINGS, no_late=NO_LATE).encode()


def _docx(paper: Paper) -> bytes:
    document = Document()
    document.core_properties.title = paper.title
    _set_page(document)
    title = document.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = title.add_run(paper.title)
    run.bold, run.font.size, run.font.name = True, Pt(20), TITLE_FONT
    run.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), TITLE_FONT)
    document.add_paragraph(paper.note)
    _add_table(document, paper.headings, paper.rows, _WIDTHS)
    document.add_heading("超期事项", level=2)
    if paper.late:
        _add_table(document, LATE_HEADINGS, paper.late, (4, 5, 3, 3.5, 3.5, 3))
    else:
        document.add_paragraph(NO_LATE)
    document.add_heading("指标说明", level=2)
    for label, meaning in paper.definitions:
        document.add_paragraph(f"{label}：{meaning}")
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _set_page(document) -> None:  # type: ignore[no-untyped-def]  # python-docx names no such type
    """A4 across: ten columns."""
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21)
    section.left_margin = section.right_margin = Cm(1.8)
    section.top_margin = section.bottom_margin = Cm(2)
    for name, size in (("Normal", 10.5), ("Heading 2", 14)):
        style = document.styles[name]
        assert isinstance(style, ParagraphStyle)
        style.font.name, style.font.size = FONT, Pt(size)
        style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), FONT)
    document.styles["Normal"].paragraph_format.space_after = Pt(4)


def _add_table(  # type: ignore[no-untyped-def]  # as above
    document, headings: Sequence[str], rows: Iterable[Sequence[str]], widths: Sequence[float]
) -> None:
    table = document.add_table(rows=1, cols=len(headings), style="Table Grid")
    table.autofit = False
    _fill(table.rows[0], headings, widths, bold=True)
    # The first row is repeated on every page, as readers of paper and of screens expect.
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for row in rows:
        _fill(table.add_row(), row, widths)


def _fill(row, texts: Sequence[str], widths: Sequence[float], *, bold: bool = False) -> None:  # type: ignore[no-untyped-def]  # as above
    for cell, text, width in zip(row.cells, texts, widths, strict=True):
        cell.width = Cm(width)
        cell.paragraphs[0].add_run(text).bold = bold

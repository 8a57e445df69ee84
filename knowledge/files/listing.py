"""The numbers that Word puts before paragraphs of a list; they are not part of the text there.

Left out, a step 1. 2. 3. would lose its number and 第二项 its meaning. Only what official
documents use is told apart; every other format counts in digits.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.parts.numbering import NumberingPart
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

_DIGITS = "零一二三四五六七八九"
_PLACE = re.compile(r"%([1-9])")


@dataclass(frozen=True, kw_only=True)
class _Level:
    format: str  # decimal, chineseCounting, bullet, …
    text: str  # %1. or 第%1条
    start: int


@dataclass(frozen=True, kw_only=True)
class _Place:
    """Which list a paragraph belongs to and how deep."""

    list_id: str
    depth: int


@dataclass(kw_only=True)
class ListNumbers:
    """Counts along with the document: ask once for every paragraph, in order."""

    levels: dict[_Place, _Level]
    counts: dict[_Place, int] = field(default_factory=dict)

    def before(self, paragraph: Paragraph) -> str:
        """What Word shows before the paragraph: `1. `, `(一)`, `• `, or nothing."""
        place = place_of(paragraph)
        level = self.levels.get(place) if place else None
        if place is None or level is None:
            return ""
        self._count(place, level)
        if level.format == "bullet":
            return "• "
        label = _PLACE.sub(lambda found: self._shown(place, int(found[1]) - 1), level.text)
        return label + " " if label[-1:].isascii() and label else label

    def _count(self, place: _Place, level: _Level) -> None:
        self.counts[place] = self.counts.get(place, level.start - 1) + 1
        for other in [p for p in self.counts if p.list_id == place.list_id]:
            if other.depth > place.depth:
                del self.counts[other]

    def _shown(self, place: _Place, depth: int) -> str:
        asked = _Place(list_id=place.list_id, depth=depth)
        level = self.levels.get(asked)
        number = self.counts.get(asked, level.start if level else 1)
        return _number(number, level.format if level else "decimal")


def place_of(paragraph: Paragraph) -> _Place | None:
    """The list of a paragraph, by its own properties or by its style's."""
    for properties in _properties(paragraph):
        given = properties.find(qn("w:numPr"))
        if given is not None:
            list_id = _value(given, "w:numId", "0")
            depth = int(_value(given, "w:ilvl", "0"))
            return None if list_id == "0" else _Place(list_id=list_id, depth=depth)
    return None


def _properties(paragraph: Paragraph) -> Iterator[BaseOxmlElement]:
    style = paragraph.style
    elements = [paragraph._p]
    while isinstance(style, ParagraphStyle):
        elements.append(style.element)
        style = style.base_style
    return (p for element in elements if (p := element.find(qn("w:pPr"))) is not None)


def list_numbers(document: Document) -> ListNumbers:
    """The lists of the document, nothing counted yet."""
    try:
        part = document.part.part_related_by(RELATIONSHIP_TYPE.NUMBERING)
    except KeyError:  # a document without lists may have no such part
        return ListNumbers(levels={})
    root = part.element if isinstance(part, NumberingPart) else OxmlElement("w:numbering")
    abstract = {
        _attribute(one, "w:abstractNumId"): one for one in root.findall(qn("w:abstractNum"))
    }
    levels = {}
    for number in root.findall(qn("w:num")):
        list_id = _attribute(number, "w:numId")
        shape = abstract.get(_value(number, "w:abstractNumId", ""))
        for level in shape.findall(qn("w:lvl")) if shape is not None else ():
            depth = int(_attribute(level, "w:ilvl"))
            levels[_Place(list_id=list_id, depth=depth)] = _level(level)
    return ListNumbers(levels=levels)


def _level(element: BaseOxmlElement) -> _Level:
    return _Level(
        format=_value(element, "w:numFmt", "decimal"),
        text=_value(element, "w:lvlText", ""),
        start=int(_value(element, "w:start", "1")),
    )


def _value(element: BaseOxmlElement, child: str, default: str) -> str:
    found = element.find(qn(child))
    return default if found is None else str(found.get(qn("w:val"), default))


def _attribute(element: BaseOxmlElement, name: str) -> str:
    return str(element.get(qn(name), "0"))


def _number(number: int, shape: str) -> str:
    if shape.startswith(("chinese", "japaneseCounting", "ideograph")):
        return _chinese(number)
    if shape in ("decimalEnclosedCircle", "decimalEnclosedCircleChinese") and 1 <= number <= 20:
        return chr(ord("①") + number - 1)
    if shape in ("lowerLetter", "upperLetter") and 1 <= number <= 26:
        return chr(ord("a" if shape == "lowerLetter" else "A") + number - 1)
    return "" if shape == "none" else str(number)


def _chinese(number: int) -> str:
    """一 to 九十九; digits beyond."""
    tens, ones = divmod(number, 10)
    if not 1 <= number <= 99:
        return str(number)
    before = ("" if tens == 1 else _DIGITS[tens]) + "十" if tens else ""
    return before + (_DIGITS[ones] if ones else "")

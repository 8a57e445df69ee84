"""Hides small numbers in tables with totals, and as many others as it takes that nobody can
compute them from what is left.

A table is cells and lines; a line is a total and the cells that add up to it. Cells from 1 to
FEW - 1 are hidden first; nothing is nobody's and is shown. Whoever reads the rest knows what a
hidden cell can be at first; with that and every line, no hidden cell may follow (checked by
narrowing the possible values of each, line by line, until nothing changes).
"""

from collections import Counter
from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import inf
from typing import Final, Generic, TypeAlias, TypeVar

FEW: Final = 5  # groups smaller than this are not shown

C = TypeVar("C", bound=Hashable)
Range: TypeAlias = tuple[float, float]


class Hidden(StrEnum):
    """Why a cell is not shown."""

    FEW = "few"  # it is small
    PROTECTED = "protected"  # a small one could be computed from it


@dataclass(frozen=True, kw_only=True)
class Line(Generic[C]):
    """A total and what it is the sum of."""

    total: C
    parts: tuple[C, ...]

    @property
    def cells(self) -> tuple[C, ...]:
        """All of them."""
        return (self.total, *self.parts)


def hide(
    base: Mapping[C, int],
    lines: Sequence[Line[C]],
    *,
    parts: Sequence[Mapping[C, int]] = (),
    also: Collection[C] = (),
) -> dict[C, Hidden]:
    """Which cells are hidden and why; `parts` are counts of cases that `base` counts, too, and are
    shown with it; `also` are cells that are hidden whatever they hold."""
    hidden = {cell: Hidden.FEW for cell, value in base.items() if is_few(value)}
    hidden |= {cell: Hidden.PROTECTED for cell in also if cell not in hidden}
    while near := _leak(base, lines, parts, hidden):
        more = _more(near, base, lines, hidden)
        if not more:
            break  # everything is hidden, and nothing said of why
        hidden.update(dict.fromkeys(more, Hidden.PROTECTED))
    return hidden


def is_few(value: int) -> bool:
    """Whether somebody could be recognised."""
    return 0 < value < FEW


def _leak(
    base: Mapping[C, int],
    lines: Sequence[Line[C]],
    parts: Sequence[Mapping[C, int]],
    hidden: Mapping[C, Hidden],
) -> Collection[C]:
    """Cells around a hidden one that can be computed: of the line that alone gives it away, else
    of all its lines; nothing if there is none."""
    for at, table in enumerate((base, *parts)):
        none = _of_none(table, lines, hidden) if at else set()
        secret = [cell for cell in hidden if cell not in none]
        for line in lines:
            known = possible(table, [line], hidden, is_part=at > 0)
            if any(_is_certain(known[cell]) for cell in secret if cell in line.cells):
                return line.cells
        known = possible(table, lines, hidden, is_part=at > 0)
        for cell in secret:
            if _is_certain(known[cell]):
                return {other for line in lines if cell in line.cells for other in line.cells}
    return ()


def _is_certain(known: Range) -> bool:
    return known[0] == known[1]


def _of_none(
    table: Mapping[C, int], lines: Sequence[Line[C]], hidden: Mapping[C, Hidden]
) -> set[C]:
    """Cells of lines that add up to nothing: that nobody at all was satisfied says nothing of a
    small group in particular."""
    empty = (line for line in lines if table[line.total] == 0 and line.total not in hidden)
    return {cell for line in empty for cell in line.parts}


def _more(
    near: Collection[C],
    base: Mapping[C, int],
    lines: Sequence[Line[C]],
    hidden: Mapping[C, Hidden],
) -> list[C]:
    """What else to hide: the smallest number near, a total only if it must be. Where there is none
    left, that those near are small is not said either."""
    totals = Counter(line.total for line in lines)
    shown = [other for other in base if other not in hidden]
    for choice in (
        [other for other in shown if other in near and base[other]],
        [other for other in shown if base[other]],
    ):
        if choice:
            return [min(choice, key=lambda other: (totals[other], base[other]))]
    few = [other for other in near if hidden.get(other) is Hidden.FEW]
    return few or [other for other in shown if other in near] or shown


def possible(
    table: Mapping[C, int],
    lines: Sequence[Line[C]],
    hidden: Mapping[C, Hidden],
    *,
    is_part: bool = False,
) -> dict[C, Range]:
    """What each cell can be for somebody who sees only those that are not hidden."""
    known: dict[C, Range] = {
        cell: _first_guess(table[cell], hidden.get(cell), is_part=is_part)
        for line in lines
        for cell in line.cells
    }
    while any(_narrow(line, known) for line in lines):
        pass  # what one line says, the next can use
    return known


def _first_guess(value: int, why: Hidden | None, *, is_part: bool) -> Range:
    """Of a protected cell it is no secret that it is not small, unless that is not true."""
    if why is None:
        return value, value
    if why is Hidden.FEW:
        return (0 if is_part else 1), FEW - 1
    return (FEW if value >= FEW and not is_part else 0), inf


def _narrow(line: Line[C], known: dict[C, Range]) -> bool:
    """Use what the line says of each of its cells; whether that says anything new."""
    before = [known[cell] for cell in line.cells]
    low = sum(known[cell][0] for cell in line.parts)
    high = sum(known[cell][1] for cell in line.parts)
    known[line.total] = _both(known[line.total], (low, high))
    least, most = known[line.total]
    for cell in line.parts:
        others = [known[other] for other in line.parts if other != cell]
        above = sum(one[0] for one in others)
        below = sum(one[1] for one in others)
        known[cell] = _both(known[cell], (least - below, most - above))
    return before != [known[cell] for cell in line.cells]


def _both(one: Range, other: Range) -> Range:
    return max(one[0], other[0]), min(one[1], other[1])

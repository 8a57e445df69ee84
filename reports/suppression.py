"""Hides small numbers in tables with totals, and as many others as it takes that nobody can
compute them from what is left.

A table is cells and lines; a line is a total and the cells that add up to it. Cells below `FEW`
are hidden first. Whoever reads the rest knows that they are between 0 and FEW - 1 and that other
hidden cells are not; with that and every line, no hidden cell may follow (checked by narrowing the
possible values of each cell, line by line, until nothing changes).
"""

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
    hidden = {cell: Hidden.FEW for cell, value in base.items() if value < FEW}
    hidden |= {cell: Hidden.PROTECTED for cell in also if cell not in hidden}
    while (cell := _derivable(base, lines, parts, hidden)) is not None:
        hidden[_next(cell, base, lines, hidden)] = Hidden.PROTECTED
    return hidden


def _derivable(
    base: Mapping[C, int],
    lines: Sequence[Line[C]],
    parts: Sequence[Mapping[C, int]],
    hidden: Mapping[C, Hidden],
) -> C | None:
    """A hidden cell that can be computed; None if there is none, or nothing left to hide."""
    if len(hidden) == len(base):
        return None
    for at, table in enumerate((base, *parts)):
        known = possible(table, lines, hidden, is_part=at > 0)
        for cell in hidden:
            low, high = known[cell]
            if low == high:
                return cell
    return None


def _next(
    cell: C, base: Mapping[C, int], lines: Sequence[Line[C]], hidden: Mapping[C, Hidden]
) -> C:
    """The cell to hide for another one: the smallest of its lines, a total only if it must be."""
    totals = {line.total for line in lines}
    near = {other for line in lines if cell in line.cells for other in line.cells}
    shown = [other for other in base if other not in hidden]
    choice = [other for other in shown if other in near] or shown
    return min(choice, key=lambda other: (other in totals, base[other]))


def possible(
    table: Mapping[C, int],
    lines: Sequence[Line[C]],
    hidden: Mapping[C, Hidden],
    *,
    is_part: bool = False,
) -> dict[C, Range]:
    """What each cell can be for somebody who sees only those that are not hidden."""
    known: dict[C, Range] = {
        cell: _first_guess(value, hidden.get(cell), is_part=is_part)
        for cell, value in table.items()
    }
    while any(_narrow(line, known) for line in lines):
        pass  # what one line says, the next can use
    return known


def _first_guess(value: int, why: Hidden | None, *, is_part: bool) -> Range:
    if why is None:
        return value, value
    if why is Hidden.FEW:
        return 0, FEW - 1
    return (0 if is_part else FEW), inf


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

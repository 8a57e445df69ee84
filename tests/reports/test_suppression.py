"""What is hidden cannot be computed from what is shown."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.suppression import FEW, Hidden, Line, hide, possible

COUNTS = st.one_of(st.integers(0, 12), st.integers(0, 400))


@st.composite
def tables(draw, *, parts=4, columns=4, counts=COUNTS):
    """A table with totals both ways, as of kinds and quarters: cells and lines."""
    rows, width = draw(st.integers(1, parts)), draw(st.integers(1, columns))
    inner = {(r, c): draw(counts) for r in range(rows) for c in range(width)}
    return with_totals(inner, rows, width)


def with_totals(inner, rows, width):
    cells = dict(inner)
    for c in range(width):
        cells["all", c] = sum(inner[r, c] for r in range(rows))
    for r in [*range(rows), "all"]:
        cells[r, "all"] = sum(cells[r, c] for c in range(width))
    across = [
        Line(total=(r, "all"), parts=tuple((r, c) for c in range(width)))
        for r in [*range(rows), "all"]
    ]
    down = [
        Line(total=("all", c), parts=tuple((r, c) for r in range(rows)))
        for c in [*range(width), "all"]
    ]
    return cells, [*across, *down]


@given(tables())
def test_every_small_number_is_hidden_and_called_small(table):
    cells, lines = table
    hidden = hide(cells, lines)
    assert {cell for cell, why in hidden.items() if why is Hidden.FEW} == {
        cell for cell, value in cells.items() if value < FEW
    }


@given(tables())
def test_no_hidden_number_is_the_rest_of_a_line(table):
    cells, lines = table
    hidden = hide(cells, lines)
    for line in lines:
        gone = [cell for cell in line.cells if cell in hidden]
        assert len(gone) != 1, (gone, line)


@given(tables())
def test_no_hidden_number_follows_from_all_lines_and_from_what_hidden_means(table):
    cells, lines = table
    hidden = hide(cells, lines)
    if len(hidden) < len(cells):
        known = possible(cells, lines, hidden)
        assert [cell for cell in hidden if known[cell][0] == known[cell][1]] == []


@given(tables(), st.data())
def test_counts_shown_with_others_do_not_give_them_away(table, data):
    cells, lines = table
    inner = {key: value for key, value in cells.items() if "all" not in key}
    rows, width = 1 + max(r for r, _ in inner), 1 + max(c for _, c in inner)
    parts, _ = with_totals(
        {key: data.draw(st.integers(0, value)) for key, value in inner.items()}, rows, width
    )
    hidden = hide(cells, lines, parts=[parts])
    if len(hidden) < len(cells):
        known = possible(parts, lines, hidden, is_part=True)
        assert [cell for cell in hidden if known[cell][0] == known[cell][1]] == []


@settings(max_examples=40, deadline=None)
@given(tables(parts=2, columns=2, counts=st.integers(0, 8)))
def test_every_hidden_number_could_be_another_one(table):
    """By trying out: all tables that look the same to a reader."""
    cells, lines = table
    hidden = hide(cells, lines)
    inner = [key for key in cells if "all" not in key]
    guesses = {Hidden.FEW: range(FEW), Hidden.PROTECTED: range(FEW, 15)}
    choices = [guesses[hidden[one]] if one in hidden else [cells[one]] for one in inner]
    rows, width = 1 + max(r for r, _ in inner), 1 + max(c for _, c in inner)
    alike = [
        other
        for values in product(*choices)
        if (other := with_totals(dict(zip(inner, values, strict=True)), rows, width)[0])
        and looks_the_same(other, cells, hidden)
    ]
    for cell in hidden:
        assert len({other[cell] for other in alike}) > 1, cell


def looks_the_same(other, cells, hidden):
    """Shown cells are equal, small ones small, other hidden ones not."""
    return all(
        (value < FEW) == (hidden[cell] is Hidden.FEW) if cell in hidden else value == cells[cell]
        for cell, value in other.items()
    )


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([40, 30, 20], {}),
        ([40, 30, 2], {1: "protected", 2: "few"}),  # else 2 = total - 40 - 30
        ([40, 2, 1], {1: "few", 2: "few"}),  # 0 to 3 each
        ([40, 0, 0], {0: "protected", 1: "few", 2: "few"}),  # their sum would say that both are 0
        ([40, 4, 4], {0: "protected", 1: "few", 2: "few"}),  # 8 is 4 and 4
    ],
)
def test_as_many_are_hidden_as_it_takes(values, expected):
    cells: dict[object, int] = {"all": sum(values)}
    cells |= dict(enumerate(values))
    lines = [Line(total="all", parts=(0, 1, 2))]
    assert hide(cells, lines) == expected

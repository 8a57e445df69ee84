"""Trees beside the weighted sum."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.trees import LEAF, Tree, default_forest, shares, total
from knowledge.weights import SURENESS, Style

LEAD = Tree(
    feature=(0, LEAF, 1, LEAF, LEAF),
    limit=(0.5, 0.0, 0.2, 0.0, 0.0),
    left=(1, 0, 3, 0, 0),
    right=(2, 0, 4, 0, 0),
    value=(0.1, -1.0, 0.6, 0.2, 1.0),
)
VALUES = st.lists(st.floats(0, 1), min_size=len(SURENESS), max_size=len(SURENESS))


@pytest.mark.parametrize(
    ("values", "says"), [((0.5, 1.0), -1.0), ((0.6, 0.2), 0.2), ((0.6, 0.3), 1.0)]
)
def test_a_tree_says_what_stands_at_the_leaf(values, says):
    assert total((LEAD, LEAD), values) == pytest.approx(2 * says)


@given(VALUES, st.sampled_from(Style))
def test_shares_and_roots_add_up_to_the_total(values, style):
    forest = default_forest(style)
    roots = sum(tree.value[0] for tree in forest)
    assert roots + sum(shares(forest, values)) == pytest.approx(total(forest, values), abs=1e-6)


@given(VALUES, st.sampled_from(Style), st.sampled_from(("lead", "share", "met")), st.floats(0, 1))
def test_more_of_what_speaks_for_an_answer_never_makes_it_less_sure(values, style, name, more):
    place = SURENESS.index(name)
    better = [*values]
    better[place] = max(values[place], more)
    forest = default_forest(style)
    assert total(forest, better) >= total(forest, values) - 1e-6

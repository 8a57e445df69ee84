"""Where bars and columns are."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.web.charts import columns, length, scale, ticks

VALUES = st.lists(st.none() | st.floats(0, 1e6), min_size=1, max_size=24)


@given(VALUES)
def test_columns_stand_side_by_side_within_the_picture(values):
    places = columns(values, scale(values, is_rate=False))
    assert len(places) == len(values)
    for place in places:
        assert 0 <= place.x <= place.x + place.width <= 100
        assert place.y + place.height == pytest.approx(100)
    for left, right in pairwise(places):
        assert left.x + left.width < right.x


@given(VALUES)
def test_the_higher_value_has_the_higher_column(values):
    most = scale(values, is_rate=False)
    heights = [length(value, most) for value in sorted(value or 0 for value in values)]
    assert heights == sorted(heights)


@pytest.mark.parametrize(
    ("value", "most", "expected"),
    [(None, 5, 0), (0, 5, 0), (5, 5, 100), (1, 100_000, 0.6), (9, 5, 100), (3, 0, 0)],
)
def test_what_is_there_is_seen_and_stays_inside(value, most, expected):
    assert length(value, most) == expected


@pytest.mark.parametrize(
    ("values", "expected"),
    [([], 1), ([None, 0], 1), ([3], 5), ([10], 10), ([11], 20), ([121], 200), ([9_999], 10_000)],
)
def test_the_scale_is_a_round_number_above_all_values(values, expected):
    assert scale(values, is_rate=False) == expected


def test_a_rate_fills_the_picture_at_one():
    assert scale([0.2], is_rate=True) == 1
    assert [(one.y, one.value) for one in ticks(1.0)] == [(0, 1.0), (50, 0.5)]

"""Personal numbers are made unreadable, others stay."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.privacy import has_personal_number, mask

# Made up: the region codes 999999 and the numbers 1390000xxxx belong to nobody.
ID_CARD = "999999" + "19900307" + "1234"
MOBILE = "1390000" + "1234"


@pytest.mark.parametrize(
    "text",
    [
        f"我的身份证是{ID_CARD}",
        f"身份证{ID_CARD[:-1]}X",
        f"电话{MOBILE}",
        "电话139 0000 1234",
        "电话+86-139-0000-1234",
        "电话１３９００００１２３４",
        "卡号6222 0000 0000 0000 123",
        "邮箱zhang.san@example.com",
    ],
)
def test_a_number_that_names_a_person_is_hidden(text):
    assert has_personal_number(text)
    assert not has_personal_number(mask(text))


@pytest.mark.parametrize(
    "text",
    [
        "12345热线",
        "024-12345678",
        "国办函〔2020〕109号",
        "查 2026-000123-7",
        "52769条",
        "2026年11月24日",
    ],
)
def test_other_numbers_stay(text):
    assert mask(text) == text


@given(st.text(max_size=100))
def test_masking_twice_changes_nothing(text):
    assert mask(mask(text)) == mask(text)

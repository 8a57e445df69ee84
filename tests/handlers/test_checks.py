"""What a field takes, and in which form it is kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers import checks
from handlers.forms import BadInput


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("13800000000", "13800000000"),
        ("１３８ ００００ ００００", "13800000000"),
        ("+86 138-0000-0000", "13800000000"),
        ("024-12345678", "024-12345678"),
        ("(024) 1234 5678", "024-12345678"),
        ("0086 13800000000", "13800000000"),
        ("024-12345678转801", "024-12345678转801"),
        ("024-12345678-801", "024-12345678转801"),
        ("０４１１－１２３４５６７分机８", "0411-1234567转8"),
        ("+852 2345 6789", "+85223456789"),
        ("001 415 555 0100", "+14155550100"),
    ],
)
def test_a_phone_number_is_kept_in_one_form(written, kept):
    assert checks.phone(written) == kept


@pytest.mark.parametrize(
    "written", ["", "1234", "138000000001", "12345678", "我没有电话", "-", "0", "+86"]
)
def test_what_is_no_phone_number_is_refused(written):
    with pytest.raises(BadInput, match="电话号码不对"):
        checks.phone(written)


@pytest.mark.parametrize("written", ["zhang@example.com", "ｚhang＠example。com"])
def test_a_mailbox_is_kept_half_width(written):
    assert checks.phone_or_mailbox(written) == "zhang@example.com"


@pytest.mark.parametrize("written", ["@", "a@b", "zhang@ example", "张@示例.公司"])
def test_what_is_no_mailbox_is_refused(written):
    with pytest.raises(BadInput, match="邮箱不对"):
        checks.phone_or_mailbox(written)


@pytest.mark.parametrize("written", ["", "张", "12", "😀😀", "名" * 61, "要收费吗", "多久？"])
def test_what_is_no_name_is_refused(written):
    with pytest.raises(BadInput):
        checks.name(written)


@pytest.mark.parametrize(
    "written", ["买买提·艾力", "某某（集团）有限公司", "O'Neil-Smith", "𠮷田", "Нурлан"]
)
def test_a_name_is_kept_as_it_is_written(written):
    assert checks.name(f" {written}\u200b\n") == written


def test_people_s_own_words_are_not_rewritten():
    words = "小区东侧，约５００㎡空地：\n半夜施工！（第２次）"
    assert checks.story(words) == words


def test_an_address_that_is_too_long_is_refused_not_cut():
    with pytest.raises(BadInput, match="最多200字，您写了201字"):
        checks.address("沈" * 201)


@given(st.text(max_size=100))
def test_a_checked_value_passes_its_check_again_unchanged(written):
    for check in (checks.plain, checks.name, checks.phone, checks.address, checks.story):
        try:
            kept = check(written)
        except BadInput:
            continue
        assert check(kept) == kept

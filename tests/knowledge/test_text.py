"""One road for every text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.text import clean, clean_all, document_numbers, fold, fold_all, normalise, words


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("你好,请问怎么申请信息公开?谢谢!", "怎么申请信息公开"),
        ("您好 我想咨询一下申请信息公开要钱吗", "申请信息公开要钱吗"),
        ("請問政府信息公開要多久", "政府信息公开要多久"),
        ("２０个工作日??????", "20个工作日"),
        ("怎  么 申，请。", "怎么申请"),
        ("求助啊啊啊啊啊啊怎么办", "求助啊怎么办"),
        ("What IS PPP", "whatisppp"),
        ("领导留言板怎么用", "领导留言板怎么用"),
        ("领导,怎么申请公开", "怎么申请公开"),
        ("谢谢", "谢谢"),
        ("利率3.5%", "利率3.5%"),
    ],
)
def test_politeness_width_and_script_make_no_difference(written, asked):
    assert normalise(written) == asked


@pytest.mark.parametrize(
    "written",
    [
        "辽发改办〔2017〕388号",
        "辽发改办(2017)388号",
        "辽发改办（2017）388 号",
        "辽发改办【2017】第388号",
        "辽发改办[２０１７]388号",
        "请看《辽发改办﹝2017﹞388号》",
        "辽发改办2017年第388号",
        "遼發改辦〔2017〕388號",
        "辽发改办2017年388号",
    ],
)
def test_a_document_number_is_the_same_in_every_bracket_and_width(written):
    assert document_numbers(written) == {"办2017-388"}


@pytest.mark.parametrize("written", ["2017年3月8日", "12345号", "第388号", "2017"])
def test_other_numbers_are_no_document_numbers(written):
    assert document_numbers(written) == frozenset()


def test_domain_words_are_cut_as_words():
    assert words("依申请公开要多久") == ["依申请公开", "多久"]


@pytest.mark.parametrize("text", ["", "  ", "😀😀", "?!…", "\u200b\ufeff", "。。。"])
def test_a_message_without_words_has_none(text):
    assert fold(text) == ""


@given(st.text(max_size=200))
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@given(st.text(max_size=200))
def test_cleaning_leaves_no_control_characters(text):
    assert not any(ord(char) < 32 and char not in "\t\n" for char in clean(text))


@given(st.text(alphabet="政府信息公开申请要多久", min_size=1, max_size=30))
def test_a_plain_question_is_never_lost(text):
    assert normalise(text)


ODD = "不没好收是qab.1 2,…！\n\t\r\u0301\u0307\u3099がﾞ①½´\u200b㎏臺灣Ａ\u2028\U00020001%"


@given(st.lists(st.text(alphabet=st.sampled_from(ODD) | st.characters(codec="utf-8"), max_size=9)))
def test_texts_folded_together_are_as_if_folded_one_by_one(texts):
    assert fold_all(texts) == "".join(fold(text) + "\n" for text in texts)


@given(
    st.lists(
        st.text(
            alphabet=st.sampled_from(ODD + "\n，。…　") | st.characters(codec="utf-8"), max_size=9
        ),
        min_size=1,
    )
)
def test_texts_cleaned_together_are_as_if_cleaned_one_by_one(texts):
    known = [text.replace("\ue000", "") for text in texts]
    assert clean_all(texts) == [clean(text) for text in known]


@pytest.mark.parametrize(
    ("written", "folded"),
    [("收不收费", "收费"), ("有没有没有", "有"), ("1.5.a.", "1.5a"), (".5。1...2", "51.2")],
)
def test_yes_or_no_and_decimal_points(written, folded):
    assert fold(written) == folded

"""Everyday words and official ones: the table, and what of it a question holds."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge import lexicon, wordlists
from knowledge.text import fold, normalise

LOOK_ALIKES = sorted(wordlists.words("lookalikes.txt"))


def test_the_table_is_large_enough_to_be_worth_searching():
    assert sum(map(len, lexicon.pairs().values())) >= 4500


def test_no_everyday_word_has_two_rows():
    rows = Counter(line.split("\t")[0] for line in wordlists.lines("lexicon.tsv"))
    assert [word for word, count in rows.items() if count > 1] == []


def test_every_row_is_one_everyday_word_and_its_official_words():
    lines = wordlists.lines("lexicon.tsv")
    assert [line for line in lines if len(line.split("\t")) != 2 or line.endswith("\t")] == []


def test_every_word_is_written_as_a_folded_question_is():
    """Otherwise it could never be found: folding turns 收不收费 into 收费."""
    words = [*lexicon.pairs(), *lexicon.reversed_pairs(), *LOOK_ALIKES]
    assert [word for word in words if fold(word) != word] == []


def test_no_word_is_a_single_character():
    words = [*lexicon.pairs(), *lexicon.reversed_pairs()]
    assert [word for word in words if len(word) < 2] == []


def test_no_everyday_word_stands_for_what_it_says_already():
    said = [(word, o) for word, words in lexicon.pairs().items() for o in words if o in word]
    assert said == []


def test_no_official_word_is_given_twice():
    pairs = lexicon.pairs()
    assert [word for word, words in pairs.items() if len(set(words)) < len(words)] == []


@pytest.mark.parametrize("look_alike", LOOK_ALIKES)
def test_what_only_looks_everyday_is_passed_over(look_alike):
    assert any(word in look_alike for word in lexicon.pairs())
    assert lexicon.official(look_alike) == []


@pytest.mark.parametrize(
    ("question", "word"),
    [
        ("要个文件得几天才给", "期限"),
        ("你们那儿看文件要钱不", "收费"),
        ("凭啥不给看批文", "不予公开"),
        ("材料不全让我再补", "补正"),
        ("俺不识字咋申请", "代为填写"),
        ("申请交上去石沉大海了", "逾期"),
        ("我想告政府", "行政诉讼"),
        ("镇里强拆了我家房子", "行政强制"),
        ("村干部把征地款分了", "土地补偿费"),
        ("建厂要先办环评吗", "环境影响评价"),
        ("有人围标怎么办", "串通投标"),
        ("上了黑名单咋洗白", "信用修复"),
        ("政府欠钱好几年了", "拖欠账款"),
        ("开饭馆要办啥证", "食品经营许可"),
        ("吃低保要啥条件", "最低生活保障"),
        ("借钱不还怎么打官司", "民间借贷"),
        ("离婚分房子怎么分", "夫妻共同财产"),
        ("老板不发工资", "劳动报酬"),
        ("被公司开除有没有钱赔", "解除劳动合同"),
        ("他把我打伤了会不会坐牢", "有期徒刑"),
        ("疫情封小区那阵房租能不能少", "租金"),
        ("退休金啥时候能领", "基本养老金"),
        ("小孩充值游戏的钱能退吗", "限制民事行为能力"),
        ("花了多少钱在吃喝上", "三公经费"),
    ],
)
def test_an_everyday_question_implies_the_official_word(question, word):
    assert word in lexicon.official(normalise(question))


@pytest.mark.parametrize(
    ("question", "word"),
    [
        ("机关几天答复", "行政拘留"),
        ("农村务工人员", "村务公开"),
        ("推动工作", "开工建设"),
        ("法定代表人变更", "人大代表"),
        ("统一审批", "第一审"),
        ("超过年限", "春节"),
        ("没收到回复", "没收违法所得"),
    ],
)
def test_an_official_question_implies_nothing_foreign(question, word):
    assert word not in lexicon.official(normalise(question))


def test_the_longest_word_wins():
    finder = lexicon.Finder(["官司", "打官司", "打官司的钱"])
    assert list(finder.find("打官司的钱谁出")) == ["打官司的钱"]
    assert list(finder.find("官司打完再打官司")) == ["官司", "打官司"]


def test_words_that_overlap_both_count():
    assert list(lexicon.Finder(["不给看", "看文件"]).find("不给看文件")) == ["不给看", "看文件"]


@given(
    st.lists(st.text("甲乙丙", min_size=2, max_size=4), max_size=8), st.text("甲乙丙", max_size=12)
)
def test_what_is_found_is_there_and_what_is_missed_lies_within_another(words, text):
    found = list(lexicon.Finder(words).find(text))
    assert all(word in text for word in found)
    missed = {word for word in words if word in text} - set(found)
    assert all(any(word in other for other in found) for word in missed)


def test_a_word_of_the_question_is_not_implied_again():
    assert "费用" in lexicon.official("要钱吗")
    assert "费用" not in lexicon.official("费用要钱吗")


def test_an_official_word_leads_back_to_everyday_ones():
    assert {"打官司", "官司"} <= set(lexicon.everyday("诉讼的费用"))
    assert "多久" in lexicon.everyday("答复期限")


def test_a_longer_official_word_hides_the_shorter():
    assert "官司" not in lexicon.everyday("行政诉讼")


def test_an_empty_question_implies_nothing():
    assert lexicon.official("") == lexicon.everyday("") == []

"""Where in a text the words of a question stand together."""

import pytest

from knowledge.told import NAMES, NOTHING, Sought, values

RULE = "业主应当按照约定交纳物业费。逾期不交的,可以催告。物业服务人不得断水断电。"
LAST = ("断水", "断电", "水断")


def features(text, *, pairs=("物业", "断水", "断电"), words=("物业", "断水")):
    sought = Sought(
        folded="物业断水断电", pairs=dict.fromkeys(pairs, 1.0), words=dict.fromkeys(words, 0.5)
    )
    return dict(
        zip(
            NAMES, values(sought, text, text, {pair for pair in pairs if pair in text}), strict=True
        )
    )


def test_words_in_one_sentence_count_more_than_the_same_words_far_apart():
    apart = "物业费按月交纳。逾期可以催告。不得断水。情节严重的另行处理。不得断电。"
    assert features(RULE)["near"] == 1
    assert features(apart)["near"] == pytest.approx(1 / 3)


def test_two_sentences_that_follow_each_other_count_as_one_place():
    assert features("物业公司不得断水。也不得断电。")["near"] == 1


def test_the_place_is_where_most_of_the_question_stands():
    assert features(RULE, pairs=LAST)["near_where"] == pytest.approx(1 / 3)


def test_a_word_that_the_best_place_lacks_is_said_by_its_rarity():
    assert features("业主交纳物业费。")["near_missing"] == 0.5
    assert features(RULE)["near_missing"] == 0


def test_a_pair_across_the_end_of_a_sentence_is_none():
    assert features("这是物。业主不交。", pairs=("物业",))["near"] == 0


def test_an_entry_without_text_has_no_features():
    assert tuple(features("").values()) == NOTHING


def test_a_question_of_one_character_is_looked_for_as_well():
    sought = Sought(folded="水", pairs={"水": 1.0}, words={})
    assert (
        0 <= min(values(sought, RULE, RULE, {"水"})) <= max(values(sought, RULE, RULE, {"水"})) <= 1
    )


def test_features_lie_between_zero_and_one_however_long_the_text_is():
    assert all(0 <= value <= 1 for value in features(RULE * 1000).values())

"""A sentence model beside the features."""

from dataclasses import replace

import numpy as np
import pytest

from knowledge import Candidate, EmbeddingFailed, Matcher, SentenceModel
from knowledge.embedding import LONGEST, passage
from knowledge.matching import meant_odds
from knowledge.reading import Reading
from knowledge.weights import Meant, default_weights
from tests.conftest import ENTRIES, entry

SAME = {"花钱": "收费"}


class Model:
    """Knows words of one meaning, and by characters what else is near."""

    def __init__(self, broken=False):
        self.texts, self.broken = [], broken

    def embed(self, texts, *, asking):
        if self.broken:
            raise EmbeddingFailed
        self.texts += texts
        rows = np.zeros((len(texts), 512), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for word, meant in SAME.items():
                text = text.replace(word, meant)
            row[[ord(char) % 512 for char in text]] = 1
        return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)


def matcher(model, worth=40.0):
    weights = replace(default_weights(), meant=Meant(rank=worth, first=2.0))
    return Matcher(
        [entry("a", "公园门票收费吗", "收。"), entry("b", "公园门票在哪买", "门口。")],
        weights,
        SentenceModel(model),
    )


def test_what_the_model_says_moves_the_order():
    asked = "去公园花钱不"
    unmoved = {one.entry.id: one.score for one in matcher(Model(), worth=1e-9).rank(asked)}
    moved = {one.entry.id: one.score for one in matcher(Model()).rank(asked)}
    assert moved["a"] - moved["b"] > unmoved["a"] - unmoved["b"] + 1


def test_a_model_that_fails_changes_nothing(caplog):
    asked = "公园门票收不收费"
    assert matcher(Model(broken=True)).rank(asked) == Matcher(matcher(Model()).entries).rank(asked)
    assert "句子模型没有回应" in caplog.text


def test_a_text_is_embedded_once():
    model = Model()
    asking = matcher(model)
    asking.match("公园门票收不收费")
    asking.match("公园门票收不收费")
    assert len(model.texts) == len(set(model.texts))


def test_a_model_that_counts_for_nothing_is_not_asked():
    model = Model()
    matcher(model, worth=0.0).match("公园门票收不收费")
    assert model.texts == []


def test_of_a_long_text_the_model_reads_the_nearest_passage():
    text = "绿化由城建部门负责。" * 60 + "停产企业的容量电费当月免收。" + "其他事项另行通知。" * 60
    read = passage(Reading("容量电费免收", "容量电费免收"), text)
    assert "容量电费" in read
    assert len(read) <= LONGEST


@pytest.mark.parametrize(
    ("meants", "odds"), [((None,), 0.0), ((0.9,), 2.9), ((0.9, 0.8), 2.1), ((0.9, 0.8, 0.7), 2.1)]
)
def test_what_it_adds_to_the_odds(meants, odds):
    weights = replace(default_weights(), meant=Meant(first=1.0, lead=1.0, bias=1.1))
    one = [Candidate(entry=ENTRIES[0], score=0.0, wording="", meant=meant) for meant in meants]
    assert meant_odds(one, weights) == pytest.approx(odds)

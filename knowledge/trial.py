"""A trial run: an index over one file answers a file of questions, and the time it takes.

For measuring; uses no database and no starter knowledge. Entries are lines of
`{"id", "question", "answer", "similar": []}`, questions `{"query", "gold": [id]}`, results
`{"query", "ranked": [{"id", "score"}], "decision", "confidence", "ms"}`.
"""

import json
import resource
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter
from typing import Any

from knowledge.embedding import SentenceModel
from knowledge.errors import BadFile, Problem
from knowledge.files import read_faq
from knowledge.files.saving import save, saving
from knowledge.learning import Asked, tuned
from knowledge.matching import Matcher
from knowledge.outcomes import Found, NotFound, Outcome, Unsure
from knowledge.text import tokenizer
from knowledge.vectors import table

RANKED = 10
_DECISIONS = {Found: "answer", Unsure: "clarify", NotFound: "escalate"}


def run_trial(
    *,
    faq: Path,
    queries: Path,
    out: Path,
    stats: Path | None = None,
    train: Path | None = None,
    sentences: SentenceModel | None = None,
) -> None:
    """Answer every question of `queries` and write `out` in the same order."""
    questions = list(_read(queries))
    tokenizer()
    table()
    entries = read_faq(faq)
    started = perf_counter()
    matcher = Matcher(entries, sentences=sentences).warmed()
    build_seconds = perf_counter() - started
    if train:
        matcher = tuned(matcher, list(_read(train)))
    times = []
    with saving(out) as file:
        for asked in questions:
            begun = perf_counter()
            outcome = matcher.match(asked.question)
            times.append((perf_counter() - begun) * 1000)
            line = {**_result(asked.question, outcome), "ms": round(times[-1], 3)}
            file.write(json.dumps(line, ensure_ascii=False).encode() + b"\n")
    if stats:
        told = json.dumps(_stats(len(entries), build_seconds, sorted(times)))
        save(stats, f"{told}\n".encode())


def _read(path: Path) -> Iterator[Asked]:
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            if line.strip():
                yield _asked(path, number, line)


def _asked(path: Path, number: int, line: bytes) -> Asked:
    try:
        values = json.loads(line.decode("utf-8-sig"))
        query, gold = values["query"], values.get("gold", ())
        query.encode()  # half a character, "\ud800", is valid JSON and no text
        return Asked(question=query, gold=frozenset([gold] if isinstance(gold, str) else gold))
    except (ValueError, KeyError, TypeError, AttributeError) as exc:
        text = '这一行不是 {"query": …, "gold": […]}'
        raise BadFile([Problem(file=str(path), line=number, column=1, text=text)]) from exc


def _result(query: str, outcome: Outcome) -> dict[str, Any]:
    ranked = outcome.candidates[:RANKED]
    return {
        "query": query,
        "ranked": [{"id": c.entry.id, "score": round(c.score, 4)} for c in ranked],
        "decision": _DECISIONS[type(outcome)],
        "confidence": round(outcome.confidence, 4),
    }


def _stats(entries: int, build_seconds: float, times: list[float]) -> dict[str, float]:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {
        "entries": entries,
        "build_seconds": round(build_seconds, 3),
        "peak_mb": round(peak, 1),
        **{f"ms_p{p}": round(_percentile(times, p), 3) for p in (50, 95, 99)},
    }


def _percentile(ordered: list[float], percent: int) -> float:
    return ordered[min(len(ordered) * percent // 100, len(ordered) - 1)] if ordered else 0.0

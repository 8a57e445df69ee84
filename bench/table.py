"""Ours beside the peers on every question set: `python -m bench.table [../shared/eval]`.

Each set is answered with the default settings, and where it has training questions once more with
them; `score.py` of the sets does the scoring. The peers' rows are those that the sets' README
gives. Prints one Markdown table. Sets that are absent are left out.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from bot.embedders import BUNDLED, Bundled
from knowledge import SentenceModel
from knowledge.trial import run_trial

SETS = (
    "ncpqa_doc", "nearmiss", "covid_faq_small", "covid_faq_small_homo15", "lcqmc_open",
    "lcqmc_open_homo15", "stard_small", "petition_titles",
)  # fmt: skip
TOO_MANY = ("petition_titles",)  # questions for a sentence model
FIGURES = (
    "r1", "r3", "in_answer", "out_answer", "answer_precision", "wrong_rate", "useful_rate",
    "auroc", "cov95", "ms_p50", "ms_p99",
)  # fmt: skip
# Places of the same figures in a row of the peers' table, counted from the name of the set.
_PEER_COLUMNS = (3, 4, 6, 7, 8, 9, 10, 11, 12, 14, 15)


def ours(folder: Path, *, train: bool = False, model: SentenceModel | None = None) -> list[str]:
    """The row of one set."""
    queries = folder / "queries_dev.jsonl"
    with tempfile.TemporaryDirectory() as made:
        out, stats = Path(made) / "out.jsonl", Path(made) / "stats.json"
        learned = folder / "queries_train.jsonl" if train else None
        run_trial(
            faq=folder / "faq.jsonl", queries=queries, out=out, stats=stats, train=learned,
            sentences=model,
        )  # fmt: skip
        score = [sys.executable, str(folder.parent / "score.py"), "--json"]
        files = ["--queries", str(queries), "--out", str(out), "--stats", str(stats)]
        done = subprocess.run([*score, *files], check=True, capture_output=True, text=True)
    figures = json.loads(done.stdout)
    more = ", trained" if train else ", sentence model" if model else ""
    name = f"zhengwen{more}" if more else "**zhengwen**"
    return [folder.name, name, *(_number(figures.get(figure)) for figure in FIGURES)]


def _number(value: object) -> str:
    return f"{value:.3f}" if isinstance(value, int | float) else "–"


def peers(readme: Path, name: str) -> Iterator[list[str]]:
    """The peers' rows for a set, without their intervals."""
    for line in readme.read_text("utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) > max(_PEER_COLUMNS) and cells[0] == name:
            yield [name, cells[1], *(cells[place].split(" [")[0] for place in _PEER_COLUMNS)]


def rows(root: Path) -> Iterator[list[str]]:
    """All rows, set by set, the peers first; with the sentence model where it is installed."""
    model = SentenceModel(Bundled()) if find_spec(BUNDLED) else None
    for folder in (root / name for name in SETS):
        if (folder / "queries_dev.jsonl").exists():
            yield from peers(root / "README.md", folder.name)
            yield ours(folder)
            if (folder / "queries_train.jsonl").exists():
                yield ours(folder, train=True)
            if model and folder.name not in TOO_MANY:
                yield ours(folder, model=model)


def main(root: Path) -> None:
    """Print the table as it is worked out."""
    print("| " + " | ".join(("set", "method", *FIGURES)) + " |")
    print("|---" * (len(FIGURES) + 2) + "|")
    for row in rows(root):
        print("| " + " | ".join(row) + " |", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/eval"))

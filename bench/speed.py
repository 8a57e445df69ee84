"""Speed and memory of answering, at growing sizes: `python -m bench.speed [SIZE…]`.

Each size runs in a process of its own, so that memory is its own. Entries beyond the starter
knowledge are grown from it: the same sentences with places, years and amounts changed, so that
posting lists and near misses grow as they do in life. Prints one Markdown table.
"""

import gc
import json
import random
import resource
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from itertools import count, islice, product
from time import perf_counter

from bot.services import read_starter
from knowledge import Entry, Matcher
from knowledge.text import tokenizer
from knowledge.vectors import table
from knowledge.wordlists import lines

SIZES = (200, 5_000, 100_000)
WORDINGS = (1, 7)  # of each entry, the question included
QUESTIONS = 2_000
EDITS = 20
COLLECTED = 50_000  # new objects after which cycles are looked for, as `bot.cli.main` has it


def grown(size: int, wordings: int) -> list[Entry]:
    """`size` entries: the starter knowledge first, then variations of it."""
    starter = [replace(one, similar=one.similar[: wordings - 1]) for one in read_starter()]
    regions = [region for line in lines("regions.txt") for region in line.split()]
    chance = random.Random(1)
    made = list(starter)
    for number in count():
        if len(made) >= size:
            return made[:size]
        entry = starter[number % len(starter)]
        place, year = chance.choice(regions), chance.randint(2000, 2026)
        made.append(_varied(entry, f"{place}{year}年", f"{entry.id}-{number}"))
    return made


def _varied(entry: Entry, mark: str, entry_id: str) -> Entry:
    return replace(
        entry,
        id=entry_id,
        question=mark + entry.question,
        similar=tuple(mark + wording for wording in entry.similar),
        answer=mark + entry.answer,
    )


def asked(entries: Sequence[Entry]) -> list[str]:
    """Questions as people ask them: other wordings, with a character lost or a greeting added."""
    chance = random.Random(2)
    wordings = [w for entry in entries for w in entry.wordings]
    return list(islice((_spoken(chance.choice(wordings), chance) for _ in count()), QUESTIONS))


def _spoken(wording: str, chance: random.Random) -> str:
    cut = chance.randrange(len(wording))
    lost = wording[:cut] + wording[cut + 1 :]
    return chance.choice((wording, lost, f"你好,请问{wording}谢谢"))


def edit_ms(matcher: Matcher, entries: Sequence[Entry]) -> float:
    """Milliseconds until a changed answer is found, the longest of some after the first, which
    writes down where every entry stands."""
    taken = []
    for entry in entries[: EDITS + 1]:
        changed = replace(entry, answer=f"改{entry.answer}")
        begun = perf_counter()
        matcher = matcher.edited([entry.id], [changed])
        matcher.match(entry.question)
        taken.append((perf_counter() - begun) * 1000)
    return max(taken[1:])


def measure(size: int, wordings: int) -> dict[str, float]:
    """Build, then answer `QUESTIONS` questions one after the other; of size 0 the starter
    knowledge as it is."""
    gc.set_threshold(COLLECTED)
    tokenizer()
    table()
    entries = grown(size, wordings) if size else read_starter()
    base = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    started = perf_counter()
    matcher = Matcher(entries)
    built = perf_counter() - started
    questions = asked(entries)
    for question in questions[:50]:
        matcher.match(question)
    times = []
    for question in questions:
        begun = perf_counter()
        matcher.match(question)
        times.append((perf_counter() - begun) * 1000)
    times.sort()
    edit = edit_ms(matcher, entries)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {
        "entries": len(entries),
        "wordings": sum(len(entry.wordings) for entry in entries) / len(entries),
        "edit_ms": edit,
        "build_s": built,
        "per_s": len(times) / sum(times) * 1000,
        "p50": times[len(times) // 2],
        "p99": times[len(times) * 99 // 100],
        "peak_mb": peak,
        "entries_mb": base,
    }


def main(sizes: Sequence[int]) -> None:
    """One row a size and number of wordings."""
    print(
        "| entries | wordings each | build s | questions/s | p50 ms | p99 ms | edit ms | peak MB "
        "| of it before the index |"
    )
    print("|---|---|---|---|---|---|---|---|---|")
    for size, wordings in ((0, 0), *product(sizes, WORDINGS)):
        one = [sys.executable, "-m", "bench.speed", "--one", str(size), str(wordings)]
        done = subprocess.run(one, check=True, capture_output=True, text=True)
        r = json.loads(done.stdout)
        print(
            f"| {r['entries']:,} | {r['wordings']:.0f} | {r['build_s']:.2f} | {r['per_s']:.0f} "
            f"| {r['p50']:.2f} "
            f"| {r['p99']:.2f} | {r['edit_ms']:.0f} | {r['peak_mb']:.0f} | {r['entries_mb']:.0f} |"
        )


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        print(json.dumps(measure(*map(int, sys.argv[2:4]))))
    else:
        main([int(size) for size in sys.argv[1:]] or SIZES)

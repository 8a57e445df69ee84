"""How fast pages of figures are with many cases, through HTTP on loopback.

    python -m bench.figures --cases 100000 --db /tmp/cases-bench.db

The database is the one of `bench.cases`, filled on the first run. Median and worst of a few calls
of each page in seconds; the public page the first time in a month, then kept; how long another
page waits meanwhile.
"""

import argparse
import asyncio
import json
import time
from pathlib import Path
from statistics import median

import httpx

from bench.cases import opened, records
from bench.desk_world import NOW, PASSWORD, World, reopened
from bench.screenshots_desk import served
from petitions import SYSTEM, Filter, Role

PAGES = {
    "figures of the year": "/metrics?period=this_year",
    "figures of the year by kind": "/metrics?period=this_year&by=kind",
    "figures of a month": "/metrics?period=last_month",
    "figures of the year, a month ago": "/metrics?period=this_year&as_of=2026-10-31",
    "cases behind a number": "/metrics/cases?period=this_year&figure=late&group=all",
    "Excel": "/metrics.xlsx?period=this_year",
}
WHO = "统计员"


def main() -> None:
    """Fill, measure, print JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--times", type=int, default=5)
    parser.add_argument("--db", type=Path, required=True)
    given = parser.parse_args()
    db, desk = opened(given.db)
    if desk.queue.find(Filter(), by=SYSTEM, limit=1).total == 0:
        desk.archive.load(list(records(given.cases)), by=SYSTEM)
    db.close()
    with reopened(given.db) as world:
        people = world.program.services.desk.people
        if WHO not in {user.name for user in people.all()}:
            people.add(WHO, role=Role.SUPERVISOR, department="办公室", at=NOW, password=PASSWORD)
        found = asyncio.run(measure(world, given.times))
    print(json.dumps(found, ensure_ascii=False, indent=2))


async def measure(world: World, times: int) -> dict[str, object]:
    """Seconds by page."""
    async with served(world) as url:
        site = url.removesuffix("/desk")
        headers = {"Origin": site}
        async with httpx.AsyncClient(headers=headers, timeout=60, trust_env=False) as client:
            await client.post(f"{url}/sign-in", data={"name": WHO, "password": PASSWORD})
            found: dict[str, object] = {
                name: await _times(client, url + path, times) for name, path in PAGES.items()
            }
            for name in ("public page, counted", "public page, kept"):
                found[name] = await _times(client, f"{site}/figures", 1)
            found["a list meanwhile"] = await _meanwhile(client, url)
    return found


async def _times(client: httpx.AsyncClient, url: str, times: int) -> dict[str, float]:
    took = []
    for _ in range(times):
        begun = time.perf_counter()
        (await client.get(url)).raise_for_status()
        took.append(time.perf_counter() - begun)
    return {"median": round(median(took), 3), "worst": round(max(took), 3)}


async def _meanwhile(client: httpx.AsyncClient, url: str) -> dict[str, float]:
    """Lists asked for while somebody else's figures are being counted."""
    counting = asyncio.create_task(client.get(f"{url}/metrics?period=this_year"))
    took = []
    while not counting.done():
        begun = time.perf_counter()
        (await client.get(f"{url}?tab=all")).raise_for_status()
        took.append(time.perf_counter() - begun)
    return {"median": round(median(took), 3), "worst": round(max(took), 3)}


if __name__ == "__main__":
    main()

"""The desk under load: `python -m bench.desk [CASES] [SECONDS] [CLERKS]`.

First the pages, one after the other, on a year's cases: list, search, case (median, p95). Then
clerks who work at the same time while new cases arrive: every reply must be there once, in a chain
that verifies, and nothing may fail. All through HTTP on loopback, in one process with the server.
"""

import asyncio
import random
import re
import secrets
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing import Pipe, get_context
from multiprocessing.connection import Connection
from pathlib import Path
from statistics import median, quantiles

import httpx

from bench.cases import records
from bench.desk_world import OFFICER, PASSWORD, TEXTS, World, fill, opened, reopened
from bench.screenshots_desk import served
from petitions import SYSTEM, Action, Filter, PetitionStore, Role
from petitions.people import hashed

PER_SECOND = 20  # new cases
FRESH = 100  # cases with a history of their own, beside the loaded ones
COUNTERS = 4  # where they are registered
ROUNDS = 60  # of each page


@dataclass
class Watch:
    """How long things took, by name, in milliseconds."""

    took: dict[str, list[float]] = field(default_factory=dict)
    failed: list[str] = field(default_factory=list)

    async def time(
        self, name: str, call: Awaitable[httpx.Response], *, fine: Collection[int] = ()
    ) -> httpx.Response:
        """Await a response and note how long that took and whether it was refused.

        `fine`: refusals that are no failures.
        """
        begun = time.perf_counter()
        response = await call
        self.took.setdefault(name, []).append((time.perf_counter() - begun) * 1000)
        if response.status_code >= 400 and response.status_code not in fine:
            self.failed.append(f"{name}: {response.status_code} {_problem(response)}")
        return response

    def report(self) -> None:
        """A line a name."""
        for name, times in self.took.items():
            p95 = quantiles(times, n=20)[-1] if len(times) > 1 else times[0]
            print(
                f"{name:<10} {len(times):>6} x  median {median(times):7.1f} ms  p95 {p95:7.1f} ms"
            )
        for problem in self.failed[:10]:
            print("failed:", problem)


def _problem(response: httpx.Response) -> str:
    found = re.search(r'class="bad"[^>]*>([^<]*)', response.text)
    return found[1] if found else ""


def _browser(url: str) -> httpx.AsyncClient:
    origin = url.removesuffix("/desk")
    return httpx.AsyncClient(
        base_url=origin,
        headers={"Accept": "text/html", "Origin": origin},
        follow_redirects=True,
        timeout=60,
        trust_env=False,
    )


async def _signed_in(url: str, name: str) -> httpx.AsyncClient:
    client = _browser(url)
    page = await client.post("/desk/sign-in", data={"name": name, "password": PASSWORD})
    assert page.url.path == "/desk", page.text
    return client


def _field(page: httpx.Response, pattern: str) -> str:
    found = re.search(pattern, page.text)
    return found[1] if found else ""


async def pages(url: str, numbers: Sequence[str]) -> Watch:
    """The pages, one request at a time."""
    watch, dice = Watch(), random.Random(3)
    client = await _signed_in(url, "赵强")
    asked: dict[str, Callable[[], str]] = {
        "list": lambda: "/desk?tab=all",
        "everything": lambda: f"/desk?tab=all&open=any&page={dice.randint(1, 40)}",
        "search": lambda: f"/desk?tab=all&open=any&q={dice.choice(('水费', '备案', '充电桩'))}",
        "number": lambda: f"/desk?tab=all&open=any&q={dice.choice(numbers)[:11]}",
        "case": lambda: f"/desk/case/{dice.choice(numbers)}",
    }
    for name, path in asked.items():
        await client.get(path())  # once to warm up
        for _ in range(ROUNDS):
            await watch.time(name, client.get(path()))
    return watch


@dataclass
class Day:
    """What clerks have in common."""

    url: str
    until: float
    watch: Watch = field(default_factory=Watch)
    registered: list[str] = field(default_factory=list)
    submitted: list[str] = field(default_factory=list)
    run: str = field(default_factory=lambda: secrets.token_hex(4))  # its forms are its own
    lost_races: int = 0  # somebody else was faster, and the page said so


async def clerks(url: str, seconds: float, count: int) -> Day:
    """Clerks take what is new and reply to it, while more arrives at the counter."""
    people = [await _signed_in(url, f"承办人{at}") for at in range(count)]
    counters = [await _signed_in(url, "孙丽") for _ in range(COUNTERS)]
    day = Day(url=url, until=time.monotonic() + seconds)
    arriving = (_arrive(one, day, at) for at, one in enumerate(counters))
    await asyncio.gather(*arriving, *(_work(one, day) for one in people))
    return day


async def _arrive(client: httpx.AsyncClient, day: Day, at: int) -> None:
    """New cases at this counter's share of the rate, however long each takes."""
    page = await client.get("/desk/new")
    token, begun, made = _field(page, r'name="token" value="([^"]*)"'), time.monotonic(), 0
    while time.monotonic() < day.until:
        _, kind, text = TEXTS[made % len(TEXTS)]
        form = {"token": token, "nonce": f"{day.run}-{at}-{made}", "channel": "phone"}
        # No two texts alike, as in life: nothing that was looked up for one serves the next.
        form |= {"kind": kind.value, "text": f"{text}（来电人住{at}区{made}号。）"}
        page = await day.watch.time("register", client.post("/desk/new", data=form))
        day.registered.append(_field(page, r"(\d{4}-\d{6}-\d)"))
        made += 1
        await asyncio.sleep(max(0.0, begun + made * COUNTERS / PER_SECOND - time.monotonic()))


async def _work(client: httpx.AsyncClient, day: Day) -> None:
    """One clerk: look at the list, take a case, reply, again; a second or two on every page."""
    dice = random.Random(str(client.cookies))
    await asyncio.sleep(dice.random() * 2)
    while time.monotonic() < day.until:
        page = await day.watch.time("list", client.get("/desk?tab=new&order=newest"))
        numbers = re.findall(r"/desk/case/([\d-]+)", page.text)
        if numbers:
            await _handle(client, day, dice.choice(numbers), dice)
        await asyncio.sleep(dice.random() * 2)


async def _handle(client: httpx.AsyncClient, day: Day, number: str, dice: random.Random) -> None:
    path = f"/desk/case/{number}"
    page = await day.watch.time(
        "case", client.get(path), fine=(403,)
    )  # another department's by now
    for action in (Action.ACCEPT, Action.CLAIM):
        await asyncio.sleep(dice.random() * 2)
        if f"/do/{action.value}" not in page.text:
            day.lost_races += 1
            return
        page = await day.watch.time(
            action.value, client.post(f"{path}/do/{action.value}", data=_form(page)), fine=_FASTER
        )
        if page.status_code in _FASTER:
            day.lost_races += 1
            return
    text = {"body": "您好，已经办理。"}
    await asyncio.sleep(dice.random() * 2)
    await day.watch.time("draft", client.post(f"{path}/draft", data={**_form(page), **text}))
    outcome = "granted" if 'value="granted"' in page.text else "explained"
    form = {**_form(page), **text, "do": "submit", "outcome": outcome}
    await day.watch.time("submit", client.post(f"{path}/reply", data=form))
    day.submitted.append(number)


def _form(page: httpx.Response) -> dict[str, str]:
    return {
        "token": _field(page, r'name="token" value="([^"]*)"'),
        "version": _field(page, r'data-version="(\d+)"'),
    }


_FASTER = (403, 409)  # somebody else was
EXPECTED = (Action.REGISTER, Action.ACCEPT, Action.CLAIM, Action.SUBMIT)


def _check(world: World, day: Day) -> None:
    """Nothing lost, nothing doubled, the chain whole."""
    desk, by, failed = world.program.services.desk, world.actor("赵强"), day.watch.failed
    submitted = set(day.submitted)
    for number in day.registered:
        actions = tuple(event.action for event in desk.queue.page(number, by=by).events)
        right = actions == EXPECTED if number in submitted else actions in _BEGUN
        if not right:
            failed.append(f"{number}: {actions}")
    if len(submitted) != len(day.submitted) or len(set(day.registered)) != len(day.registered):
        failed.append("something was done twice")
    failed += [f"chain: {broken}" for broken in desk.queue.verify()]
    print(
        f"registered {len(day.registered)}, submitted {len(day.submitted)}, "
        f"somebody was faster {day.lost_races}, failed {len(failed)}"
    )


_BEGUN = tuple(EXPECTED[:length] for length in (1, 2, 3))


def _hire(world: World, count: int) -> None:
    """Clerks with one password, hashed once: hiring is not what is measured."""
    store, people = PetitionStore(world.program.db), world.program.services.desk.people
    password = hashed(PASSWORD)
    departments = sorted(OFFICER)
    with world.program.db.atomic():
        for at in range(count):
            user = people.add(
                f"承办人{at}", role=Role.STAFF, department=departments[at % 3], at=world.clock()
            )
            store.set_password(user.id, password)


def _serve(database: Path, pipe: Connection) -> None:
    """The desk in a process of its own, until the other end says so."""
    with reopened(database, sign_ins_per_minute=10_000) as world:
        asyncio.run(_serve_until(world, pipe))


async def _serve_until(world: World, pipe: Connection) -> None:
    async with served(world) as url:
        pipe.send(url)
        await asyncio.to_thread(pipe.recv)


@contextmanager
def _server(database: Path) -> Iterator[str]:
    """The address of the desk on this database."""
    ours, theirs = Pipe()
    process = get_context("spawn").Process(target=_serve, args=(database, theirs))
    process.start()
    theirs.close()  # so that we are told if it ends before it answers
    try:
        yield ours.recv()
    finally:
        with suppress(BrokenPipeError):
            ours.send("stop")
        process.join()


def measure(cases: int, seconds: float, count: int) -> None:
    """Both parts on one database."""
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "desk.db"
        begun = time.perf_counter()
        with opened(database.parent) as world:
            world.program.services.desk.archive.load(list(records(cases)), by=SYSTEM)
            fill(world, FRESH)
            _hire(world, count)
            numbers = _some_numbers(world)
        print(f"{cases} cases made in {time.perf_counter() - begun:.0f} s")
        with _server(database) as url:
            asyncio.run(pages(url, numbers)).report()
            print(f"--- {count} clerks, {seconds:.0f} s, {PER_SECOND} new cases a second")
            day = asyncio.run(clerks(url, seconds, count))
        with reopened(database) as world:
            _check(world, day)
        day.watch.report()


def _some_numbers(world: World) -> list[str]:
    queue = world.program.services.desk.queue
    return [row.number for row in queue.find(Filter(), by=world.actor("赵强"), limit=2000).rows]


def main() -> None:
    """Measure and print."""
    words = sys.argv[1:]
    cases, seconds, count = (
        int(words[at]) if at < len(words) else usual for at, usual in enumerate((100_000, 300, 50))
    )
    measure(cases, seconds, count)


if __name__ == "__main__":
    main()

"""How fast lists, search, case pages, figures and recounts are with many cases.

    python -m bench.cases --cases 100000 --db /tmp/cases-bench.db

Made-up cases of one year with the usual lives. Prints Markdown: the 95th percentile of each reading
in milliseconds, then what takes seconds; on the clock, and of the processor, which other work on
the machine disturbs less. The database is filled on the first run and used again.
"""

import argparse
import random
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlite_utils import Database

from bot.store import open_database
from petitions import (
    SYSTEM,
    Calendar,
    Channel,
    Filter,
    Kind,
    Mark,
    Order,
    PetitionDesk,
    PetitionStore,
    Record,
    State,
    migrations,
)
from petitions.holidays import Holiday
from reports import By, Office, Period, metrics
from reports.metrics import end_of

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 24, 4, tzinfo=UTC)
TODAY = date(2026, 11, 24)
DEPARTMENTS = tuple(
    f"{name}处"
    for name in ["投资", "能源", "交通", "环资", "价格", "法规", "体改", "社会", "综合", "信息"]
)
WHAT = (
    "路灯",
    "噪音",
    "供暖",
    "停车",
    "垃圾",
    "积水",
    "物业",
    "学位",
    "社保",
    "医保",
    "工资",
    "违建",
    "公交",
    "绿化",
    "井盖",
    "电梯",
    "燃气",
    "网络",
)
WHERE = (
    "小区",
    "学校",
    "医院",
    "市场",
    "公园",
    "路口",
    "工地",
    "河边",
    "车站",
    "广场",
    "村里",
    "厂区",
)
HOW = (
    "没有人管",
    "坏了三个月",
    "影响休息",
    "请尽快处理",
    "什么时候解决",
    "收费不合理",
    "反映多次没有结果",
)


def records(count: int) -> Iterator[Record]:
    """Cases of the year up to now: most are done, the last weeks' are open."""
    choose = random.Random(1)
    for n in range(count):
        received = date(2026, 1, 1) + timedelta(days=int(n * 327 / count))
        done = (TODAY - received).days > 25 and choose.random() < 0.97
        replied = received + timedelta(days=choose.randrange(1, 24)) if done else None
        text = f"{choose.choice(WHERE)}{choose.choice(WHAT)}{choose.choice(HOW)}，编{n}号楼。"
        yield Record(
            kind=choose.choice([Kind.CONSULTATION, Kind.APPEAL, Kind.APPEAL, Kind.LETTER]),
            channel=choose.choice(list(Channel)),
            title=text[:20],
            content=text * 3,
            received_at=received,
            accepted_at=received,
            department=choose.choice(DEPARTMENTS),
            replied_at=replied,
            closed_at=replied,
        )


def opened(path: Path) -> tuple[Database, PetitionDesk]:
    """The database and its desk."""
    db = open_database(path)
    migrations.apply(db)
    store = PetitionStore(db)
    desk = PetitionDesk(
        store=store, calendar=Calendar.from_store(store), clock=lambda: NOW, zone=ZONE
    )
    return db, desk


class Took(NamedTuple):
    """How long something took, in seconds."""

    clock: float
    processor: float


def took(call: Callable[[], Any]) -> Took:
    """How long one call takes."""
    clock, processor = time.perf_counter(), time.process_time()
    call()
    return Took(time.perf_counter() - clock, time.process_time() - processor)


def p95(call: Callable[[int], Any], times: int) -> Took:
    """The 95th percentile of a call."""
    each = [took(partial(call, n)) for n in range(times)]
    place = int(0.95 * (times - 1))
    clock, processor = (sorted(values)[place] for values in zip(*each, strict=True))
    return Took(clock, processor)


def readings(desk: PetitionDesk, numbers: list[str], times: int) -> dict[str, Took]:
    """What a front end asks for, again and again."""
    lists = {
        "open, due first": Filter(open=True),
        "department": Filter(open=True, department=DEPARTMENTS[0]),
        "everything": Filter(),
        "closed of a department": Filter(states=frozenset({State.CLOSED}), department="能源处"),
        "kind and channel": Filter(
            kinds=frozenset({Kind.LETTER}), channels=frozenset({Channel.PHONE})
        ),
        "overdue": Filter(open=True, due_to=TODAY),
    }
    words = [f"{where}{what}" for where in WHERE for what in WHAT]
    find = desk.queue.find
    found = {
        f"list: {name}": p95(lambda _, wanted=wanted: find(wanted, by=SYSTEM), times)  # type: ignore[misc]  # a default, as lambdas need in loops
        for name, wanted in lists.items()
    }
    return {
        **found,
        "list: page 100": p95(lambda _: find(Filter(), by=SYSTEM, skip=5000), times),
        "list: newest": p95(lambda _: find(Filter(), by=SYSTEM, order=Order.NEWEST), times),
        "search: two words": p95(
            lambda n: find(Filter(text=words[n % len(words)]), by=SYSTEM), times
        ),
        "search: a common word": p95(
            lambda n: find(Filter(text=WHAT[n % len(WHAT)]), by=SYSTEM), times
        ),
        "search: one character": p95(lambda _: find(Filter(text="灯"), by=SYSTEM), times),
        "search: number": p95(
            lambda n: find(Filter(text=numbers[n % len(numbers)][-8:]), by=SYSTEM), times
        ),
        "case page": p95(lambda n: desk.queue.page(numbers[n % len(numbers)], by=SYSTEM), times),
        "similar cases": p95(
            lambda n: desk.queue.alike(numbers[n % len(numbers)], by=SYSTEM), times
        ),
        "suggested department": p95(lambda n: desk.routing.suggest(words[n % len(words)]), times),
    }


def figures(desk: PetitionDesk, by: By | None, as_of: datetime) -> None:
    """The figures of the year."""
    since, until = date(2026, 1, 1), date(2026, 12, 31)
    office = Office(
        calendar=desk.calendar,
        working_hours=desk.policy.working_hours,
        duty_hours=desk.policy.duty_hours,
    )
    period = Period(since=since, until=until, as_of=as_of, zone=ZONE)
    metrics(desk.queue.figures(since, until, as_of=as_of), period, office, by)


def long_readings(desk: PetitionDesk, numbers: list[str]) -> dict[str, Took]:
    """What takes seconds."""
    days = {"a month": date(2026, 10, 31), "half a year": date(2026, 6, 30)}
    found = {
        "figures of the year": took(lambda: figures(desk, None, NOW)),
        "figures by department": took(lambda: figures(desk, By.DEPARTMENT, NOW)),
        **{
            f"figures as of {name} ago": took(partial(figures, desk, None, end_of(day, ZONE)))
            for name, day in days.items()
        },
    }
    _load_year(desk)
    return {
        **found,
        "recount of open cases": took(desk.queue.recount),
        "1,000 deadlines with their ledgers": took(
            lambda: [desk.ledger(number) for number in (numbers * 2)[:1000]]
        ),
    }


def table(heading: str, rows: dict[str, Took], unit: float, digits: int) -> str:
    """Markdown; `unit` is how many of it are a second."""
    lines = [f"| | {heading} | of the processor |", "|---|---|---|"]
    lines += (
        f"| {name} | {one.clock * unit:,.{digits}f} | {one.processor * unit:,.{digits}f} |"
        for name, one in rows.items()
    )
    return "\n".join(lines)


def main() -> None:
    """Fill, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--times", type=int, default=100)
    parser.add_argument("--db", type=Path, required=True)
    given = parser.parse_args()
    db, desk = opened(given.db)
    slow: dict[str, Took] = {}
    if desk.queue.find(Filter(), by=SYSTEM, limit=1).total == 0:
        made = list(records(given.cases))
        slow["taking in all cases"] = took(lambda: desk.archive.load(made, by=SYSTEM))
    rows = desk.queue.find(Filter(), by=SYSTEM, order=Order.UPDATED, limit=500).rows
    numbers = [row.number for row in rows]
    print(f"{db.table('cases').count:,} cases\n")
    print(table("p95 ms", readings(desk, numbers, given.times), 1000, 1), "\n")
    print(table("seconds", {**slow, **long_readings(desk, numbers)}, 1, 2))
    db.close()


def _load_year(desk: PetitionDesk) -> None:
    days = ["01-01", "02-06", "04-05", "05-01", "06-09", "09-15", "10-01", "10-02", "10-03"]
    names = ["元旦", "春节", "清明", "劳动", "端午", "中秋", "国庆", "国庆", "国庆"]
    holidays = [
        Holiday(date=date.fromisoformat(f"2027-{day}"), mark=Mark.REST, name=name)
        for day, name in zip(days, names, strict=True)
    ]
    desk.calendar.load_year(2027, holidays, source="bench", at=NOW)


if __name__ == "__main__":
    main()

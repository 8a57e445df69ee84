"""How fast lists, search, case pages, figures and recounts are with many cases.

    python -m bench.cases --cases 100000 --db /tmp/cases-bench.db

Made-up cases of one year with the usual lives; the p95 of each reading, in milliseconds.
"""

import argparse
import json
import random
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
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


def built(path: Path, count: int) -> tuple[Database, PetitionDesk]:
    """The database, filled on the first run."""
    db = open_database(path)
    migrations.apply(db)
    store = PetitionStore(db)
    desk = PetitionDesk(
        store=store, calendar=Calendar.from_store(store), clock=lambda: NOW, zone=ZONE
    )
    if desk.queue.find(Filter(), by=SYSTEM, limit=1).total == 0:
        start = time.perf_counter()
        desk.archive.load(list(records(count)), by=SYSTEM)
        print(f"loaded {count} in {time.perf_counter() - start:.1f} s", file=sys.stderr)
    return db, desk


def p95(call: Callable[[int], Any], times: int) -> float:
    """The 95th percentile of a call, in milliseconds."""
    took = []
    for n in range(times):
        start = time.perf_counter()
        call(n)
        took.append((time.perf_counter() - start) * 1000)
    return round(sorted(took)[int(0.95 * (times - 1))], 1)


def readings(desk: PetitionDesk, numbers: list[str], times: int) -> dict[str, float]:
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


def seconds(call: Callable[[], Any]) -> float:
    """How long one call takes."""
    start = time.perf_counter()
    call()
    return round(time.perf_counter() - start, 2)


def main() -> None:
    """Fill, measure, print JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--times", type=int, default=100)
    parser.add_argument("--db", type=Path, required=True)
    given = parser.parse_args()
    db, desk = built(given.db, given.cases)
    rows = desk.queue.find(Filter(), by=SYSTEM, order=Order.UPDATED, limit=500).rows
    found: dict[str, Any] = {
        "cases": desk.queue.find(Filter(), by=SYSTEM).total,
        "p95_ms": readings(desk, [row.number for row in rows], given.times),
        "seconds": {
            "figures of the year": seconds(lambda: figures(desk, None, NOW)),
            "figures by department": seconds(lambda: figures(desk, By.DEPARTMENT, NOW)),
            "figures a month ago": seconds(
                lambda: figures(desk, None, end_of(date(2026, 10, 31), ZONE))
            ),
        },
    }
    _load_year(desk)
    found["seconds"]["recount of open cases"] = seconds(desk.queue.recount)
    found["seconds"]["every deadline with its ledger, each 1,000"] = seconds(
        lambda: [desk.ledger(row.number) for row in (rows * 2)[:1000]]
    )
    print(json.dumps(found, ensure_ascii=False, indent=2))
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

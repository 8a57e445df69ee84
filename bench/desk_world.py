"""An invented office, for pictures and measurements of the desk: people, past and open cases."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from unittest.mock import patch

from bot.config import read_settings
from bot.mailroom import AsyncMailroom
from bot.services import Program, open_services
from petitions import SYSTEM, Actor, ApplicantType, Channel, Kind, Outcome, Power, Rating, Role
from petitions.codes import NOBODYS_HASH

PASSWORD = "an invented password"
NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)  # a Tuesday, ten in the morning in Shanghai

PEOPLE = (
    ("王敏", Role.STAFF, "投资处"),
    ("刘洋", Role.STAFF, "投资处"),
    ("陈静", Role.STAFF, "价格处"),
    ("周涛", Role.STAFF, "环资处"),
    ("赵强", Role.SUPERVISOR, "办公室"),
    ("孙丽", Role.DUTY, "办公室"),
)
POWERS = (
    Power(department="投资处", item="企业投资项目备案", keywords=("备案", "核准", "投资项目")),
    Power(department="价格处", item="水电气价格管理", keywords=("水费", "电价", "收费", "价格")),
    Power(department="环资处", item="节能审查", keywords=("节能", "能耗", "充电桩")),
)
TEXTS = (
    ("投资处", Kind.CONSULTATION, "企业投资项目备案以后，建设地点变了要不要重新备案？"),
    ("价格处", Kind.APPEAL, "我们小区的水费比隔壁小区贵一倍，物业说是按商业水价收的，请核查。"),
    ("投资处", Kind.DISCLOSURE, "申请公开2025年省重点项目清单和每个项目的总投资额。"),
    ("环资处", Kind.APPEAL, "新小区交房半年了还装不上充电桩，物业和供电公司互相推，请协调。"),
    ("价格处", Kind.CONSULTATION, "居民阶梯电价的年度是怎么算的，中途搬家怎么办？"),
    ("投资处", Kind.APPEAL, "项目在线平台提交材料后一直显示待受理，已经十几天了。"),
    ("环资处", Kind.PROPOSAL, "关于加快老旧小区充电设施建设的建议。"),
    ("价格处", Kind.LETTER, "来信反映某停车场节假日临时涨价，没有公示收费标准。"),
    ("投资处", Kind.CONSULTATION, "外商投资项目也是在线备案吗，要准备哪些材料？"),
    ("环资处", Kind.CONSULTATION, "年耗能多少以上的项目要做节能审查？"),
    ("价格处", Kind.DISCLOSURE, "申请公开本市供热价格成本监审报告。"),
    ("投资处", Kind.APPEAL, "招标文件要求本地业绩，涉嫌排斥外地企业，请处理。"),
)
CHANNELS = (Channel.WEB, Channel.TELEGRAM, Channel.PHONE, Channel.LETTER, Channel.ON_SITE)


@dataclass
class Hands:
    """A clock that is set by hand."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now


@dataclass(frozen=True, kw_only=True)
class World:
    """A program with people; `clock` may be set."""

    program: Program
    clock: Hands
    mailroom: AsyncMailroom

    def actor(self, name: str) -> Actor:
        """Somebody, as use cases take them."""
        people = self.program.services.desk.people
        return people.actor(people.named(name))


@contextmanager
def opened(folder: Path, **settings: object) -> Iterator[World]:
    """A new database with people and a power list; closed in the end."""
    with reopened(folder / "desk.db", **settings) as world:
        desk = world.program.services.desk
        with world.program.db.atomic():
            for name, role, department in PEOPLE:
                desk.people.add(name, role=role, department=department, at=NOW, password=PASSWORD)
            desk.routing.load_powers(POWERS)
        yield world


@contextmanager
def reopened(database: Path, **settings: object) -> Iterator[World]:
    """A database that is there already."""
    clock = Hands()
    values = {"database": database, "office_name": "省发展改革委", **settings}
    chosen = read_settings(None).model_copy(update=values)
    with open_services(chosen, clock=clock) as program:
        mailroom = AsyncMailroom(program.mailroom)
        yield World(program=program, clock=clock, mailroom=mailroom)
        mailroom.close()


OFFICER = {"投资处": "王敏", "价格处": "陈静", "环资处": "周涛"}


def fill(world: World, count: int, *, seed: int = 7) -> None:
    """Cases of the last year, all but some hundreds closed, as use cases make them."""
    dice = random.Random(seed)
    # Hashing query codes slowly would take an hour; whoever measures that does it elsewhere.
    with patch("petitions.desk.hash_code", lambda _: NOBODYS_HASH):
        _fill(world, count, dice)
    world.clock.now = NOW


def _fill(world: World, count: int, dice: random.Random) -> None:
    ages = sorted((_age(at, count, dice) for at in range(count)), reverse=True)
    for start in range(0, count, 500):  # one transaction for many: the disk is not measured
        with world.program.db.atomic():
            for at in range(start, min(start + 500, count)):
                _live(world, at, dice, age=ages[at])


def _age(at: int, count: int, dice: random.Random) -> float:
    """In days; a handful is fresh however few there are."""
    return dice.random() * 25 if count - at < 20 else 2 + dice.random() * 360


def _live(world: World, at: int, dice: random.Random, *, age: float) -> None:
    department, kind, text = TEXTS[at % len(TEXTS)]
    world.clock.now = NOW - timedelta(days=age)
    number = world.program.services.desk.register(
        kind=kind,
        channel=dice.choice(CHANNELS),
        person=f"web:{at % 97}",
        text=text,
        contact=f"电话 024-0000{at % 10_000:04d}",
        applicant="群众" + "甲乙丙丁"[at % 4],
        applicant_type=ApplicantType.NATURAL,
    ).number
    _go_on(world, number, department, kind, dice, age=age)


def _go_on(
    world: World, number: str, department: str, kind: Kind, dice: random.Random, *, age: float
) -> None:
    desk, by = world.program.services.desk, world.actor(OFFICER[department])
    if age < 3 and dice.random() < 0.5:
        return  # just arrived
    desk.work.accept(number, by=by)
    desk.work.route(number, by=by, lead=department)
    if dice.random() < 0.15 and age < 40:
        return  # nobody took it yet
    desk.work.claim(number, by=by)
    if age < 30 and dice.random() < 0.75:
        return  # under way
    disclosure = kind is Kind.DISCLOSURE
    outcome = Outcome.GRANTED if disclosure else Outcome.EXPLAINED
    world.clock.now = min(NOW, world.clock.now + timedelta(days=3 + dice.random() * 12))
    text = (
        f"您好！您反映的问题已经收到。经核实，{TEXTS[0][2][:8]}等事项按有关规定办理，现答复如下。"
    )
    if disclosure:
        desk.replies.submit(number, by=by, text=text, outcome=outcome, basis="条例第三十六条")
        desk.replies.approve(number, by=world.actor("赵强"))
    else:
        desk.replies.reply(number, by=by, text=text, outcome=outcome)
    if dice.random() < 0.6:  # said on the phone
        desk.rate(number, by=by, rating=dice.choice(list(Rating)))
    desk.replies.close(number, by=SYSTEM)

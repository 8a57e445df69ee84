"""A whole program on a database in memory, a clock that stands still, a small knowledge base."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import count

import pytest

from bot.config import read_settings
from bot.services import Program, open_services
from handlers.messages import Action, Button, Incoming, InputKind, Reply
from knowledge import Collection, Entry, Source
from petitions import Channel

NOON = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)  # a Tuesday, noon in Shanghai
REGULATION = Source(
    title="中华人民共和国政府信息公开条例",
    number="国令第711号",
    article="第三十三条",
    issuer="国务院",
    date=date(2019, 4, 3),
)


def entry(entry_id: str, question: str, answer: str, *similar: str, **more: object) -> Entry:
    """An entry with the usual source."""
    values: dict[str, object] = {"topic": "信息公开", "source": REGULATION, **more}
    return Entry(id=entry_id, question=question, answer=answer, similar=similar, **values)  # type: ignore[arg-type]  # keywords of Entry


def passage(entry_id: str, section: str, question: str, answer: str, *similar: str) -> Entry:
    """A passage of the guide."""
    where = {"collection": Collection.GUIDE, "section": section}
    return entry(entry_id, question, answer, *similar, **where)


ENTRIES = (
    passage(
        "how",
        "一、申请",
        "怎么申请政府信息公开?",
        "当面、邮寄或者网上都可以。",
        "信息公开怎么申请",
        "如何申请公开",
    ),
    passage(
        "long",
        "二、答复",
        "申请信息公开多久答复?",
        "20个工作日内答复。",
        "信息公开几天给答复",
        "申请公开期限",
    ),
    passage(
        "fee",
        "二、答复",
        "申请信息公开要收费吗?",
        "一般不收费。",
        "信息公开要钱吗",
        "申请公开免费吗",
    ),
    entry(
        "file",
        "企业投资项目怎么备案?",
        "在线平台填报即可。",
        "项目备案怎么办",
        topic="投资项目",
    ),
    entry(
        "file-long",
        "企业投资项目核准要多久?",
        "20个工作日内。",
        "项目核准多长时间",
        topic="投资项目",
    ),
    entry(
        "bond",
        "投标保证金最多交多少?",
        "不超过估算价的百分之二。",
        "投标押金多少",
        topic="招投标",
    ),
    entry("old", "摩托车牌照补贴有多少?", "每辆一百元。", effective_to=date(2020, 1, 1)),
)


@dataclass
class Clock:
    """A clock that moves only when told."""

    now: datetime = NOON

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, **span: float) -> None:
        self.now += timedelta(**span)


def _counter() -> Callable[[], str]:
    numbers = count(1)
    return lambda: f"id{next(numbers):06d}"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def program(tmp_path, clock):
    """Everything wired on a real file, with `ENTRIES` as its knowledge."""
    settings = read_settings(None).model_copy(update={"database": tmp_path / "test.db"})
    with open_services(settings, clock=clock, new_id=_counter(), starter=ENTRIES) as made:
        yield made


_UPDATES = count()


@dataclass
class Citizen:
    """A person in one chat: says something, presses a button, is told something."""

    program: Program
    clock: Clock
    name: str = "1001"
    channel: Channel = Channel.WEB
    chat: str = ""
    last: Reply = field(default_factory=Reply)

    def says(self, text: str, kind: InputKind = InputKind.TEXT, message: str = "") -> Reply:
        return self._does(text=text, kind=kind, message=message)

    def writes_at_once(self, *lines: str) -> list[str]:
        """Several messages that wait together; every reply to them."""
        messages = [self.incoming(text=line) for line in lines]
        self.program.mailroom.accept(messages)
        told = [self.program.mailroom.process(one.channel, one.update_id) for one in messages]
        replies = [one.reply for some in told for one in some]
        self.last = replies[-1] if replies else Reply()
        return [reply.text for reply in replies]

    def presses(self, label: str) -> Reply:
        button = self.button(label)
        return self._does(text=label, kind=InputKind.BUTTON, action=button.action)

    def presses_action(self, action: Action) -> Reply:
        return self._does(kind=InputKind.BUTTON, action=action)

    def button(self, label: str) -> Button:
        found = [b for row in self.last.buttons for b in row if label in b.label]
        assert found, f"no button {label}: {self.labels}"
        return found[0]

    @property
    def labels(self) -> list[str]:
        return [button.label for row in self.last.buttons for button in row]

    def corrects(self, text: str, message: str) -> Reply:
        """Edits an earlier message."""
        return self._does(text=text, message=message, edited=True)

    def incoming(self, **what: object) -> Incoming:
        return Incoming(
            channel=self.channel,
            update_id=f"{self.name}/{next(_UPDATES)}",
            person=f"{self.channel}:{self.name}",
            chat=self.chat or self.name,
            private=not self.chat,
            received_at=self.clock(),
            **what,  # type: ignore[arg-type]  # keywords of Incoming
        )

    def _does(self, **what: object) -> Reply:
        incoming = self.incoming(**what)
        self.program.mailroom.accept([incoming])
        replies = self.program.mailroom.process(incoming.channel, incoming.update_id)
        self.last = replies[-1].reply if replies else Reply()
        return self.last


@pytest.fixture
def person(program, clock) -> Callable[..., Citizen]:
    """Makes citizens."""
    return lambda name="1001", **more: Citizen(program=program, clock=clock, name=name, **more)


@pytest.fixture
def citizen(person):
    return person()

"""What can go wrong with cases; each docstring is the sentence people read, values filled in.

PetitionError
├── UnknownWord            a kind, channel or scheme that is not ours
├── WrongNumber            not a receipt number at all
│   └── WrongCheckDigit    one digit wrong, or two swapped
├── NotYours               no such case, or not for this person: the two are not told apart
├── TooManyAttempts        wrong query codes, too many of them
├── UnknownCase            no such case; only staff ever see this one
├── NothingWritten         a case without a text
├── ReceivedInFuture       received after today
├── WrongDueDate           a due date where none belongs, or none where one does
├── NoRule                 no rule counts the days of this kind
├── ExtensionTooLong       more than may be added
├── WrongPause             a pause that ends before it starts
├── DateOutOfRange         no calendar reaches that far
├── IllegalMove            the table of states has no such step
├── NotAllowed             not this role, not this department, not the officer
│   ├── NotYourDepartment
│   ├── AlreadyTaken       somebody else has it
│   └── FourEyes           nobody approves what they wrote themselves
├── AlreadyChanged         somebody did something since the page was opened
├── DraftChanged           somebody kept another draft since this one was begun
├── NotNow                 a step whose own conditions are not met; says which
├── Missing                something that has to be said was not
├── WrongPassword, LockedOut, NameTaken, UnknownUser
└── BadCalendar            a year's calendar with mistakes; carries every problem
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


class PetitionError(Exception):
    """事项办理出错。"""

    def __str__(self) -> str:
        return str(self.__doc__).format(**vars(self))


@dataclass(eq=False)
class UnknownWord(PetitionError):
    """不认识“{word}”，可以写：{known}。"""

    word: str
    known: str


class WrongNumber(PetitionError):
    """这不是编号。编号的样子是 2026-000123-8，请对照回执再输一次。"""


class WrongCheckDigit(WrongNumber):
    """编号输错了一位，或者有两位写颠倒了，请对照回执再输一次。"""


class NotYours(PetitionError):
    """编号或者查询码不对，请对照回执再输一次。"""


@dataclass(eq=False)
class TooManyAttempts(PetitionError):
    """查询码输错的次数太多，请过{minutes}分钟再试。"""

    minutes: int


@dataclass(eq=False)
class UnknownCase(PetitionError):
    """没有编号为 {number} 的事项。"""

    number: str


class NothingWritten(PetitionError):
    """没有写内容，请写明要反映或者咨询的事情。"""


@dataclass(eq=False)
class ReceivedInFuture(PetitionError):
    """收到日期 {received} 还没有到，请核对。"""

    received: date


class WrongDueDate(PetitionError):
    """整改要写明完成日期，且不早于收到日期；其他事项的期限由规定算出，不另写日期。"""


@dataclass(eq=False)
class NoRule(PetitionError):
    """{kind}的期限是文件写明的日期，不按天数计算。"""

    kind: str


@dataclass(eq=False)
class ExtensionTooLong(PetitionError):
    """不能延长{extended}，最多延长{most}（{source}）。"""

    extended: str
    most: str
    source: str


@dataclass(eq=False)
class WrongPause(PetitionError):
    """暂停期间 {start} 至 {end} 的起止颠倒了。"""

    start: date
    end: date


@dataclass(eq=False)
class DateOutOfRange(PetitionError):
    """日期 {day} 太远，算不了期限，请核对。"""

    day: date


@dataclass(eq=False)
class IllegalMove(PetitionError):
    """这件{kind}现在是“{state}”，不能{action}。"""

    kind: str
    state: str
    action: str


@dataclass(eq=False)
class NotAllowed(PetitionError):
    """{name}（{role}）不能{action}，请找有权限的人办理。"""

    name: str
    role: str
    action: str


@dataclass(eq=False)
class NotYourDepartment(NotAllowed):
    """这件事项由{department}办理，不能由{name}{action}。"""

    department: str


@dataclass(eq=False)
class AlreadyTaken(NotAllowed):
    """这件事项正由{officer}办理，{name}不能{action}；要接手请先转交。"""

    officer: str


@dataclass(eq=False)
class FourEyes(NotAllowed):
    """答复要由另一个人审核，{name}不能审核自己写的。"""


@dataclass(eq=False)
class AlreadyChanged(PetitionError):
    """{who}刚刚做了“{what}”，请看过最新情况再操作。"""

    who: str
    what: str


@dataclass(eq=False)
class DraftChanged(PetitionError):
    """{who}在{when}保存了另一份草稿，您写的没有覆盖它；两份都还在，请合并后再保存。"""

    who: str
    when: str


@dataclass(eq=False)
class NotNow(PetitionError):
    """{reason}"""

    reason: str


@dataclass(eq=False)
class Missing(PetitionError):
    """没有写{what}。"""

    what: str


class WrongPassword(PetitionError):
    """姓名或者密码不对。"""


@dataclass(eq=False)
class LockedOut(PetitionError):
    """密码输错的次数太多，请过{minutes}分钟再试。"""

    minutes: int


@dataclass(eq=False)
class NameTaken(PetitionError):
    """已经有叫“{name}”的用户，请换一个名字，如加上处室。"""

    name: str


@dataclass(eq=False)
class UnknownUser(PetitionError):
    """没有叫“{name}”的用户。"""

    name: str


@dataclass(frozen=True, kw_only=True)
class CalendarProblem:
    """One thing wrong with a year's calendar; line 0 is the year as a whole."""

    line: int
    text: str

    def __str__(self) -> str:
        return f"第{self.line}行：{self.text}" if self.line else self.text


class BadCalendar(PetitionError):
    """{year}年的放假安排有问题，没有载入。"""

    def __init__(self, year: int, problems: Sequence[CalendarProblem]) -> None:
        super().__init__(year, problems)
        self.year = year
        self.problems = tuple(problems)

    def __str__(self) -> str:
        return "\n".join([super().__str__(), *map(str, self.problems)])

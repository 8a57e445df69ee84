"""What supervisors do with many cases at once: give them out, see who has how much, export."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.web.desk import texts
from bot.web.desk.fields import Typed
from bot.web.desk.lists import MOST_EXPORTED, asked
from bot.web.desk.room import Room, Seat
from petitions import CaseRow, Filter, NotNow, PetitionError
from reports.sheets import Value, write_sheet

_MOST = 20_000  # open cases; more would keep everybody else waiting
_AT_ONCE = 200  # cases of one page at most


@dataclass(frozen=True, kw_only=True)
class Assigned:
    """What became of a bulk assignment."""

    good: str
    bad: tuple[str, ...]


def assign_many(room: Room, seat: Seat, typed: Typed) -> Assigned:
    """Give the chosen cases to one officer; each that cannot be given says why."""
    numbers = typed.all("number")[:_AT_ONCE]
    if not numbers:
        raise NotNow(texts.NOTHING_CHOSEN)
    officer = room.desk.people.user(typed.text("officer"))
    if officer is None:
        raise NotNow(texts.NO_OFFICER)
    refused = []
    for number in numbers:
        try:
            room.desk.work.assign(number, by=seat.actor, officer=officer)
        except PetitionError as exc:
            refused.append(f"{number}：{exc}")
    done = len(numbers) - len(refused)
    return Assigned(good=texts.assigned(done, officer.name) if done else "", bad=tuple(refused))


@dataclass(frozen=True, kw_only=True)
class Load:
    """How much somebody has on the table."""

    department: str
    officer: str  # id; "" nobody's
    name: str
    absent: bool
    held: int
    overdue: int
    soon: int
    review: int


@dataclass(frozen=True, kw_only=True)
class OverviewPage:
    """Open cases by department and officer."""

    loads: tuple[Load, ...]
    total: Load


def show_overview(room: Room, seat: Seat) -> OverviewPage:
    """Who has how much, and what of it is late; the latest first."""
    rows = room.desk.queue.find(Filter(open=True), by=seat.actor, limit=_MOST).rows
    room.desk.calendar.refresh()
    last = room.desk.calendar.after(seat.today, 2)
    groups: dict[tuple[str, str], list[CaseRow]] = {}
    for row in rows:
        groups.setdefault((row.department, row.officer), []).append(row)
    absent = {user.id for user in room.desk.people.all() if user.absent}
    loads = [
        _load(department, officer, members, seat, last=last.toordinal(), absent=absent)
        for (department, officer), members in groups.items()
    ]
    loads.sort(key=lambda one: (-one.overdue, -one.held, one.department, one.name))
    total = _load("", "", rows, seat, last=last.toordinal(), absent=absent)
    return OverviewPage(loads=tuple(loads), total=total)


def _load(
    department: str,
    officer: str,
    rows: Sequence[CaseRow],
    seat: Seat,
    *,
    last: int,
    absent: set[str],
) -> Load:
    running = [row.due.toordinal() for row in rows if not row.stopped]
    today = seat.today.toordinal()
    return Load(
        department=department,
        officer=officer,
        name=rows[0].officer_name if rows and officer else "",
        absent=officer in absent,
        held=len(rows),
        overdue=sum(due < today for due in running),
        soon=sum(today <= due <= last for due in running),
        review=sum(row.state == "under_review" for row in rows),
    )


HEADINGS = (
    "编号",
    "类型",
    "渠道",
    "标题",
    "状态",
    "处室",
    "协办处室",
    "承办人",
    "收到日期",
    "期限",
    "暂定",
    "停止计算",
    "答复时间",
    "办结时间",
    "结果",
    "评价",
)
_WIDTHS = (16, 10, 8, 40, 10, 14, 14, 10, 12, 12, 6, 8, 18, 18, 24, 10)


def rows_to_export(room: Room, seat: Seat, typed: Typed) -> list[tuple[Value, ...]]:
    """The list as it is on the screen, all of its pages; that somebody took it is noted."""
    wanted = asked(typed, seat)
    page = room.desk.queue.find(
        wanted.filter, by=seat.actor, order=wanted.order, limit=MOST_EXPORTED
    )
    room.log_read(seat, "", texts.READ_EXPORT)
    rows = [_cells(row, room) for row in page.rows]
    if len(rows) == MOST_EXPORTED:
        rows.append((texts.TOO_MANY_ROWS,))
    return rows


def _cells(row: CaseRow, room: Room) -> tuple[Value, ...]:
    zone = room.services.zone
    replied, closed = (
        at.astimezone(zone).replace(tzinfo=None) if at else None
        for at in (row.replied_at, row.closed_at)
    )
    return (
        row.number,
        row.kind.label,
        row.channel.label,
        row.title,
        row.state.label,
        row.department,
        "、".join(row.co),
        row.officer_name,
        row.received,
        row.due,
        "是" if row.provisional else "",
        "是" if row.stopped else "",
        replied,
        closed,
        row.outcome.label if row.outcome else "",
        row.rating.label if row.rating else "",
    )


def workbook(rows: Iterable[tuple[Value, ...]]) -> bytes:
    """The Excel file; slow for many rows, so not for the mailroom's thread."""
    return write_sheet("事项", HEADINGS, rows, _WIDTHS)

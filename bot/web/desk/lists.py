"""Lists of cases: which one an address asks for, who may see it, and what its page shows."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import TypeVar
from urllib.parse import urlencode

from bot.web.desk.fields import Typed
from bot.web.desk.lines import Line, lines
from bot.web.desk.room import Room, Seat
from bot.web.desk.store import View
from petitions import (
    Channel,
    Filter,
    Kind,
    Order,
    Page,
    Role,
    SignIn,
    State,
    User,
)
from petitions.words import Labelled

PAGE_SIZE = 50
MOST_EXPORTED = 20_000
_FURTHEST_PAGE = 400

OVERSIGHT = frozenset({Role.SUPERVISOR, Role.ADMIN})
_EVERYWHERE = OVERSIGHT | {Role.DUTY}  # not limited to a department

L = TypeVar("L", bound=Labelled)


class Tab(StrEnum):
    """A list that is there from the start."""

    MINE = "mine"
    NEW = "new"
    FREE = "free"
    DEPARTMENT = "department"
    ALL = "all"
    REVIEW = "review"
    OVERDUE = "overdue"


@dataclass(frozen=True, kw_only=True)
class TabRow:
    """What a tab is called, who sees it, and which cases it holds."""

    tab: Tab
    label: str
    roles: frozenset[Role]
    wanted: Callable[[Seat], Filter]


_EVERYBODY = frozenset(Role) - {Role.CITIZEN, Role.SYSTEM}
_TAKEN_UP = frozenset({State.ACCEPTED, State.ROUTED, State.REOPENED})


def _department(seat: Seat) -> str | None:
    """The one department that somebody is limited to."""
    return None if seat.actor.role in _EVERYWHERE else seat.actor.department


def _overdue(seat: Seat) -> Filter:
    return Filter(
        open=True,
        stopped=False,
        due_to=seat.today - timedelta(days=1),
        department=_department(seat),
    )


TABS = (
    TabRow(
        tab=Tab.MINE,
        label="我的",
        roles=_EVERYBODY - {Role.DUTY},
        wanted=lambda seat: Filter(open=True, officer=seat.actor.id),
    ),
    TabRow(
        tab=Tab.NEW,
        label="待受理",
        roles=_EVERYBODY,
        wanted=lambda _: Filter(states=frozenset({State.REGISTERED})),
    ),
    TabRow(
        tab=Tab.FREE,
        label="待领",
        roles=_EVERYBODY,
        wanted=lambda seat: Filter(states=_TAKEN_UP, officer="", department=_department(seat)),
    ),
    TabRow(
        tab=Tab.DEPARTMENT,
        label="本处室",
        roles=_EVERYBODY - {Role.DUTY},
        wanted=lambda seat: Filter(open=True, department=seat.actor.department),
    ),
    TabRow(
        tab=Tab.ALL,
        label="全部（督办）",
        roles=_EVERYWHERE,
        wanted=lambda _: Filter(open=True),
    ),
    TabRow(
        tab=Tab.REVIEW,
        label="待审核",
        roles=OVERSIGHT,
        wanted=lambda _: Filter(states=frozenset({State.UNDER_REVIEW})),
    ),
    TabRow(tab=Tab.OVERDUE, label="逾期", roles=_EVERYBODY, wanted=_overdue),
)

ORDERS: Mapping[Order, str] = MappingProxyType(
    {Order.DUE: "期限先后", Order.NEWEST: "最新登记", Order.UPDATED: "最近有变化"}
)


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Which list an address asks for, as far as it makes sense for this person."""

    row: TabRow
    filter: Filter
    order: Order
    page: int
    typed: Typed
    narrowed: bool  # more than the tab alone

    @property
    def filters(self) -> int:
        """How many questions of the filter were answered."""
        return len({name for name, value in self.typed.items if name in _FILTERS and value.strip()})

    def address(self, **changes: str) -> str:
        """The query of this list with changes; "" takes something away."""
        kept = [
            (name, value)
            for name, value in self.typed.items
            if name in _NAMES and name not in changes and value.strip()
        ]
        return urlencode(kept + [(name, value) for name, value in changes.items() if value])


_FILTERS = frozenset(
    {
        *("state", "kind", "channel", "department", "officer", "due_from", "due_to"),
        *("stopped", "provisional", "open", "person"),
    }
)
_NAMES = _FILTERS | {"tab", "q", "order", "page"}


@dataclass(frozen=True, kw_only=True)
class TabShown:
    """A tab with how many cases are in it."""

    query: str
    label: str
    count: str
    current: bool
    alarming: bool


@dataclass(frozen=True, kw_only=True)
class ListPage:
    """Everything the page of a list shows."""

    asked: Asked
    tabs: tuple[TabShown, ...]
    lines: tuple[Line, ...]
    total: str
    pages: int
    views: tuple[View, ...]
    departments: tuple[str, ...]
    officers: tuple[User, ...]
    may_assign: bool
    may_search_people: bool
    on_duty: tuple[SignIn, ...]
    signed_in: bool  # this person, for today's duty


def asked(typed: Typed, seat: Seat) -> Asked:
    """The list that an address names; words that mean nothing are left out."""
    tabs = [row for row in TABS if seat.actor.role in row.roles]
    first = Tab.ALL if seat.actor.role in OVERSIGHT else tabs[0].tab
    row = next(
        (row for row in tabs if row.tab == typed.text("tab")),
        next(row for row in tabs if row.tab == first),
    )
    order = next((one for one in Order if one == typed.text("order")), Order.DUE)
    base = row.wanted(seat)
    wanted = _narrowed(base, typed, seat)
    return Asked(
        row=row,
        filter=wanted,
        order=order,
        page=_page(typed.text("page")),
        typed=typed,
        narrowed=wanted != base,
    )


def _page(text: str) -> int:
    number = int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else 1
    return max(1, min(_FURTHEST_PAGE, number))


def _narrowed(base: Filter, typed: Typed, seat: Seat) -> Filter:
    """What the tab holds, narrowed; nothing typed can widen it beyond what the person may see."""
    changes: dict[str, object] = {
        "kinds": frozenset(_known(Kind, typed.all("kind"))),
        "channels": frozenset(_known(Channel, typed.all("channel"))),
        "due_from": typed.day("due_from") or base.due_from,
        "due_to": min(filter(None, (typed.day("due_to"), base.due_to)), default=None),
        "stopped": _choice(typed, "stopped", base.stopped),
        "provisional": _choice(typed, "provisional", base.provisional),
        "text": typed.text("q")[:100],
    }
    if states := frozenset(_known(State, typed.all("state"))):
        changes["states"] = states & base.states if base.states else states
        if base.states and not changes["states"]:
            changes["states"] = base.states
    if base.open and typed.text("open") in ("any", "no"):
        changes["open"] = None if typed.text("open") == "any" else False
    changes |= _people(base, typed, seat)
    return replace(base, **changes)  # type: ignore[arg-type]  # names and values of Filter


def _people(base: Filter, typed: Typed, seat: Seat) -> dict[str, object]:
    changes: dict[str, object] = {}
    if base.department is None and typed.text("department") and seat.actor.role in _EVERYWHERE:
        changes["department"] = typed.text("department")
    if base.officer is None and typed.text("officer"):
        officer = typed.text("officer")
        changes["officer"] = "" if officer == "nobody" else officer
    if typed.text("person") and seat.actor.role in _EVERYWHERE:
        changes["person"] = typed.text("person")
    return changes


def _known(enum: type[L], words: tuple[str, ...]) -> tuple[L, ...]:
    return tuple(one for one in enum if one.value in words)


def _choice(typed: Typed, name: str, base: bool | None) -> bool | None:
    """yes, no, or whatever the tab says."""
    return {"yes": True, "no": False}.get(typed.text(name), base)


def show_list(room: Room, seat: Seat, typed: Typed) -> ListPage:
    """A list with everything around it."""
    wanted = asked(typed, seat)
    queue, calendar = room.desk.queue, room.desk.calendar
    skip = (wanted.page - 1) * PAGE_SIZE
    page = queue.find(wanted.filter, by=seat.actor, order=wanted.order, limit=PAGE_SIZE, skip=skip)
    users = room.desk.people.all()
    duty = room.desk.duty.on(seat.today)
    calendar.refresh()
    return ListPage(
        asked=wanted,
        tabs=_tabs(room, seat, wanted, page),
        lines=lines(page.rows, seat.today, calendar),
        total=_count(page.total, more=page.more),
        pages=max(1, -(-page.total // PAGE_SIZE)),
        views=room.store.views(seat.user.id),
        departments=room.desk.people.departments(),
        officers=officers(users, seat),
        may_assign=seat.actor.role in OVERSIGHT | {Role.STAFF},
        may_search_people=seat.actor.role in _EVERYWHERE,
        on_duty=tuple(one for one in duty if one.signed_in_at),
        signed_in=any(one.officer == seat.user.name and one.signed_in_at for one in duty),
    )


def officers(users: tuple[User, ...], seat: Seat) -> tuple[User, ...]:
    """Whom this person may give cases to."""
    everywhere = seat.actor.role in _EVERYWHERE
    return tuple(
        user
        for user in users
        if user.active
        and user.role is not Role.DUTY
        and (everywhere or user.department == seat.actor.department)
    )


def _tabs(room: Room, seat: Seat, wanted: Asked, page: Page) -> tuple[TabShown, ...]:
    """Every tab; `page` is of the list that is shown, which is counted already."""
    counted = {wanted.filter: page}
    usual = (
        _tab(
            row.label,
            f"tab={row.tab}",
            counted.get(row.wanted(seat)) or _total(room, seat, row.wanted(seat)),
            current=row is wanted.row,
        )
        for row in TABS
        if seat.actor.role in row.roles
    )
    return (*usual, *_stood_in_for(room, seat, wanted))


def _total(room: Room, seat: Seat, held: Filter) -> Page:
    """How many cases there are: at most a second ago, and after whatever this person did."""
    return room.totals.get(
        held, lambda: room.desk.queue.find(held, by=seat.actor, limit=0), after=seat.acted
    )


def _stood_in_for(room: Room, seat: Seat, wanted: Asked) -> Iterator[TabShown]:
    """What absent colleagues left to this person."""
    for user_id in sorted(seat.actor.acts_for):
        user = room.desk.people.user(user_id)
        if user:
            query = f"tab={Tab.DEPARTMENT}&officer={user.id}"
            page = _total(room, seat, Filter(open=True, officer=user.id))
            current = wanted.typed.text("officer") == user.id
            yield _tab(f"代{user.name}", query, page, current=current)


def _tab(label: str, query: str, page: Page, *, current: bool) -> TabShown:
    return TabShown(
        query=query,
        label=label,
        count=_count(page.total, more=page.more),
        current=current,
        alarming=query == f"tab={Tab.OVERDUE}" and page.total > 0,
    )


def _count(total: int, *, more: bool) -> str:
    return f"{total}+" if more else str(total)

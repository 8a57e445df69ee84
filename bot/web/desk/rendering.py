"""The desk's templates to pages."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from bot.web.desk.fields import NOTHING_TYPED
from bot.web.desk.lists import ORDERS, OVERSIGHT
from bot.web.desk.room import Seat
from bot.web.rendering import Frame, environment
from petitions import ApplicantType, Channel, Kind, Role, State


@dataclass(frozen=True, kw_only=True)
class NavItem:
    """A link of the head line."""

    path: str
    label: str
    roles: frozenset[Role]


_EVERYBODY = frozenset(Role) - {Role.CITIZEN, Role.SYSTEM}

# More pages of the desk get a line here.
NAV = (
    NavItem(path="", label="事项", roles=_EVERYBODY),
    NavItem(path="/new", label="登记", roles=_EVERYBODY),
    NavItem(path="/overview", label="总览", roles=OVERSIGHT),
    NavItem(path="/metrics", label="统计", roles=_EVERYBODY),
    NavItem(path="/duty", label="值守", roles=_EVERYBODY),
)


class DeskTemplates:
    """The pages of the desk."""

    def __init__(self, frame: Frame) -> None:
        env = environment(frame)
        self._zone = frame.zone
        env.globals.update(
            desk=f"{frame.base}/desk",
            static=f"{frame.base}/static/{frame.version}",
            kinds=tuple(Kind),
            channels=tuple(Channel),
            states=tuple(State),
            applicant_types=tuple(ApplicantType),
            orders=ORDERS,
            nothing_typed=NOTHING_TYPED,
        )
        env.filters.update(clock=self._clock, iso=self._iso, day=_day, short_day=_short_day)
        self._env = env

    def page(self, template: str, seat: Seat | None, /, **values: Any) -> str:
        """A page as this person sees it."""
        role = seat.actor.role if seat else None
        nav = tuple(item for item in NAV if role in item.roles)
        made = self._env.get_template(f"desk/{template}.html")
        return made.render(seat=seat, nav=nav, **values)

    def _clock(self, at: datetime) -> str:
        local = at.astimezone(self._zone)
        return f"{local.year}年{local.month}月{local.day}日 {local:%H:%M}"

    def _iso(self, at: datetime) -> str:
        return at.astimezone(self._zone).isoformat(timespec="seconds")


def _day(on: date) -> str:
    return f"{on.year}年{on.month}月{on.day}日"


def _short_day(on: date) -> str:
    return f"{on.month}月{on.day}日"

"""The figures that everybody may see: a page, and the same as open data."""

import asyncio
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends, FastAPI, Request, Response
from fastapi.responses import HTMLResponse

from bot.web import texts
from bot.web.context import Web, web_of
from bot.web.errors import Problem
from bot.web.rendering import Frame, environment
from handlers.services import Services
from knowledge import Question
from petitions import Figure
from reports import Office, Period
from reports.columns import BY_NAME
from reports.metrics import end_of
from reports.open_data import CSV_TYPE, RULE, label_of, write_csv, write_json
from reports.public import PublicYear, last_published, public_year
from reports.sources import office_of

router = APIRouter(include_in_schema=False)

_YEARS = 10  # that are shown
_HEADERS = {"Cache-Control": "public, max-age=3600"}
SHOWN = (
    "received",
    "needing_handling",
    "reply_rate",
    "closing_rate",
    "on_time_rate",
    "satisfaction_rate",
    "rating_rate",
    "first_reply_working_hours_median",
)


@dataclass(frozen=True, kw_only=True)
class _Read:
    """What was read for a year."""

    cases: list[Figure]
    questions: list[tuple[date, Question]]
    period: Period
    office: Office


class PublicFigures:
    """Counts each year once a month and keeps what it counted."""

    def __init__(self, web: Web, services: Services) -> None:
        self._web, self._services = web, services
        self._lock = asyncio.Lock()
        self._last = date.min
        self._years: tuple[int, ...] = ()
        self._kept: dict[int, PublicYear] = {}

    @property
    def last(self) -> date:
        """The last day that is published."""
        return last_published(self._services.clock().astimezone(self._services.zone).date())

    async def years(self) -> tuple[int, ...]:
        """The years with cases, the latest first."""
        async with self._lock:
            await self._turn()
            return self._years

    async def year(self, year: int) -> PublicYear:
        """A year; counted by the first who asks, the others wait for that."""
        async with self._lock:
            await self._turn()
            if year not in self._years:
                raise Problem(HTTPStatus.NOT_FOUND, "not_found", texts.NOT_FOUND)
            if year not in self._kept:
                read = await self._web.mailroom.run(self._read, year)
                self._kept[year] = await asyncio.to_thread(_count, read)
            return self._kept[year]

    async def _turn(self) -> None:
        """Forget what was counted in another month."""
        if self._last == self.last:
            return
        first = await self._web.mailroom.run(self._services.desk.queue.first_day)
        self._last, self._kept = self.last, {}
        begin = max(first.year, self._last.year - _YEARS + 1) if first else 0
        known = first is not None and first <= self._last
        self._years = tuple(range(self._last.year, begin - 1, -1)) if known else ()

    def _read(self, year: int) -> _Read:
        services, zone = self._services, self._services.zone
        until = min(date(year, 12, 31), self._last)
        period = Period(
            since=date(year, 1, 1), until=until, as_of=end_of(self._last, zone), zone=zone
        )
        first = datetime.combine(period.since, time.min, zone)
        after = datetime.combine(until + timedelta(days=1), time.min, zone)
        asked = services.knowledge.store.asked_between(first, after)
        desk = services.desk
        return _Read(
            cases=desk.queue.figures(period.since, until, as_of=period.as_of),
            questions=[(one.asked_at.astimezone(zone).date(), one) for one in asked],
            period=period,
            office=office_of(desk, period),
        )


def _count(read: _Read) -> PublicYear:
    return public_year(read.cases, read.questions, read.period, read.office)


@dataclass(frozen=True, kw_only=True)
class FiguresWeb:
    """What the routes work with."""

    figures: PublicFigures
    frame: Frame

    def page(self, found: PublicYear | None, years: tuple[int, ...], last: date) -> str:
        """The page of a year."""
        env = environment(self.frame)
        template = env.get_template("figures.html")
        return template.render(
            root=f"{self.frame.base}/",
            found=found,
            years=years,
            last=last,
            columns=tuple(BY_NAME[name] for name in SHOWN),
            label_of=label_of,
            rule=RULE,
            duty_meaning=BY_NAME["duty_rate"].meaning,
        )


async def _figures(request: Request) -> FiguresWeb:
    found = request.app.state.figures
    assert isinstance(found, FiguresWeb)
    return found


FiguresDep = Annotated[FiguresWeb, Depends(_figures)]


def install(app: FastAPI, services: Services, frame: Frame, web: Web) -> None:
    """Add the routes."""
    app.state.figures = FiguresWeb(figures=PublicFigures(web, services), frame=frame)
    app.include_router(router)


@router.get("/figures")
async def show_figures(web: FiguresDep, year: str = "") -> Response:
    """A year, the current one unless another is named."""
    years = await web.figures.years()
    wanted = int(year) if year.isascii() and year.isdecimal() and len(year) < 5 else 0
    if year and wanted not in years:
        raise Problem(HTTPStatus.NOT_FOUND, "not_found", texts.NOT_FOUND)
    found = await web.figures.year(wanted or years[0]) if years else None
    return HTMLResponse(web.page(found, years, web.figures.last), headers=_HEADERS)


@router.get("/figures.csv")
async def csv_file(web: FiguresDep) -> Response:
    """Every year as CSV."""
    body = write_csv(await _all(web.figures))
    headers = {**_HEADERS, "Content-Disposition": 'attachment; filename="figures.csv"'}
    return Response(body, media_type=CSV_TYPE, headers=headers)


@router.get("/figures.json")
async def json_file(request: Request, web: FiguresDep) -> Response:
    """Every year as JSON."""
    office = web_of(request).settings.office_name
    body = write_json(await _all(web.figures), office=office, as_of=web.figures.last)
    return Response(body, media_type="application/json", headers=_HEADERS)


async def _all(figures: PublicFigures) -> list[PublicYear]:
    return [await figures.year(year) for year in await figures.years()]

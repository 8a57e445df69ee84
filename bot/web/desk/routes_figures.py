"""Figures: the page, the cases behind a number, questions, the duty board, the Excel file."""

import asyncio
from dataclasses import dataclass
from urllib.parse import parse_qsl

from fastapi import APIRouter, Request, Response

from bot.web.desk import figure_texts
from bot.web.desk import texts as desk_texts
from bot.web.desk.door import DeskDep, DeskRoute, DeskWeb
from bot.web.desk.duty_board import show_duty
from bot.web.desk.fields import Typed
from bot.web.desk.figures import (
    Behindhand,
    Source,
    cases_of_age,
    cases_of_number,
    read_source,
    show_figures,
    workbook,
)
from bot.web.desk.lines import Line, lines
from bot.web.desk.lists import OVERSIGHT, PAGE_SIZE
from bot.web.desk.periods import Grouping, Preset, Wanted, wanted
from bot.web.desk.questions import read_questions, show_questions
from bot.web.desk.room import Seat
from bot.web.errors import Problem
from knowledge import Question
from reports.columns import COLUMNS, DRILLS
from reports.metrics import ALL
from reports.sheets import MEDIA_TYPE

router = APIRouter(prefix="/desk", include_in_schema=False, route_class=DeskRoute)


@dataclass(frozen=True, kw_only=True)
class CasesPage:
    """The cases behind a number, a page of them."""

    wanted: Wanted
    found: Behindhand
    lines: tuple[Line, ...]
    total: int
    page: int
    pages: int
    figure: str
    query: str  # of this list, without the page


def _typed(request: Request) -> Typed:
    return Typed(parse_qsl(request.url.query[:4000], max_num_fields=50))


def _wanted(desk: DeskWeb, seat: Seat, typed: Typed) -> Wanted:
    return wanted(typed, seat, desk.room.services.zone)


async def _read(request: Request, desk: DeskWeb, typed: Typed) -> tuple[Seat, Source]:
    def read(seat: Seat) -> tuple[Seat, Source]:
        return seat, read_source(desk.room, _wanted(desk, seat, typed))

    return await desk.ask(request, read)


@router.get("/metrics")
async def metrics(request: Request, desk: DeskDep) -> Response:
    """The figures of a period; staff see those of their department."""
    seat, source = await _read(request, desk, _typed(request))
    page = await asyncio.to_thread(show_figures, source)
    return desk.page(
        "metrics",
        seat,
        page=page,
        presets=tuple(Preset),
        groupings=tuple(Grouping),
        told=figure_texts.period_words(page.wanted.period),
        may_see_questions=seat.actor.role in OVERSIGHT,
    )


@router.get("/metrics.xlsx")
async def export_metrics(request: Request, desk: DeskDep) -> Response:
    """The table as an Excel file."""
    _, source = await _read(request, desk, _typed(request))
    body = await asyncio.to_thread(workbook, source)
    return Response(
        body,
        media_type=MEDIA_TYPE,
        headers={"Content-Disposition": 'attachment; filename="metrics.xlsx"'},
    )


@router.get("/metrics/cases")
async def metrics_cases(request: Request, desk: DeskDep) -> Response:
    """The cases that a number counts."""
    typed = _typed(request)
    seat, source = await _read(request, desk, typed)
    found = await asyncio.to_thread(_found, source, typed)
    number = typed.text("page")
    pages = max(1, -(-len(found.numbers) // PAGE_SIZE))
    at = min(pages, int(number)) if number.isascii() and number.isdecimal() else 1
    first = (max(1, at) - 1) * PAGE_SIZE
    numbers = found.numbers[first : first + PAGE_SIZE]
    shown = await desk.ask(request, lambda seat: _lines(desk, seat, numbers))
    page = CasesPage(
        wanted=source.wanted,
        found=found,
        lines=shown,
        total=len(found.numbers),
        page=max(1, at),
        pages=pages,
        figure=typed.text("figure"),
        query=_own_query(source.wanted, typed),
    )
    told = figure_texts.period_words(source.wanted.period) if not typed.text("age") else ""
    return desk.page("metrics_cases", seat, page=page, told=told)


def _found(source: Source, typed: Typed) -> Behindhand:
    if age := typed.text("age"):
        return cases_of_age(source, age)
    drill = DRILLS.get(typed.text("figure"))
    if drill is None:
        raise Problem(404, "not_found", figure_texts.UNKNOWN_NUMBER)
    return cases_of_number(source, typed.text("group") or ALL, drill)


def _own_query(wanted: Wanted, typed: Typed) -> str:
    if age := typed.text("age"):
        return wanted.address(age=age)
    return wanted.address(group=typed.text("group") or ALL, figure=typed.text("figure"))


def _lines(desk: DeskWeb, seat: Seat, numbers: tuple[str, ...]) -> tuple[Line, ...]:
    rows = desk.room.desk.queue.rows(numbers, by=seat.actor)
    return lines(rows, seat.today, desk.room.desk.calendar)


@router.get("/metrics/questions")
async def metrics_questions(request: Request, desk: DeskDep) -> Response:
    """How questions were answered without a person; for supervisors."""
    typed = _typed(request)

    def read(seat: Seat) -> tuple[Seat, Wanted, list[Question]]:
        if seat.actor.role not in OVERSIGHT:
            raise Problem(403, "not_for_role", desk_texts.NOT_FOR_ROLE)
        asked_for = _wanted(desk, seat, typed)
        return seat, asked_for, read_questions(desk.room, asked_for)

    seat, asked_for, questions = await desk.ask(request, read)
    page = await asyncio.to_thread(show_questions, asked_for, questions)
    return desk.page(
        "metrics_questions",
        seat,
        page=page,
        presets=tuple(Preset),
        groupings=(),
        columns=COLUMNS,
        told=figure_texts.period_words(asked_for.period),
        may_see_questions=True,
    )


@router.get("/duty")
async def duty_board(request: Request, desk: DeskDep) -> Response:
    """Who is on duty, and who was."""
    typed = _typed(request)
    seat, page = await desk.ask(request, lambda seat: (seat, show_duty(desk.room, seat, typed)))
    return desk.page("duty", seat, page=page)

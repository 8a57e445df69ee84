"""Puts the desk into the web application."""

from fastapi import FastAPI

from bot.web.context import Web
from bot.web.desk import routes_cases, routes_figures, routes_lists, routes_people
from bot.web.desk.answers import Answers
from bot.web.desk.door import DeskWeb
from bot.web.desk.rendering import DeskTemplates
from bot.web.desk.room import DeskParts, Room
from bot.web.limits import Buckets, Monotonic
from bot.web.rendering import Frame


def install(
    app: FastAPI, web: Web, parts: DeskParts, *, frame: Frame, secret: str, monotonic: Monotonic
) -> None:
    """Add the routes under /desk."""
    app.state.desk = DeskWeb(
        room=Room(parts, settings=web.settings, secret=secret, monotonic=monotonic),
        templates=DeskTemplates(frame),
        sign_ins=Buckets(per_minute=web.settings.sign_ins_per_minute, now=monotonic),
        answers=Answers(now=monotonic),
        web=web,
    )
    for router in (
        routes_people.router,
        routes_lists.router,
        routes_cases.router,
        routes_figures.router,
    ):
        app.include_router(router)

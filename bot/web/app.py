"""The web application: puts the parts of this package together."""

import time
from collections.abc import Callable
from urllib.parse import urlsplit

from fastapi import FastAPI
from starlette.middleware.gzip import GZipMiddleware

from bot.config import Settings
from bot.mailroom import AsyncMailroom
from bot.web import api, desk, errors, figures, pages, upload
from bot.web.addresses import networks
from bot.web.assets import Assets, load_assets
from bot.web.body import BodyLimit
from bot.web.context import Web
from bot.web.headers import SafeHeaders, embed_policy
from bot.web.identity import Identities
from bot.web.limits import Limits, Monotonic
from bot.web.rendering import Frame, Templates
from bot.web.streams import Streams
from handlers.services import Clock

_ABOUT = (
    "群众提问，回答来自已审核的政策解读和公开指南。\n\n"
    "先 POST /api/v1/session 取得 token，以后每次请求带上 Authorization: Bearer token。"
)

_COMPRESSION = 5  # pages are 2 % larger than with 9, in a third of the time


def create_app(  # noqa: PLR0913 - all it takes to run, named by the caller
    *,
    mailroom: AsyncMailroom,
    settings: Settings,
    secret: str,
    new_id: Callable[[], str],
    clock: Clock,
    examples: tuple[str, ...] = (),
    monotonic: Monotonic = time.monotonic,
    streams: Streams | None = None,
    staff: desk.DeskParts | None = None,
) -> FastAPI:
    """The application, with desk and public figures if it is given what those need.

    `BadSettings` if a setting it needs is wrong.
    """
    embed_policy(settings.widget_origins)  # a wrong one is told at start, not at the first visit
    assets = load_assets()
    frame = _frame(settings, assets, examples)
    web = Web(
        settings=settings,
        mailroom=mailroom,
        identities=Identities(secret=secret, clock=clock, new_id=new_id),
        limits=Limits(
            person_per_minute=settings.person_per_minute,
            address_per_minute=settings.address_per_minute,
            now=monotonic,
        ),
        streams=streams or Streams(mailroom),
        assets=assets,
        templates=Templates(frame),
        trusted=networks(settings.trusted_proxies),
        clock=clock,
        new_id=new_id,
    )
    app = _assemble(web)
    if staff:
        figures.install(app, staff.services, frame, web)
        desk.install(app, web, staff, frame=frame, secret=secret, monotonic=monotonic)
    return app


def _frame(settings: Settings, assets: Assets, examples: tuple[str, ...]) -> Frame:
    return Frame(
        office=settings.office_name,
        phone=settings.office_phone,
        examples=examples,
        version=assets.version,
        base=urlsplit(settings.public_url).path.rstrip("/"),
        zone=settings.zone,
    )


def _assemble(web: Web) -> FastAPI:
    app = FastAPI(
        title=f"{web.settings.office_name}在线咨询",
        version="1",
        description=_ABOUT,
        docs_url=None,  # Swagger UI would come from a CDN
        redoc_url=None,
    )
    app.state.web = web
    errors.install(app)
    for router in (api.router, api.health, pages.router, upload.router):
        app.include_router(router)
    app.add_middleware(BodyLimit)
    app.add_middleware(GZipMiddleware, compresslevel=_COMPRESSION)
    app.add_middleware(SafeHeaders)  # the last is the outermost
    return app

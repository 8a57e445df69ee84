"""The JSON API: sessions, messages, history, the stream of later replies, health."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import aclosing
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Depends, Header, Query, Request, Response
from fastapi.responses import StreamingResponse

from bot.web import texts
from bot.web.access import Reader, WebDep, Writer, bearer_visitor
from bot.web.context import Web
from bot.web.errors import Problem, too_fast
from bot.web.identity import HOLDS, Visitor
from bot.web.incoming import to_incoming
from bot.web.schemas import (
    ErrorOut,
    HealthOut,
    HistoryOut,
    MessageIn,
    RepliesOut,
    SessionOut,
    history_out,
    reply_out,
)
from bot.web.streams import TooManyStreams

HEALTH_SECONDS = 5.0

_ERRORS = {
    401: "没有会话，或会话已过期",
    403: "不是从本网站的页面发出的",
    404: "没有这个文件，或者不是本人的",
    413: "请求超过 64 kB",
    415: "不是 JSON",
    422: "内容不合要求",
    429: "太快了；Retry-After 说明要等几秒",
    503: "暂时不可用；Retry-After 说明几秒后再试",
}


def _errors(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """For OpenAPI: the errors an operation may give."""
    return {s: {"model": ErrorOut, "description": _ERRORS[s]} for s in statuses}


router = APIRouter(prefix="/api/v1", tags=["咨询"])
health = APIRouter(tags=["运行"])

After = Annotated[int, Query(ge=0, lt=2**63, description="只要 seq 大于它的回复")]


@router.post("/session", summary="取得或续期匿名会话", responses=_errors(401, 429))
async def open_session(
    request: Request, web: WebDep, known: Annotated[Visitor | None, Depends(bearer_visitor)]
) -> SessionOut:
    """不带 token 时新建一个匿名身份；带有效 token 时身份不变，有效期从现在算起。"""
    if wait := web.seconds_to_wait(request):
        raise too_fast(wait)
    token = web.identities.token(known or web.identities.newcomer())
    return SessionOut(token=token, expires_at=web.clock().astimezone(web.settings.zone) + HOLDS)


@router.post(
    "/messages", summary="发一条消息", responses=_errors(401, 403, 413, 415, 422, 429, 503)
)
async def send_message(
    request: Request, message: MessageIn, web: WebDep, visitor: Writer
) -> RepliesOut:
    """收下后才回答；没有收到应答时，请用同一个 id 重发，不会重复处理。"""
    if wait := web.seconds_to_wait(request, visitor):
        raise too_fast(wait)
    replies = await web.exchange(to_incoming(visitor, message, web.clock()))
    return RepliesOut(replies=[reply_out(one, web.settings.zone) for one in replies])


@router.get("/messages", summary="取回较新的回复", responses=_errors(401, 422, 503))
async def later_replies(web: WebDep, visitor: Reader, after: After = 0) -> RepliesOut:
    """一次最多 200 条，旧的在前；以最后一条的 seq 作 after 接着取。"""
    replies = await web.replies_after(visitor, after)
    return RepliesOut(replies=[reply_out(one, web.settings.zone) for one in replies])


@router.get("/history", summary="最近的对话", responses=_errors(401, 503))
async def history(web: WebDep, visitor: Reader) -> HistoryOut:
    """本人最近 50 次提问和全部回复，按页面上的样子。"""
    return history_out(await web.transcript(visitor), web.settings.zone)


@router.get(
    "/files/{file_id}",
    summary="下载回复附上的文件",
    response_class=Response,
    responses=_errors(401, 404, 422) | {200: {"description": "文件内容"}},
)
async def download(file_id: str, web: WebDep, visitor: Reader) -> Response:
    """只有本人能下载；别人的文件和不存在的文件没有区别。"""
    file = await web.mailroom.run(web.mailroom.sync.files.get, file_id)
    if file is None or file.person != visitor.person:
        raise Problem(404, "not_found", texts.NO_SUCH_FILE)
    name = quote(file.name, safe="")
    return Response(
        file.body,
        media_type=file.media_type,
        headers={"Content-Disposition": f"attachment; filename*=UTF-8''{name}"},
    )


@router.get(
    "/stream",
    summary="持续接收新回复（Server-Sent Events）",
    response_class=StreamingResponse,
    responses=_errors(401, 422, 429)
    | {
        200: {
            "description": "每条回复一个 reply 事件：id 是 seq，data 与 /messages 的一条相同",
            "content": {"text/event-stream": {"schema": {"type": "string"}}},
        }
    },
)
async def stream(
    web: WebDep,
    visitor: Reader,
    after: After = 0,
    last_event_id: Annotated[int | None, Header(ge=0, lt=2**63)] = None,
) -> StreamingResponse:
    """断开后用 Last-Event-ID（或 after）接着收。没有新回复时定期发送注释行保持连接。"""
    try:
        web.streams.check_room(visitor.person)
    except TooManyStreams as exc:
        raise Problem(429, "too_many_streams", texts.TOO_MANY_STREAMS, retry_after=30) from exc
    return StreamingResponse(
        _events(web, visitor, after if last_event_id is None else last_event_id),
        media_type="text/event-stream",
        headers={"X-Accel-Buffering": "no"},  # nginx: pass on at once
    )


async def _events(web: Web, visitor: Visitor, after: int) -> AsyncIterator[str]:
    yield "retry: 3000\n\n"  # at once: the page knows that it is connected
    async with aclosing(web.streams.follow(visitor.person, after)) as batches:
        async for replies in batches:
            if not replies:
                yield ":\n\n"
            for one in replies:
                data = reply_out(one, web.settings.zone).model_dump_json()
                yield f"id: {one.seq}\nevent: reply\ndata: {data}\n\n"


@health.get("/healthz", summary="是否正常运行", responses=_errors(503))
async def healthz(web: WebDep) -> HealthOut:
    """数据库能在几秒内读出即为正常。"""
    try:
        async with asyncio.timeout(HEALTH_SECONDS):
            await web.mailroom.run(web.mailroom.sync.mail.after, "", 0)
    except (sqlite3.Error, TimeoutError) as exc:
        raise Problem(503, "unhealthy", texts.UNHEALTHY, retry_after=HEALTH_SECONDS) from exc
    return HealthOut()

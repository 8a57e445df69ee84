"""What the fake Bot API does to a bot on demand: rate limits, refusals, cut connections."""

import httpx
import pytest

from .botapi import BotApi
from .botapi_limits import RateLimit
from .botapi_rules import OTHER_POLLER, Rejected
from .botapi_world import Chat


@pytest.fixture
def zhang(api):
    return api.user(1001, "张三", started=True)


async def test_a_bot_that_sends_too_fast_is_told_when_to_come_back(api, bot, zhang):
    api.limit_rates()
    await bot.ok("sendMessage", chat_id=1001, text="一")
    answer = await bot("sendMessage", chat_id=1001, text="二")
    assert answer["error_code"] == 429
    assert answer["description"] == "Too Many Requests: retry after 1"
    assert answer["parameters"] == {"retry_after": 1}
    assert [m.text for m in api.messages(1001)] == ["一"]


@pytest.mark.parametrize(
    ("chat_ids", "gap", "wait"),
    [
        ([1, 1], 0.0, 1),  # one a second in a chat
        (range(1, 32), 0.01, 1),  # thirty a second in all
        ([-1] * 21, 1.5, 30),  # twenty a minute in a group
    ],
)
def test_the_rate_limits_are_those_of_telegram(chat_ids, gap, wait):
    now = 0.0
    limit = RateLimit(lambda: now)
    limit.enabled = True
    *allowed, refused = [Chat(info={"id": i, "type": _kind(i)}) for i in chat_ids]
    for chat in allowed:
        limit.count(chat)
        now += gap
    with pytest.raises(Rejected) as caught:
        limit.count(refused)
    assert caught.value.retry_after == wait
    now += wait
    limit.count(refused)


def _kind(chat_id):
    return "private" if chat_id > 0 else "supergroup"


@pytest.mark.parametrize(
    ("kind", "arg", "code", "description"),
    [
        ("429", 7, 429, "Too Many Requests: retry after 7"),
        (400, "", 400, "Bad Request"),
        ("401", "", 401, "Unauthorized"),
        ("403", "Forbidden: user is deactivated", 403, "Forbidden: user is deactivated"),
        ("409", "", 409, OTHER_POLLER),
        ("500", "", 500, "Internal Server Error"),
        ("502", "", 502, "Bad Gateway"),
    ],
)
async def test_a_refusal_can_be_ordered_for_so_many_calls(api, bot, kind, arg, code, description):
    api.fault("get*", kind, times=2, arg=arg)
    await bot.ok("setMyCommands")
    for _ in range(2):
        assert await bot.refusal("getMe") == (code, description)
    await bot.ok("getMe")
    assert [call.fault for call in api.calls] == ["", str(kind), str(kind), ""]


@pytest.mark.parametrize(("kind", "sent"), [("drop", []), ("lost", ["好"])])
async def test_a_cut_connection_leaves_open_whether_it_was_done(api, bot, zhang, kind, sent):
    api.fault("sendMessage", kind)
    with pytest.raises(httpx.RemoteProtocolError):
        await bot("sendMessage", chat_id=1001, text="好")
    assert [m.text for m in api.messages(1001)] == sent
    await bot.ok("sendMessage", chat_id=1001, text="再来")


async def test_a_slow_answer_takes_effect_even_if_nobody_waits_for_it(api, bot, zhang):
    api.fault("sendMessage", "delay", arg=0.05)
    bot.client.timeout = httpx.Timeout(0.02)
    with pytest.raises(httpx.ReadTimeout):
        await bot("sendMessage", chat_id=1001, text="好")
    assert api.messages(1001) == []
    await zhang.expect("好")


async def test_a_hanging_call_has_no_effect_and_does_not_keep_the_server_from_stopping(bot, zhang):
    bot.api.fault("sendMessage", "hang")
    bot.client.timeout = httpx.Timeout(0.02)
    with pytest.raises(httpx.ReadTimeout):
        await bot("sendMessage", chat_id=1001, text="好")
    assert bot.api.messages(1001) == []


def test_an_unknown_fault_is_an_error_of_the_test():
    with pytest.raises(AssertionError, match="no such fault"):
        BotApi().fault("*", "418")

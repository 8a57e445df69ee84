"""How updates leave the fake Bot API: acknowledged polling, and the webhook."""

import asyncio
import json
from contextlib import asynccontextmanager

import pytest
from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application, RequestHandler

OTHER = (
    "Conflict: terminated by other getUpdates request; "
    "make sure that only one bot instance is running"
)
ACTIVE = (
    "Conflict: can't use getUpdates method while webhook is active; "
    "use deleteWebhook to delete the webhook first"
)


@pytest.fixture
def zhang(api):
    return api.user(1001, "张三", started=True)


def texts(updates):
    return [u["message"]["text"] for u in updates]


async def test_updates_come_again_until_a_higher_offset_acknowledges_them(bot, zhang):
    for text in "一二三":
        await zhang.send(text)
    first = await bot.ok("getUpdates")
    assert texts(first) == ["一", "二", "三"]
    assert await bot.ok("getUpdates") == first
    assert texts(await bot.ok("getUpdates", offset=first[1]["update_id"])) == ["二", "三"]
    assert texts(await bot.ok("getUpdates", offset=0)) == ["二", "三"]


async def test_update_and_message_numbers_grow_by_one(api, bot, zhang):
    for person in (zhang, zhang, api.user(1002, "李四"), zhang):
        await person.send("问")
    updates = await bot.ok("getUpdates")
    assert len({u["update_id"] - n for n, u in enumerate(updates)}) == 1
    assert [u["message"]["message_id"] for u in updates] == [1, 2, 1, 3]


async def test_a_limit_gives_the_oldest_and_a_negative_offset_keeps_the_newest(bot, zhang):
    for text in "一二三":
        await zhang.send(text)
    assert texts(await bot.ok("getUpdates", limit=1)) == ["一"]
    assert texts(await bot.ok("getUpdates", offset=-2)) == ["二", "三"]
    assert texts(await bot.ok("getUpdates")) == ["二", "三"]


async def test_at_most_a_hundred_updates_come_at_once(bot, zhang):
    for number in range(101):
        await zhang.send(str(number))
    assert len(await bot.ok("getUpdates", limit=1000)) == 100


async def test_a_long_poll_ends_when_something_happens_or_its_time_is_up(api, bot, zhang):
    waiting = asyncio.create_task(bot.ok("getUpdates", timeout=50))
    await api.until(lambda: api.polled)
    await zhang.send("问")
    [update] = await waiting
    assert await bot.ok("getUpdates", offset=update["update_id"] + 1, timeout=0) == []


async def test_of_two_pollers_the_earlier_is_sent_away(api, bot, zhang):
    earlier = asyncio.create_task(bot.refusal("getUpdates", timeout=50))
    await api.until(lambda: api.polled)
    later = asyncio.create_task(bot.ok("getUpdates", timeout=50))
    assert await earlier == (409, OTHER)
    await zhang.send("问")
    assert texts(await later) == ["问"]


async def test_the_kinds_of_updates_asked_for_are_remembered(bot, zhang):
    await bot.ok("getUpdates", allowed_updates=["edited_message"])
    await zhang.send("问")
    await zhang.edit("改")
    [update] = await bot.ok("getUpdates")
    assert update["edited_message"]["text"] == "改"
    await bot.ok("getUpdates", allowed_updates=[])
    await zhang.send("再问")
    assert len(await bot.ok("getUpdates")) == 2


async def test_an_acknowledged_update_can_be_delivered_a_second_time_once(api, bot, zhang):
    await zhang.send("问")
    [update] = await bot.ok("getUpdates")
    after = update["update_id"] + 1
    assert await bot.ok("getUpdates", offset=after) == []
    await api.duplicate_last()
    assert await bot.ok("getUpdates", offset=after, timeout=50) == [update]
    assert await bot.ok("getUpdates", offset=after) == []


class Hook:
    """A bot's web server: keeps what it is given, answers 200 unless told otherwise."""

    def __init__(self):
        self.answers = {}  # status codes by the text of the message
        self.received = []
        self.secrets = []
        self.news = asyncio.Condition()
        self.url = ""

    def answer(self, update, secret):
        self.received.append(update)
        self.secrets.append(secret)
        codes = self.answers.get(update["message"]["text"])
        return codes.pop(0) if codes else 200

    async def until(self, count):
        """The updates received, as soon as there are so many."""
        async with asyncio.timeout(5), self.news:
            await self.news.wait_for(lambda: len(self.received) >= count)
        return self.received


class Push(RequestHandler):
    def initialize(self, hook):
        self.hook = hook

    async def post(self):
        secret = self.request.headers.get("X-Telegram-Bot-Api-Secret-Token")
        self.set_status(self.hook.answer(json.loads(self.request.body), secret))
        async with self.hook.news:
            self.hook.news.notify_all()


@asynccontextmanager
async def listening(hook):
    sockets = bind_sockets(0, "127.0.0.1")
    hook.url = f"http://127.0.0.1:{sockets[0].getsockname()[1]}/hook"
    urls = [("/hook", Push, {"hook": hook})]
    server = HTTPServer(Application(urls, log_function=lambda _: None))
    server.add_sockets(sockets)
    yield
    server.stop()
    await server.close_all_connections()


@pytest.fixture
async def hook():
    hook = Hook()
    async with listening(hook):
        yield hook


async def test_the_webhook_gets_what_was_pending_with_the_secret(api, bot, zhang, hook):
    await zhang.send("一")
    await bot.ok("setWebhook", url=hook.url, secret_token="s-1")
    await zhang.send("二")
    assert texts(await hook.until(2)) == ["一", "二"]
    assert hook.secrets == ["s-1", "s-1"]
    await api.until(lambda: not api.pending)


async def test_an_update_is_pushed_again_until_it_is_answered_with_2xx(api, bot, zhang, hook):
    hook.answers["一"] = [500, 404, 301]
    await bot.ok("setWebhook", url=hook.url)
    await zhang.send("一")
    await zhang.send("二")
    assert texts(await hook.until(5)) == ["一", "一", "一", "一", "二"]
    await api.until(lambda: not api.pending)


async def test_a_failing_update_holds_up_its_own_chat_only(api, bot, zhang, hook):
    li = api.user(1002, "李四")
    hook.answers["一"] = [500] * 3
    await bot.ok("setWebhook", url=hook.url)
    await zhang.send("一")
    await zhang.send("三")
    await li.send("二")
    received = texts(await hook.until(6))
    assert [t for t in received if t != "二"] == ["一"] * 4 + ["三"]
    assert received.index("二") < 4


async def test_webhook_info_tells_what_is_pending_and_what_went_wrong(api, bot, zhang, hook):
    await bot.ok("setWebhook", url=hook.url, max_connections=3, allowed_updates=["message"])
    hook.answers["一"] = [500] * 20
    await zhang.send("一")
    await hook.until(1)
    await api.until(lambda: api.webhook_error)
    info = await bot.ok("getWebhookInfo")
    assert info["pending_update_count"] == 1
    assert info["max_connections"] == 3
    assert info["allowed_updates"] == ["message"]
    assert (
        info["last_error_message"] == "Wrong response from the webhook: 500 Internal Server Error"
    )


async def test_a_webhook_nobody_listens_at_is_tried_until_somebody_does(api, bot, zhang):
    hook = Hook()
    async with listening(hook):
        pass
    await bot.ok("setWebhook", url=hook.url)
    await zhang.send("一")
    await api.until(lambda: api.webhook_error)
    assert api.webhook_error == "Connection refused"
    assert api.pending == 1


async def test_polling_and_a_webhook_exclude_each_other(api, bot, zhang, hook):
    waiting = asyncio.create_task(bot.refusal("getUpdates", timeout=50))
    await api.until(lambda: api.polled)
    await bot.ok("setWebhook", url=hook.url)
    assert await waiting == (409, "Conflict: terminated by setWebhook request")
    assert await bot.refusal("getUpdates") == (409, ACTIVE)
    await bot.ok("deleteWebhook")
    await zhang.send("一")
    assert texts(await bot.ok("getUpdates")) == ["一"]
    assert (await bot.ok("getWebhookInfo"))["url"] == ""


async def test_pending_updates_can_be_dropped_with_the_webhook(bot, zhang, hook):
    hook.answers["一"] = [500] * 20
    await bot.ok("setWebhook", url=hook.url)
    await zhang.send("一")
    await hook.until(1)
    await bot.ok("deleteWebhook", drop_pending_updates=True)
    assert await bot.ok("getUpdates") == []


async def test_a_duplicate_reaches_the_webhook_too(api, bot, zhang, hook):
    await bot.ok("setWebhook", url=hook.url)
    await zhang.send("一")
    await hook.until(1)
    await api.duplicate_last()
    first, second = await hook.until(2)
    assert first == second

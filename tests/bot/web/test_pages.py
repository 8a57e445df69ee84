"""The pages as a browser without JavaScript gets them."""

import re
import sqlite3
from html import unescape

import pytest

from bot.config import BadSettings
from bot.web import texts
from bot.web.rendering import link_parts

HTML = {"Accept": "text/html,*/*;q=0.8", "Origin": "http://test"}


def hidden(page, name):
    found = re.search(rf'name="{name}" value="([^"]*)"', page.text)
    assert found, f"no field {name}"
    return unescape(found[1])


def fields(page, **more):
    return {"token": hidden(page, "token"), "nonce": hidden(page, "nonce"), **more}


def seen(page):
    """The text of the log, tags removed."""
    log = page.text.partition('role="log"')[2].partition("<footer")[0]
    return unescape(re.sub(r"<[^>]+>", "", log))


@pytest.fixture
async def browser(site):
    async with site.client(headers=HTML, follow_redirects=True) as client:
        yield client


async def test_a_question_is_answered_on_the_page(browser):
    page = await browser.get("/")
    page = await browser.post("/", data=fields(page, text="多久？"))
    assert page.status_code == 200
    assert page.history[0].status_code == 303
    assert "多久？" in seen(page)
    assert "答：多久？" in seen(page)


async def test_the_history_is_there_the_next_day(browser, clock):
    await browser.post("/", data=fields(await browser.get("/"), text="多久？"))
    clock.pass_by(days=1)
    assert "答：多久？" in seen(await browser.get("/"))


async def test_sending_the_same_form_twice_asks_once(browser):
    form = fields(await browser.get("/"), text="多久？")
    await browser.post("/", data=form)
    assert seen(await browser.post("/", data=form)).count("答：多久？") == 1


async def test_going_back_and_writing_something_else_asks_again(browser):
    page = await browser.get("/")
    await browser.post("/", data=fields(page, text="甲"))
    page = await browser.post("/", data=fields(page, text="乙"))
    assert "答：甲" in seen(page)
    assert "答：乙" in seen(page)


async def test_a_button_works_and_is_used_up(browser):
    page = await browser.post("/", data=fields(await browser.get("/"), text="甲"))
    press = fields(page, action="bad:1", on=hidden(page, "on"))
    page = await browser.post("/", data=press)
    assert "请换个说法再问。" in seen(page)
    assert re.search(r'value="bad:1" class="button choice pressed" disabled', page.text)


async def test_a_reply_in_place_takes_the_place_of_the_button(browser):
    page = await browser.post("/", data=fields(await browser.get("/"), text="甲"))
    page = await browser.post("/", data=fields(page, action="good:1", on=hidden(page, "on")))
    assert "谢谢您的评价。" in seen(page)
    assert "答：甲" not in seen(page)


async def test_what_people_write_stays_text(browser):
    evil = '<img src=x onerror="alert(1)">&amp;{{ 7*7 }}'
    page = await browser.post("/", data=fields(await browser.get("/"), text=evil))
    assert "<img src=x" not in page.text
    assert seen(page).count(evil) == 2


async def test_a_long_answer_is_folded_below_its_quotation(browser):
    page = await browser.post("/", data=fields(await browser.get("/"), text="长文"))
    assert '<blockquote class="block quote">这一句最要紧。</blockquote>' in page.text
    folded = page.text.partition('<details class="block full">')[2].partition("</details>")[0]
    assert "<summary>看全文</summary><p>一句。" in folded
    assert '<a href="https://example.gov.cn/a?id=1"' in folded


async def test_a_source_is_a_link(browser):
    page = await browser.post("/", data=fields(await browser.get("/"), text="甲"))
    assert '<a href="https://example.gov.cn/a?id=1" target="_blank"' in page.text


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("见https://a.cn/b。", ["https://a.cn/b"]),
        ("（http://a.cn/x?y=1&z=2），", ["http://a.cn/x?y=1&z=2"]),
        ("https://a.cn/b.", ["https://a.cn/b"]),
        ("javascript:alert(1) ftp://a.cn", []),
        ('https://a.cn/"onclick="x', ["https://a.cn/"]),
    ],
)
def test_only_web_addresses_become_links(text, links):
    assert [piece for is_link, piece in link_parts(text) if is_link] == links
    assert "".join(piece for _, piece in link_parts(text)) == text


@pytest.mark.parametrize(
    ("headers", "changes", "status", "told"),
    [
        ({"Origin": "http://evil.example"}, {}, 403, texts.FOREIGN_ORIGIN),
        ({"Sec-Fetch-Site": "cross-site"}, {}, 403, texts.FOREIGN_ORIGIN),
        ({}, {"token": "forged"}, 403, texts.BAD_FORM),
        ({}, {"text": "  "}, 422, texts.EMPTY),
        ({}, {"text": "字" * 2001}, 422, texts.text_too_long(2001)),
        ({}, {"text": "甲", "on": "x"}, 422, texts.BAD_FORM),
    ],
)
async def test_a_refused_form_says_why_and_keeps_the_text(browser, headers, changes, status, told):
    form = {**fields(await browser.get("/"), text="我写的话"), **changes}
    page = await browser.post("/", data=form, headers=headers)
    assert page.status_code == status
    assert told in page.text
    assert f">{form['text']}</textarea>" in page.text
    assert "答：" not in seen(page)


async def test_without_a_cookie_the_text_is_kept(site, browser):
    form = fields(await browser.get("/"), text="我写的话")
    browser.cookies.clear()
    page = await browser.post("/", data=form)
    assert page.status_code == 403
    assert texts.NO_COOKIE in page.text
    assert ">我写的话</textarea>" in page.text


async def test_who_is_too_fast_keeps_the_text(site):
    site.configure(person_per_minute=1)
    async with site.client(headers=HTML, follow_redirects=True) as browser:
        page = await browser.post("/", data=fields(await browser.get("/"), text="甲"))
        page = await browser.post("/", data=fields(page, text="乙"))
    assert page.status_code == 429
    assert page.headers["Retry-After"] == "60"
    assert texts.too_fast(60) in page.text
    assert ">乙</textarea>" in page.text


async def test_a_full_disk_keeps_the_text(site, browser):
    def full(incomings):
        raise sqlite3.OperationalError("database or disk is full")

    form = fields(await browser.get("/"), text="甲")
    site.mailroom.sync.accept = full
    page = await browser.post("/", data=form)
    assert page.status_code == 503
    assert texts.NOT_STORED in page.text
    assert ">甲</textarea>" in page.text


async def test_the_cookie_is_safe_and_rolls_on(site, clock):
    site.configure(public_url="https://zw.example.gov.cn")
    async with site.client(headers=HTML) as browser:
        cookie = (await browser.get("/")).headers["Set-Cookie"]
        assert cookie.startswith("__Host-zhengwen=")
        for part in ("HttpOnly", "Secure", "SameSite=lax", "Path=/", f"Max-Age={180 * 86400}"):
            assert part in cookie
        same = {"Cookie": cookie.partition(";")[0]}
        browser.cookies.clear()
        assert "Set-Cookie" not in (await browser.get("/", headers=same)).headers
        clock.pass_by(days=2)
        renewed = (await browser.get("/", headers=same)).headers["Set-Cookie"]
        assert renewed.split(".")[0] == cookie.split(".")[0]


async def test_a_cookie_of_our_page_may_use_the_api_and_no_other_site_may(browser, say_to):
    await browser.get("/")
    json = {"Accept": "application/json"}
    browser.headers.update(json)
    assert (await say_to(browser, "甲")).status_code == 200
    browser.headers["Origin"] = "http://evil.example"
    assert (await say_to(browser, "甲")).json()["error"]["message"] == texts.FOREIGN_ORIGIN
    del browser.headers["Origin"]
    assert (await say_to(browser, "甲")).status_code == 403


async def test_the_first_screen_offers_examples_and_says_what_it_is_not(site):
    site.configure(office_name="某市档案馆", office_phone="010-12345678")
    async with site.client(headers=HTML) as browser:
        page = (await browser.get("/")).text
    assert "您好！这里是某市档案馆在线咨询。" in page
    assert "不构成法律意见" in page
    assert "请不要在问题里写身份证号等个人信息" in page
    assert 'href="tel:010-12345678"' in page
    assert '<button name="text" value="要钱吗？"' in page


async def test_every_page_forbids_what_it_does_not_need(browser):
    for path in ("/", "/nothing", "/healthz", "/api/v1/history"):
        headers = (await browser.get(path)).headers
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"
        assert headers["Cache-Control"] == "no-store"


async def test_only_named_sites_may_embed(site):
    site.configure(widget_origins=("https://www.example.gov.cn", "https://*.example.cn:8443"))
    async with site.client() as client:
        page = await client.get("/embed")
    ancestors = "frame-ancestors 'self' https://www.example.gov.cn https://*.example.cn:8443"
    assert page.headers["Content-Security-Policy"].endswith(ancestors)
    assert "X-Frame-Options" not in page.headers
    assert "Set-Cookie" not in page.headers


@pytest.mark.parametrize("wrong", ["www.example.cn", "https://a.cn; script-src *", "*"])
def test_a_wrong_widget_origin_is_told_at_start(site, wrong):
    site.configure(widget_origins=(wrong,))
    with pytest.raises(BadSettings, match="WIDGET_ORIGINS"):
        _ = site.app


async def test_files_are_kept_for_ever_under_a_name_that_changes_with_them(browser):
    page = (await browser.get("/")).text
    paths = re.findall(r'(?:src|href)="(static/[^"]+)"', page)
    assert {path.rpartition(".")[2] for path in paths} == {"css", "js", "svg"}
    for path in paths:
        assert "immutable" in (await browser.get(f"/{path}")).headers["Cache-Control"]
    old = await browser.get("/static/0123456789ab/chat.css")
    assert (old.status_code, old.headers["Cache-Control"]) == (200, "no-cache")


async def test_the_page_is_small(browser):
    page = await browser.get("/")
    paths = set(re.findall(r'(?:src|href)="(static/[^"]+)"', page.text))
    sizes = [len((await browser.get(f"/{path}")).content) for path in paths]
    assert len(page.content) + sum(sizes) < 60_000
    assert page.headers["Content-Encoding"] == "gzip"


async def test_the_widget_may_be_loaded_by_others_and_is_checked_again_after_an_hour(browser):
    first = await browser.get("/widget.js")
    assert first.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert "max-age=3600" in first.headers["Cache-Control"]
    again = await browser.get("/widget.js", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("path", ["/nothing", "/static/x/../../app.py", "/static/x/none.js"])
async def test_a_wrong_address_gives_a_page_with_a_way_back(site, path):
    site.configure(public_url="https://www.example.gov.cn/ask")
    async with site.client(headers=HTML) as browser:
        page = await browser.get(path)
    assert page.status_code == 404
    assert texts.NOT_FOUND in page.text
    assert 'href="/ask/"' in page.text


async def test_a_wrong_address_is_json_for_programs(site):
    async with site.client() as client:
        assert (await client.get("/nothing")).json()["error"]["code"] == "not_found"
        wrong = await client.delete("/api/v1/messages")
        assert (wrong.status_code, wrong.json()["error"]["code"]) == (405, "wrong_method")


async def test_a_bug_shows_one_sentence_and_no_details(site, browser):
    def broken(person, limit=50):
        raise RuntimeError("secret detail")

    await browser.get("/")
    site.mail.history = broken
    page = await browser.get("/")
    assert page.status_code == 500
    assert texts.FAILED in page.text
    assert "secret detail" not in page.text
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]


async def test_a_bug_is_json_for_programs(site, visitor):
    site.mail.history = None
    response = await visitor.get("/api/v1/history")
    assert response.json() == {"error": {"code": "failed", "message": texts.FAILED}}

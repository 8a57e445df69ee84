"""Who gets in, for how long, and from where."""

import pytest

from tests.bot.web.desk.conftest import HOST, HTML, PASSWORD, hidden, seen


async def test_name_and_password_open_the_desk(office):
    client = await office.sign_in("张三")
    page = await client.get("/desk")
    assert page.status_code == 200
    assert "张三" in page.text


async def test_without_signing_in_every_page_leads_to_the_form_and_back(office):
    number = office.case()
    client = office.client()
    page = await client.get(f"/desk/case/{number}")
    assert page.url.path == "/desk/sign-in"
    data = {"name": "张三", "password": PASSWORD, "to": hidden(page, "to")}
    page = await client.post("/desk/sign-in", data=data)
    assert page.url.path == f"/desk/case/{number}"


@pytest.mark.parametrize("to", ["https://evil.example", "//evil.example", "@evil.example"])
async def test_nobody_is_sent_elsewhere_after_signing_in(office, to):
    client = office.client()
    data = {"name": "张三", "password": PASSWORD, "to": to}
    page = await client.post("/desk/sign-in", data=data, follow_redirects=False)
    assert page.headers["location"].startswith("/desk")


@pytest.mark.parametrize("name", ["张三", "没有这个人"])
async def test_a_wrong_password_and_an_unknown_name_look_the_same(office, name):
    page = await office.client().post("/desk/sign-in", data={"name": name, "password": "wrong"})
    assert page.status_code == 401
    assert "姓名或者密码不对" in seen(page)
    assert not page.cookies


async def test_five_wrong_passwords_lock_the_name(office):
    client = office.client()
    for _ in range(5):
        await client.post("/desk/sign-in", data={"name": "张三", "password": "wrong"})
    page = await client.post("/desk/sign-in", data={"name": "张三", "password": PASSWORD})
    assert page.status_code == 401
    assert "次数太多" in seen(page)


async def test_an_address_that_tries_many_names_has_to_wait(office):
    office.configure(sign_ins_per_minute=3)
    client = office.client()
    for at in range(3):
        await client.post("/desk/sign-in", data={"name": f"甲{at}", "password": "wrong"})
    page = await client.post("/desk/sign-in", data={"name": "张三", "password": PASSWORD})
    assert page.status_code == 429
    office.monotonic[0] += 61
    page = await client.post("/desk/sign-in", data={"name": "张三", "password": PASSWORD})
    assert page.status_code == 200


async def test_the_cookie_is_strict_and_unseen_by_scripts(office):
    office.configure(public_url=f"https://{HOST.partition('//')[2]}")
    client = office.client(**{"Sec-Fetch-Site": "same-origin"})
    data = {"name": "张三", "password": PASSWORD}
    page = await client.post("/desk/sign-in", data=data, follow_redirects=False)
    cookie = page.headers["set-cookie"]
    assert cookie.startswith("__Secure-zhengwen-desk=")
    for flag in ("HttpOnly", "SameSite=strict", "Secure", "Path=/desk"):
        assert flag in cookie


async def test_the_database_does_not_hold_the_token(office):
    client = await office.sign_in("张三")
    token = client.cookies["zhengwen-desk"]
    kept = [row["token_hash"] for row in office.program.db.query("SELECT * FROM staff_sessions")]
    assert len(kept) == 1
    assert token not in kept[0]


async def test_an_hour_without_use_signs_out(office, clock):
    client = await office.sign_in("张三")
    clock.pass_by(minutes=59)
    assert (await client.get("/desk")).url.path == "/desk"
    clock.pass_by(minutes=61)
    assert (await client.get("/desk")).url.path == "/desk/sign-in"


async def test_a_page_that_only_refreshes_itself_keeps_nobody_signed_in(office, clock):
    number = office.case(officer="张三")
    client = await office.sign_in("张三")
    token = hidden(await client.get(f"/desk/case/{number}"), "token")
    for _ in range(4):
        clock.pass_by(minutes=20)
        last = await client.post(
            f"/desk/case/{number}/presence",
            data={"token": token},
            headers={"Accept": "application/json"},
        )
    assert last.url.path.endswith("/presence")
    assert last.status_code == 401


async def test_half_a_day_signs_out_whatever_is_done(office, clock):
    client = await office.sign_in("张三")
    for _ in range(12):
        clock.pass_by(minutes=59)
        assert (await client.get("/desk")).url.path == "/desk"
    clock.pass_by(minutes=59)
    assert (await client.get("/desk")).url.path == "/desk/sign-in"


async def test_signing_out_ends_the_session_on_the_server_too(office):
    client = await office.sign_in("张三")
    stolen = dict(client.cookies)
    page = await client.get("/desk")
    await client.post("/desk/sign-out", data={"token": hidden(page, "token")})
    other = office.client()
    other.cookies.update(stolen)
    assert (await other.get("/desk")).url.path == "/desk/sign-in"


async def test_a_new_password_signs_out_every_other_browser(office):
    here, there = await office.sign_in("张三"), await office.sign_in("张三")
    page = await here.get("/desk/password")
    data = {"token": hidden(page, "token"), "old": PASSWORD, "new": "another long one"}
    page = await here.post("/desk/password", data={**data, "again": "another long one"})
    assert "密码已修改" in seen(page)
    assert (await here.get("/desk")).url.path == "/desk"
    assert (await there.get("/desk")).url.path == "/desk/sign-in"


async def test_a_password_set_by_somebody_else_signs_out_too(office):
    client = await office.sign_in("张三")
    with office.program.db.atomic():
        office.desk.people.set_password("张三", "set by the administrator")
    assert (await client.get("/desk")).url.path == "/desk/sign-in"


@pytest.mark.parametrize(
    ("old", "new", "again", "said"),
    [
        ("wrong", "another long one", "another long one", "密码不对"),
        (PASSWORD, "short", "short", "至少要有10个字符"),
        (PASSWORD, "another long one", "a different one", "不一样"),
    ],
)
async def test_a_password_that_cannot_be_is_refused(office, old, new, again, said):
    client = await office.sign_in("张三")
    token = hidden(await client.get("/desk/password"), "token")
    data = {"token": token, "old": old, "new": new, "again": again}
    page = await client.post("/desk/password", data=data)
    assert page.status_code == 422
    assert said in seen(page)


async def test_who_was_disabled_is_out_at_once(office):
    client = await office.sign_in("张三")
    with office.program.db.atomic():
        office.desk.people.disable("张三")
    assert (await client.get("/desk")).url.path == "/desk/sign-in"


async def test_an_empty_office_is_told_how_to_begin(office):
    for user in office.desk.people.all():
        office.desk.people.disable(user.name)
    assert "python -m bot user add" in seen(await office.client().get("/desk/sign-in"))


# What must not come from elsewhere.


async def test_a_form_without_our_token_is_refused(office):
    number = office.case()
    client = await office.sign_in("张三")
    page = await client.post(f"/desk/case/{number}/do/accept", data={"token": "made up"})
    assert page.status_code == 403
    assert office.desk.queue.page(number, by=office.actor("张三")).facts.state == "registered"


async def test_a_token_of_another_session_is_refused(office):
    number = office.case()
    mine, theirs = await office.sign_in("张三"), await office.sign_in("李四")
    token = hidden(await theirs.get("/desk"), "token")
    page = await mine.post(f"/desk/case/{number}/do/accept", data={"token": token})
    assert page.status_code == 403


@pytest.mark.parametrize(
    "sender",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": ""},
    ],
)
@pytest.mark.parametrize("path", ["/desk/sign-in", "/desk/duty"])
async def test_a_form_of_another_site_is_refused_even_with_our_token(office, sender, path):
    client = await office.sign_in("张三")
    token = hidden(await client.get("/desk"), "token")
    data = {"token": token, "name": "张三", "password": PASSWORD}
    page = await client.post(path, data=data, headers=sender)
    assert page.status_code == 403


async def test_pages_are_not_kept_framed_or_scripted(office):
    client = await office.sign_in("张三")
    headers = (await client.get("/desk")).headers
    assert headers["cache-control"] == "no-store"
    assert headers["x-frame-options"] == "DENY"
    assert "script-src 'self'" in headers["content-security-policy"]
    assert "unsafe-inline" not in headers["content-security-policy"]


async def test_what_was_written_is_shown_when_the_session_ran_out(office, clock):
    number = office.case(officer="张三")
    client = await office.sign_in("张三")
    token = hidden(await client.get(f"/desk/case/{number}"), "token")
    clock.pass_by(hours=2)
    data = {"token": token, "do": "submit", "body": "写了一上午的答复"}
    page = await client.post(f"/desk/case/{number}/reply", data=data, headers=HTML)
    assert page.status_code == 401
    assert "写了一上午的答复" in page.text

"""What answers a form has an address of its own: Back and reload send nothing again."""

import pytest
from fastapi.routing import APIRoute

from bot.web.desk import routes_cases, routes_figures, routes_lists, routes_people
from petitions import Kind
from tests.bot.web.desk.conftest import does, hidden, seen, version

SCRIPTS_ALONE = {"draft", "presence", "leave", "suggest"}  # no page is shown for these


def paths_of_forms(number):
    routers = (
        routes_cases.router,
        routes_figures.router,
        routes_lists.router,
        routes_people.router,
    )
    routes = [one for router in routers for one in router.routes if isinstance(one, APIRoute)]
    paths = [one.path for one in routes if "POST" in (one.methods or ())]
    wanted = [one for one in paths if one.rpartition("/")[2] not in SCRIPTS_ALONE]
    return [one.format(number=number, action="claim") for one in wanted]


@pytest.mark.parametrize("name", ["张三", ""])
async def test_every_form_is_answered_with_see_other(office, name):
    office.configure(sign_ins_per_minute=100)
    number = office.case(officer="张三")
    paths = paths_of_forms(number)
    assert len(paths) > 8
    for path in paths:
        client = await office.sign_in(name) if name else office.client()
        page = await client.get("/desk/password")
        token = hidden(page, "token") if name else ""
        answer = await client.post(path, data={"token": token}, follow_redirects=False)
        assert answer.status_code == 303, path
        assert (await client.get(answer.headers["location"])).status_code != 404, path


async def test_a_page_that_answers_a_form_is_there_again_on_reload(office):
    number = office.case(kind=Kind.DISCLOSURE, officer="张三")
    client = await office.sign_in("张三")
    refused = await does(client, number, "extend", days="8000", reason="我写了半天的理由")
    assert refused.request.method == "GET"
    assert refused.url.path == f"/desk/case/{number}"
    again = await client.get(refused.url)
    assert (again.status_code, again.text) == (refused.status_code, refused.text)
    assert "我写了半天的理由" in again.text


async def test_a_page_that_answers_a_form_is_for_nobody_else_and_not_for_ever(office):
    number = office.case(officer="张三")
    client = await office.sign_in("张三")
    page = await client.get(f"/desk/case/{number}")
    form = {"token": hidden(page, "token"), "version": version(page), "do": "save"}
    kept = await client.post(f"/desk/case/{number}/reply", data={**form, "body": "写到一半"})
    assert "草稿已保存" in seen(kept)
    assert "草稿已保存" not in seen(await (await office.sign_in("赵六")).get(kept.url))
    assert "登录工作台" in (await office.client().get(kept.url)).text
    office.monotonic[0] += 31 * 60
    assert "草稿已保存" not in seen(await client.get(kept.url))


async def test_whoever_is_signed_out_does_not_see_it_any_more(office):
    client = await office.sign_in("孙八")
    data = {"token": hidden(await client.get("/desk/new"), "token"), "nonce": "1"}
    page = await client.post(
        "/desk/new", data={**data, "kind": "appeal", "channel": "phone", "text": "路灯坏了"}
    )
    assert "查询码" in seen(page)
    cookie = dict(client.cookies)
    await client.post("/desk/sign-out", data={"token": data["token"]})
    client.cookies.update(cookie)
    assert "查询码" not in seen(await client.get(page.url))

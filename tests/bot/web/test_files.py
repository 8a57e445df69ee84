"""Documents with replies: their owner downloads them, nobody else."""

import pytest

from handlers.messages import Block, Document, Reply
from handlers.services import NewFile

BODY = b"PK\x03\x04 a form"


@pytest.fixture
def form(site, clock):
    """Whatever is said is answered with a form."""

    def answer(incoming):
        new = NewFile(
            person=incoming.person, name="申请表.docx", media_type="application/x-form", body=BODY
        )
        kept = site.mailroom.sync.files.put(new, clock())
        return Reply(blocks=(Block(text="好"),), documents=(Document(id=kept, name=new.name),))

    site.respond = answer


async def address(visitor, say_to):
    [reply] = (await say_to(visitor, "我要申请")).json()["replies"]
    return f"/api/v1/files/{reply['documents'][0]['id']}"


async def test_the_owner_gets_the_file_under_its_name(form, visitor, say_to):
    response = await visitor.get(await address(visitor, say_to))
    assert response.content == BODY
    assert response.headers["Content-Type"] == "application/x-form"
    assert "%E7%94%B3%E8%AF%B7%E8%A1%A8.docx" in response.headers["Content-Disposition"]


async def test_another_person_cannot_tell_it_from_a_file_that_is_not_there(
    form, site, visitor, say_to
):
    other = await site.visitor()
    theirs = await other.get(await address(visitor, say_to))
    absent = await other.get("/api/v1/files/nothing")
    assert (theirs.status_code, theirs.content) == (absent.status_code, absent.content)
    await other.aclose()


async def test_without_a_session_there_is_no_file(form, site, visitor, say_to):
    async with site.client() as nobody:
        assert (await nobody.get(await address(visitor, say_to))).status_code == 401


async def test_the_history_still_names_the_file(form, visitor, say_to):
    await address(visitor, say_to)
    reply = (await visitor.get("/api/v1/history")).json()["items"][-1]
    assert reply["documents"][0]["name"] == "申请表.docx"

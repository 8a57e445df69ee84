"""A file for a case: one link, one file, whatever it is called."""

from datetime import timedelta

import pytest

from bot.store import Link
from bot.web import texts
from bot.web.filetypes import UPLOAD_LIMIT

JPEG = b"\xff\xd8\xff\xe0 a picture"


@pytest.fixture
def page(site, clock):
    """The address of an upload page that holds for a week."""
    link = Link(person="web:1001", number="2026-000001-5")
    token = site.mailroom.sync.links.make(link, clock() + timedelta(days=7))
    return f"/upload/{token}"


async def upload(site, page, body=JPEG, name="a.jpg"):
    async with site.client() as client:
        return await client.post(page, files={"file": (name, body)})


def kept(site):
    return site.mailroom.sync.files.of_case("2026-000001-5")


async def test_the_page_names_the_case_and_what_it_takes(site, page):
    async with site.client() as client:
        body = (await client.get(page)).text
    assert "2026-000001-5" in body
    assert "JPG、PNG 或 PDF" in body


async def test_a_sent_file_belongs_to_the_case_and_the_link_is_used_up(site, page):
    assert texts.UPLOAD_KEPT in (await upload(site, page)).text
    [file] = kept(site)
    assert (file.body, file.media_type, file.name) == (JPEG, "image/jpeg", "上传的材料.jpg")
    again = await upload(site, page)
    assert (again.status_code, len(kept(site))) == (410, 1)


@pytest.mark.parametrize("body", [b"", b"MZ a program", b"<svg onload=alert(1)>"])
async def test_another_kind_of_file_is_refused_whatever_its_name(site, page, body):
    response = await upload(site, page, body)
    assert response.status_code == 422
    assert texts.FILE_NOT_TAKEN in response.text
    assert kept(site) == ()


async def test_after_a_wrong_file_the_link_still_works(site, page):
    await upload(site, page, b"MZ a program")
    assert texts.UPLOAD_KEPT in (await upload(site, page)).text


async def test_a_file_over_the_limit_is_refused(site, page):
    response = await upload(site, page, JPEG + bytes(UPLOAD_LIMIT))
    assert response.status_code == 422
    assert texts.FILE_TOO_LARGE in response.text


async def test_a_link_ends_after_its_week(site, page, clock):
    clock.pass_by(days=8)
    assert texts.LINK_USED_UP in (await upload(site, page)).text


async def test_a_name_from_outside_is_not_used(site, page):
    await upload(site, page, name="../../etc/passwd")
    assert [file.name for file in kept(site)] == ["上传的材料.jpg"]


async def test_the_token_is_not_in_the_database(site, page, tmp_path):
    site.mailroom.sync.transact(lambda: None)
    token = page.rpartition("/")[2].encode()
    written = b"".join(path.read_bytes() for path in tmp_path.glob("web.db*"))
    assert token not in written

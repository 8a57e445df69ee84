"""Who gets in, for how long, and from where."""


async def test_name_and_password_open_the_desk(office):
    client = await office.sign_in("张三")
    page = await client.get("/desk")
    assert page.status_code == 200
    assert "张三" in page.text

"""Citizens on Telegram: the real program behind the real channel, over a real socket."""

import re

import pytest

from tests.fakes.botapi import BotApi
from tests.journeys.on_telegram import all_delivered, open_bot


@pytest.fixture(params=["polling", "webhook"])
def mode(request):
    return request.param


@pytest.fixture
async def api():
    async with BotApi() as api:
        yield api


async def test_from_the_first_word_to_a_case_and_back(program, api, mode):
    zhang = api.user(1001, "张三")
    async with open_bot(program, api, mode):
        await zhang.send("/start")
        await zhang.expect("直接写下您想问的事")
        await zhang.send("信息公开要钱吗")
        answer = await zhang.expect("一般不收费")
        assert "国令第711号" in answer.text
        await zhang.press("没解决")
        await zhang.expect("抱歉没有帮到您")
        await zhang.press("转人工")
        receipt = await zhang.expect("已登记")
        [number] = re.findall(r"\d{4}-\d{6}-\d", receipt.text.split("预计")[0])
        assert "spoiler" in [e["type"] for e in receipt.entities]
        await zhang.send(f"查 {number}")
        status = await zhang.expect("现在：")
        assert number in status.text


async def test_lines_that_came_together_get_one_answer(program, api):
    zhang = api.user(1001, "张三")
    for line in ("你好", "我想问一下", "信息公开", "多久答复"):
        await zhang.send(line)
    async with open_bot(program, api, "polling"):
        await zhang.expect("20个工作日内答复")
        await all_delivered(program)
    assert len([m for m in zhang.messages if m.by_bot]) == 1


async def test_somebody_else_needs_the_query_code(program, api, mode):
    zhang, li = api.user(1001, "张三"), api.user(1002, "李四")
    async with open_bot(program, api, mode):
        await zhang.send("火星移民怎么报名")
        await zhang.press("转人工", message_id=(await zhang.expect(".")).message_id)
        receipt = await zhang.expect("已登记")
        [number] = re.findall(r"\d{4}-\d{6}-\d", receipt.text.split("预计")[0])
        [code] = re.findall(r"查询码：(\S+)", receipt.text)
        await li.send(f"查 {number}")
        await li.expect("查询码")
        await li.send(code)
        await li.expect("现在：")
    rows = program.db.query("SELECT group_concat(payload) AS said FROM inbox")
    assert code not in next(iter(rows))["said"]


async def test_a_request_for_information_ends_in_a_receipt_and_a_form(program, api, mode):
    zhang = api.user(1001, "张三")
    async with open_bot(program, api, mode):
        await zhang.send("/request")
        await zhang.expect("您想要什么信息")
        for said, asked in (
            ("2016年沈阳地铁九号线的可行性研究批复", "个人名义"),
            ("个人", "您的姓名"),
            ("张三", "联系方式"),
            ("138 0000 0000", "什么形式"),
            ("电子文件", "怎么拿到"),
            ("自己来取", "请核对一遍"),
        ):
            await zhang.send(said)
            await zhang.expect(asked)
        await zhang.press("确认提交")
        assert "2026年12月22日" in (await zhang.expect("已登记")).text
        [form] = await sent_files(zhang)
    assert form.endswith(".docx")


async def sent_files(person):
    """Names of the documents that came, once one has."""
    while not (found := [m.media for m in person.messages if "document" in m.media]):
        await person.expect("")
    return [media["document"]["file_name"] for media in found]


OLD_POLL = {  # as a server of Bot API 9.5 or earlier sends it
    "id": "9",
    "question": "好吗",
    "options": [{"text": "好", "voter_count": 0}],
    "total_voter_count": 0,
    "is_closed": False,
    "is_anonymous": True,
    "type": "regular",
    "allows_multiple_answers": False,
}


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ({"poll": OLD_POLL}, "我只看得懂文字"),
        ({"poll": {"of": "another kind"}, "caption": "信息公开要钱吗"}, "一般不收费"),
        ({"voice": {"file_id": "f", "file_unique_id": "u", "duration": 3}}, "听不了语音"),
        ({"location": {"latitude": 41.8, "longitude": 123.4}}, "请用文字写下您的问题"),
    ],
)
async def test_whatever_somebody_sends_gets_one_sentence(program, api, mode, content, told):
    zhang = api.user(1001, "张三")
    chat = {"id": 1001, "type": "private"}
    sent = {"message_id": 5, "date": 1_800_000_000, "chat": chat, "from": zhang.profile}
    async with open_bot(program, api, mode):
        await zhang.send("/start")
        await zhang.expect("直接写下您想问的事")
        api.state.updates.push("message", {**sent, **content}, "1001")
        await zhang.expect(told)
        await all_delivered(program)
    assert len([m for m in zhang.messages if m.by_bot]) == 2


async def test_when_unsure_one_picks(program, api, mode):
    zhang = api.user(1001, "张三")
    async with open_bot(program, api, mode):
        await zhang.send("核准备案")
        asked = await zhang.expect("您想问的是哪一个")
        assert asked.buttons[-1] == ["都不是"]
        await zhang.press(asked.buttons[0][0])
        await zhang.expect("依据")


async def test_a_corrected_question_has_one_answer(program, api, mode):
    zhang = api.user(1001, "张三")
    async with open_bot(program, api, mode):
        await zhang.send("投标保证金最多交多少")
        first = await zhang.expect("百分之二")
        await zhang.edit("信息公开要钱吗")
        second = await zhang.expect("一般不收费")
    assert first.message_id == second.message_id
    assert len([m for m in zhang.messages if m.by_bot]) == 1


async def test_in_a_group_it_answers_who_names_it_and_nothing_personal(program, api, mode):
    zhang, group = api.user(1001, "张三"), api.group(-1001, "邻里")
    seat = zhang.at(group)
    async with open_bot(program, api, mode):
        await seat.send("大家好")
        asked = await seat.send("@zhengwen_test_bot 火星移民怎么报名")
        answer = await seat.expect(".")
        assert answer.reply_to == asked
        await seat.press("转人工")
        await seat.expect("私下发给我")
    assert next(iter(program.db.query("SELECT count(*) AS n FROM cases")))["n"] == 0


async def test_pictures_voices_and_floods_are_met_politely(program, api, mode):
    zhang = api.user(1001, "张三")
    async with open_bot(program, api, mode):
        await zhang.photo()
        await zhang.expect("我看不了图片")
        await zhang.voice()
        await zhang.expect("我听不了语音")
        await zhang.photo(caption="信息公开要钱吗")
        await zhang.expect("一般不收费")
        for _ in range(10):
            await zhang.send("信息公开几天给答复")
        await api.until(lambda: len(api.called("sendMessage")) == 13)

"""What is said but not asked."""

import pytest

from bot.services import read_starter
from handlers import texts
from handlers.messages import InputKind
from handlers.smalltalk import classify


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("你好", texts.GREETING),
        ("您好!在吗?", texts.GREETING),
        ("hello", texts.GREETING),
        ("谢谢您", texts.WELCOME_BACK),
        ("好的,知道了,谢谢", texts.WELCOME_BACK),
        ("再见", texts.GOODBYE),
        ("我想问下", texts.GREETING),
        ("能问你个事吗", texts.GREETING),
        ("在不在呀", texts.GREETING),
        ("太感谢了", texts.WELCOME_BACK),
        ("非常感谢您的解答", texts.WELCOME_BACK),
        ("没有别的问题了", texts.WELCOME_BACK),
        ("先这样吧", texts.GOODBYE),
        ("祝您工作顺利", texts.WISHES),
        ("稍等一下", texts.TAKE_YOUR_TIME),
        ("算了吧", texts.ALL_RIGHT),
        ("哈哈", texts.ALL_RIGHT),
        ("你能干啥呀", texts.abilities()),
        ("可以问什么", texts.abilities()),
        ("讲个笑话", texts.ONLY_MATTERS),
        ("能转人工吗", texts.ASK_FOR_STAFF),
        ("我想找工作人员", texts.ASK_FOR_STAFF),
        ("叫你们领导来", texts.ASK_FOR_STAFF),
        ("你好笨啊", texts.SORRY_FOR_US),
        ("什么破机器人", texts.SORRY_FOR_US),
        ("你根本没听懂", texts.SORRY_FOR_US),
        ("一点用都没有", texts.SORRY_FOR_US),
        ("", texts.NOTHING_WRITTEN),
        ("😀😀😀", texts.NOTHING_WRITTEN),
        ("???", texts.NOTHING_WRITTEN),
        ("1", texts.NOTHING_WRITTEN),
        ("垃圾", texts.ABUSE),
        ("你们都是骗子", texts.ABUSE),
        ("/frobnicate", texts.UNKNOWN_COMMAND),
    ],
)
def test_small_talk_gets_a_short_word(citizen, said, told):
    assert citizen.says(said).text == told


@pytest.mark.parametrize(
    "kind", [k for k in InputKind if k not in (InputKind.TEXT, InputKind.BUTTON)]
)
def test_what_is_not_text_is_answered_politely(citizen, kind):
    assert "文字" in citizen.says("", kind=kind).text


def test_a_question_behind_a_greeting_is_answered(citizen):
    assert "一般不收费" in citizen.says("你好,申请信息公开要收费吗?谢谢").text


def test_anger_with_a_question_in_it_is_helped(citizen):
    reply = citizen.says("什么垃圾单位,申请信息公开多久答复?")
    assert "多久答复" in reply.text + "".join(citizen.labels)


@pytest.mark.parametrize(
    "said", ["你是谁啊", "你是真人还是机器人", "我在跟人说话吗", "你是人工智能吗"]
)
def test_who_asks_whether_it_is_a_person_is_told_that_it_is_not(citizen, said):
    assert "不是真人" in citizen.says(said).text


def test_a_second_greeting_is_returned_in_two_words(citizen, clock):
    assert citizen.says("你好").text == texts.GREETING
    assert citizen.says("我想问一下").text == texts.GO_ON
    clock.pass_by(minutes=3)
    assert citizen.says("在吗").text == texts.GREETING


def test_a_complaint_about_an_answer_offers_to_pass_its_question_on(citizen, program):
    citizen.says("公园的猴子叫什么名字")
    citizen.says("你听不懂人话")
    assert "编号" in citizen.presses(texts.TO_STAFF).text
    assert [row["text"] for row in program.db.query("SELECT text FROM cases")] == [
        "公园的猴子叫什么名字"
    ]


@pytest.mark.parametrize(
    "question",
    [
        "能问一下信息公开怎么收费吗",
        "你们单位能干什么项目",
        "垃圾处理项目要不要核准",
        "办事人员态度差找谁投诉",
        "人工智能企业有什么补贴",
        "感谢信寄到哪里",
        "在哪里申请",
    ],
)
def test_whatever_names_a_matter_is_a_question(question):
    assert classify(question) is None


def test_no_wording_of_the_starter_knowledge_is_small_talk():
    said = [one for entry in read_starter() for one in (entry.question, *entry.similar)]
    assert [one for one in said if classify(one)] == []

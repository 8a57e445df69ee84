"""What refers to what was said before: follow-ups, changes of matter, corrections, picks."""

import pytest

from bot.services import read_starter
from handlers import texts
from petitions import Channel

FORTNIGHT = "20个工作日内答复"
FREE = "一般不收费"


def leads_to(reply):
    """The entry that is the answer, or, where that is not sure enough, those that are offered."""
    if reply.decision == "answer":
        return [reply.blocks[0].text]
    return [row[0].label for row in reply.buttons[:-1]]


def said_of(program):
    rows = program.db.query("SELECT entry_id, what FROM reactions ORDER BY at, entry_id")
    return [tuple(row.values()) for row in rows]


@pytest.mark.parametrize(
    ("first", "then", "answer"),
    [
        ("怎么申请政府信息公开?", "它要多久", FORTNIGHT),
        ("怎么申请政府信息公开?", "它要多久?", FORTNIGHT),
        ("怎么申请政府信息公开?", "这个收费吗", FREE),
        ("怎么申请政府信息公开?", "那这个要钱吗", FREE),
        ("怎么申请政府信息公开?", "还要交钱吗", FREE),
        ("怎么申请政府信息公开?", "多久", FORTNIGHT),
        ("申请信息公开要收费吗?", "那多久给答复呢", FORTNIGHT),
        ("申请信息公开多久答复?", "怎么申请", "当面、邮寄或者网上"),
    ],
)
def test_a_pronoun_is_the_matter_before(citizen, first, then, answer):
    citizen.says(first)
    assert answer in citizen.says(then).text


def test_follow_ups_follow_each_other(citizen):
    citizen.says("怎么申请政府信息公开?")
    assert FORTNIGHT in citizen.says("它要多久").text
    assert FREE in citizen.says("那要钱吗").text


@pytest.mark.parametrize(
    ("then", "answer"),
    [
        ("那投标保证金最多交多少?", "百分之二"),
        ("投标保证金最多交多少", "百分之二"),
        ("那企业投资项目怎么备案", "在线平台"),
    ],
)
def test_a_new_matter_is_not_dragged_into_the_old_one(citizen, then, answer):
    citizen.says("怎么申请政府信息公开?")
    assert answer in citizen.says(then).text


def test_a_new_matter_that_nobody_knows_is_not_answered_with_the_old_one(citizen):
    citizen.says("怎么申请政府信息公开?")
    assert citizen.says("那公园的猴子多少钱").decision != "answer"


def test_after_a_new_matter_the_old_one_is_over(citizen):
    citizen.says("怎么申请政府信息公开?")
    citizen.says("公园的猴子叫什么名字")
    assert citizen.says("要钱吗").decision != "answer"


@pytest.mark.parametrize(
    ("message", "answers"),
    [
        ("怎么申请政府信息公开?投标保证金最多交多少?", ("邮寄", "百分之二")),
        ("怎么申请政府信息公开?它要多久?", ("邮寄", FORTNIGHT)),
        (
            "怎么申请政府信息公开?投标保证金最多交多少?企业投资项目怎么备案?",
            ("邮寄", "百分之二", "在线平台"),
        ),
        ("投标保证金最多交多少?申请信息公开要收费吗?", ("百分之二", FREE)),
    ],
)
def test_questions_of_one_message_each_have_their_matter(citizen, message, answers):
    text = citizen.says(message).text
    assert [answer for answer in answers if answer not in text] == []


@pytest.mark.parametrize(
    "no",
    ["不是这个", "不对", "不对!", "我问的不是这个", "答非所问", "不是这个意思", "你答错了",
     "不对,我问的不是这个"],
)  # fmt: skip
def test_a_wrong_answer_is_marked_and_others_are_offered(citizen, program, no):
    citizen.says("申请信息公开要收费吗")
    reply = citizen.says(no)
    assert reply.text == texts.NOT_THIS
    assert "申请信息公开要收费吗?" not in citizen.labels
    assert citizen.labels[-2:] == [texts.NONE_OF_THESE, texts.TO_STAFF]
    assert said_of(program) == [("fee", "unsolved")]


def test_what_is_picked_after_a_wrong_answer_is_the_answer(citizen, program):
    citizen.says("申请信息公开要收费吗")
    citizen.says("不是这个")
    assert FORTNIGHT in citizen.presses("多久答复").text
    assert set(said_of(program)) == {("fee", "unsolved"), ("long", "picked")}
    row = next(program.db.query("SELECT answered_with, feedback FROM questions"))
    assert tuple(row.values()) == ("long", None)


def test_what_was_refused_is_not_offered_again(citizen):
    citizen.says("申请信息公开要收费吗")
    citizen.says("不是这个")
    citizen.presses("多久答复")
    citizen.says("不对")
    assert not {"申请信息公开要收费吗?", "申请信息公开多久答复?"} & set(citizen.labels)


def test_not_this_again_ends_the_offers(citizen):
    citizen.says("申请信息公开要收费吗")
    citizen.says("不是这个")
    assert citizen.says("都不对").text == texts.NONE_FITS


def test_not_this_after_unsolved_still_offers_others(citizen):
    citizen.says("申请信息公开要收费吗")
    citizen.presses("没解决")
    assert citizen.says("不是这个").text == texts.NOT_THIS


@pytest.mark.parametrize(
    "text",
    ["不是本地人是不是也能申请", "有用吗", "第二次申请要收费吗", "不是本人是委托的可以吗",
     "还有什么材料", "具体流程", "没用的项目怎么备案"],
)  # fmt: skip
def test_a_question_that_looks_like_a_reference_is_a_question(citizen, program, text):
    citizen.says("申请信息公开要收费吗")
    citizen.says(text)
    asked = [row["text"] for row in program.db.query("SELECT text FROM questions")]
    assert asked[1:] == [text]
    assert said_of(program) == []


def test_not_this_after_a_choice_is_none_of_these(citizen, program):
    citizen.says("核准备案")
    assert citizen.says("都不是").text == texts.NONE_FITS
    assert {what for _, what in said_of(program)} == {"refused"}


@pytest.mark.parametrize("channel", [Channel.WEB, Channel.TELEGRAM, Channel.TERMINAL])
@pytest.mark.parametrize("number", ["第二个", "2", "２", "二", "选第二个吧", "我要第2个", "第二条"])
def test_an_option_can_be_named_by_its_place(person, channel, number):
    one = person(channel=channel)
    one.says("核准备案")
    second = one.labels[1]
    assert second in one.says(number).text


def test_the_last_option_is_the_last_question(citizen):
    citizen.says("核准备案")
    last = citizen.labels[-2]
    assert last in citizen.says("最后一个").text


@pytest.mark.parametrize("number", ["第九个", "9", "0"])
def test_a_place_that_no_option_has_is_no_pick(citizen, number):
    citizen.says("核准备案")
    assert citizen.says(number).decision != "answer"


def test_a_number_with_nothing_to_choose_is_no_pick(citizen):
    citizen.says("申请信息公开要收费吗")
    assert citizen.says("2").decision != "answer"


@pytest.mark.parametrize(
    "correction",
    ["我是说备案", "我说的是备案", "不是核准,是备案", "不对,我问的是备案", "我指的是备案啊",
     "是备案不是核准", "那备案呢"],
)  # fmt: skip
def test_a_corrected_word_takes_the_place_of_the_wrong_one(program, citizen, correction):
    program.services.knowledge.use(STARTER_ENTRIES)
    assert "核准" in citizen.says("企业投资项目核准要多久").text
    assert "项目备案要填什么，多久能办好？" in leads_to(citizen.says(correction))


def test_a_correction_that_is_a_question_is_asked(citizen):
    citizen.says("企业投资项目核准要多久?")
    assert FREE in citizen.says("我是说申请信息公开要收费吗").text


def test_a_correction_never_repeats_what_it_corrects(citizen):
    wrong = citizen.says("企业投资项目核准要多久?").text
    assert citizen.says("我是说备案").text != wrong


@pytest.mark.parametrize(
    "more", ["还有呢", "还有呢?", "详细点", "能详细点吗", "具体一点", "再说说", "还有吗", "更多"]
)
def test_more_offers_what_else_there_is_on_the_matter(citizen, more):
    citizen.says("申请信息公开要收费吗")
    assert citizen.says(more).text == texts.MORE_ON_THIS
    assert citizen.labels == ["申请信息公开多久答复?"]
    assert FORTNIGHT in citizen.presses("多久答复").text


def test_more_ends_when_all_was_offered(citizen):
    citizen.says("申请信息公开要收费吗")
    citizen.says("还有呢")
    assert citizen.says("还有呢").text == texts.NO_MORE


def test_more_can_be_named_by_its_place(citizen):
    citizen.says("申请信息公开要收费吗")
    citizen.says("还有呢")
    assert FORTNIGHT in citizen.says("第一个").text


@pytest.mark.parametrize("text", ["不是这个", "还有呢", "我是说备案", "第二个", "没解决", "都不是"])
def test_with_nothing_before_nothing_is_answered(citizen, text):
    assert citizen.says(text).decision != "answer"


@pytest.mark.parametrize("text", ["不是这个", "不对", "都不是"])
def test_who_points_at_nothing_is_asked_what_is_meant(citizen, text):
    assert citizen.says(text).text == texts.VAGUE


@pytest.mark.parametrize(
    ("written", "feedback"), [("没解决", "unsolved"), ("没用", "unsolved"), ("有帮助", "helpful")]
)
def test_a_rating_can_be_written(citizen, program, written, feedback):
    citizen.says("申请信息公开要收费吗")
    citizen.says(written)
    assert said_of(program) == [("fee", feedback)]


def test_unsolved_written_without_an_answer_offers_staff(citizen):
    citizen.says("公园几点关门")
    citizen.says("没用")
    assert citizen.labels == [texts.TO_STAFF]


STARTER_ENTRIES = read_starter()
STARTER = (
    (("怎么申请政府信息公开", "它要多久"), "申请信息公开多久给答复，能延期吗？"),
    (("怎么申请政府信息公开", "这个收费吗"), "申请信息公开要收费吗？"),
    (
        ("怎么申请政府信息公开", "它要多久", "那去哪里交"),
        "信息公开申请由谁受理，在哪里、电话多少、几点办公？",
    ),
    (("企业投资项目核准要多久", "那备案呢"), "项目备案要填什么，多久能办好？"),
    (("项目备案怎么办理", "要什么材料"), "项目备案要填什么，多久能办好？"),
    (("项目备案怎么办理", "要多久"), "项目备案要填什么，多久能办好？"),
    (("信访多久答复", "这个要实名吗"), "信访材料写什么，要写真实姓名吗？"),
    (("什么是PPP", "谁来管"), "PPP归哪个部门管？"),
    (("什么是PPP", "那项目备案要多久", "要什么材料"), "项目备案要填什么，多久能办好？"),
)


@pytest.mark.parametrize(("said", "question"), STARTER)
def test_conversations_over_the_starter_knowledge(program, citizen, said, question):
    program.services.knowledge.use(STARTER_ENTRIES)
    for text in said:
        reply = citizen.says(text)
    assert question in leads_to(reply)


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ("什么是PPP", "还要多久"),
        ("信访要实名吗", "它要钱吗"),
        ("怎么申请信息公开", "能退吗"),
        ("怎么申请政府信息公开", "那公积金呢"),
    ],
)
def test_what_the_starter_knowledge_lacks_is_not_made_up(program, citizen, first, then):
    program.services.knowledge.use(STARTER_ENTRIES)
    citizen.says(first)
    assert citizen.says(then).decision != "answer"

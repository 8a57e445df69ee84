"""A question and what is pressed after it."""

import pytest

from bot.services import read_starter
from handlers import ask, texts
from handlers.messages import Action, Block, Reply, Style
from knowledge import Source
from petitions import Channel
from tests.conftest import entry


def decisions(program):
    rows = program.db.query("SELECT decision, feedback, text FROM questions ORDER BY rowid")
    return [tuple(row.values()) for row in rows]


def test_a_question_is_answered_with_its_source(citizen):
    reply = citizen.says("信息公开多久给答复")
    assert "20个工作日内答复" in reply.text
    assert "依据：《中华人民共和国政府信息公开条例》（国令第711号）第三十三条" in reply.text
    assert "2019年4月3日发布" in reply.text
    assert citizen.labels == ["有帮助", "没解决"]


def test_an_entry_without_a_source_claims_none(program, citizen):
    program.services.knowledge.use([entry("bare", "公园几点关门？", "晚上九点。", source=Source())])
    assert citizen.says("公园几点关门").text == "晚上九点。"


def test_the_question_answered_stands_above_unless_it_was_asked_so(citizen):
    assert citizen.says("申请信息公开要收费吗").blocks[0].style is Style.BODY
    assert citizen.says("信息公开要钱吗").blocks[0].style is Style.TITLE


def test_of_a_long_answer_the_sentence_asked_for_comes_first(program, citizen):
    answer = long_answer(program)
    title, quote, whole, source = citizen.says("停产企业的容量电费怎么收").blocks
    assert (title.style, source.style) == (Style.TITLE, Style.SOURCE)
    assert quote == Block(text="停产企业的容量电费当月免收，不用申请。", style=Style.QUOTE)
    assert whole == Block(text=answer, style=Style.BODY)


def test_a_very_long_answer_stands_folded_below_its_quotation(program, citizen):
    answer = long_answer(program, more=10)
    styles = [block.style for block in citizen.says("停产企业的容量电费怎么收").blocks]
    assert styles == [Style.TITLE, Style.QUOTE, Style.FULL, Style.SOURCE]
    assert len(answer) > ask.AT_A_LOOK


def test_an_answer_that_was_chosen_is_quoted_for_the_question_that_was_asked(program, citizen):
    long_answer(program)
    citizen.says("停产企业的容量电费怎么收")
    [last] = program.db.query("SELECT id FROM questions")
    reply = citizen.presses_action(Action(verb="pick", args=(last["id"], "0")))
    assert "> 停产企业的容量电费当月免收，不用申请。\n" in reply.text


def long_answer(program, more=6):
    """Publish an entry of many sentences, of which one is about the 容量电费; its answer."""
    rest = "各单位要加强宣传，主动上门服务。" * more
    answer = f"今年继续实行支持措施。{rest}停产企业的容量电费当月免收，不用申请。{rest}"
    made = entry("power", "停产企业用电用水有什么支持措施?", answer, "停产企业的电费怎么收")
    knowledge = program.services.knowledge
    knowledge.take_in([made], publish=True, replace_all=False, at=program.services.clock())
    return answer


def test_two_questions_in_one_message_are_both_answered(citizen):
    reply = citizen.says("怎么申请政府信息公开?申请信息公开要收费吗?")
    assert "邮寄" in reply.text
    assert "一般不收费" in reply.text


@pytest.mark.parametrize(
    ("first", "then", "answer"),
    [
        ("怎么申请政府信息公开?", "那要多久?", "20个工作日内答复"),
        ("怎么申请政府信息公开?", "要钱吗", "一般不收费"),
    ],
)
def test_a_follow_up_is_about_the_last_answer(citizen, first, then, answer):
    citizen.says(first)
    assert answer in citizen.says(then).text


def test_a_follow_up_is_not_answered_with_the_period_of_something_else(citizen):
    citizen.says("企业投资项目怎么备案?")  # only of 核准 it is known how long that takes
    assert citizen.says("多久").decision != "answer"


def test_a_follow_up_with_nothing_before_is_asked_back(citizen):
    assert citizen.says("那要多久?").decision != "answer"


def test_a_topic_is_forgotten_after_half_an_hour(citizen, clock):
    citizen.says("怎么申请政府信息公开?")
    clock.pass_by(minutes=31)
    assert citizen.says("要钱吗").decision != "answer"


def test_an_expired_entry_is_never_answered(citizen):
    assert citizen.says("摩托车牌照补贴有多少?").decision == "escalate"


def test_what_is_not_known_is_not_answered(citizen):
    reply = citizen.says("公园的猴子叫什么名字")
    assert reply.decision == "escalate"
    assert citizen.labels == [texts.TO_STAFF]


def test_in_doubt_the_person_chooses(citizen, program):
    reply = citizen.says("核准备案")
    assert reply.decision == "clarify"
    assert citizen.labels[-1] == texts.NONE_OF_THESE
    assert "在线平台填报即可" in citizen.presses("怎么备案").text


def test_what_is_offered_tells_the_heart_of_its_answer(citizen):
    reply = citizen.says("核准备案")
    offered = reply.buttons[0][0]
    assert offered.note
    assert f"{offered.label}\n{offered.note}" in reply.text
    assert Reply.from_json(reply.to_json()) == reply


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ("二十日内。可以延长。", "二十日内。"),
        ("要交三样：\n\n1. 申请书；\n2. 证件。", "要交三样： 1. 申请书； 2. 证件。"),
        ("字" * 100, "字" * (ask.GIST - 1) + "…"),
    ],
)
def test_the_heart_of_an_answer(answer, told):
    assert ask.gist("公园几点关门", answer) == told


def test_none_of_these_offers_staff(citizen):
    citizen.says("核准备案")
    citizen.presses(texts.NONE_OF_THESE)
    assert citizen.labels == [texts.TO_STAFF]


def test_feedback_is_kept(citizen, program):
    citizen.says("申请信息公开要收费吗")
    citizen.presses("有帮助")
    assert decisions(program) == [("answer", "helpful", "申请信息公开要收费吗")]


def test_unsolved_offers_staff(citizen, program):
    citizen.says("申请信息公开要收费吗")
    citizen.presses("没解决")
    assert decisions(program)[0][1] == "unsolved"
    assert citizen.labels == [texts.TO_STAFF]


def test_a_button_of_somebody_else_does_nothing(person):
    one, other = person("1"), person("2")
    one.says("我家在某某路的事")
    reply = other.presses_action(one.button(texts.TO_STAFF).action)
    assert reply.text == texts.STALE_BUTTON


@pytest.mark.parametrize(
    "action",
    [
        Action(verb="pick"),
        Action(verb="pick", args=("id000001", "9")),
        Action(verb="pick", args=("id000001", "-1")),
        Action(verb="human", args=("nobody",)),
        Action(verb="drop table", args=("x",)),
        Action(verb=""),
    ],
)
def test_a_made_up_button_does_nothing(citizen, action):
    citizen.says("核准备案")
    assert citizen.presses_action(action).text == texts.STALE_BUTTON


def test_personal_numbers_never_reach_the_disk(citizen, program):
    number = "1390000" + "1234"
    citizen.says(f"申请信息公开要收费吗,我的电话{number}")
    program.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert number.encode() not in program.settings.database.read_bytes()


def test_a_very_long_text_is_offered_to_staff_whole(citizen, program):
    text = "路灯坏了。" * 500
    assert citizen.says(text).text == texts.TOO_LONG
    citizen.presses(texts.TO_STAFF)
    assert next(iter(program.db.query("SELECT text FROM cases")))["text"] == text


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "'; DROP TABLE cases; --",
        "%s%s%n",
        "\x00\x01",
        "🀄" * 50,
        "𠮷" * 9,
    ],
)
def test_odd_texts_get_an_ordinary_reply(citizen, text):
    assert citizen.says(text).text


def test_the_terminal_asks_the_same_way(person):
    assert "一般不收费" in person(channel=Channel.TERMINAL).says("信息公开要钱吗").text


@pytest.mark.parametrize("example", texts.EXAMPLES)
def test_every_example_is_answered_outright(program, citizen, example):
    program.services.knowledge.use(read_starter())
    assert citizen.says(example).decision == "answer"

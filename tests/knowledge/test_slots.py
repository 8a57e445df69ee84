"""Numbers, places, yes or no, and which side of a matter is asked for."""

import pytest

from knowledge.aspects import Aspect
from knowledge.slots import Slots, conflicts, home, read


@pytest.mark.parametrize(
    ("question", "aspect"),
    [
        ("申请公开多久答复", Aspect.HOW_LONG),
        ("几个工作日能办完", Aspect.HOW_LONG),
        ("要钱吗", Aspect.HOW_MUCH),
        ("怎么收费", Aspect.HOW_MUCH),
        ("在哪里办", Aspect.WHERE),
        ("找哪个部门", Aspect.WHO),
        ("要带什么材料", Aspect.MATERIALS),
        ("怎么申请", Aspect.HOW),
        ("能不能代办", Aspect.MAY),
        ("什么是PPP", Aspect.WHAT),
        ("为啥不给公开", Aspect.WHY),
        ("什么时候公布", Aspect.WHEN),
    ],
)
def test_the_side_asked_for_is_read(question, aspect):
    assert aspect in read(question).asked


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("二十个工作日", "20工作日"),
        ("20个工作日", "20工作日"),
        ("十五天", "15日"),
        ("一百零五件", "105件"),
        ("两个月", "2个月"),
        ("3.5%", "3.5%"),
    ],
)
def test_numbers_are_one_form(question, number):
    assert number in read(question).numbers


@pytest.mark.parametrize(
    ("question", "wording", "reason"),
    [
        ("2016年收到多少件申请", "2017年收到多少件申请", "年份不同"),
        ("四川的补贴标准", "江西的补贴标准", "地区不同"),
        ("延长15个工作日吗", "延长20个工作日吗", "数字不同"),
        ("哪些信息不能公开", "哪些信息能公开", "肯定与否定不同"),
        ("申请要什么材料", "申请要多久", "问的方面不同"),
        ("开学前要做什么", "开学后要做什么", "先后或上下不同"),
        ("国办发〔2017〕24号", "国办发〔2017〕39号", "文号不同"),
        ("什么情况不给公开", "什么情况公开", "肯定与否定不同"),
        ("法院的失信名单怎么撤", "失信名单怎么撤", "说的机构不同"),
        ("大学的信息公开多久答复", "信息公开多久答复", "说的机构不同"),
    ],
)
def test_one_slot_apart_is_a_conflict(question, wording, reason):
    assert reason in conflicts(read(question), read(wording), Slots())


@pytest.mark.parametrize(
    ("question", "wording"),
    [
        ("能不能申请公开", "可以申请公开吗"),
        ("是不是要收费", "收费吗"),
        ("怎么申请", "如何申请"),
        ("不予公开怎么办", "不予公开后如何救济"),
        ("我妈不识字，怎么申请公开", "老人怎么申请公开"),
        ("大学生创业有什么政策", "毕业生创业有什么政策"),
    ],
)
def test_the_same_thing_in_other_words_is_none(question, wording):
    assert conflicts(read(question), read(wording), Slots()) == ()


def test_what_the_answer_names_is_no_conflict():
    question, wording = read("15个工作日是什么规定"), read("20个工作日是什么规定")
    assert conflicts(question, wording, Slots(numbers=frozenset({"15工作日"}))) == ()


def test_a_party_that_the_answer_names_is_no_conflict():
    question, wording = read("去法院告你们行不行"), read("不服怎么办")
    assert conflicts(question, wording, Slots(parties=frozenset({"法院"}))) == ()


@pytest.mark.parametrize("other_name", ["判决书", "人民法院", "老赖"])
def test_a_party_is_known_by_any_of_its_names(other_name):
    assert read(f"{other_name}在哪里查").parties == {"法院"}


def test_most_places_named_make_a_province_home():
    assert "铁岭" in home(["沈阳的窗口", "辽宁省的条例", *["大连市怎么办"] * 5, "北京也有"])


@pytest.mark.parametrize("texts", [["沈阳"] * 3, ["沈阳", "北京", "武汉", "广州"] * 5, []])
def test_no_province_is_home_where_few_or_many_places_are_named(texts):
    assert home(texts) == frozenset()


def test_the_home_province_is_no_conflict():
    question, wording = read("沈阳户口能申请吗"), read("辽宁的户口能申请吗")
    assert conflicts(question, wording, Slots(regions=frozenset({"沈阳", "辽宁"}))) == ()

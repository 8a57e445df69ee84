"""Of a long text, the sentence that answers."""

import pytest

from knowledge.passages import LONGEST_QUOTE, quotation

NOTICE = """关于支持中小企业用电用水的通知

各县（市、区）人民政府，各有关单位：

为帮助中小企业渡过难关，经研究决定，今年继续实行用电用水方面的支持措施，现就有关事项通知如下。

一、对停产期间的中小企业，免收当月的容量电费；恢复生产后，按实际用量计费，不得预收。

二、用水价格下调百分之五。

补缴水费的期限延长到6个月，期间不收滞纳金，也不停止供水，具体由供水企业办理。

三、办理上述事项不用提交纸质材料。企业遇到问题，请拨打供电服务热线95598，或者到当地供电营业厅咨询。

四、这些措施怎么申请？各单位要主动告知企业，符合条件的自动享受，不需要申请。本通知自印发之日起施行。"""


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("停产的企业容量电费收不收", "免收当月的容量电费；"),
        ("补缴水费的期限延长多久", "补缴水费的期限延长到6个月"),
        ("供电服务热线是多少", "请拨打供电服务热线95598"),
    ],
)
def test_the_sentence_that_answers_is_quoted_as_it_stands(question, told):
    quoted = quotation(question, NOTICE)
    assert told in quoted
    assert quoted in NOTICE
    assert len(quoted) <= LONGEST_QUOTE


def test_a_heading_brings_the_sentence_that_it_announces():
    text = NOTICE.replace("用水价格下调百分之五。", "下调工商业用水价格。")
    assert "补缴水费" in quotation("工商业用水价格下调多少", text)


RULES = f"""{"单位采购物资，一般应当公开竞价。" * 14}

有下列情形之一的，可以不竞价：
1. 只有一家供应商；
2. 发生地震、洪水的；
3. 总价在三千元以下的。

价格怎样核对，分两步：
1. 先由采购员询价。
2. 再由会计人员核对发票。"""


@pytest.mark.parametrize(
    ("question", "first", "last"),
    [
        ("发生洪水要竞价吗", "有下列情形之一的", "三千元以下的。"),
        ("只有一家供应商要竞价吗", "有下列情形之一的", "三千元以下的。"),
        ("价格怎样核对分几步", "价格怎样核对", "核对发票。"),
        ("采购员询价", "1. 先由", "采购员询价。"),
    ],
)
def test_no_item_of_a_list_is_torn_from_what_it_is_an_item_of(question, first, last):
    quoted = quotation(question, RULES)
    assert (quoted.startswith(first), quoted.endswith(last)) == (True, True)


@pytest.mark.parametrize("begins", ["这种情况下，", "但是", "其中，", "前款企业", "否则", "该项目"])
def test_a_sentence_that_leans_on_the_one_before_brings_it(begins):
    said = f"企业停产半年以上的，可以申请缓缴。{begins}补缴水费的期限延长到6个月，不收滞纳金。"
    text = NOTICE.replace("补缴水费的期限延长到6个月，期间不收滞纳金", said)
    quoted = quotation("补缴水费的期限延长多久", text)
    assert quoted == said
    far = text.replace("的，可以申请缓缴", f"的，{'由供水企业核实以后' * 16}可以申请缓缴")
    assert quotation("补缴水费的期限延长多久", far) == ""  # too much: the whole text is read


def test_a_place_that_begins_like_a_word_that_leans_stands_alone():
    text = NOTICE.replace("补缴水费的期限", "以上海为例，补缴水费的期限")
    assert quotation("补缴水费的期限延长多久", text).startswith("以上海")


def test_half_a_sentence_is_no_quotation():
    assert quotation("发生洪水要竞价吗", RULES.replace("以下的。", f"以下{'的' * 150}。")) == ""


@pytest.mark.parametrize(
    "question",
    [
        "关于支持中小企业用电用水的通知",  # the first sentence: it is read first anyway
        "这些措施怎么申请",  # a sentence that only asks the same
        "公园里的猴子叫什么名字",
        "企业",  # in every sentence
        "",
    ],
)
def test_nothing_is_quoted_without_one_sentence_clearly_nearest(question):
    assert quotation(question, NOTICE) == ""


def test_a_short_answer_is_read_whole():
    assert quotation("容量电费收不收", NOTICE[:190]) == ""

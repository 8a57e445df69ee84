"""Each rule of the lint: what it finds, and what it leaves in peace."""

import dataclasses
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.entries import Entry, Source
from knowledge.files import read_files
from knowledge.lint import RULES, lint, spam_in

TODAY = date(2026, 11, 24)
GOOD = Entry(
    id="good",
    question="申请信息公开多久答复?",
    answer="20个工作日内答复。\n1. 特殊情况可以延长。\n2. 咨询请拨12345或010-66668888。",
    similar=("公开申请几天给信儿", "信息公开 时限", "申请公开要等多长时间"),
    source=Source(
        title="政府信息公开条例",
        number="国令第711号",
        issuer="国务院",
        date=date(2019, 4, 3),
        url="https://www.gov.cn/zhengce/content/2019-04/15/content_4101090119800101123.htm",
    ),
    review_by=TODAY,
    effective_to=TODAY,
)


def codes(*entries):
    return [problem.code for problem in lint(entries, today=TODAY)]


def changed(**values):
    source = {name[7:]: values.pop(name) for name in list(values) if name.startswith("source_")}
    return dataclasses.replace(GOOD, **values, source=dataclasses.replace(GOOD.source, **source))


def test_a_good_entry_has_no_problem():
    assert codes(GOOD) == []


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"answer": "请到【待填写:办公地址】办理。"}, "placeholder"),
        ({"source_url": "【待填写:网址】"}, "placeholder"),
        ({"source_title": ""}, "no-source"),
        ({"source_issuer": ""}, "no-issuer"),
        ({"source_date": None}, "no-source-date"),
        ({"source_date": None, "source_title": "产业目录(2016年本)"}, "no-source-date"),
        ({"similar": ("几天", "要等多久")}, "few-wordings"),
        ({"similar": ("几天", "要等多久", "几 天?")}, "few-wordings"),
        ({"answer": "长" * 61 + "。短。"}, "long-first-sentence"),
        ({"answer": "短。" * 751}, "long-answer"),
        ({"answer": "<p>20个工作日</p>"}, "markup"),
        ({"answer": "20个<br/>工作日"}, "markup"),
        ({"answer": "20&nbsp;个工作日"}, "markup"),
        ({"answer": "**20个**工作日"}, "markup"),
        ({"answer": "答复。\n## 时限"}, "markup"),
        ({"answer": "答复。\n- 时限"}, "markup"),
        ({"answer": "见[条例](https://www.gov.cn)。"}, "markup"),
        ({"answer": "由即时比分办公厅答复。"}, "spam"),
        ({"topic": "即 時・比 分"}, "spam"),
        ({"answer": "联系人身份证11010519491231002X。"}, "personal-data"),
        ({"answer": "请打１３８００１３８０００。"}, "personal-data"),
        ({"answer": "请打138-0013-8000。"}, "personal-data"),
        ({"answer": "汇到6222 0212 3456 7890 128。"}, "personal-data"),
        ({"review_by": TODAY - timedelta(days=1)}, "review-due"),
        ({"effective_to": TODAY - timedelta(days=1)}, "expired"),
        ({"effective_from": TODAY + timedelta(days=1)}, "dates-reversed"),
        ({"source_url": "www.gov.cn/zhengce"}, "bad-link"),
        ({"source_url": "javascript:alert(1)"}, "bad-link"),
        ({"source_url": "https://"}, "bad-link"),
        ({"source_url": "http://[::1"}, "bad-link"),
        ({"source_number": "辽发改办(2017)388号"}, "bad-number"),
        ({"answer": "依据国办函[2020] 第109号。"}, "bad-number"),
    ],
)
def test_each_fault_is_found(values, code):
    assert code in codes(changed(**values))


@pytest.mark.parametrize(
    "values",
    [
        {"answer": "噪声<80分贝且b>60分贝的,20个工作日内答复。"},
        {"answer": "在____年____月____日前答复,金额按3*5计算。"},
        {"answer": "按辽发改办〔2017〕388号办。不服(2017)辽01行初1号判决的可以上诉。"},
        {"answer": "项目代码2017-210100-48-03-012345,索引号113400000000000000-2017。"},
        {"answer": "传真010-66668888-801,热线12345、96123。"},
        {"answer": "统一社会信用代码91210000MA0ABCDE1X。身份证号110105194912310021有误。"},
        {"answer": "短。" * 750},
        {"answer": "长" * 60 + "。"},
        {"source_date": None, "source_issuer": "本机关"},
        {"source_date": None, "source_title": "省发展改革委2017年政务公开工作报告"},
        {"answer": "全国一体化平台见 https://fgw.ln.gov.cn/a/13800138000.html 。"},
    ],
)
def test_what_only_looks_like_a_fault_is_left_in_peace(values):
    assert codes(changed(**values)) == []


def test_personal_numbers_are_not_repeated_in_the_report():
    (problem,) = lint([changed(answer="证号11010519491231002X。")], today=TODAY)
    assert "11010519491231002X" not in problem.text
    assert "身份证号110…2X" in problem.text


def test_the_same_question_twice_is_reported_at_the_second():
    again = changed(
        id="again", question="申请信息公开,多久 答复？", similar=("甲一", "乙二", "丙三")
    )
    (problem,) = lint([GOOD, again], today=TODAY)
    assert (problem.code, problem.entry_id) == ("repeated-question", "again")
    assert "good" in problem.text


def test_a_wording_of_two_entries_is_reported():
    other = changed(id="b", question="怎么申请?", similar=("信息公开时限", "咋申请", "如何申请"))
    assert codes(GOOD, other) == ["repeated-wording"]


def test_a_wording_twice_in_one_entry_is_reported():
    assert codes(changed(similar=(*GOOD.similar, "信息公开,时限"))) == ["repeated-wording"]


def test_problems_come_in_the_order_of_the_entries_with_their_ids():
    broken = [changed(id=name, question=name, similar=()) for name in "cab"]
    assert [problem.entry_id for problem in lint(broken, today=TODAY)] == ["c", "a", "b"]


def test_every_rule_has_a_code_of_its_own():
    assert len({rule.code for rule in RULES}) == len(RULES)


@given(st.text(), st.text(), st.lists(st.text()))
def test_no_text_makes_the_lint_stumble(question, answer, similar):
    entry = Entry(id="a", question=question, answer=answer, similar=tuple(similar))
    assert "no-source" in codes(entry)


SEPARATORS = st.sampled_from(["", " ", "•", "\n", "\u200b", "_", "·—", "  /"])


@given(st.lists(SEPARATORS, min_size=3, max_size=3), st.sampled_from(["即时比分", "即時比分"]))
def test_spam_is_found_however_its_characters_are_set_apart(between, term):
    written = "".join(char + gap for char, gap in zip(term, [*between, ""], strict=True))
    assert spam_in(f"经{written}政府批准") == written


@pytest.mark.parametrize(
    "text",
    ["香港六合彩", "BET365官网", "ｂｅｔ３６５", "澳門威尼斯人", "无视征信,秒下款", "加 薇 信"],
)
def test_spam_of_every_kind_is_found(text):
    assert spam_in(text)


@pytest.mark.parametrize(
    "text",
    [
        "彩票公益金用于社会福利事业,福利彩票和体育彩票投注站的设立",
        "立即。时比分别为3和5",
        "医疗急救、救援交通事故伤员",
        "税务机关代开发票,小额贷款公司,信用卡套现属于违法",
        "警惕裸聊诈骗,打击地下六合彩",
        "alphabet365项目",
        "",
    ],
)
def test_serious_texts_are_no_spam(text):
    assert spam_in(text) is None


def test_no_spam_term_hides_in_the_starter_knowledge():
    data = Path(__file__).parents[2] / "knowledge" / "data"
    files = [data / "guide.md", *sorted((data / "entries").glob("*.jsonl"))]
    loaded = read_files(files)
    assert loaded.problems == ()
    assert "spam" not in {problem.code for problem in lint(loaded.entries, today=TODAY)}

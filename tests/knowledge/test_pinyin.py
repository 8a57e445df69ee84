"""Questions typed in pinyin."""

import pytest

from knowledge.pinyin import written


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("zenme shenqing xinxi gongkai", "怎么申请信息公开"),
        ("zenmeshenqingxinxigongkai", "怎么申请信息公开"),
        ("Shenqing xinxi gongkai yao duoshao qian", "申请信息公开要多少钱"),
        ("zai nali banli yingye zhizhao", "在哪里办理营业执照"),
        ("怎么shenqing公开", "怎么申请公开"),
    ],
)
def test_pinyin_is_written_as_characters(typed, meant):
    assert written(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("zenme shenqin xinxi gonkai", "怎么申请信息公开"),  # ng
        ("zemeshengqingxingxigonkai", "怎么申请信息公开"),
        ("zenmo shenqing", "怎么申请"),
        ("zai lali banli yinye zizao", "在哪里办理营业执照"),  # n/l, ng, zh
        ("xiangmu beian yao duojiuu", "项目备案要多久"),  # a letter doubled
        ("xiangmu bean yao duojiu", "项目备案要多久"),  # one missing
        ("怎么shenqin公开", "怎么申请公开"),
    ],
)
def test_a_slip_of_the_finger_or_a_dialect_is_forgiven(typed, meant):
    assert written(typed) == meant


ENGLISH = (
    *(
        "什么是PPP",
        "怎么下载app",
        "WIFI密码",
        "pdf格式的",
        "发到我的email",
        "12345热线",
        "hello",
        "",
    ),
    *("hello there", "www.baidu.com", "见 http://www.beian.gov.cn/index", "me@shenqing.com"),
    *("change my name", "open data", "manager", "minutes", "language", "animation", "management"),
)


@pytest.mark.parametrize("text", ENGLISH)
def test_what_is_no_pinyin_stays(text):
    assert written(text) == text or written(text) == text.lower()

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


@pytest.mark.parametrize("text", ["什么是PPP", "怎么下载app", "WIFI密码", "12345热线", "hello", ""])
def test_what_is_no_pinyin_stays(text):
    assert written(text) == text or written(text) == text.lower()

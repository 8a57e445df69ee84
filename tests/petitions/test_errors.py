"""Every error is a sentence with its values in it."""

from datetime import date

import pytest

from petitions import errors


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (errors.NotYours(), "编号或者查询码不对，请对照回执再输一次。"),
        (errors.TooManyAttempts(40), "查询码输错的次数太多，请过40分钟再试。"),
        (errors.ReceivedInFuture(date(2026, 11, 25)), "收到日期 2026-11-25 还没有到，请核对。"),
        (errors.UnknownCase("{x}"), "没有编号为 {x} 的事项。"),
    ],
)
def test_an_error_reads_as_a_sentence(error, message):
    assert str(error) == message
    assert isinstance(error, errors.PetitionError)

"""An entry is compared by the wording that fits, and differs where most of its wordings do."""

import pytest

from knowledge import Entry, Matcher

OTHERS = tuple(
    Entry(id=f"other-{n}", question=text, answer="请到服务窗口办理。", similar=(text + "呢",))
    for n, text in enumerate(("公园几点开门", "食堂饭卡怎么充值", "停车证到哪里领"))
)


def first(entry, question):
    return next(c for c in Matcher((entry, *OTHERS)).rank(question) if c.entry.id == entry.id)


def test_a_wording_on_a_year_that_was_not_named_is_not_the_closest():
    entry = Entry(
        id="reply",
        question="申请公开多久答复",
        answer="20个工作日。",
        similar=("2017年申请公开几天答复", "申请公开要等几天"),
    )
    assert first(entry, "申请公开几天答复").wording != "2017年申请公开几天答复"
    assert first(entry, "2017年申请公开几天答复").wording == "2017年申请公开几天答复"


@pytest.mark.parametrize(
    ("similar", "differs"),
    [
        (("公开申请能不交身份证吗", "申请公开可以不带证件吗"), False),
        (("公开申请交身份证吗", "申请公开带证件吗"), True),
    ],
)
def test_a_difference_is_a_conflict_where_most_wordings_have_it(similar, differs):
    entry = Entry(id="card", question="申请公开要交身份证吗", answer="要。", similar=similar)
    conflicts = first(entry, "申请公开为何不交身份证").conflicts
    assert ("肯定与否定不同" in conflicts) is differs

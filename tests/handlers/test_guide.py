"""Browsing the guide."""

from handlers import texts


def test_the_guide_is_browsed_by_section(citizen):
    citizen.says("/guide")
    assert citizen.labels == ["一、申请", "二、答复"]
    citizen.presses("二、答复")
    assert citizen.labels == ["申请信息公开多久答复?", "申请信息公开要收费吗?", texts.BACK_TO_GUIDE]
    assert "一般不收费" in citizen.presses("收费").text
    assert citizen.presses(texts.BACK_TO_SECTION).in_place
    citizen.presses(texts.BACK_TO_GUIDE)
    assert citizen.labels == ["一、申请", "二、答复"]


def test_a_question_after_a_passage_is_about_it(citizen):
    citizen.says("/guide")
    citizen.presses("一、申请")
    citizen.presses("怎么申请")
    assert "20个工作日内答复" in citizen.says("那要多久?").text


def test_a_section_that_changed_is_said_so(citizen, program):
    citizen.says("/guide")
    program.services.knowledge.use(())
    assert citizen.presses("一、申请").text == texts.SECTION_GONE

"""From what people press to a draft, and from a draft to what is answered with."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from knowledge import Found, Question, Said, Status, UnknownEntry, review
from knowledge.errors import NothingToPublish, OwnDraft, UnknownSuggestion
from knowledge.store import Change
from tests.conftest import ENTRIES, NOON

DAY = date(2026, 11, 24)
FEE = next(entry for entry in ENTRIES if entry.id == "fee")


@pytest.fixture
def knowledge(program):
    return program.services.knowledge


@pytest.fixture
def asked(knowledge):
    """Somebody asked this and said that of an entry."""
    number = iter(range(1000))

    def ask(text, entry_id, said, who="web:1@1"):
        place = next(number)
        question = Question(
            id=f"q{place}",
            conversation=who,
            channel="web",
            asked_at=NOON + timedelta(minutes=place),
            text=text,
            decision="clarify",
            confidence=0.5,
            answered_with=entry_id,
        )
        knowledge.store.log(question)
        knowledge.store.answered(question.id, entry_id, question.asked_at)
        if said is not Said.PICKED:
            knowledge.store.rate(question, said, question.asked_at)

    return ask


def wordings(knowledge):
    return [(s.change, s.entry_id, s.wording) for s in review.suggestions(knowledge.store)]


def draft(knowledge, by, answer="改过的答案"):
    changed = replace(FEE, answer=answer)
    knowledge.take_in([changed], publish=False, replace_all=False, at=NOON, by=by)


@pytest.mark.parametrize("said", [Said.PICKED, Said.HELPFUL])
def test_what_was_taken_for_an_entry_is_suggested_as_its_wording(knowledge, asked, said):
    asked("公开信息要交多少钱啊", "fee", said)
    assert wordings(knowledge) == [(Change.ADD, "fee", "公开信息要交多少钱啊")]


def test_what_an_entry_did_not_solve_is_suggested_for_exclusion(knowledge, asked):
    asked("复印文件收费吗", "fee", Said.UNSOLVED)
    assert wordings(knowledge) == [(Change.EXCLUDE, "fee", "复印文件收费吗")]


@pytest.mark.parametrize(
    "text",
    [
        "申请公开免费吗",  # a wording that it has
        "那要多久",  # leans on what was said before
        "要钱吗",
        "我的电话139****1234公开要钱吗",
        "钱",
        "公开" * 40,
    ],
)
def test_what_is_no_new_wording_is_not_suggested(knowledge, asked, text):
    asked(text, "fee", Said.PICKED)
    assert wordings(knowledge) == []


def test_the_majority_decides(knowledge, asked):
    for said in (Said.HELPFUL, Said.UNSOLVED, Said.UNSOLVED):
        asked("复印文件收费吗", "fee", said)
    assert [one[0] for one in wordings(knowledge)] == [Change.EXCLUDE]


def test_a_tie_suggests_nothing(knowledge, asked):
    asked("复印文件收费吗", "fee", Said.HELPFUL)
    asked("复印文件收费吗", "fee", Said.UNSOLVED)
    assert wordings(knowledge) == []


def test_times_and_people_are_counted_apart(knowledge, asked):
    for who in ("web:1@1", "web:1@1", "web:2@2"):
        asked("公开信息要交多少钱", "fee", Said.PICKED, who)
    (one,) = review.suggestions(knowledge.store)
    assert (one.times, one.people) == (3, 2)


def test_a_suggestion_keeps_its_number(knowledge, asked):
    asked("公开信息要交多少钱", "fee", Said.PICKED)
    (first,) = review.suggestions(knowledge.store)
    asked("答复期限有多少天呀", "long", Said.PICKED)
    assert first.id in [one.id for one in review.suggestions(knowledge.store)]


def test_accepting_changes_nothing_until_it_is_published(knowledge, asked):
    asked("公开信息要交多少钱", "fee", Said.PICKED)
    (one,) = review.suggestions(knowledge.store)
    review.accept(knowledge.store, [one.id], by="张三", at=NOON)
    knowledge.reload()
    assert knowledge.entry("fee", DAY) == FEE
    review.publish(knowledge, ["fee"], by="李四", at=NOON)
    assert knowledge.entry("fee", DAY).similar == (*FEE.similar, "公开信息要交多少钱")


def test_two_suggestions_of_one_entry_make_one_draft_with_both(knowledge, asked):
    asked("公开信息要交多少钱", "fee", Said.PICKED)
    asked("公开文件是不是白给的", "fee", Said.PICKED)
    ids = [one.id for one in review.suggestions(knowledge.store)]
    review.accept(knowledge.store, ids, by="张三", at=NOON)
    (only,) = knowledge.store.drafts()
    assert set(only.entry.similar) > {"公开信息要交多少钱", "公开文件是不是白给的"}


def test_an_excluded_wording_is_no_longer_answered(knowledge, asked):
    question = "信息公开要钱吗"
    assert isinstance(knowledge.answer_one(question, DAY), Found)
    asked(question, "fee", Said.UNSOLVED)
    (one,) = review.suggestions(knowledge.store)
    review.accept(knowledge.store, [one.id], by="张三", at=NOON)
    review.publish(knowledge, [], by="李四", at=NOON)
    assert question in knowledge.entry("fee", DAY).unlike
    assert question not in knowledge.entry("fee", DAY).similar
    assert not isinstance(knowledge.answer_one(question, DAY), Found)


def test_an_entrys_own_question_is_never_excluded(knowledge, asked):
    asked(FEE.question, "fee", Said.UNSOLVED)
    assert wordings(knowledge) == []


def test_a_decided_suggestion_does_not_come_back(knowledge, asked):
    asked("公开信息要交多少钱", "fee", Said.PICKED)
    (one,) = review.suggestions(knowledge.store)
    review.reject(knowledge.store, [one.id], by="张三", at=NOON)
    asked("公开信息要交多少钱", "fee", Said.PICKED)
    assert wordings(knowledge) == []


def test_an_unknown_suggestion_changes_nothing(knowledge, asked):
    asked("公开信息要交多少钱", "fee", Said.PICKED)
    (one,) = review.suggestions(knowledge.store)
    with pytest.raises(UnknownSuggestion, match="99"):
        review.accept(knowledge.store, [one.id, 99], by="张三", at=NOON)
    assert knowledge.store.drafts() == []


def test_whoever_changed_a_draft_does_not_publish_it(knowledge):
    draft(knowledge, "张三")
    with pytest.raises(OwnDraft, match="fee"):
        review.publish(knowledge, ["fee"], by="张三", at=NOON)
    assert knowledge.entry("fee", DAY) == FEE


def test_an_earlier_author_of_a_draft_does_not_publish_it_either(knowledge):
    draft(knowledge, "张三")
    draft(knowledge, "李四", "又改过的答案")
    with pytest.raises(OwnDraft):
        review.publish(knowledge, ["fee"], by="张三", at=NOON)
    review.publish(knowledge, ["fee"], by="王五", at=NOON)
    assert knowledge.entry("fee", DAY).answer == "又改过的答案"


def test_who_wrote_the_version_before_may_publish_the_next(knowledge):
    draft(knowledge, "张三")
    review.publish(knowledge, ["fee"], by="李四", at=NOON)
    draft(knowledge, "李四", "又改过的答案")
    review.publish(knowledge, ["fee"], by="张三", at=NOON)
    assert knowledge.entry("fee", DAY).answer == "又改过的答案"


def test_one_own_draft_keeps_all_from_being_published(knowledge):
    draft(knowledge, "张三")
    other = replace(ENTRIES[0], answer="改过")
    knowledge.take_in([other], publish=False, replace_all=False, at=NOON, by="李四")
    with pytest.raises(OwnDraft):
        review.publish(knowledge, [], by="张三", at=NOON)
    assert len(knowledge.store.drafts()) == 2


def test_there_must_be_something_to_publish(knowledge):
    with pytest.raises(NothingToPublish):
        review.publish(knowledge, [], by="张三", at=NOON)
    with pytest.raises(NothingToPublish, match="fee"):
        review.publish(knowledge, ["fee"], by="张三", at=NOON)


def test_a_withdrawn_entry_is_not_answered_with(knowledge):
    review.withdraw(knowledge, "fee", by="张三", note="政策变了", at=NOON)
    with pytest.raises(UnknownEntry):
        knowledge.entry("fee", DAY)
    with pytest.raises(UnknownEntry):
        review.withdraw(knowledge, "fee", by="张三", note="", at=NOON)


def test_the_history_says_who_did_what_and_why(knowledge):
    draft(knowledge, "张三")
    review.publish(knowledge, ["fee"], by="李四", at=NOON + timedelta(hours=1))
    review.withdraw(knowledge, "fee", by="王五", note="政策变了", at=NOON + timedelta(hours=2))
    events = review.history(knowledge.store, "fee").events
    assert [(e.version, e.what, e.who, e.note) for e in events] == [
        (1, Status.PUBLISHED, "", ""),
        (2, Status.DRAFT, "张三", ""),
        (1, Status.SUPERSEDED, "李四", ""),
        (2, Status.PUBLISHED, "李四", ""),
        (2, Status.WITHDRAWN, "王五", "政策变了"),
    ]


def test_there_is_no_history_of_nothing(knowledge):
    with pytest.raises(UnknownEntry):
        review.history(knowledge.store, "nobody")

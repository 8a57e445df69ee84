"""Passing a question on to staff, and asking where it stands."""

import re
import unicodedata
from dataclasses import replace

from handlers import mycase, texts
from handlers.conversation import Draft
from handlers.messages import Block, Reply, Style, say
from handlers.turn import Turn
from petitions import (
    Kind,
    NotYours,
    Receipt,
    TooManyAttempts,
    WrongNumber,
    is_ours,
    parse_number,
)

CODE_FORM = "code"  # waits for the query code of a case
TEXT_FORM = "text"  # waits for the text of a case

_APPEAL = re.compile(
    r"投诉|举报|反映|反应一下|求助|不作为|乱收费|拖欠|欠薪|维权|扰民|违法|违规|没人管|推诿|刁难|态度恶劣|敲诈|污染|腐败"
)
# Read after NFKC, so full-width digits, colons and commas are half width here.
_DASH = r"[\s\u2010-\u2015\u2212_-]"
_ASKED_FOR = re.compile(
    r"(?:查询|查一下|查下|查)?\s*(?:编号|受理号|回执号|回执)?\s*:?\s*"
    rf"(\d(?:{_DASH}|\d){{6,24}}\d)"
    rf"(?:\s*[,、。;]?\s*(?:查询码)?\s*:?\s*([0-9A-Za-z]{{4}}{_DASH}*[0-9A-Za-z]{{4}}))?"
)

_NAMED = re.compile(r"(?<![\d-])\d{4}-\d{6,9}-\d(?![\d-])")


def kind_of(text: str) -> Kind:
    """A complaint, report or call for help is an appeal; everything else a consultation."""
    return Kind.APPEAL if _APPEAL.search(text) else Kind.CONSULTATION


def escalate(turn: Turn, args: tuple[str, ...]) -> Reply:
    """转人工 pressed: the question becomes a case, once however often it is pressed."""
    store = turn.services.knowledge.store
    asked = [store.question(one, turn.incoming.conversation) for one in args]
    known = [question for question in asked if question]
    if not known:
        return say(texts.STALE_BUTTON)
    if not turn.incoming.private:
        return say(texts.PLEASE_PRIVATELY)
    receipt = _register(turn, "\n".join(q.text for q in known), origin=known[0].id)
    for question in known:
        store.escalated(question.id, turn.now)
    return receipt_reply(turn, receipt)


def ask_for_staff(turn: Turn, _: str) -> Reply:
    """「转人工」 written: the last question if it was not answered, otherwise ask what it is."""
    if not turn.incoming.private:
        return say(texts.PLEASE_PRIVATELY)
    asked = turn.conversation.asked
    store = turn.services.knowledge.store
    question = asked and store.question(asked, turn.incoming.conversation)
    if question and question.decision != "answer" and not question.escalated_at:
        return escalate(turn, (question.id,))
    turn.remember(draft=Draft(form=TEXT_FORM))
    return say(texts.ASK_FOR_STAFF)


def text_step(turn: Turn, text: str) -> Reply:
    """The text of a case was written."""
    turn.remember(draft=None)
    origin = f"{turn.incoming.channel}/{turn.incoming.update_id}"
    return receipt_reply(turn, _register(turn, text, origin=origin))


def _register(turn: Turn, text: str, origin: str) -> Receipt:
    return turn.services.desk.register(
        kind=kind_of(text),
        channel=turn.incoming.channel,
        person=turn.incoming.person,
        text=text,
        received=turn.today,
        origin=origin,
    )


def receipt_reply(turn: Turn, receipt: Receipt) -> Reply:
    """Number, query code and expected date of a new case."""
    if receipt.query_code is None:
        return say(texts.already_registered(receipt.number, receipt.due))
    number, office = receipt.number, turn.services.office
    text = texts.receipt(number, receipt.due, provisional=receipt.provisional)
    return Reply(
        blocks=(
            Block(text=text),
            Block(text=texts.query_code(receipt.query_code), style=Style.SECRET),
            Block(text=texts.how_to_follow(number, office), style=Style.NOTE),
        )
    )


def asked_for(text: str) -> tuple[str, str | None] | None:
    """Number and code in 「查 2026-000123-8」 or a number alone; None if it is something else."""
    match = _ASKED_FOR.fullmatch(unicodedata.normalize("NFKC", text).strip())
    return (match[1], match[2]) if match else None


def named(text: str) -> str | None:
    """The one number of ours in the middle of a sentence: 「2026-000123-8怎么还没答复」."""
    found = set(filter(is_ours, _NAMED.findall(unicodedata.normalize("NFKC", text))))
    return found.pop() if len(found) == 1 else None


def status_command(turn: Turn, rest: str) -> Reply:
    """/status with or without a number."""
    if not turn.incoming.private:
        return say(texts.PLEASE_PRIVATELY)
    if rest:
        asked = asked_for(rest)
        return status_of(turn, *asked) if asked else say(texts.WRONG_NUMBER)
    return mycase.mine(turn, "")


def status_of(turn: Turn, written: str, code: str | None) -> Reply:
    """Where a case stands, for its owner or whoever knows the code."""
    if not turn.incoming.private:
        return say(texts.PLEASE_PRIVATELY)
    try:
        number = parse_number(written)
    except WrongNumber:
        return say(texts.WRONG_NUMBER)
    return _look_up(turn, number, code)


def code_step(turn: Turn, text: str) -> Reply:
    """The query code was written."""
    draft = turn.conversation.draft
    turn.remember(draft=None)
    return _look_up(turn, draft.values["number"] if draft else "", text)


def _look_up(turn: Turn, number: str, code: str | None) -> Reply:
    """The case; a message that held a code is not kept."""
    return replace(_looked_up(turn, number, code), forget_input=code is not None)


def _looked_up(turn: Turn, number: str, code: str | None) -> Reply:
    try:
        found = turn.services.desk.status(number, person=turn.incoming.person, code=code)
    except TooManyAttempts as exc:
        return say(texts.too_many_attempts(exc.minutes))
    except NotYours:
        if code is None:
            turn.remember(draft=Draft(form=CODE_FORM, values={"number": number}))
            return say(texts.NEED_CODE)
        return say(texts.NOT_YOURS)
    return mycase.view(found, own=code is None)

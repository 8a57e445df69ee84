"""诉求 and suggestions in the chat: a short form each."""

from dataclasses import replace

from handlers import checks, form_texts, forms, petition, texts
from handlers.forms import Choice, Field, Form, Values
from handlers.messages import Reply, say
from handlers.turn import Turn
from petitions import SYSTEM, Kind

_YES, _NO = "yes", "no"
_PHONE = Field(
    name="contact",
    label="电话",
    prompt=form_texts.ASK_PHONE,
    check=checks.phone_or_mailbox,
    optional=True,
    personal=True,
)


def command(turn: Turn, rest: str) -> Reply:
    """/appeal, with or without the story behind it."""
    return _begin(turn, FORM, rest)


def suggest(turn: Turn, rest: str) -> Reply:
    """/suggest, with or without the suggestion behind it."""
    return _begin(turn, SUGGESTION, rest)


def _begin(turn: Turn, form: Form, rest: str) -> Reply:
    if not turn.incoming.private:
        return say(texts.PLEASE_PRIVATELY)
    return forms.begin(turn, form, rest)


def _send(turn: Turn, values: Values) -> Reply:
    """Both are appeals: 诉求 takes in suggestions."""
    receipt = turn.services.desk.register(
        kind=Kind.APPEAL,
        channel=turn.incoming.channel,
        person=turn.incoming.person,
        text=values["story"],
        contact=values["contact"],
        received=turn.today,
        origin=f"{turn.incoming.channel}/{turn.incoming.update_id}",
    )
    if values.get("confidential") == _YES and not receipt.repeated:
        turn.services.desk.replies.set_confidential(receipt.number, by=SYSTEM)
    return petition.receipt_reply(turn, receipt)


FORM = Form(
    name="appeal",
    title=form_texts.APPEAL,
    opening=form_texts.APPEAL_OPENING,
    fields=(
        Field(name="story", label="什么事", prompt=form_texts.ASK_STORY, check=checks.story),
        _PHONE,
        Field(
            name="confidential",
            label="保密",
            prompt=form_texts.ASK_CONFIDENTIAL,
            choices=(Choice(value=_YES, label="要保密"), Choice(value=_NO, label="不用")),
        ),
    ),
    send=_send,
)
SUGGESTION = replace(
    FORM,
    name="suggestion",
    title=form_texts.SUGGESTION,
    opening=form_texts.SUGGESTION_OPENING,
    fields=(
        Field(name="story", label="建议", prompt=form_texts.ASK_SUGGESTION, check=checks.story),
        _PHONE,
    ),
)

"""Steps that ask for more than one thing: 延期, 不予受理, 征求意见, 收到意见."""

from collections.abc import Callable

from handlers import forms as common
from handlers import texts as everyones
from handlers.forms import BadInput, Choice, Field, Form, Values
from handlers.messages import Reply, say
from handlers.staff import texts, view
from handlers.turn import Turn
from petitions import Action, Actor, PetitionDesk, PetitionError, WrongNumber, parse_number

_YES, _NO = "yes", "no"


def _number(text: str) -> str:
    try:
        return parse_number(text)
    except WrongNumber as exc:
        raise BadInput(str(exc)) from exc


def _days(text: str) -> str:
    written = text.strip().rstrip("天日个工作 ")
    if not (written.isascii() and written.isdecimal() and 0 < int(written[:4]) <= 999):
        raise BadInput(texts.BAD_DAYS)
    return written


_NUMBER = Field(name="number", label=texts.NUMBER, prompt=texts.ASK_NUMBER, check=_number)


def _text(name: str, label: str, prompt: str) -> Field:
    """What is written goes into the case, and is kept nowhere else."""
    return Field(name=name, label=label, prompt=prompt, personal=True)


def _choice(name: str, prompt: str, yes: str, no: str) -> Field:
    choices = (Choice(value=_YES, label=yes), Choice(value=_NO, label=no))
    return Field(name=name, label=yes, prompt=prompt, choices=choices)


def _form(action: Action, title: str, opening: str, *fields: Field) -> Form:
    return Form(
        name=f"desk_{action}",
        title=title,
        opening=opening,
        fields=(_NUMBER, *fields),
        send=lambda turn, values: _send(turn, action, values),
    )


Step = Callable[[PetitionDesk, Actor, Values], object]
_STEPS: dict[Action, Step] = {
    Action.EXTEND: lambda desk, me, values: desk.work.extend(
        values["number"],
        by=me,
        days=int(values["days"]),
        reason=values["reason"],
        consent_by=values["consent"],
    ),
    Action.DECLINE: lambda desk, me, values: desk.work.decline(
        values["number"], by=me, reason=values["reason"], referral=values["referral"]
    ),
    Action.CONSULT: lambda desk, me, values: desk.work.consult(
        values["number"], by=me, party=values["party"], co_producing=values["co"] == _YES
    ),
    Action.RECEIVE_OPINION: lambda desk, me, values: desk.work.receive_opinion(
        values["number"], by=me, text=values["text"], agrees=values["agrees"] == _YES
    ),
}


def _send(turn: Turn, action: Action, values: Values) -> Reply:
    """Take the step; or why not, above the case as it is now."""
    me = turn.staff
    if me is None:
        return say(everyones.STALE_BUTTON)
    try:
        _STEPS[action](turn.services.desk, me, values)
        return view.done(turn, me, values["number"], action)
    except PetitionError as exc:
        return view.refused(turn, me, values["number"], str(exc))


OF_STEPS: dict[str, Form] = {
    Action.EXTEND: _form(
        Action.EXTEND,
        texts.EXTENSION,
        texts.EXTENSION_OPENING,
        Field(name="days", label="天数", prompt=texts.ASK_DAYS, check=_days),
        _text("reason", "理由", texts.ASK_REASON),
        _text("consent", "同意人", texts.ASK_CONSENT),
    ),
    Action.DECLINE: _form(
        Action.DECLINE,
        texts.DECLINING,
        texts.DECLINING_OPENING,
        _text("reason", "理由", texts.ASK_DECLINE_REASON),
        Field(
            name="referral", label="可以找", prompt=texts.ASK_REFERRAL, optional=True, personal=True
        ),
    ),
    Action.CONSULT: _form(
        Action.CONSULT,
        texts.CONSULTATION,
        texts.CONSULTATION_OPENING,
        _text("party", "对方", texts.ASK_PARTY),
        _choice("co", texts.ASK_CO_PRODUCING, texts.CO_PRODUCING, texts.THIRD_PARTY),
    ),
    Action.RECEIVE_OPINION: _form(
        Action.RECEIVE_OPINION,
        texts.OPINION,
        texts.OPINION_OPENING,
        _text("text", "意见", texts.ASK_OPINION),
        _choice("agrees", texts.ASK_AGREES, texts.AGREES, texts.DISAGREES),
    ),
}


def begin(turn: Turn, action: Action, number: str) -> Reply:
    """Open the form of a step on a case."""
    return common.begin(turn, OF_STEPS[action], given={"number": number})

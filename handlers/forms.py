"""Forms filled in by talking: a question at a time, back, skip, later, cancel, check, send.

A form is a table of fields; what was answered so far is `Draft.values`, in the order of answering.
The next question is the first field that applies and has no value, so going back is taking the
last value out, and changing one is taking that one out.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from handlers import ask
from handlers import form_texts as texts
from handlers.conversation import Draft
from handlers.messages import Action, Block, Button, Reply, Style, say
from handlers.turn import Turn
from knowledge import Found
from knowledge.text import LONGEST, fold

Blocks = tuple[Block, ...]
Values = Mapping[str, str]
Row = tuple[Button, ...]
VERB = "form"
SKIPPED = ""  # the value of a field that was passed over


class BadInput(Exception):
    """What was written does not fit the field; the message tells the person what to do."""


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One of a few answers."""

    value: str  # ASCII: it travels on a button
    label: str


@dataclass(frozen=True, kw_only=True)
class Field:
    """One thing that a form asks for."""

    name: str  # ASCII
    label: str  # in the summary
    prompt: str  # the question, with the reason for asking where it is personal
    check: Callable[[str], str] = str.strip  # the value as kept; raises `BadInput`
    choices: tuple[Choice, ...] = ()
    optional: bool = False
    personal: bool = False  # what is written for it is not kept in the inbox
    applies: Callable[[Values], bool] = lambda values: True

    def label_of(self, value: str) -> str:
        """A value as people read it."""
        if value == SKIPPED:
            return texts.LEFT_OUT
        return next((c.label for c in self.choices if c.value == value), value)


@dataclass(frozen=True, kw_only=True)
class Form:
    """What a person fills in, and what becomes of it."""

    name: str
    title: str
    opening: str  # said once, before the first question
    fields: tuple[Field, ...]
    send: Callable[[Turn, Values], Reply]
    # May interrupt after a field with a reply of its own; the form goes on when asked to.
    after: Callable[[Turn, Field, Values], Reply | None] = lambda turn, field, values: None

    def waiting(self, values: Values) -> Field | None:
        """The next field to ask for; None when the form is complete."""
        return next((f for f in self.fields if f.applies(values) and f.name not in values), None)

    def field(self, name: str) -> Field | None:
        """A field by its name."""
        return next((f for f in self.fields if f.name == name), None)

    def answered(self, values: Values) -> list[tuple[Field, str]]:
        """The fields with a value, in the form's order; those that no longer apply left out."""
        return [(f, values[f.name]) for f in self.fields if f.name in values and f.applies(values)]


def begin(turn: Turn, form: Form, first: str = "", given: Values | None = None) -> Reply:
    """Open a form; `first` may answer its first question already, `given` is what it is about.
    The same form, open already, goes on: nobody fills in anything twice."""
    draft = turn.conversation.draft
    if draft and draft.form == form.name and draft.values and not (first or given):
        return ask_next(turn, form, note=texts.GOES_ON)
    turn.put_aside()
    turn.remember(draft=Draft(form=form.name, several=True, values=dict(given or {})))
    asked = written(turn, form, first) if first else ask_next(turn, form)
    return _headed(form, texts.opening(form.opening), asked)


def ask_next(turn: Turn, form: Form, *, note: str = "", aside: Blocks = ()) -> Reply:
    """The next question, or the summary when nothing is left to ask; before it a word on what
    was written, or the answer to what was asked in the middle of the form."""
    values = _values(turn)
    field = form.waiting(values)
    asked = _summary(form, values) if field is None else _question(form, field, values)
    notes = (Block(text=note, style=Style.NOTE),) if note else ()
    return replace(asked, blocks=(*aside, *notes, *asked.blocks))


def written(turn: Turn, form: Form, text: str) -> Reply:
    """The answer to the open question was written, or one given before was corrected; on a
    complete form, yes or no."""
    field = meant(turn, form)
    if word := _WORDS.get(fold(text).removeprefix("算了")):
        return word(turn, form, field)
    if field is None:
        return ask_next(turn, form, note=texts.PRESS_A_BUTTON, aside=_aside(turn, text))
    _note_down(turn, field)
    try:
        value = _read(field, text)
    except BadInput as exc:
        aside = _aside(turn, text)
        return ask_next(turn, form, note="" if aside else str(exc), aside=aside)
    return _take(turn, form, field, value)


def meant(turn: Turn, form: Form) -> Field | None:
    """The field that a message is about: an edited one is about the field it was written for."""
    draft, incoming = turn.conversation.draft, turn.incoming
    if draft and incoming.edited and incoming.message in draft.said:
        return form.field(draft.said[incoming.message])
    return form.waiting(_values(turn))


def _note_down(turn: Turn, field: Field) -> None:
    """Remember which field a message was written for, should it be edited later."""
    draft, message = turn.conversation.draft, turn.incoming.message
    if draft and message:
        turn.remember(draft=replace(draft, said={**draft.said, message: field.name}))


def _aside(turn: Turn, text: str) -> Blocks:
    """The sure answer to a question asked in the middle of a form. Nothing of it is logged: what
    is written into a form is nobody else's business."""
    if len(text) > LONGEST:
        return ()
    outcome = turn.services.knowledge.answer_one(text, turn.today)
    return ask.answer_blocks(outcome.entry, text) if isinstance(outcome, Found) else ()


def pressed(turn: Turn, form: Form, args: tuple[str, ...]) -> Reply:
    """A button of the form; one that belongs to an earlier question only shows where we are."""
    verb, *rest = args or ("",)
    field = form.waiting(_values(turn))
    if verb in _ANYTIME and rest[:1] in ([], [form.name]):  # not of another form
        return _ANYTIME[verb](turn, form, field)
    if verb == "change" and field is None:
        return _change(turn, form, rest)
    if field is None or rest[:1] != [field.name]:
        return ask_next(turn, form)
    if verb == "set" and any(c.value in rest[1:] for c in field.choices):
        return _take(turn, form, field, rest[1])
    return _skip(turn, form, field) if verb == "skip" else ask_next(turn, form)


def _read(field: Field, text: str) -> str:
    """The value of what was written: one of the choices by name or number, or free text."""
    if not field.choices:
        return field.check(text)
    said = fold(text)
    for number, choice in enumerate(field.choices, 1):
        if said in (fold(choice.label), str(number)):
            return choice.value
    raise BadInput(texts.choose_one([c.label for c in field.choices]))


def _take(turn: Turn, form: Form, field: Field, value: str) -> Reply:
    values = {**_values(turn), field.name: value}
    _keep(turn, values)
    return form.after(turn, field, values) or ask_next(turn, form)


def _keep(turn: Turn, values: dict[str, str]) -> None:
    if draft := turn.conversation.draft:
        turn.remember(draft=replace(draft, values=values))


def _values(turn: Turn) -> Values:
    draft = turn.conversation.draft
    return draft.values if draft else {}


def _back(turn: Turn, form: Form, field: Field | None) -> Reply:
    values = dict(_values(turn))
    if values:
        values.popitem()
    _keep(turn, values)
    return ask_next(turn, form)


def _skip(turn: Turn, form: Form, field: Field | None) -> Reply:
    if field is None:
        return ask_next(turn, form)
    if not field.optional:
        return ask_next(turn, form, note=texts.CANNOT_SKIP)
    return _take(turn, form, field, SKIPPED)


def _later(turn: Turn, form: Form, field: Field | None) -> Reply:
    turn.put_aside()
    return Reply(
        blocks=(Block(text=texts.saved(form.title)),),
        buttons=((_button(texts.GO_ON, "resume"),),),
    )


def _cancel(turn: Turn, form: Form, field: Field | None) -> Reply:
    turn.remember(draft=None)
    return say(texts.cancelled(form.title))


def _go_on(turn: Turn, form: Form, field: Field | None) -> Reply:
    return ask_next(turn, form)


def _send(turn: Turn, form: Form, field: Field | None) -> Reply:
    if field is not None:
        return ask_next(turn, form)
    values = {f.name: value for f, value in form.answered(_values(turn))}
    turn.remember(draft=None)
    return form.send(turn, values)


def _change(turn: Turn, form: Form, args: list[str]) -> Reply:
    """Which answer to change; with its name, asks for that one again."""
    values = dict(_values(turn))
    if args and args[0] in values:
        del values[args[0]]
        _keep(turn, values)
        return ask_next(turn, form)
    rows = [(_button(f.label, "change", f.name),) for f, _ in form.answered(values)]
    return Reply(blocks=(Block(text=texts.CHANGE_WHICH),), buttons=(*rows, (_LOOK,)))


def _button(label: str, *args: str) -> Button:
    return Button(label=label, action=Action(verb=VERB, args=args))


_LOOK = _button(texts.LOOK_OVER, "go")
Step = Callable[[Turn, Form, Field | None], Reply]
_ANYTIME: Mapping[str, Step] = {
    "back": _back,
    "later": _later,
    "cancel": _cancel,
    "send": _send,
    "go": _go_on,
}
_WORDS: Mapping[str, Step] = {
    fold(word): step
    for words, step in (
        (("上一步", "返回", "后退"), _back),
        (("跳过", "不填", "略过"), _skip),
        (("先存着", "以后再填", "保存", "稍后再填"), _later),
        (("取消", "不申请了", "不填了", "不投诉了", "不反映了", "不办了", "退出"), _cancel),
        (("提交", "确认提交", "确认"), _send),
    )
    for word in words
}


def _question(form: Form, field: Field, values: Values) -> Reply:
    rows: list[Row] = [(_button(c.label, "set", field.name, c.value),) for c in field.choices]
    moves = [_button(texts.SKIP, "skip", field.name)] if field.optional else []
    if values:
        moves.append(_button(texts.BACK, "back", form.name))
    rows.append((*moves, *_ways_out(form)))
    return Reply(blocks=(Block(text=field.prompt),), buttons=tuple(rows))


def _summary(form: Form, values: Values) -> Reply:
    lines = [texts.line(f.label, f.label_of(value)) for f, value in form.answered(values)]
    send = (_button(texts.SEND, "send", form.name),)
    return Reply(
        blocks=(
            Block(text=texts.PLEASE_CHECK, style=Style.TITLE),
            Block(text="\n".join(lines), style=Style.PERSONAL),
        ),
        buttons=(send, (_button(texts.CHANGE, "change"), *_ways_out(form))),
    )


def _ways_out(form: Form) -> Row:
    return (
        _button(texts.LATER, "later", form.name),
        _button(texts.CANCEL, "cancel", form.name),
    )


def _headed(form: Form, opening: str, asked: Reply) -> Reply:
    head = (Block(text=form.title, style=Style.TITLE), Block(text=opening))
    return Reply(blocks=(*head, *asked.blocks), buttons=asked.buttons)

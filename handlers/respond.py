"""The one entrance: what a person did goes in, what they are told comes out.

    button?      the action it carries
    no text?     a polite word
    command?     the COMMANDS row
    查 NUMBER?    the case
    open form?   its next step
    otherwise    a question

Reading this file and the modules it names in that order is reading the whole program.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from handlers import (
    appeal,
    ask,
    disclosure,
    form_texts,
    forms,
    guide,
    mycase,
    mydata,
    petition,
    smalltalk,
    texts,
)
from handlers.conversation import Conversation
from handlers.messages import Action, Incoming, InputKind, Reply, say
from handlers.services import Services
from handlers.turn import Turn
from knowledge.text import fold

_COMMAND = re.compile(r"/([A-Za-z_]+)(?:@\w+)?(?:\s+(.*))?", re.DOTALL)


@dataclass(frozen=True, kw_only=True)
class Command:
    """A command, what it is for, and who does it."""

    name: str
    help: str
    run: Callable[[Turn, str], Reply]  # the turn and what was written behind the command


def start(turn: Turn, _: str) -> Reply:
    """The first words."""
    return say(texts.welcome(turn.services.office))


def show_help(turn: Turn, _: str) -> Reply:
    """What can be done here."""
    return say(texts.help_text([(command.name, command.help) for command in COMMANDS]))


def cancel(turn: Turn, _: str) -> Reply:
    """Leave the open form."""
    if turn.conversation.draft is None:
        return say(texts.NOTHING_TO_CANCEL)
    turn.remember(draft=None)
    return say(texts.CANCELLED)


COMMANDS: tuple[Command, ...] = (
    Command(name="start", help="开始", run=start),
    Command(name="help", help="我能做什么", run=show_help),
    Command(name="ask", help="提问", run=ask.command),
    Command(name="guide", help="看政府信息公开指南", run=guide.command),
    Command(name="request", help="申请政府信息公开", run=disclosure.command),
    Command(name="appeal", help="反映问题", run=appeal.command),
    Command(name="suggest", help="提建议", run=appeal.suggest),
    Command(name="status", help="查进度", run=petition.status_command),
    Command(name="mycases", help="我登记过的事项", run=mycase.mine),
    Command(name="mydata", help="看保存了我的什么信息", run=mydata.command),
    Command(name="forget", help="删除我的信息", run=mydata.ask_forget),
    Command(name="cancel", help="取消正在填写的内容", run=cancel),
)
_BY_NAME = {command.name: command for command in COMMANDS}

BUTTONS: dict[str, Callable[[Turn, tuple[str, ...]], Reply]] = {
    "pick": ask.pick,
    "none": ask.none_fits,
    "good": ask.helpful,
    "bad": ask.unsolved,
    "human": petition.escalate,
    forms.VERB: lambda turn, args: _form_button(turn, args),
    mycase.VERB: mycase.pressed,
    mydata.VERB: mydata.pressed,
    "public": disclosure.show_public,
    "enough": disclosure.enough,
    "chart": disclosure.chart,
    "guide": guide.contents,
    "section": guide.section,
    "passage": guide.passage,
}

FORMS: dict[str, Callable[[Turn, str], Reply]] = {
    petition.CODE_FORM: petition.code_step,
    petition.TEXT_FORM: petition.text_step,
    mycase.SUPPLEMENT_FORM: mycase.supplement_step,
    mycase.REOPEN_FORM: mycase.reopen_step,
    mycase.COMMENT_FORM: mycase.comment_step,
}

# Forms of several questions; the two above have one.
LONG_FORMS = {form.name: form for form in (disclosure.FORM, appeal.FORM, appeal.SUGGESTION)}

_WORDS: dict[str, Callable[[Turn, str], Reply]] = {
    "取消": cancel,
    "帮助": show_help,
    "转人工": petition.ask_for_staff,
    "人工": petition.ask_for_staff,
    "人工客服": petition.ask_for_staff,
    "人工服务": petition.ask_for_staff,
    "我要人工": petition.ask_for_staff,
    "找人工": petition.ask_for_staff,
    "流程图": disclosure.chart,
    "继续填写": lambda turn, rest: _resume(turn),
    "申请信息公开": disclosure.command,
    "我要申请信息公开": disclosure.command,
    "依申请公开": disclosure.command,
    "我要申请公开": disclosure.command,
    "我要投诉": appeal.command,
    "我要举报": appeal.command,
    "我要反映问题": appeal.command,
    "反映问题": appeal.command,
    "投诉": appeal.command,
    "我要提建议": appeal.suggest,
    "提建议": appeal.suggest,
    "查进度": petition.status_command,
    "我的事项": mycase.mine,
    "我的信息": mydata.command,
    "删除我的信息": mydata.ask_forget,
    "公开指南": guide.command,
    "指南": guide.command,
}


def respond(incoming: Incoming, services: Services) -> Reply:
    """What the person is told; changes what handlers change, in the caller's transaction."""
    conversation = services.conversations.load(incoming.conversation)
    turn = Turn(incoming=incoming, services=services, conversation=conversation)
    reply = _route(turn)
    if turn.conversation != conversation:
        services.conversations.save(incoming.conversation, turn.conversation)
    return reply


def _route(turn: Turn) -> Reply:
    incoming = turn.incoming
    if incoming.action is not None:
        return _press(turn, incoming.action)
    if incoming.kind is not InputKind.TEXT:
        return say(texts.cannot_read(incoming.kind))
    text = incoming.text.strip()
    if match := _COMMAND.fullmatch(text):
        return _command(turn, match[1].lower(), (match[2] or "").strip())
    return _plain_text(turn, text)


def _press(turn: Turn, action: Action) -> Reply:
    pressed = BUTTONS.get(action.verb)
    return pressed(turn, action.args) if pressed else say(texts.STALE_BUTTON)


def _command(turn: Turn, name: str, rest: str) -> Reply:
    command = _BY_NAME.get(name)
    return command.run(turn, rest) if command else say(texts.UNKNOWN_COMMAND)


def _form_button(turn: Turn, args: tuple[str, ...]) -> Reply:
    if args[:1] == ("resume",):
        return _resume(turn)
    draft = turn.conversation.draft
    form = LONG_FORMS.get(draft.form) if draft else None
    return forms.pressed(turn, form, args) if form else say(texts.STALE_BUTTON)


def _resume(turn: Turn) -> Reply:
    """Go on with the form that was put aside, or with the one that is open."""
    kept = turn.conversation.draft or turn.conversation.saved
    form = LONG_FORMS.get(kept.form) if kept else None
    if kept is None or form is None:
        return say(form_texts.NOTHING_SAVED)
    turn.remember(draft=kept, saved=None)
    return forms.ask_next(turn, form)


def awaits_personal(conversation: Conversation) -> bool:
    """Whether the open form asks for something personal: what is written now is kept as it is
    until the form has it."""
    draft = conversation.draft
    form = LONG_FORMS.get(draft.form) if draft else None
    field = form.waiting(draft.values) if form and draft else None
    return field is not None and field.personal


def _plain_text(turn: Turn, text: str) -> Reply:
    draft = turn.conversation.draft
    if draft is not None and draft.form in LONG_FORMS:
        return forms.written(turn, LONG_FORMS[draft.form], text)
    if word := _WORDS.get(fold(text)):
        return word(turn, "")
    if asked := petition.asked_for(text):
        return petition.status_of(turn, *asked)
    if draft is not None and draft.form in FORMS:
        return FORMS[draft.form](turn, text)
    if said := smalltalk.classify(text):
        return ask.chat(turn, said)
    return ask.ask(turn, text)

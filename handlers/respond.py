"""The one entrance: what a person did goes in, what they are told comes out.

    button?      the action it carries
    no text?     a polite word
    command?     the COMMANDS row
    查 NUMBER?    the case
    an answer?   the case that the answered message is about
    open form?   its next step
    「第二个」?     what it refers to
    otherwise    a question

Reading this file and the modules it names in that order is reading the whole program.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from handlers import (
    appeal,
    ask,
    context,
    disclosure,
    form_texts,
    forms,
    guide,
    mycase,
    mydata,
    petition,
    smalltalk,
    staff,
    texts,
)
from handlers.conversation import Conversation
from handlers.messages import Action, Block, Incoming, InputKind, Reply, Style, say
from handlers.services import Services
from handlers.smalltalk import SmallTalk
from handlers.turn import Turn
from knowledge.text import fold
from petitions import Role

_COMMAND = re.compile(r"/([A-Za-z_]+)(?:@\w+)?(?:\s+(.*))?", re.DOTALL)


@dataclass(frozen=True, kw_only=True)
class Command:
    """A command, what it is for, who does it, and for whom.

    `roles` is the one place that says who may use it: others are told that there is no such
    command, and see it in no menu. Without roles it is for everybody.
    """

    name: str
    help: str
    run: Callable[[Turn, str], Reply]  # the turn and what was written behind the command
    roles: frozenset[Role] = frozenset()

    def is_for(self, role: Role | None) -> bool:
        """Whether somebody of this role may use it; the public has none."""
        return not self.roles or role in self.roles


def start(turn: Turn, _: str) -> Reply:
    """The first words."""
    return say(texts.welcome(turn.services.office))


def show_help(turn: Turn, _: str) -> Reply:
    """What can be done here."""
    return say(texts.help_text(menu(_role(turn))))


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
    Command(name="queue", help="我的待办", run=staff.queue, roles=staff.STAFF),
    Command(name="case", help="看一件事项：/case 编号", run=staff.case, roles=staff.STAFF),
    Command(name="duty", help="值守签到", run=staff.duty, roles=staff.STAFF),
    Command(name="metrics", help="本月指标", run=staff.metrics, roles=staff.OVERSIGHT),
)
_BY_NAME = {command.name: command for command in COMMANDS}


def menu(role: Role | None) -> list[tuple[str, str]]:
    """The commands that somebody of this role may use, with what they are for."""
    return [(command.name, command.help) for command in COMMANDS if command.is_for(role)]


BUTTONS: dict[str, Callable[[Turn, tuple[str, ...]], Reply]] = {
    "pick": ask.pick,
    "none": ask.none_fits,
    "good": ask.helpful,
    "bad": ask.unsolved,
    "see": context.see,
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
    staff.VERB: staff.pressed,
}

FORMS: dict[str, Callable[[Turn, str], Reply]] = {
    petition.CODE_FORM: petition.code_step,
    petition.TEXT_FORM: petition.text_step,
    mycase.SUPPLEMENT_FORM: mycase.supplement_step,
    mycase.REOPEN_FORM: mycase.reopen_step,
    mycase.COMMENT_FORM: mycase.comment_step,
    staff.TEXT_FORM: staff.written,
}

# Forms of several questions; the ones above have one.
LONG_FORMS = {
    form.name: form for form in (disclosure.FORM, appeal.FORM, appeal.SUGGESTION, *staff.FORMS)
}

_WORDS: dict[str, Callable[[Turn, str], Reply]] = {
    "取消": cancel,
    "退出": cancel,
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
    if not _goes_on(incoming):
        incoming = replace(incoming, followed_by="")
    turn = Turn(incoming=incoming, services=services, conversation=conversation)
    reply = _with_put_aside(conversation, turn, _route(turn))
    if turn.conversation.unsaid == conversation.unsaid:  # said by now, or left behind
        turn.remember(unsaid=())
    if turn.conversation != conversation:
        services.conversations.save(incoming.conversation, turn.conversation)
    return reply


def _goes_on(incoming: Incoming) -> bool:
    """Whether the next message may be the rest of this one: not if it is a word of ours."""
    following = incoming.followed_by.strip()
    special = (
        _COMMAND.fullmatch(following)
        or fold(following) in _WORDS
        or petition.asked_for(following)
        or smalltalk.classify(following) is SmallTalk.HUMAN
    )
    return incoming.says_something_new and not special


def _with_put_aside(before: Conversation, turn: Turn, reply: Reply) -> Reply:
    """Says so when a form had to make room for another one."""
    now = turn.conversation
    if now.draft is None or now.saved == before.saved or before.draft not in now.saved:
        return reply
    note = Block(text=form_texts.PUT_ASIDE, style=Style.NOTE)
    return replace(reply, blocks=(note, *reply.blocks))


def _route(turn: Turn) -> Reply:
    incoming = turn.incoming
    if incoming.action is not None:
        return _press(turn, incoming.action)
    if incoming.kind is not InputKind.TEXT:
        return _unreadable(turn)
    text = incoming.text.strip()
    if match := _COMMAND.fullmatch(text):
        return _command(turn, match[1].lower(), (match[2] or "").strip())
    if incoming.about:
        return _about_case(turn, incoming.about, text)
    return _plain_text(turn, text)


def _unreadable(turn: Turn) -> Reply:
    """A photo or the like; an open form asks its question again, with its buttons."""
    said = texts.cannot_read(turn.incoming.kind)
    form = _open_form(turn.conversation)
    return forms.ask_next(turn, form, note=said) if form else say(said)


def _open_form(conversation: Conversation) -> forms.Form | None:
    return LONG_FORMS.get(conversation.draft.form) if conversation.draft else None


def _press(turn: Turn, action: Action) -> Reply:
    pressed = BUTTONS.get(action.verb)
    return pressed(turn, action.args) if pressed else say(texts.STALE_BUTTON)


def _command(turn: Turn, name: str, rest: str) -> Reply:
    command = _BY_NAME.get(name)
    if command is None or (command.roles and not command.is_for(_role(turn))):
        return say(texts.UNKNOWN_COMMAND)
    if command.roles and not turn.incoming.private:
        return say(texts.PLEASE_PRIVATELY)
    return command.run(turn, rest)


def _role(turn: Turn) -> Role | None:
    return turn.staff.role if turn.staff else None


def _about_case(turn: Turn, number: str, text: str) -> Reply:
    """Our message about a case was answered: by its owner, who completes it, or by staff."""
    if mycase.owes_supplement(turn, number):
        return mycase.supplement(turn, number, text)
    return staff.answered(turn, number, text) if turn.staff else mycase.not_awaited(turn, number)


def _form_button(turn: Turn, args: tuple[str, ...]) -> Reply:
    if args[:1] == ("resume",):
        return _resume(turn)
    form = _open_form(turn.conversation)
    return forms.pressed(turn, form, args) if form else say(texts.STALE_BUTTON)


def _resume(turn: Turn) -> Reply:
    """Go on with the form that was put aside, or with the one that is open."""
    draft, saved = turn.conversation.draft, turn.conversation.saved
    if draft and draft.form in LONG_FORMS:
        return forms.ask_next(turn, LONG_FORMS[draft.form])
    if not saved:
        return say(form_texts.NOTHING_SAVED)
    turn.remember(draft=saved[-1], saved=saved[:-1])
    return forms.ask_next(turn, LONG_FORMS[saved[-1].form])


def awaits_personal(incoming: Incoming, services: Services) -> bool:
    """Whether what is written answers something personal of the open form, or goes into a case:
    then it is kept as it is until the form or the case has it."""
    if incoming.about:
        return True
    conversation = services.conversations.load(incoming.conversation)
    draft = conversation.draft
    if draft is not None and draft.form == staff.TEXT_FORM:
        return True
    turn = Turn(incoming=incoming, services=services, conversation=conversation)
    form = _open_form(conversation)
    field = forms.meant(turn, form) if form else None
    return field is not None and field.personal


def _for_form(turn: Turn) -> forms.Form | None:
    """The open form, if it is for it that something was written: not a correction of what was
    said before it was opened."""
    form, incoming, draft = _open_form(turn.conversation), turn.incoming, turn.conversation.draft
    earlier = draft is not None and incoming.edited and incoming.message not in draft.said
    return None if earlier else form


def _case_of(turn: Turn, number: str, code: str | None) -> Reply:
    """查 编号: staff see the case as staff do."""
    if turn.staff and turn.incoming.private and code is None:
        return staff.case(turn, number)
    return petition.status_of(turn, number, code)


def _case_named(turn: Turn, text: str) -> Reply | None:
    number = petition.named(text)
    return _case_of(turn, number, None) if number else None


def _plain_text(turn: Turn, text: str) -> Reply:
    draft = turn.conversation.draft
    if form := _for_form(turn):
        return forms.written(turn, form, text)
    word = _WORDS.get(fold(text))
    if draft is not None and draft.form == staff.TEXT_FORM and word is not cancel:
        return FORMS[draft.form](turn, text)  # a number may be just what was asked for
    if word:
        return word(turn, "")
    if asked := petition.asked_for(text):
        return _case_of(turn, *asked)
    if draft is not None and draft.form in FORMS:
        return FORMS[draft.form](turn, text)
    if reply := _case_named(turn, text) or context.follow(turn, text):
        return reply
    said = smalltalk.classify(text)
    if said is SmallTalk.HUMAN:
        return petition.ask_for_staff(turn, "")
    return ask.chat(turn, said) if said else ask.ask(turn, text)

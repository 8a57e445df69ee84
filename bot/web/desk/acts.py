"""What staff can do with a case on its page: one table of actions, fields and calls.

Writing and sending the reply is not here: it has an editor of its own.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TypeAlias

from bot.web.desk import texts
from bot.web.desk.fields import Field, Input, Typed
from bot.web.errors import Problem
from petitions import Action, Actor, Kind, Outcome, PetitionDesk, Rating, UnknownUser, User

Call: TypeAlias = Callable[[PetitionDesk, str, Actor, Typed], object]  # raises PetitionError


@dataclass(frozen=True, kw_only=True)
class Act:
    """An action as the page offers it."""

    action: Action
    call: Call
    fields: tuple[Field, ...] = ()
    hint: str = ""
    leading: bool = False  # one of the usual next steps: shown open, not under “more”
    button: str = ""  # where the action's own word says too little

    @property
    def label(self) -> str:
        """What stands on the button."""
        return self.button or self.action.label


def _officer(desk: PetitionDesk, form: Typed) -> User:
    user = desk.people.user(form.text("officer"))
    if user is None:
        raise UnknownUser(form.text("officer"))
    return user


def _value(form: Typed) -> str:
    """A corrected value as cases keep it; people write the word they read."""
    words = {"kind": Kind, "outcome": Outcome}.get(form.text("field"))
    return words.parse(form.text("value")).value if words else form.text("value")


_REASON = Field(name="reason", label="理由", input=Input.TEXT, required=True)
_NOTE = Field(name="note", label="说明", input=Input.LINE)
_DAY = Field(name="day", label="收到日期", input=Input.DAY, hint="空着就是今天")

_ALL = (
    Act(
        action=Action.CONFIRM_RECEIPT,
        leading=True,
        hint="双方确认的日期就是收到申请之日（条例第三十一条）。",
        fields=(Field(name="day", label="确认日期", input=Input.DAY, hint="空着就是今天"),),
        call=lambda desk, number, by, form: desk.confirm_receipt(
            number, by=by, day=form.day("day")
        ),
    ),
    Act(
        action=Action.ACCEPT,
        leading=True,
        fields=(
            Field(
                name="department",
                label="负责处室",
                input=Input.DEPARTMENT,
                hint="空着就是您的处室",
            ),
        ),
        call=lambda desk, number, by, form: desk.work.accept(
            number, by=by, department=form.text("department"), expected=form.version()
        ),
    ),
    Act(
        action=Action.CLAIM,
        leading=True,
        call=lambda desk, number, by, form: desk.work.claim(number, by=by, expected=form.version()),
    ),
    Act(
        action=Action.ROUTE,
        leading=True,
        fields=(
            Field(name="lead", label="主办处室", input=Input.DEPARTMENT, required=True),
            Field(name="co", label="协办处室", hint="几个处室用顿号分开"),
            _NOTE,
        ),
        call=lambda desk, number, by, form: desk.work.route(
            number,
            by=by,
            lead=form.text("lead"),
            co=[one for one in form.text("co").replace("，", "、").split("、") if one.strip()],
            note=form.text("note"),
            expected=form.version(),
        ),
    ),
    Act(
        action=Action.RECEIVE_SUPPLEMENT,
        leading=True,
        button="登记补正",
        fields=(
            Field(name="text", label="补正的内容", input=Input.TEXT, required=True),
            _DAY,
        ),
        call=lambda desk, number, by, form: desk.work.receive_supplement(
            number, by=by, text=form.text("text"), day=form.day("day"), expected=form.version()
        ),
    ),
    Act(
        action=Action.RECEIVE_OPINION,
        leading=True,
        button="登记意见",
        fields=(
            Field(name="text", label="意见内容", input=Input.TEXT, required=True),
            Field(
                name="agrees",
                label="是否同意公开",
                input=Input.CHOICE,
                required=True,
                choices=(("yes", "同意"), ("no", "不同意")),
            ),
            _DAY,
        ),
        call=lambda desk, number, by, form: desk.work.receive_opinion(
            number,
            by=by,
            text=form.text("text"),
            agrees=form.text("agrees") == "yes",
            day=form.day("day"),
            expected=form.version(),
        ),
    ),
    Act(
        action=Action.SILENCE,
        hint="征求意见的期限过了才能登记。",
        call=lambda desk, number, by, form: desk.work.silence(
            number, by=by, expected=form.version()
        ),
    ),
    Act(
        action=Action.CLOSE,
        leading=True,
        call=lambda desk, number, by, form: desk.replies.close(
            number, by=by, expected=form.version()
        ),
    ),
    Act(
        action=Action.ASSIGN,
        button="指派或转交",
        fields=(
            Field(name="officer", label="承办人", input=Input.OFFICER, required=True),
            _NOTE,
        ),
        call=lambda desk, number, by, form: desk.work.assign(
            number,
            by=by,
            officer=_officer(desk, form),
            note=form.text("note"),
            expected=form.version(),
        ),
    ),
    Act(
        action=Action.REQUEST_SUPPLEMENT,
        hint="依申请公开：收到后7个工作日内一次性告知；收到补正后期限重新计算（条例第三十条）。",
        fields=(
            Field(name="items", label="需要补正的内容", input=Input.TEXT, required=True),
            Field(
                name="days",
                label="补正期限（工作日）",
                input=Input.NUMBER,
                hint="空着就是规定的天数",
            ),
        ),
        call=lambda desk, number, by, form: desk.work.request_supplement(
            number,
            by=by,
            items=form.text("items"),
            days=form.number("days"),
            expected=form.version(),
        ),
    ),
    Act(
        action=Action.LAPSE,
        hint="申请人没有正当理由、逾期没有补正（条例第三十条）。",
        call=lambda desk, number, by, form: desk.work.lapse(number, by=by, expected=form.version()),
    ),
    Act(
        action=Action.CONSULT,
        hint="第三方15个工作日内答复，期间不计入期限（条例第三十二条至第三十四条）。",
        fields=(
            Field(name="party", label="征求谁的意见", required=True),
            Field(
                name="co_producing",
                label="是共同制作信息的机关（逾期不答复视为同意）",
                input=Input.CHECK,
            ),
        ),
        call=lambda desk, number, by, form: desk.work.consult(
            number,
            by=by,
            party=form.text("party"),
            co_producing=form.checked("co_producing"),
            expected=form.version(),
        ),
    ),
    Act(
        action=Action.EXTEND,
        hint="要经负责人同意并告知申请人；天数的单位和原来的期限相同。",
        fields=(
            Field(name="days", label="延长多少", input=Input.NUMBER, required=True),
            _REASON,
            Field(name="consent_by", label="同意延期的负责人", required=True),
        ),
        call=lambda desk, number, by, form: desk.work.extend(
            number,
            by=by,
            days=form.number("days"),
            reason=form.text("reason"),
            consent_by=form.text("consent_by"),
            expected=form.version(),
        ),
    ),
    Act(
        action=Action.RELEASE,
        fields=(_NOTE,),
        call=lambda desk, number, by, form: desk.work.release(
            number, by=by, note=form.text("note"), expected=form.version()
        ),
    ),
    Act(
        action=Action.DECLINE,
        fields=(
            _REASON,
            Field(name="referral", label="请其找谁", hint="机关名称和联系方式"),
        ),
        call=lambda desk, number, by, form: desk.work.decline(
            number,
            by=by,
            reason=form.text("reason"),
            referral=form.text("referral"),
            expected=form.version(),
        ),
    ),
    Act(
        action=Action.FILE,
        hint="如感谢信，不需要答复。",
        fields=(_REASON,),
        call=lambda desk, number, by, form: desk.work.file(
            number, by=by, reason=form.text("reason"), expected=form.version()
        ),
    ),
    Act(
        action=Action.OBJECT,
        hint="信访件要在5个工作日内提出（信访工作条例第二十三条）。",
        fields=(_REASON,),
        call=lambda desk, number, by, form: desk.work.object(
            number, by=by, reason=form.text("reason"), expected=form.version()
        ),
    ),
    Act(
        action=Action.UPHOLD,
        fields=(_REASON,),
        call=lambda desk, number, by, form: desk.work.uphold(
            number, by=by, reason=form.text("reason"), expected=form.version()
        ),
    ),
    Act(
        action=Action.URGE,
        leading=True,
        fields=(Field(name="note", label="督办意见", input=Input.TEXT, required=True),),
        call=lambda desk, number, by, form: desk.replies.urge(
            number, by=by, note=form.text("note")
        ),
    ),
    Act(
        action=Action.MERGE,
        hint="同一个人重复提出的，或者几个人反映同一件事：一份答复发给所有人。",
        fields=(Field(name="into", label="并入编号", required=True), _NOTE),
        call=lambda desk, number, by, form: desk.replies.merge(
            number,
            by=by,
            into=form.text("into"),
            note=form.text("note"),
            expected=form.version(),
        ),
    ),
    Act(
        action=Action.LINK,
        fields=(Field(name="other", label="关联编号", required=True), _NOTE),
        call=lambda desk, number, by, form: desk.replies.link(
            number, by=by, other=form.text("other"), note=form.text("note")
        ),
    ),
    Act(
        action=Action.SPLIT,
        hint="一封信里有两件事：第二件另立编号，收到日期相同。",
        fields=(
            Field(name="text", label="第二件事", input=Input.TEXT, required=True),
            Field(
                name="kind",
                label="类型",
                input=Input.CHOICE,
                choices=tuple(
                    (kind.value, kind.label) for kind in Kind if kind is not Kind.RECTIFICATION
                ),
                hint="空着就和这件相同",
            ),
        ),
        call=lambda desk, number, by, form: desk.split(
            number,
            by=by,
            text=form.text("text"),
            kind=Kind.parse(form.text("kind")) if form.text("kind") else None,
        ),
    ),
    Act(
        action=Action.RATE,
        button="代录评价",
        fields=(
            Field(
                name="rating",
                label="评价",
                input=Input.CHOICE,
                required=True,
                choices=tuple((one.value, one.label) for one in Rating),
            ),
            Field(name="comment", label="群众的话", input=Input.TEXT),
        ),
        call=lambda desk, number, by, form: desk.rate(
            number, by=by, rating=Rating.parse(form.text("rating")), comment=form.text("comment")
        ),
    ),
    Act(
        action=Action.REOPEN,
        fields=(_REASON,),
        call=lambda desk, number, by, form: desk.reopen(
            number, by=by, reason=form.text("reason"), expected=form.version()
        ),
    ),
    Act(
        action=Action.WITHDRAW,
        button="代办撤回",
        fields=(_NOTE,),
        call=lambda desk, number, by, form: desk.withdraw(
            number, by=by, reason=form.text("note"), expected=form.version()
        ),
    ),
    Act(
        action=Action.HIDE,
        button="保密设置",
        hint="检举控告人的信息不得泄露（信访工作条例第三十条）：只有承办处室和督办人能看。",
        fields=(
            Field(
                name="confidential",
                label="是否保密",
                input=Input.CHOICE,
                required=True,
                choices=(("yes", "保密"), ("no", "不保密")),
            ),
            _NOTE,
        ),
        call=lambda desk, number, by, form: desk.replies.set_confidential(
            number,
            by=by,
            confidential=form.text("confidential") == "yes",
            reason=form.text("note"),
        ),
    ),
    Act(
        action=Action.CORRECT,
        hint="记录不会被改写：更正是新的一条，原来的内容留着。",
        fields=(
            Field(
                name="field",
                label="更正哪一项",
                input=Input.CHOICE,
                required=True,
                choices=(
                    ("title", "标题"),
                    ("kind", "类型"),
                    ("received", "收到日期"),
                    ("outcome", "答复结果"),
                ),
            ),
            Field(name="value", label="改为", required=True),
            _REASON,
        ),
        call=lambda desk, number, by, form: desk.replies.correct(
            number,
            by=by,
            field=form.text("field"),
            value=_value(form),
            reason=form.text("reason"),
            expected=form.version(),
        ),
    ),
)

ACTS: Mapping[Action, Act] = MappingProxyType({act.action: act for act in _ALL})
NOTE_FIELDS = (Field(name="text", label="备注", input=Input.TEXT, required=True),)


def act_of(word: str) -> Act:
    """The action that a form names."""
    found = next((act for act in _ALL if act.action == word), None)
    if found is None:
        raise Problem(404, "unknown_action", texts.UNKNOWN_ACTION)
    return found

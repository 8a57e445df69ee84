"""Actions that take a case further: taken in, passed on, waiting, extended, closed."""

from bot.web.desk.act import DAY, NOTE, REASON, Act
from bot.web.desk.fields import Field, Input, Typed
from petitions import Action, PetitionDesk, UnknownUser, User


def _officer(desk: PetitionDesk, form: Typed) -> User:
    user = desk.people.user(form.text("officer"))
    if user is None:
        raise UnknownUser(form.text("officer"))
    return user


STEPS: tuple[Act, ...] = (
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
            NOTE,
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
            DAY,
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
            DAY,
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
            NOTE,
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
            REASON,
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
        fields=(NOTE,),
        call=lambda desk, number, by, form: desk.work.release(
            number, by=by, note=form.text("note"), expected=form.version()
        ),
    ),
)

"""Actions beside the usual way: turned away, objected to, chased, joined, corrected."""

from bot.web.desk.act import NOTE, REASON, Act
from bot.web.desk.fields import Field, Input, Typed
from petitions import Action, Kind, Outcome, Rating


def _value(form: Typed) -> str:
    """A corrected value as cases keep it; people write the word they read."""
    words = {"kind": Kind, "outcome": Outcome}.get(form.text("field"))
    return words.parse(form.text("value")).value if words else form.text("value")


OTHERS: tuple[Act, ...] = (
    Act(
        action=Action.DECLINE,
        fields=(
            REASON,
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
        fields=(REASON,),
        call=lambda desk, number, by, form: desk.work.file(
            number, by=by, reason=form.text("reason"), expected=form.version()
        ),
    ),
    Act(
        action=Action.OBJECT,
        hint="信访件要在5个工作日内提出（信访工作条例第二十三条）。",
        fields=(REASON,),
        call=lambda desk, number, by, form: desk.work.object(
            number, by=by, reason=form.text("reason"), expected=form.version()
        ),
    ),
    Act(
        action=Action.UPHOLD,
        fields=(REASON,),
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
        fields=(Field(name="into", label="并入编号", required=True), NOTE),
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
        fields=(Field(name="other", label="关联编号", required=True), NOTE),
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
        fields=(REASON,),
        call=lambda desk, number, by, form: desk.reopen(
            number, by=by, reason=form.text("reason"), expected=form.version()
        ),
    ),
    Act(
        action=Action.WITHDRAW,
        button="代办撤回",
        fields=(NOTE,),
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
            NOTE,
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
            REASON,
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

"""Every sentence that staff read in the chat; what citizens are told is elsewhere."""

from datetime import date, datetime

from handlers.texts import day
from petitions import (
    Action,
    CasePage,
    CaseRow,
    Event,
    Hours,
    Outcome,
    Reminder,
    SignIn,
    Suggestion,
    TextKind,
    User,
)

MINE = "我在办"
TO_REVIEW = "待审核"
OVERDUE = "已超期"
UNCLAIMED = "本处室待领"
TO_ACCEPT = "待受理"
NOTHING_TO_DO = "现在没有要办的事项。"
HOW_TO_OPEN = "请写编号，比如：/case 2026-000123-8"

MORE = "更多"
OTHER_ACTIONS = "其他操作"
CONTACT = "联系方式"
WHY_THAT_DAY = "期限怎么算的"
ALIKE = "类似事项"
BACK = "返回事项"

ANSWER = "答复"
CHANGE = "改"
SEND = "发出"
SUBMIT = "送审"
OUTCOME = "选答复结果"
BASIS = "写依据"

SHOWN_LOGGED = "联系方式只用于办理这件事，这次查看已经记录。"
NO_CONTACT = "这件事没有留联系方式，答复会直接发到对方提问的地方。"
NO_ALIKE = "没有找到类似的已答复事项。"
NO_COLLEAGUE = "本处室没有别的承办人可以转交。"
NO_DEPARTMENT = "还没有处室。请管理员先登记人员。"
CHOOSE_DEPARTMENT = "转给哪个处室？"
CHOOSE_COLLEAGUE = "转给谁？"
CHOOSE_OUTCOME = "属于哪一类？"
CHOOSE_WITHIN = "具体是哪一种？"
NEEDS_OUTCOME = "先选答复结果，再送审。"
CHANGED_MEANWHILE = "草稿刚才有改动，请看过最新的再发。"
SEE = "看这件"
NO_DRAFT = "没有正在写的答复。"
NOT_NOW = "这一步现在不能做，请看最新情况。"
GROUPS = {
    "refused": "不予公开…",
    "unable": "无法提供…",
    "unhandled": "不予处理…",
    "other": "其他处理…",
}
NOT_A_CASE = "不能这样操作，请从 /queue 重新打开事项。"
WILL_SEE = "以上是对方会看到的内容。"
UNDER_REVIEW = "送审的答复："
DRAFTED = "草稿："
OBJECTED = "对转办有异议："
WAITED_FOR = "在等："

# By which step a text is written, and how it is asked for.
PROMPTS = {
    "answer": "请写答复内容，写完先给您看一遍再发。不写了，请发“取消”。",
    "basis": "请写答复的依据，比如“《政府信息公开条例》第二十七条”。",
    Action.FILE: "请写存档的理由，比如“来信致谢，无需答复”。",
    Action.OBJECT: "请写异议的理由：为什么不归本处室，应该归谁。",
    Action.UPHOLD: "请写维持转办的理由。",
    Action.REQUEST_SUPPLEMENT: "请一次写清需要对方补正的内容，这段话会发给对方。",
    Action.RECEIVE_SUPPLEMENT: "请写对方补正的内容。",
    Action.RETURN: "请写退回的意见：哪里要改。",
    Action.NOTE: "请写备注，只有工作人员能看到。",
    Action.URGE: "请写督办意见，承办人会收到。",
    Action.RELEASE: "请写退回待领的原因。",
    Action.SPLIT: "请写拆出来的另一件事，会另登记一个编号。",
    Action.MERGE: "并入哪一件？请写那一件的编号，一个答复两件都用。",
    Action.LINK: "和哪一件有关？请写编号。",
    Action.WITHDRAW: "请写对方为什么撤回、怎么提出的。",
    Action.REOPEN: "请写为什么要重新办理。",
}

DONE = {
    Action.ACCEPT: "已受理，对方会收到通知。",
    Action.CLAIM: "已领办，这件事由您办理。",
    Action.RELEASE: "已退回，等其他人领办。",
    Action.ROUTE: "已转办。",
    Action.ASSIGN: "已转交。",
    Action.OBJECT: "异议已提交，等督办人员决定。",
    Action.UPHOLD: "已维持转办。",
    Action.DECLINE: "已告知对方不予受理。",
    Action.FILE: "已存档。",
    Action.REQUEST_SUPPLEMENT: "补正通知已发给对方。",
    Action.RECEIVE_SUPPLEMENT: "补正已记下。",
    Action.LAPSE: "已按放弃申请处理，对方会收到通知。",
    Action.CONSULT: "已记下，征求意见期间不计入期限。",
    Action.RECEIVE_OPINION: "意见已记下。",
    Action.SILENCE: "已按逾期未回复处理。",
    Action.EXTEND: "已延期，对方会收到通知。",
    Action.SUBMIT: "已送审。",
    Action.APPROVE: "审核通过，答复已发给对方。",
    Action.RETURN: "已退回承办人修改。",
    Action.REPLY: "答复已发给对方。",
    Action.CLOSE: "已办结。",
    Action.NOTE: "备注已记下。",
    Action.CONFIRM_RECEIPT: "收到日期已确认。",
    Action.HIDE: "已设为保密，只有承办处室能看到内容。",
    Action.SPLIT: "已拆分，新的一件在经过里能看到。",
    Action.MERGE: "已并案，对方会收到通知。",
    Action.LINK: "已关联。",
    Action.WITHDRAW: "已撤回。",
    Action.REOPEN: "已重新办理，对方会收到通知。",
    Action.URGE: "督办意见已记下。",
}

EXTENSION = "延期"
EXTENSION_OPENING = "延长答复期限。对方会收到通知和理由。"
ASK_DAYS = "延长几天？写数字。单位和最多几天按这类事项的规定。"
ASK_REASON = "为什么要延期？这个理由会告诉对方。"
ASK_CONSENT = "哪位负责人同意的？（条例第三十三条：须经机构负责人同意）"
BAD_DAYS = "请写天数，比如 20。"
DECLINING = "不予受理"
DECLINING_OPENING = "告诉对方为什么不能受理、可以找谁。"
ASK_DECLINE_REASON = "不予受理的理由是什么？会发给对方。"
ASK_REFERRAL = "对方可以找哪个单位？写名称和电话。"
CONSULTATION = "征求意见"
CONSULTATION_OPENING = "书面征求意见，期间不计入答复期限，最多15个工作日。"
ASK_PARTY = "征求谁的意见？"
ASK_CO_PRODUCING = "对方是第三方，还是一起制作这份信息的机关？"
THIRD_PARTY, CO_PRODUCING = "第三方", "共同制作的机关"
OPINION = "收到意见"
OPINION_OPENING = "把对方的书面意见记下来。"
ASK_OPINION = "意见内容是什么？"
ASK_AGREES = "对方同意公开吗？"
AGREES, DISAGREES = "同意", "不同意"
ASK_NUMBER = "哪一件？请写编号。"
NUMBER = "编号"


def section(title: str, total: int) -> str:
    """A heading of the list."""
    return f"{title}（{total}）"


def line(row: CaseRow, urgency: str) -> str:
    """A case in a list."""
    who = f" · {row.officer_name}" if row.officer_name else ""
    return f"{urgency} · {row.number} {row.title or '（保密）'} · {row.state.label}{who}"


def button(row: CaseRow) -> str:
    """A case on a button: as much as fits beside its number."""
    return f"{row.number} {row.title}"[:30]


def left(days: int, due: date) -> str:
    """How urgent it is: working days until a deadline, negative when it is over."""
    if days < 0:
        return f"已超期{-days}个工作日"
    if days == 0:
        return "今天到期"
    return f"还剩{days}个工作日" if days <= 5 else f"{due.month}月{due.day}日到期"


STOPPED = "暂停计时"


def standing(page: CasePage, urgency: str) -> str:
    """Where a case stands, in lines."""
    facts = page.facts
    provisional = "（暂定）" if page.deadline.provisional else ""
    lines = [
        f"{facts.kind.label} · {facts.state.label} · {page.case.channel.label}",
        f"收到：{day(facts.received)}",
    ]
    if facts.open:
        how = f"，{urgency}" if urgency else ""
        lines.append(f"期限：{day(page.due)}{provisional}{how}")
    if facts.department:
        helping = f"（协办：{'、'.join(facts.co)}）" if facts.co else ""
        lines.append(f"承办：{facts.department}{helping} {facts.officer_name}")
    if facts.confidential:
        lines.append("来人要求保密，不得透露身份。")
    if page.duplicates:
        lines.append(f"并入的事项：{'、'.join(page.duplicates)}")
    return "\n".join(lines)


def step(event: Event, local: datetime) -> str:
    """A line of the timeline."""
    note = f"：{event.note}" if event.note else ""
    return f"{local:%m-%d %H:%M} {event.who} {event.action.label}{note}"


_KINDS = {
    TextKind.NOTE: "备注",
    TextKind.SUPPLEMENT: "补正",
    TextKind.OPINION: "意见",
    TextKind.REPLY: "答复",
    TextKind.COMMENT: "对方的意见",
}


def written(kind: TextKind, body: str) -> str:
    """A text that belongs to a case."""
    return f"{_KINDS[kind]}：{body}"


def contact(name: str, how: str) -> str:
    """How to reach whoever asked."""
    lines = (("姓名", name), ("联系方式", how))
    return "\n".join(f"{label}：{value}" for label, value in lines if value)


def suggested(one: Suggestion) -> str:
    """A department that the text speaks for."""
    return f"建议：{one.department}"


def why(one: Suggestion) -> str:
    """Why that department."""
    reasons = [*one.keywords, *(f"类似 {number}" for number in one.cases)]
    return f"{one.department}：{'、'.join(reasons[:4])}"


def colleague(one: User) -> str:
    """A colleague on a button."""
    return f"{one.name}（外出）" if one.absent else one.name


def past(number: str, title: str, reply: str) -> str:
    """A past case and how it was answered."""
    return f"{number} {title}\n{reply[:300]}"


def chosen(outcome: Outcome) -> str:
    """The outcome of a draft."""
    return f"答复结果：{outcome.label}"


def signed_in(entry: SignIn, local: datetime, hours: Hours, *, in_time: bool) -> str:
    """On duty today."""
    when = f"{entry.officer}，{local:%H:%M}签到。"
    if in_time:
        return when + "辛苦了。"
    return when + f"签到时间是{hours.start:%H:%M}至{hours.end:%H:%M}，这次不计入值守率。"


def reminder(one: Reminder) -> str:
    """What is due, or over."""
    provisional = "（暂定）" if one.provisional else ""
    heading = f"{left(one.left, one.due)}：{one.number} {one.title or '（保密）'}"
    return f"{heading}\n期限{day(one.due)}{provisional}"


def no_calendar(year: int) -> str:
    """Next year's holidays are not known."""
    return (
        f"还没有{year}年的放假安排，跨年的期限都是暂定的。"
        "国务院公布后，请管理员载入新的日历，期限会自动重算。"
    )


def figures_of(first: date, last: date) -> str:
    """The heading of a month's figures."""
    return f"{first.year}年{first.month}月（{first.day}日至{last.day}日）"


def figure(label: str, value: str) -> str:
    """One figure."""
    return f"{label}：{value}"


NOTHING_TO_SHARE = "—"  # a share of nothing


def told(what: str, number: str, title: str, note: str) -> str:
    """Something happened to a case that concerns whoever reads this."""
    more = f"\n{note}" if note else ""
    return f"{what}：{number} {title or '（保密）'}{more}"


NEWS = {
    Action.REGISTER: "新登记的事项，请受理",
    Action.ROUTE: "转到本处室，请领办",
    Action.ASSIGN: "转交给您的事项",
    Action.OBJECT: "对转办有异议，请决定",
    Action.UPHOLD: "维持转办",
    Action.RECEIVE_SUPPLEMENT: "补正收到了",
    Action.RECEIVE_OPINION: "意见收到了",
    Action.SILENCE: "征求意见逾期没有回复",
    Action.SUBMIT: "有答复等您审核",
    Action.RETURN: "答复被退回，请修改",
    Action.REOPEN: "对方不满意，要求重新办理",
    Action.WITHDRAW: "对方撤回了",
    Action.URGE: "督办",
}

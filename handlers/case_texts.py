"""What people are told about their cases: where they stand, what was done, what they can do."""

from datetime import date

from handlers.texts import day
from petitions import CaseStatus, Deadline, LedgerDay, Rating, State

COMPLETE = "补正材料"
CONFIRM = "确认收到日期"
UPLOAD = "上传材料"
BRING_IT = "请把材料寄给我们或者当面交，注明编号。"
WHY_THAT_DAY = "期限怎么算的"
REOPEN = "重新办理"
WITHDRAW = "撤回"
REALLY_WITHDRAW = "确定撤回"
KEEP = "不撤回了"

MINE = "您登记过的事项，点一下看详情。"
CONFIRMED = "收到日期已确认。"
ASK_SUPPLEMENT = "请把要补充的内容写下来发给我。不补了，请发“取消”。"
COMPLETED = "补正收到了，答复期限从今天重新计算。"
NOTHING_AWAITED = "这件事现在不需要补正，您写的没有转给工作人员。有新的问题，请直接发给我。"
ASK_WHY_AGAIN = "请写下哪里没有解决，工作人员会重新办理。不用了，请发“取消”。"
REOPENED = "已经重新办理，会再答复您。"
ADD_A_WORD = "写几句意见"
ASK_COMMENT = "请把您的意见写下来发给我。不写了，请发“取消”。"
COMMENTED = "谢谢，您的意见记下了。"


def standing(status: CaseStatus) -> str:
    """Number, dates, state."""
    lines = [
        f"编号：{status.number}",
        f"收到：{day(status.received)}",
        f"现在：{status.state.label}",
    ]
    if status.department:
        lines.append(f"承办：{status.department}")
    if status.state in _OPEN:
        lines.append(_due(status))
    return "\n".join(lines)


_OPEN = frozenset(State) - {
    State.REPLIED,
    State.CLOSED,
    State.DECLINED,
    State.WITHDRAWN,
}


def _due(status: CaseStatus) -> str:
    if status.stopped:
        return f"预计答复：期限暂停计算，最早{day(status.due)}前"
    later = "（节假日安排公布后可能调整）" if status.provisional else ""
    return f"预计答复：{day(status.due)}前{later}"


def to_complete(items: str, until: date | None) -> str:
    """What the applicant is asked to complete."""
    by = f"（请在{day(until)}前）" if until else ""
    return f"需要您补正{by}：\n{items}"


def upload_here(link: str) -> str:
    """Where to send a file."""
    return f"请打开这个网页上传照片或文件，7天内有效，一个链接传一个文件：{link}"


def based_on(basis: str) -> str:
    """The law that a reply rests on."""
    return f"依据：{basis}"


def line(status: CaseStatus) -> str:
    """A case in a list."""
    return f"{status.number} {status.state.label} {status.title}"


def see(number: str) -> str:
    """A case on a button."""
    return f"看 {number}"


def older(count: int) -> str:
    """More cases than are shown."""
    return f"还有{count}件更早的，请发“查 编号”。"


def withdraw_what(title: str) -> str:
    """Before a case is withdrawn."""
    return f"确定撤回“{title}”吗？撤回后就不再办理了。"


def withdrawn(number: str) -> str:
    """It is withdrawn."""
    return f"{number}已撤回。以后需要，可以重新提出。"


def rated(rating: Rating) -> str:
    """Thanks for a rating."""
    if rating is Rating.DISSATISFIED:
        return "抱歉没有让您满意。可以写几句哪里不好，也可以要求重新办理。"
    return "谢谢您的评价。"


def ledger(deadline: Deadline) -> str:
    """Every day of a period, runs of equal days in one line."""
    lines = [_run(run) for run in _runs(deadline.ledger)]
    counted = sum(one.counts for one in deadline.ledger)
    end = f"共计{counted}天，到{day(deadline.due)}。"
    later = ["其中有的年份放假安排还没公布，公布后会重算。"] if deadline.provisional else []
    return "\n".join([f"期限依据：{deadline.source}", *lines, end, *later])


def _runs(days: tuple[LedgerDay, ...]) -> list[list[LedgerDay]]:
    runs: list[list[LedgerDay]] = []
    for one in days:
        if runs and (runs[-1][-1].why, runs[-1][-1].counts) == (one.why, one.counts):
            runs[-1].append(one)
        else:
            runs.append([one])
    return runs


def _run(run: list[LedgerDay]) -> str:
    first, last = run[0].date, run[-1].date
    span = _short(first) if first == last else f"{_short(first)}至{_short(last)}"
    counted = f"计{len(run)}天" if run[0].counts else "不计"
    return f"{span} {run[0].why} {counted}"


def _short(value: date) -> str:
    return f"{value.month}月{value.day}日"

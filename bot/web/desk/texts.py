"""Every sentence the staff desk says."""

from datetime import date
from typing import Final

from petitions import Action

BAD_FORM: Final = "页面已过期，没有办理。请刷新页面再试；您写的内容还在上一页。"
FOREIGN_ORIGIN: Final = "这个请求不是从本网站的页面发出的，没有办理。"
SIGNED_OUT: Final = "您没有登录，或者登录已过期，请重新登录。"
NOT_SAVED: Final = "登录已过期，没有办理。您写的内容在下面，登录后可以复制回去。"
NO_USERS: Final = (
    "还没有用户。请在服务器上运行 python -m bot user add 姓名 --role admin "
    "--department 办公室 --password-stdin 添加第一个。"
)
PASSWORDS_DIFFER: Final = "两次写的新密码不一样。"
PASSWORD_CHANGED: Final = "密码已修改，其他浏览器上的登录已退出。"
NOT_FOR_ROLE: Final = "您的角色不能打开这个页面。"
NO_SUCH_FILE: Final = "没有这个文件，或者它不属于这件事项。"
NO_REPLY: Final = "这件事项还没有答复，也没有草稿。"
UNKNOWN_ACTION: Final = "没有这种操作。"
NOTHING_CHOSEN: Final = "没有选中任何事项。"
NO_OFFICER: Final = "没有选承办人。"
VIEW_UNNAMED: Final = "请给这个视图起一个名字。"
VIEW_KEPT: Final = "视图已保存。"
VIEW_DROPPED: Final = "视图已删除。"
DRAFT_KEPT: Final = "草稿已保存。"
TEMPLATE_FILLED: Final = "已填入模板，【】里的内容要补充完整。"
ON_DUTY: Final = "值守签到成功。"
BAD_DATE: Final = "日期写得不对，请按 2026-11-24 的样子写。"
BAD_NUMBER: Final = "天数要写整数。"
TOO_MANY_ROWS: Final = "（只导出了前面的，请用筛选缩小范围）"
REMEDIES_MISSING: Final = (
    "不予公开的答复要写明应当先申请行政复议（行政复议法第二十三条），请补上救济途径。"
)

READ_CONTACT: Final = "联系方式"
READ_FILE: Final = "附件"
READ_EXPORT: Final = "导出列表"

DONE: Final[dict[Action, str]] = {
    Action.CONFIRM_RECEIPT: "收到日期已确认。",
    Action.ACCEPT: "已受理。",
    Action.DECLINE: "已登记为不予受理。",
    Action.FILE: "已存档。",
    Action.ROUTE: "已转办。",
    Action.OBJECT: "异议已提出。",
    Action.UPHOLD: "已维持转办。",
    Action.CLAIM: "已领办，由您办理。",
    Action.ASSIGN: "已指派。",
    Action.RELEASE: "已退回待领。",
    Action.REQUEST_SUPPLEMENT: "已告知申请人补正。",
    Action.RECEIVE_SUPPLEMENT: "补正已登记。",
    Action.LAPSE: "已按放弃申请处理。",
    Action.CONSULT: "已开始征求意见，期限停止计算。",
    Action.RECEIVE_OPINION: "意见已登记。",
    Action.SILENCE: "已登记逾期未回复。",
    Action.EXTEND: "已延期。",
    Action.SUBMIT: "答复已送审。",
    Action.APPROVE: "已审核通过，答复已发出。",
    Action.RETURN: "已退回修改。",
    Action.REPLY: "答复已发出。",
    Action.CLOSE: "已办结。",
    Action.REOPEN: "已转为重新办理。",
    Action.WITHDRAW: "已撤回。",
    Action.MERGE: "已并案。",
    Action.LINK: "已关联。",
    Action.SPLIT: "已拆分出新的一件。",
    Action.RATE: "评价已登记。",
    Action.NOTE: "备注已保存。",
    Action.URGE: "督办意见已记录。",
    Action.HIDE: "保密设置已修改。",
    Action.CORRECT: "已更正，原来的内容留在记录里。",
}


def too_many_sign_ins(seconds: int) -> str:
    """An address tries too often."""
    return f"登录太频繁了，请等 {seconds} 秒再试。"


def not_yours(department: str) -> str:
    """Another department's case."""
    return f"这件事项由{department}办理，您不能查看。"


def held(name: str, minutes: int) -> str:
    """Somebody else has the reply open."""
    return f"{name}正在写这件的答复（最多还保留 {minutes} 分钟），您写的内容在下面，没有提交。"


def still_open(gaps: tuple[str, ...]) -> str:
    """A reply with gaps."""
    return f"答复还有没填的地方：{'、'.join(gaps[:3])}。"


def assigned(count: int, name: str) -> str:
    """What a bulk assignment did."""
    return f"已指派 {count} 件给{name}。"


def left(days: int, due: date, today: date) -> str:
    """Working days until a deadline, or since."""
    if due < today:
        return f"已超期 {max(-days, 1)} 个工作日"
    if due == today:
        return "今天到期"
    if days == 0:
        return "下一个工作日前到期"
    return f"还剩 {days} 个工作日"


STOPPED: Final = "期限停止计算"


def split_off(number: str, code: str) -> str:
    """A second case was made of a message."""
    return f"已拆分出 {number}，查询码 {code}（只显示这一次）。"

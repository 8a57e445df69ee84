"""What people read about what is kept of them."""

from datetime import date, datetime

from handlers.texts import day
from petitions import CaseStatus

HERE_IT_IS = "这是我们保存的、和您有关的全部内容。想删除，发“删除我的信息”。"
CASES, FILES, MESSAGES = "您登记的事项", "您的文件", "您说过的话"
NOTHING = "（没有）"
FORGET_WHAT = (
    "要删除我们保存的、和您有关的内容吗？\n"
    "会删除：您说过的话、没办完的表格、您的文件；已经办结的事项里，您的姓名、联系方式和内容。\n"
    "不能删除：还在办理的事项；事项的编号、日期和办理经过，法律要求留存。\n"
    "删除后找不回来，编号也查不到了。"
)
REALLY = "确定删除"
KEEP = "不删了"
KEPT = "好的，没有删除。"


def file_name(today: date) -> str:
    """The name of the file with everything."""
    return f"我的信息{today:%Y%m%d}.txt"


def file_title(today: date) -> str:
    """The first line of the file."""
    return f"本系统保存的、和您有关的内容（{day(today)}）"


def section(title: str, lines: list[str]) -> list[str]:
    """A heading and what stands below it."""
    return ["", f"【{title}】", *(lines or [NOTHING])]


def said(at: datetime, text: str) -> str:
    """Something the person said."""
    return f"{at:%Y-%m-%d %H:%M} {text}"


def case(status: CaseStatus) -> str:
    """A case in a line."""
    return f"{status.number} {status.kind.label} {status.state.label} {status.title}"


def forgotten(erased: int, kept: int) -> str:
    """What went and what stayed."""
    gone = f"，以及{erased}件办结事项里的个人信息" if erased else ""
    stays = f"\n还有{kept}件在办理的事项，办结后可以再来删除。" if kept else ""
    return f"已删除您的对话和文件{gone}。{stays}"

"""Every sentence a person reads; nothing else in this package has any.

Plain, polite, short: what it is, then what to do. Dates are written as people say them.
"""

from datetime import date

from handlers.services import Office
from knowledge import Entry, Source

FAILED = "抱歉，系统出了点问题。您的话已经收下，不会丢，请过一会儿再看。"
NOT_LEGAL_ADVICE = "回答来自已审核的政策解读和公开指南，不构成法律意见。"

HELPFUL = "有帮助"
UNSOLVED = "没解决"
NONE_OF_THESE = "都不是"
TO_STAFF = "转人工"
BACK_TO_GUIDE = "返回目录"
BACK_TO_SECTION = "返回上一级"

EXAMPLES = (
    "怎么申请政府信息公开？",
    "申请信息公开要钱吗？",
    "项目备案和核准有什么区别？",
    "12345几点有人接？",
)

DID_YOU_MEAN = "您想问的是哪一个？点一下，看完整的回答。"
NOT_FOUND = (
    "这个问题我没有找到有把握的答案，不敢乱说。\n"
    "您可以换个说法再问，也可以点“转人工”，由工作人员答复您。"
)
ABILITY = "我能回答政府信息公开、投资项目、招投标、信用、信访诉求等方面的问题。\n"
OFF_TOPIC = (
    "这个问题好像不在我能回答的范围里。\n" + ABILITY + "如果确实要向我们反映，请点“转人工”。"
)
STILL_OURS = "如果您要反映的是本机关的事，请点“转人工”。"
VAGUE = "您想问的是哪件事？请说得完整一点，比如“申请信息公开多久答复”。"
TOO_LONG = "您写得比较长（超过2000字），我没法直接回答。点“转人工”可以原样登记，由工作人员处理。"
NOTHING_WRITTEN = "我没有看到文字。请用文字写下您的问题，比如“怎么申请信息公开”。"
STALE_BUTTON = "这个按钮已经失效了。请把问题再发一遍。"
PLEASE_PRIVATELY = "这件事涉及您个人，请点我的头像，私下发给我。"
THANKS_FOR_RATING = "谢谢您的评价。"
SORRY_UNSOLVED = "抱歉没有帮到您。可以换个说法再问，也可以点“转人工”，由工作人员答复您。"
NOT_THIS = "抱歉，答的不是您要问的。是下面哪一个？请点一下。"
MORE_ON_THIS = "关于这件事，还可以看："
NO_MORE = "关于这件事，我知道的都告诉您了。还想了解什么，请直接写下来，也可以转给工作人员。"
NONE_FITS = "明白了。您可以换个说法再问，也可以点“转人工”，由工作人员答复您。"

GREETING = "您好！请直接写下您想问的事，一句话就行。"
GO_ON = "您请说。"
WELCOME_BACK = "不客气。还有问题，随时写给我。"
GOODBYE = "再见，祝您顺利。"
WISHES = "谢谢您，也祝您一切顺利。"
TAKE_YOUR_TIME = "没关系，您慢慢说。"
ALL_RIGHT = "好的。还想问什么，随时写给我。"
ONLY_MATTERS = "这个我不会。" + ABILITY + "有这方面的事，请写给我。"
SORRY_FOR_US = (
    "抱歉，没有帮上您。请换个说法再问，写清楚是什么事；\n"
    "也可以转给工作人员，由人来答复您：请点或者发“转人工”。"
)
ABUSE = "您可能遇到了不顺心的事。请告诉我是什么事，我来帮您查，或者点“转人工”登记下来。"

ASK_WHAT = "请直接写下您的问题，一句话就行。"
ASK_FOR_STAFF = (
    "请把您要反映的事写下来发给我：什么事、在哪里、什么时候。我登记后转给工作人员。\n"
    "不想登记了，请发“取消”。"
)
CANCELLED = "好的，已取消。"
NOTHING_TO_CANCEL = "现在没有正在填写的内容。"
UNKNOWN_COMMAND = "没有这个命令。直接写下问题就行，不用命令。发 /help 看看我能做什么。"
GUIDE_TITLE = "政府信息公开指南"
GUIDE_CHOOSE = "请选择您想看的部分："
GUIDE_EMPTY = "公开指南还没有内容，请直接提问。"
SECTION_GONE = "这一部分已经更新，请重新选择。"
ANSWER_GONE = "这条内容已经更新，请把问题再发一遍。"

STATUS_HOW = "请发“查 编号”，比如“查 2026-000123-8”。编号在登记时发给您的回执上。"
STATUS_NONE = "您还没有登记过事项。" + STATUS_HOW
WRONG_NUMBER = "编号不对，可能有一位写错了。请照着回执再写一遍。"
NEED_CODE = "请把登记时给您的查询码（8位）发给我。不查了，请发“取消”。"
NOT_YOURS = "编号或查询码不对，查不到。请照着回执再写一遍。"

_CANNOT_READ = {
    "photo": "我看不了图片。请用文字写下您的问题。",
    "voice": "我听不了语音。请用文字写下您的问题。",
    "sticker": "收到您的表情了。有问题请用文字写给我。",
    "file": "我看不了文件。请用文字写下您的问题。",
    "location": "收到您的位置了。请用文字写下您的问题。",
}


def cannot_read(kind: str) -> str:
    """For what is not text."""
    return _CANNOT_READ.get(kind, "我只看得懂文字。请用文字写下您的问题。")


def welcome(office: Office) -> str:
    """The first thing said."""
    return (
        f"您好，这里是{office.name}公众提问服务。\n"
        "请直接写下您想问的事，一句话就行，比如“申请信息公开要钱吗”。\n"
        "答不上来的，可以转给工作人员，给您编号，随时查进度。\n"
        "请不要在问题里写身份证号等个人信息。"
    )


def machine(office: Office) -> str:
    """Who, or what, answers here."""
    return (
        f"我是{office.name}的自动问答助手，是程序，不是真人。\n"
        "我用已审核的政策解读和公开指南回答，答不上来的不乱说。\n"
        "想找工作人员，请发“转人工”：给您编号，由人来答复。"
    )


def abilities() -> str:
    """What can be asked and done here, in the words one uses for it."""
    return (
        f"{ABILITY}直接写下您想问的事就行，比如“{EXAMPLES[0]}”“{EXAMPLES[2]}”\n"
        "还可以：\n"
        "发“申请信息公开”，一步一步填申请；\n"
        "发“我要投诉”或“我要提建议”，反映问题、提建议；\n"
        "发“查 编号”，看办到哪一步了；\n"
        "发“转人工”，由工作人员答复您。"
    )


def help_text(lines: list[tuple[str, str]]) -> str:
    """What can be done, with the commands."""
    return "\n".join(
        [
            "直接写下您的问题就行，不用命令。",
            "查进度：发“查 编号”。",
            "找工作人员：发“转人工”。",
            "",
            *(f"/{name} {what}" for name, what in lines),
        ]
    )


def day(value: date) -> str:
    """2026年11月24日"""
    return f"{value.year}年{value.month}月{value.day}日"


def source_line(source: Source) -> str:
    """Where an answer comes from: title, number, article, issuer, date."""
    title = f"《{source.title}》" if source.title else ""
    number = f"（{source.number}）" if source.number else ""
    issued = f"{day(source.date)}发布" if source.date else ""
    parts = [f"依据：{title}{number}{source.article}", source.issuer, issued, source.url]
    return "，".join(part for part in parts if part)


def heading(entry: Entry) -> str:
    """The question an answer belongs to."""
    return entry.question


CODE_HIDDEN = "（查询码，不保存）"
PERSONAL_HIDDEN = "（已填入表格，这里不保存）"
SECRET_HIDDEN = "查询码：已隐藏（只显示一次）"
FILLED_IN_HIDDEN = "（您填的内容，聊天记录里不保存）"


def registered(number: str) -> str:
    """A case has its number."""
    return f"已登记，工作人员会答复您。\n编号：{number}"


def receipt(number: str, due: date, *, provisional: bool) -> str:
    """A case was registered."""
    later = "（节假日安排公布后可能调整）" if provisional else ""
    return f"{registered(number)}\n预计答复：{day(due)}前{later}"


def query_code(code: str) -> str:
    """The secret that opens a case to whoever has it."""
    return f"查询码：{code}\n请记好，只显示这一次。换了手机或请别人代查时要用。"


def how_to_follow(number: str, office: Office) -> str:
    """How to ask where a case stands."""
    phone = f"\n着急请打电话：{office.phone}" if office.phone else ""
    return f"查进度请发“查 {number}”。{phone}"


def already_registered(number: str, due: date) -> str:
    """The same question was registered before."""
    return (
        f"这件事已经登记过了。\n编号：{number}\n预计答复：{day(due)}前\n查进度请发“查 {number}”。"
    )


def too_many_attempts(minutes: int) -> str:
    """Wrong query codes, too often."""
    return f"试错的次数太多了。为了保护您的信息，请过{minutes}分钟再试。"

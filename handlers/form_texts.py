"""Every sentence of the forms; the others are in `texts`."""

from collections.abc import Mapping

BACK = "上一步"
SKIP = "跳过"
LATER = "先存着"
CANCEL = "取消"
SEND = "确认提交"
CHANGE = "改一项"
GO_ON = "继续填写"
LOOK_OVER = "不改了，回去核对"

LEFT_OUT = "（没填）"
PLEASE_CHECK = "请核对一遍，没有错就点“确认提交”。"
PRESS_A_BUTTON = "都填好了。请点下面的按钮：提交，或者改一项。"
CHANGE_WHICH = "要改哪一项？"
CANNOT_SKIP = "这一项必须填，没有它没法办理。"
GOES_ON = "这张表您已经填了一部分，接着填就行。不要了，就点“取消”。"
PUT_ASIDE = "您没填完的表先存着了，保留30天。想接着填，发“继续填写”就行。"
NOTHING_SAVED = "没有存着的表。"


def opening(what: str) -> str:
    """The first words of a form."""
    return f"{what}\n一次只问一件事，随时可以返回、先存着或者取消。"


def saved(title: str) -> str:
    """Put aside for later."""
    return f"“{title}”已经存好，保留30天。想接着填，发“继续填写”就行。"


def cancelled(title: str) -> str:
    """Thrown away."""
    return f"“{title}”已取消，填的内容都删掉了。"


def choose_one(labels: list[str]) -> str:
    """Something else than one of the choices was written."""
    return f"请从下面选一个：{'、'.join(labels)}。"


def line(label: str, value: str) -> str:
    """A line of the summary."""
    return f"{label}：{value}"


BAD_PHONE = (
    "这个电话号码不对。手机是11位数字；座机请带区号，有分机写“转”，比如024-12345678转801；"
    "境外号码请以+开头。"
)
BAD_MAILBOX = "这个邮箱不对，请再写一遍，比如zhangsan@example.com。"
BAD_NAME = "请写姓名或者单位全称，至少两个字。"
BAD_ADDRESS = "这样写信寄不到。请写到街道和门牌号。"
SAY_WHICH = "太短了，我们不好查找。请写明文件名称、文号，或者是哪一年、关于什么事的。"
SAY_MORE = "请再写清楚一点：什么事、在哪里、什么时候。"


def too_long(most: int, length: int) -> str:
    """A text over the limit."""
    return f"写得太长了：最多{most}字，您写了{length}字。请写主要的。"


DISCLOSURE = "政府信息公开申请"
DISCLOSURE_OPENING = "一般不收费，20个工作日内答复。"
ASK_APPLICANT = "您是以个人名义申请，还是以单位名义申请？"
ASK_ORGANISATION = "您的单位属于哪一类？（年度报告按这个分类统计）"
ASK_INFORMATION = (
    "您想要什么信息？\n写文件名称、文号都行；不知道的，就写明是哪一年、关于什么事的，越具体越好查。"
)
ASK_NAME = "请写您的姓名；以单位申请的，写单位全称。（条例要求申请书写明姓名或者名称）"
ASK_CONTACT = "请留一个联系方式：手机、座机或者邮箱。只用来办理这件申请，办理人员才能看到。"
ASK_CARRIER = "您想要什么形式的？"
ASK_WAY = "您想怎么拿到？"
ASK_MAILBOX = "寄到哪个邮箱？"
ASK_ADDRESS = "寄到哪里？请写收件地址和邮编。"
BY_MAIL, BY_POST = "mail", "post"

PROBABLY_PUBLIC = "先告诉您：已经公开的内容里有这些，可能就是您要的，点一下就能看。"
NOT_WHAT_I_WANT = "都不是，继续申请"
THAT_IS_IT = "就是这个，不申请了"
STILL_APPLY = "继续申请"
GLAD_FOUND = "好的，申请已取消。还有问题随时问我。"


def asked_before(number: str) -> str:
    """A request for the same thing is open already."""
    return (
        f"您申请过很像的内容，编号{number}，还在办理。\n"
        "重复申请同样的信息，可以不再处理（条例第三十六条）。确实不一样，就继续申请。"
    )


def request_text(wanted: str, read: Mapping[str, str]) -> str:
    """What staff read: the request, and how it is to be provided."""
    return f"{wanted}\n（提供形式：{read['carrier']}；获取方式：{read['way']}）"


def request_due(day: str, provisional: bool) -> str:
    """By when a request is answered, and from when that is counted."""
    later = "，节假日安排公布后可能调整" if provisional else ""
    return (
        f"预计答复：{day}前{later}\n"
        "工作人员会同您核对收到日期，期限从双方确认那天算起（条例第三十一条）。"
    )


PROOF_IN_PERSON = "还要一份身份证明复印件（条例第二十九条）。请寄给我们或者当面交，注明上面的编号。"
SEE_CHART = "看办理流程图"
CHART_FILE = "依申请公开流程图.png"
HERE_IS_THE_CHART = "申请从登记到办结，是这样走的。"
FORM_ATTACHED = "附上填好的申请表，请自己留一份。"

APPEAL = "反映问题"
APPEAL_OPENING = "投诉、举报、求助都可以写，登记后给您编号。"
ASK_STORY = "什么事？请写清楚：在哪里、什么时候、希望怎么解决。"
ASK_PHONE = "要不要留个电话？工作人员可能要向您核实。只有办理人员能看到。"
ASK_CONFIDENTIAL = "要不要保密？保密的，不会让被反映的单位和个人知道是您反映的。"
SUGGESTION = "提建议"
SUGGESTION_OPENING = "好建议会转给相关处室研究。"
ASK_SUGGESTION = "您的建议是什么？一两句话就行，写得具体更好。"


def proof_by_link(link: str) -> str:
    """Where to send proof of identity."""
    return (
        "还要一份身份证明（条例第二十九条）。\n"
        f"请打开这个网页上传，7天内有效，只能用一次：{link}\n"
        "也可以寄复印件或者当面交，注明编号。"
    )


def form_file(number: str) -> str:
    """The name of the filled-in form."""
    return f"政府信息公开申请表{number}.docx"

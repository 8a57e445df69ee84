"""Every sentence of a written reply: openings, grounds by outcome, remedies, signature.

What an officer still has to fill in stands between 【 and 】; nothing goes out while one is left.
Articles: 政府信息公开条例 (2019 第711号, 2007 第492号), 行政复议法 (2023), 行政诉讼法 (2017),
信访工作条例 (2022), 国办函〔2020〕109号, 国办公开办函〔2021〕30号.
"""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Final

from petitions import Outcome

REGULATION: Final = "《中华人民共和国政府信息公开条例》"
OLD_REGULATION: Final = "《中华人民共和国政府信息公开条例》（2007年国务院令第492号）"
FEES: Final = "《政府信息公开信息处理费管理办法》（国办函〔2020〕109号）"
FORM_OF_2021: Final = "《政府信息公开工作年度报告格式》（国办公开办函〔2021〕30号）"

_WAY_AND_TIME = "【获取的方式、途径】"
_WHOSE = "【负责公开该信息的机关名称、联系方式】"

# Outcome → article, and what the reply says after “经审查，”.
GROUNDS: Final[Mapping[Outcome, tuple[str, str]]] = MappingProxyType(
    {
        Outcome.GRANTED: (
            f"{REGULATION}第三十六条第二项",
            "您申请公开的信息可以公开，现提供给您：【提供的信息，或者获取的方式、途径和时间】。",
        ),
        Outcome.PARTIAL: (
            f"{REGULATION}第三十六条第三项、第三十七条",
            "您申请公开的信息中含有不应当公开的内容，但是能够作区分处理。"
            "可以公开的部分现提供给您：【提供的信息】。"
            "不予公开的部分是【内容】，理由是【理由和所依据的条款】。",
        ),
        Outcome.REFUSED_SECRET: (
            f"{REGULATION}第十四条、第三十六条第三项",
            "您申请公开的信息依法确定为国家秘密，本机关不予公开。【定密的依据】",
        ),
        Outcome.REFUSED_BY_LAW: (
            f"{REGULATION}第十四条、第三十六条第三项",
            "您申请公开的信息属于法律、行政法规禁止公开的政府信息（【法律、行政法规的名称和条款】），"
            "本机关不予公开。",
        ),
        Outcome.REFUSED_SAFETY: (
            f"{REGULATION}第十四条、第三十六条第三项",
            "您申请公开的信息公开后可能危及国家安全、公共安全、经济安全、社会稳定，本机关不予公开。"
            "理由是：【理由】。",
        ),
        Outcome.REFUSED_THIRD_PARTY: (
            f"{REGULATION}第十五条、第三十二条、第三十六条第三项",
            "您申请公开的信息涉及【商业秘密或者个人隐私】，公开会对第三方合法权益造成损害。"
            "经书面征求意见，第三方不同意公开，【本机关认为不公开不会对公共利益造成重大影响的理由】，"
            "本机关不予公开。",
        ),
        Outcome.REFUSED_INTERNAL: (
            f"{REGULATION}第十六条第一款、第三十六条第三项",
            "您申请公开的信息属于【人事管理、后勤管理、内部工作流程】方面的内部事务信息，"
            "本机关不予公开。",
        ),
        Outcome.REFUSED_PROCESS: (
            f"{REGULATION}第十六条第二款、第三十六条第三项",
            "您申请公开的信息属于行政机关在履行行政管理职能过程中形成的"
            "【讨论记录、过程稿、磋商信函、请示报告】，本机关不予公开。",
        ),
        Outcome.REFUSED_ENFORCEMENT: (
            f"{REGULATION}第十六条第二款、第三十六条第三项",
            "您申请公开的信息属于行政执法案卷信息，本机关不予公开。"
            "【法律、法规、规章规定可以查阅的，写明查阅的途径】",
        ),
        Outcome.REFUSED_QUERY: (
            f"{REGULATION}第三十六条第七项",
            "您申请的事项属于【工商、不动产登记资料等】行政查询事项，获取办法另有特别规定，"
            "请依照【法律、行政法规的名称和条款】向【机关名称、联系方式】查询。",
        ),
        Outcome.UNABLE_NOT_HELD: (
            f"{REGULATION}第三十六条第四项、第五项",
            "经检索【检索的范围和方法】，本机关不掌握您申请公开的信息。"
            "【能够确定负责公开的机关的，写明该机关的名称、联系方式】",
        ),
        Outcome.UNABLE_NOT_MADE: (
            f"{REGULATION}第三十八条",
            "本机关没有您申请公开的现成信息，提供需要对现有信息进行加工、分析，本机关不予提供。",
        ),
        Outcome.UNABLE_UNCLEAR: (
            f"{REGULATION}第二十九条、第三十条",
            "您补正以后，申请内容仍不明确：【不明确之处】，本机关无法提供。您可以明确内容后再次申请。",
        ),
        Outcome.UNHANDLED_PETITION: (
            f"{REGULATION}第三十九条第一款",
            "您提交的内容是信访、投诉、举报等诉求，不作为政府信息公开申请处理。"
            "您可以向【相应渠道的名称、联系方式】提出。",
        ),
        Outcome.UNHANDLED_REPEATED: (
            f"{REGULATION}第三十六条第六项",
            "本机关已于【日期】以【文号或者编号】答复您的相同申请，现不予重复处理。",
        ),
        Outcome.UNHANDLED_PUBLICATION: (
            f"{REGULATION}第三十九条第二款",
            f"您申请的【政府公报、报刊、书籍】属于公开出版物，可以从{_WAY_AND_TIME}获取。",
        ),
        Outcome.UNHANDLED_EXCESSIVE: (
            f"{REGULATION}第三十五条",
            "您申请公开政府信息的数量、频次明显超过合理范围。本机关已于【日期】要求您说明理由，"
            "您【没有说明，或者说明的理由不合理之处】，本机关不予处理。",
        ),
        Outcome.UNHANDLED_CONFIRMATION: (
            FORM_OF_2021,
            "您要求本机关确认或者重新出具您已经获取的信息（【信息名称】），本机关不予处理。",
        ),
        Outcome.OTHER_LAPSED: (
            f"{REGULATION}第三十条",
            "本机关已于【日期】告知您补正，您无正当理由逾期不补正，视为放弃申请，"
            "本机关不再处理该申请。",
        ),
        Outcome.OTHER_UNPAID: (
            FEES,
            "本机关已于【日期】通知您缴纳信息处理费，您逾期未缴纳，视为放弃申请，"
            "本机关不再处理该申请。",
        ),
        Outcome.OTHER_ELSE: ("【依据】", "【处理意见和理由】。"),
        Outcome.OLD_ALREADY_PUBLIC: (
            f"{OLD_REGULATION}第二十一条第一项",
            f"您申请公开的信息已经主动公开，可以从{_WAY_AND_TIME}获取。",
        ),
        Outcome.OLD_GRANTED: (
            f"{OLD_REGULATION}第二十一条第一项",
            f"您申请公开的信息属于公开范围，可以从{_WAY_AND_TIME}获取。",
        ),
        Outcome.OLD_PARTIAL: (
            f"{OLD_REGULATION}第二十二条",
            "您申请公开的信息中含有不应当公开的内容，但是能够作区分处理。"
            "可以公开的部分现提供给您：【提供的信息】。不予公开的部分是【内容】，理由是【理由】。",
        ),
        Outcome.OLD_REFUSED: (
            f"{OLD_REGULATION}第十四条、第二十一条第二项",
            "您申请公开的信息属于不予公开的范围，理由是：【理由】。",
        ),
        Outcome.OLD_NOT_OURS: (
            f"{OLD_REGULATION}第二十一条第三项",
            f"您申请公开的信息依法不属于本机关公开，建议向{_WHOSE}申请。",
        ),
        Outcome.OLD_NONEXISTENT: (
            f"{OLD_REGULATION}第二十一条第三项",
            "经检索【检索的范围和方法】，您申请公开的信息不存在。",
        ),
        Outcome.OLD_AMEND: (
            f"{OLD_REGULATION}第二十一条第四项",
            "您的申请内容不明确，请作如下更改、补充：【需要更改、补充的内容】。",
        ),
        Outcome.OLD_ELSEWHERE: (
            "【依据】",
            "您申请的事项应当通过其他途径办理：【途径、联系方式】。",
        ),
        Outcome.RESOLVED: ("", "您反映的问题已经解决：【办理情况和结果】。"),
        Outcome.PARTLY_RESOLVED: (
            "",
            "您反映的问题已经部分解决：【已经解决的】。尚未解决的是【内容】，【原因和下一步安排】。",
        ),
        Outcome.EXPLAINED: ("", "现就您提出的问题答复如下：【答复内容和政策依据】。"),
        Outcome.REFERRED: (
            "",
            "您反映的问题由【机关名称、联系方式】办理，请向该机关提出。",
        ),
        Outcome.UNRESOLVED: (
            "",
            "您反映的问题目前还不能解决，原因是：【原因】。【下一步安排】",
        ),
    }
)

ALREADY_PUBLIC: Final = (
    f"{REGULATION}第三十六条第一项",
    f"您申请公开的信息已经主动公开，可以从{_WAY_AND_TIME}获取。",
)


def day(on: date) -> str:
    """A date in a letter."""
    return f"{on.year}年{on.month}月{on.day}日"


def greeting(applicant: str) -> str:
    """The first line."""
    return f"{applicant}：" if applicant else "您好："


def received(kind: str, number: str, title: str, on: date) -> str:
    """What is replied to."""
    return f"本机关于{day(on)}收到您提出的{kind}（编号 {number}）：{title}"


def examined(basis: str, ground: str) -> str:
    """What became of it and by which article."""
    return f"经审查，根据{basis}，答复如下：{ground}" if basis else f"经办理，{ground}"


def remedies_of_refusal(days: int, body: str, court: str) -> str:
    """Information withheld: reconsideration first (行政复议法 第二十条、第二十三条第一款第四项)."""
    return (
        f"如不服本答复，应当先自收到本答复之日起{days}日内向{body}申请行政复议；"
        f"对行政复议决定不服的，可以再自收到复议决定书之日起15日内向{court}提起行政诉讼。"
    )


def remedies(days: int, body: str, court: str) -> str:
    """Either way is open (行政复议法 第二十条；行政诉讼法 第四十六条)."""
    return (
        f"如不服本答复，可以自收到本答复之日起{days}日内向{body}申请行政复议，"
        f"或者自收到本答复之日起6个月内向{court}提起行政诉讼。"
    )


# 信访工作条例 第三十五条: 30 days, to the body above that handled it.
REVIEW_OF_LETTER: Final = (
    "如不服本处理意见，可以自收到本答复之日起30日内请求本机关的上一级机关、单位复查。"
)


def not_satisfied(days: int) -> str:
    """Consultations and appeals: asking once more is the way."""
    return f"如对本答复不满意，可以在收到后{days}日内要求重新办理。"


OPINION_OF_DEPUTY: Final = "感谢您对我们工作的关心和支持。如对本答复有意见，请及时告知我们。"

TITLES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "consultation": "关于咨询的答复",
        "appeal": "关于诉求的答复",
        "disclosure": "政府信息公开申请答复书",
        "proposal": "关于建议提案的答复",
        "letter": "信访事项处理意见书",
        "rectification": "整改情况报告",
    }
)

"""The words that cases are described in: kinds, channels, roles, applicants, outcomes, ratings.

Every enum has an English value, which the database keeps, and a Chinese label, which people read;
files may use either.
"""

from enum import StrEnum
from typing import Self
from unicodedata import normalize

from petitions.errors import UnknownWord


class Labelled(StrEnum):
    """An enum whose members have a Chinese name."""

    label: str

    def __new__(cls, value: str, label: str = "") -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member

    @classmethod
    def parse(cls, word: str) -> Self:
        """The member with this value or label."""
        wanted = normalize("NFKC", word).strip().casefold()
        for member in cls:
            if wanted in (member.value, member.label.casefold()):
                return member
        raise UnknownWord(word, "、".join(member.label for member in cls))


class Kind(Labelled):
    """What a case is about; it decides the deadline."""

    CONSULTATION = "consultation", "咨询"  # a question the knowledge base could not answer
    APPEAL = "appeal", "诉求"  # complaint, request for help, report, suggestion
    DISCLOSURE = "disclosure", "依申请公开"  # a request for a piece of information
    PROPOSAL = "proposal", "建议提案"  # from people's-congress deputies or CPPCC members
    LETTER = "letter", "来信"  # letters and visits
    RECTIFICATION = "rectification", "整改"  # an inspection finding with its own date


class Channel(Labelled):
    """How a case arrived. Import files may also write 网络, which is no member of its own."""

    TELEGRAM = "telegram", "Telegram"
    WEB = "web", "网页"
    TERMINAL = "terminal", "终端"
    LETTER = "letter", "信函"
    PHONE = "phone", "电话"
    ON_SITE = "on_site", "现场"  # at the counter, at an open day
    MINXIN = "minxin", "民心网"
    RENMIN = "renmin", "人民网"


class Role(Labelled):
    """What somebody may do; `states` says which role may take which step."""

    CITIZEN = "citizen", "群众"  # the person whose case it is, and nobody else's
    STAFF = "staff", "承办人"  # of one department, whose cases they handle
    SUPERVISOR = "supervisor", "督办审核人"  # of any department: approves, assigns, chases
    ADMIN = "admin", "管理员"  # a supervisor who also keeps people and knowledge
    DUTY = "duty", "值守人员"  # takes in what arrives
    SYSTEM = "system", "系统"  # the program itself: periods that ran out


class ApplicantType(Labelled):
    """Who asks, in the columns of the yearly form (国办公开办函〔2021〕30号)."""

    NATURAL = "natural", "自然人"
    BUSINESS = "business", "商业企业"
    RESEARCH = "research", "科研机构"
    WELFARE = "welfare", "社会公益组织"
    LEGAL_SERVICE = "legal_service", "法律服务机构"
    OTHER = "other", "其他"


class Part(Labelled):
    """Whether the body answers a proposal itself or helps another that does."""

    LEAD = "lead", "主办"
    CO = "co", "协办"


class Rating(Labelled):
    """What the person thinks of the reply."""

    SATISFIED = "satisfied", "满意"
    BASICALLY_SATISFIED = "basically_satisfied", "基本满意"
    DISSATISFIED = "dissatisfied", "不满意"


class Outcome(Labelled):
    """What became of a case. Disclosure requests have those of their scheme, no others.

    2008: the rows of the yearly reports up to 2018. 2019: the rows of part three of the form of
    2021, in its order. The last five are for every other kind.
    """

    OLD_ALREADY_PUBLIC = "old_already_public", "已主动公开"
    OLD_GRANTED = "old_granted", "同意公开"
    OLD_PARTIAL = "old_partial", "同意部分公开"
    OLD_REFUSED = "old_refused", "不同意公开"
    OLD_NOT_OURS = "old_not_ours", "不属于本行政机关公开"
    OLD_NONEXISTENT = "old_nonexistent", "申请信息不存在"
    OLD_AMEND = "old_amend", "告知作出更改补充"
    OLD_ELSEWHERE = "old_elsewhere", "告知通过其他途径办理"

    GRANTED = "granted", "予以公开"
    PARTIAL = "partial", "部分公开"
    REFUSED_SECRET = "refused_secret", "属于国家秘密"
    REFUSED_BY_LAW = "refused_by_law", "其他法律行政法规禁止公开"
    REFUSED_SAFETY = "refused_safety", "危及“三安全一稳定”"
    REFUSED_THIRD_PARTY = "refused_third_party", "保护第三方合法权益"
    REFUSED_INTERNAL = "refused_internal", "属于三类内部事务信息"
    REFUSED_PROCESS = "refused_process", "属于四类过程性信息"
    REFUSED_ENFORCEMENT = "refused_enforcement", "属于行政执法案卷"
    REFUSED_QUERY = "refused_query", "属于行政查询事项"
    UNABLE_NOT_HELD = "unable_not_held", "本机关不掌握相关政府信息"
    UNABLE_NOT_MADE = "unable_not_made", "没有现成信息需要另行制作"
    UNABLE_UNCLEAR = "unable_unclear", "补正后申请内容仍不明确"
    UNHANDLED_PETITION = "unhandled_petition", "信访举报投诉类申请"
    UNHANDLED_REPEATED = "unhandled_repeated", "重复申请"
    UNHANDLED_PUBLICATION = "unhandled_publication", "要求提供公开出版物"
    UNHANDLED_EXCESSIVE = "unhandled_excessive", "无正当理由大量反复申请"
    UNHANDLED_CONFIRMATION = (
        "unhandled_confirmation",
        "要求行政机关确认或重新出具已获取信息",
    )
    OTHER_LAPSED = "other_lapsed", "申请人无正当理由逾期不补正"
    OTHER_UNPAID = "other_unpaid", "申请人逾期未按收费通知要求缴纳费用"
    OTHER_ELSE = "other_else", "其他处理"

    RESOLVED = "resolved", "已解决"
    PARTLY_RESOLVED = "partly_resolved", "部分解决"
    EXPLAINED = "explained", "解释说明"
    REFERRED = "referred", "转其他机关"
    UNRESOLVED = "unresolved", "暂不能解决"

    @property
    def refuses(self) -> bool:
        """Whether information is withheld (不予公开): reconsideration comes before court.

        行政复议法 (2023) 第二十三条; what is withheld of a partial disclosure is withheld, too.
        """
        partly = self in (Outcome.PARTIAL, Outcome.OLD_PARTIAL, Outcome.OLD_REFUSED)
        return partly or self.value.startswith("refused_")


OF_2008 = frozenset(one for one in Outcome if one.value.startswith("old_"))
OF_OTHER_KINDS = frozenset(list(Outcome)[-5:])
OF_2019 = frozenset(Outcome) - OF_2008 - OF_OTHER_KINDS

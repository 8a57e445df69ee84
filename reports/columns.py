"""What each figure is called, of what it is a share, and how it is said: one table for the desk,
the public page, Excel and Word."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from reports.metrics import Metrics


class Form(StrEnum):
    """How a figure is written."""

    COUNT = "count"
    RATE = "rate"
    HOURS = "hours"


NOTHING: Final = "—"  # a share of nothing


@dataclass(frozen=True, kw_only=True)
class Column:
    """A figure. `part` and `whole` are the counts of `Metrics` that a rate is made of."""

    name: str  # the key of `Metrics.as_json`
    label: str
    form: Form
    meaning: str  # what it says, with its denominator, in plain words
    part: str = ""
    whole: str = ""

    def number(self, of: Metrics) -> float | None:
        """The value; None where there is nothing to say."""
        found = of.as_json()[self.name]
        return None if found is None else float(found)

    def parts(self, of: Metrics) -> tuple[int | None, int | None]:
        """Numerator and denominator of a rate; None where they are not kept."""
        counts: dict[str, int | None] = vars(of)
        return counts[self.part], counts[self.whole]


def _rate(name: str, label: str, part: str, whole: str, meaning: str) -> Column:
    return Column(name=name, label=label, form=Form.RATE, part=part, whole=whole, meaning=meaning)


COLUMNS: Final = (
    Column(
        name="received",
        label="收到",
        form=Form.COUNT,
        meaning="这段时间登记的全部事项，不论从哪个渠道来。",
    ),
    Column(
        name="needing_handling",
        label="需要办理",
        form=Form.COUNT,
        meaning="收到的事项里，除去感谢、重复、不予受理、本人撤回和放弃的。",
    ),
    _rate(
        "reply_rate",
        "办复率",
        "replied",
        "needing_handling",
        "已经答复的 ÷ 需要办理的。截至统计时还没有答复的算没有办复。",
    ),
    _rate(
        "closing_rate",
        "办结率",
        "closed",
        "needing_handling",
        "已经办结的 ÷ 需要办理的。",
    ),
    _rate(
        "on_time_rate",
        "按时办结率",
        "on_time",
        "due",
        "在期限内答复的 ÷ 期限落在这段时间里的。期限按规定计算，延期和停止计算的天数已算在内；"
        "期限还没有过的不算。",
    ),
    _rate(
        "satisfaction_rate",
        "满意率",
        "satisfied",
        "rated",
        "评价“满意”的 ÷ 作了评价的。“基本满意”不算满意，没有评价的不算满意。",
    ),
    _rate(
        "rating_rate",
        "评价率",
        "rated",
        "replied",
        "作了评价的 ÷ 已经答复的。它告诉您满意率是多少人的意见。",
    ),
    _rate(
        "duty_rate",
        "值守率",
        "duty_days",
        "working_days",
        "在规定时间内有人签到值守的工作日 ÷ 已经过去的工作日。",
    ),
    Column(
        name="first_reply_working_hours_median",
        label="首次答复中位数，工作小时",
        form=Form.HOURS,
        meaning="从登记到第一次答复用了多少工作小时：一半的事项更快，一半更慢。",
    ),
    Column(
        name="first_reply_working_hours_p90",
        label="首次答复九成，工作小时",
        form=Form.HOURS,
        meaning="十件里有九件在这么多工作小时以内得到第一次答复。",
    ),
    Column(
        name="first_reply_hours_median",
        label="首次答复中位数，自然小时",
        form=Form.HOURS,
        meaning="同上，夜里和节假日也算在内的小时数：一半的事项更快，一半更慢。",
    ),
    Column(
        name="first_reply_hours_p90",
        label="首次答复九成，自然小时",
        form=Form.HOURS,
        meaning="同上，夜里和节假日也算在内的小时数：十件里有九件在这以内。",
    ),
)
BY_NAME: Final[Mapping[str, Column]] = MappingProxyType({one.name: one for one in COLUMNS})
RATES: Final = tuple(one for one in COLUMNS if one.form is Form.RATE)


def percent(rate: float | None) -> str:
    """A rate between 0 and 1; "—" for a share of nothing. All but one are never 100.0 %."""
    if rate is None:
        return NOTHING
    if 0 < rate < 1:
        rate = min(max(rate, 0.001), 0.999)
    return f"{rate:.1%}"


def hours(value: float | None) -> str:
    """Hours; what kind of hours the column says."""
    return NOTHING if value is None else f"{value:,.1f}"


def written(column: Column, of: Metrics) -> str:
    """A figure in words; rates with what they are made of."""
    value = column.number(of)
    if column.form is Form.RATE:
        part, whole = column.parts(of)
        return percent(value) if value is None else f"{percent(value)}（{part}/{whole}）"
    return hours(value) if column.form is Form.HOURS else f"{value:.0f}"


@dataclass(frozen=True, kw_only=True)
class Drill:
    """A number whose cases can be listed: a count of `Metrics`, without those of other counts."""

    name: str
    label: str
    figure: str
    without: tuple[str, ...] = ()

    def number(self, of: Metrics) -> int:
        """How many cases the list has to have."""
        counts: dict[str, int] = vars(of)
        return counts[self.figure] - sum(counts[name] for name in self.without)


_DRILLS = (
    Drill(name="received", label="收到", figure="received"),
    Drill(name="needing_handling", label="需要办理", figure="needing_handling"),
    Drill(
        name="no_handling",
        label="不需要办理",
        figure="received",
        without=("needing_handling",),
    ),
    Drill(name="replied", label="已答复", figure="replied"),
    Drill(
        name="unreplied",
        label="没有答复",
        figure="needing_handling",
        without=("replied",),
    ),
    Drill(name="closed", label="已办结", figure="closed"),
    Drill(name="unclosed", label="没有办结", figure="needing_handling", without=("closed",)),
    Drill(name="due", label="期限在此期间", figure="due"),
    Drill(name="on_time", label="按时答复", figure="on_time"),
    Drill(name="late", label="没有按时答复", figure="due", without=("on_time",)),
    Drill(name="rated", label="作了评价", figure="rated"),
    Drill(name="satisfied", label="满意", figure="satisfied"),
    Drill(name="basically_satisfied", label="基本满意", figure="basically_satisfied"),
    Drill(
        name="dissatisfied",
        label="不满意",
        figure="rated",
        without=("satisfied", "basically_satisfied"),
    ),
)
DRILLS: Final[Mapping[str, Drill]] = MappingProxyType({one.name: one for one in _DRILLS})

"""/metrics: this month's figures, each a share of what it says it is a share of."""

from handlers.messages import Block, Reply, Style
from handlers.staff import texts
from handlers.turn import Turn
from reports import By, Metrics, Period, measured

_COUNTS = (("收到", "received"), ("需要办理", "needing_handling"), ("到期", "due"))
_RATES = (
    ("办复率", "reply_rate"),
    ("办结率", "closing_rate"),
    ("按时办结率", "on_time_rate"),
    ("满意率", "satisfaction_rate"),
    ("评价率", "rating_rate"),
    ("值守率", "duty_rate"),
)


def metrics(turn: Turn, _: str) -> Reply:
    """The month so far: of all, and of each department."""
    first = turn.today.replace(day=1)
    zone = turn.services.zone
    period = Period(since=first, until=turn.today, as_of=turn.now, zone=zone)
    desk = turn.services.desk
    [every] = measured(desk, period)
    parts = [Block(text=_departments(one)) for one in measured(desk, period, By.DEPARTMENT)]
    return Reply(
        blocks=(
            Block(text=texts.figures_of(first, turn.today), style=Style.TITLE),
            Block(text="\n".join(_lines(every))),
            *parts,
        )
    )


def _lines(one: Metrics) -> list[str]:
    values = one.as_json()
    counts = [texts.figure(label, str(values[key])) for label, key in _COUNTS]
    return counts + [texts.figure(label, _share(values[key])) for label, key in _RATES]


def _departments(one: Metrics) -> str:
    values = one.as_json()
    rates = (f"{label} {_share(values[key])}" for label, key in _RATES[:3])
    return f"{one.group}：收到 {one.received}，" + "，".join(rates)


def _share(value: object) -> str:
    return f"{value:.1%}" if isinstance(value, float) else texts.NOTHING_TO_SHARE

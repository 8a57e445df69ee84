"""How questions were answered in a period, month by month, and which were not."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.web import charts
from bot.web.desk.figures import Bar, Step, Trend
from bot.web.desk.periods import Wanted, month_end
from bot.web.desk.room import Room
from knowledge import Question
from reports import QuestionFigures, question_figures
from reports.columns import percent

_LISTED = 20


@dataclass(frozen=True, kw_only=True)
class Told:
    """A figure with what it means."""

    label: str
    text: str
    parts: str
    meaning: str


@dataclass(frozen=True, kw_only=True)
class QuestionsPage:
    """Everything the page shows."""

    wanted: Wanted
    figures: tuple[Told, ...]
    trend: Trend
    unanswered: tuple[Bar, ...]


def read_questions(room: Room, wanted: Wanted) -> list[Question]:
    """The questions of the period and of the trend; in the mailroom's thread."""
    span, zone = wanted.span, room.services.zone
    first = datetime.combine(span.since, time.min, zone)
    after = datetime.combine(span.until + timedelta(days=1), time.min, zone)
    return room.services.knowledge.store.asked_between(first, min(after, wanted.period.as_of))


def show_questions(wanted: Wanted, questions: Sequence[Question]) -> QuestionsPage:
    """The page; in a thread of its own."""
    zone = wanted.period.zone
    days = [(one.asked_at.astimezone(zone).date(), one) for one in questions]

    def between(since: date, until: date) -> QuestionFigures:
        return question_figures((one for day, one in days if since <= day <= until), _LISTED)

    found = between(wanted.period.since, wanted.period.until)
    most = max((count for _, count in found.most_asked_unanswered), default=0)
    return QuestionsPage(
        wanted=wanted,
        figures=_figures(found),
        trend=_trend(wanted, between),
        unanswered=tuple(
            Bar(label=text, text=f"{count} 次", query="", length=charts.length(count, most))
            for text, count in found.most_asked_unanswered
        ),
    )


def _figures(found: QuestionFigures) -> tuple[Told, ...]:
    asked, rated = found.questions, found.rated
    return (
        Told(label="提问", text=str(asked), parts="", meaning="这段时间收到的问题，一句一问。"),
        Told(
            label="自助解答率",
            text=percent(found.self_service_rate),
            parts=f"{found.self_served}/{asked}",
            meaning="自动答复后没有转人工、也没有说“没解决”的 ÷ 全部提问。",
        ),
        Told(
            label="有帮助率",
            text=percent(found.helpful_rate),
            parts=f"{found.helpful}/{rated}",
            meaning="评价“有帮助”的 ÷ 作了评价的。没有评价的不算有帮助。",
        ),
        Told(
            label="评价率",
            text=percent(rated / asked if asked else None),
            parts=f"{rated}/{asked}",
            meaning="作了评价的 ÷ 全部提问。",
        ),
        Told(
            label="没有答上",
            text=percent(found.unanswered_rate),
            parts=f"{found.unanswered}/{asked}",
            meaning="知识库里没有找到答案的 ÷ 全部提问。",
        ),
    )


def _trend(wanted: Wanted, between: Callable[[date, date], QuestionFigures]) -> Trend:
    months = [between(month, month_end(month)) for month in wanted.months]
    rates = [one.self_service_rate for one in months]
    steps = tuple(
        Step(
            month=month,
            text=f"{percent(rate)}（{one.self_served}/{one.questions}）" if one.questions else "—",
            query="",
            place=place,
        )
        for month, one, rate, place in zip(
            wanted.months, months, rates, charts.columns(rates, 1.0), strict=True
        )
    )
    return Trend(steps=steps, ticks=tuple((one.y, percent(one.value)) for one in charts.ticks(1.0)))

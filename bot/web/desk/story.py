"""A case's events as a story: one sentence each, with the text that belongs to it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from petitions import Action, Channel, Event, Kind, Outcome, Rating, Text, TextKind

_KINDS = {
    TextKind.NOTE: "备注",
    TextKind.SUPPLEMENT: "补正内容",
    TextKind.OPINION: "意见",
    TextKind.REPLY: "答复",
    TextKind.COMMENT: "群众说",
}
_FIELDS = {
    "kind": "类型",
    "title": "标题",
    "applicant_type": "申请人类型",
    "received": "收到日期",
    "outcome": "答复结果",
    "fee": "收费",
    "needs_handling": "需要办理",
}


@dataclass(frozen=True, kw_only=True)
class Chapter:
    """One event, told."""

    at: datetime
    day: date | None  # the day it counts for, where that is another
    who: str
    what: str
    note: str  # the reason, as written
    text: str  # of a supplement, an opinion, a reply …
    text_kind: str  # what that text is; "" without one
    internal: bool  # a note for colleagues
    position: int


def story(
    events: Iterable[Event], texts: Iterable[Text], local_day: Callable[[datetime], date]
) -> tuple[Chapter, ...]:
    """Every event, oldest first."""
    by_id = {text.id: text for text in texts}
    return tuple(_chapter(event, by_id, local_day(event.at)) for event in events)


def _chapter(event: Event, texts: Mapping[str, Text], recorded: date) -> Chapter:
    text = texts.get(event.data.get("text", ""))
    return Chapter(
        at=event.at,
        day=event.day if event.day != recorded else None,
        who=event.who or event.by,
        what=_sentence(event),
        note=event.note,
        text=_body(text) if text and event.action is not Action.APPROVE else "",
        text_kind=_KINDS[text.kind] if text else "",
        internal=event.action is Action.NOTE,
        position=event.position,
    )


def _body(text: Text) -> str:
    return "（内容已按本人要求删除）" if text.erased else text.body


def _sentence(event: Event) -> str:
    tell = _SENTENCES.get(event.action)
    return tell(event.data, event) if tell else event.action.label


_Data = Mapping[str, Any]


def _registered(data: _Data, _: Event) -> str:
    kind, channel = data.get("kind"), data.get("channel")
    if not kind or not channel:
        return "登记"
    return f"登记，{Kind(kind).label}，来自{Channel(channel).label}"


def _routed(data: _Data, _: Event) -> str:
    helping = f"，协办：{'、'.join(data['co'])}" if data.get("co") else ""
    return f"转办给{data['lead']}{helping}"


def _given(data: _Data, event: Event) -> str:
    return "领办" if event.action is Action.CLAIM else f"指派给{data['name']}"


def _asked(data: _Data, _: Event) -> str:
    stops = "，期限停止计算" if data.get("stops") else ""
    return f"要求申请人在{data['until']}前补正：{data['items']}{stops}"


def _completed(data: _Data, _: Event) -> str:
    return "收到补正" + ("，期限重新计算" if data.get("restarts") else "")


def _consulted(data: _Data, _: Event) -> str:
    return f"征求{data['party']}的意见，最晚到{data['until']}，期限停止计算"


def _heard(data: _Data, _: Event) -> str:
    return "收到意见：" + ("同意" if data.get("agrees") else "不同意")


def _answered(data: _Data, event: Event) -> str:
    outcome = data.get("outcome")
    said = f"，结果：{Outcome(outcome).label}" if outcome else ""
    return f"{event.action.label}{said}"


def _declined(data: _Data, _: Event) -> str:
    referral = data.get("referral")
    return "不予受理" + (f"，请其找{referral}" if referral else "")


def _hidden(data: _Data, _: Event) -> str:
    return "设为保密" if data.get("confidential") else "取消保密"


def _corrected(data: _Data, _: Event) -> str:
    field = _FIELDS.get(data["field"], data["field"])
    return f"更正{field}：由“{_word(data, 'old')}”改为“{_word(data, 'value')}”"


def _word(data: _Data, name: str) -> str:
    """A value as people write it."""
    value = data[name]
    if isinstance(value, bool):
        return "是" if value else "否"
    words = {"kind": Kind, "outcome": Outcome}.get(data["field"])
    return words(value).label if words and value else str(value or "空")


_SENTENCES: Mapping[Action, Callable[[_Data, Event], str]] = MappingProxyType(
    {
        Action.REGISTER: _registered,
        Action.CONFIRM_RECEIPT: lambda _, event: f"双方确认收到，收到日期为{event.day}",
        Action.ACCEPT: lambda data, _: f"受理，由{data.get('department') or '本机关'}负责",
        Action.DECLINE: _declined,
        Action.ROUTE: _routed,
        Action.CLAIM: _given,
        Action.ASSIGN: _given,
        Action.REQUEST_SUPPLEMENT: _asked,
        Action.RECEIVE_SUPPLEMENT: _completed,
        Action.CONSULT: _consulted,
        Action.RECEIVE_OPINION: _heard,
        Action.SILENCE: lambda _, __: "对方逾期未回复意见",
        Action.EXTEND: lambda data, _: f"延期{data['days']}天，{data['consent_by']}同意",
        Action.SUBMIT: _answered,
        Action.REPLY: _answered,
        Action.SERVE: lambda data, _: f"随{data['main']}一并答复",
        Action.MERGE: lambda data, _: f"并入{data['into']}",
        Action.LINK: lambda data, _: f"与{data['other']}关联",
        Action.SPLIT: lambda data, _: f"拆分出{data['other']}",
        Action.RATE: lambda data, _: f"评价：{Rating(data['rating']).label}",
        Action.HIDE: _hidden,
        Action.CORRECT: _corrected,
    }
)

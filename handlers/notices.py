"""What a step of a case says to the person whose it is."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from handlers import case_texts, mycase, notice_texts
from handlers.messages import Action, Block, Button, Reply, Style
from petitions import Notice, NoticeKind

Data = Mapping[str, Any]


def reply_for(notice: Notice) -> Reply:
    """The message, with what the person can do about it."""
    text = _TEXTS[notice.kind](notice.data)
    blocks = [
        Block(text=notice_texts.heading(notice.number, notice.title), style=Style.TITLE),
        Block(text=text),
    ]
    if notice.kind is NoticeKind.REPLIED:
        blocks += _behind_reply(notice)
    # Only the wish for a supplement may be answered by simply answering it: thanks for any other
    # message would be taken for one.
    about = notice.number if notice.kind is NoticeKind.SUPPLEMENT_REQUESTED else ""
    return Reply(blocks=tuple(blocks), buttons=_buttons(notice), about=about)


def _behind_reply(notice: Notice) -> list[Block]:
    """Legal basis and remedies; those that a formal reply names itself are not said twice."""
    basis, text = notice.data.get("basis", ""), str(notice.data["text"])
    said = any(word in text for word in notice_texts.REMEDIES)
    remedies = "" if said else notice_texts.remedies(notice.case_kind, notice.data)
    blocks = [Block(text=case_texts.based_on(basis), style=Style.SOURCE)] if basis else []
    return blocks + ([Block(text=remedies, style=Style.NOTE)] if remedies else [])


def _buttons(notice: Notice) -> tuple[tuple[Button, ...], ...]:
    number = notice.number
    show = Button(label=notice_texts.SEE, action=Action(verb=mycase.VERB, args=("show", number)))
    if notice.kind in (NoticeKind.REPLIED, NoticeKind.RATING):
        return (mycase.ratings(number), (show,))
    if notice.kind is NoticeKind.SUPPLEMENT_REQUESTED:
        action = Action(verb=mycase.VERB, args=("supplement", number))
        return ((Button(label=case_texts.COMPLETE, action=action), show),)
    return ((show,),)


def _date(data: Data, name: str) -> date:
    return date.fromisoformat(data[name])


_TEXTS: dict[NoticeKind, Callable[[Data], str]] = {
    NoticeKind.ACCEPTED: lambda d: notice_texts.accepted(
        _date(d, "due"), provisional=bool(d.get("provisional"))
    ),
    NoticeKind.DECLINED: lambda d: notice_texts.declined(d["reason"], d.get("referral", "")),
    NoticeKind.SUPPLEMENT_REQUESTED: lambda d: case_texts.to_complete(
        d["items"], _date(d, "until")
    ),
    NoticeKind.LAPSED: lambda d: notice_texts.lapsed(d["items"]),
    NoticeKind.CONSULTING: lambda d: notice_texts.consulting(_date(d, "until")),
    NoticeKind.EXTENDED: lambda d: notice_texts.extended(d["days"], d["reason"], _date(d, "due")),
    NoticeKind.REPLIED: lambda d: str(d["text"]),
    NoticeKind.CLOSED: lambda d: notice_texts.CLOSED,
    NoticeKind.MERGED: lambda d: notice_texts.MERGED,
    NoticeKind.RATING: lambda d: notice_texts.ask_rating(_date(d, "replied")),
    NoticeKind.REOPENED: lambda d: notice_texts.reopened(_date(d, "due")),
}

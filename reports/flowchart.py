"""依申请公开流程图, drawn from the state table: nothing is in it that the table does not allow.

SVG for pages; bench/flowchart.py makes the PNG that goes into chats, and a test holds the two
together.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from pathlib import Path

from petitions import Kind
from petitions.states import STEPS, WAITING, Action, State, Target

PICTURE = Path(__file__).parent / "data/flowchart.png"
WIDTH, HEIGHT = 720, 900
_BOX, _TALL = 168, 54
_TOP, _ROW = 110, 112
_MIDDLE = 276  # left edge of the main column
_SIDES = {"left": 24, "right": 528}

_MAIN = (
    State.REGISTERED,
    State.ACCEPTED,
    State.ROUTED,
    State.IN_PROGRESS,
    State.UNDER_REVIEW,
    State.REPLIED,
    State.CLOSED,
)
# Where the others stand: the side and the row (rows may lie between two).
_BESIDE = {
    State.SUPPLEMENT_REQUESTED: ("left", 2.0),
    State.THIRD_PARTY: ("right", 2.0),
    State.DECLINED: ("right", 0.0),
    State.REOPENED: ("right", 4.5),
}
_WORDS = {
    State.SUPPLEMENT_REQUESTED: "7个工作日内一次告知",
    State.THIRD_PARTY: "最多15个工作日，不计入期限",
    State.REPLIED: "20个工作日内，可延长20个",
}


@dataclass(frozen=True, kw_only=True)
class Edge:
    """An arrow from one state to another, with what leads along it."""

    start: State
    end: State
    label: str
    both: bool = False  # and back again


def edges(kind: Kind) -> list[Edge]:
    """Every arrow of the chart: the steps that lead from one shown state to another."""
    shown = set(_MAIN) | set(_BESIDE)
    back = {s for step in STEPS if step.to is Target.BEFORE for s in step.states}
    return [
        Edge(start=state, end=step.to, label=step.action.label, both=step.to in back)
        for step in STEPS
        if kind in step.kinds and isinstance(step.to, State) and step.action not in _HIDDEN
        for state in _MAIN + tuple(_BESIDE)
        if state in step.states and step.to in shown and step.to is not state
    ]


# Rare or internal: ends without a reply, work passed on within the body.
_HIDDEN = frozenset({Action.FILE, Action.MERGE, Action.LAPSE, Action.WITHDRAW, Action.RELEASE})


def draw(kind: Kind = Kind.DISCLOSURE) -> str:
    """The chart as SVG, in Chinese."""
    drawn = edges(kind)
    parts = [
        *_heading(kind),
        *(_box(state) for state in (*_MAIN, *_BESIDE)),
        *_downwards(drawn),
        *_sideways(drawn),
        _text(WIDTH / 2, HEIGHT - 24, "答复以前，您随时可以撤回", size=18),
    ]
    body = "\n".join(parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'width="{WIDTH}" height="{HEIGHT}" role="img" aria-label="{kind.label}流程图" '
        'font-family="Noto Sans CJK SC, PingFang SC, Microsoft YaHei, sans-serif">\n'
        f"{_ARROWS}\n{body}\n</svg>\n"
    )


_ARROWS = (
    f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>'
    '<defs><marker id="to" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="9" '
    'markerHeight="9" orient="auto-start-reverse"><path d="M0 0L10 5L0 10z" fill="#0b4ea2"/>'
    "</marker></defs>"
)


def _heading(kind: Kind) -> Iterable[str]:
    yield _text(WIDTH / 2, 48, f"{kind.label}流程图", size=28, weight="bold")


def _place(state: State) -> tuple[float, float]:
    """Left and upper edge of a state's box."""
    if state in _MAIN:
        return _MIDDLE, _TOP + _MAIN.index(state) * _ROW
    side, row = _BESIDE[state]
    return _SIDES[side], _TOP + row * _ROW


def _box(state: State) -> str:
    x, y = _place(state)
    fill = "#fff4e0" if state in WAITING else "#e8f0fc"
    word = _WORDS.get(state, "")
    note = _text(x + _BOX / 2, y + _TALL + 20, word, size=14) if word else ""
    label = _text(x + _BOX / 2, y + _TALL / 2 + 7, state.label, size=20)
    return (
        f'<rect x="{x}" y="{y}" width="{_BOX}" height="{_TALL}" rx="8" fill="{fill}" '
        f'stroke="#0b4ea2" stroke-width="2"/>{label}{note}'
    )


def _downwards(drawn: Sequence[Edge]) -> Iterable[str]:
    """Arrows between neighbours of the main column; longer ones would say the same twice."""
    for upper, lower in pairwise(_MAIN):
        labels = [e.label for e in drawn if (e.start, e.end) == (upper, lower)]
        if labels:
            x, y = _MIDDLE + _BOX / 2, _place(upper)[1] + _TALL
            below = 22 if _WORDS.get(upper) else 0
            yield _line(x, y + below + 4, x, _place(lower)[1] - 2)
            middle = (y + below + _place(lower)[1]) / 2
            yield _text(
                x + 12, middle + 5, "、".join(dict.fromkeys(labels)), size=15, anchor="start"
            )


def _sideways(drawn: Sequence[Edge]) -> Iterable[str]:
    """For each state beside the column one arrow from each end of the rows that lead there."""
    for state, (side, _) in _BESIDE.items():
        into = [e for e in drawn if e.end is state and e.start in _MAIN]
        out = [e for e in drawn if e.start is state and e.end in _MAIN]
        rows = sorted({_MAIN.index(e.start) for e in into})
        ends = sorted({rows[0], rows[-1]}) if rows else []
        for row in ends:
            yield _beside(side, row, state, both=any(e.both for e in into))
        if out:
            nearest = max(out, key=lambda e: _MAIN.index(e.end))
            yield _beside(side, _MAIN.index(nearest.end), state, outwards=False)
        if into:
            yield _side_label(side, state, into[0].label)


def _beside(side: str, row: int, state: State, *, both: bool = False, outwards: bool = True) -> str:
    x, y = _place(state)
    main_y = _TOP + row * _ROW + _TALL / 2
    main_x = _MIDDLE if side == "left" else _MIDDLE + _BOX
    side_x = x + _BOX if side == "left" else x
    side_y = y + _TALL / 2
    if not outwards:
        return _line(side_x, side_y, main_x, main_y)
    return _line(main_x, main_y, side_x, side_y, both=both)


def _side_label(side: str, state: State, label: str) -> str:
    x, y = _place(state)
    return _text(x + _BOX / 2, y - 10, label, size=15)


def _line(x1: float, y1: float, x2: float, y2: float, *, both: bool = False) -> str:
    start = ' marker-start="url(#to)"' if both else ""
    return (
        f'<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" stroke="#0b4ea2" stroke-width="2" '
        f'marker-end="url(#to)"{start}/>'
    )


def _text(
    x: float, y: float, text: str, *, size: int, weight: str = "normal", anchor: str = "middle"
) -> str:
    return (
        f'<text x="{x}" y="{y}" font-size="{size}" font-weight="{weight}" '
        f'text-anchor="{anchor}" fill="#1a2029">{escape(text)}</text>'
    )

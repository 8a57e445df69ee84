"""Where a case can stand and what can happen to it: all of it here and only here.

`STEPS` is the one table. What a role may do is here; whether it may do it to this case (its
department, its officer) is in `permission`. Nothing here knows a clock or a database.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType

from petitions.errors import IllegalMove
from petitions.words import Kind, Labelled, Role


class State(Labelled):
    """Where a case stands. Overdue is no state: it is computed from the deadline and a date."""

    REGISTERED = "registered", "已登记"  # has a number; nobody has looked at it yet
    ACCEPTED = "accepted", "已受理"  # it is for this body to handle
    DECLINED = "declined", "不予受理"  # it is not; the person was told why and where to turn
    ROUTED = "routed", "已转办"  # a department has it
    IN_PROGRESS = "in_progress", "办理中"  # an officer works on it
    SUPPLEMENT_REQUESTED = "supplement_requested", "待补正"  # waits for the applicant
    THIRD_PARTY = "third_party", "征求意见中"  # waits for a third party or co-producing body
    UNDER_REVIEW = "under_review", "审核中"  # the reply is written, not yet sent
    REPLIED = "replied", "已答复"  # the person has the reply
    REOPENED = "reopened", "重新办理"  # the person was not satisfied
    CLOSED = "closed", "已办结"  # nothing more will happen
    WITHDRAWN = "withdrawn", "已撤回"  # by the person, while it was open


class Action(Labelled):
    """What can happen to a case; the word completes a sentence: 不能…."""

    REGISTER = "register", "登记"
    CONFIRM_RECEIPT = "confirm_receipt", "确认收到"
    ACCEPT = "accept", "受理"
    DECLINE = "decline", "不予受理"
    FILE = "file", "存档"
    ROUTE = "route", "转办"
    OBJECT = "object", "对转办提出异议"
    UPHOLD = "uphold", "维持转办"
    CLAIM = "claim", "领办"
    ASSIGN = "assign", "指派"
    RELEASE = "release", "退回待领"
    REQUEST_SUPPLEMENT = "request_supplement", "要求补正"
    RECEIVE_SUPPLEMENT = "receive_supplement", "补正"
    LAPSE = "lapse", "按放弃申请处理"
    CONSULT = "consult", "征求意见"
    RECEIVE_OPINION = "receive_opinion", "收到意见"
    SILENCE = "silence", "逾期未回复意见"
    EXTEND = "extend", "延期"
    SUBMIT = "submit", "送审"
    APPROVE = "approve", "审核通过"
    RETURN = "return", "退回修改"
    REPLY = "reply", "答复"
    SERVE = "serve", "并案答复"
    CLOSE = "close", "办结"
    REOPEN = "reopen", "要求重新办理"
    WITHDRAW = "withdraw", "撤回"
    MERGE = "merge", "并案"
    LINK = "link", "关联"
    SPLIT = "split", "拆分"
    RATE = "rate", "评价"
    NOTE = "note", "备注"
    URGE = "urge", "督办"
    HIDE = "hide", "设为保密"
    CORRECT = "correct", "更正"


class Target(Enum):
    """Where a step leads that does not lead to one state."""

    SAME = "same"  # stays where it is
    BEFORE = "before"  # back to where it was before it began to wait


@dataclass(frozen=True, kw_only=True)
class Step:
    """A row of the table: who may take an action on which kinds, from where, to where."""

    action: Action
    states: frozenset[State]
    to: State | Target
    roles: frozenset[Role]
    kinds: frozenset[Kind]


_R, _A, _D, _O, _P, _S = (
    State.REGISTERED,
    State.ACCEPTED,
    State.DECLINED,
    State.ROUTED,
    State.IN_PROGRESS,
    State.SUPPLEMENT_REQUESTED,
)
_T, _U, _Y, _N, _C, _W = (
    State.THIRD_PARTY,
    State.UNDER_REVIEW,
    State.REPLIED,
    State.REOPENED,
    State.CLOSED,
    State.WITHDRAWN,
)

OPEN = frozenset({_R, _A, _O, _P, _S, _T, _U, _N})  # somebody still owes the person a reply
OWNED = frozenset({_A, _O, _P, _S, _T, _U, _N, _Y})  # a department is answerable for it
WAITING = frozenset({_S, _T})  # the body waits for somebody else
_ANY = frozenset(State)
_WORKED = frozenset({_A, _O, _P, _N})  # a department or an officer has it and nobody is waited for

_CITIZEN = frozenset({Role.CITIZEN})
_SYSTEM = frozenset({Role.SYSTEM})
_STAFF = frozenset({Role.STAFF, Role.SUPERVISOR, Role.ADMIN})
_DESK = _STAFF | {Role.DUTY}
_OVERSIGHT = frozenset({Role.SUPERVISOR, Role.ADMIN})
_DISCLOSURE = frozenset({Kind.DISCLOSURE})
_ALL = frozenset(Kind)


def _step(
    action: Action,
    states: Iterable[State],
    to: State | Target,
    roles: frozenset[Role],
    kinds: frozenset[Kind] = _ALL,
) -> Step:
    return Step(action=action, states=frozenset(states), to=to, roles=roles, kinds=kinds)


STEPS: tuple[Step, ...] = (
    # The day both sides confirm is the day of receipt (条例 第三十一条).
    _step(Action.CONFIRM_RECEIPT, (_R, _A, _O, _P), Target.SAME, _CITIZEN | _DESK, _DISCLOSURE),
    # It is ours: from here on a department is answerable.
    _step(Action.ACCEPT, (_R,), _A, _DESK),
    # It is not: why, and where to turn.
    _step(Action.DECLINE, (_R,), _D, _DESK),
    # Thanks, or nothing that needs an answer.
    _step(Action.FILE, (_R, _A), _C, _DESK),
    # A lead department, others that help.
    _step(Action.ROUTE, (_A, _O, _P, _N), _O, _DESK),
    # "Not ours": the case stays until somebody decides (信访工作条例 第二十三条: 5 working days).
    _step(Action.OBJECT, (_O,), Target.SAME, _STAFF),
    _step(Action.UPHOLD, (_O,), Target.SAME, _OVERSIGHT),
    # An officer takes it, is given it, gives it back.
    _step(Action.CLAIM, _WORKED, _P, _STAFF),
    _step(Action.ASSIGN, _WORKED, _P, _STAFF | _SYSTEM),
    _step(Action.ASSIGN, (_S, _T, _U), Target.SAME, _STAFF),
    _step(Action.RELEASE, (_P,), _O, _STAFF),
    # The applicant completes an unclear request, or gives it up (条例 第三十条).
    _step(Action.REQUEST_SUPPLEMENT, (_A, _O, _P), _S, _STAFF),
    _step(Action.RECEIVE_SUPPLEMENT, (_S,), Target.BEFORE, _CITIZEN | _DESK),
    _step(Action.LAPSE, (_S,), _C, _STAFF | _SYSTEM),
    # A third party or a co-producing body is asked (条例 第三十二条、第三十四条).
    _step(Action.CONSULT, (_A, _O, _P), _T, _STAFF, _DISCLOSURE),
    _step(Action.RECEIVE_OPINION, (_T,), Target.BEFORE, _DESK),
    _step(Action.SILENCE, (_T,), Target.BEFORE, _STAFF | _SYSTEM),
    # More time, with consent and notice; a rectification has a date of its own.
    _step(
        Action.EXTEND,
        (_A, _O, _P, _U),
        Target.SAME,
        _STAFF,
        _ALL - {Kind.RECTIFICATION},
    ),
    # The reply: written, read by a second person where that is configured, sent.
    _step(Action.SUBMIT, (_P,), _U, _STAFF),
    _step(Action.APPROVE, (_U,), Target.SAME, _OVERSIGHT),
    _step(Action.RETURN, (_U,), _P, _OVERSIGHT),
    _step(Action.REPLY, (_P, _U), _Y, _STAFF),
    # A case that was merged into another gets that one's reply.
    _step(Action.SERVE, (_C,), Target.SAME, _SYSTEM),
    _step(Action.CLOSE, (_Y,), _C, _STAFF | _SYSTEM),
    # Files of past years know cases that were closed, but not when they were replied to.
    _step(Action.CLOSE, (_P,), _C, _SYSTEM),
    # Once, within a configured period.
    _step(Action.REOPEN, (_Y,), _N, _CITIZEN | _OVERSIGHT),
    _step(Action.WITHDRAW, OPEN, _W, _CITIZEN | _DESK),
    # Duplicates end here; the case they were merged into goes on.
    _step(Action.MERGE, OPEN - {_U}, _C, _DESK),
    _step(Action.LINK, _ANY, Target.SAME, _DESK | _SYSTEM),
    # Two matters in one message: the second becomes a case of its own.
    _step(Action.SPLIT, (_R, _A, _O, _P, _N), Target.SAME, _DESK),
    _step(Action.RATE, (_Y, _C), Target.SAME, _CITIZEN | _DESK),
    _step(Action.NOTE, _ANY, Target.SAME, _DESK),
    _step(Action.URGE, OPEN, Target.SAME, _OVERSIGHT),
    _step(Action.HIDE, _ANY, Target.SAME, _DESK | _SYSTEM),
    # History stays as it is; what was wrong in it is put right by this.
    _step(Action.CORRECT, _ANY, Target.SAME, _DESK),
)

TRANSITIONS: Mapping[tuple[State, Action], Step] = MappingProxyType(
    {(state, step.action): step for step in STEPS for state in step.states}
)


def step_for(state: State, action: Action, kind: Kind) -> Step:
    """The row for an action on a case; raises IllegalMove where there is none."""
    step = TRANSITIONS.get((state, action))
    if step is None or kind not in step.kinds:
        raise IllegalMove(kind.label, state.label, action.label)
    return step


def after(step: Step, state: State, before: State) -> State:
    """The state a step leads to; `before` is where the case was when it began to wait."""
    if step.to is Target.SAME:
        return state
    return before if step.to is Target.BEFORE else step.to


def actions_for(state: State, kind: Kind, role: Role) -> tuple[Action, ...]:
    """What somebody of this role could do next, in the order of the table."""
    return tuple(
        step.action
        for step in STEPS
        if state in step.states and kind in step.kinds and role in step.roles
    )

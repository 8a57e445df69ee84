"""The table of states: every state with every action, and what each role may do."""

import pytest

from petitions import Action, IllegalMove, Kind, Role, State
from petitions.states import OPEN, OWNED, STEPS, TRANSITIONS, WAITING, actions_for, after, step_for

EVERY = [(state, action) for state in State for action in Action]
LEGAL = """
registered: confirm_receipt accept decline file withdraw merge link split note urge hide correct
accepted: confirm_receipt file route claim assign request_supplement consult extend withdraw merge
 link split note urge hide correct
declined: link note hide correct
routed: confirm_receipt route object uphold claim assign request_supplement consult extend withdraw
 merge link split note urge hide correct
in_progress: confirm_receipt route claim assign release request_supplement consult extend submit
 reply close withdraw merge link split note urge hide correct
supplement_requested: assign receive_supplement lapse withdraw merge link note urge hide correct
third_party: assign receive_opinion silence withdraw merge link note urge hide correct
under_review: assign extend approve return reply withdraw link note urge hide correct
replied: close reopen rate link note hide correct
reopened: route claim assign withdraw merge link split note urge hide correct
closed: serve rate link note hide correct
withdrawn: link note hide correct
""".strip().replace("\n ", " ")
ALLOWED = {
    (State(line.partition(":")[0]), Action(word))
    for line in LEGAL.splitlines()
    for word in line.partition(":")[2].split()
}


@pytest.mark.parametrize(("state", "action"), EVERY)
def test_every_state_allows_what_is_written_and_nothing_else(state, action):
    if (state, action) in ALLOWED:
        assert step_for(state, action, Kind.DISCLOSURE).action is action
        return
    with pytest.raises(IllegalMove, match=f"现在是“{state.label}”，不能{action.label}"):
        step_for(state, action, Kind.DISCLOSURE)


def test_no_pair_is_decided_twice():
    assert len(TRANSITIONS) == sum(len(step.states) for step in STEPS)


def test_every_state_can_be_reached():
    reached = {State.REGISTERED} | {
        after(step, state, State.ACCEPTED) for step in STEPS for state in step.states
    }
    assert reached == set(State)


def test_from_every_open_state_a_case_can_end():
    ends = {State.REPLIED, State.CLOSED, State.DECLINED, State.WITHDRAWN}
    assert not OPEN & ends
    assert all(
        any(after(step, state, State.ACCEPTED) in ends for step in STEPS if state in step.states)
        for state in OPEN
    )


def test_only_disclosure_requests_consult_others():
    for kind in set(Kind) - {Kind.DISCLOSURE}:
        with pytest.raises(IllegalMove):
            step_for(State.IN_PROGRESS, Action.CONSULT, kind)


def test_a_rectification_is_never_extended():
    with pytest.raises(IllegalMove):
        step_for(State.IN_PROGRESS, Action.EXTEND, Kind.RECTIFICATION)


def test_a_citizen_does_only_what_concerns_their_own_case():
    may = {
        action
        for state in State
        for kind in Kind
        for action in actions_for(state, kind, Role.CITIZEN)
    }
    assert may == {
        Action.CONFIRM_RECEIPT,
        Action.RECEIVE_SUPPLEMENT,
        Action.REOPEN,
        Action.WITHDRAW,
        Action.RATE,
    }


def test_only_supervisors_approve():
    roles = {step.action: step.roles for step in STEPS}
    assert roles[Action.APPROVE] == roles[Action.RETURN] == {Role.SUPERVISOR, Role.ADMIN}


def test_waiting_states_are_owned_and_open():
    assert WAITING <= OWNED
    assert WAITING <= OPEN

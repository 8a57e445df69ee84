"""Whether somebody may take a step on this very case: role, department, officer, in that order."""

from petitions.actor import Actor
from petitions.errors import AlreadyTaken, NotAllowed, NotNow, NotYourDepartment, PetitionError
from petitions.facts import Facts
from petitions.states import Action, Step, actions_for, step_for
from petitions.words import Role

# Before acceptance nobody is answerable; what arrives for a case is taken in by whoever gets it.
_ANY_DEPARTMENT = frozenset(
    {
        Action.CONFIRM_RECEIPT,
        Action.RECEIVE_SUPPLEMENT,
        Action.RECEIVE_OPINION,
        Action.WITHDRAW,
        Action.RATE,
        Action.NOTE,
        Action.LINK,
    }
)
# What only the officer does once there is one, or their deputy, or a supervisor.
_OFFICERS = frozenset(
    {
        Action.ROUTE,
        Action.ASSIGN,
        Action.RELEASE,
        Action.REQUEST_SUPPLEMENT,
        Action.LAPSE,
        Action.CONSULT,
        Action.SILENCE,
        Action.EXTEND,
        Action.SUBMIT,
        Action.REPLY,
        Action.CLOSE,
    }
)


def check_role(step: Step, by: Actor) -> None:
    """Raise NotAllowed for a role that never takes this step."""
    if by.role not in step.roles:
        raise NotAllowed(by.name, by.role.label, step.action.label)


def check_case(facts: Facts, step: Step, by: Actor) -> None:
    """Raise what stands between this actor and this case."""
    action = step.action
    if action is Action.CLAIM and facts.officer:
        _check_claim(facts, by)
    if by.is_citizen or by.of_any_department:
        return
    if by.role is not Role.DUTY and not _concerns(facts, action, by):
        raise NotYourDepartment(by.name, by.role.label, action.label, facts.department)
    if action in _OFFICERS and facts.officer and not is_officer(facts, by):
        raise AlreadyTaken(by.name, by.role.label, action.label, facts.officer_name)


def allowed(facts: Facts, by: Actor) -> frozenset[Action]:
    """What this actor could do to this case now, as far as role, department and officer go."""
    return frozenset(
        action
        for action in actions_for(facts.state, facts.kind, by.role)
        if _allows(facts, step_for(facts.state, action, facts.kind), by)
    )


def _allows(facts: Facts, step: Step, by: Actor) -> bool:
    try:
        check_case(facts, step, by)
    except PetitionError:
        return False
    return True


def is_officer(facts: Facts, by: Actor) -> bool:
    """Whether the case is theirs, or that of somebody absent whose deputy they are."""
    return facts.officer in (by.id, *by.acts_for)


def _check_claim(facts: Facts, by: Actor) -> None:
    if facts.officer == by.id:
        raise NotNow("这件事项已经由您办理，不用再领。")
    if facts.officer not in by.acts_for:
        raise AlreadyTaken(by.name, by.role.label, Action.CLAIM.label, facts.officer_name)


def _concerns(facts: Facts, action: Action, by: Actor) -> bool:
    anyone = not facts.department or action in _ANY_DEPARTMENT
    return anyone or by.department == facts.department


def may_read(facts_department: str, co: tuple[str, ...], by: Actor, *, confidential: bool) -> bool:
    """Whether staff may see a case: a confidential one only those who handle it.

    Informants are never disclosed (信访工作条例 第三十条).
    """
    if not confidential or by.of_any_department:
        return True
    return by.department != "" and by.department in (facts_department, *co)

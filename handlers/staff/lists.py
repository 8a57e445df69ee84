"""What waits for somebody of the staff: /queue, /case, /duty."""

from dataclasses import dataclass, replace

from handlers.messages import Block, Reply, Style, say
from handlers.staff import texts, view
from handlers.turn import Turn
from petitions import (
    Actor,
    CaseRow,
    Filter,
    Page,
    PetitionError,
    Role,
    State,
    WrongNumber,
    parse_number,
)

STAFF = frozenset({Role.STAFF, Role.SUPERVISOR, Role.ADMIN, Role.DUTY})
OVERSIGHT = frozenset({Role.SUPERVISOR, Role.ADMIN})
_FIRST, _PAGE = 4, 8  # cases of a list: among others, and alone


@dataclass(frozen=True, kw_only=True)
class Listed:
    """A list that /queue shows, by deadline."""

    key: str
    title: str
    roles: frozenset[Role]
    wanted: Filter


def _lists(turn: Turn, me: Actor) -> tuple[Listed, ...]:
    """The lists of this person, the most pressing first."""
    yesterday = turn.today.fromordinal(turn.today.toordinal() - 1)
    found = (
        Listed(
            key="late",
            title=texts.OVERDUE,
            roles=OVERSIGHT,
            wanted=Filter(open=True, stopped=False, due_to=yesterday),
        ),
        Listed(
            key="review",
            title=texts.TO_REVIEW,
            roles=OVERSIGHT,
            wanted=Filter(states=frozenset({State.UNDER_REVIEW})),
        ),
        Listed(key="mine", title=texts.MINE, roles=STAFF, wanted=Filter(open=True, officer=me.id)),
        Listed(
            key="free",
            title=texts.UNCLAIMED,
            roles=STAFF - {Role.DUTY},
            wanted=Filter(open=True, officer="", department=me.department),
        ),
        Listed(
            key="new",
            title=texts.TO_ACCEPT,
            roles=STAFF,
            wanted=Filter(states=frozenset({State.REGISTERED})),
        ),
    )
    return tuple(one for one in found if me.role in one.roles)


def queue(turn: Turn, _: str) -> Reply:
    """/queue: what I have, and what waits for somebody to take it."""
    me = _me(turn)
    blocks: list[Block] = []
    rows: list[view.Row] = []
    for one in _lists(turn, me):
        page = turn.services.desk.queue.find(one.wanted, by=me, limit=_FIRST)
        if page.rows:
            blocks += _blocks(turn, one, page)
            rows += _buttons(one, page, skip=0)
    if not blocks:
        return say(texts.NOTHING_TO_DO)
    return Reply(blocks=tuple(blocks), buttons=tuple(dict.fromkeys(rows)))


def more(turn: Turn, me: Actor, on: view.On) -> Reply:
    """The next page of one of the lists, in the place of the one before."""
    found = next((one for one in _lists(turn, me) if one.key == on.number), None)
    start = on.seen or 0
    if found is None:
        return queue(turn, "")
    page = turn.services.desk.queue.find(found.wanted, by=me, limit=_PAGE, skip=start)
    if not page.rows:
        return queue(turn, "")
    return Reply(
        blocks=_blocks(turn, found, page), buttons=_buttons(found, page, skip=start), in_place=True
    )


def _blocks(turn: Turn, listed: Listed, page: Page) -> tuple[Block, Block]:
    lines = [texts.line(row, _urgency(turn, row)) for row in page.rows]
    return (
        Block(text=texts.section(listed.title, page.total), style=Style.TITLE),
        Block(text="\n".join(lines)),
    )


def _urgency(turn: Turn, row: CaseRow) -> str:
    calendar = turn.services.desk.calendar
    return view.urgency(row.due, turn.today, calendar, stopped=row.stopped)


def _buttons(listed: Listed, page: Page, *, skip: int) -> tuple[view.Row, ...]:
    rows = [
        (view.button(texts.button(row), "show", view.On(number=row.number)),) for row in page.rows
    ]
    seen = skip + len(page.rows)
    if seen < page.total:
        next_page = view.On(number=listed.key, seen=seen)
        rows.append((view.button(f"{texts.MORE} {listed.title}", "list", next_page),))
    return tuple(rows)


def case(turn: Turn, rest: str) -> Reply:
    """/case NUMBER"""
    if not rest:
        return say(texts.HOW_TO_OPEN)
    try:
        return view.show(turn, _me(turn), parse_number(rest))
    except WrongNumber as exc:
        return say(f"{exc}\n{texts.HOW_TO_OPEN}")
    except PetitionError as exc:
        return say(str(exc))


def duty(turn: Turn, _: str) -> Reply:
    """/duty: I am here."""
    desk = turn.services.desk
    entry = desk.duty.sign_in(by=_me(turn), now=turn.now)
    at = turn.local(entry.signed_in_at or turn.now)
    in_time = desk.duty.in_window(entry)
    return say(texts.signed_in(entry, at, desk.policy.duty_hours, in_time=in_time))


def _me(turn: Turn) -> Actor:
    """Whoever uses a command of staff; what they had begun to write is over."""
    assert turn.staff, "their row of COMMANDS was checked"
    leave_text(turn)
    return turn.staff


def leave_text(turn: Turn) -> None:
    """What is written next is no longer meant for the case that was asked about."""
    draft = turn.conversation.draft
    if draft is not None and draft.form == view.TEXT_FORM:
        turn.conversation = replace(turn.conversation, draft=None)

"""A question: answered, given a choice, or passed on; and what people press after that."""

from dataclasses import dataclass

from handlers import smalltalk, texts
from handlers.conversation import Topic
from handlers.messages import Action, Block, Button, Reply, Style, say
from handlers.smalltalk import SmallTalk
from handlers.turn import Turn
from knowledge import (
    Answered,
    Candidate,
    Context,
    Entry,
    Found,
    NotFound,
    Question,
    Said,
    UnknownEntry,
    Unsure,
)
from knowledge.followup import without_pointing
from knowledge.matching import SHOWN
from knowledge.passages import quotation, sentences
from knowledge.questions import asks, leans, matter
from knowledge.text import LONGEST, fold

Row = tuple[Button, ...]
LABEL = 40  # characters of a question on a button
GIST = 60  # characters of an answer that stand under an offered question
AT_A_LOOK = 250  # characters that a phone shows at once
BEGINNING = 12  # characters; who writes more has said something
_WORDS = {
    SmallTalk.THANKS: texts.WELCOME_BACK,
    SmallTalk.GOODBYE: texts.GOODBYE,
    SmallTalk.WISHES: texts.WISHES,
    SmallTalk.WAIT: texts.TAKE_YOUR_TIME,
    SmallTalk.NEVER_MIND: texts.ALL_RIGHT,
    SmallTalk.ABLE: texts.abilities(),
    SmallTalk.CHAT: texts.ONLY_MATTERS,
    SmallTalk.NOTHING: texts.NOTHING_WRITTEN,
}
_REACH = {NotFound: 0, Unsure: 1, Found: 2}
OPTIONS = ("pick", "see", "none")  # verbs of buttons that can be named: 「第二个」


def command(turn: Turn, rest: str) -> Reply:
    """/ask with or without the question behind it."""
    return ask(turn, rest) if rest else say(texts.ASK_WHAT)


def chat(turn: Turn, said: SmallTalk) -> Reply:
    """A fitting word for what is no question; none if that comes next or came just before."""
    if turn.conversation.unsaid:
        return ask(turn, "")
    if turn.incoming.followed_by:
        return Reply()
    match said:
        case SmallTalk.GREETING:
            return _greet(turn)
        case SmallTalk.WHO:
            return say(texts.welcome(turn.services.office))
        case SmallTalk.MACHINE:
            return say(texts.machine(turn.services.office))
        case SmallTalk.COMPLAINT:
            return _sorry_for_us(turn)
        case SmallTalk.ABUSE:
            angry = Answered(question=turn.incoming.text, outcome=NotFound(confidence=0.0))
            return tell(turn, [angry])
        case _:
            return say(_WORDS[said])


def _greet(turn: Turn) -> Reply:
    """Once in full; who greets again, or says that they want to ask, is only encouraged."""
    text = texts.GO_ON if turn.conversation.is_greeted(turn.now) else texts.GREETING
    turn.remember(greeted_at=turn.now)
    return say(text)


def _sorry_for_us(turn: Turn) -> Reply:
    """A complaint about our answers: the last question may go to staff."""
    asked = turn.conversation.asked
    known = asked and _asked(turn, (asked,))
    return say(texts.SORRY_FOR_US, *([(_to_staff((known.id,)),)] if known else []))


def ask(turn: Turn, text: str) -> Reply:
    """Every question in a message, each answered as well as can be."""
    if len(text) > LONGEST:
        question_id = log(turn, text, NotFound(confidence=0.0))
        return Reply(
            blocks=(Block(text=texts.TOO_LONG),),
            buttons=((_to_staff((question_id,)),),),
            decision="escalate",
        )
    whole, parts = _with_what_came_before(turn, text)
    if turn.incoming.followed_by and _is_beginning(whole, parts):
        turn.remember(unsaid=(*turn.conversation.unsaid, text))
        return Reply()
    return tell(turn, parts)


def _with_what_came_before(turn: Turn, text: str) -> tuple[str, list[Answered]]:
    """A message, or it with the beginnings before it: 「信息公开」「多久答复」 are one question,
    unless the message alone leads further."""

    def answer(message: str) -> tuple[str, list[Answered]]:
        return message, turn.services.knowledge.answer(message, turn.today, context_of(turn))

    unsaid = turn.conversation.unsaid
    if not unsaid:
        return answer(text)
    whole = answer("，".join(filter(None, (*unsaid, text))))
    if _is_found(whole[1]):
        return whole
    return max(whole, answer(text), key=lambda one: _reach(one[1]))  # of equals the first


def _reach(parts: list[Answered]) -> int:
    """How far a message leads, by what becomes of its worst part."""
    return min(_REACH[type(part.outcome)] for part in parts)


def _is_found(parts: list[Answered]) -> bool:
    return all(isinstance(part.outcome, Found) for part in parts)


def _is_beginning(text: str, parts: list[Answered]) -> bool:
    """Whether a message leads nowhere by itself, or only names a matter."""
    return len(fold(text)) <= BEGINNING and not (_is_found(parts) and asks(text))


def context_of(turn: Turn) -> Context | None:
    """What was asked before, while it is fresh."""
    topic = turn.conversation.topic_at(turn.now)
    return Context(question=topic.question, entry_id=topic.entry_id) if topic else None


def tell(turn: Turn, parts: list[Answered]) -> Reply:
    """The reply to the questions of a message; the options in it can be named by number next."""
    reply = _join([_part(turn, answered, alone=len(parts) == 1) for answered in parts])
    return with_choice(turn, reply)


def with_choice(turn: Turn, reply: Reply) -> Reply:
    """Remember the options of a reply in the order in which they are shown."""
    actions = [button.action for row in reply.buttons for button in row]
    options = tuple(action.encode() for action in actions if action.verb in OPTIONS)
    turn.remember(choice=options)
    return reply


@dataclass(frozen=True, kw_only=True)
class _Part:
    """The reply to one of the questions in a message."""

    question_id: str
    decision: str
    blocks: tuple[Block, ...]
    rows: tuple[Row, ...] = ()


def _part(turn: Turn, answered: Answered, *, alone: bool) -> _Part:
    question, outcome = answered.question, answered.outcome
    question_id = log(turn, question, outcome)
    turn.remember(asked=question_id)
    if not leans(question) or matter(without_pointing(question)):
        # It names something: what was before is over, whether this is answered or not.
        _keep_topic(turn, answered.meant or question, "")
    match outcome:
        case Found(entry=entry):
            _keep_topic(turn, answered.meant or question, entry.id)
            return _Part(
                question_id=question_id,
                decision="answer",
                blocks=answer_blocks(entry, question, answered.meant),
            )
        case Unsure(offered=offered):
            return _Part(
                question_id=question_id,
                decision="clarify",
                blocks=(*_title(question, alone), Block(text=texts.DID_YOU_MEAN)),
                rows=_choices(question_id, question, offered),
            )
        case NotFound():
            return _Part(
                question_id=question_id,
                decision="escalate",
                blocks=(*_title(question, alone), *_why_not(question, outcome)),
            )


def _keep_topic(turn: Turn, question: str, entry_id: str) -> None:
    turn.remember(topic=Topic(question=question, entry_id=entry_id, at=turn.now))


def _title(question: str, alone: bool) -> tuple[Block, ...]:
    """Which of several questions is meant."""
    return () if alone else (Block(text=question, style=Style.TITLE),)


def _why_not(question: str, outcome: NotFound) -> tuple[Block, ...]:
    if smalltalk.is_abuse(question):
        return (Block(text=texts.ABUSE),)
    if outcome.vague:
        return (Block(text=texts.VAGUE),)
    if there := outcome.elsewhere:
        source = Block(text=texts.source_line(there.source), style=Style.SOURCE)
        return Block(text=there.answer), source, Block(text=texts.STILL_OURS)
    return (Block(text=texts.OFF_TOPIC if outcome.off_topic else texts.NOT_FOUND),)


def _join(parts: list[_Part]) -> Reply:
    """One reply for all questions of a message, with one row of buttons for each kind of end."""
    rows = [row for part in parts for row in part.rows]
    found = tuple(part.question_id for part in parts if part.decision == "answer")
    lost = tuple(part.question_id for part in parts if part.decision == "escalate")
    if found:
        rows.append(rating(found))
    if lost:
        rows.append((_to_staff(lost),))
    decisions = {part.decision for part in parts}
    return Reply(
        blocks=tuple(block for part in parts for block in part.blocks),
        buttons=tuple(rows),
        decision=next(d for d in ("clarify", "escalate", "answer") if d in decisions)
        if len(decisions) > 1
        else parts[0].decision,
    )


def answer_blocks(entry: Entry, question: str = "", meant: str = "") -> tuple[Block, ...]:
    """An approved answer with its source; the entry's question above it unless it was asked so.

    Of a long one the sentence that was asked for comes first. `meant` is the question written
    out, where it leaned on the one before.
    """
    title = () if fold(question) == fold(entry.question) else (
        Block(text=texts.heading(entry), style=Style.TITLE),
    )  # fmt: skip
    source = (
        (Block(text=texts.source_line(entry.source), style=Style.SOURCE),)
        if entry.source.title
        else ()  # a file from elsewhere need not name any
    )
    return (*title, *_answer(entry.answer, meant or question), *source)


def _answer(answer: str, question: str) -> tuple[Block, ...]:
    quoted = quotation(question, answer) if question else ""
    if not quoted:
        return (Block(text=answer),)
    style = Style.FULL if len(answer) > AT_A_LOOK else Style.BODY
    return Block(text=quoted, style=Style.QUOTE), Block(text=answer, style=style)


def rating(question_ids: tuple[str, ...]) -> Row:
    """有帮助 / 没解决"""
    return (
        Button(label=texts.HELPFUL, action=Action(verb="good", args=question_ids)),
        Button(label=texts.UNSOLVED, action=Action(verb="bad", args=question_ids)),
    )


def _to_staff(question_ids: tuple[str, ...]) -> Button:
    return Button(label=texts.TO_STAFF, action=Action(verb="human", args=question_ids))


def _choices(question_id: str, question: str, candidates: tuple[Candidate, ...]) -> tuple[Row, ...]:
    """A button for each, with the sentence of its answer that tells most: often no more is
    wanted."""
    rows = [
        (
            Button(
                label=shorten(candidate.entry.question),
                action=_pick(question_id, place),
                note=gist(question, candidate.entry.answer),
            ),
        )
        for place, candidate in enumerate(candidates)
    ]
    return (*rows, (_none(question_id),))


def gist(question: str, answer: str) -> str:
    """The sentence of an answer that tells what was asked, else the first, with the list that it
    announces; cut if it is long."""
    told = quotation(question, answer) or sentences(answer)[0]
    if told.endswith(("：", ":")):
        told = answer[answer.index(told) :]
    told = " ".join(told.split())
    return told if len(told) <= GIST else told[: GIST - 1] + "…"


def _pick(question_id: str, place: int) -> Action:
    return Action(verb="pick", args=(question_id, str(place)))


def _none(question_id: str) -> Button:
    return Button(label=texts.NONE_OF_THESE, action=Action(verb="none", args=(question_id,)))


def shorten(text: str) -> str:
    """A text that fits on a button."""
    return text if len(text) <= LABEL else text[: LABEL - 1] + "…"


def log(turn: Turn, text: str, outcome: Found | Unsure | NotFound) -> str:
    """Remember a question and what became of it; its id."""
    question_id = turn.services.new_id()
    answered_with = outcome.entry.id if isinstance(outcome, Found) else None
    # One more than is shown: what was the answer is not offered again after 「不是这个」.
    offered = outcome.offered if isinstance(outcome, Unsure) else outcome.candidates[: SHOWN + 1]
    decision = {Found: "answer", Unsure: "clarify", NotFound: "escalate"}[type(outcome)]
    turn.services.knowledge.log(
        Question(
            id=question_id,
            conversation=turn.incoming.conversation,
            channel=turn.incoming.channel,
            asked_at=turn.now,
            text=text,
            decision=decision,
            confidence=outcome.confidence,
            offered=tuple(candidate.entry.id for candidate in offered),
            answered_with=answered_with,
        )
    )
    return question_id


def pick(turn: Turn, args: tuple[str, ...]) -> Reply:
    """One of the offered questions was the right one."""
    question = _asked(turn, args[:1])
    if question is None or _place(question, args) is None:
        return say(texts.STALE_BUTTON)
    entry = offered_entry(turn, args)
    if entry is None:
        return say(texts.ANSWER_GONE)
    turn.services.knowledge.store.answered(question.id, entry.id, turn.now)
    turn.remember(asked=question.id)
    _keep_topic(turn, question.text, entry.id)
    blocks = answer_blocks(entry, question.text)
    return Reply(blocks=blocks, buttons=(rating((question.id,)),), decision="answer")


def offered_entry(turn: Turn, args: tuple[str, ...]) -> Entry | None:
    """The entry that a button names by question and place, if it still holds."""
    question = _asked(turn, args[:1])
    place = _place(question, args) if question else None
    return None if question is None or place is None else _entry(turn, question.offered[place])


def _place(question: Question, args: tuple[str, ...]) -> int | None:
    """Which of the offered a button names; None if there is no such one."""
    if len(args) != 2 or not args[1].isdecimal() or int(args[1]) >= len(question.offered):
        return None
    return int(args[1])


def _entry(turn: Turn, entry_id: str) -> Entry | None:
    try:
        return turn.services.knowledge.entry(entry_id, turn.today)
    except UnknownEntry:
        return None


def none_fits(turn: Turn, args: tuple[str, ...]) -> Reply:
    """None of the offered questions was meant."""
    for question in _all_asked(turn, args):
        turn.services.knowledge.store.refused(question, turn.now)
    return offer_staff(turn, args, texts.NONE_FITS)


def unsolved(turn: Turn, args: tuple[str, ...]) -> Reply:
    """The answer did not help."""
    for question in _all_asked(turn, args):
        turn.services.knowledge.store.rate(question, Said.UNSOLVED, turn.now)
    return offer_staff(turn, args, texts.SORRY_UNSOLVED)


def helpful(turn: Turn, args: tuple[str, ...]) -> Reply:
    """The answer helped."""
    known = _all_asked(turn, args)
    for question in known:
        turn.services.knowledge.store.rate(question, Said.HELPFUL, turn.now)
    return say(texts.THANKS_FOR_RATING if known else texts.STALE_BUTTON)


def not_this(turn: Turn, question: Question) -> Reply:
    """「不是这个」: the answer was another question's; what else it may have been is offered."""
    store = turn.services.knowledge.store
    store.rate(question, Said.UNSOLVED, turn.now)
    refused = store.refused_for(question.id)
    rows = [
        (Button(label=shorten(entry.question), action=_pick(question.id, place)),)
        for place, entry_id in enumerate(question.offered)
        if entry_id not in refused and (entry := _entry(turn, entry_id))
    ]
    if not rows:
        return offer_staff(turn, (question.id,), texts.SORRY_UNSOLVED)
    reply = Reply(
        blocks=(Block(text=texts.NOT_THIS),),
        buttons=(*rows[:SHOWN], (_none(question.id),), (_to_staff((question.id,)),)),
        decision="clarify",
    )
    return with_choice(turn, reply)


def offer_staff(turn: Turn, args: tuple[str, ...], text: str) -> Reply:
    """Say so, and offer to pass the questions on."""
    known = tuple(question.id for question in _all_asked(turn, args))
    if not known:
        return say(texts.STALE_BUTTON)
    return Reply(blocks=(Block(text=text),), buttons=((_to_staff(known),),), decision="escalate")


def _all_asked(turn: Turn, args: tuple[str, ...]) -> list[Question]:
    found = (_asked(turn, (question_id,)) for question_id in args)
    return [question for question in found if question]


def _asked(turn: Turn, args: tuple[str, ...]) -> Question | None:
    """The question a button belongs to, if it was asked in this conversation."""
    if not args:
        return None
    return turn.services.knowledge.store.question(args[0], turn.incoming.conversation)

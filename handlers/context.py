"""Messages about what was just said: 「第二个」「不是这个」「我是说备案」「还有呢」.

A message is read so only where there is something to refer to; otherwise it is a question.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from hashlib import blake2s
from typing import TypeAlias

from handlers import ask, texts
from handlers.conversation import Topic
from handlers.messages import Action, Block, Button, Reply, say
from handlers.turn import Turn
from knowledge import Entry, Question, Said, UnknownEntry
from knowledge.matching import SHOWN
from knowledge.questions import matter
from knowledge.slots import read
from knowledge.text import fold

Move: TypeAlias = Callable[[Turn, "re.Match[str]"], Reply | None]

_DIGITS = {digit: value for value, digit in enumerate("一二三四五六七八九", 1)}
_END = r"(?:啊|呀|呢|吧|哦|的|了)*"


def follow(turn: Turn, text: str) -> Reply | None:
    """The reply to a message that refers to what was just said; None if it is a question."""
    said = fold(text)
    for pattern, move in _MOVES:
        match = pattern.fullmatch(said)
        if match and (reply := move(turn, match)):
            return reply
        if match and move in _POINTING:
            return say(texts.VAGUE)
    return None


def choose(turn: Turn, match: "re.Match[str]") -> Reply | None:
    """「第二个」, 「2」: one of the options shown last."""
    options = [Action.decode(one) for one in turn.conversation.choice]
    last = sum(1 for option in options if option.verb != "none")
    number = last if match["number"] == "最后一" else _number(match["number"])
    if not 1 <= number <= len(options):
        return None
    chosen = options[number - 1]
    return _OPTIONS[chosen.verb](turn, chosen.args)


def _number(written: str) -> int:
    return _DIGITS.get(written) or int(written)


def none_of_these(turn: Turn, _: "re.Match[str]") -> Reply | None:
    """「都不是」 written instead of pressed."""
    options = [Action.decode(one) for one in turn.conversation.choice]
    none = next((option for option in options if option.verb == "none"), None)
    return ask.none_fits(turn, none.args) if none else None


def not_this(turn: Turn, match: "re.Match[str]") -> Reply | None:
    """「不是这个」 after an answer, or after a choice."""
    question = _last(turn)
    if question is None:
        return None
    offered = question.feedback == Said.UNSOLVED and bool(turn.conversation.choice)
    if question.answered_with and not offered:
        return ask.not_this(turn, question)
    return none_of_these(turn, match) or ask.offer_staff(turn, (question.id,), texts.NONE_FITS)


def correct(turn: Turn, match: "re.Match[str]") -> Reply | None:
    """「我是说备案」, 「不是核准,是备案」: the question before, of another thing."""
    word, wrong = match["word"], match.groupdict().get("wrong")
    context = ask.context_of(turn)
    if context is None:
        return None
    before = _entry(turn, context.entry_id)
    said_before = fold(context.question + (before.question if before else ""))
    if wrong and not _exchanges(word, wrong, said_before):
        return None
    corrected = turn.services.knowledge.corrected(word, turn.today, context)
    if corrected is None or read(word).aspects:  # 「我是说备案要多久」 is a question by itself
        return ask.ask(turn, word)
    return ask.tell(turn, [corrected])


def _exchanges(word: str, wrong: str, said_before: str) -> bool:
    """Whether 「不是A,是B」 exchanges things: 「不是本地人,是不是也能办」 is a question."""
    return "".join(matter(word)) == word and wrong in said_before


def more(turn: Turn, _: "re.Match[str]") -> Reply | None:
    """「还有呢」, 「详细点」: the answer was given whole, so what else there is on the matter."""
    topic = turn.conversation.topic_at(turn.now)
    if topic is None or not topic.entry_id:
        return None
    near = turn.services.knowledge.related(topic.entry_id, turn.today, topic.offered)[:SHOWN]
    if not near:
        return ask.offer_staff(turn, (turn.conversation.asked or "",), texts.NO_MORE)
    offered = (*topic.offered, *(entry.id for entry in near))
    turn.remember(topic=replace(topic, offered=offered))
    rows = tuple((_to(entry),) for entry in near)
    reply = Reply(blocks=(Block(text=texts.MORE_ON_THIS),), buttons=rows, decision="clarify")
    return ask.with_choice(turn, reply)


def see(turn: Turn, args: tuple[str, ...]) -> Reply:
    """One of the entries that 「还有呢」 offered."""
    topic = turn.conversation.topic
    entry_id = next((one for one in topic.offered if _key(one) in args), "") if topic else ""
    entry = _entry(turn, entry_id)
    if topic is None or entry is None:
        return Reply(blocks=(Block(text=texts.STALE_BUTTON),))
    turn.remember(
        topic=Topic(question=entry.question, entry_id=entry.id, at=turn.now, offered=topic.offered)
    )
    return Reply(blocks=ask.answer_blocks(entry), decision="answer")


def rate(turn: Turn, match: "re.Match[str]") -> Reply | None:
    """「没解决」, 「有帮助」 written instead of pressed."""
    question = _last(turn)
    if question is None or (match["good"] and not question.answered_with):
        return None
    if not question.answered_with:
        return ask.offer_staff(turn, (question.id,), texts.NONE_FITS)
    press = ask.unsolved if match["bad"] else ask.helpful
    return press(turn, (question.id,))


def _last(turn: Turn) -> Question | None:
    asked = turn.conversation.asked
    store = turn.services.knowledge.store
    return store.question(asked, turn.incoming.conversation) if asked else None


def _entry(turn: Turn, entry_id: str) -> Entry | None:
    try:
        return turn.services.knowledge.entry(entry_id, turn.today)
    except UnknownEntry:
        return None


def _to(entry: Entry) -> Button:
    action = Action(verb="see", args=(_key(entry.id),))
    return Button(label=ask.shorten(entry.question), action=action)


def _key(entry_id: str) -> str:
    """A short stand-in: ids of imported entries may be longer than a button can carry."""
    return blake2s(entry_id.encode(), digest_size=6).hexdigest()


_OPTIONS: dict[str, Callable[[Turn, tuple[str, ...]], Reply]] = {
    "pick": ask.pick,
    "see": see,
    "none": ask.none_fits,
}

_POINTING = (none_of_these, not_this)  # no questions, even with nothing to point at

_MOVES: tuple[tuple[re.Pattern[str], Move], ...] = tuple(
    (re.compile(f"(?:{pattern}){_END}"), move)
    for pattern, move in (
        (
            r"(?:我)?(?:选|要|看|问的是|就是|是|就)?(?:第)?(?P<number>[一二三四五六七八九1-9]|最后一)"
            r"(?:个|项|条|号|种)?(?:问题)?",
            choose,
        ),
        (
            r"(?:以上|这些)?(?:都|全|全都)(?:不是|不对)|没有(?:我(?:想|要)问的|一个是)|一个都不是",
            none_of_these,
        ),
        (
            r"(?:不对|错了|不是|不是这个(?:意思|问题|事情?)?|我?(?:想|要)?问的?(?:并)?不是(?:这个|这些)"
            r"|这?不是我(?:想|要)?(?:问|说)的(?:问题)?|答非所问|文不对题|牛头不对马嘴"
            r"|你?(?:回答|答|理解|弄|搞)(?:得|的)?(?:错|不对)|没(?:有)?(?:回答|答)(?:到)?我的问题"
            r"|我(?:说|指)的(?:并)?不是这个)+",
            not_this,
        ),
        (
            r"(?:不对|不是|错了|哦|噢|不)*(?:我)(?:是(?:想)?(?:说|问|指)|(?:说|问|指|讲|要问|想问)的是)"
            r"(?:的是)?(?P<word>.{1,20}?)",
            correct,
        ),
        (
            r"(?:不对|错了)?不是(?P<wrong>.{1,10}?)(?:而|我?(?:问|说)的)?是(?P<word>[^不].{0,11}?)",
            correct,
        ),
        (r"(?:应该)?是(?P<word>.{1,10}?)(?:而)?不是(?P<wrong>.{1,10}?)", correct),
        (
            r"还有(?:呢|别的|其他的?|什么|哪些|没有|更多)?吗?|(?:能|可以|请|再|说|讲|更|麻烦)*(?:详细|具体|仔细)"
            r"(?:一?点儿?|一?些|说说?|讲讲?|说明|解释)*吗?|(?:再|展开|多)(?:说说|讲讲|说点|说一点)|更多|然后|接着说|继续说?",
            more,
        ),
        (
            r"(?P<bad>(?:还是|仍然|并)?(?:没|没有|未)(?:解决|帮助|用))|(?P<good>(?:很)?有(?:帮助|用))",
            rate,
        ),
    )
)

"""Browsing the disclosure guide: contents, a section, a passage."""

from hashlib import blake2s

from handlers import texts
from handlers.ask import answer_blocks
from handlers.conversation import Topic
from handlers.messages import Action, Block, Button, Reply, Style, say
from handlers.turn import Turn
from knowledge import Section


def command(turn: Turn, _: str) -> Reply:
    """/guide"""
    return contents(turn, ())


def contents(turn: Turn, args: tuple[str, ...]) -> Reply:
    """All sections as buttons."""
    sections = turn.services.knowledge.guide(turn.today)
    if not sections:
        return say(texts.GUIDE_EMPTY)
    return Reply(
        blocks=(
            Block(text=texts.GUIDE_TITLE, style=Style.TITLE),
            Block(text=texts.GUIDE_CHOOSE),
        ),
        buttons=tuple((_to_section(section),) for section in sections),
        in_place=turn.incoming.action is not None,
    )


def section(turn: Turn, args: tuple[str, ...]) -> Reply:
    """The passages of a section as buttons."""
    for one in turn.services.knowledge.guide(turn.today):
        if _key(one.title) in args:
            return _section(one)
    return say(texts.SECTION_GONE)


def _section(one: Section) -> Reply:
    rows = [
        (Button(label=p.question, action=Action(verb="passage", args=(_key(p.id),))),)
        for p in one.passages
    ]
    back = Button(label=texts.BACK_TO_GUIDE, action=Action(verb="guide"))
    return Reply(
        blocks=(Block(text=one.title, style=Style.TITLE), Block(text=texts.GUIDE_CHOOSE)),
        buttons=(*rows, (back,)),
        in_place=True,
    )


def passage(turn: Turn, args: tuple[str, ...]) -> Reply:
    """One passage; questions that follow are about it."""
    for one in turn.services.knowledge.guide(turn.today):
        for entry in one.passages:
            if _key(entry.id) in args:
                turn.remember(topic=Topic(question=entry.question, entry_id=entry.id, at=turn.now))
                back = Button(
                    label=texts.BACK_TO_SECTION,
                    action=Action(verb="section", args=(_key(one.title),)),
                )
                return Reply(
                    blocks=answer_blocks(entry),
                    buttons=((back,),),
                    in_place=True,
                    decision="answer",
                )
    return say(texts.SECTION_GONE)


def _to_section(one: Section) -> Button:
    return Button(label=one.title, action=Action(verb="section", args=(_key(one.title),)))


def _key(name: str) -> str:
    """A short stand-in for a title or id: buttons carry 64 bytes, names may be longer."""
    return blake2s(name.encode(), digest_size=6).hexdigest()

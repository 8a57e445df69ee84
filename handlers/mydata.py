"""What is kept of a person: all of it as a file, and leave to forget it.

个人信息保护法 第四十五条、第四十七条.
"""

from handlers import data_texts, texts
from handlers.messages import Action, Block, Button, Document, Reply, say
from handlers.services import Held, NewFile
from handlers.turn import Turn

VERB = "forget"


def command(turn: Turn, _: str) -> Reply:
    """/mydata: everything that is kept of whoever asks, as a text file."""
    if not turn.incoming.private:
        return say(texts.PLEASE_PRIVATELY)
    person = turn.incoming.person
    held = turn.services.records.held(person)
    body = "\n".join(_lines(turn, held)).encode("utf-8-sig")  # Notepad needs the mark
    name = data_texts.file_name(turn.today)
    new = NewFile(person=person, name=name, media_type="text/plain; charset=utf-8", body=body)
    document = Document(id=turn.services.files.put(new, turn.now), name=name)
    return Reply(blocks=(Block(text=data_texts.HERE_IT_IS),), documents=(document,))


def _lines(turn: Turn, held: Held) -> list[str]:
    said = [data_texts.said(turn.local(one.at), one.text) for one in held.messages]
    cases = [data_texts.case(one) for one in turn.services.desk.cases_of(turn.incoming.person)]
    return [
        data_texts.file_title(turn.today),
        *data_texts.section(data_texts.CASES, cases),
        *data_texts.section(data_texts.FILES, list(held.files)),
        *data_texts.section(data_texts.MESSAGES, said),
    ]


def ask_forget(turn: Turn, _: str) -> Reply:
    """/forget: says what goes and what stays, and asks."""
    if not turn.incoming.private:
        return say(texts.PLEASE_PRIVATELY)
    yes = Button(label=data_texts.REALLY, action=Action(verb=VERB, args=("yes",)))
    no = Button(label=data_texts.KEEP, action=Action(verb=VERB, args=("no",)))
    return Reply(blocks=(Block(text=data_texts.FORGET_WHAT),), buttons=((yes, no),))


def pressed(turn: Turn, args: tuple[str, ...]) -> Reply:
    """Forget, or not."""
    if args != ("yes",) or not turn.incoming.private:
        return say(data_texts.KEPT)
    erased = turn.services.desk.forget(turn.incoming.person)
    turn.services.records.forget(turn.incoming.person, erased.erased)
    turn.forget()
    return say(data_texts.forgotten(len(erased.erased), len(erased.kept)))

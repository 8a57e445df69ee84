"""What a message asks: one question or several, and whether it leans on what was said before."""

import re

from knowledge import slots, wordlists
from knowledge.text import clean, fold, strip_politeness, words

MOST = 3  # questions of one message that are answered; the rest would bury the answers
_VERB_ALONE = 6  # characters up to which a question with one more character has no matter
_SHORTEST = 4  # characters of a part that can be a question of its own

_END = re.compile(
    r"[?!;\n]+|(?<=[\u4e00-\u9fff])。(?=.)|(?:^|[,。])\s*(?:还有|另外|再问|顺便问|第二)[,:]?"
)
_ASKS = re.compile(
    r"[?]|[吗呢么嘛]$|什么|怎么|怎样|如何|咋|啥|谁|哪|几|多少|多久|多长|能不能|可不可以"
    r"|是不是|有没有|要不要|能否|是否|为何|为啥"
)
_LEANS = re.compile(
    r"^(?:那么|那|这个|那个|这|它|他|上面|刚才|前面|还|然后|接着|如果|要是|假如|万一|另外|再)"
    r"|(?:这个|那个|这种|那种|它)(?:要|是|需|能|可|收|的|在|去|怎|多)|呢$"
)
# Words that ask but name no matter: with nothing else in it, a question leans on the one before.
_NO_MATTER = wordlists.words("no_matter.txt")


def split(text: str) -> list[str]:
    """The questions in a message, at most `MOST`; the whole message if it holds only one.

    A statement before a question stays with it: 「我想申请公开。要钱吗?」 is one question.
    """
    whole = strip_politeness(clean(text))
    parts = [part.strip(" ,。") for part in _cut(whole)]
    asked: list[str] = []
    said = ""
    for part in parts:
        bare = strip_politeness(part)
        if len(fold(bare)) < _SHORTEST and not _ASKS.search(bare):
            continue
        said = f"{said},{bare}" if said else bare
        if _ASKS.search(part):
            asked.append(said)
            said = ""
    if said and asked:
        asked[-1] = f"{asked[-1]},{said}"
    return asked[:MOST] if len(asked) > 1 else [whole]


def asks(text: str) -> bool:
    """Whether a text asks something, and does not only name a matter (「信息公开」)."""
    return bool(_ASKS.search(clean(text)))


def _cut(whole: str) -> list[str]:
    """Cut behind each mark, which stays with its part: a 「?」 says that something is asked."""
    parts, start = [], 0
    for mark in _END.finditer(whole):
        parts.append(whole[start : mark.end()])
        start = mark.end()
    return [part for part in (*parts, whole[start:]) if part.strip()]


def matter(question: str) -> list[str]:
    """The words that tell what a question is about; none in 「那要多久?」."""
    bare = fold(strip_politeness(clean(question)))
    named = (word for word in words(bare) if word not in _NO_MATTER and not _ASKS.search(word))
    return [word for word in named if not slots.read(word).aspects]


def subject(question: str) -> str:
    """A question without what asks and without the side asked for: 申请信息公开 of 「申请信息公开
    要多久」. Wider than `matter`: 申请 and 答复 stay."""
    bare = fold(strip_politeness(clean(question)))
    kept = (w for w in words(bare) if not _ASKS.search(w) and not slots.read(w).aspects)
    return "".join(kept)


def leans(question: str) -> bool:
    """Whether a question can only be understood with the one before it (「那要多久?」)."""
    bare = strip_politeness(clean(question)).rstrip("?。! ")
    named = [word for word in words(fold(bare)) if word not in _NO_MATTER]
    things = matter(bare)
    # 去哪告: a verb alone is no matter.
    if not things or (len(fold(bare)) <= _VERB_ALONE and [*map(len, things)] == [1]):
        return True
    return len(fold(bare)) <= 12 and bool(_LEANS.search(bare)) and len(named) <= 2

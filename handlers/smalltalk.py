"""What is said but not asked: greetings, thanks, goodbyes, abuse, messages without words."""

import re
from enum import StrEnum

from knowledge.text import fold


class SmallTalk(StrEnum):
    """A kind of message that wants a short word, not an answer."""

    GREETING = "greeting"
    THANKS = "thanks"
    GOODBYE = "goodbye"
    ABUSE = "abuse"
    WHO = "who"
    NOTHING = "nothing"  # no words at all: empty, emoji only, punctuation only


_PATTERNS: tuple[tuple[SmallTalk, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(f"(?:{pattern})+"))
    for kind, pattern in (
        (
            SmallTalk.GREETING,
            r"你好|您好|早上好|上午好|中午好|下午好|晚上好|早安|晚安|早|大家好|嗨|哈喽|哈罗|hello|hi|hey|nihao|ninhao|喂"
            r"|在吗|在么|在不在|有人吗|有人么|有人在吗|客服|请问|请问一下|问一下|问个事|咨询|我想咨询|我要咨询|啊|呀|吗|呢",
        ),
        (
            SmallTalk.THANKS,
            r"谢谢|谢谢您|谢谢你|谢了|谢|多谢|感谢|非常感谢|万分感谢|3q|thanks|thankyou|xiexie|辛苦了|辛苦|麻烦了|好的|好|行|嗯|哦|ok|知道了|明白了|明白"
            r"|收到|懂了|清楚了|可以了|了|啊|啦|您|你|不用了|没事了|没有了|解决了",
        ),
        (SmallTalk.GOODBYE, r"再见|拜拜|拜|回见|bye|byebye|88|再会|先这样|就这样"),
        (
            SmallTalk.WHO,
            r"你是谁|您是谁|你是机器人吗|你是人吗|你是真人吗|是机器人吗|你叫什么|你叫什么名字|你能做什么|你会什么|你会做什么"
            r"|你能干什么|你能干啥|你会干啥|你能帮我什么|怎么用|怎么使用|这是什么|这是干什么的|帮助|功能",
        ),
    )
)
_ABUSE = re.compile(
    r"傻逼|傻b|煞笔|沙比|sb|操你|草你|艹|妈的|他妈|尼玛|你妈|滚|滚蛋|混蛋|王八|垃圾|废物|去死|脑残|白痴|智障|狗东西|狗屁|放屁|fuck|shit|骗子|吃屎|不要脸"
)
_HARSH_UP_TO = 12  # characters: a longer message has something to say besides


def classify(text: str) -> SmallTalk | None:
    """What kind of small talk a message is; None if it may be a question."""
    said = fold(text)
    if not said or not re.search(r"[a-z\u3400-\u9fff]", said):
        return SmallTalk.NOTHING
    for kind, pattern in _PATTERNS:
        if pattern.fullmatch(said):
            return kind
    return None


def is_abuse(text: str) -> bool:
    """Whether a short message is nothing but anger; asked only when no answer was found."""
    said = fold(text)
    return len(said) <= _HARSH_UP_TO and bool(_ABUSE.search(said))

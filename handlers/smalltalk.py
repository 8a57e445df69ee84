"""What is said but not asked: greetings, thanks, goodbyes, who are you, complaints about us.

A message is small talk only if all of it is: whatever has a matter in it is a question.
"""

import re
from enum import StrEnum

from knowledge.text import fold


class SmallTalk(StrEnum):
    """A kind of message that wants a short word, not an answer."""

    GREETING = "greeting"
    THANKS = "thanks"
    GOODBYE = "goodbye"
    WISHES = "wishes"
    WAIT = "wait"  # asks for patience, or excuses itself
    NEVER_MIND = "never mind"
    WHO = "who"  # where am I here
    MACHINE = "machine"  # who, or what, are you
    ABLE = "able"  # what can you do
    HUMAN = "human"  # wants to speak with one
    COMPLAINT = "complaint"  # about our answers
    ABUSE = "abuse"
    CHAT = "chat"  # something personal or amusing
    NOTHING = "nothing"  # no words at all: empty, emoji only, punctuation only


# Pieces, any number of them, in folded form: without marks, 在不在 as 在.
_ASKS = (
    r"(?:能|可以|可|想|要|需要|来|跟|向|再)*(?:请教|请问|咨询|问|打听|了解)(?:一下|下|你|您|一)*"
)
_THING = r"(?:一?个|点|些|件)*(?:事情?儿?|问题)"
_YOU = r"(?:你|您|你们|这个?|这里|咱们)"
_THIS = (
    r"(?:你|您|你们|这|那|个|是|就是|真的?|太|好|很|都|也|就|又|还|的|了|啊|呀|吧|吗|嘛|呢|啦|哦"
    r"|哎|唉|什么|啥|简直|根本|完全|怎么|机器人|客服|助手|东西|玩意儿?|回答|答复|说)"
)
_ABUSIVE = (
    r"(?:傻逼|傻b|煞笔|沙比|sb|操你|草你|艹|妈的|他妈|尼玛|你妈|滚|滚蛋|混蛋|王八|垃圾|废物|去死|脑残"
    r"|白痴|智障|狗东西|狗屁|放屁|fuck|shit|骗子|吃屎|不要脸)"
)
_POOR = (
    r"(?:笨|蠢|傻|差劲|差|烂|破|没用|不好用|难用|不行|没劲|不智能|人工智障|慢|死板|敷衍|听不懂(?:人话|话)?|不懂(?:人话)?"
    r"|没(?:有)?(?:听|看|搞|弄)?懂|看不懂|复杂|答非所问|文不对题|等于没说|什么都不(?:知道|懂|会)|一点(?:儿)?用都?没有"
    r"|没(?:有)?一点用|没什么用|有什么用|答错|答得不对|不对|不是我(?:想|要|想要|要问|想问)的?|说人话|骗人|糊弄(?:人|我)?"
    r"|什么玩意儿?|(?:不会|能)?好好(?:回答|说话?)|投诉你们?|无法沟通|没法沟通|鸡同鸭讲|浪费(?:我的?)?时间)"
)
_PATTERNS: tuple[tuple[SmallTalk, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(f"(?:{pattern})+"))
    for kind, pattern in (
        (
            SmallTalk.GREETING,
            r"你好|您好|你们好|早上好|早安|上午好|中午好|下午好|晚上好|晚安|早|大家好|嗨|哈喽|哈罗|哈啰|hello|hi|hey|nihao|ninhao"
            r"|喂|在吗|在么|在|有人(?:在)?(?:吗|么|没有?)?|客服|领导|同志|老师|麻烦|劳驾|打扰(?:一下|了)?|测试|test"
            rf"|(?:我|俺)?(?:就是)?{_ASKS}(?:{_THING})?|(?:我|俺)?(?:有|这里有|还有){_THING}|啊|呀|吗|呢|吧|了",
        ),
        (
            SmallTalk.NEVER_MIND,
            r"算了|罢了|好吧|行吧|那好吧|无语|唉|哎|切|呵|哈|嘿|嘻|随便|没什么|没啥|没事|不问了|不说了|不办了|吧|了|啊|那|就",
        ),
        (
            SmallTalk.THANKS,
            r"(?:太|非常|十分|万分|真是|真的|真心|很|多|衷心)*(?:感谢|谢谢|谢|3q|thanks|thankyou|thx|xiexie)(?:您|你|你们|大家|了|啦|啊|哈)*"
            r"(?:的|解答|回答|回复|帮助|耐心|指点|解惑)*|辛苦了?|麻烦了|(?:我|都|就)*(?:知道|明白|收到|懂|清楚|了解|解决|搞定)了?|好的?|好嘞|好滴|行的?|嗯|恩|哦|噢"
            r"|ok|okay|可以了|了|啊|啦|哈|呢|您|你|不用了|没事了|没有?(?:别的|其他的?)?(?:问题|事)?了|没(?:别的)?问题了|不客气|客气了",
        ),
        (
            SmallTalk.GOODBYE,
            r"再见|拜拜|拜|回见|bye|byebye|88|886|再会|下次(?:见|聊|再聊)|回头(?:见|聊|再聊)|(?:那|我)*(?:就|先)(?:这样|到这)(?:吧|了)?|我?先走了|那就这样|好的?|谢谢|了|吧|啊|哈",
        ),
        (
            SmallTalk.WISHES,
            r"(?:祝|愿)(?:你|您|你们|大家).{1,8}|新年好|新年快乐|春节快乐|过年好|节日快乐|[中端元]\S{1,2}快乐|国庆快乐|周末愉快|恭喜发财|谢谢",
        ),
        (
            SmallTalk.WAIT,
            r"(?:请|你|您)*(?:稍|等)(?:等|一?下|会儿?|一会儿?)+|稍后|我(?:想想|看看|找找|查查)|不好意思|对不起|抱歉|打扰了|发错了|打错了|啊|了|哈|吧|先",
        ),
        (
            SmallTalk.WHO,
            rf"{_YOU}(?:是|属于)?(?:哪里|哪个|什么|啥)(?:单位|部门|地方|平台|网站|机构|系统|人)?(?:的|啊|呀|呢)?|这是(?:什么|干什么的?|干啥的?|干嘛的?|哪里|哪)"
            rf"|{_YOU}是干(?:什么|啥|嘛)的?|啊|呀|呢",
        ),
        (
            SmallTalk.MACHINE,
            rf"{_YOU}(?:是谁|(?:是)?哪位|叫(?:什么|啥)(?:名字?)?|是(?:不是)?(?:真|活)?(?:人|的)?(?:吗|么)?(?:还是)?(?:机器人?|人工智能|ai|程序|电脑|真人|人工|客服)?(?:吗|么|吧)?)"
            r"|(?:我)?(?:是|在)?(?:在)?(?:跟|和|与)?(?:真人|人|机器人?|ai)(?:在)?(?:说话|聊天|对话|回答|回复)(?:吗|么|呢)?"
            r"|是(?:机器人?|真人|人工|人工智能|ai)(?:吗|么|回答吗|回复吗)?|你是(?:谁|什么)(?:做|开发|发明)的|啊|呀|呢|吗",
        ),
        (
            SmallTalk.ABLE,
            rf"{_YOU}?(?:都|到底|究竟)?(?:能|会|可以|可)(?:够)?(?:帮我|为我|给我|帮忙)?(?:都)?(?:做|干|办|帮|回答|解答|问|查|咨询|帮助|处理)?(?:些|点)?(?:哪些|什么|啥|嘛|哪方面)(?:的)?(?:问题|事情?|忙|业务|内容|东西)?"
            r"|(?:你|这个?)?(?:怎么|如何|咋)(?:用|提问)|使用(?:说明|方法|帮助)|帮助|(?:有|都有)?(?:什么|啥|哪些)功能|功能|(?:主)?菜单|目录|重新开始|从头开始|返回|首页|help|start|啊|呀|呢|吗|的",
        ),
        (
            SmallTalk.HUMAN,
            r"(?:我|那|就|请|快|直接|帮我|给我|能|能不能|可以|可|要|想|需要|马上|麻烦)*(?:转|找|换|接|叫|跟|和|要|联系|有|请)*(?:个|一下|到|接|给|你们的?|一个)*"
            r"(?:人工|真人|活人|工作人员|客服人员|人工客服|真人客服|人工服务|人工坐席|人来)(?:客服|服务|坐席|人员|座席)*(?:聊|谈|说话?|沟通|讲|回答|答复|处理|来|帮我|行)*"
            r"(?:吗|么|吧|啊|呢|呀|一下|了)*|(?:我)?(?:要|想|只想)(?:跟|和|与)(?:你们)?(?:人|活人|领导)(?:说话?|聊天?|谈|沟通|讲话?)|(?:叫|让|找|喊)你们(?:的)?(?:领导|负责人|管事的)(?:来|出来|过来)?",
        ),
        (
            SmallTalk.CHAT,
            r"(?:你|您)(?:今年)?(?:多大|几岁|多少岁)了?|(?:你|您)(?:吃|睡|起床|下班|结婚|有对象|有男朋友|有女朋友|累|冷|开心|高兴)(?:饭|觉|着)?(?:了)?(?:没有?|吗|么)"
            r"|(?:给我|来|再)*(?:讲|说)一?个(?:笑话|故事)|(?:给我)?唱首?歌|(?:你)?(?:喜欢|爱)我(?:吗)?|我(?:爱|喜欢)你|(?:陪我)?(?:聊天|聊聊天?|聊聊)"
            r"|(?:今天|明天|现在|外面)*(?:的)?天气(?:怎么样|如何|好吗)?|(?:现在)?几点了|今天(?:是)?(?:几号|星期几|周几)|啊|呀|呢|吧",
        ),
    )
)
_COMPLAINT = re.compile(f"(?:我|要|{_THIS})*{_POOR}(?:我|{_THIS}|{_POOR})*")
_INSULT = re.compile(f"{_THIS}*{_ABUSIVE}(?:{_THIS}|{_ABUSIVE})*")
_ABUSE = re.compile(_ABUSIVE)
_LONGEST = 20  # characters: the patterns may take long over more, and nobody greets at length
_HARSH_UP_TO = 12  # characters: a longer message has something to say besides


def classify(text: str) -> SmallTalk | None:
    """What kind of small talk a message is; None if it may be a question."""
    said = fold(text)
    if not said or not re.search(r"[a-z\u3400-\u9fff]", said):
        return SmallTalk.NOTHING
    if len(said) > _LONGEST:
        return None
    for kind, pattern in _PATTERNS:
        if pattern.fullmatch(said):
            return kind
    if _INSULT.fullmatch(said):
        return SmallTalk.ABUSE
    return SmallTalk.COMPLAINT if _COMPLAINT.fullmatch(said) else None


def is_abuse(text: str) -> bool:
    """Whether a short message is nothing but anger; asked only when no answer was found."""
    said = fold(text)
    return len(said) <= _HARSH_UP_TO and bool(_ABUSE.search(said))

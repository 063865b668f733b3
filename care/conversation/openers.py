"""Words with which somebody only begins to speak (我想问个事; 喂有人吗): they are told to go on, and waited for.

Elders seldom come out with it at once. Such words are made of nothing but an address, a wish to ask, and “something”.
"""

from __future__ import annotations

import re

from care.conversation.hearing import bare
from care.conversation.model import Conversation
from care.reply import Outcome
from care.texts import reply

_LED = r"(?:喂|哎|诶|欸|那个|那|嗯|啊|你好|您好|同志|师傅|小?姑娘|闺女|妹子|小伙子|小同志|大姐|老师|不好意思|麻烦|劳驾|劳烦|请)*"
_WHO = r"(?:我|俺|额|咱|阿拉)?(?:这|这里|这边|这儿|今天|还|就|是)*(?:想要?|要|得|先|来|能不能|可不可以|能|可以)*"
_YOU = r"(?:跟|和|向|同|找|给)?(?:你|您|侬|恁)?(?:们)?(?:这(?:里|儿|边))?"
_ASK = r"(?:请问|问问?|打听打听|打听|请教请教|请教|咨询咨询|咨询|了解了解|了解|询问)"
_SOME = r"(?:一?(?:个|点|件|些|桩|下|下子|声)|几(?:个|件|样)|两(?:个|件|样))?"
_THING = r"(?:事|事情|事儿|问题|情况|东西)?"
_END = r"(?:行不行|行不|行吗|好不好|好吗|好不|可以吗|可以不|可不可以|中不中|中不|得不得|吗|么|呀|啊|呢|吧|哈|嘛|哦|咯|喽|了)*"
_UNCLEAR = r"(?:不(?:太|大)?(?:懂|明白|清楚|晓得|知道)|弄不(?:懂|清|明白)|搞不(?:懂|清|明白)|想不通|闹不(?:懂|明白|清))"
_OPENS = (
    re.compile(rf"{_LED}{_WHO}{_YOU}{_ASK}(?:一下|下)?(?:你|您|侬|恁)?(?:们)?{_SOME}{_THING}{_END}"),
    re.compile(rf"{_LED}{_WHO}{_YOU}(?:说|讲|求|托|麻烦)(?:你|您|侬|恁)?(?:们)?(?:帮)?(?:一?[个件点桩]|几[个件句]|两[个件句])(?:事情?|事儿|小事|忙|问题|情况|话){_END}"),
    re.compile(rf"{_LED}{_WHO}有(?:一?[个件点桩些]|几[个件样]|两[个件样])小?(?:事情?|事儿|问题|情况|地方){_WHO}{_YOU}(?:{_ASK}|{_UNCLEAR}|说|讲|求|托|麻烦|帮忙?)?(?:一下|下)?(?:你|您|侬|恁)?(?:们)?(?:帮忙?)?(?:一下|下)?{_END}"),
)
_TOO_LITTLE = re.compile(r"(?:喂|哎|那|嗯|啊|我|你|您|想|要|说|讲|问|求|麻烦|你们|了|吧|呀|啊|话|事|跟|和|找|给|请)*")
"""Words of these alone may be anything (说吧, 你说, 我要说话)."""
_ANYBODY = re.compile(r"(?:喂|哎|你好|您好|请问)*(?:这里|那边|那头)?(?:有没有人|有冇人|有人)(?:在|接|听)?(?:吗|么|没|不|啊|呀|没有)*")
"""Whether anybody is there: at the beginning only a call, later a wish for people."""


def met(conversation: Conversation, text: str) -> Outcome | None:
    """The invitation to go on; none where the words say more, or less, than that they begin."""
    words = bare(text)
    begun = conversation.task or conversation.drafts or conversation.state != "idle"
    if _ANYBODY.fullmatch(words):
        return None if begun else Outcome([reply("conversation.here")], "idle")
    if _TOO_LITTLE.fullmatch(words) or not any(form.fullmatch(words) for form in _OPENS):
        return None
    return Outcome([reply("conversation.listening")], conversation.state if begun else "idle")

"""“I don't know” in however many words: that somebody cannot tell, leaves it to whoever decides or comes, or to a relative.

Elders seldom say a bare 不知道. They say 弄不清咧你看着弄, 师傅来一看就知道, 这得问他儿子: no answer, no remark for whoever comes, and
in a question that somebody put nothing of not being able to speak.
"""

from __future__ import annotations

import re
from dataclasses import replace

from care.booking.hearing import is_question
from care.turn import Turn

_PAUSE = re.compile(r"[，,。；;、！!？?…\s]+")
_WHO = r"(?:我们?|俺们?|额们?|俄|偶|咱们?|伢|伲|阿拉|侬|自己|自家|人)"
_THIS = r"(?:这(?:个|一?[条样项点]|些|事儿?|东西|种|方面)?|那(?:个|些)?|咯(?:个|些)?|个(?:个)?|呢(?:个|样|啲)|嗰(?:个|啲)?|具体的?|详细的?|别的|科室|什么科)"
_LED = rf"(?:哎[呀哟]?|唉|啊|哦|噢|嗯|呃|那|就|也|都|还|可|真(?:系|的|是)?|实在|确实|又|倒|还真|不好意思[呀啊]?|对不起|{_THIS}|{_WHO})*"
_MUCH = r"(?:(?:那么|这么|里么|噶|咁|恁|咯|这|那)多(?:事|东西|名堂|嘢)?)"
_NO_KIN = r"(?:(?:我|俺|额)又(?:不是|唔系)(?:他|她|佢|渠|人家)(?:屋里|家里?)?的?(?:崽女?|伢|儿女?|儿子|女儿|闺女|仔女?|亲戚|屋里人|家里?人|什么人|么人))"
_END = r"(?:[了啦咧哒咯喽哩嘞啊呀呢嘛哈哦喔喎噢哇吧呗的个滴㗎噶咖撒唦哟]|清白|清楚|明白|先|呢)*"
_CANNOT = (
    r"(?:(?:不|唔|冇|没|莫|毋)(?:太|大|怎么|咋|很|是很)?(?:知道|知|晓得|清楚|清|懂得?|会(?:讲|说|弄|搞|答|填)|识讲?|明白|了解|记得|确定|好(?:说|讲|哇|话)|晓|研究过|打听过|想过|想好|问过|听(?:说|讲)过|留意|注意|有数|数)"
    r"|(?:没|冇)有?(?:研究|打听|想|问|留意|注意)过?|晓不得|认不得|弄?晓勿得"
    r"|(?:弄|搞|闹|整|说|讲|记|算|分|听)(?:也|都)?(?:不|唔|冇)(?:清楚?|懂|明白?|得|准|好(?![听看过用])|定|上来|来)|(?:答|回答|应)(?:也|都)?(?:不|唔)(?:出|上|来|了|出来|上来)|(?:哪(?:里|儿|个)?|怎么|咋)(?:就)?(?:会|能)?(?:知道?|晓得|懂|清楚|记得)|(?:你|您)问我我?问(?:谁|哪个)去?|(?:莫|别|甭|不要)问我|(?:[^，。]{0,3}[纸单本上历]|医生|大夫|医院|人家|他|她)[里上面]*(?:也|都|又)?(?:没|冇|莫)有?(?:写|讲|说|告诉我?|交代))"
)
_LEFT_TO_YOU = (
    r"(?:(?:都行|都可以|都好|随便|行|那|就|全|都|还是|一切|麻烦|请)*(?:你们?|您们?|恁|侬|师傅|医生|护士|阿姨|姑娘|闺女)(?:们)?(?:自己|自家)?(?:就|来|给|帮|帮[我额俺咱]|给[我额俺咱])*(?:(?:看着|看倒|看到)(?:弄|办|来|搞|安排|定|写|填)|拿个?主意|做主|作主|定|决定|谂|想|说了算|选|挑)|(?:你们?|您们?)自己(?:搞|弄|来)"
    r"|(?:听|随|由|依|凭|全凭|任)(?:你们?|您们?|便|师傅|医生)(?:的|吧|便|安排|定|办|说)*|(?:都|怎么|咋|哪样|何解|点)(?:行|样|办|弄)?都(?:行|可以|得|好|中|成|要得)|(?:恩|你|您)(?:哇|说|讲)(?:哪样|什么|怎样|咋)就(?:哪样|什么|怎样|咋)|帮[我额俺咱](?:想|谂|拿主意|定))"
)
_WILL_BE_SEEN = (
    r"(?:(?:等|让|叫|喊|请|还是|要|得|来|派)*(?:个|了)?(?:师傅|医生|大夫|护士|阿姨|人|你们?|您们?|恩里?|佢哋?|他们)们?(?:上门|来|到|过来|去)?(?:了|咗|哒|咧|家)*(?:(?:再|先|才)+(?:看|讲|说|哇|话|定)|(?:自己|自然|一|看|瞧|下|眼|就|会|才|便|不)*(?:知道?|晓得|明白|清楚|懂|有数))"
    r"|(?:等|让|叫|喊|请)(?:师傅|医生|大夫|护士|阿姨|你们?|您们?|恩里?)(?:上门|过?来)?(?:看|瞧|讲|说|定)(?:一?下|看|看看)?"
    r"|(?:到时候?|到了|去了|来了|以后|回头|迟啲|过后|等下)(?:再|先)(?:说|讲|哇|看|倾|话|问|定|想)(?:看|吧)?)"
)
_OPEN = r"(?:(?:就|先|那|你|您|暂时|要不)*(?:空着|空到|空起|略过|跳过|放着|留着|不填|莫填|不写|(?<=先)记着|(?<=先)记到)(?:行不行|吧|好了|再说)?)"
_OTHERS_KNOW = (
    r"(?:(?:你|您|要|得|等|回头|还|先|需要|我)*(?:去|回来)?(?:要|得|等|回头|须)(?:我|俺|额|先|回来|去|再)*问(?:问|下|一下|过)?(?:我|俺|额|他|她|佢|俺们|人家)?(?:家|屋里|里)?(?:[\u4e00-\u9fff]{1,4}?)(?:去|先|才行|才知道|才晓得)?|等[^，。]{1,6}回来问)"
)
_NOT_KNOWN = re.compile(rf"{_LED}{_NO_KIN}?{_LED}(?:{_CANNOT}|{_OTHERS_KNOW})(?:{_MUCH}|{_THIS})?{_END}(?:{_LEFT_TO_YOU}|{_WILL_BE_SEEN}|{_OPEN})?{_END}")
_BEFORE = re.compile(_LED + _NO_KIN)
"""A clause that only says why (我又不是他屋里人，哪里晓得)."""
_WHATEVER = re.compile(rf"{_LED}(?:{_LEFT_TO_YOU}|{_WILL_BE_SEEN}|{_OPEN}){_END}")
LITTLE = 8
"""Characters of a clause that may stand beside such words when it tells nothing (佢出差了, 我就是个干活儿的)."""


def says(clause: str) -> bool:
    """Whether a clause says that somebody does not know, or leaves it to others."""
    return bool(_NOT_KNOWN.fullmatch(clause) or _WHATEVER.fullmatch(clause))


def whole(text: str) -> bool:
    """Whether the words say nothing but that (咯我答不出; 额不懂这 来个师傅一看就知道咧)."""
    clauses = [one for one in _PAUSE.split(text) if one]
    clauses = [one for one in clauses if not _BEFORE.fullmatch(one)]
    return bool(clauses) and all(map(says, clauses))


def cannot_tell(text: str) -> bool:
    """Whether one clause says so plainly, and does not only leave it to others (听你的 may be a yes)."""
    return any(_NOT_KNOWN.fullmatch(one) for one in _PAUSE.split(text) if one)


def as_meant(turn: Turn) -> Turn:
    """The turn as an “I don't know” where it is one: what its clauses seem to name (得问他儿子) is then no answer to anything."""
    clauses = [one for one in _PAUSE.split(turn.text) if one]
    empty = [one for one in clauses if says(one)]
    if not empty:
        return turn
    kept = tuple(e for e in turn.entities if not any(e.text in one or one in e.text for one in empty))
    rest = [one for one in clauses if one not in empty]
    if kept or any(len(one) > LITTLE or is_question(one) for one in rest):
        return replace(turn, entities=kept)
    return replace(turn, intent="dont_know", does="nothing", moves=(), entities=())

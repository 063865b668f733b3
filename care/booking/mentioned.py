"""A service that is only told of while another one is being booked (上厕所洗澡得人扶; 明天他去体检，改后天吧), and one that is wished for."""

from __future__ import annotations

import re

from care.booking import dropped
from care.booking.hearing import Hearing, bare

CHANGES = re.compile(r"改|换(?![双件身条床套根块瓶新完]|过|好|了药|洗|药|尿|管|床单|衣|鞋|灯|锁|纱|水|气|牌)")
"""Words that want something else; 换洗衣裳 wants nothing."""
WISHES = ("再来", "再给", "再订", "再约", "来一份", "来份", "另外", "顺便", "还要", "还想")
"""Words of somebody who wants something besides."""
WISHED = re.compile(r"(?:那|哎|嗯|对了)*(?:我|俺|咱|我们)(?:还|再|也)?(?:想|要)")
ADDS = re.compile(
    r"再(?:加|添|给|帮|来|订|定|约|要)|(?:另外|顺便|还)(?:要|想|得|给|帮|再|加|订|约|有)|加(?:一个|个|一样|一项|上)"
)
GIVES_BACK = re.compile(r"算了|不(?:剪|理|洗|订|约|要|做|送|租|借|打扫|擦|修|弄|搞|吃|去|看)了")
"""Words with which what was being booked is given up."""
MEANT = re.compile(r"[我俺额](?:是说|是讲|说的是|讲的是|要的是|想要的是|意思是|都?说[了过](?:是|要)?)")
"""Words that say what was meant (我是说剪头发)."""
MOVES = re.compile(
    r"(?:改|换)(?:到|成|在|个)?(?:今|明|后|大后|下|上|早|中午|晚|周|星期|礼拜|[0-9一二两三四五六七八九十]+[点号])"
)
"""Another day or hour is wanted; a service in the same words is the reason (我要打针，改下午三点)."""
CALLS_FOR = re.compile(
    r"想|要|订|定|约|叫|派|找|请|给|帮|来|再|还|另|顺便|加|换|改|做|弄|安排|登记|报名|办|申请|租|借|也|是|说|算"
)
"""Words of a clause that wish for what it names, or put something right."""
PIECE = re.compile(r"[^，。,；; ！!？?]+")
GOES_THERE = re.compile(r"(?:要|得|会|还|先|又|刚|才|正)(?:去|到|上)?$|(?:带|陪|送)(?:我|他|她|老人)去$")
"""Before what somebody has or does elsewhere (他要去打针)."""
COMES_HOME = re.compile(r"(?:转|回|返|归)(?:来|嚟|去|屋[里企头]?|到?家)[^，。,；;]{0,3}$")
"""Before what others do who come home then (我孙崽礼拜天转来恰饭)."""
_COMES = re.compile(r"(?:来|嚟|到我?[家屋]里?)[^，。,；;]{0,3}$")
_EATS = ("吃", "恰", "呷", "食", "喫", "聚餐")
ABLE = re.compile(
    r"(?:也|都|还|全|就|得|要|需要|都得|也要)?(?:人)?(?:来)?(?:喂|扶|搀|抱|背|哄|搭把手|用[^，。]{0,4}(?:管|嘴|勺))|(?:也|都|老|总|又)?(?:不了|不动|不成|不下|不进|费劲|费力|困难|不方便|不利索|没胃口)"
    r"|(?:也|都|还|倒)(?:行|可以|没问题|自己|能|会|好|香)|(?:也|都|全|还|就)?(?:得|要|靠|有|需要|离不开|离不了)(?:别)?人|自己"
)
"""Behind what somebody can do or needs help with (能自己走，吃饭也行)."""
REPORTED = re.compile(
    r"(?:因为|就是)?(?:医生|大夫|护士|医院|他们?|她|我妈|我爸|儿子|女儿)(?:们)?(?:说|讲|让|叫|喊|交代)"
)
"""A clause that tells what somebody said (医生说要空腹抽血)."""
_HABIT = re.compile(r"刚|才从|完|好了|昨|前[天年两几]|上(?:个月|个?星期|周|次|回)|每(?:天|个|次|月|周|星期)|一直|平时|平常|老是|总是|都是|向来")
"""What has been, or is always so (刚从医院换完药; 洗澡都是我擦)."""
_EXCHANGED = re.compile(r"(?:改|换)(?:成|为|做|约|订|个|一个)")
TELLS = ("remark", "tells", "ask", "nothing")
"""What a clause does that wishes for nothing by itself."""


def only_told(hearing: Hearing, code: str) -> bool:
    """Whether a service is only told of while another is being booked (上厕所洗澡得人扶; 明天他去体检，改后天吧).

    It is wished for where its clause has a word for that, or says besides nothing but when, where and how many; not in a clause
    that is known from examples to remark, to tell or to ask something (吃饭要喂), unless it has a word for something else or more.
    """
    text = hearing.turn.text
    moves = hearing.turn.moves or ((text, hearing.turn.does),)
    if GIVES_BACK.search(text) or MEANT.search(text) or dropped.off(text):
        return False
    if MOVES.search(text) and not re.search(
        rf"(?:改|换)(?:成|为|做|约|订|个)?[^，。]{{0,4}}(?:{'|'.join(re.escape(e.text) for e in hearing.turn.of('service') if e.value == code)})",
        text,
    ):
        return True
    for said in hearing.turn.of("service"):
        if said.value != code:
            continue
        place = said.start if said.end else text.find(said.text)
        clause = next((c.group() for c in PIECE.finditer(text) if c.start() <= place < c.end()), text)
        rest = clause
        for one in sorted(hearing.turn.entities, key=lambda e: -len(e.text)):
            rest = rest.replace(one.text, "")
        around = clause.split(said.text, 1)
        if REPORTED.match(clause):
            continue
        does = next((does for words, does in moves if clause in words), "")
        if (
            does in TELLS
            and not any(found.search(clause) for found in (ADDS, CHANGES, WISHED))
            and not any(word in clause for word in WISHES)
        ):
            continue
        if len(around) == 2 and (GOES_THERE.search(around[0]) or ABLE.match(around[1])):
            continue
        if COMES_HOME.search(around[0]) or said.text.startswith(_EATS) and _COMES.search(around[0]):
            continue
        if (
            CALLS_FOR.search(clause.replace(said.text, ""))
            or CALLS_FOR.search(said.text)
            or not bare(rest).strip("的了")
        ):
            return False
    return True

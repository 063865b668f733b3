"""Everyday business amid words of danger: which words go on about a booking, and what of a telling is kept for it.

Nobody in danger speaks of the day after tomorrow, of portions or of a cloth to bring: who does, goes on with the booking.
And an address told in the same breath as a danger is kept, so that nobody is asked for it again afterwards.
"""

from __future__ import annotations

import re

from care.emergency.detect import ASKED, is_wish, told_kind, urgency
from care.emergency.detect import table as patterns

NUMBER = re.compile(r"\d[\d \-]{5,}\d")
"""A telephone number, whose digits say nothing of danger (他电话13542220000)."""
ADDRESS = re.compile(
    r"[0-9〇零一二两三四五六七八九十百]+(?:号楼|栋|幢|座|单元|门洞|室|号院|号(?!线)|组|巷|弄)|[路街道村](?=[0-9〇零一二两三四五六七八九十百])|小区|社区|家属院"
)
NAMED = re.compile(r"^(?:我|他|她|老人|我[妈爸爷]|名字)?(?:叫|姓|是叫)[\u4e00-\u9fff]{1,4}$|姓名")
LATER = re.compile(
    r"明天|后天|大后天|明儿|后儿|明早|明晚|听日|后日|下个?(?:礼拜|星期|周|月)|这个?(?:礼拜|星期|周)[一二三四五六日天]|(?<!从)(?:礼拜|星期|周)[一二三四五六日天](?!.{0,4}(?:开始|起|就))"
    r"|[0-9〇零一二三四五六七八九十]+月[0-9一二三四五六七八九十]+[号日]"
)
"""Days to come."""
PARTICULARS = re.compile(
    r"[0-9一二两俩三四五六七八]份|[荤素]菜|少[盐油]|忌口|清淡|软[饭和]|不(?:吃|要|放)辣|到付|单号|优惠|收费|抹布|拖把|工具|自己带|上门|师傅|阿姨|[一二两三四五][室房]|[0-9一二两三四五六七八九十百]+(?:平|个?平方)"
    r"|(?:上午|下午|中午|晌午|早上|晚上)[0-9一二两三四五六七八九十]+点(?!.{0,4}(?:开始|起|就|的时候|摔|到现在))"
)
"""What only a booking needs to know."""
CRY = re.compile(
    r"(?:快点?|赶紧|马上|赶快|你们?|也)*(?:叫|找|喊|派|请|来)(?:个|几个)?人(?:来|去|过来)?(?:啊|呀|啦|吧|看看|一下|帮忙)*"
)
"""Somebody is to come, for nothing that could be booked (快点叫人来啦)."""
WHETHER = re.compile(r"要不要|行不|能不|可不可|好不好|该不该|得不得|(?<![才也都还])[不啵咩]$")
RESCUE = re.compile(r"救护车|120|一二零|119|一一九|110|一一零|急救|消防|报警|警察")
CALM_CLAUSE = -0.5
"""Sum up to which a clause says nothing of danger."""
CLAUSE = re.compile(r"[，。！？；、,.!?;\s]+")


def goes_on(text: str) -> bool:
    """Whether these words go on about everyday business: a wish, a day to come, a particular of an order, nothing else."""
    if told_kind(text) or patterns().withdrawn.search(text) or RESCUE.search(text):
        return False
    return is_wish(CRY.sub("", text)) or bool(LATER.search(text) or PARTICULARS.search(text))


def asks(text: str) -> bool:
    """Whether something is asked."""
    return bool(ASKED.search(text) or WHETHER.search(text))


def kept(text: str) -> str:
    """What an order can use of words of danger: the clauses with a wish, a day, an address, a number or a name; may be empty."""
    return "，".join(
        clause for clause in CLAUSE.split(text) if _useful(clause) and urgency(NUMBER.sub("", clause)) <= CALM_CLAUSE
    )


def _useful(text: str) -> bool:
    if patterns().withdrawn.search(text) or RESCUE.search(text):
        return False
    told = (NUMBER, ADDRESS, NAMED, LATER, PARTICULARS)
    return is_wish(text) or any(one.search(text) for one in told)

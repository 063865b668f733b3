"""The day on which whoever would do it otherwise is away: it is the day of the service that comes in their stead.

明儿我要去吃席晚上回不来，你们给他送一顿晚饭; 后天我老伴走亲戚去了，我一个人懒得开火，送个饭来.
"""

from __future__ import annotations

import re

from care.booking import data, suits
from care.booking.hearing import Hearing
from care.turn import Entity

FAR = 14
"""Characters behind a day within which it is told that somebody is away."""
_AWAY = re.compile(
    r"不在(?!乎)|(?:没|冇|无|没得|没有|不得|唔得|冇得)(?:空|闲|时间|工夫)|走不开|不开身|回不[来了去]|[来去赶顾管]不[了成及到]|不(?:来|回)|返唔|嚟唔"
    r"|去(?!世)|到(?!时|了?[0-9一二两三四五六七八九十点]|家)|上(?![午下面门次回])|返(?!来|嚟|屋)|回(?![来转家]|到家)|走|出差|出门|加班|值班|上班|返工|开会|有[事课]|请假|旅游|住院|[开动]手术"
)
_KIN = re.compile(
    r"[儿女婿媳闺娃崽仔孩孙侄嫂姐妹哥弟]|老[伴头倌婆公]|堂客|婆娘|爱人|那口子|保姆|阿姨|护工|邻居|[他她佢渠爸妈爹娘]|人家"
)
_ME = re.compile(r"[我俺额](?!们?[家屋]?(?:里|企)?的?(?:[大小二三]?[儿女婿媳闺娃崽仔孩孙侄嫂姐妹哥弟爸妈爹娘]|老[伴头倌婆公]|堂客|婆娘|爱人|那口子))")
_FOR_THEM = re.compile(r"[给帮替畀][他她佢渠]")
_WHO = r"(?:[我俺额咱]们?(?:屋里|屋企|家里?)?的?)?(?:[儿女]子?|媳妇|女婿|闺女|崽|仔|孙子?|嫂|姐|妹|哥|弟|老[伴头倌汉]子?|老[婆公]婆?|堂客|婆娘|爱人|那口子|屋里(?:人|那个)|保姆|阿姨|护工|妈|爸|娘|爹)"
_NOBODY = r"(?:没|冇|无|莫)(?:有|得)?(?:人|哪个)(?:来|给我|帮我)?"
SPOKEN_OF = (
    re.compile(
        rf"{_WHO}[^，。,；;给帮替]{{0,6}}?(?:住(?:了|哒|咧|咗)?院|[开动]刀|[开动做]手术|出差|出(?:远)?门|回(?:老家|娘家)|走人家|走亲戚|不在屋?家?里?|(?:上|去|到)[^，。,；;给帮替]{{0,4}}?(?:屋|家)[^，。,；;给帮替]{{0,4}}?(?:去|看|带))(?:(?!回|出院|好|[妈爸爹娘奶爷他她佢渠给帮替])[^。；;]){{0,14}}?{_NOBODY}(?:搞|做|煮|弄|烧|整|炒|办|买|管我|照顾我|陪我)"
    ),
    re.compile(
        rf"{_WHO}[^，。,；;给帮替]{{0,8}}?(?:看都(?:不|冇|没)来?看|(?:来|回)都?(?:不|冇)(?:来|回)|(?:不|冇|没)(?:得)?(?:来|回来?)(?:看|管|帮)|不管我|指望不(?:上|到)|靠不(?:住|到|上)|[喊叫]不动)"
    ),
    re.compile(r"屋里的(?=地|窗|灯|门|墙|[厕茅灶厨浴]|马桶|水|电|管|卫生|床|被|活|东西|家具|玻璃|柜|桌|空调|冰箱|洗衣|油烟|灰)"),
)
"""Who is only spoken of: somebody whose absence leaves nobody who cooks or helps, or who never comes; 我屋里的地板 is no person."""
_PAUSE = re.compile(r"[，。,；;！!？?\s]")


def days(hearing: Hearing) -> list[Entity]:
    """The one day to come on which somebody is away in whose stead the service comes; nothing when that is unclear."""
    if hearing.item is None or hearing.item.code not in data.table("services")["in_stead"]:
        return []
    told = [e for e in suits.coming(hearing.turn) if not e.value.get("every") and _in_stead(hearing, e)]
    return told[:1] if len({e.value["date"] for e in told}) == 1 else []


def _in_stead(hearing: Hearing, day: Entity) -> bool:
    """Whether on that day somebody is away who is not the one it is for."""
    text, draft = hearing.turn.text, hearing.draft
    begins = max((pause.end() for pause in _PAUSE.finditer(text, 0, day.start)), default=0)
    ends = next((pause.start() for pause in _PAUSE.finditer(text, day.end)), len(text))
    away = _AWAY.search(text, day.end, min(ends, day.end + FAR))
    if not day.end or away is None:
        return False
    begins = max(begins, day.start - FAR)
    before = text[begins : day.start], text[day.end : away.start()]
    if any(e.value == draft.person for e in hearing.turn.of("relation") if e.end and begins <= e.start < away.start()):
        return False  # 我妈明天要去医院
    who = next((words for words in reversed(before) if _KIN.search(words) or _ME.search(words)), "")
    if _ME.search(who) or not _KIN.search(who):
        return draft.for_other or bool(_FOR_THEM.search(text))
    return True

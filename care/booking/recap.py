"""A question about what is being booked, answered from the draft: 几点送, 送到哪, 地址写的是哪, 留的哪个电话."""

from __future__ import annotations

import re

from care import clock
from care.booking import data, readback
from care.booking.draft import Draft
from care.booking.hearing import Hearing
from care.booking.when_words import say_when
from care.service_list import ServiceItem
from care.texts import phrase
from care.turn import Turn

LONGEST = 14
"""Longest words, in characters, that only ask what is noted."""
TELLING = frozenset({"quantity", "duration", "address", "phone", "person_name", "diet", "health", "place", "order_number", "topic"})
"""Kinds of entity of words that tell something, or ask something else."""
_WHAT = r"(?:啥|什么|甚么|么子|么[里个]|乜嘢?|咩|哪(?:里|儿|个|家|块|样)?|边(?:度|个)|多少|几多?|好多|谁)"
_WHERE = r"(?:哪(?:里|儿|家|块|个(?:地方|地址|小区|门)?)?|边度|(?:啥|什么|么子)(?:地方|地址)|何处)"
_WHEN = r"(?:几点钟?|几时|什么时候|啥时候?|啥时间|什么时间|么子时候|多会儿|多早晚|哪一?[天日]|几号|礼拜几|星期几|周几)"
_ENDS = r"(?:来着|呀|啊|呢|咧|的|了|嘛|哈|哦|去|嘞|喏)*[？?]?$"
_NOTED = r"(?:写|填|登|登记|记|留|报|念|说|讲|订|定|约|存)"
_STARTS = r"^(?:那|你|你们|您|俺|我|我们|给我|这个|这|再|哎|对了|等下|等等|刚才|刚刚|到底|究竟|是|帮我|是不是|看看|，| )*"
ASKED: dict[str, re.Pattern[str]] = {
    "when": re.compile(
        rf"{_STARTS}(?:饭|人|师傅|护工|车|他们|她们|{_NOTED}的?)*(?:是|在)?{_WHEN}(?:能|会|才|可以|可|得|来)*(?:给我)?(?:送(?:到|来|过来|饭|餐|嚟)?|来(?:人|接|洗|做|修|理)?|嚟|到|上门|过来|开始|开饭|吃|洗|做|理|修|接)?{_ENDS}"
    ),
    "place": re.compile(
        rf"{_STARTS}(?:饭|人|师傅)?(?:送|来|上门|接|去)(?:到|去|往|给|在)?{_WHERE}{_ENDS}|(?:地址|住址|住处|地方|地点|门牌)[^，。]{{0,6}}(?:{_WHAT}|怎么(?:写|记|填)的?){_ENDS}"
        rf"|{_NOTED}的?(?:是)?{_WHAT}(?:个)?(?:地址|住址|地方|小区|门牌){_ENDS}"
    ),
    "phone": re.compile(
        rf"(?:电话|号码|手机)[^，。]{{0,6}}(?:{_WHAT}|谁的){_ENDS}|{_NOTED}的?(?:是)?(?:{_WHAT}|谁的)(?:个)?(?:电话|号码|手机号?){_ENDS}"
    ),
    "quantity": re.compile(rf"{_STARTS}(?:{_NOTED}|要|送)?(?:了|的)?(?:是)?(?:几|多少|好多|几多)(?:份|个人|盒|客)(?:饭|餐)?{_ENDS}"),
}
"""The points of a booking and the words that ask for each."""
OURS = re.compile(r"你们(?:的|站|这)|(?:站|店|食堂|饭堂|医院|银行|养老院|公司)|别的|还有|附近|今天几|现在|领导|人工|客服|投诉")
"""Words that ask for somebody else's address, number or hours."""
TO_CHANGE = re.compile(r"改|换|错|不对|能不能|可不可以|行不行|早点|晚点|提前")
"""Words that want something else than to hear it again."""


def asked(draft: Draft | None, turn: Turn) -> list[str]:
    """The points of the booking that words ask for and that are known; empty where they say anything else."""
    text = turn.text
    if draft is None or len(text) > LONGEST or OURS.search(text) or TO_CHANGE.search(text):
        return []
    if any(entity.kind in TELLING for entity in turn.entities) or not all(_its_day(draft, told) for told in turn.all("time")):
        return []
    known = {"when": bool(draft.date and draft.time), "place": bool(draft.address), "phone": bool(draft.phone), "quantity": bool(draft.quantity)}
    return [point for point, words in ASKED.items() if known[point] and words.search(text)]


def answer(hearing: Hearing) -> bool:
    """Says what is noted, to words that only ask for it; whether that was all of the turn."""
    if hearing.fresh or hearing.item is None:
        return False
    points = asked(hearing.draft, hearing.turn)
    if not points:
        return False
    said = [_said(hearing.draft, hearing.item, point) for point in points]
    hearing.note("noted_so", what="，".join(said))
    hearing.draft.prompt = ""
    hearing.handled = hearing.said_back = True
    return True


def _its_day(draft: Draft, told: dict[str, object]) -> bool:
    return told.get("date") in (None, draft.date) and not told.get("time")


def _said(draft: Draft, item: ServiceItem, point: str) -> str:
    if point == "when":
        return say_when(draft, clock.today(), full=True)
    if point == "place":
        return phrase(f"booking.{data.by_service(data.table('services')['place_as'], item)}", address=readback.spoken_address(draft))
    if point == "phone":
        return phrase("booking.ack_phone", phone=readback.spoken_phone(draft))
    return readback.portions(draft, item)

"""Where somebody is to be taken: of two places named the one they go to, and a place told more exactly later.

俺想去孙女家……从李台村四组走，去高铁站，孙女在那接我: who first told only whose home it is, or that it is a hospital, tells the place
itself beside something else.
"""

from __future__ import annotations

import re

from care.booking import contact, data
from care.booking.hearing import Hearing, is_question
from care.turn import Entity

_LEFT = re.compile(r"^(?:从|自|由|在|打)[^，。,；;]{2,24}?(?:走|出发|上车|接我|接|来接)?(?=去|到|$)")
"""Where the way begins, in the same piece."""
_GOES = re.compile(
    r"^(?:那|哦|对|对的|不对|不是|错了|就|是|我们?|俺|额|要|想|改|改成|换成|直接|先|送[我俺他她]?(?:们)?|把[我他她]|开车|坐车|车子?|麻烦)*(?:去|到|上(?![午下门楼])|回)(?P<there>[^，。,；;]{2,14}?)(?:去|那边|那里|那头|下车|办事|看病|检查|复查|就行|就可以|吧|呢|啊|呗|的)*$"
)
"""A piece that says where to."""
_NO_PLACE = re.compile(
    r"^(?:的|打针|输液|吊水|开会|吃|玩|看|办|时候|点|了|来|不|接|那|这|你们|我们?家?|俺家|家|屋|楼[上下]|时|底|处|下午|上午|[今明后]天|周|星期|礼拜|[0-9一二两三四五六七八九十]+[点号])|人$|不用|不要|看病$|检查$|复查$|接我|送我"
)
_VAGUE = re.compile(
    r"家$|(?:家|屋)(?:里头?|企)(?:[吃呷喝食坐拜办看帮]|$)|^(?:医院|银行|车站|火车站|那边|城里|市里|县里|镇上|街上|集上|乡下|老家|亲戚)$|[儿女哥姐弟妹叔姨舅姑侄孙]$"
)
"""A place that no driver could find."""
_THEY_LIVE = re.compile(r"(?:他们?|她们?|人家|那边|那头)(?:家)?(?:就)?(?:住在?|在)$")
_STATION = r"(?:[东西南北新]站|火车站|高铁站|动车站|城轨站|汽车[东西南北总中]?站|客运[东西南北总中]?站|长途站|车站|机场|码头|渡口)"
_TO_A_STATION = re.compile(
    rf"(?:[送去到上赶回]|进(?=城))(?:[我俺额他她佢]们?)?(?:去|到|往|上(?!海|饶))?(?P<there>[^，。,；;\s送去到从接我俺额你他她佢的在坐了要想]{{1,7}}?(?:{_STATION}|(?<![车社驿服务养油电])站(?![里点着起不])))(?!(?:来|去|里|口)?接|出站|下车|附近|旁边|对面|那边的)"
)
"""A station, named in running speech as where to (两个大包挤不上公交送到某某东站去)."""
_OF_THE_TOWN = re.compile(
    rf"[市县区州]?[^，。,；;\s去到来接送看坐找办吃玩住做买给我俺额你他她佢的了呢吧啊]{{0,8}}(?:{_STATION}|站|院|医院|卫生院|大学|学院|学校|公园|广场|商场|超市|市场|酒店|宾馆|饭店|大厦|楼|寺|庙|塔|湖|山|路|街|小区|新村|公寓|花园|银行|局|中心|馆|景区|古镇|村|镇)"
)
"""What makes a town's name that of a place in it (岳阳楼, 东莞东站)."""
_STATION_ALONE = re.compile(r"(?:(?:火|高铁|动|汽|客|长途)?车|高铁|动车|城轨|客运|长途)?站|机场|码头|渡口")
_OTHER = re.compile(r"不是|不对|错了|改|换")


def named(hearing: Hearing, before: str) -> str:
    """Where somebody is to be taken: the address of one or two said, or a place told in so many words instead of a vague one."""
    text = hearing.turn.text
    if home := next((e.value for e in hearing.turn.of("address") if theirs(hearing, e)), ""):
        return str(home)
    if hearing.asked == "place" and len(hearing.turn.all("address")) == 1 and not _LEFT.search(text):
        return ""
    said = [e for e in hearing.turn.of("address") if e.end and not starts_there(hearing, e)]
    if there := next((e.value for e in reversed(said) if contact.goes_to(text, e.start, e.end)), ""):
        return str(there)
    if not before and (there := _behind_the_start(text)):
        return there
    if (not before or _VAGUE.search(before)) and not is_question(text) and (there := _station(text)):
        return there
    if not before or is_question(text) or not (_VAGUE.search(before) or _OTHER.search(text)):
        return ""
    return next((place for piece in reversed(re.split(r"[，。,；;！!\s]+", text)) if (place := _in_piece(piece))), "")


def of_the_town(text: str, town: Entity) -> str:
    """The place whose name a town begins (岳阳东站), else the town's own name."""
    found = _OF_THE_TOWN.match(text, town.end) if town.end else None
    return town.text + found.group() if found else str(town.value.get("name"))


def _station(text: str) -> str:
    """The station named last as where to; empty when it has no name of its own."""
    stations = [found["there"] for found in _TO_A_STATION.finditer(text)]
    return next((there for there in reversed(stations) if not _STATION_ALONE.fullmatch(there)), "")


def _behind_the_start(text: str) -> str:
    """Where a way goes of which first the start was told (从五泉镇王上村四组，到杨凌汽车站)."""
    pieces = re.split(r"[，。,；;！!\s]+", text)
    ways = (goes for starts, goes in zip(pieces, pieces[1:], strict=False) if _LEFT.match(starts))
    return next((place for goes in ways if (place := _in_piece(goes))), "")


def theirs(hearing: Hearing, said: Entity) -> bool:
    """Whether an address is the home of those visited (去老战友家……他住福祉大路)."""
    vague = _VAGUE.search(str(hearing.draft.particulars.get("destination", "")))
    return bool(vague and said.end and _THEY_LIVE.search(hearing.turn.text[: said.start]))


def starts_there(hearing: Hearing, said: Entity) -> bool:
    """Whether an address is where the way begins."""
    return bool(said.end) and said.kind == "address" and contact.comes_from(hearing.turn.text, said.start, said.end)


def _in_piece(piece: str) -> str:
    """The place that a piece without a pause goes to; empty when it goes nowhere."""
    found = _GOES.match(_LEFT.sub("", piece))
    there = found["there"] if found else ""
    is_place = (
        there
        and not _NO_PLACE.search(there)
        and not _VAGUE.search(there)
        and there not in data.table("people")["own_home"]
    )
    return there if is_place else ""

"""An address told in pieces, as people say it: 红旗街湖西路，长影宿舍9栋，3单元，二楼左手边.

Whoever is asked where they live pauses between street, estate, house and door, and describes the way besides. Each piece alone
finds nobody; together they do. Also: house and door put right or told after the rest (401，10栋的).
"""

from __future__ import annotations

import re

from care import regions
from care.booking import contact
from care.booking.hearing import bare

_PAUSE = re.compile(r"[，,。；;、！!？?\s]+")
_NUM = r"[0-9零〇一二两三四五六七八九十百]+"
_ROOM = re.compile(r"[0-9零〇一二两三四五六七八九十百]{2,4}(?:室|号|房)?")
"""A room behind a house (十八号，五零二吧)."""
_DOOR_SIDE = re.compile(rf"(?:{_NUM}(?:层|楼|门|户|室|号|单元)?)?(?:靠?[东西南北左右中](?:手边|手|边|面|户|门|侧)(?:那家|那户|第一家)?|顶楼|一楼|底楼)")
"""Which of the doors on a floor (三层西户, 左手边)."""
_DISTRICT = re.compile(r"[\u4e00-\u9fff]{1,7}(?:[区县市镇乡]|街道|新区|开发区)(?:那边|这边|嗰边|那块|的)?")
_BARE_ESTATE = re.compile(r"[\u4e00-\u9fff]{2,7}")
_NOT_ESTATE = re.compile(r"[我俺额你您他她它咱]|老地方|这里|那里|这儿|那儿|家里|屋里|就是|嗯|对|好|是|行|记|写|听|说|讲|送|来|去")
"""In a piece of hanzi that is not the name of an estate."""
_FILLER = re.compile(r"[我俺额你您他她咱]|^(?:嗯|啊|哦|对|就是|那个|那|好|是的|等下|等一下)$")
"""A piece between those of an address that belongs to the talk, not to the address."""
_OF_THE_WAY = re.compile(r"有|是|挂|贴|没|停|灯|铃|敲|按|打|找|喊|叫|问|小心|别|莫")
"""In a piece behind the door that tells the carer how to find or enter it (门口有棵柿子树)."""
_ASKS = re.compile(r"吗|呢|啥|什么|哪|怎么|多少|[?？]")
_ROOM_ALONE = re.compile(r"(?!1[3-9])[1-9][0-9]{2,3}")
_ESTATE = re.compile(r"[\u4e00-\u9fff]{2,8}(?:小区|社区|花园|家园|花苑|公寓|新村|新城|家属院|家属区|大院|宿舍|苑)")
_DISTRICT_ALONE = re.compile(r"[\u4e00-\u9fff]{2,8}(?:(?<![小社])区|县|镇|乡|街道)")
_AREA = re.compile(r"[\u4e00-\u9fff]{1,5}[洲湾坪岭湖塘冲坡滩岗洼甸港渡井城园苑坊垸圩墩埠堰]")
"""A part of a town that many people name before the street (凤凰洲，丰和北大道)."""
_LABEL = re.compile(r"门牌号?码?(?:是|就是)?|房号(?:是)?|^(?:也?就是|即)(?=[0-9零一二三四五六七八九])")
_ROOM_BEFORE = re.compile(r"(?<=[栋幢座元门楼])[0-9零〇一二两三四五六七八九]{3,4}(?=，[0-9零〇一二两三四五六七八九十])")
"""A room without a unit, another number behind it (一零一，一楼)."""
_PART = re.compile(rf"({_NUM})(号楼|号院|单元|号|栋|幢|座|楼|层|室|房|门|组|队|期)?")
_DOORS = re.compile(rf"(?:{_NUM}(?:号楼|号院|单元|号|栋|幢|座|楼|层|室|房|门|组|队|期)?)+")
_AROUND = re.compile(r"^(?:哎呀?|哦|啊|诶|不对|[说讲记搞弄写]?错了?|对了?|还有|地址|住址|门牌号?码?|房号|楼号|是|在|应该|就|住)*|(?:的|那里|那儿|哈|啊|呢|吧|嘞|咯|哦|哒|喔)*$")
_NOT_BUT = re.compile(r"不是(?P<wrong>[^，,。是\s]{1,10})[，,。\s]*(?:而|应该)?是(?P<right>[^，,。\s]{1,12}?)(?:[啊呀吧呢的]*(?=$|[，,。\s]))")
_AND_NOT = re.compile(r"是(?P<right>[^，,。是不\s]{1,12})[，,。\s]*(?:而)?不是(?P<wrong>[^，,。\s]{1,10}?)(?:[啊呀吧呢的]*(?=$|[，,。\s]))")
"""One part of an address instead of another."""
_ESTATE_END = re.compile(r"小区|社区|花园|家园|花苑|公寓|新村|新城|家属院|家属区|大院|宿舍|苑")
_STREET_END = re.compile(r"大道|大街|[东西南北中]路|路|街(?!道)|巷|胡同")
_BOUNDARY = re.compile(r"省|市|(?<![小社])区|县|镇|乡|街道|[路街巷号](?!道)|大道")
"""Behind these the name of an estate or a street begins."""
_OTHER_NAME = re.compile(
    rf"(?:(?:不对|不是|错了?|应该)[^0-9]{{0,10}}?(?:[，。,、 ]|是)|[改换](?:成|到|为))(?P<name>[\u4e00-\u9fff]{{2,10}}?(?:{_ESTATE_END.pattern}|{_STREET_END.pattern}))"
    rf"(?P<doors>(?:{_NUM}(?:号楼|号院|单元|号|栋|幢|座|楼|层|室|房|门)?)*)(?:[啊呀吧呢的才对]*(?=$|[，,。]))"
)
"""The name of an estate or street put right (不对，是桃子湖小区)."""
_SAME = {"号楼": "栋", "幢": "栋", "座": "栋", "房": "室", "层": "楼", "门": "单元", "号院": "号", "队": "组"}
_FROM_BIG_TO_SMALL = ("期", "组", "号", "栋", "单元", "楼", "室")


def read_address(text: str) -> str:
    """The address in an answer to “送到哪里？”, without the words around it; empty when there is none."""
    words = _bare(contact.NUMBER_BEHIND.sub("", of_an_address(text)))
    return words if len(words) >= 3 and contact.PLACE.search(words) and not _ASKS.search(text) else ""


def of_an_address(text: str) -> str:
    """The pieces of an answer that tell the place, from the town to the door, pauses between; empty when there is none.

    What stands before, between and behind (周建国，83岁, 她姓刘，刘桂珍, 门口有棵柿子树) tells something else.
    """
    pieces = [piece for piece in _PAUSE.split(text) if piece]
    kept = [n for n, piece in enumerate(pieces) if _tells_place(piece)]
    if not kept:
        return ""
    first, end = kept[0], kept[-1] + 1
    while first and (_DISTRICT.fullmatch(_bare(pieces[first - 1])) or regions.find(pieces[first - 1])) and len(pieces[first - 1]) <= 9:
        first -= 1
    if first and (contact.lacks_street("".join(pieces[first:end])) or _AREA.fullmatch(_bare(pieces[first - 1]))) and _names_estate(pieces[first - 1]):
        first -= 1
    while end < len(pieces) and (_ROOM.fullmatch(bare(pieces[end])) or _DOOR_SIDE.fullmatch(bare(pieces[end]))):
        end += 1
    while end - 1 > first and _is_of_the_way(pieces[end - 1]):
        end -= 1
    inside = [p for n, p in enumerate(pieces[first:end], first) if n in kept or not (_FILLER.search(p) or contact.looks_like_name(p))]
    told = "，".join(_LABEL.sub("", piece) for piece in inside)
    return _ROOM_BEFORE.sub(r"\g<0>室", told)


def of_the_way(text: str) -> str:
    """What is told behind an address of how to find the door or get in (门口有棵柿子树); empty when nothing is."""
    pieces = [piece for piece in _PAUSE.split(text) if piece]
    behind: list[str] = []
    while len(pieces) > 1 and _is_of_the_way(pieces[-1]):
        behind.insert(0, pieces.pop())
    return "，".join(behind) if pieces and _tells_place(pieces[-1]) else ""


def _is_of_the_way(piece: str) -> bool:
    return _tells_place(piece) and bool(_OF_THE_WAY.search(piece)) and not _PART.search(piece)


def _tells_place(piece: str) -> bool:
    told = contact.names_a_place(piece) or bool(_DOOR_SIDE.fullmatch(bare(piece)))
    return told and not contact.name_in_piece(piece) and not contact.tells_of_somebody(piece) and not contact.tells_rooms(piece)


def _bare(piece: str) -> str:
    return contact.without_lead(bare(piece))


def _names_estate(piece: str) -> bool:
    """Whether a piece right before house and door can be the estate (伟峰东域，22栋)."""
    words = _bare(piece)
    led = words != bare(piece)
    named = _BARE_ESTATE.fullmatch(words) and not _NOT_ESTATE.search(words) and (led or not contact.looks_like_name(words))
    return bool(named) and not contact.tells_of_somebody(piece)


def doors_in(text: str) -> str:
    """House and door, when the words begin with these and nothing else (401，10栋的): from the larger to the smaller.

    A number alone is none: it may be a day, an amount or a part of a telephone number.
    """
    parts: list[re.Match[str]] = []
    for piece in _PAUSE.split(text):
        words = _AROUND.sub("", piece)
        if words and not _DOORS.fullmatch(words):
            break
        parts += _PART.finditer(words)
    labelled = any(word in text for word in ("门牌", "房号", "地址", "住址"))
    units = {_unit(part) for part in parts}
    if not parts or not (labelled or units & {"栋", "单元", "组", "期"} or len(units) > 1):
        return ""
    last = {_unit(part): part for part in parts}
    return "".join(part.group(0) for part in sorted(last.values(), key=_rank))


def goes_on(address: str, text: str) -> str:
    """House or door that goes on with an address, said by itself a turn later (五栋 … 二单元 … 四零一); else empty.

    A number alone is a room only behind a house or an entrance, and never the beginning of a mobile number.
    """
    words = _AROUND.sub("", bare(text))
    parts = list(_PART.finditer(words)) if _DOORS.fullmatch(words) else []
    ends = [part for part in _PART.finditer(address) if part.end() == len(address)]
    if parts and not ends:
        return words if _unit(parts[0]) in ("期", "组", "栋", "单元") else ""
    if not parts or _rank(parts[0]) <= _rank(ends[-1]):
        return ""
    alone = parts[0].group(2) is None
    in_house = _unit(ends[-1]) in ("栋", "单元", "楼") or (ends[-1].group(2) or "") == "号院"
    if alone and not (in_house and _ROOM_ALONE.fullmatch(words.translate(contact.HANZI_DIGITS))):
        return ""
    return words


def estate(address: str, text: str) -> str:
    """An estate named by itself behind a street and its number (幸福小区); else empty."""
    words = _bare(bare(text))
    housed = any(_rank(part) > _FROM_BIG_TO_SMALL.index("号") for part in _PART.finditer(address) if part.group(2))
    return words if _ESTATE.fullmatch(words) and words not in address and not housed else ""


def district(text: str) -> str:
    """A district of ours that is all that is told of the place so far (长沙开福区)."""
    words = _bare(bare(text))
    told = _DISTRICT_ALONE.fullmatch(words) and any(place.region for place in regions.find(words))
    return words if told else ""


def with_doors(address: str, doors: str) -> str:
    """The address with house and door told anew, behind what of it is larger than these.

    幸福小区9栋3单元二楼 with 3单元202 is 幸福小区9栋3单元202.
    """
    largest = next(map(_rank, _PART.finditer(doors)))
    olds = [part for part in _PART.finditer(address) if part.group(2) or part.end() == len(address)]
    again = next((old.start() for old in olds if _rank(old) >= largest), len(address))
    return address[:again] + doors


def told_again(address: str, said: str) -> str:
    """The address with what of it was said again, where the street is the same; empty where it is another.

    杨凌康乐路9号院3号楼201 with 康乐路19号院 is 杨凌康乐路19号院3号楼201: what is smaller than what was said stays.
    """
    olds, news = _numbers(address), _numbers(said)
    if not olds or not news:
        return ""
    street, again = address[: olds[0].start()], said[: news[0].start()]
    if not again or not (street.endswith(again) or again.endswith(street)):
        return ""
    smallest = max(map(_rank, news))
    stays = next((old.start() for n, old in enumerate(olds) if _rank_among(olds, n) > smallest), len(address))
    return max(street, again, key=len) + said[news[0].start() :] + address[stays:]


def exchanged(address: str, text: str) -> str:
    """The address with one part instead of another (是19号院，不是9号院; 不是康乐路，是康乐东路); empty where the words name none in it."""
    for pattern in (_NOT_BUT, _AND_NOT):
        if (found := pattern.search(text)) and contact.names_a_place(found["right"]):
            wrongs = (found["wrong"], found["wrong"].translate(contact.HANZI_DIGITS))
            for wrong in wrongs:
                held = re.search(rf"(?<![0-9零一二三四五六七八九十百]){re.escape(wrong)}", address)
                if held:
                    return address[: held.start()] + found["right"] + address[held.end() :]
    return ""


def renamed(address: str, text: str) -> str:
    """The address with another estate or street (不对，是桃子湖小区): house and door stay, but for those told along; empty where
    the words put no such name right."""
    found = _OTHER_NAME.search(text)
    if found is None:
        return ""
    name, doors = _bare(found["name"]), found["doors"] or ""
    kind = next(kind for kind in (_ESTATE_END, _STREET_END) if kind.search(name))
    held = next(reversed(list(kind.finditer(address))), None)
    if kind.fullmatch(name):
        return ""
    if held is None:
        return _moved_to(name, doors, address) if kind is _ESTATE_END else ""
    begins = max([0, *(b.end() for b in _BOUNDARY.finditer(address, 0, held.start())), *_ends_of_towns(address[: held.start()])])
    if begins == held.start():
        return ""
    right = address[:begins] + name + address[held.end() :]
    return with_doors(right, doors) if doors else right


def _moved_to(estate: str, doors: str, address: str) -> str:
    """An estate instead of a street: the town before it and the house in it stay."""
    inside = (part.start() for part in _numbers(address) if _rank(part) >= _FROM_BIG_TO_SMALL.index("栋"))
    house = address[next(inside, len(address)) :]
    return address[: max(_ends_of_towns(address), default=0)] + estate + (doors or house)


def put_right(address: str, text: str) -> str:
    """The address with what of it these words put right: numbers, a part instead of another, the name of estate or street."""
    return exchanged(address, text) or contact.with_other_numbers(address, text) or renamed(address, text)


def _ends_of_towns(text: str) -> list[int]:
    return [place.end for place in regions.find(text) if not regions.names_a_road(text, place.name, place.end)]


def _numbers(address: str) -> list[re.Match[str]]:
    """The numbers of houses and doors: those with a unit, and a room at the end; not that in 五一路."""
    return [part for part in _PART.finditer(address) if part.group(2) or part.end() == len(address)]


def _rank_among(parts: list[re.Match[str]], n: int) -> int:
    """How small a part is; what is counted in 号 behind a house is a room (5栋302号)."""
    behind = n and max(_rank(part) for part in parts[:n]) > _rank(parts[n])
    return len(_FROM_BIG_TO_SMALL) - 1 if behind else _rank(parts[n])


def _unit(part: re.Match[str]) -> str:
    """What a number of an address counts, alike for 栋 and 号楼; a number alone is a room."""
    return _SAME.get(part.group(2) or "室", part.group(2) or "室")


def _rank(part: re.Match[str]) -> int:
    return _FROM_BIG_TO_SMALL.index(_unit(part))

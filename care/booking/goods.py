"""What is to be bought: counted up in a turn, and put right in later ones.

A shopping list changes while it is told: 再加一瓶醋，黄瓜别买了; 油换成一壶酱油; 米一袋就够了; 就是一袋米一包盐，没别的. Each piece of
a turn does one thing to the list; whatever does nothing to it tells something else.
"""

from __future__ import annotations

import re

from care.booking.clause import MEASURED, UNIT
from care.booking.hearing import bare, is_question

_NUMBER = re.compile(r"[一两二三四五六七八九十半几0-9]")
MOST = 60
"""Most characters of what is to be bought."""
SHORTEST = 3
_WORD = r"[^，。,我你您他她它有没还不是要屋家那这了够]"
_ONE_MORE = re.compile(rf"{_WORD}{{1,8}}(?:{MEASURED.pattern})|(?:{MEASURED.pattern}){_WORD}{{1,8}}")
"""A piece that is nothing but one thing and how much of it."""
_BREAKS = re.compile(r"[，。,；;！!？?…：:\s]+")
_ITEM = re.compile(rf"(?:(?!{MEASURED.pattern})[^，,、])*(?:{MEASURED.pattern})+(?:(?!{MEASURED.pattern})[^，,、])*")
_BUYS = re.compile(
    r"[^，。,]*(?:帮|给|替)[我俺额咱她他姨叔伯婶妈爸爷奶人家]{0,3}(?:再|去|顺便)?(?:买|捎|带|称|拿|购|割|打|弄|来|加|添|取)?(?:点|上|个|一下)?(?:东西|菜|吃的)?"
    r"|[^，。,]{1,12}?[点半午天晚早刻](?:去|来|要|想|再|就)?(?:买|捎|带|称|购)(?:点|上)?(?:东西|菜|吃的)?"
    r"|[^，。,]{0,6}?代[我俺]?(?:买|捎|购)(?:点|上)?(?:东西|菜|吃的)?"
    r"|(?:那|就|我|你|麻烦|请|想|叫|找|个|人|代|去|还|再|另外|也|顺便|是|只)*(?:买|捎|带|称|要|来|拿|购|割|打|弄|加|添|有)(?:点|上)?(?:东西|菜|吃的)?"
    r"|(?:就|只|是|一共|总共)+"
)
"""Words before the first thing to be bought."""
_BOUGHT = re.compile(r"(?:买|捎|带|称|购|割|打|添)(?:点|上|些)?$")
_UNMEASURED = re.compile(
    r"(?!不|了|完|得|好|过|回|来|的|到|去|起|几|多|什么|啥|么|哪|东西|菜(?:$|呀|啊)|药(?:$|呀|啊)|吃的|用的|日用品|生活用品|人|饭|他|她|我|你)[\u4e00-\u9fff、]{1,6}"
)
"""A thing to be bought of which nobody says how much (帮我买降压片)."""
_BROUGHT = re.compile(
    r"(?:送来|送到|送过来|送上来|拿来|带来|捎来|捎回|捎过来|给我|给俺|帮我|就行|就够|就好|就成|行不|行吗|可以|好不|中不|吧$|呗$|再?没别的|来家|上门|钱我|多少|要新鲜).*$"
)
_MORE = re.compile(r"^(?:那|哦|哎|对了|嗯|麻烦|帮我|给我|你|就|还有)*(?:再|还|另外|顺便|也|加|添|多)")
"""Words that add to the list."""
_JUST_MORE = re.compile(r"(?:哦|哎|噢|对了|那|，)*(?:还有|另外|再就是|顺便|还要)(?:啊|呢)?")
_ONLY = re.compile(r"^(?:那|哦|哎|嗯|行|好|我|你|对)*(?:就|只|一共|总共|统共|光)(?:是|要|买|带|拿|这些?|有)*")
"""Words that count the whole list up once more (就是一袋米一包盐)."""
_LED = re.compile(r"^(?:那|哦|哎|啊|对了|嗯|把|就|还有|不对|不是|算了|那个|这个|我|你|它)+")
_THING = r"(?P<thing>[^，。,、了那]{1,6}?)(?:那个|这个)?"
_UNWANTED = re.compile(
    rf"{_THING}(?:我|就|也|先|都|还是|倒)*(?:不(?:要|用|买|必买|用买|要买|带)|别(?:买|要|带|拿)|莫(?:买|要)|甭买|免|算|去掉|拿掉|删掉|有)(?:了|啦|咯|哒|吧)*(?:，|$)"
    r"|(?:不(?:要|用|买|用买|要买)|别(?:买|要|带|拿)|莫(?:买|要)|甭买|去掉|拿掉)(?P<other>[^，。,、了]{1,6}?)(?:了|啦|咯|哒|吧)*$"
)
_EXCHANGED = re.compile(
    rf"{_THING}(?:换|改)(?:成|为|作|做)?(?P<new>[^，。,不]{{1,10}}?)(?:吧|呗|了|好了|行不|可以吗)*$"
)
_AMOUNT_OF = re.compile(
    rf"{_THING}(?:就|只|要|买|来|改|成|换|少|拿|带)*(?P<amount>{MEASURED.pattern})(?:就|也)?(?:够|行|好|成|可以|吧|了|得)*$"
)
_INSTEAD = re.compile(r"(?:算了|不要了|没有的话|没有)[，,]?(?=[换改]成)")
"""Before what is bought instead (牛奶算了，换成豆浆粉)."""
_JUST_NOT = re.compile(r"(?:那)?(?:就|也|都)?(?:别|不|莫|甭|不用|不要)(?:买|带|要|捎)(?:了|啦|吧)*")
_JUST_AMOUNT = re.compile(rf"(?:就|只|要|买|来)*(?:{MEASURED.pattern})(?:就|也)?(?:够|行|好|成|可以|吧|了)*")
"""What is said of the thing named right before."""
_TAKEN_BACK = re.compile(r"^(?:家里?|屋里|那个?|这个?|它|他|我|都)$")
"""What stands before a denial and is nothing to be bought."""


def counted(text: str) -> str:
    """What is to be bought, as it was counted up (一颗大白菜，五斤土豆，一块豆腐); empty where nothing is measured."""
    taken: list[str] = []
    for piece in _BREAKS.split(text):
        found, lead = MEASURED.search(piece), _BUYS.match(piece)
        if _UNWANTED.fullmatch(piece):
            continue
        if not found:
            things = bare(_BROUGHT.sub("", piece[lead.end() :])) if lead and _BOUGHT.search(lead.group()) else ""
            taken += [things] if _UNMEASURED.fullmatch(things) and not is_question(piece) else []
            continue
        led = bool(lead and lead.end() < found.end())
        words = _BROUGHT.sub("", bare(piece[lead.end() if lead and led else 0 :]))
        if led and lead and found.start() < lead.end() and not _NUMBER.match(words):  # 买袋米买桶油: the one is left unsaid
            words = "一" + re.sub(rf"(?:买|捎|带)(?={UNIT})", "，一", words)
        if len(words) >= SHORTEST and len("".join(taken)) + len(words) <= MOST:
            taken.append(words)
    return "，".join(taken)


def put_right(listed: str, text: str) -> str:
    """The list after a turn that adds to it, takes from it, exchanges in it or counts it up once more; the same where it does neither."""
    items = before = _items(listed)
    said = [piece for piece in _BREAKS.split(_INSTEAD.sub("", text)) if piece and not is_question(piece)]
    whole = [item for piece in said if _ONLY.match(piece) for item in _named(items, _ONLY.sub("", piece))]
    if len(whole) > 1:
        items, said = [item for item in items if item in whole], []
    spoken_of, more = "", False
    for piece in said:
        if spoken_of and (_JUST_NOT.fullmatch(piece) or _JUST_AMOUNT.fullmatch(piece)):
            piece = spoken_of + piece  # 面粉五斤太多了，两斤就够
        items = _after(items, _LED.sub("", piece), adds=more or bool(_MORE.match(piece)))
        more = bool(_JUST_MORE.fullmatch(piece))  # 哦还有，一包洗衣粉
        spoken_of = next((_thing(item) for item in _named(before, piece)), spoken_of)
    return listed if items == before else "，".join(items)[:MOST]


def repeats(listed: str, text: str) -> bool:
    """Whether words only count up again what is on the list."""
    return bool(counted(text)) and all(item in listed for item in _items(counted(text)))


def _items(listed: str) -> list[str]:
    return [item.strip("，,、和跟") for piece in _BREAKS.split(listed) for item in _ITEM.findall(piece) or [piece]]


def _named(items: list[str], piece: str) -> list[str]:
    """The things of the list that a piece names."""
    return [item for item in items if (thing := _thing(item)) and thing in piece]


def _after(items: list[str], piece: str, adds: bool) -> list[str]:
    """The list after one piece."""
    if (found := _EXCHANGED.search(piece)) and (old := _of(items, found["thing"])):
        amount, thing = _amount(found["new"]) or _amount(old[0]), _thing(found["new"]) or _thing(old[0])
        new = found["new"] if _amount(found["new"]) and _thing(found["new"]) else f"{amount}{thing}"
        return [new if item == old[0] else item for item in items]
    if found := _UNWANTED.search(piece):
        word = found["thing"] or found["other"] or ""
        unwanted = _of(items, word) if _thing(word) and not _TAKEN_BACK.match(word) else []  # 鸡蛋不要两斤
        left = [item for item in items if item not in unwanted]
        return left or items
    if adds:
        more = counted(piece)
        return items if not more or more in items else [*items, more]
    if (found := _AMOUNT_OF.fullmatch(piece)) and (old := _of(items, found["thing"])):
        return [f"{found['amount']}{_thing(item)}" if item == old[0] else item for item in items]
    return [*items, piece] if _ONE_MORE.fullmatch(piece) and not _of(items, _thing(piece)) else items  # 氨氯地平一盒, told later


def _of(items: list[str], word: str) -> list[str]:
    """The things of the list that a word names: 一桶油, not 一瓶酱油, where both are there."""
    word = _LED.sub("", word)
    just = [item for item in items if word and _thing(item) == word]
    return just or [item for item in items if word and (word in item or _thing(item) and _thing(item) in word)]


def _thing(item: str) -> str:
    """What is bought, without how much of it."""
    return re.sub(r"^[的，、]+|[的，、]+$", "", MEASURED.sub("", item))


def _amount(item: str) -> str:
    found = MEASURED.search(item)
    return found.group() if found else ""

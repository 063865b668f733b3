"""What of an order is to become different: reads day, time, place and number out of a turn."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from care.clock import today
from care.orders.its_days import BARE_WEEKDAY
from care.orders.model import Order
from care.service_list import ServiceItem, starts, usual_time
from care.service_list.opening import slot_of, within
from care.turn import Entity, Turn

MARKER = re.compile(r"改到|改成|改为|换到|换成|换个|挪到|推到|推迟到|提前到|调到|调成|串到|延到|移到|改|换|挪|调|串")
LATER = re.compile(
    r"往后|(?:挪|错开?|缓)(?=[一两三半])|(?:挪|推|移|押|错)(?:到)?后|推迟|推后|(?<![今明昨每当一二两三四五六七八九十几0-9])晚(?!上|饭|餐|间|安)|延后|后延|顺延|往后拖|后推"
)
EARLIER = re.compile(r"往前|提前|早一?点|早来|往早|前提|(?<=[^今明后一大])早(?:[一两三半]|几|个)|^早[一两三半]")
ELSEWHERE = re.compile(
    r"改送|换个?地址|换地方|地址改|改地址|送到.*(家|去)|地址不对|送(?:去|我|[他她])?[^，。]{0,8}(?:那边|那里|那儿|那头)(?:去|吧|$|，)|搬(?:到|去)[^，。]{1,8}(?:家|那)"
)
OTHER_PHONE = re.compile(
    r"改打(?:我|他|她)|号码?[^，。]{0,3}停(?:机|了|用)|(?:电话|手机|号码|手机号|联系方式)[^，。]{0,4}(?:换|改|变|错|丢|停机|不用了)|(?:换|改)(?:了|个|一个|一下)?(?:电话|手机|号码?(?!楼|院|栋)|联系方式)"
)
"""Another number is to be called, which is still to be told."""
FEWER = re.compile(r"里头的|少|减|只取消.{0,2}份|退.{0,2}份|取消.{0,2}份")
MORE = re.compile(
    r"(?:多|再|另外?|额外|又)(?:给我?|帮我?)?(?:加|送|订|添|来|要|弄)(?!到|成)|(?<!增)[加添](?!到|成|起来)"
)
LESS = re.compile(r"少(?:送|订|来|要|做|弄)|减(?!到|成)|退(?!到|成)")
ALSO = re.compile(r"也(?:要|想|得|给|吃|带|弄|来|送|订)[^，。]{0,4}$|(?:我|老伴|[妈爸爹娘儿女孙哥姐弟妹])也$")
"""Somebody else wants one as well (给我老头也带一份)."""
WITH_ME = re.compile(
    r"也(?:想|要|得)?[^，。吗]{1,3}[，,]?[^，。]{0,4}(?:一起|一块|一道|一同)|(?:一起|一块儿?|一道)(?:剪|洗|吃|理|坐)"
)
"""Somebody else comes along (老刘也想剪，跟我一起)."""
OTHER_MEAL = re.compile(r"(?:改|换)(?:成|为|到|吃|送)*(晚|夜|午|中|晌午)(?:饭|餐)")
"""The other meal of the day instead."""
ENOUGH = re.compile(r"(?:就|也|才|即|便)?(?:够|行|可以|成|得了|中|好)")
IN_ALL = re.compile(r"(?:到|成|为|共|总共|只|就|得|剩|留|变|改|换)(?:要|送|订|下|吃|有)?$")
"""Before a number that is how many in all (改成三份, 只要一份)."""
ONE_OF = re.compile(r"(?:有|其中|里面|当中)$")
"""Before an amount that is only a part of those ordered (有一份要软的)."""
JUST_MORE = re.compile(r"(?:多|再|加|添|另)(?:了|上|多)?$")
JUST_LESS = re.compile(r"(?:少|减|退|扣|去|划|撤)(?:掉|了|去|番)?$")
AMOUNTS = ("份", "人", "个", "台", "张")
"""Units in which an order is counted."""
OF_A_THING = re.compile(r"[^，。,！!？?吧啊呗哈就够行了也都要来得中成]")
"""Behind a bare 个: something else is counted (两个大箱子)."""
SHIFTS = re.compile(r"往[前后]|推迟|推后|延|顺|提前|[早晚](?=些|一?点|半|一个|两个|来|送|些)")
"""Words that move the time, beside which a day is no mere reason."""
GOALS = ("destination", "hospital")
GO_TO = re.compile(
    r"(?:改去|改到|换到|换成|改成|换去|去的是|是去|就去|要去|(?<=[，, ])去|目的地(?:是|改成|换成)?)([\u4e00-\u9fff]{1,12}?(?:院|所|站|店|局|行|园|场|馆|中心|校|市|寺|庙|城|家))(?!不|吗|么|吧|啵|呗)"
)
PICKED_UP = re.compile(r"接(?!着|电话|下来|受)|上车|出发")
"""Where somebody is picked up, and not where they go."""
DROPPED = re.compile(r"(?:不去|去不成|不看)?了")
"""Behind a place that is not gone to any more."""
BUILDING = re.compile(r"[0-9零一二三四五六七八九十]+(?:号楼|号院|栋|幢|座|单元)")
HALF_DAY = 12
PARTS = {"dawn": ("04:00", "08:00"), "morning": ("06:00", "12:00"), "noon": ("11:00", "13:30"),
         "afternoon": ("12:00", "18:00"), "evening": ("17:00", "22:00")}  # fmt: skip
"""Parts of the day: first and last hour."""


def old_and_new(order: Order | None, turn: Turn) -> tuple[list[Entity], list[Entity]]:
    """The times of a turn that name the order as it is, and those that say what it is to become.

    What stands behind a word of change is new; before it, or without one, it is old if the order has that day.
    """
    days = {str(day) for day in order.live_days} if order else set()
    times = list(turn.of("time"))
    found = MARKER.search(turn.text)
    old: list[Entity] = []
    new: list[Entity] = []
    for entity in times:
        behind = found is not None and entity.start >= found.end() > 0 and entity.end > 0
        is_old = len(times) > 1 and entity is times[0] and not behind
        if not is_old and not behind and len(times) == 1 and entity.value.get("date") in days:
            part, at = entity.value.get("part"), order.time if order else ""
            same = not entity.value.get("time") and (not part or PARTS[part][0] <= at < PARTS[part][1])
            is_old = same and (found is None or entity.end > 0)
        (old if is_old else new).append(entity)
    return old, new


def naming(turn: Turn) -> list[Entity]:
    """The times of a turn that can only name an order as it is: those before a word of change."""
    times, found = list(turn.of("time")), MARKER.search(turn.text)
    if len(times) > 1:
        return times[:1]
    return [entity for entity in times if found is None or 0 < entity.end <= found.start()]


def shift(turn: Turn) -> timedelta | None:
    """How much later or earlier: 往后挪一天, 晚半个小时, 提前两天."""
    said = turn.last("duration")
    if not isinstance(said, dict):
        return None
    by = timedelta(days=said.get("days") or 0, minutes=said.get("minutes") or 0)
    if not by:
        return None
    if EARLIER.search(turn.text):
        return -by
    return by if LATER.search(turn.text) else None


def changes_of(draft: dict[str, Any], order: Order, listed: ServiceItem, turn: Turn) -> dict[str, Any]:
    """The draft with what this turn wants changed."""
    old, new = old_and_new(order, turn)
    count = how_many(order.quantity, turn)
    if count and not MARKER.search(turn.text) and not SHIFTS.search(turn.text):
        new = []  # the day is part of the reason (今晚儿子回来，多两份), or names which day of several
    elif draft.get("asking") and not new:
        old, new = [], list(turn.of("time"))
    wished = dict(draft)
    if count and (found := MARKER.search(turn.text)):  # 周三周四都改成两份: all before it only name days
        old, new = [*old, *(one for one in new if 0 < one.end <= found.start())], [one for one in new if one.end > found.start() or not one.end]
    if (days := _days_named(order, old)) and len(days) < len(order.live_days):
        wished |= {"day": days[0], "days": days if len(days) > 1 else []}
    if by := shift(turn):
        # what is told before it is the reason (后天停水，往后推一天，还是九点), also where it is heard with the hour
        new = [_without_day(entity, str(order.date)) for entity in new if entity.start >= _shifting(turn.text)]
        if not any(entity.value.get("date") for entity in new):
            wished |= _shifted(order, listed, by, wished.get("day"))
    new = [_of_one_day(wished, order, entity, turn) for entity in new]
    if meal := OTHER_MEAL.search(turn.text):  # what is told beside it is the reason (换成晚饭，中午闺女给我送)
        part = "evening" if meal[1] in "晚夜" else "noon"
        wished |= _from_part(listed, order.date or today(), part, "") if listed.usual else {}
        new = [entity for entity in new if not entity.value.get("part")]
    for entity in new:
        wished |= _from_time(wished, _same_week(entity, order), order, listed)
    if count:
        wished["quantity"] = count
    wished |= _other_phone(order, turn)
    if not (turn.all("address") and PICKED_UP.search(turn.text)) and (goal := _goal(order, turn)):
        wished["goal"] = goal
    elif turn.last("address"):
        wished |= {"address": _whole(str(turn.last("address")), order.address), "elsewhere": False}
    elif ELSEWHERE.search(turn.text) or turn.last("change") == "place":
        wished["elsewhere"] = True
    return wished


def _days_named(order: Order, named: list[Entity]) -> list[str]:
    """The days of an order of several that are named, ISO: single ones, a span of them (后两天), weekdays."""
    if len(order.live_days) < 2:
        return []
    meant: set[date] = set()
    for value in (one.value for one in named):
        first, last = value.get("date") or "", value.get("end_date") or value.get("date") or ""
        weekdays = value.get("weekdays") or ()
        span = [day for day in order.live_days if day >= today() and first <= str(day) <= last]
        meant |= {day for day in order.live_days if day.isoweekday() in weekdays and day >= today()} if weekdays else set(span)
    return [str(day) for day in sorted(meant)]


def _other_phone(order: Order, turn: Turn) -> dict[str, Any]:
    """Another number to call: the one told, or that one is still to be told (我换号了)."""
    said = str(turn.last("phone") or "")
    if said and said not in (order.person_phone, order.asked_by_phone):
        return {"phone": said, "other_phone": False}
    return {"other_phone": True} if OTHER_PHONE.search(turn.text) and not said else {}


def _of_one_day(wished: dict[str, Any], order: Order, entity: Entity, turn: Turn) -> Entity:
    """Of several days one is named with its new hour (下周五那顿改成晚上): the day stays, the hour is that day's alone."""
    day, named = entity.value.get("date"), len(list(turn.of("time"))) == 1
    hour = entity.value.get("time") or entity.value.get("part")
    if not (named and day and hour and len(order.live_days) > 1 and day in map(str, order.live_days)) or wished.get(
        "day"
    ):
        return entity
    if not MARKER.search(turn.text):
        return entity
    wished["day"] = day
    return replace(entity, value={**entity.value, "date": None, "end_date": None})


def _same_week(entity: Entity, order: Order) -> dict[str, Any]:
    """A weekday without a week (挪到周三吧) is that of the order's own week, if that is still to come."""
    said, first = entity.value.get("date"), order.date
    if not said or not first or not BARE_WEEKDAY.match(entity.text):
        return entity.value
    there = first - timedelta(days=first.isoweekday() - date.fromisoformat(said).isoweekday())
    return {**entity.value, "date": str(there)} if there > today() else entity.value


def goal_of(order: Order) -> str:
    """The particular that says where a journey of this order goes: hospital, destination; empty when it goes nowhere."""
    return next((name for name in GOALS if order.particulars.get(name)), "")


def _goal(order: Order, turn: Turn) -> str:
    """Another place to go to (不去湘雅了，改去省中医院)."""
    if not goal_of(order):
        return ""
    named = [str(e.value) for e in turn.of("facility") if not DROPPED.match(turn.text[e.end :])]
    found = GO_TO.findall(turn.text)
    said = named[-1] if named else found[-1] if found else ""
    return "" if said == order.particulars.get(goal_of(order)) else said


def _without_day(entity: Entity, day: str) -> Entity:
    """The time without the day that the order has now."""
    return (
        replace(entity, value={**entity.value, "date": None, "end_date": None})
        if entity.value.get("date") == day
        else entity
    )


def _shifting(text: str) -> int:
    """Where the words begin that move an order by a length of time; 0 if there are none."""
    found = LATER.search(text) or EARLIER.search(text)
    return found.start() if found else 0


def _whole(said: str, known: str) -> str:
    """An address of which only the building or the door was said, with the street that is known."""
    part = BUILDING.search(known or "")
    return known[: part.start()] + said if part and BUILDING.match(said) else said


def how_many(now: int, turn: Turn, less: bool = False) -> int:
    """How many it is to be: what is said to be enough (减一份，两份就够), else so many more or fewer than there are.

    Args:
        less: a number said without such a word is how many are taken away (取消两份里头的一份).
    """
    counts = [e for e in turn.of("quantity") if isinstance(e.value, dict) and _of_the_order(turn.text, e)]
    counts = [e for e in counts if not (e.value["n"] < now and ONE_OF.search(turn.text[: e.start]) and e.end)]
    counted = [(e.value["n"], _by(turn.text, e)) for e in counts]
    if whole := [number for number, by in counted if not by]:
        shares = less and len(whole) == len(counted)
        return now - whole[-1] if shares and now > whole[-1] else whole[-1]
    if not counted and WITH_ME.search(turn.text):
        return now + 1
    changes = [number * by for number, by in counted]
    return now + changes[-1] if changes and now + changes[-1] > 0 else counted[-1][0] if counted else 0


def _of_the_order(text: str, count: Entity) -> bool:
    unit = count.value.get("unit")
    return unit in AMOUNTS and not (unit == "个" and count.end and OF_A_THING.match(text[count.end :]))


def _by(text: str, count: Entity) -> int:
    """Whether a number says how many more (1) or fewer (-1), or how many in all (0)."""
    before = re.split(r"[，。,！!？?]", text[: count.start] if count.end else text)[-1]
    behind = text[count.end :]
    if ENOUGH.match(behind) or IN_ALL.search(before):
        return 0
    if LESS.search(before) or JUST_LESS.search(before):
        return -1
    return 1 if MORE.search(before) or ALSO.search(before) or JUST_MORE.search(before) else 0


def _shifted(order: Order, listed: ServiceItem, by: timedelta, day: str | None) -> dict[str, Any]:
    first = date.fromisoformat(day) if day else order.date
    if first is None:
        return {}
    if not listed.timed:
        return {"date": str(first + by)}
    moved = datetime.fromisoformat(f"{first}T{order.time}") + by
    return {"date": str(moved.date()), "time": f"{moved:%H:%M}", "halves": [], "part": ""}


def _from_time(wished: dict[str, Any], value: dict[str, Any], order: Order, listed: ServiceItem) -> dict[str, Any]:
    got: dict[str, Any] = {}
    if value.get("date"):
        got["date"] = value["date"]
    if not listed.timed:
        return {**got, **_arrival(listed, value)}
    day = date.fromisoformat(got.get("date") or wished.get("date") or str(order.date))
    if value.get("time"):
        got |= {"part": "", **clock_time(listed, day, value["time"], bool(value.get("ampm")), order.time)}
    elif part := value.get("part"):
        got |= _from_part(listed, day, part, order.time)
    return got


def _arrival(listed: ServiceItem, value: dict[str, Any]) -> dict[str, Any]:
    """The hour at which somebody is brought to a place that takes them for the day (改到九点送)."""
    if not value.get("time"):
        return {}
    hour = value["time"]
    both = [hour] if value.get("ampm") or int(hour[:2]) > HALF_DAY else [hour, f"{int(hour[:2]) % HALF_DAY + HALF_DAY}{hour[2:]}"]
    return {"time": next((one for one in both if within(listed, one)), both[0]), "halves": []}


def clock_time(listed: ServiceItem, day: date, time: str, sure: bool, old: str) -> dict[str, Any]:
    """The time of day meant by a clock time; `halves` holds two when the opening hours leave both open."""
    if sure or int(time[:2]) > HALF_DAY:
        return {"time": time, "halves": []}
    hour = int(time[:2]) % HALF_DAY
    both = [f"{hour:02d}{time[2:]}", f"{hour + HALF_DAY:02d}{time[2:]}"]
    able = [one for one in both if slot_of(listed, day, one) is not None]
    if len(able) == 1:
        return {"time": able[0], "halves": []}
    if len(able) > 1:
        return {"time": "", "halves": able}
    return {"time": both[0] if old < "12:00" else both[1], "halves": []}


def _from_part(listed: ServiceItem, day: date, part: str, old: str) -> dict[str, Any]:
    if usual := usual_time(listed, part):
        return {"time": usual, "halves": [], "part": ""}
    start, end = PARTS[part]
    if start <= old < end:
        return {"time": old, "part": ""}
    within = [one for one in starts(listed, day) if start <= one < end]
    return {"time": within[0], "part": ""} if len(within) == 1 else {"time": "", "part": part}

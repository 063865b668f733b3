"""A service in spoken words: price, hours, how long, how early."""

from __future__ import annotations

from care.service_list.catalogue import ServiceItem
from care.texts import phrase
from care.wording import WEEKDAYS, say_count, say_money, say_span

HOUR = "小时"
ALL_DAY = 480
STAY = 1440


def price(item: ServiceItem, brief: bool = False, note: bool = True) -> str:
    """What it costs, honestly: free, a demonstration price, or not known.

    Args:
        brief: for the ear, which keeps little: that the station has the last word stands on the screen only.
        note: with what comes on top of the price.
    """
    if item.price is None or item.price == 0:
        return _without_price(item)
    said = each(item)
    if item.price_unit == HOUR and item.minutes > 60:
        said = phrase("service_list.price_long", each=said, hours=say_count(-(-item.minutes // 60)))
    if item.price_note and note:
        return phrase("service_list.price_brief_note" if brief else "service_list.price_demo_note", each=said, note=item.price_note)
    return phrase("service_list.price_brief" if brief else "service_list.price_demo", each=said)


def _without_price(item: ServiceItem) -> str:
    if item.payer == "free":
        if not item.price_note:
            return phrase("service_list.price_free")
        key = "price_free_but" if item.price is not None else "price_free_note"
        return phrase(f"service_list.{key}", note=item.price_note)
    if item.price_note:
        return phrase("service_list.price_unknown_note", note=item.price_note)
    return phrase("service_list.price_unknown")


def price_is_unknown(item: ServiceItem) -> bool:
    """Whether nobody here knows what it costs."""
    return not item.price and item.payer != "free"


def each(item: ServiceItem) -> str:
    """The bare price of one unit: 一份十二块; empty when there is none."""
    if not item.price:
        return ""
    unit = ("个" if item.price_unit == HOUR else "") + item.price_unit
    return phrase("service_list.each", unit=unit, money=say_money(item.price))


def days(item: ServiceItem) -> str:
    """On which days of the week: 星期一到星期六有."""
    if len(item.weekdays) == 7:
        return phrase("service_list.days_all")
    if list(item.weekdays) == list(range(item.weekdays[0], item.weekdays[-1] + 1)):
        return phrase(
            "service_list.days_span", first=WEEKDAYS[item.weekdays[0] - 1], last=WEEKDAYS[item.weekdays[-1] - 1]
        )
    return phrase("service_list.days_some", days="、".join(WEEKDAYS[day - 1] for day in item.weekdays))


def hours(item: ServiceItem) -> str:
    """From when to when: 早上九点到中午十一点半，下午两点到四点半."""
    return "，".join(say_span(start, end) for start, end in item.hours)


def rest(item: ServiceItem) -> str:
    """Whether public holidays count."""
    return phrase("service_list.no_rest" if item.on_holidays else "service_list.rest")


def duration(item: ServiceItem) -> str:
    """How long it takes."""
    if item.minutes >= STAY:
        return phrase("service_list.duration_stay", name=item.say_name)
    if item.minutes >= ALL_DAY:
        return phrase("service_list.duration_day", name=item.say_name, hours=hours(item))
    whole, rest_minutes = divmod(item.minutes, 60)
    length = (f"{say_count(whole)}个小时" if whole else "") + ("半" if whole and rest_minutes == 30 else "")
    if not whole:
        length = f"{say_count(rest_minutes)}分钟" if rest_minutes != 30 else "半个小时"
    return phrase("service_list.duration", name=item.say_name, length=length)


def lead(item: ServiceItem) -> str:
    """How early it must be booked."""
    if not item.lead_hours:
        return phrase("service_list.no_lead", name=item.say_name)
    whole_days, rest_hours = divmod(item.lead_hours, 24)
    if whole_days and not rest_hours:
        return phrase("service_list.lead_days", name=item.say_name, days=say_count(whole_days))
    return phrase("service_list.lead", name=item.say_name, hours=say_count(item.lead_hours))

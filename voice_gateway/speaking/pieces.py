"""Pieces that the prepared voice composes clauses of: numbers, money, dates, times, people, places, services."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import chain

from care import regions
from care.booking import data as booking
from care.service_list import catalogue
from care.service_list.about import without_brackets
from care.wording import NEAR_DAYS, WEEKDAYS, day_part, say_count, say_money, say_number, say_time
from voice_gateway.speaking.items import Item, flowing, of_text

QUARTERS = (0, 15, 30, 45)
EARLIEST, LATEST = 6, 21
"""Hours of the day at which services begin or end."""
MOST = 6
"""Portions or people in one order that are prepared with their measure word."""


def numbers() -> Iterator[Item]:
    """Digits one by one, and numbers as words."""
    yield from (Item(digit) for digit in "零一二三四五六七八九")
    yield from flowing(say_number(number) for number in range(10, 100))
    yield from flowing(f"{word}百" for word in "一两三四五六七八九")
    yield from flowing(
        ("一千", "两千", "一万", "百分之", "号", "块", "岁", "年", "个小时", "分钟", "个月", "电话", "星期")
    )


def times() -> Iterator[Item]:
    """Days, dates, parts of the day and the clock in quarters."""
    clock = [f"{hour}:{minute:02d}" for hour in range(EARLIEST, LATEST) for minute in QUARTERS]
    yield from (Item(day) for day in (*NEAR_DAYS.values(), *(f"星期{day}" for day in WEEKDAYS)))
    yield from (Item(say_time(time)) for time in clock if time.endswith(("00", "30")))
    yield from flowing(f"{say_number(month)}月" for month in range(1, 13))
    yield from (Item(f"{say_number(day)}号") for day in range(1, 32))
    yield from flowing(f"到{say_time(time, part=False)}" for time in clock if time.endswith(("00", "30")))
    yield from flowing(f"到{say_number(month)}月" for month in range(1, 13))
    yield from flowing(f"到{day_part(time)}" for time in clock)
    yield from flowing(f"下星期{day}" for day in WEEKDAYS)
    yield from flowing(day_part(time) for time in clock)
    yield from (Item(say_time(time)) for time in clock)
    yield from flowing(say_time(time, part=False) for time in clock)
    yield from (Item(f"{say_count(days)}天") for days in (1, 2, 3, 5, 7, 10, 14, 15, 28, 30))
    yield from flowing(("每天", "每星期", "每次", "送到", "共"))


def people() -> Iterator[Item]:
    """For whom: 您母亲, 给您母亲."""
    named = [relation["you"] for relation in booking.table("people")["relations"].values()]
    near = [name for name in named if len(name) < 5]
    yield from flowing((*near, *(f"给{name}" for name in near)))


def services() -> Iterator[Item]:
    """What is booked: services, counts, prices, particulars, places, providers."""
    items = [item for region in catalogue.regions() for item in catalogue.items(region)]
    names = list(dict.fromkeys(item.say_name for item in items))
    yield from flowing(names)
    yield from flowing(region.short for region in regions.regions())
    yield from flowing(f"{say_count(count)}{unit}" for unit in ("份", "个人") for count in range(1, MOST + 1))
    yield from flowing(f"订{name}" for name in names)
    yield from (Item(f"登记申请{name}") for name in names)
    prices = {item.price for item in items if item.price}
    sums = sorted({Decimal(price) * count for price in prices for count in range(1, MOST + 1)})
    yield from flowing(say_money(amount) for amount in sums)
    yield from _particulars()
    yield from flowing(_provider_names())
    yield from flowing(
        f"{say_number(number)}{unit}" for unit in ("号楼", "单元", "栋", "楼") for number in range(1, 11)
    )


def _particulars() -> Iterator[Item]:
    for spec in booking.table("slots").values():
        for value in (spec.get("values") or {}).values():
            yield from of_text(value["say"])
    diets = [value["as"] for value in booking.values("diet").values()]
    yield from flowing(f"{say_count(count)}份{kind}饭" for kind in diets for count in (1, 2))


def _provider_names() -> Iterable[str]:
    found = chain.from_iterable(catalogue.providers(region) for region in catalogue.regions())
    return dict.fromkeys(name for provider in found for name in (without_brackets(provider.name),))

"""The answer about one service: what it is, what it costs, where, when, who comes, what to prepare."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from care import clock, regions
from care.reply import Reply
from care.service_list import catalogue, speech
from care.service_list.catalogue import ServiceItem
from care.service_list.opening import holiday, next_open, open_hours, still_open
from care.texts import phrase, reply
from care.wording import say_count, say_day, say_money, say_span

SPOKEN = 3

STATION = 5
"""Whoever offers at least so many services is named when somebody asks for a service station."""

PLACE = "place"
"""Kind of a service that one goes to."""

DATED = ("", "hours")
"""What is asked where a day is the answer."""
PARTS = {"morning": "12:00", "noon": "14:00", "afternoon": "18:00"}
"""Ends of the parts of a day; after them only later ones are left."""
MONEY = re.compile(r"费|钱|价|押金|便宜|双份|零件|材料|付|扫码|医保|卡|优惠|打折|票")
"""A ready answer that is found by such a word may answer a question about the price."""


def about(item: ServiceItem, question: dict[str, Any], region: str) -> tuple[Reply, bool]:
    """The answer about one service, and whether booking it may be offered with it."""
    asked = question["asked"]
    if asked == "where":
        return where(region, item, question), False
    if question["diet"] and item.diets:
        key = "diet_yes" if question["diet"] in item.diets else "diet_no"
        words = phrase(f"service_list.diet_{question['diet']}")
        return reply(f"service_list.{key}", name=item.say_name, diet=words), key == "diet_yes"
    if said := ready_answer(item.answers, question, speech.each(item)):
        return said, True
    if said := ready_answer(catalogue.general_answers(), question, ""):
        return said, False
    if asked == "price" and (total := _total(item, question)):
        return total, True
    if question["date"] and asked in DATED:
        day = date.fromisoformat(question["date"])
        return _on_day(item, day, question["part"]), bool(had_on(item, question))
    return _ANSWERS.get(asked, _overview)(item, bool(region)), asked not in ("hours", "prepare")


def _total(item: ServiceItem, question: dict[str, Any]) -> Reply | None:
    """The price of several hours or portions at once."""
    if not item.price:
        return None
    if item.price_unit == speech.HOUR and question["minutes"]:
        number, unit = -(-question["minutes"] // 60), "个小时"
    elif item.price_unit != speech.HOUR and question["count"] > 1:
        number, unit = question["count"], item.price_unit
    else:
        return None
    count, money = say_count(number) + unit, say_money(item.price * number)
    return with_source(reply("service_list.price_total", name=item.say_name, count=count, money=money), item)


def ready_answer(answers: tuple[catalogue.Answer, ...], question: dict[str, Any], price: str) -> Reply | None:
    """The ready answer that fits; to a question about the price only one that is about money."""
    for one in answers:
        found = next((word for word in one.ask if word in question["text"]), "")
        if found and (question["asked"] != "price" or MONEY.search(found)):
            return Reply(one.say.format(price=price) + "。")
    return None


def with_source(said: Reply, item: ServiceItem) -> Reply:
    """Adds for the eye where it comes from."""
    source = f"依据：{item.standard}" + (f"；价格参考：{item.price_source}" if item.price_demo else "")
    return Reply(said.say, f"{said.show or said.say}\n{source}", said.choices, said.command, said.card)


def _price(item: ServiceItem, region_known: bool) -> Reply:
    """For the ear the price and at most one thing more; what else there is stands on the screen."""
    relief = item.relief if region_known else None
    full = reply("service_list.price", name=item.say_name, price=speech.price(item)).say
    brief = reply(
        "service_list.price", name=item.say_name, price=speech.price(item, brief=True, note=relief is None)
    ).say
    if relief:
        full, brief = f"{full}{relief.say}。", f"{brief}{relief.brief}。"
    return with_source(Reply(brief, full), item)


def _overview(item: ServiceItem, region_known: bool) -> Reply:
    said = reply("service_list.overview", name=item.say_name, content=item.content, price=speech.price(item))
    return with_source(said, item)


def _hours(item: ServiceItem, region_known: bool) -> Reply:
    key = "hours_meals" if item.kind == PLACE and item.diets else "hours" if item.dated else "hours_office"
    return reply(f"service_list.{key}", name=item.say_name, days=speech.days(item), hours=speech.hours(item),
                 rest=speech.rest(item))  # fmt: skip


def _prepare(item: ServiceItem, region_known: bool) -> Reply:
    if not item.preconditions:
        return reply("service_list.no_prepare", name=item.say_name)
    return reply("service_list.prepare", things="，".join(item.preconditions[:SPOKEN]))


def _who(item: ServiceItem, region_known: bool) -> Reply:
    return reply("service_list.who", who=item.who)


def _audience(item: ServiceItem, region_known: bool) -> Reply:
    return reply("service_list.audience", name=item.say_name, audience=item.audience)


_ANSWERS = {
    "price": _price,
    "hours": _hours,
    "prepare": _prepare,
    "who": _who,
    "duration": lambda item, known: Reply(speech.duration(item)),
    "lead": lambda item, known: Reply(speech.lead(item)),
    "audience": _audience,
}


def had_on(item: ServiceItem, question: dict[str, Any]) -> date | None:
    """The day asked for where the service can be had then; where today is over the next day; else none."""
    if not question["date"] or question["asked"] not in DATED:
        return None
    day = date.fromisoformat(question["date"])
    if not open_hours(item, day) or day < clock.today():
        return None
    return day if still_open(item, day, clock.now()) else next_open(item, day)


def _on_day(item: ServiceItem, day: date, part: str = "") -> Reply:
    said = say_day(day, clock.today())
    intervals = still_open(item, day, clock.now())
    if intervals:
        hours = "，".join(say_span(start, end) for start, end in intervals)
        too_late = part in PARTS and not any(begin < PARTS[part] for begin, _ in intervals)
        return reply("service_list.rest_of_day" if too_late else "service_list.open_day", date=said, hours=hours)
    if open_hours(item, day) and (following := next_open(item, day)):
        hours = "，".join(say_span(start, end) for start, end in open_hours(item, following))
        return reply("service_list.day_over", date=said, next=say_day(following, clock.today()), hours=hours)
    if name := holiday(day):
        return reply("service_list.holiday_day", date=said, holiday=name, name=item.say_name)
    return reply("service_list.closed_day", date=said, days=speech.days(item), hours=speech.hours(item))


def where(region: str, item: ServiceItem | None, question: dict[str, Any]) -> Reply:
    found = catalogue.providers(region, item.code if item else None, question["place"] or question["text"])
    if item is None:
        found = [one for one in found if len(one.services) >= STATION]
    place = question["place"] or regions.region(region).short
    if not found:
        return reply("service_list.where_none", place=place, name=item.say_name if item else "服务站")
    first, short = found[0], regions.region(region).short
    if _far(region, question["place"], first):
        return reply(
            "service_list.where_far",
            place=place,
            name=item.say_name if item else "服务站",
            region=short,
            provider=without_brackets(first.name),
            address=first.address,
        )
    values: dict[str, Any] = {"region": short, "provider": without_brackets(first.name), "address": first.address, "hours": first.hours}
    rows = "\n".join(f"{one.name}，{one.grade}，{one.address}，{one.hours}" for one in found)
    said = (
        reply("service_list.where_two", other=without_brackets(found[1].name), **values)
        if len(found) > 1
        else reply("service_list.where_one", **values)
    )
    return Reply(said.say, rows)


def _far(region: str, place: str, nearest: catalogue.Provider) -> bool:
    """Whether a smaller place was named that the nearest provider does not cover."""
    town = regions.region(region)
    own = not place or place in (town.id, town.name, town.short, town.province) or town.short in place
    return not own and not any(name in place or place in name for name in nearest.communities)


def without_brackets(name: str) -> str:
    """A name without what is in brackets."""
    return re.sub(r"（.*?）", "", name)

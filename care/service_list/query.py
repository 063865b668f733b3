"""Questions about services: what there is, what it costs, where, when, how long, who comes, what to prepare."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from care import clock, regions
from care.conversation.model import Conversation
from care.reply import Choice, Outcome, Reply
from care.service_list import catalogue, speech
from care.service_list.catalogue import ServiceItem
from care.service_list.opening import holiday, open_hours
from care.texts import phrase, reply
from care.turn import Turn
from care.wording import say_count, say_day, say_money, say_span

TASK = "service_region"
TRIES = 2
"""How often the region is asked for before giving up."""
LISTED = ("meal", "bath", "medical")
"""Named first when somebody asks what there is."""
SPOKEN = 3
STATION = 5
"""Whoever offers at least so many services is named when somebody asks for a service station."""
PLACE = "place"
"""Kind of a service that one goes to."""
DEFAULT_DIET = "meal"
"""What a question about a diet is about when nothing else is named."""
RELATION = "spoken_of"
"""Memory key: for whom a service was asked about last."""
LAST = "service"
"""Memory key: the service spoken of last."""

TOLD = "service_told"
"""Memory key: the last answer about one service, and the region it was given for."""

ASKS: dict[str, str] = {
    "price": r"多少钱|几多钱|几钱|好多钱|多钱|多儿钱|价|收费|要钱|免费|贵|花钱|几块|收钱|俾钱|掏|押金|交钱|手费|咋卖",
    "where": r"附近|在哪|哪里|哪儿|哪块|哪达|边度|地址|最近的|边有|周围|[村镇区]有|哪家",
    "prepare": r"准备|带什么|带些什么|带点什么|带啥|带些啥|要带|带么子|带哪些|注意|自己备|备什么",
    "who": r"谁来|来[^，。]{0,3}的?(?:都)?是些?(?:什么|啥|哪些|么子)人|靠得住|靠谱|可靠|什么人来|啥人来|几个人|几位|男的|女的|哪个来",
    "lead": r"提前|当天|现订|来得及",
    "duration": r"多久|多长时间|多少时间|几个钟|多大功夫|多大工夫",
    "hours": r"几点|开饭|几时|什么时候|啥时候|开门|营业|时间|礼拜|星期|周[一二三四五六日天末]|节假日|过年|上班|晚上|半夜|天天",
    "audience": r"谁能|收不收|你们收|能收|接不接收|肯收|什么人能|哪些人|我能用|能不能用|多大岁数|多大年纪",
    "content": r"包括|包啥|包什么|都有啥|干啥|干些啥|干什么|做什么|怎么|咋|是啥|是个啥|是什么|怎样|哪些|啥样|陪些啥|管不管",
}
"""What is asked about one service, first match wins; words of the price question count only with a price intent."""
LISTING = re.compile(r"服务|项目|清单|目录|能帮|能办|管些?啥|都(有|能|管|给)|干些?啥|有(啥|什么|哪)|整啥|还有")
"""Words of somebody who wants to hear what there is."""
MONEY = re.compile(r"费|钱|价|押金|便宜|双份|零件|材料|付|扫码|医保|卡|优惠|打折|票")
"""A ready answer that is found by such a word may answer a question about the price."""
IS_THERE = re.compile(r"有没有|有无|有冇|有么|有不|能.*[吗不]|的不")
MORE_WORDS = re.compile(r"还有(别的|啥|什么)|除了")
LIST_WORDS = re.compile(
    r"还有(别的|啥|什么)|除了|服务项目|服务清单|服务目录|价目表|收费标准|(有啥|哪些|什么|么子|咩)服务"
)


def answer(session: Session, conversation: Conversation, turn: Turn) -> Outcome:
    """Answers a question about services or prices."""
    there = turn.all("place")
    if there and all(not place["region"] for place in there):
        return Outcome([reply("service_list.not_covered", place=there[-1]["name"])])
    named = next((place for place in reversed(there) if place["region"]), None)
    if named and not conversation.region:
        conversation.region = named["region"]
    if relation := next((one for one in reversed(turn.all("relation")) if one != "self"), ""):
        conversation.remember(**{RELATION: relation})
    question = _question(turn, _named(turn) or _in_hand(conversation, turn))
    if question["diet"] and not question["code"]:
        question["code"] = DEFAULT_DIET
    if question["place"] and question["code"] and not question["asked"] and IS_THERE.search(turn.text):
        question["asked"] = "where"
    return _answer(conversation, question)


def claims(conversation: Conversation, turn: Turn) -> bool:
    """“来几个人啊” right after a service was told of asks about it, where nothing is ordered yet whose state could be meant."""
    if turn.intent != "order_status" or conversation.task or conversation.recall("last_order"):
        return False
    return bool(conversation.recall(LAST)) and _asked(turn) in ("who", "prepare", "duration", "lead", "price", "content")


def aside(conversation: Conversation, turn: Turn, code: str) -> Reply | None:
    """The answer to a question about a service that is being booked; none when the list does not say."""
    region = conversation.region
    item = catalogue.item(region, code) if region else catalogue.general(code)
    if item is None:
        return None
    question = _question(turn, code)
    ready = _ready(item.answers, question, "") or _ready(catalogue.general_answers(), question, "")
    return _about(item, question, region)[0] if question["asked"] or ready else None


def _question(turn: Turn, code: str) -> dict[str, Any]:
    """What is asked, in plain data."""
    named = next((place for place in reversed(turn.all("place")) if place["region"]), None)
    return {
        "code": code,
        "asked": _asked(turn),
        "text": turn.text,
        "region": named["region"] if named else "",
        "place": named["name"] if named else "",
        "diet": next((diet for diet in turn.all("diet") if isinstance(diet, str)), ""),
        "minutes": _minutes(turn),
        "count": next((one["n"] for one in turn.all("quantity") if isinstance(one, dict)), 0),
        "date": (turn.last("time") or {}).get("date") or "",
    }


def _named(turn: Turn) -> str:
    """The service named; of a place and what is had there (食堂几点开饭) the place, when its hours or way are asked."""
    services = turn.all("service") or ["aids_rental"] * bool(turn.all("aid"))
    places = [code for code in services if (item := catalogue.general(code)) and item.kind == PLACE]
    return (places if places and _asked(turn) in ("hours", "where") else services or [""])[-1]


def _minutes(turn: Turn) -> int:
    said = turn.last("duration")
    return int(said.get("minutes") or 0) if isinstance(said, dict) else 0


def _asked(turn: Turn) -> str:
    if turn.intent == "price_query":
        return "price"
    for name, words in ASKS.items():
        if re.search(words, turn.text):
            return name
    return ""


def _in_hand(conversation: Conversation, turn: Turn) -> str:
    """The service that is meant though it is not named: that of the open booking, else the last spoken of."""
    if LIST_WORDS.search(turn.text):
        return ""
    booking = conversation.draft("booking") if conversation.task == "booking" else {}
    if booking.get("service"):
        return booking["service"]
    return (conversation.recall(LAST) or "") if _asked(turn) or turn.last("diet") else ""


def _answer(conversation: Conversation, question: dict[str, Any]) -> Outcome:
    region, code = question["region"] or conversation.region, question["code"]
    if not code:
        return _general(conversation, question, region)
    conversation.remember(**{LAST: code})
    if question["asked"] == "where" and not region:
        return _ask_region(conversation, question)
    item = catalogue.item(region, code) if region else catalogue.general(code)
    if item is None:
        elsewhere = catalogue.anywhere(code)
        if not elsewhere:
            return Outcome([reply("service_list.unclear")])
        if region:
            return Outcome([_not_here(elsewhere, region)])
        item = elsewhere[0]
    said, can_offer = _about(item, question, region)
    before = conversation.recall(TOLD)
    conversation.remember(**{TOLD: {"say": said.say, "region": region}})
    if question["region"] and before == {"say": said.say, "region": ""}:
        said, can_offer = _same_there(item, question, region), True
    return Outcome([_with_offer(said, item) if can_offer and not conversation.task else said])


def _same_there(item: ServiceItem, question: dict[str, Any], region: str) -> Reply:
    """What was told without a town holds for the town named now: it is not told twice, but who does it there is."""
    near = catalogue.providers(region, item.code, question["place"] or question["text"])
    town = regions.region(region).short
    if not near:
        return reply("service_list.same_there", region=town)
    return reply("service_list.same_there_at", region=town, provider=without_brackets(near[0].name), address=near[0].address)


def _general(conversation: Conversation, question: dict[str, Any], region: str) -> Outcome:
    """No service named: what there is, or a ready answer."""
    if ready := _ready(catalogue.general_answers(), question, ""):
        return Outcome([ready])
    if question["asked"] == "price":
        dear = [item for item in _offered(region) if item.code in LISTED and speech.each(item)]
        prices = "，".join(item.say_name + speech.each(item) for item in dear)
        return Outcome([reply("service_list.price_three", prices=prices, choices=_choices(dear, "service_list.price"))])
    if question["asked"] == "where" and not region:
        return _ask_region(conversation, question)
    if question["asked"] == "where" and region:
        return Outcome([_where(region, None, question)])
    known = LISTING.search(question["text"]) or LIST_WORDS.search(question["text"])
    return Outcome([_list(region, question["text"], "list" if known else "list_unsure")])


def _offered(region: str) -> list[ServiceItem]:
    """The services of a region; while it is unknown, the base list."""
    return catalogue.items(region) if region else catalogue.general_items()


def _list(region: str, text: str, key: str) -> Reply:
    offered = _offered(region)
    first = [item for code in LISTED for item in offered if item.code == code]
    rest = [item for item in offered if item not in first]
    where = regions.region(region).short if region else ""
    names = "、".join(item.say_name for item in offered)
    if MORE_WORDS.search(text):
        shown = rest[:SPOKEN]
        return reply(
            "service_list.more_list", names="、".join(item.say_name for item in shown), choices=_choices(shown)
        )
    return reply(f"service_list.{key}", region=where, all=names, choices=_choices(first))


def _choices(items: list[ServiceItem], _for: str = "") -> tuple[Choice, ...]:
    return tuple(Choice(item.say_name, f"我想要{item.say_name}") for item in items)


def _not_here(elsewhere: list[ServiceItem], region: str) -> Reply:
    places = "、".join(regions.region(item.region).short for item in elsewhere)
    name = elsewhere[0].say_name
    return reply("service_list.not_here", name=name, places=places, region=regions.region(region).short)


def _about(item: ServiceItem, question: dict[str, Any], region: str) -> tuple[Reply, bool]:
    """The answer about one service, and whether booking it may be offered with it."""
    asked = question["asked"]
    if asked == "where":
        return _where(region, item, question), False
    if question["diet"] and item.diets:
        key = "diet_yes" if question["diet"] in item.diets else "diet_no"
        words = phrase(f"service_list.diet_{question['diet']}")
        return reply(f"service_list.{key}", name=item.say_name, diet=words), key == "diet_yes"
    if ready := _ready(item.answers, question, speech.each(item)):
        return ready, True
    if ready := _ready(catalogue.general_answers(), question, ""):
        return ready, False
    if asked == "price" and (total := _total(item, question)):
        return total, True
    if question["date"] and asked in ("", "hours"):
        day = date.fromisoformat(question["date"])
        return _on_day(item, day), bool(open_hours(item, day))
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
    return _with_source(reply("service_list.price_total", name=item.say_name, count=count, money=money), item)


def _ready(answers: tuple[catalogue.Answer, ...], question: dict[str, Any], price: str) -> Reply | None:
    """The ready answer that fits; to a question about the price only one that is about money."""
    for one in answers:
        found = next((word for word in one.ask if word in question["text"]), "")
        if found and (question["asked"] != "price" or MONEY.search(found)):
            return Reply(one.say.format(price=price) + "。")
    return None


def _with_source(said: Reply, item: ServiceItem) -> Reply:
    """Adds for the eye where it comes from."""
    source = f"依据：{item.standard}" + (f"；价格参考：{item.price_source}" if item.price_demo else "")
    return Reply(said.say, f"{said.show or said.say}\n{source}", said.choices, said.command, said.card)


def _price(item: ServiceItem, region_known: bool) -> Reply:
    """For the ear the price and at most one thing more; what else there is stands on the screen."""
    relief = item.relief if region_known else None
    full = reply("service_list.price", name=item.say_name, price=speech.price(item)).say
    brief = reply("service_list.price", name=item.say_name, price=speech.price(item, brief=True, note=relief is None)).say
    if relief:
        full, brief = f"{full}{relief.say}。", f"{brief}{relief.brief}。"
    return _with_source(Reply(brief, full), item)


def _overview(item: ServiceItem, region_known: bool) -> Reply:
    said = reply("service_list.overview", name=item.say_name, content=item.content, price=speech.price(item))
    return _with_source(said, item)


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


def _on_day(item: ServiceItem, day: date) -> Reply:
    said = say_day(day, clock.today())
    intervals = open_hours(item, day)
    if intervals:
        hours = "，".join(say_span(start, end) for start, end in intervals)
        return reply("service_list.open_day", date=said, hours=hours)
    if name := holiday(day):
        return reply("service_list.holiday_day", date=said, holiday=name, name=item.say_name)
    return reply("service_list.closed_day", date=said, days=speech.days(item), hours=speech.hours(item))


def _where(region: str, item: ServiceItem | None, question: dict[str, Any]) -> Reply:
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
    values = {"region": short, "provider": without_brackets(first.name), "address": first.address, "hours": first.hours}
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


def _with_offer(said: Reply, item: ServiceItem) -> Reply:
    offer = reply("service_list.offer" if item.dated else "service_list.offer_apply", name=item.say_name)
    return Reply(said.say + offer.say, f"{said.show or said.say}\n{offer.say}", offer.choices)


def offer_again(last: dict[str, Any], region: str) -> Reply:
    """The offer once more for a town that was told after it, without what was told before it."""
    told = Reply.from_dict(last)
    offer = told.say.rstrip("。").rpartition("。")[2]
    return reply("service_list.noted_town", region=regions.region(region).short, offer=offer, choices=told.choices)


def _ask_region(conversation: Conversation, question: dict[str, Any]) -> Outcome:
    conversation.keep_draft(TASK, {"question": question, "tries": 1, "last_message": ""})
    return Outcome([reply("service_list.ask_region")], "asking_region")


class ServiceRegionTask:
    """Asks where, because the answer depends on it, and then answers."""

    name = TASK

    def take(self, session: Session, conversation: Conversation, turn: Turn) -> Outcome:
        """A place answers the question; an unknown place, a refusal or two misses end it with the way out."""
        draft = conversation.draft(TASK)
        if not draft or draft["last_message"] == turn.message_id:
            return Outcome(state=conversation.state, finished=not draft)
        place = turn.last("place") or _found_in(turn.text)
        if place and place["region"]:
            conversation.keep_draft(TASK, None)
            conversation.region = place["region"]
            question = {**draft["question"], "region": place["region"], "place": place["name"]}
            done = _answer(conversation, question)
            return Outcome(done.replies, done.state, finished=True)
        if place:
            conversation.keep_draft(TASK, None)
            return Outcome([reply("service_list.not_covered", place=place["name"])], finished=True)
        if turn.intent in ("deny", "stop", "dont_know", "bye") or draft["tries"] >= TRIES:
            conversation.keep_draft(TASK, None)
            return Outcome([reply("service_list.region_given_up")], "idle", finished=True)
        conversation.keep_draft(TASK, {**draft, "tries": draft["tries"] + 1, "last_message": turn.message_id})
        return Outcome(state="asking_region")

    def ask(self, session: Session, conversation: Conversation, resumed: bool) -> Outcome:
        """The question where the person lives."""
        if resumed:
            return Outcome([reply("service_list.ask_region_again")], "asking_region")
        tries = conversation.draft(TASK).get("tries", 1)
        return Outcome([reply("service_list.ask_region", attempt=tries - 1)], "asking_region")


def _found_in(text: str) -> dict[str, str] | None:
    found = regions.find(text)
    return {"region": found[-1].region, "name": found[-1].name} if found else None


service_region_task = ServiceRegionTask()

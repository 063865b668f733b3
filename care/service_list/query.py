"""Questions about services: which service is meant and what is asked about it; the whole list; the offer that follows."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from care import clock, regions
from care.conversation.model import Conversation
from care.reply import Choice, Outcome, Reply
from care.service_list import catalogue, speech
from care.service_list.about import PLACE, SPOKEN, about, had_on, ready_answer, where, without_brackets
from care.service_list.catalogue import ServiceItem
from care.service_list.opening import open_hours
from care.texts import reply
from care.turn import Turn
from care.wording import say_calendar_day, say_day

TASK = "service_region"
LISTED = ("meal", "bath", "medical")
"""Named first when somebody asks what there is."""
DEFAULT_DIET = "meal"
"""What a question about a diet is about when nothing else is named."""
RELATION = "spoken_of"
"""Memory key: for whom a service was asked about last."""
LAST = "service"
"""Memory key: the service spoken of last."""

ORDERED = "ordered_services"
"""Memory key of the services ordered in this conversation: they are not offered once more."""
TOLD = "service_told"
"""Memory key: the last answer about one service, and the region it was given for."""

ASKS: dict[str, str] = {
    "price": r"多少钱|几多钱|几钱|好多钱|多钱|多儿钱|价|收费|要钱|免费|贵|花钱|几块|收钱|俾钱|掏|押金|交钱|手费|咋卖",
    "where": r"附近|在哪|哪里|哪儿|哪块|哪达|边度|地址|最近的|边有|周围|[村镇区]有|哪家",
    "prepare": r"准备|带什么|带些什么|带点什么|带啥|带些啥|要带|带[^，。]{1,6}[不吗]|跑一趟|带么子|带哪些|注意|自己备|备什么",
    "who": r"谁来|来[^，。]{0,3}的?(?:都)?是些?(?:什么|啥|哪些|么子)人|靠得住|靠谱|可靠|什么人来|啥人来|几个人|几位|男的|女的|哪个来",
    "lead": r"提前|当天|现订|来得及",
    "duration": r"多久|多长时间|多少时间|几个钟|多大功夫|多大工夫",
    "hours": r"几点|开饭|几时|什么时候|啥时候|开门|营业|时间|礼拜|星期|周[一二三四五六日天末]|节假日|过年|上班|晚上|半夜|天天",
    "audience": r"谁能|收不收|你们收|能收|接不接收|肯收|什么人能|哪些人|我能用|能不能用|多大岁数|多大年纪",
    "content": r"包括|包啥|包什么|都有啥|干啥|干些啥|干什么|做什么|怎么|咋|是啥|是个啥|是什么|怎样|哪些|啥样|陪些啥|管不管",
}
"""What is asked about one service, first match wins; words of the price question count only with a price intent."""
NOW = re.compile(r"现在|这会儿?|这阵|眼下|这个?(?:点|钟点|时候)")
STILL = re.compile(r"还(?:能|可以|来得及|赶得|有|送|订|订得)|来得及|赶得[上及]|晚不晚|迟不迟")
"""Words that ask whether it is not too late."""
LISTING = re.compile(r"服务|项目|清单|目录|能帮|能办|管些?啥|都(有|能|管|给)|干些?啥|有(啥|什么|哪)|整啥|还有")
"""Words of somebody who wants to hear what there is."""
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
    return answered(conversation, question)


def claims(conversation: Conversation, turn: Turn) -> bool:
    """“来几个人啊” right after a service was told of asks about it, where nothing is ordered yet whose state could be meant."""
    if turn.intent != "order_status" or conversation.task or conversation.recall("last_order"):
        return False
    return bool(conversation.recall(LAST)) and _asked(turn) in (
        "who",
        "prepare",
        "duration",
        "lead",
        "price",
        "content",
    )


def aside(conversation: Conversation, turn: Turn, code: str) -> Reply | None:
    """The answer to a question about a service that is being booked; none when the list does not say."""
    region = conversation.region
    item = catalogue.item(region, code) if region else catalogue.general(code)
    if item is None:
        return None
    question = _question(turn, code)
    if question["asked"] == "where" and not region:
        return None  # the town is asked for in the booking itself
    said = ready_answer(item.answers, question, "") or ready_answer(catalogue.general_answers(), question, "")
    return about(item, question, region)[0] if question["asked"] or said else None


def ready(conversation: Conversation, turn: Turn, code: str) -> bool:
    """Whether a service has an answer of its own for these words, whatever other services they name."""
    item = catalogue.item(conversation.region, code) if conversation.region else catalogue.general(code)
    return item is not None and ready_answer(item.answers, _question(turn, code), "") is not None


def _question(turn: Turn, code: str) -> dict[str, Any]:
    """What is asked, in plain data."""
    named = next((place for place in reversed(turn.all("place")) if place["region"]), None)
    told = turn.last("time") or {}
    asked = _asked(turn)
    if asked == "lead" and told and "提前" not in turn.text:
        asked = ""  # 今天中午饭还来得及吗
    return {
        "code": code,
        "asked": asked,
        "text": turn.text,
        "region": named["region"] if named else "",
        "place": named["name"] if named else "",
        "diet": next((diet for diet in turn.all("diet") if isinstance(diet, str)), ""),
        "minutes": _minutes(turn),
        "count": next((one["n"] for one in turn.all("quantity") if isinstance(one, dict)), 0),
        "date": told.get("date") or (clock.today().isoformat() if _today(turn, told) else ""),
        "part": told.get("part") or "",
    }


def _today(turn: Turn, told: dict[str, Any]) -> bool:
    """Whether today is meant though no day is named (现在还能送饭吗, 晚饭还来得及不)."""
    return bool(NOW.search(turn.text) or told.get("part") and STILL.search(turn.text))


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


def answered(conversation: Conversation, question: dict[str, Any]) -> Outcome:
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
    said, can_offer = about(item, question, region)
    before = conversation.recall(TOLD)
    conversation.remember(**{TOLD: {"say": said.say, "region": region}})
    if question["region"] and before == {"say": said.say, "region": ""}:
        said, can_offer = _same_there(item, question, region), True
    known = "unknown" if question["asked"] == "price" and speech.price_is_unknown(item) else "answered"
    offered = can_offer and not conversation.task and code not in conversation.recall(ORDERED, [])
    return Outcome([_with_offer(said, item, had_on(item, question)) if offered else said], known)


def _same_there(item: ServiceItem, question: dict[str, Any], region: str) -> Reply:
    """What was told without a town holds for the town named now: it is not told twice, but who does it there is."""
    near = catalogue.providers(region, item.code, question["place"] or question["text"])
    town = regions.region(region).short
    if not near:
        return reply("service_list.same_there", region=town)
    return reply(
        "service_list.same_there_at", region=town, provider=without_brackets(near[0].name), address=near[0].address
    )


def _general(conversation: Conversation, question: dict[str, Any], region: str) -> Outcome:
    """No service named: what there is, or a ready answer."""
    if said := ready_answer(catalogue.general_answers(), question, ""):
        return Outcome([said])
    if question["asked"] == "price":
        dear = [item for item in _offered(region) if item.code in LISTED and speech.each(item)]
        prices = "，".join(item.say_name + speech.each(item) for item in dear)
        return Outcome([reply("service_list.price_three", prices=prices, choices=_choices(dear, "service_list.price"))])
    if question["asked"] == "where" and not region:
        return _ask_region(conversation, question)
    if question["asked"] == "where" and region:
        return Outcome([where(region, None, question)])
    if question["asked"] == "hours" and question["date"]:
        return Outcome([_open_then(_offered(region), date.fromisoformat(question["date"]))])
    known = LISTING.search(question["text"]) or LIST_WORDS.search(question["text"])
    return Outcome([_list(region, question["text"], "list" if known else "list_unsure")])


def _open_then(offered: list[ServiceItem], day: date) -> Reply:
    """What can be had on a day, and what rests, where nothing certain is asked for (过年开不开)."""
    dated = [item for item in offered if item.dated]
    had = [item.say_name for item in dated if open_hours(item, day)]
    rests = [item.say_name for item in dated if not open_hours(item, day)]
    return reply(
        "service_list.open_then_but" if rests else "service_list.open_then",
        date=say_day(day, clock.today()),
        names="、".join(had[:SPOKEN]),
        closed="、".join(rests[:SPOKEN]),
    )


def _offered(region: str) -> list[ServiceItem]:
    """The services of a region; while it is unknown, the base list."""
    return catalogue.items(region) if region else catalogue.general_items()


def _list(region: str, text: str, key: str) -> Reply:
    offered = _offered(region)
    first = [item for code in LISTED for item in offered if item.code == code]
    rest = [item for item in offered if item not in first]
    town = regions.region(region).short if region else ""
    names = "、".join(item.say_name for item in offered)
    if MORE_WORDS.search(text):
        shown = rest[:SPOKEN]
        return reply(
            "service_list.more_list", names="、".join(item.say_name for item in shown), choices=_choices(shown)
        )
    return reply(f"service_list.{key}", region=town, all=names, choices=_choices(first))


def _choices(items: list[ServiceItem], _for: str = "") -> tuple[Choice, ...]:
    return tuple(Choice(item.say_name, f"我想要{item.say_name}") for item in items)


def _not_here(elsewhere: list[ServiceItem], region: str) -> Reply:
    places = "、".join(regions.region(item.region).short for item in elsewhere)
    name = elsewhere[0].say_name
    return reply("service_list.not_here", name=name, places=places, region=regions.region(region).short)


def _with_offer(said: Reply, item: ServiceItem, day: date | None) -> Reply:
    wish = f"{item.say_name}，{say_calendar_day(day, clock.today())}" if day else item.say_name
    offer = reply("service_list.offer" if item.dated else "service_list.offer_apply", name=item.say_name, wish=wish)
    return Reply(said.say + offer.say, f"{said.show or said.say}\n{offer.say}", offer.choices)


def offer_again(last: dict[str, Any], region: str) -> Reply:
    """The offer once more for a town that was told after it, without what was told before it."""
    told = Reply.from_dict(last)
    offer = told.say.rstrip("。").rpartition("。")[2]
    return reply("service_list.noted_town", region=regions.region(region).short, offer=offer, choices=told.choices)


def _ask_region(conversation: Conversation, question: dict[str, Any]) -> Outcome:
    conversation.keep_draft(TASK, {"question": question, "tries": 1, "last_message": ""})
    return Outcome([reply("service_list.ask_region")], "asking_region")

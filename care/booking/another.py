"""A service that is named amid the booking of one: whether it takes its place, comes besides it, or is only told of."""

from __future__ import annotations

import re

from care import agreement
from care.booking import contact, data, dropped
from care.booking.hearing import Hearing, bare, is_question
from care.booking.mentioned import ADDS, CHANGES, GIVES_BACK, MEANT, WISHED, WISHES
from care.turn import Entity, Turn

BACK = "aids_return"
"""What goes back."""
RENTED = "aids_rental"
BATH, DOCTOR = "bath", "medical"
ESCORTED = "travel"
"""The service of somebody who comes along on a way."""
STARTS = ("book", "add_item")
AFTER_ALL = re.compile(
    r"(?:^|[，。])(?:算了|哎|那|要不|想了想|我想想)*还是(?!那|原来|老样|一样|照)(?:换|要|去|来|住|做|订|约|叫|给|找|改)"
)
"""Words that want another thing after all (还是住几天吧)."""
BROUGHT = re.compile(r"还是(?:给|帮|替|叫人|派人|请)[^，。]{0,4}(?:送|拿|端)")
"""It is to be brought after all, whatever it is (算了，下雨，还是给我送来吧)."""
ONLY_THAT = re.compile(r"(?:派|叫|来|要|找|安排)(?:个|辆|一?位|台)?[^，。]{1,8}就(?:行|好|成|可以|中|得)[了啦啊吧]*$")
"""Words that want nothing but what they name (儿子陪我，你们派车就好)."""
WRONG_ONE = re.compile(r"^(?:哎呀?|啊呀|哎哟|哦|嗯|，)*(?:不对|错了|说错|搞错|弄错|听错)[^。]*(?:想|要|是)")
"""Words that put the service right (啊呀不对，我是想订餐)."""
MORE_OF = re.compile(r"再|另|还|加|多")
"""Without one of these words nothing is wanted besides what is being booked."""
LITTLE = 4
"""Characters between the words that say what was meant and that (我说的是要理发)."""
FEW_WORDS = 16
"""Characters within which a service that is named is meant."""
PLAIN_SLOTS = ("place", "name", "phone", "date", "time", "region", "person")
"""Questions whose answers never name a service."""
REFUSED = re.compile(r"(?:不要|不用|不坐|不需要|用不着|没有|别|(?<!是)不是(?:要|想|去|约|做|来)?)[个了]?$")


def same_way(hearing: Hearing, code: str) -> bool:
    """Whether a way named belongs to the company to the doctor's that is being booked (来我屋里接我)."""
    if own_refused(hearing) or wanted_alone(hearing.turn.text):
        return False
    ways = (DOCTOR, ESCORTED)
    if (
        hearing.draft.service in ways
        and code in (RENTED, BACK)
        and hearing.turn.all("aid")
        and not re.search(r"租|借|还给", hearing.turn.text)
    ):
        return not hearing.fresh  # 轮椅不用了: on the way
    return (
        hearing.draft.service == DOCTOR
        and code in ways
        and not any(found.search(hearing.turn.text) for found in (ADDS, CHANGES))
        and not dropped.off(hearing.turn.text)
    )


def own_refused(hearing: Hearing) -> bool:
    """Whether what is being booked is no longer wanted (不用陪看病了，派个车就行): what is named besides takes its place."""
    return any(e.value == hearing.draft.service and refused(hearing.turn.text, e) for e in hearing.turn.of("service"))


def brought(hearing: Hearing) -> str:
    """What comes to the door instead of the way there that is being booked; empty when nothing of the kind is said."""
    instead = data.table("services")["brought"].get(hearing.draft.service, "")
    return instead if instead and BROUGHT.search(hearing.turn.text) else ""


def wanted_alone(text: str) -> bool:
    """Whether the words want what they name and nothing else (儿子陪我，你们派车就好)."""
    return bool(ONLY_THAT.search(text))


def says_what_was_meant(turn: Turn) -> bool:
    """Whether a service is named as the one that was meant (我说了理发)."""
    said = [found.end() for found in MEANT.finditer(turn.text)]
    return any(0 <= e.start - end <= LITTLE for e in turn.of("service") if e.end for end in said)


def once_more(turn: Turn) -> bool:
    """Whether the same is wanted a second time: told by a word for it, and by a day, an amount or an end (再来一次)."""
    told = turn.all("time") or turn.all("quantity") or re.search(r"[一两][次回个]|一遍|的$", turn.text)
    return bool(MORE_OF.search(turn.text)) and bool(told)


def adds(text: str) -> bool:
    """Whether something is wanted besides (再加一个，后天打扫屋子), also where a yes to the first was asked for."""
    return bool(ADDS.search(text))


def replaces(hearing: Hearing) -> bool:
    """Whether a service named now stands in the place of the one before (算了，头发不剪了，给我修修脚)."""
    if not hearing.fresh and (
        own_refused(hearing)
        or AFTER_ALL.search(hearing.turn.text)
        or wanted_alone(hearing.turn.text)
        or says_what_was_meant(hearing.turn)
        or brought(hearing)
    ):
        return True
    if (
        GIVES_BACK.search(hearing.turn.text) or dropped.off(hearing.turn.text) or WRONG_ONE.search(hearing.turn.text)
    ) and not hearing.fresh:
        return True
    return hearing.turn.intent == "correct" or (hearing.corrects and hearing.asked in ("service", "change", "confirm"))


def in_address(turn: Turn, entity: Entity) -> bool:
    """Whether a service is only heard in the name of a street (康复路11号) or of a room (冲凉房好滑)."""
    if re.search(f"{re.escape(entity.text)}(?:房|间|室|椅|凳|盆|池)", turn.text) and entity.value == BATH:
        return True
    around = f"{entity.text}(?:路|街|巷|小区|社区|花园|村|大道|苑)"
    return bool(re.search(around, turn.text)) or any(
        entity.end and place.start <= entity.start and entity.end <= place.end and contact.names_a_place(place.text)
        for place in turn.of("address")
    )


def refused(text: str, entity: Entity) -> bool:
    """Whether a service is named only to say that it is not wanted (不要轮椅)."""
    place = entity.start if entity.end else text.find(entity.text)
    return place > 0 and bool(REFUSED.search(text[:place]))


def starts_another(hearing: Hearing, codes: list[str]) -> bool:
    """Whether the turn begins something else while this is being booked.

    Not a question (那个人会不会帮我排队), nor a yes with what is going to be done there (没错，去抽个血); and of a service
    that is named somewhere in long words only what is wished for.
    """
    turn = hearing.turn
    if (
        turn.intent not in STARTS
        or turn.intent != "add_item"
        and (is_question(turn.text) or agreement.yes_first(turn.text))
    ):
        return False
    return turn.intent == "add_item" or not turn.meant or turn.meant in codes or len(bare(turn.text)) <= FEW_WORDS


def wishes(hearing: Hearing) -> bool:
    """Whether other words than an answer, in which a service is named, wish for it besides."""
    text = hearing.turn.text
    wished = WISHED.match(text) and hearing.asked in PLAIN_SLOTS
    return hearing.turn.intent == "inform" and bool(wished or any(word in text for word in WISHES))

"""Words that steer a booking itself: they end it, leave it, go on with it, go back in it, or agree to it."""

from __future__ import annotations

import re

from care import agreement
from care.booking import another, data, days_out, dropped, kitchen, mistaken, offered, suits
from care.booking.draft import Draft
from care.booking.hearing import Hearing, bare, is_question
from care.booking.missing import CONFIRM
from care.booking.reading import CONTACT_SLOTS
from care.turn import Entity, Turn

GIVES_UP = re.compile(r"^(?:那|还是|算了|哎|唉|嗯)*，?(?:不用了|不要了|不约了|不订了|不办了|不弄了|算了|先不)")
ASKS_INSTEAD = re.compile(r"(?<!不)(?:能来|来得?吗|行不|行吗|可以|换|改|吧)")
"""Words that want another day or hour although they begin with an end (算了，太晚，今天下午能来吗)."""
STANDING = re.compile(r"单|上回|上次|昨天|前天|以前|之前|早就|订过|约过|订好|约好|那[两三几]")
"""Words that call off what is ordered already."""
GOES_AHEAD = re.compile(r"(?:先|就)把?[^，。,不别算甭莫嫑勿唔没冇免]{0,8}(?:订|定|约|办|登记)(?:了|上|好|下来|下)(?:吧|再说|呗|哈)?$")
"""Words that sound like an end and mean that what was agreed on is to be placed (先把饭订了)."""
GOES_ON = re.compile(
    r"(?:接着|继续|再(?!说(?:吧|呗|了|啊|哈|嘛)*(?:$|[，。,；;！!\s])))(?:说|办|订|约|弄|来|刚才|前面|刚刚|上面|那个)|(?:说|话)回(?:来|正题)|^(?:接着|继续)吧?$|(?:那个?)?(?:饭|单|澡|车|事|人|[^，。]{1,4})(?:我)?还是要(?:的|订|约|办)?$"
)
"""Words that only want the interrupted booking to go on."""
CALLED_OFF = ("stop", "order_cancel")
"""Intents of words that call something off."""
TELLING = ("time", "quantity", "duration", "address", "phone", "person_name", "diet", "health")
"""Kinds of entity that tell something of a booking."""
PARTING = re.compile(r"再见|再会|拜拜|拜了|回见|挂了|挂啦|我挂|先挂|走了(?!.*吗)|下次再")
"""Words with which somebody leaves; what is not agreed on is not booked."""
WHERE_WERE_WE = re.compile(r"(?:说|讲|问|办|订)到哪(?:儿|里)?(?:了|啦)|(?:说|讲)到哪一步")
STATED = ("time", "quantity", "diet", "address", "service", "bath_place", "duration")


def ends(hearing: Hearing) -> bool:
    """Whether the booking is not wanted any more, and nothing instead of it either."""
    turn, intent = hearing.turn, hearing.turn.intent
    if kitchen.wished(hearing):
        return False  # 莫放猪油，我胆囊割哒
    if not agreement.calls_off(turn.text) and _ends_with_a_yes(turn):
        return False  # 那算了，不用开。订吧
    if hearing.asked in ("date", "time") and any(
        e.value.get("date") or e.value.get("time") for e in suits.wanted(turn)
    ):
        return False  # 那算了，礼拜六上午十点
    if (
        intent == "stop"
        and not _does_otherwise(turn)
        and not another.brought(hearing)
        and not _after_all(turn, hearing.draft)
        and not GOES_AHEAD.search(turn.text)
    ):
        return True
    if intent == "order_cancel" and not (STANDING.search(turn.text) or _of_else(hearing)):
        return True
    if mistaken.never_wanted(hearing.draft.service, turn):
        return True
    if intent == "deny" and hearing.asked in dropped.OPEN and GIVES_UP.search(turn.text):
        return True
    if hearing.asked == CONFIRM and agreement.calls_off(turn.text) and not _of_else(hearing):
        return True
    return dropped.gives_up(hearing)


def calls_off(turn: Turn) -> bool:
    """Whether the words call something off, be it this booking or something else: nothing is agreed to by them."""
    return turn.intent in CALLED_OFF or agreement.calls_off(turn.text) or dropped.off(turn.text) is not None


def _of_else(hearing: Hearing) -> bool:
    """Whether what is called off is something else than this booking, or a part of it (周三那天取消, 退掉两份 of three)."""
    return any(_names_else(hearing.draft, entity) for entity in hearing.turn.entities)


def _names_else(draft: Draft, entity: Entity) -> bool:
    value = entity.value
    if entity.kind == "service":
        return bool(value != draft.service)
    if entity.kind == "quantity":
        return bool(value.get("n") != max(draft.quantity, 1))
    if entity.kind == "time":
        other = value.get("date") not in (None, draft.date) or value.get("time") not in (None, draft.time)
        return other or bool(draft.end_date) or draft.repeats
    return entity.kind == "order_number"


def lets_go_of_next(hearing: Hearing) -> bool:
    """Whether something that was to be booked afterwards is called off (打扫取消吧, while the meal is being booked)."""
    draft, named = hearing.draft, set(hearing.turn.all("service"))
    waiting = [wish for wish in draft.queue if wish.service in named]
    if not waiting or draft.service in named or not calls_off(hearing.turn):
        return False
    draft.queue = [wish for wish in draft.queue if wish not in waiting]
    names = [data.service_name(data.chosen(draft.region, wish.service)) for wish in waiting]
    hearing.note("not_next", what="、".join(dict.fromkeys(names)))
    return True


def _does_otherwise(turn: Turn) -> bool:
    """Whether words that only sound like an end do something else (回来的要不要另外约啊，先只约去的)."""
    return turn.does not in ("", "stop", "agree") and not (dropped.off(turn.text) or agreement.calls_off(turn.text))


def _ends_with_a_yes(turn: Turn) -> bool:
    """Whether only something beside the booking is waved aside, and the booking is wanted in the end."""
    return agreement.goes_ahead(turn.text) or bool(turn.moves) and turn.moves[-1][1] == "agree"


def leaves(hearing: Hearing) -> bool:
    """Whether somebody says goodbye before all is agreed on."""
    return hearing.turn.intent == "bye" and bool(PARTING.search(hearing.turn.text)) and not agrees(hearing)


def only_goes_on(hearing: Hearing) -> bool:
    """Whether words after an interruption want the booking back and tell nothing new (接着说修脚的事)."""
    # Where an address was asked for, any words may have been taken for one.
    told = any(e.kind in TELLING and not GOES_ON.search(e.text) for e in hearing.turn.entities)
    same = all(code == hearing.draft.service for code in hearing.turn.all("service"))
    if WHERE_WERE_WE.search(hearing.turn.text):
        return True
    if hearing.asked == CONFIRM and agreement.asks_to_hear(hearing.turn):
        return False
    return bool(GOES_ON.search(hearing.turn.text)) and same and not told and not is_question(hearing.turn.text)


def agrees(hearing: Hearing) -> bool:
    """Whether words agree to what was read back."""
    turn = hearing.turn
    if agreement.yes_first(turn.text) and days_out.left_out_already(hearing):
        return True
    return agreement.agrees(turn) or bool(GOES_AHEAD.search(turn.text) or offered.ONWARD.fullmatch(bare(turn.text)))


def _after_all(turn: Turn, draft: Draft) -> bool:
    """“算了，还是明天” changes something and stops nothing, nor does “算了，给我修脚吧”."""
    if any(e.value != draft.service and "不" not in e.text for e in turn.of("service")):  # 先不租了 names none
        return True
    if turn.all("service") and re.search(r"[就还]是?[^，。不]{1,6}(?:吧|呗|好了)?$", turn.text):  # 算了，就理发吧
        return True
    if any(e.kind in STATED and e.kind != "service" for e in turn.entities) and ASKS_INSTEAD.search(turn.text):
        return True
    return any(word in turn.text for word in ("还是", "改", "换")) and any(e.kind in STATED for e in turn.entities)


def go_back(hearing: Hearing) -> None:
    draft = hearing.draft
    if draft.changing:
        draft.changing = False
        hearing.handled = True
        return
    before = [slot for slot in draft.asked if slot != hearing.asked]
    if not before:
        hearing.note("first_already")
        return
    told = {**draft.particulars, "quantity": draft.quantity}
    for slot in (hearing.asked, before[-1]):
        draft.earlier = {**draft.earlier, slot: told[slot]} if told.get(slot) else draft.earlier
        draft.forget(slot)
    if before[-1] in CONTACT_SLOTS:
        draft.offered = {**draft.offered, before[-1]: ""}
    draft.asked = before[:-1]
    hearing.note("gone_back")

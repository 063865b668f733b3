"""One turn read into the draft: which slots its words fill, answer or take back."""

from __future__ import annotations

import re
from dataclasses import replace

from care import agreement
from care.booking import (
    data,
    days_out,
    how_many,
    naming,
    particulars,
    schedule,
    suits,
    telephone,
    towns,
    turned,
    what,
    where,
    who,
)
from care.booking.hearing import Hearing, is_question
from care.booking.missing import CHANGE, CONFIRM, fill_defaults

QUESTION_SIGNS = ("吗", "吧", "？", "?", "啥", "什么", "几", "多", "嘛", "呢", "么子", "么里", "咩", "哪")
"""Signs of a question about the very thing asked for; 吧 and 几 make one only here."""
_STAYS = re.compile(
    r"(?:时间|钟点|日子|日期|地址|地方|电话|号码|名字|人数|份数|别的|其他|其它)[^，。,]{0,3}(?:还是那|还是原来|不变|照旧|一样|不动|没变|没错|不用改)|(?:还是|照)(?:那个|原来的?|刚才的?)(?:时间|钟点|日子|日期|地址|地方|电话)"
)
"""Words that keep something as it was (时间还是那个时间)."""
_PUTS_RIGHT = re.compile(
    r"不对|不是|不要|不行|错|改|换(?!药|尿|管|纱|洗|床单|胃)|(?<![没冇无])(?<![没冇][有得])别的(?!没|都|也)|另|重新|变(?!$)|不用|不去|不在|不能"
)
"""Words that put something right."""
_SHORT_NO = re.compile(r"(?:哎呀?|啊|哦|嗯)*(?:不对|不是|不行|错了|错|不)+(?:啊|呀|了|的)*")
_NOT_ME = re.compile(r"(?:不|唔)(?:是|系|係)(?:给|帮)?(?:我|俺|额)(?:自己|本人)?(?:$|[，,。 吃用洗住])")
"""Who books for somebody else says that it is not for themselves, as it is known already."""
FEW = 4
"""Characters beside the word for a slot that is all that a clause names."""
CONTACT_SLOTS = ("phone", "place", "name")


def read(hearing: Hearing) -> None:
    """Takes whatever the turn says, slot by slot; questions about what was asked for are answered on the spot."""
    draft = hearing.draft
    if hearing.fresh:
        hearing.turn = turned.settle(hearing.turn)
    if _day_of_the_next(hearing):
        return
    if what.read_service(hearing):
        _beside_the_other(hearing)
        return
    where.read_region(hearing)
    towns.read(hearing)
    hearing.item = data.service_item(draft.region, draft.service)
    if hearing.item is None:
        who.read_person(hearing)
        schedule.read(hearing)
        where.read_place(hearing)
        telephone.read(hearing)
        naming.read_name(hearing)
        return
    if _answered(hearing):
        return
    who.read_person(hearing)
    if not days_out.only_that_day(hearing):
        how_many.read_quantity(hearing)
    schedule.read(hearing)
    for name in what.asked_slots(draft):
        if data.slot(name):
            _accept(hearing, name)
            particulars.read(hearing, name)
    where.read_place(hearing)
    _told_by_place(hearing)
    telephone.read(hearing)
    naming.read_name(hearing)
    _to_change(hearing)
    fill_defaults(hearing)
    where.propose(draft, hearing.conversation)


def _day_of_the_next(hearing: Hearing) -> bool:
    """Whether a day or hour told right after something was wanted besides is that of it (再加个理发……礼拜六上午): kept for then."""
    draft, turn = hearing.draft, hearing.turn
    asked_now, draft.next_open = draft.next_open and bool(draft.queue), False
    times = suits.wanted(turn)
    against = _PUTS_RIGHT.search(turn.text) or agreement.wants_otherwise(turn.text) or agreement.yes_first(turn.text)
    own = hearing.asked in ("date", "time") or turn.all("service") or is_question(turn.text)
    if not (asked_now and times) or against or own:
        return False
    wish = draft.queue[-1]
    told = [(e.kind, e.value, e.text) for e in times]
    draft.queue = [*draft.queue[:-1], wish.model_copy(update={"text": f"{wish.text}，{turn.text}", "entities": [*wish.entities, *told]})]
    hearing.note("next_when", later=data.service_name(data.chosen(draft.region, wish.service)), when="，".join(e.text for e in times))
    return True


def _beside_the_other(hearing: Hearing) -> None:
    """The day or hour that was asked for, told beside something else that is wanted (礼拜六上午送来，再订一份饭)."""
    turn, times = hearing.turn, suits.wanted(hearing.turn)
    if hearing.asked not in ("date", "time") or hearing.item is None or not times:
        return
    others = [e for e in turn.of("service") if e.end and e.value != hearing.draft.service]
    own = [e for e in times if not any(what.in_one_clause(turn.text, e, other) for other in others)]
    if taken := own or times[:1] * (len(times) == 1):
        hearing.turn = replace(turn, entities=tuple(taken))
        schedule.read(hearing)
        hearing.turn = turn


def _told_by_place(hearing: Hearing) -> None:
    """An address in answer to “在家洗还是到站里洗” says at home."""
    draft, meant = hearing.draft, data.slot(hearing.asked).get("told_by", {}).get("place")
    told = "place" in hearing.changed or hearing.turn.all("address") and where.half_told(draft)
    if meant and told and hearing.asked not in draft.particulars:
        draft.particulars = {**draft.particulars, hearing.asked: meant}
        hearing.set(hearing.asked)


def _answered(hearing: Hearing) -> bool:
    """Answers a question about the very thing that was asked for; what it names is then proposed."""
    text, draft = hearing.turn.text, hearing.draft
    if not any(sign in text for sign in QUESTION_SIGNS):
        return False
    for row in data.table("services")["answers"]:
        if row["slot"] in ("", hearing.asked) and row["service"] in ("", draft.service):
            asks = bool(row["slot"]) or is_question(text) or text.rstrip("。！!").endswith(("吧", "嘛", "呢", "啰"))
            if asks and any(word in text for word in row["words"]):
                hearing.note(row["text"])
                _propose(hearing, row["slot"])
                return bool(row["slot"])
    return False


def _propose(hearing: Hearing, slot: str) -> None:
    named = particulars.named(hearing, slot) if data.slot(slot).get("kind") == "pick" else None
    if named:
        hearing.draft.offered = {**hearing.draft.offered, slot: named}


def _accept(hearing: Hearing, name: str) -> None:
    """A yes or no to a proposed particular."""
    draft, offered = hearing.draft, hearing.draft.offered.get(name)
    if not offered or hearing.asked != name:
        return
    if hearing.turn.intent == "affirm":
        draft.particulars = {**draft.particulars, name: offered}
        hearing.set(name)
    elif hearing.turn.intent == "deny":
        draft.offered = {slot: value for slot, value in draft.offered.items() if slot != name}
        hearing.handled = True


def _against(text: str) -> str:
    """The clauses that put something right, of words that say other things besides (十一点半送到就可以，她不要甜的)."""
    pieces = [piece for piece in re.split(r"[，,。；;！!]", text) if not agreement.closes(piece)]
    return "，".join(piece for n, piece in enumerate(pieces) if _PUTS_RIGHT.search(piece) or n and _SHORT_NO.fullmatch(pieces[n - 1].strip()))


def _spoken_against(text: str, word: str) -> bool:
    """Whether the clause with the word for a slot puts it right, or is nothing but that word; 十点医生要打电话来 changes no number."""
    pieces = [piece for piece in re.split(r"[，,。；;！!\s]+", text) if word in piece]
    return any(_PUTS_RIGHT.search(piece) or len(piece) <= len(word) + FEW for piece in pieces)


def _to_change(hearing: Hearing) -> None:
    """Something is to be changed and its new value was not said: it is asked for again."""
    draft, turn = hearing.draft, hearing.turn
    wrong = turn.intent == "deny" and (hearing.asked == CONFIRM or "不对" in turn.text or "错" in turn.text)
    if not (turn.intent == "correct" or hearing.asked == CHANGE or wrong):
        return
    changes = data.table("services")["changes"]
    if hearing.asked == CONFIRM and not _PUTS_RIGHT.search(turn.text) and (hearing.handled or turn.intent != "deny"):
        return  # 十一点半送到: the hour that was read back, and nothing against the place
    if hearing.asked == CONFIRM:
        against = _against(turn.text)
        named = [e.value for e in turn.of("change") if e.text in against]
        named += [slot for slot, words in changes.items() if any(word in against for word in words)]
    else:
        meant = hearing.asked == CHANGE
        named = [e.value for e in turn.of("change") if meant or e.text not in turn.text or _spoken_against(turn.text, e.text)]
        named += [slot for slot, words in changes.items() if any(word in turn.text and (meant or _spoken_against(turn.text, word)) for word in words)]
    stays = "".join(_STAYS.findall(turn.text))
    named = [slot for slot in named if not any(word in stays for word in changes.get(slot, ()))]
    renewed = {name.removesuffix("_label") for name in hearing.changed} | where.said_again(hearing)
    if "name" in renewed or draft.for_other and _NOT_ME.search(turn.text):
        named = [slot for slot in named if slot != "person"]
    here = {*what.asked_slots(draft), "service"}
    if "particulars" in named:
        named += [name for name in draft.particulars if name in here]
    if renewed & set(named):
        return
    for slot in dict.fromkeys(named):
        if slot in here and slot != hearing.asked:
            draft.forget(slot)
            if slot in CONTACT_SLOTS or slot == "person":
                draft.offered = {**draft.offered, slot: ""}
            draft.changing = False
            hearing.handled = True
    if not draft.service:
        hearing.item = None

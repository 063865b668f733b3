"""For whom a booking is, who speaks, and how many: relations, company, quantity."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from care.booking import contact, data
from care.booking.hearing import Hearing, bare
from care.company import MOURNED
from care.service_list import RELATION_SPOKEN_OF
from care.turn import Entity
from care.wording import say_count

PERSON_UNITS = ("份", "人", "位", "个", "口", "客", "套", "盒", "")
CONTACT = ("address", "phone", "person_name")
"""Whoever, asked for whom it is, tells address, number or name instead, tells their own."""
APPLICATION = "application"
"""Kind of what is applied for somebody's home (我妈家装扶手): it is for who lives there."""
TITLES = ("grandmother", "grandfather")
MORE = re.compile(r"(?:再|多|另)?(?:加|添|多|来)(?:上)?(?:[一两二三1-3]|个)份(?!.*(?:明天|后天|晚上|中午))")
_ME = re.compile(r"[我俺咱](?!老伴|老头|老婆|爱人|媳妇|老公|家?那口子)")
"""The speaker as one of those who eat."""
_ONESELF = re.compile(r"[我俺]自己|[我俺]自个儿|[给帮替为是让]自己|(?<![得他她能会老妈爸])自己(?:用|吃|住|洗|办|去)|[给帮替为让][我俺]|[我俺]本人|[我俺咱]用|[我俺咱][想要]|^[我俺]")
"""Words that mean whoever speaks; in 要自己准备工具不 nobody is meant."""
_FOR_ME = re.compile(r"[帮给替](?:我|俺)(?:也)?(?:登记|报|办|申请|弄|排|装|约|做)")
_NOT_MEANT = re.compile(
    r"(?:不是|不)(?:给|帮|替|为)[^，。,]{1,5}(?=，|,|是|$)|(?:隔壁|邻居|对门|楼[上下]|街坊)[^，。,]{0,6}(?:介绍|推荐|说|讲|告诉|都[订吃用])[^，。,]*"
)
"""People who are only named: 不是给我妈，是给我爸; 隔壁老李介绍来的."""
_DOES = (
    r"(?:他|她|们|两口子|一家)?(?:也|又|都|还|就|正好|今[天儿]个?|明[天儿]个?|后[天儿]个?|大后[天儿]|晚上|今晚|明晚|早上|上午|中午|下午|(?:这|下)?(?:周|星期|礼拜)[一二三四五六日天末]|那天|平时|"
    r"刚|才|不|没|要|得|会|能|可以|准备|打算)*(?:过去|过来|回来|返来|返去|回去|来看|来接|开会|开车|上班|加班|出差|值班|在外|在[^，。,]{1,4}(?:上班|打工|读书|工作)|搬不动|扶不动|背不动|抬不动|"
    r"[陪送接带][我他她]|带(?:孩子|孙|娃|女朋友|男朋友|对象|朋友)|给[我他她]|跟着|来(?:打|玩|吃|坐|做客|串门|耍|看我)|叫我|让我|烧水|放假|请假|回不来|走不开)"
)
"""What somebody does who is not to be helped but helps, comes or is away (晚上我弟过去给她做)."""
_BOTH = re.compile(r"[爸爹妈娘亲][^，。,]{0,2}(?:和|跟|同|与|还有|、)[^，。,]{0,2}(?:爸|爹|妈|娘|[父母]亲)")
_FOR_THEM = re.compile(r"(?:给|帮|替)[他她]")
_SEVERAL = re.compile(r"几个|几位|些|们几|一帮|一伙|大伙")
"""Company of an unknown number."""
_CRY = re.compile(r"(?:哎呀?|哎哟|我[的滴嘞]|俺[的滴嘞])?[妈娘](?:呀|耶|哎)")
"""A cry that names nobody (哎呀妈呀)."""
_AN_ELDER = re.compile(r"[给帮替](?:我家|家里|一?位|个)?(?:的)?老人(?!家?餐|卡|证|节)")
"""Somebody who says 给老人 is not that elder."""
_TAKEN = re.compile(r"(?:带|领|送|接)(?!我(?:去|到|上))[^，。,]{1,6}(?:去|到|上)[^，。,]{0,10}(?:院|看|瞧|检查|复查|拿药|取药)")
"""Words of somebody who takes another one to the doctor."""
_PORTIONS = re.compile(r"(?<![0-9一二三四五六七八九十第])([1-9一二两三四五六七八九])份(?!儿)")
"""Portions where a time around them hid the amount (明天中午订四份饭，……，十二点)."""
STORY = 60
"""Longer words (characters) are a story; of the people mentioned in it those count of whom a need is told."""
_IN_NEED = r"糊涂|痴呆|瘫|中风|半身|残疾|失能|卧床|没人[看管陪照]|离不[开得]|[走下动起爬吃洗看听]不[了动清见]|要人|得人|住院|手术|出院|开刀|[一二三四五六七八九十\d]岁|病|摔|崴|聋|瞎|爱忘|老年"
COMPANY = 2
"""Somebody who takes one other person along."""


def read_person(hearing: Hearing) -> None:
    """Takes for whom it is, and who asks, out of the turn."""
    draft, turn = hearing.draft, hearing.turn
    people = data.table("people")
    role = turn.last("role")
    if role in people["roles"] and any(word in turn.text for word in people["speaker_words"]) and draft.role != role:
        draft.role = role
        hearing.handled = True
    relation, marked = _relation(hearing, people)
    if not relation and hearing.fresh and _FOR_THEM.search(turn.text):
        relation, marked = str(hearing.conversation.recall(RELATION_SPOKEN_OF) or ""), True
    if relation == "self" and hearing.asked != "person" and not _ONESELF.search(turn.text):
        relation, marked = "", False
    if not relation and hearing.asked == "person" and _FOR_ME.search(turn.text):
        relation, marked = "self", True
    if not relation and hearing.asked not in ("name", "place", "phone") and bare(turn.text) in people["oneself"]:
        relation, marked = "self", True
    if relation and not marked and hearing.asked != "person" and _told_of(turn.text, relation):
        relation = ""
    if relation and not marked and hearing.fresh and _for_both(hearing, relation):
        relation = "self"
    named = [e.text for e in turn.of("relation") if e.value == relation]
    if relation and not _to_doctor(hearing, relation) and _with(turn.text, people, relation, named):
        if not draft.quantity and hearing.asked != "quantity" and not _SEVERAL.search(turn.text):
            draft.quantity = COMPANY
            hearing.set("quantity")
    elif draft.role and relation == "neighbour" and people["roles"][draft.role]["person"] != "elder":
        _set(hearing, people["roles"][draft.role]["person"])
    elif relation and (marked or hearing.fresh or _to_doctor(hearing, relation) or hearing.asked == "person" or "person" in turn.all("change")):
        _set(hearing, relation)
    elif draft.role and not draft.for_other and (hearing.fresh or hearing.handled):
        _set(hearing, people["roles"][draft.role]["person"])
    elif hearing.asked == "person" and not draft.person and any(turn.all(kind) for kind in CONTACT):
        _set(hearing, "self")  # read back with everything else
    elif hearing.asked == "person" and draft.offered.get("person"):
        if turn.intent in ("affirm", "deny"):
            _set(hearing, draft.offered["person"] if turn.intent == "affirm" else "self")


@cache
def _doers() -> re.Pattern[str]:
    """Relations that are named for what they do."""
    words = {word for about in data.table("people")["relations"].values() for word in about["words"]} - {"我", "俺", "自己"}
    named = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    return re.compile(rf"(?<![把给帮替为陪看送接带])(?:我|俺|咱|他|她)?(?:家)?(?:的|个)?(?:{named}){_DOES}")


def _relation(hearing: Hearing, people: dict[str, Any]) -> tuple[str, bool]:
    """The relation spoken of, and whether the words make it the one booked for."""
    text = hearing.turn.text
    meant = MOURNED.sub("", _NOT_MEANT.sub("", text))
    meant = meant if hearing.asked == "person" else _doers().sub("", meant)
    entities = [e for e in hearing.turn.of("relation") if e.text not in text or e.text in meant]
    text = _CRY.sub("", meant)
    entities = [e for e in entities if not _CRY.search(hearing.turn.text) or e.text in text]
    said = [_called(text, e, people) for e in entities if e.value in people["relations"]]
    hits = sorted(
        (
            (-len(word), text.rfind(word), word, code)
            for code, about in people["relations"].items()
            for word in about["words"]
            if word in text
        ),
    )
    if relation_of_carers := _client(hearing, text, [e.value for e in entities], people):
        return relation_of_carers, True
    if said:
        for_whom = next((e.value for e in entities if e.value in people["relations"] and _is_for(text, e.text, people)), "")
        code = next((c for c in said if c in people["not_family"]), for_whom or said[-1])
        meant = {e.value for e in entities if _is_for(text, e.text, people)}
        if {"mother", "father"} <= set(said) and code != "self":
            code = next(iter(meant)) if len(meant) == 1 and not _BOTH.search(text) else "parents"
        words = people["relations"][code]["words"]
        found = next((word for _, _, word, c in hits if c == code), words[0])
    elif hits:
        code, found = hits[0][3], hits[0][2]
    elif _AN_ELDER.search(text):
        return "elder", True
    else:
        return "", False
    home = rf"{re.escape(found)}(的)?({'|'.join(people['home_ends'])})(?![个些种样么会时几])"
    if re.search(home, text) and code != "self":
        applied = hearing.item is not None and hearing.item.kind == APPLICATION
        return (code, True) if applied else ("", False)
    marks = "|".join(people["for_words"])
    marked = (
        bool(re.search(rf"({marks})(我|俺|咱)?(们)?{re.escape(found.removeprefix('我'))}", text))
        or code == "self"
        and found in text
        or code != "self"
        and bool(_FOR_THEM.search(text) or re.search(rf"{re.escape(found)}(?:的名字)?(?:叫|姓|大名)", text))
    )
    return code, marked


def _client(hearing: Hearing, text: str, said: list[str], people: dict[str, Any]) -> str:
    """我照顾的老爷子, said by a carer, is not the speaker's father."""
    role = hearing.turn.last("role") or hearing.draft.role
    meant = people["roles"].get(role, {}).get("person")
    theirs = any(word in text for word in people["relations"]["client"]["words"]) or not re.search(r"[我俺](?:妈|爸|爹|娘|奶|爷|婆|公|老伴)", text)
    return "client" if meant == "client" and said and said != ["self"] and theirs else ""


def _called(text: str, said: Entity, people: dict[str, Any]) -> str:
    """赵奶奶 is somebody's neighbour and not the speaker's own grandmother."""
    place = said.start if said.end else text.find(said.text)
    titled = said.value in TITLES and place > 0 and text[place - 1 : place] in people["surnames"]
    return "neighbour" if titled else said.value


def _is_for(text: str, words: str, people: dict[str, Any]) -> bool:
    """Whether the words for somebody stand behind 给 or 帮."""
    return bool(re.search(rf"(?:{'|'.join(people['for_words'])})(?:我|俺|咱)?(?:们)?{re.escape(words.removeprefix('我'))}", text))


def _told_of(text: str, relation: str) -> bool:
    """Whether somebody only occurs in a story: gone, away, or somewhere in a long tale."""
    people = data.table("people")
    words = "|".join(people["relations"][relation]["words"])
    if len(text) > STORY and not re.search(rf"(?:{words})[^。？！?!]{{0,12}}?(?:{_IN_NEED})", text):
        return True
    return bool(re.search(rf"(?:{words}).{{0,4}}(?:{'|'.join(people['gone_words'])})", text))


def _for_both(hearing: Hearing, relation: str) -> bool:
    """Several portions, one of them for whoever shares the home (两份，老头子要软的，我血糖高)."""
    several = any(int(value.get("n") or 0) > 1 for value in hearing.turn.all("quantity") if value.get("unit", "") in PERSON_UNITS)
    return several and bool(data.relation(relation).get("same_home")) and bool(_ME.search(hearing.turn.text))


def _with(text: str, people: dict[str, Any], relation: str, named: list[str]) -> bool:
    known = [*people["relations"][relation]["words"], *named]
    words = "|".join(re.escape(word.removeprefix("我")) for word in known if word.removeprefix("我"))
    company = "|".join(people["with_words"])
    return bool(re.search(rf"({company})(我|俺)?({words})|我?({words})(和|跟|同)我", text))


def _to_doctor(hearing: Hearing, relation: str) -> bool:
    """Whether somebody is taken to the doctor, and so is the one it is for (带我老爸去医院看病)."""
    return relation != "self" and bool(hearing.turn.all("medical_task") or hearing.turn.all("facility")) and bool(_TAKEN.search(hearing.turn.text))


def _set(hearing: Hearing, relation: str) -> None:
    draft = hearing.draft
    if draft.person == relation:
        hearing.handled = True
        return
    was_other = draft.for_other
    if hearing.fresh and draft.person:
        draft.offered, draft.address, draft.phone, draft.name = {}, "", "", ""
    draft.person = relation
    words = data.relation(relation)["words"]
    word = next((w for w in sorted(words, key=len, reverse=True) if w in hearing.turn.text), "")
    draft.person_word = word.removeprefix("我").removeprefix("俺")
    hearing.set("person")
    if draft.for_other != was_other or draft.for_other:
        draft.offered = {}
        caller = hearing.conversation.phone
        if draft.for_other and draft.phone and draft.phone == caller:
            draft.phone = ""
        person = hearing.conversation.person
        same_home = data.relation(relation).get("same_home")
        if draft.for_other and person and draft.address and draft.address == person.address and not same_home:
            draft.address = ""
        if draft.for_other and person and draft.name == person.name:
            draft.name = ""


def read_quantity(hearing: Hearing) -> None:
    """Takes how many out of the turn; more than one order can hold becomes a proposal."""
    draft, turn, item = hearing.draft, hearing.turn, hearing.item
    if item is None or "quantity" not in item.slots:
        return
    count = _count(hearing)
    if count is None and hearing.asked == "quantity" and draft.offered.get("quantity"):
        if turn.intent == "affirm":
            count = draft.offered["quantity"]
        elif turn.intent == "deny":
            draft.offered.pop("quantity")
            hearing.handled = True
    if (
        count is None
        and hearing.asked == "quantity"
        and bare(turn.text).startswith(("就我", "我一个", "一个人", "我自己", "就俺", "俺一个", "俺自己", "就咱", "咱一个", "光我", "光俺", "就一个", "单我"))
    ):
        count = 1
    if count is None:
        return
    most = data.by_service(data.table("services")["most"], item) or data.table("services")["most"]["default"]
    if count < 1:
        hearing.note("quantity_none")
    elif count > most:
        hearing.note("quantity_too_many", most=say_count(most), heard=say_count(count))
        draft.offered = {**draft.offered, "quantity": most}
        draft.quantity = 0
    elif count != draft.quantity:
        draft.quantity = count
        hearing.set("quantity")
    else:
        hearing.handled = True


def _count(hearing: Hearing) -> int | None:
    more = hearing.draft.quantity if more_portions(hearing) else 0
    portions = [value["n"] for value in hearing.turn.all("quantity") if value.get("unit") == "份" and isinstance(value.get("n"), int)]
    if len(portions) > 1 and len(hearing.turn.all("diet")) > 1 and not hearing.corrects:
        first, *rest = portions
        return first if len(rest) > 1 and first == sum(rest) else sum(portions)  # 一份软的，一份糖尿病的; 三份，一份软的，两份普通的
    for value in reversed(hearing.turn.all("quantity")):
        if value.get("unit", "") in PERSON_UNITS and isinstance(value.get("n"), (int, float)):
            return int(value["n"]) + more
    if not hearing.turn.all("quantity") and (hidden := _PORTIONS.search(hearing.turn.text)):
        return int(hidden.group(1).translate(contact.HANZI_DIGITS)) + more
    number = hearing.turn.last("number")
    return number if hearing.asked == "quantity" and isinstance(number, int) else None


def more_portions(hearing: Hearing) -> bool:
    """Whether so many portions come to those already agreed on (再加一份)."""
    return bool(hearing.draft.quantity and MORE.search(hearing.turn.text))


def asked_by(draft_person: str, role: str) -> str:
    """Who asked, in words for the order; empty when the elder did."""
    people = data.table("people")
    if draft_person in ("", "self"):
        return ""
    if role in people["roles"]:
        return people["roles"][role]["name"]
    return people["asked_by"].get(draft_person, people["asked_by"]["default"])

"""For whom a booking is, who speaks, and how many: relations, company, quantity."""

from __future__ import annotations

import re
from typing import Any

from care import carers
from care.booking import carried, data, other_whom, whom
from care.booking.away import SPOKEN_OF
from care.booking.clause import ASIDE_IN_BRACKETS
from care.booking.draft import Draft
from care.booking.hearing import Hearing, bare
from care.company import MOURNED
from care.service_list import RELATION_SPOKEN_OF
from care.told_of import FOR_MYSELF, HEARSAY, OWNER, SOMEBODY_NEAR, is_the_elder, only_ill, wants_it_themselves
from care.turn import Turn

PERSON_UNITS = ("份", "人", "位", "个", "口", "客", "套", "盒", "")
CONTACT = ("address", "phone", "person_name")
"""Whoever, asked for whom it is, tells address, number or name instead, tells their own."""
APPLICATION = "application"
"""Kind of what is applied for somebody's home (我妈家装扶手): it is for who lives there."""
TITLES = ("grandmother", "grandfather", "mother", "father", "aunt_uncle", "sibling", "elder")
"""Relations whose words name any old person (阿婆, 老太太, 老李大哥)."""
SURNAMED = ("grandmother", "grandfather", "aunt_uncle", "sibling", "mother_in_law", "father_in_law", "father")
"""Relations whose words stand behind a surname as a title (赵奶奶, 老李大哥, 陈婆婆)."""
_TITLE_OF = re.compile(
    rf"(?:^|[，。,；;、 ]|[的老小个位楼下上门壁给帮替是顾护理看侍带叫请村头里们栋元家院人])[^{other_whom.JOINING}]$"
)
"""A surname right before somebody, and nothing in which it is only a part of a word (我和舅舅, 远房表叔)."""
SPOKEN_TO = ("sibling", "neighbour")
"""Relations whose words also address whoever takes the call (大姐啊，麻烦你……)."""
_NEXT_DOOR = re.compile(
    r"(?:隔壁|对门|对面|楼[上下]|[一二三四五六七八九十0-9](?:楼|单元|号|栋)|院里|院子里|村[里头东西]头?|小区|街坊|邻居|我们这[栋边]?|巷子里)(?:家|屋里?|住)?(?:的|那个|那位|有?一?[个位]|那家)*(?P<called>[老小大阿]?[\u4e00-\u9fff])?$"
)
"""Before the words for somebody who lives near."""
_ADDRESSED = re.compile(r"^(?:喂|哎|诶|哎呀|你好|您好|麻烦|请问|那个|这位|[，,。 ])*[大小老]?$")
"""All that stands before a form of address at the beginning."""
_ADDRESSING = re.compile(r"[啊呀哎欸嘞哪]?[，,。！! ]|[啊呀哎欸嘞哪](?=[^，,])|你好|您好|麻烦|劳驾|求你|帮帮忙")
"""What stands right behind it."""
MORE = re.compile(r"(?:再|多|另)?(?:加|添|多|来)(?:上)?(?:[一两二三1-3]|个)份(?!.*(?:明天|后天|晚上|中午))")
_ME = re.compile(r"[我俺咱](?!老伴|老头|老婆|爱人|媳妇|老公|家?那口子)")
"""The speaker as one of those who eat."""
_ONESELF = re.compile(
    r"[我俺]自己|[我俺]自个儿|[给帮替为是让]自己|(?<![得他她能会老妈爸])自己(?:用|吃|住|洗|办|去)|[给帮替为让][我俺]|[我俺]本人|[我俺咱]用|[我俺咱][想要]|^[我俺]"
)
"""Words that mean whoever speaks; in 要自己准备工具不 nobody is meant."""
_FOR_ME = re.compile(r"[帮给替](?:我|俺)(?:也)?(?:登记|报|办|申请|弄|排|装|约|做)")
_FOR_THEM = re.compile(r"(?:给|帮|替)[他她]")
_OF_THEM = re.compile(r"[他她](?:名字|大名)?(?:叫|姓)|[他她](?:的)?(?:电话|手机|号码)")
"""Name or number of somebody spoken of before."""
_I_AM_MEANT = re.compile(
    r"是我(?:自己|本人)?(?:要|想|用|签|住|吃|洗|装|租|办|评|，|,|$)|[给帮替]我(?:自己|登记|报|办|申请|签|装|评)|我自己(?:要|想|用|签|住|吃|洗|装|租|办|评)"
)
"""Whoever speaks says that it is for them."""
_OTHER_ONE = re.compile(r"不是|不对|错|改|换|应该是|是[给帮替]|也[给帮替要]|另外|还有")
"""Without such words nobody else takes the place of the one it is for."""
_INSTEAD_FOR = re.compile(r"(?:是|改成|换成|改为)[给帮替][我俺咱]?$")
"""Right before whoever it is for after all (不是给我，是给我老伴)."""
_IS_MINE = re.compile(r"(?:^|[，,。 ])(?:[他她佢]|这|那|老人)?(?:就)?[是系](?:我|俺|额)")
_OURS = re.compile(r"[我俺额](?=们(?!老)|家里?的?(?:一?[个位])?老)")
"""Not the speaker: 给我们村的老汉, 给我家老人."""
_SEVERAL = re.compile(r"几个|几位|些|们几|一帮|一伙|大伙")
"""Company of an unknown number."""
_CRY = re.compile(r"[姑新伴]娘|老板娘|(?:哎呀?|哎哟|我[的滴嘞]|俺[的滴嘞])?[妈娘](?:呀|耶|哎)")
"""A cry that names nobody (哎呀妈呀)."""
_OWN = re.compile(
    r"自(?:己|个儿?)的|(?<![给帮替为我俺])自(?:己|个儿?)(?=有|会|能|可以|不|还|也|都|就|在|来|准备|带|掏|出|付|走)"
)
"""What somebody has, does or can do (房子是自己的, 自己会吃) says nothing about who it is for."""
_CARES = re.compile(
    r"[我俺]是[^，。,]{1,8}(?:请|雇|找)的[^，。,]{0,4}(?:阿姨|保姆|护工|帮工)|[我俺](?:就)?是(?:照顾|照看|护理|服侍|看护|伺候)[^，。,]{1,8}的|[我俺](?:照顾|照看|护理|看护|服侍|陪护)的(?!我)|[我俺](?:就)?(?:是|在)[^，。,]{0,8}(?:保姆|护工|护理员|月嫂|钟点工)|在[^，。,]{1,4}家(?:做事|帮工|干活|住家|做保姆)"
)
"""Somebody who cares for others as work."""
_AN_ELDER = re.compile(r"[给帮替](?:我家|家里|一?位|个)?(?:的)?老人(?!家?餐|卡|证|节)")
"""Somebody who says 给老人 is not that elder."""
_NO_OWN_ELDER = re.compile(r"(?:^|[^家里位个的那这])老(?:年)?人")
"""Old people, without a word that makes one of them theirs (我家老人, 一个老人)."""
_TAKEN = re.compile(
    r"(?:带|领|送|接)(?!我(?:去|到|上))[^，。,]{1,6}(?:去|到|上)[^，。,]{0,10}(?:院|看|瞧|检查|复查|拿药|取药)"
)
"""Words of somebody who takes another one to the doctor."""
ANSWER = 10
"""Longer words (characters), when asked for whom, are more than the plain answer."""
COMPANY = 2
"""Somebody who takes one other person along."""


_MY_AGE = re.compile(r"(?:我|俺|额|阮)(?:自己|本人|今年|都|快|已经|有|满|系|是|虚岁|，)*[六七八九6-9](?:十|[0-9])")
"""Somebody asked for whom it is who tells their own age first (我八十一岁，冲凉要老婆帮手)."""


def read_person(hearing: Hearing) -> None:
    """Takes for whom it is, and who asks, out of the turn."""
    draft, turn = hearing.draft, hearing.turn
    people = data.table("people")
    role = str(turn.last("role") or "")
    if role in people["roles"] and any(word in turn.text for word in people["speaker_words"]) and draft.role != role:
        draft.role = role
        hearing.handled = True
    relation, marked = _relation(hearing, people)
    if draft.for_other and relation in ("", draft.person) and not hearing.fresh and other_whom.is_not_for(hearing):
        draft.person, draft.offered = "", {**draft.offered, "person": ""}
        hearing.handled = True
        return
    if (
        not relation
        and not draft.person
        and (hearing.fresh and (_FOR_THEM.search(turn.text) or carers.takes_up(hearing.conversation)) or _OF_THEM.search(turn.text))
    ):
        relation, marked = str(hearing.conversation.recall(RELATION_SPOKEN_OF) or "") or _told_of_before(hearing), True
    if not relation and not draft.person and (hearing.fresh or hearing.asked in ("service", "person")) and (name := other_whom.named_in_full(turn)):
        relation, marked = "self" if name == draft.asker_name or hearing.conversation.person and name == hearing.conversation.person.name else "elder", True
    if relation == "self" and hearing.asked != "person" and not _ONESELF.search(turn.text):
        relation, marked = "", False
    if not relation and hearing.asked == "person" and _FOR_ME.search(turn.text):
        relation, marked = "self", True
    if hearing.asked == "person" and _MY_AGE.match(turn.text):
        relation, marked = "self", True
    if not relation and hearing.asked not in ("name", "place", "phone") and bare(turn.text) in people["oneself"]:
        relation, marked = "self", True
    if relation and not marked and hearing.fresh and _for_both(hearing, relation):
        relation = "self"
    if relation in ("", "elder") and hearing.fresh and wants_it_themselves(turn.text):
        relation, marked = "self", True
    elif draft.person_in_general and relation in ("", "self") and not draft.role and is_the_elder(turn.text):
        _is_the_caller(hearing)
        return
    if relation == "self" and hearing.fresh and carried.only_has_it_done(hearing):
        relation, marked = "", False
    in_general = relation == "elder" and bool(_NO_OWN_ELDER.search(turn.text))
    if (
        (company := relation or _beside(hearing))
        and not _to_doctor(hearing, company)
        and _with(hearing, people, company)
    ):
        if not draft.quantity and hearing.asked != "quantity" and not _SEVERAL.search(turn.text):
            draft.quantity = COMPANY
            hearing.set("quantity")
    elif draft.role and relation == "neighbour" and people["roles"][draft.role]["person"] != "elder":
        becomes(hearing, people["roles"][draft.role]["person"])
    elif relation and not hearing.fresh and draft.for_other and relation != draft.person and not _instead(hearing) and not _tells_kin(hearing):
        return
    elif relation and (
        marked
        or hearing.fresh
        or _to_doctor(hearing, relation)
        or hearing.asked == "person"
        or "person" in turn.all("change")
    ):
        becomes(hearing, relation)
    elif draft.role and not draft.for_other and (hearing.fresh or hearing.handled):
        becomes(hearing, people["roles"][draft.role]["person"])
    elif hearing.asked == "person" and not draft.person and any(turn.all(kind) for kind in CONTACT):
        becomes(hearing, "self")  # read back with everything else
    elif hearing.asked == "person" and draft.offered.get("person"):
        if turn.intent in ("affirm", "deny"):
            becomes(hearing, draft.offered["person"] if turn.intent == "affirm" else "self")
    draft.person_in_general = draft.person == "elder" and (in_general or draft.person_in_general)


def _is_the_caller(hearing: Hearing) -> None:
    """The old person spoken of in general turns out to be the caller, whose name and number were told as the speaker's."""
    draft = hearing.draft
    name, phone = draft.name or draft.asker_name, draft.phone or draft.asker_phone
    becomes(hearing, "self")
    draft.name, draft.phone, draft.person_in_general = name, phone, False
    draft.asker_name = draft.asker_phone = ""


def _told_of_before(hearing: Hearing) -> str:
    """Of whom was told before the booking began, where 他叫…… answers for whom it is: somebody near, else an elder of theirs."""
    if any(SOMEBODY_NEAR.search(words) for words in hearing.told):
        return "neighbour"
    return "elder" if hearing.asked == "person" and _OF_THEM.search(hearing.turn.text) else ""


def _tells_kin(hearing: Hearing) -> bool:
    """Whether of somebody only named so far it is told who they are (他是我爸)."""
    return hearing.draft.person == "elder" and bool(_IS_MINE.search(hearing.turn.text))


def _instead(hearing: Hearing) -> bool:
    """Whether somebody else may take the place of the one it is for."""
    asked = hearing.asked == "person" or "person" in hearing.turn.all("change")
    return asked or hearing.corrects or bool(_OTHER_ONE.search(hearing.turn.text))


def _relation(hearing: Hearing, people: dict[str, Any]) -> tuple[str, bool]:
    """The relation spoken of, and whether the words make it the one booked for."""
    text = hearing.turn.text
    named = _named(hearing, people)
    if relation_of_carers := _client(hearing, text, [n.relation for n in named], people):
        return relation_of_carers, True
    if instead := other_whom.not_but(text, named):
        return instead, True
    if not named and hearing.asked == "person" and _I_AM_MEANT.search(text):
        return "self", True
    if not named:
        return ("elder", True) if _AN_ELDER.search(text) else ("", False)
    placed = [n for n in named if n.end and n.relation != "self"]
    if "child" in {n.relation for n in placed}:
        return "child", True
    if cared_for := next((n.relation for n in named if n.relation == "client"), ""):
        code = cared_for
    elif hearing.asked != "person" and len(placed) == len(named):
        code = whom.meant(text, placed)
    elif "self" in (said := [n.relation for n in named]) and hearing.asked != "person":
        code = whom.meant(text, placed) or "self"
    elif _I_AM_MEANT.search(text):
        return "self", True
    elif len(text) > ANSWER and len(placed) == len(named) and (code := whom.meant(text, placed)):
        pass
    else:
        for_whom = next((n.relation for n in named if n.end and _is_for(text, text[n.start : n.end], people)), "")
        code = next((c for c in said if c in people["not_family"]), for_whom or said[-1])
        code = "parents" if {"mother", "father"} <= set(said) and code != "self" else code
    code = code or next((n.relation for n in placed if _INSTEAD_FOR.search(text[: n.start])), "")
    called = next((n for n in placed if re.match(r"(?:的名字)?(?:叫(?![我你他她人])|姓|大名)", text[n.end :])), None)
    code = code or (called.relation if called and not hearing.fresh else "")
    told_of = SOMEBODY_NEAR.search(text) and {n.relation for n in placed} == {"neighbour"}
    if told_of and (_FOR_THEM.search(text) or _OF_THEM.search(text) or not FOR_MYSELF.search(text)):
        return "neighbour", True
    if not code:
        return "", False
    one = next((n for n in reversed(named) if n.relation == code and n.end), None)
    if one and code != "self" and only_ill(text, one.end) and not _FOR_THEM.search(text):
        return "", False
    found = text[one.start : one.end] if one else people["relations"][code]["words"][0]
    home = rf"{re.escape(found)}(的)?({'|'.join(people['home_ends'])}|那(?=$|[，。,；;！!\s]|住|送|地址))"
    if re.search(home, text) and code != "self":
        item = hearing.item
        theirs = item is not None and (item.kind == APPLICATION or item.code in data.table("services")["of_the_home"])
        return (code, True) if theirs else ("", False)
    marked = (
        _is_for(text, found, people)
        or code == "self"
        and found in text
        or code != "self"
        and bool(called or _FOR_THEM.search(text) and (hearing.fresh or not hearing.draft.for_other))
    )
    return code, marked


def _named(hearing: Hearing, people: dict[str, Any]) -> list[whom.Named]:
    """Those named in the words, in order; without the dead, the cries and what is one's own. Who has no place (`end` 0) was only heard."""
    text, relations = hearing.turn.text, people["relations"]
    silent = (MOURNED, _CRY, _OWN, OWNER, ASIDE_IN_BRACKETS, *(() if _FOR_THEM.search(text) else (HEARSAY, *SPOKEN_OF)))
    away = [found.span() for pattern in silent for found in pattern.finditer(text)]
    named: list[whom.Named] = []
    for said in hearing.turn.of("relation"):
        if said.value not in relations:
            continue
        words = [said.text] if said.text in text else [w for w in relations[said.value]["words"] if w in text]
        word = max(words, key=len, default="")
        start = said.start if said.end and word == said.text else text.find(word) if word else 0
        if not (hearing.fresh and _spoken_to(hearing.turn, start, start + len(word), said.value)):
            named.append(_whole(text, whom.Named(start, start + len(word), said.value), people))
    named += other_whom.titled(hearing, named) + other_whom.children(hearing)
    near = [whom.Named(*found.span("who"), "neighbour") for found in SOMEBODY_NEAR.finditer(text)]
    named = [one for one in named if not any(one.start < n.end and n.start < one.end for n in near)] + near
    if not named and not list(hearing.turn.of("relation")):
        told = _OURS.sub("", text)
        for door in hearing.turn.of("address"):  # 东街王桂英家隔壁12号 names nobody
            told = told.replace(door.text, "，")
        spoken = [(w, code) for code, about in relations.items() if not about.get("by_right") for w in about["words"] if w in told]
        longest = sorted(spoken, key=lambda one: -len(one[0]))[:1]
        named = [_whole(text, whom.Named(text.rfind(w), text.rfind(w) + len(w), code), people) for w, code in longest]
    kept: list[whom.Named] = []
    for one in sorted(named, key=lambda n: (n.start, -n.end)):
        inside = any(one.start < k.end and k.start < one.end for k in kept)
        gone = any(start <= one.start < end for start, end in away)
        if not one.end or not inside and not gone:
            kept.append(one)
    return kept


def _spoken_to(turn: Turn, start: int, end: int, relation: str) -> bool:
    """Whether a word for kin addresses whoever takes the call (大姐啊，我想订个饭), and names nobody; 大姐，孙秀珍，82岁 does."""
    named = any(end <= e.start <= end + 1 for e in turn.of("person_name"))
    if relation not in SPOKEN_TO or turn.text[start:end].startswith(("我", "俺")) or named:
        return False
    return bool(_ADDRESSED.match(turn.text[:start]) and _ADDRESSING.match(turn.text[end:]))


def _whole(text: str, one: whom.Named, people: dict[str, Any]) -> whom.Named:
    """Somebody named, with the last character of a word said twice (我哥哥); 楼下阿婆 and 赵奶奶 are neighbours, not kin."""
    if not one.end:
        return one
    end = one.end + (
        text[one.end : one.end + 1] in ("哥", "姐", "弟", "妹", "娘", "妈", "爸", "叔", "姑") and one.relation != "self"
    )
    before = text[: one.start]
    own = text[one.start :].startswith(("我", "俺"))
    surnamed = one.relation in SURNAMED and bool(_TITLE_OF.search(before)) and before[-1] in people["surnames"]
    door = _NEXT_DOOR.search(before)
    lives_near = door and (not door["called"] or door["called"][-1] in people["surnames"])
    near = not own and bool(surnamed or one.relation in TITLES and lives_near)
    return whom.Named(one.start, end, "neighbour" if near else one.relation)


def _client(hearing: Hearing, text: str, said: list[str], people: dict[str, Any]) -> str:
    """我照顾的老爷子, said by a carer, is not the speaker's father."""
    role = hearing.turn.last("role") or hearing.draft.role
    meant = "client" if _CARES.search(text) else people["roles"].get(role, {}).get("person")
    theirs = any(word in text for word in people["relations"]["client"]["words"]) or not re.search(
        r"[我俺](?:妈|爸|爹|娘|奶|爷|婆|公|老伴)", text
    )
    somebody = said or hearing.fresh and re.search(r"[他她]|老人|老师", text)
    return "client" if meant == "client" and somebody and said != ["self"] and theirs else ""


def _is_for(text: str, words: str, people: dict[str, Any]) -> bool:
    """Whether the words for somebody stand behind 给 or 帮."""
    return bool(
        re.search(
            rf"(?:{'|'.join(people['for_words'])})(?:我|俺|咱)?(?:们)?{re.escape(words.removeprefix('我'))}", text
        )
    )


def _for_both(hearing: Hearing, relation: str) -> bool:
    """Several portions, one of them for whoever shares the home (两份，老头子要软的，我血糖高)."""
    several = any(
        int(value.get("n") or 0) > 1 for value in hearing.turn.all("quantity") if value.get("unit", "") in PERSON_UNITS
    )
    return several and bool(data.relation(relation).get("same_home")) and bool(_ME.search(hearing.turn.text))


def _beside(hearing: Hearing) -> str:
    """Somebody named who is not the one it is for."""
    return str(hearing.turn.last("relation") or "")


def _with(hearing: Hearing, people: dict[str, Any], relation: str) -> bool:
    """Whether somebody shares what is wanted with the speaker (我和老伴都要); an aid is for one of them."""
    text, named = hearing.turn.text, [e.text for e in hearing.turn.of("relation") if e.value == relation]
    if relation not in people["relations"] or hearing.item is not None and "aid" in hearing.item.slots:
        return False
    known = [*people["relations"][relation]["words"], *named]
    words = "|".join(re.escape(word.removeprefix("我")) for word in known if word.removeprefix("我"))
    company = "|".join(people["with_words"])
    return bool(re.search(rf"({company})(我|俺)?({words})|我?({words})(和|跟|同)我", text))


def _to_doctor(hearing: Hearing, relation: str) -> bool:
    """Whether somebody is taken to the doctor, and so is the one it is for (带我老爸去医院看病)."""
    return (
        relation != "self"
        and bool(hearing.turn.all("medical_task") or hearing.turn.all("facility"))
        and bool(_TAKEN.search(hearing.turn.text))
    )


def becomes(hearing: Hearing, relation: str) -> None:
    """Makes somebody the one it is for; what was known of another one goes."""
    draft = hearing.draft
    if draft.person == relation:
        hearing.handled = True
        return
    was_other, home = draft.for_other, _shared_home(draft, relation)
    if hearing.fresh and draft.person:
        draft.offered, draft.address, draft.phone, draft.name, draft.town = {}, "", "", "", ""
    draft.person = relation
    words = data.relation(relation)["words"]
    said = "，".join([hearing.turn.text, *(e.text for e in hearing.turn.of("relation")), *hearing.told])
    word = next((w for w in sorted(words, key=len, reverse=True) if w in said), "")
    draft.person_word = word.removeprefix("我").removeprefix("俺")
    hearing.set("person")
    if draft.for_other != was_other or draft.for_other:
        draft.offered = {"place": home} if home else {}
        caller = hearing.conversation.phone
        if draft.for_other and draft.phone and draft.phone == caller:
            draft.phone = ""
        person = hearing.conversation.person
        same_home = data.relation(relation).get("same_home")
        if draft.for_other and person and draft.address and draft.address == person.address and not same_home:
            draft.address = ""
        if draft.for_other and person and draft.name == person.name:
            draft.name = ""


def _shared_home(draft: Draft, relation: str) -> str:
    """The place proposed, where it is for somebody else of the same home as the one it was known of."""
    at_home = all(one == "self" or data.relation(one).get("same_home") for one in (draft.person, relation))
    return str(draft.offered.get("place") or "") if draft.person and at_home else ""


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

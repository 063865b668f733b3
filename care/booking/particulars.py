"""The particulars of a service (diet, where to bathe, which aid …) out of what was said, by data alone."""

from __future__ import annotations

import re
from typing import Any

from care import agreement
from care.booking import clause, contact, data, left_over, shares, shopping
from care.booking.hearing import Hearing, asks_openly, bare, is_question
from care.turn import Entity

ALLERGY = "allergy:"
CONFIRM = "confirm"
ERRAND = "errand"
OTHER_THINGS = (
    "facility",
    "department",
    "address",
    "phone",
    "time",
    "person_name",
    "place",
    "quantity",
    "duration",
)
"""Kinds of entity that are never themselves a description in free words."""
NOR_A_NAME = (*OTHER_THINGS, "medical_task", "cleaning_task", "mobility", "relation", "service")
"""Kinds that are no name of a hospital or a department either."""
_OF_SOMEBODY = ("mobility", "fact", "age", "relation", "diet")
"""Kinds that tell how somebody is."""
OF_THE_WAY = ("time", "address", "phone", "person_name", "place")
"""Kinds that tell when and where, and no thing to be bought."""
_MORE = re.compile(r"再|还(?:要|有|得|想)|另外|加(?:一|两|上|个|点)|添")
"""Words that add to what was told."""
MOSTLY, HALF = 0.7, 0.5
LONGEST = 44
"""Characters of free words that are kept and read back."""
_NOT_THAT = re.compile(r"^(不是|不对|不用|不要|没有|不|没|是|对|好|要)+的?")
_REDIRECTED = re.compile(r"(?:改|换)(?:成|为)?(?:送到|送去|去|到|送|上)([^，。,；;！!？?]{2,14}?)(?:[吧了啊呀去]*)(?=[，。,；;！!？?]|$)")
"""Another way is wanted (改送汽车南站)."""
_DONE_TOO = re.compile(r"(?:还|也)(?:要|得)((?:打|换|修|量|抽|拔|拆|看|弄|通)[^，。,；;！!？?吗不]{1,8})(?=[，。,；;！!]|$)")
"""Something besides is to be done (不光换药，还要打一针)."""
_ORDINAL = re.compile(r"第?[0-9一二三四]个?")
_ABOUT_ME = re.compile(r"^(我|我家|我们|她|他|俺)?(人|家)?(住在|就在|在|住|叫|的电话是|电话是?|是)")
_NO = re.compile(
    r"^(都|也|啥|什么|哪样|一样)*(没有|没得|没|无|冇|么得|莫得|木有|唔|不用|不需要|不要|不|好着|好得很|挺好|蛮好)"
)
_WONDERS = re.compile(r"(?:咋|怎么)就?(?=不|又|没|坏|漏|堵)|呢$")
"""Somebody who wonders that a thing is broken (灯咋不亮了呢) asks nothing."""
_OPEN = re.compile(r"怎么|咋|哪|多少|几|啥|什么|谁")
"""Words that ask for more than a yes."""
_ROUND = re.compile(r"等一?下|等等|那就|还是|算了|不不|不对")
"""Words behind which somebody decides otherwise."""
_OVER = re.compile(
    r"[^，。,]{0,3}(?:长好|好了|好哒|好咧|好透|愈合|痊愈|退了|结痂)|[^，。,]{0,2}(?:没|冇|无|么得|莫得)(?:有|得|啥|什么|么子|大)*(?:问题|事|毛病|麻达|大碍|病|情况)|(?:就|也|都|先)?不(?:用|要|坐|需要|带)(?:了|$)|(?:这块|方面|那块|功能)?(?:也|都|还|挺|蛮|倒)?(?:好着|正常|好的|挺好|还好|可以|健康|好得很)"
)
"""Behind an illness that is over."""
_NEGATED = re.compile(r"(没有?|无|不|别)[^，。,人]{0,1}$")
"""Before a word that is denied; 没人陪 denies nothing, it asks for company."""


def read(hearing: Hearing, name: str) -> None:
    """Fills one particular of the draft if this turn says something about it."""
    found = _found(hearing, name)
    if found is None:
        return
    spec, before = data.slot(name), hearing.draft.particulars.get(name)
    adds = (
        spec["kind"] == "many"
        and bool(before)
        and (all(str(code).startswith(ALLERGY) for code in found) or not (hearing.corrects or hearing.asked == name))
    )
    if adds:
        plain = spec.get("none")
        found = [*(v for v in before or () if v != plain and v not in found), *found]
    if spec["kind"] == "many":
        held = {code for one in found for code in data.values(name).get(one, {}).get("holds", ())}
        found = [code for code in found if code not in held]
    if name == "diet":
        shares.read(hearing, found)
    if found != before:
        hearing.draft.particulars = {**hearing.draft.particulars, name: found}
        hearing.set(name)
    else:
        hearing.handled = True
        if spec["kind"] == "words" and not is_question(hearing.turn.text):
            hearing.again.append(name)


def unknown(name: str) -> Any | None:
    """The value taken for “我不知道”, or none when it has to be answered."""
    spec = data.slot(name)
    if "unknown" not in spec:
        return None
    value = spec["unknown"]
    return [value] if spec["kind"] == "many" else value


def _found(hearing: Hearing, name: str) -> Any | None:
    spec, asked = data.slot(name), hearing.asked == name
    if spec["kind"] == "words":
        return _words(hearing, name, spec, asked)
    if spec["kind"] == "pick" and asks_openly(hearing.turn.text) and not (hearing.fresh and spec.get("anywhere")):
        return None
    codes = list(dict.fromkeys(_from_entities(hearing, name, spec)))
    if asked or spec.get("anywhere"):
        codes += [code for code in from_words(hearing.turn.text, name, asked) if code not in codes]
    denied = _negated(hearing.turn.text, name, spec)
    codes = [code for code in codes if code not in denied]
    if name == "diet" and hearing.draft.particulars.get(name) and (rest := _no_longer(hearing, spec)):
        return rest
    if spec["kind"] == "yes_no" and "true" in denied:
        return False
    if spec.get("past") and any(word in hearing.turn.text for word in spec["past"]):
        passed = all(code in spec["passes"] or code == spec["none"] for code in codes)
        codes = codes if not passed else [spec["none"]] if asked else []
    agreed = hearing.asked == CONFIRM and agreement.agrees(hearing.turn)  # 对，没毛病
    codes = [code for code in codes if not (agreed and code == spec.get("none"))]
    if not codes and not asked and not agreed and len(denied) > 1 and "none" in spec:
        codes = [spec["none"]]  # 没有发烧，没有心脏病
    if not codes and not agreed and any(word in hearing.turn.text for word in spec.get("all_clear", ())):
        codes = [spec["none"]]
    if not codes and asked and "none" in spec and _says_no(hearing):
        codes = [spec["none"]]
    if not codes and not asked and any(word in hearing.turn.text for word in spec.get("unasked_words", ())):
        codes = [code for code in ("true",) if code not in denied]
    name_said = contact.looks_like_name(hearing.turn.text)
    if not codes and asked and spec["kind"] == "yes_no" and hearing.turn.intent in ("affirm", "deny") and not name_said:
        return hearing.turn.intent == "affirm"
    if not codes:
        return None
    if spec["kind"] == "many":
        some = [code for code in codes if code != spec.get("none")]
        plain = spec.get("none") in codes and _at_last(hearing.turn.text, spec["values"][spec["none"]]["words"])
        return codes[:1] if not some else [spec["none"]] if plain else some
    return codes[-1] == "true" if spec["kind"] == "yes_no" else codes[-1]


def _at_last(text: str, words: list[str]) -> bool:
    """Whether somebody comes round to these words in the end (不要辣的……等下，那就正常的)."""
    turned = max((found.end() for found in _ROUND.finditer(text)), default=-1)
    return turned >= 0 and any(word in text[turned:] for word in words)


_UNHURT = re.compile(r"[没冇未](?:有)?(?:破|烂|坏)")
"""A denial inside the words of an illness (皮肤没破)."""


def _says_no(hearing: Hearing) -> bool:
    return hearing.turn.intent == "deny" or bool(_NO.match(bare(hearing.turn.text)))


def _from_entities(hearing: Hearing, name: str, spec: dict[str, Any]) -> list[str]:
    known, codes = data.values(name), []
    for kind in spec["entity"]:
        for said in hearing.turn.of(kind):
            value = said.value
            if spec.get("negatable") and said.end and _denied_at(hearing.turn.text, said.start, said.end):
                continue  # 没有伤口: the words that were recognised begin with 有
            if spec.get("negatable") and _UNHURT.search(said.text):
                continue
            if isinstance(value, dict) and "fact" in value:
                named = (str(value.get("value")), value["fact"])
                codes += [] if value.get("negative") else [code for code in named if code in known][:1]
            elif isinstance(value, dict) and value.get("allergy"):
                codes.append(ALLERGY + value["allergy"])
            elif str(value) in known:
                codes.append(str(value))
            else:
                codes += [code for code, about in known.items() if value in about.get("entity", ())]
    return codes


def from_words(text: str, name: str, asked: bool) -> list[str]:
    """The values of a particular that the words name, in the order said."""
    none = data.slot(name).get("none")
    hits = []
    for code, about in data.values(name).items():
        if code == none and not asked:
            continue
        places = [text.find(word) for word in about.get("words", ()) if word in text]
        if places:
            hits.append((min(places), code))
    return [code for _, code in sorted(hits)]


def _negated(text: str, name: str, spec: dict[str, Any]) -> set[str]:
    """Values that the words deny: 没发烧."""
    if not spec.get("negatable"):
        return set()
    denied = set()
    for code, about in data.values(name).items():
        places = [text.find(word) for word in about.get("words", ()) if word in text]
        if code != spec.get("none") and places and all(_denied_at(text, place, place + 2) for place in places):
            denied.add(code)
    return denied


def _no_longer(hearing: Hearing, spec: dict[str, Any]) -> list[str] | None:
    """What is eaten when a diet is not wanted any more (不要软的了)."""
    before = hearing.draft.particulars["diet"]
    over = {code for code in before for word in spec["values"].get(code, {}).get("words", ()) if re.search(rf"不(?:要|用|吃)(?:那么)?{word}|{word}[^，。]{{0,2}}(?:就)?不(?:要|用|吃)", hearing.turn.text)}
    return ([code for code in before if code not in over] or [spec["none"]]) if over else None


def _denied_at(text: str, start: int, end: int) -> bool:
    """Whether an illness named there is denied (没发烧) or over (伤口也长好了)."""
    return bool(_NEGATED.search(text[:start]) or _OVER.match(text[end:]))


def _words(hearing: Hearing, name: str, spec: dict[str, Any], asked: bool) -> str | None:
    if "goals" in spec and (goal := _goal(hearing)):
        return goal
    kinds = [*spec["entity"], *(spec.get("asked_entity", ()) if asked else ())]
    if hearing.turn.all("address"):
        kinds = [kind for kind in kinds if kind != "place"]  # the town of the address
    for kind in kinds:
        value = next(
            (
                e.value
                for e in reversed(list(hearing.turn.of(kind)))
                if "goals" not in spec or not _starts_there(hearing, e)
            ),
            None,
        )
        if value and asked and isinstance(value, str) and _is_other(hearing, spec, value):
            continue
        if value and isinstance(value, str) and "looks" in spec and not re.search(spec["looks"], value):
            continue
        if value:
            return value.get("name") if isinstance(value, dict) else str(value)
    if hearing.asked == CONFIRM and ("hints" in spec or "goals" in spec) and name in hearing.draft.particulars and (put_right := _put_right(hearing, name)):
        return put_right
    if hearing.draft.service == ERRAND and "hints" in spec and not is_question(hearing.turn.text) and (list_of := _goods(hearing, name)):
        return list_of
    text = hearing.turn.text
    pattern = spec.get("named" if hearing.fresh else "goals" if not asked and hearing.asked != "place" else "", "")
    if pattern and (found := re.search(pattern, text)) and not _OPEN.search(text):
        return re.sub(r"^(?:我|俺|咱)(?=.)|(?<=[区县镇市路村])我", "", found.group(1))
    if asked and "none" in spec and hearing.turn.intent == "deny":
        return spec["none"]
    if (asked and hearing.free and hearing.turn.intent != "dont_know") or (
        (hearing.fresh or hearing.asked == "service")
        and (any(hint in text for hint in spec.get("hints", ())) or "hints" in spec and hearing.draft.service == ERRAND and clause.measured(text))
        and not (any(word in text for word in spec.get("vague", ())) and not clause.measured(text))
    ):
        if asked and not (text := left_over.text(hearing.turn)):
            return None
        words = clause.naming(text, spec["hints"], asked, spec["vague"]) if "hints" in spec else bare(text)
        if (
            "looks" in spec
            and not re.search(spec["looks"], words)
            or "hints" in spec
            and asked
            and _tells(hearing, words)
        ):
            return None
        # 灯泡坏了，能派人来换不: the wish may be a question, what is wrong is told.
        if is_question(_WONDERS.sub("", words) if hearing.fresh else text):
            listed = clause.goods(text) if hearing.draft.service == ERRAND else ""
            if not (words := listed or (clause.shortest(words, spec.get("hints", ())) if hearing.fresh else "")):
                return None
        if hearing.turn.intent in ("deny", "affirm"):
            words = _NOT_THAT.sub("", words)
        if "hints" in spec and contact.looks_like_name(text) or contact.surely_a_name(text):
            return None
        if _ORDINAL.fullmatch(words) or _taken_up(hearing, words) or spec["entity"] and _is_other(hearing, spec, hearing.turn.text):
            return None
        for lead in spec.get("strip", ()):
            words = words.removeprefix(lead)
        return words[:LONGEST] if len(words) >= 2 else None
    return None


def _put_right(hearing: Hearing, name: str) -> str:
    """What was read back, told anew: another list to buy, or another thing that is wrong (不是龙头，是管子)."""
    before = hearing.draft.particulars[name]
    if hearing.draft.service == ERRAND:
        listed = shopping.restated(before, hearing.turn.text)
        hearing.handled = hearing.handled or listed == before and shopping.repeats(before, hearing.turn.text)
        return listed if listed != before else ""
    way = _REDIRECTED.search(hearing.turn.text) if "goals" in data.slot(name) else None
    if "hints" in data.slot(name) and (too := _DONE_TOO.search(hearing.turn.text)):
        return "" if too.group(1) in before else f"{before}，{too.group(1)}"
    words = way.group(1) if way else clause.rather(hearing.turn.text)
    other = any(e.text in words for e in hearing.turn.entities if e.kind in NOR_A_NAME and e.kind != "service")
    return words if words and not other and not is_question(words) else ""


def _goods(hearing: Hearing, name: str) -> str:
    """What is to be bought when something is added to what was told (再加一瓶酱油), or taken from it (油不要了)."""
    text, before = hearing.turn.text, hearing.draft.particulars.get(name, "")
    adds = bool(_MORE.search(text)) and not _NOT_THAT.match(text)
    if not before or not (adds or clause.UNWANTED.search(text)):
        return ""
    for said in sorted((e for e in hearing.turn.entities if e.kind in OF_THE_WAY), key=lambda e: -len(e.text)):
        text = text.replace(said.text, "，")
    if (left := clause.without(before, text)) != before:
        return left
    told = clause.goods(text) if adds else ""
    return f"{before}，{told}" if told and told not in before else ""


def _tells(hearing: Hearing, words: str) -> bool:
    """Whether words for what is wished only tell how somebody is (她卧床，要人喂)."""
    told = [e for e in hearing.turn.entities if e.kind in _OF_SOMEBODY and e.text in words]
    return bool(told) and sum(len(text) for text in {e.text for e in told}) >= HALF * len(words)


def _goal(hearing: Hearing) -> str:
    """The address, of one or two said, that somebody is to be taken to."""
    text = hearing.turn.text
    if hearing.asked == "place" and len(hearing.turn.all("address")) == 1:
        return ""
    said = [e for e in hearing.turn.of("address") if e.end and not _starts_there(hearing, e)]
    return next((e.value for e in reversed(said) if contact.goes_to(text, e.start, e.end)), "")


def _starts_there(hearing: Hearing, said: Entity) -> bool:
    return bool(said.end) and said.kind == "address" and contact.comes_from(hearing.turn.text, said.start, said.end)


def _is_other(hearing: Hearing, spec: dict[str, Any], words: str) -> bool:
    """Whether the whole answer, taken as free words, is in truth something else (the hospital, asked for the department)."""
    others = [e for e in hearing.turn.entities if e.kind in NOR_A_NAME and e.kind not in spec["entity"]]
    if bare(words) != bare(hearing.turn.text) or not others:
        return False
    return sum(len(text) for text in {bare(e.text) for e in others}) >= HALF * len(bare(words))


def _taken_up(hearing: Hearing, words: str) -> bool:
    """Whether the words are mostly something else that was recognised (a hospital, a day)."""
    words = _ABOUT_ME.sub("", words)
    known = {e.text for e in hearing.turn.entities if e.kind in OTHER_THINGS and e.text in words}
    return sum(len(bare(text)) for text in known) >= MOSTLY * len(words)


def say(name: str, value: Any) -> str:
    """A value said back: diet [soft] → 软一点的."""
    spec = data.slot(name)
    if spec.get("kind") == "words":
        return str(value)
    known = data.values(name)
    several = value if isinstance(value, list) else [value]
    words = [
        f"不放{code.removeprefix(ALLERGY)}" if str(code).startswith(ALLERGY) else known[str(code).lower()]["say"]
        for code in several
    ]
    return "、".join(words)


def hidden(draft_particulars: dict[str, Any]) -> set[str]:
    """Slots that are needless with the particulars known (bathing at the centre needs no address)."""
    away: set[str] = set()
    for name, value in draft_particulars.items():
        if data.slot(name).get("kind") == "pick":
            away |= set(data.values(name).get(str(value), {}).get("hides", ()))
        elif isinstance(value, list) and value and all(code in data.values(name) for code in value):
            away |= set.intersection(*(set(data.values(name)[code].get("hides", ())) for code in value))
    return away


def named(hearing: Hearing, name: str) -> str | None:
    """The value of a particular that the words name, without taking it."""
    codes = _from_entities(hearing, name, data.slot(name)) or from_words(hearing.turn.text, name, asked=True)
    return codes[-1] if codes else None

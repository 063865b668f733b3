"""The particulars of a service (diet, where to bathe, which aid …) out of what was said, by data alone."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from care import agreement
from care.booking import by_sound, clause, contact, data, goal, goods, left_over, shares, stance, way_back
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
    "told_time",
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
OF_THE_WAY = ("time", "told_time", "address", "phone", "person_name", "place")
"""Kinds that tell when and where, and no thing to be bought."""
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
    r"^(都|也|啥子?|什么|哪样|一样|样样|么[子里哩]|乜嘢?|咩|旁的|别的|其他)*(没有|没得|没|无|冇|么得|么有|么啥|莫得|木有|唔|不用|不需要|不要|不|好着|好得很|挺好|蛮好)"
)
_WONDERS = re.compile(r"(?:咋|怎么)就?(?=不|又|没|坏|漏|堵)|呢$")
"""Somebody who wonders that a thing is broken (灯咋不亮了呢) asks nothing."""
_OPEN = re.compile(r"怎么|咋|哪|多少|几|啥|什么|谁")
"""Words that ask for more than a yes."""
_ROUND = re.compile(r"等一?下|等等|那就|还是|算了|不不|不对")
"""Words behind which somebody decides otherwise."""
_NOTHING_ELSE = re.compile(
    r"(?:没有?|没得|冇得?|无)(?:什么|啥|么子)?(?:别的|其他|其它|另外)|(?:别的|其他|其它)(?:都|也|就)?(?:没有?|没得|冇得?|无)"
)
"""Nothing is added to what was told (没有别的忌口)."""


_TOO = re.compile(r"[也还](?:要|得|有|帮|给|顺|一起)|再(?:加|添)|另外|顺[便带]|一并|漏(?!水|气|风|电|油|雨)|(?:别|莫)忘|忘[了咧哒咗记](?!把)")
"""Words of something besides what was agreed on, also where they put it right (油烟机也要弄, 窗子你漏咧)."""


class Mention(NamedTuple):
    """A value named in the words; without a place (`end` 0) it is only known to be named."""

    code: str
    start: int
    end: int

    def inside(self, other: Mention) -> bool:
        """Whether another mention covers this one."""
        return other.code == self.code and other.start <= self.start and self.end <= other.end


def read(hearing: Hearing, name: str) -> None:
    """Fills one particular of the draft if this turn says something about it."""
    if hearing.asked == name and way_back.refused(hearing):
        return  # 不用接回来 refuses a way, and not what was asked for
    found = _found(hearing, name)
    if found is None:
        return
    spec, before = data.slot(name), hearing.draft.particulars.get(name)
    adds = (
        spec["kind"] == "many"
        and bool(before)
        and (all(str(code).startswith(ALLERGY) for code in found) or not (hearing.corrects and not _TOO.search(hearing.turn.text) or hearing.asked == name))
    )
    plain = spec.get("none")
    if adds and found == [plain] != [spec.get("unknown")]:
        found = list(before or ())  # 没别的毛病: what was told stands
    elif adds and found != [plain]:
        _, denied = _told(hearing, name, hearing.asked == name)
        found = [*(v for v in before or () if v != plain and v not in found and v not in denied), *found]
    if spec["kind"] == "many":
        held = {code for one in found for code in data.values(name).get(one, {}).get("holds", ())}
        found = [code for code in found if code not in held]
    if name == "diet":
        found = shares.read(hearing, found)
    if found != before:
        hearing.draft.particulars = {**hearing.draft.particulars, name: found}
        hearing.set(name)
    else:
        hearing.handled = True
        if (spec["kind"] == "words" or hearing.asked in (CONFIRM, "change")) and not is_question(hearing.turn.text):
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
    codes, denied = _told(hearing, name, asked)
    before = hearing.draft.particulars.get(name)
    if spec["kind"] == "many" and before and not codes and set(before) & denied:
        return [code for code in before if code not in denied] or [spec["none"]]  # 不要软的了
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
    if not codes and asked and "none" in spec and (_says_no(hearing) or denied and not is_question(hearing.turn.text)):
        codes = [spec["none"]]
    if not codes and not asked and any(word in hearing.turn.text for word in spec.get("unasked_words", ())):
        codes = [code for code in ("true",) if code not in denied]
    name_said = contact.looks_like_name(hearing.turn.text)
    if not codes and asked and spec["kind"] == "yes_no" and hearing.turn.intent in ("affirm", "deny") and not name_said:
        return hearing.turn.intent == "affirm"
    if not codes:
        return None
    if codes == [spec.get("none")] and before and _NOTHING_ELSE.search(hearing.turn.text):
        return before
    if spec["kind"] == "many":
        some = [code for code in codes if code != spec.get("none")]
        plain = spec.get("none") in codes and _at_last(hearing.turn.text, spec["values"][spec["none"]]["words"])
        return codes[:1] if not some else [spec["none"]] if plain else some
    return codes[-1] == "true" if spec["kind"] == "yes_no" else codes[-1]


def _at_last(text: str, words: list[str]) -> bool:
    """Whether somebody comes round to these words in the end (不要辣的……等下，那就正常的)."""
    turned = max((found.end() for found in _ROUND.finditer(text)), default=-1)
    return turned >= 0 and any(word in text[turned:] for word in words)


def _says_no(hearing: Hearing) -> bool:
    return hearing.turn.intent == "deny" or bool(_NO.match(bare(hearing.turn.text)))


def _told(hearing: Hearing, name: str, asked: bool) -> tuple[list[str], set[str]]:
    """The values of a particular that the turn tells, in the order said, and those that it denies; what is told of others is left out."""
    spec, text = data.slot(name), hearing.turn.text
    said = _from_entities(hearing, name, spec)
    named = [one for one in _from_words(text, name, asked) if not any(one.inside(other) for other in said)]
    named = named or (_by_sound(text, name) if asked and not said else [])
    words = [text[one.start : one.end] for one in (*said, *named)]
    so: dict[str, bool] = {}
    for one in sorted((*said, *named), key=lambda m: m.start):
        plain = not one.end or one.code == spec.get("none") or _told_by_denial(hearing, name, one.code)
        if not plain and stance.of_other(hearing, one.start):
            continue
        holds = plain or not stance.denied(text, one.start, one.end, words)
        if one in said or not holds or asked or spec.get("anywhere") and one.code != spec.get("none"):
            so.pop(one.code, None)
            so[one.code] = holds
    codes = [code for code, holds in so.items() if holds]
    return codes, set(so) - set(codes)


def _told_by_denial(hearing: Hearing, name: str, code: str) -> bool:
    """Whether a denial tells this value and takes nothing back: food that is refused (不吃猪肉), an aid that goes back."""
    refused = code.startswith(ALLERGY) or data.values(name).get(code, {}).get("refuses")
    return bool(refused) or hearing.draft.service == data.slot(name).get("given_up_in")


def _from_entities(hearing: Hearing, name: str, spec: dict[str, Any]) -> list[Mention]:
    known, found = data.values(name), []
    for kind in spec["entity"]:
        for said in hearing.turn.of(kind):
            value = said.value
            codes = (
                [str(value)]
                if str(value) in known
                else [code for code, about in known.items() if value in about.get("entity", ())]
            )
            if isinstance(value, dict):
                named = (str(value.get("value")), value.get("fact"))
                codes = [] if value.get("negative") else [code for code in named if code in known][:1]
                codes = [ALLERGY + value["allergy"]] if value.get("allergy") else codes
            found += [Mention(code, said.start, said.end) for code in codes]
    return found


def _from_words(text: str, name: str, asked: bool) -> list[Mention]:
    """The values of a particular that the words name, in the order said."""
    found: list[Mention] = []
    for code, about in data.values(name).items():
        words = [about[key] for key in ("pattern", "asked_pattern") if key in about and (asked or key == "pattern")]
        words += map(re.escape, sorted(about.get("words", ()), key=len, reverse=True))
        for place in re.finditer("|".join(words), text) if words else ():
            found.append(Mention(code, *place.span()))
    return sorted(found, key=lambda one: one.start)


def _by_sound(text: str, name: str) -> list[Mention]:
    """The values that an answer only sounds like (坐论椅); that there is nothing has to be said."""
    some = {code: about for code, about in data.values(name).items() if code != data.slot(name).get("none")}
    found = [Mention(code, *place) for code, about in some.items() for place in by_sound.places(text, about.get("words", ()))]
    return sorted(found, key=lambda one: one.start)


def from_words(text: str, name: str, asked: bool) -> list[str]:
    """The values of a particular that the words name, in the order said; “none” only where it was asked for."""
    named = dict.fromkeys(one.code for one in _from_words(text, name, asked))
    return [code for code in named if asked or code != data.slot(name).get("none")]


def _before_a_time(hearing: Hearing, words: str) -> str:
    """A place without the hour told right behind it (公园四点接回来)."""
    hours = (e.text for kind in ("time", "told_time") for e in hearing.turn.of(kind) if words.find(e.text) >= len("公园"))
    return min((words[: words.find(hour)] for hour in hours), key=len, default=words)


def _words(hearing: Hearing, name: str, spec: dict[str, Any], asked: bool) -> str | None:
    if "goals" in spec and (there := goal.named(hearing, hearing.draft.particulars.get(name, ""))):
        return there
    kinds = [*spec["entity"], *(spec.get("asked_entity", ()) if asked else ())]
    if hearing.turn.all("address"):
        kinds = [kind for kind in kinds if kind != "place"]  # the town of the address
    for kind in kinds:
        said = next(
            (
                e
                for e in reversed(list(hearing.turn.of(kind)))
                if not (_spoken_against(hearing, e) or "goals" in spec and goal.starts_there(hearing, e))
            ),
            None,
        )
        value = said.value if said else None
        if value and asked and isinstance(value, str) and _is_other(hearing, spec, value):
            continue
        if value and isinstance(value, str) and "looks" in spec and not re.search(spec["looks"], value):
            continue
        if said and value:
            return goal.of_the_town(hearing.turn.text, said) if isinstance(value, dict) else str(value)
    if hearing.asked == CONFIRM and ("hints" in spec or "goals" in spec) and name in hearing.draft.particulars and (put_right := _put_right(hearing, name)):
        return put_right
    if hearing.draft.service == ERRAND and "hints" in spec and (list_of := _goods(hearing, name)):
        return list_of
    text = hearing.turn.text
    pattern = spec.get("named" if hearing.fresh else "goals" if not asked and hearing.asked != "place" else "", "")
    found = re.search(pattern, text) if pattern else None
    if found and not _OPEN.search(text) and not any(e.text in text and found.group(1) in e.text for e in hearing.turn.of("time")):
        return re.sub(r"^(?:我|俺|咱)(?=.)|(?<=[区县镇市路村])我", "", _before_a_time(hearing, found.group(1)))
    if asked and "none" in spec and hearing.turn.intent == "deny":
        return spec["none"]
    answers = hearing.free or "hints" in spec and hearing.turn.intent == "affirm"  # 对对，就是水管
    if (asked and answers and hearing.turn.intent != "dont_know") or (
        (hearing.fresh or hearing.asked == "service")
        and (any(hint in text for hint in spec.get("hints", ())) or "hints" in spec and hearing.draft.service == ERRAND and clause.measured(text))
        and not (any(word in text for word in spec.get("vague", ())) and not clause.measured(text))
    ):
        if asked and not (text := left_over.text(hearing.turn) or clause.amid(text, spec.get("hints", []))):
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
        told = hearing.fresh or any(hint in words for hint in spec.get("hints", ()))
        if is_question(_WONDERS.sub("", words) if told else text):
            if not (words := (clause.shortest(words, spec.get("hints", ())) if hearing.fresh else "")):
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


def _spoken_against(hearing: Hearing, said: Entity) -> bool:
    """Whether something is named only to say that it is not that (是神经内科，不是骨科)."""
    return bool(said.end) and stance.denied(hearing.turn.text, said.start, said.end)


def _put_right(hearing: Hearing, name: str) -> str:
    """What was read back, told anew: another list to buy, or another thing that is wrong (不是龙头，是管子)."""
    before = hearing.draft.particulars[name]
    if hearing.draft.service == ERRAND:
        hearing.handled = hearing.handled or goods.repeats(before, hearing.turn.text)
        return ""  # what is told anew is seen to in _goods
    way = _REDIRECTED.search(hearing.turn.text) if "goals" in data.slot(name) else None
    if "hints" in data.slot(name) and (too := _DONE_TOO.search(hearing.turn.text)):
        return "" if too.group(1) in before else f"{before}，{too.group(1)}"
    words = way.group(1) if way else clause.rather(hearing.turn.text)
    other = any(e.text in words for e in hearing.turn.entities if e.kind in NOR_A_NAME and e.kind != "service")
    return words if words and not other and not is_question(words) else ""


def _goods(hearing: Hearing, name: str) -> str:
    """What is to be bought: counted up at first, later added to or taken from."""
    text, before = hearing.turn.text, hearing.draft.particulars.get(name, "")
    away = [e.text for e in hearing.turn.entities if e.kind in OF_THE_WAY and not clause.measured(e.text) and bare(e.text) != bare(text)]
    for words in sorted(away, key=len, reverse=True):
        text = text.replace(words, "，")
    if not before:
        return "" if asks_openly(text) else goods.counted(text)
    after = goods.put_right(before, text)
    return after if after != before else ""


def _tells(hearing: Hearing, words: str) -> bool:
    """Whether words for what is wished only tell how somebody is (她卧床，要人喂)."""
    told = [e for e in hearing.turn.entities if e.kind in _OF_SOMEBODY and e.text in words]
    return bool(told) and sum(len(text) for text in {e.text for e in told}) >= HALF * len(words)


def _is_other(hearing: Hearing, spec: dict[str, Any], words: str) -> bool:
    """Whether the whole answer, taken as free words, is in truth something else (the hospital, asked for the department)."""
    own = [e for e in hearing.turn.entities if e.kind in spec["entity"] and e.end]
    others = [e for e in hearing.turn.entities if e.kind in NOR_A_NAME and e.kind not in spec["entity"]]
    others = [e for e in others if not any(o.start <= e.start and e.end <= o.end for o in own)]  # the town in 杨凌示范区医院
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
    codes = [one.code for one in _from_entities(hearing, name, data.slot(name))]
    codes = codes or from_words(hearing.turn.text, name, asked=True)
    return codes[-1] if codes else None

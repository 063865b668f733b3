"""How many: portions, those who eat, and those who want the same done at one visit."""

from __future__ import annotations

import re

from care.booking import data, remarks
from care.booking.hearing import Hearing, bare, not_that
from care.booking.who import COMPANY, MORE, PERSON_UNITS, more_portions
from care.turn import Entity
from care.wording import say_count

_SEVERAL_WANT = re.compile(
    r"[两俩二三四五2-5]个?(?:人|老?(?:姐妹|姊妹|伙计|朋友|哥们|街坊|邻居|同事|战友)|老人|老太太?|老头子?)?(?:都|要|想|得|一起|一块儿?|一道|也|全|各)*(?:剪|理|剃|修|洗|推)|都(?:给)?(?:要|想|得)?(?:剪|理|剃|修|洗)(?!好|了|完|过|不|得|坏|破|伤|到|出)|[给帮替](?:我们?|俺们?|咱们?)?[^，。,]{0,3}[两俩二三四五2-5]个?(?:老人|老头子?|老太太?|老姐妹|老伙计|邻居|人)(?:剪|理|剃|修|洗|订|约|叫)|我也(?:要|想|顺便|一起)?(?:剪|理|剃|修|洗)|连我(?:一起)?[两二三四2-4]个|顺[带便](?:把|给)[^，。,]{1,6}也(?:剪|理|剃|修|洗)"
)
"""More than one person wants what is done to one after the other."""
_TOO = re.compile(r"(?:还有|另外|加上)(?P<who>[^，。,我俺额]{2,12}?也?(?:一起|一道|都)?(?:要|想|得)(?:剪|理|剃|修))")
"""Others named who want it too (还有李大娘和王大爷也要剪)."""
_EATER = re.compile(r"(?:[我俺他她你]|老伴|老头子?|老婆子?|爸|妈|爹|娘|爷爷?|奶奶?|孙[子女]|儿子|女儿|闺女|哥|姐|弟|妹|伴|公|婆|护工|保姆|阿姨|邻居)(?:们|自己|也|要|来|吃|各)*$")
"""Somebody right before an amount."""
_EACH = re.compile(r"(?:一人|每人|每个人|一个人|各|人手)(?:要|来|吃|订|定|送|做|给|叫|点|自|都)*一[份个]")
_BESIDE = re.compile(r"[，、 ]?(?:和|跟|同|与|还有|加上?|连同?)?我?家?")
"""Between two people named together."""
_PAIR = re.compile(r"[我俺咱额]们?俩|俩人|两口子|老两口|俩老的|两公婆|公婆两|两老(?!人)|[我俺额](?:和|跟|同)(?![你您])")
"""Those who eat are two."""
_ALONE = re.compile(
    r"(?:就|光|单|只|净|得)(?:我|俺|额|咱)(?!们|[和跟同俩两])|(?:就|光|单|只|净|得)?(?:我|俺|额|咱)?(?:一个人?|一只人|自己|自家|自个儿?|个人)(?![和跟同加][^，。])|就一个"
)
"""Nobody but the speaker eats."""
_COME = re.compile(r"(?!人吃|一起)[^，。,；;]{1,8}?(?:要|会|都|想|就|说|也)?(?:过?来(?!一?[份点个]|送)|上门|到(?:我)?(?:家|屋))")
"""Behind a number of people: they come to see the speaker."""
_COUNTED_IN = re.compile(r"(?:我们|咱们?|俺们|连[我俺]|[加算]上?[我俺]|[我俺](?:和|跟|加)|一共|总共|拢共)[^，。,]{0,8}$")
"""Before a number that counts the speaker too."""
NEAR = 4
"""Characters between an amount and what kind it is of."""


def read_quantity(hearing: Hearing) -> None:
    """Takes how many out of the turn; more than one order can hold becomes a proposal."""
    draft, turn, item = hearing.draft, hearing.turn, hearing.item
    if item is None:
        return
    if "quantity" not in item.slots:
        _note_several(hearing)
        return
    count = _count(hearing)
    if count is None and hearing.asked == "quantity" and draft.offered.get("quantity"):
        if turn.intent == "affirm":
            count = draft.offered["quantity"]
        elif turn.intent == "deny":
            draft.offered.pop("quantity")
            hearing.handled = True
    if count is None and hearing.asked == "quantity":
        count = 1 if _ALONE.match(bare(turn.text)) else COMPANY if _PAIR.search(turn.text) else None
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


def _note_several(hearing: Hearing) -> None:
    """Two who want their hair cut at one visit: no slot of the order holds that, whoever comes has to know."""
    if hearing.item is None or hearing.item.code not in data.table("services")["one_by_one"]:
        return
    told = _SEVERAL_WANT.search(hearing.turn.text)
    count = max(
        (
            int(v["n"])
            for v in hearing.turn.all("quantity")
            if v.get("unit") in ("人", "个") and isinstance(v.get("n"), int)
        ),
        default=0,
    )
    if told and (count := count or COMPANY) > 1:
        remarks.note(hearing, f"一共{say_count(count)}个人")
    elif not hearing.fresh and (others := _TOO.search(hearing.turn.text)):
        remarks.note(hearing, others["who"])


def _count(hearing: Hearing) -> int | None:
    more = hearing.draft.quantity if more_portions(hearing) else 0
    if _EACH.search(hearing.turn.text) and (eaters := _eaters(hearing)) > 1:
        return eaters
    portions = [
        value["n"]
        for value in hearing.turn.all("quantity")
        if value.get("unit") == "份" and isinstance(value.get("n"), int)
    ]
    if len(portions) > 1 and len(hearing.turn.all("diet")) > 1 and not hearing.corrects:
        first, *rest = portions
        return (
            first if len(rest) > 1 and first == sum(rest) else sum(portions)
        )  # 一份软的，一份糖尿病的; 三份，一份软的，两份普通的
    if len(portions) > 1 and not hearing.corrects and (_added(hearing, portions) or _one_each(hearing)):
        return sum(portions)
    for said in reversed(list(hearing.turn.of("quantity"))):
        value = said.value
        if _is_part(hearing, said) or _guests(hearing, said):
            continue
        if hearing.asked == "confirm" and re.search(rf"{re.escape(said.text)}都", hearing.turn.text):
            continue  # 对的，两个都要
        if not_that(hearing.turn.text, said.text) and len(hearing.turn.all("quantity")) > 1:
            continue
        if value.get("unit", "") in PERSON_UNITS and isinstance(value.get("n"), (int, float)):
            return int(value["n"]) + more
    number = hearing.turn.last("number")
    return number if hearing.asked == "quantity" and isinstance(number, int) else None


def _eaters(hearing: Hearing) -> int:
    """How many people are named, where each is to have one (我们三个人，一人一份)."""
    people = [v["n"] for v in hearing.turn.all("quantity") if v.get("unit") in ("人", "个", "位", "口") and isinstance(v.get("n"), int)]
    return max([*people, COMPANY if _PAIR.search(hearing.turn.text) else 0, _named_together(hearing)])


def _named_together(hearing: Hearing) -> int:
    """How many people are named one beside the other (我爸和我妈)."""
    said = sorted((e for e in hearing.turn.of("relation") if e.end), key=lambda e: e.start)
    groups: list[list[Entity]] = []
    for one in said:
        if groups and _BESIDE.fullmatch(hearing.turn.text[groups[-1][-1].end : one.start]):
            groups[-1].append(one)
        else:
            groups.append([one])
    return max((sum(COMPANY if e.value == "parents" else 1 for e in group) for group in groups), default=0)


def _added(hearing: Hearing, portions: list[int]) -> bool:
    """Whether portions come to others told in the same words (本来两份，再加一份)."""
    return len(portions) == COMPANY and not hearing.draft.quantity and bool(MORE.search(hearing.turn.text))


def _one_each(hearing: Hearing) -> bool:
    """Whether each amount is that of somebody else (我一份，老伴一份，孙子一份)."""
    amounts = [e for e in hearing.turn.of("quantity") if e.value.get("unit") == "份"]
    return all(e.end and _EATER.search(hearing.turn.text[: e.start]) for e in amounts)


_OF_WHICH = re.compile(r"(?:饭|餐)?(?:应该|得|就|要)*(?:是|换成|改成)")
"""Behind an amount of which it is told what it is (一份是低糖的)."""
_ONE_OF = re.compile(r"(?:有|其中|里头|里面|当中|那)$")
"""Before an amount that is a part of those agreed on (有一份要软的)."""


def _guests(hearing: Hearing, said: Entity) -> bool:
    """Whether a number is that of guests (三个老姐妹要来): how many eat is not known by it."""
    behind = hearing.turn.text[said.end :] if said.end else ""
    return said.value.get("unit") != "份" and bool(_COME.match(behind)) and not _COUNTED_IN.search(hearing.turn.text[: said.end])


def _is_part(hearing: Hearing, said: Entity) -> bool:
    """Whether an amount is a part of a larger one said before (两个人的饭，一份要软和的)."""
    size = said.value.get("n") or 0
    larger = any(
        isinstance(e.value.get("n"), int)
        and e.value["n"] > size
        and e.value.get("unit", "") in PERSON_UNITS
        and e.end
        and e.end <= said.start
        for e in hearing.turn.of("quantity")
    )
    behind = hearing.turn.text[said.end :]
    told_of_one = bool(_OF_WHICH.match(behind)) or _ONE_OF.search(hearing.turn.text[: said.start]) is not None
    larger = larger or bool(said.end) and told_of_one and hearing.draft.quantity > size
    of_a_kind = any(e.end and said.end <= e.start <= said.end + NEAR for e in hearing.turn.of("diet")) or re.match(
        r"[^，。,]{0,3}(?:软|烂|清淡|不放|不要|少|素)", behind
    )
    return bool(said.end and larger and of_a_kind) or bool(
        said.end and larger and re.search(r"其中|里头|里面有?$", hearing.turn.text[: said.start])
    )

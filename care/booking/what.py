"""Which service is booked: named at the start, changed, or wanted besides."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from care.booking import another, clause, data, offered
from care.booking.claims import RETURNED
from care.booking.draft import LAST_SERVICE, Draft, Wish
from care.booking.hearing import Hearing, asks_openly, bare
from care.booking.mentioned import CHANGES, PIECE, REPORTED, only_told
from care.booking.who import more_portions
from care.service_list import SERVICE_SPOKEN_OF
from care.turn import Entity, Turn

MEAL = "meal"
"""What is counted in 份."""
ERRAND = "errand"
"""What is counted up is bought: one thing more is no second booking."""
URGENT = "urgent"
"""What is broken is mended; the room it is in (厨房水管滴水) is not cleaned."""
AWAY = re.compile(r"(?:送|接|陪|带|推)(?:我|俺|咱)?(?:爸|妈|爹|娘|老伴|老人|他|她|爷爷?|奶奶?)?(?:去|到|上)[^，,]{1,8}?(?:院|站|所|局|家|公园|超市|集|街|转转|走走|散步)|叫(?:个|辆)?车|派车|(?:想|要)(?:去|上)[^，。]{1,8}(?:转转|走走|逛|散步|看看|晒太阳|遛弯)|推(?:着)?我")
RENTS = re.compile(r"租|借|买|(?:要|需要|来|弄|申请|给)一?[个辆张把台副]")
"""Somebody who is taken somewhere in a wheelchair rents none."""
SEVERAL_WORDS = ("和", "跟", "还", "再", "另外", "顺便", "也")
_CLAUSE = re.compile(r"[，。,；;、]\s*|另外|然后|顺便|还要|再(?=订|约|给|来|送|要)")
"""Where a new clause may begin."""
TWO_WISHES = re.compile(r"[两俩二三2]\s*(?:件|个|样|桩|码)(?:事|服务|东西|单)|一(?:个|件|样)(?:事|是|呢)[^。]*[，。].*(?:再|又|另|还有)一?(?:个|件|样)|[两俩]个都要")
"""Words that announce two wishes."""
_WANTS = re.compile(r"(?:想|要|帮|给|替)[^，。]{0,3}(?:请|叫|找|约|订|派|安排|来)[^，。]{0,7}$|^[^，。]{0,4}(?:请|叫|找|约|订|派|预约|来)个?(?:人|师傅|护士|阿姨|位)[^，。]{0,5}$")
"""Words right before a service that is wanted."""
BEHIND = 4
"""Most characters of a clause behind the service that it wishes for."""
BESIDES = re.compile(r"^[，, ]*(?:和|跟|还有|加|再)|、|另外|顺便|顺道|还要|还想|还得|再(?:约|订|来|给|要|叫|加|帮|一个|一样|有)")
"""Words between two services that are both wanted."""
COMMON = ("address", "phone", "place", "person_name")
"""Kinds that hold for both of two things wanted, wherever they are said."""
SPOKEN_OF = re.compile(
    r"(?:那|就|行|好|也|[给帮替][我她他])[^，。]{0,3}(?:约|订|来|要|办|登记|申请|租|借|装|做|排|报|评|签|弄|送)(?:一|上)?(?:个|份|次|下|吧|名|张|台|辆|副|把)|^(?:约|订|来|登记|申请|装|租)(?:一|上)?(?:个|份|次)"
    r"|[给帮替](?:我|俺|她|他|老人)?(?:妈|爸|爹|娘|老伴|奶奶|爷爷|外公|外婆|公公|婆婆)?(?:也)?(?:约|订|办|登记|申请|租|装|做|排|报|评|签|弄|送)(?:一|上|吧|了|下|个)"
    r"|(?:那|就|[给帮替][我她他])[^，。]{0,3}(?:约|订)(?=今|明|后|大后|下|这|周|星期|礼拜|上午|下午|[0-9一二两三四五六七八九十])"
    r"|^(?:行|好|嗯|那|，)*那就[^，。]{1,12}$"
)
"""Words that want what was just spoken of (那就约一个吧)."""
_ALONG = re.compile(r"(?:陪|跟|带|搀|扶|领)(?:着|我|俺|额|他|她|佢|老人|老伴|一起|一道|[爸妈爹娘])*[^，。]{0,3}(?:去|到|上|回|逛|走)(?![^，。]{0,3}(?:看看|瞧瞧)$)[^，。]{1,10}")
_DOCTORS = re.compile(r"医|院|诊|病|药|检查|复查|体检|化验|拍片|透析|打针|输液|换药|挂号|[内外骨眼牙儿妇]科|大夫|化疗|抽血|B超|CT|报告|看(?:牙|眼|腰|腿|脚|耳)|疼|痛|针灸|理疗|康复|卫生所|卫生室|疫苗")
"""Somebody who comes along, and words of the doctor's."""
INSTEAD = re.compile(r"不对|不是|不不|说错|错了|算了|改|换|还是")
"""Words after which the last service named counts."""


def read_service(hearing: Hearing) -> bool:
    """Takes the service out of the turn: the first one, another instead, or one more for afterwards.

    Returns whether the turn is about something for afterwards; then nothing else in it concerns this booking.
    """
    draft, turn = hearing.draft, hearing.turn
    codes = list(dict.fromkeys(e.value for e in turn.of("service") if not another.refused(turn.text, e) and not another.in_address(turn, e)))
    codes = [code for code in codes if hearing.fresh or hearing.asked in ("service", "change") or another.wanted_alone(turn.text) or not only_told(hearing, code)]
    codes = [code for code in codes if not another.same_way(hearing, code)]
    codes = _given_back(hearing, codes)
    taken = offered.before(hearing.conversation, turn) if hearing.fresh and not codes else ""
    codes = [taken] if taken else _meant(hearing, codes) if codes else codes
    if not codes and hearing.fresh and SPOKEN_OF.search(turn.text):
        codes = [code for code in (offered.service(hearing.conversation),) if code]
    if not codes and (brought := another.brought(hearing)):
        codes = [brought]
    if not codes and hearing.wished:  # 就礼拜五上午搞吧九点: what such words seem to mean by themselves says nothing
        codes = [hearing.wished]
    if not codes and hearing.fresh and offered.only_when(hearing.conversation, turn):
        codes = [offered.service(hearing.conversation)]
    if not codes and (not offered.service(hearing.conversation) or len(bare(turn.text)) > another.FEW_WORDS):
        codes = _meant(hearing, codes)
    if not codes and (hearing.asked in ("service", "change") or hearing.fresh):
        codes = offered.by_words(turn.text) if hearing.asked else _implied(hearing) or _implied_by_words(turn.text)
    if not codes and hearing.fresh and turn.intent == "add_item" and hearing.conversation.recall(LAST_SERVICE):
        codes = [hearing.conversation.recall(LAST_SERVICE)]
    if not codes and hearing.fresh and RETURNED.search(turn.text):
        codes = [another.BACK]
    if not codes and hearing.fresh and turn.intent in ("order_reschedule", "order_status"):
        codes = [code for code in (hearing.conversation.recall(SERVICE_SPOKEN_OF),) if code]
    only_on = offered.goes_on(turn)
    if not codes and hearing.fresh and (turn.intent in (*another.STARTS, "affirm", "inform") or only_on):
        spoken_of = SPOKEN_OF.search(turn.text) and hearing.conversation.recall(SERVICE_SPOKEN_OF)
        wanted = "" if offered.says_only_how_long(turn) else offered.service(hearing.conversation)
        codes = [code for code in (wanted or spoken_of,) if code]
    besides = False
    if not draft.service:
        if codes or hearing.asked == "service":
            _first(hearing, codes or _implied(hearing))
    elif codes and (another.own_refused(hearing) or not another.adds(turn.text)) and (another.replaces(hearing) or CHANGES.search(turn.text) and not asks_openly(turn.text)):
        others = [code for code in codes if code != draft.service] if another.WRONG_ONE.search(turn.text) else []
        _instead(hearing, (others or codes)[-1])
    elif not hearing.fresh and (codes and another.adds(turn.text) or another.wishes(hearing) or another.starts_another(hearing, codes)):
        others = [code for code in codes if code != draft.service]
        if not others and draft.service == ERRAND and clause.measured(turn.text):
            hearing.item = data.service_item(draft.region, draft.service)
            return False
        if others or (turn.intent == "add_item" and another.once_more(turn) and not more_portions(hearing)):
            besides = _besides(hearing, others or [draft.service])
        elif codes:
            hearing.handled = True
    hearing.item = data.service_item(draft.region, draft.service)
    return besides


def _meant(hearing: Hearing, codes: list[str]) -> list[str]:
    """The service that the words wish for, as learnt from examples, among or instead of those that they name.

    A story names others in passing (我刚打完针懒得动，给我送口饭吧). Few words mean what they name, and so does whoever
    wants two things (约个洗澡，顺便剪头发).
    """
    turn = _along_elsewhere(hearing.turn)
    if not turn.meant or not (hearing.fresh or hearing.asked == "service"):
        return codes
    if codes and any(e.value == turn.meant and another.refused(turn.text, e) for e in turn.of("service")):
        return codes  # 不是洗澡，是尿管要换
    plain = codes and len(bare(turn.text)) <= another.FEW_WORDS
    if plain or turn.meant not in codes and len(codes) == 1 and _wished_in_its_clause(turn, codes[0]):
        return codes
    kept = [turn.meant, *_besides_it(turn, codes)]
    return sorted(kept, key=lambda code: codes.index(code) if code in codes else 0)  # as they were said


def _along_elsewhere(turn: Turn) -> Turn:
    """The turn, which means the way there where company was taken for that to the doctor's (找个人陪着去女儿家)."""
    doctor = any(turn.all(kind) for kind in ("department", "facility")) or set(turn.all("medical_task")) - {"escort"}
    goes = turn.meant == another.DOCTOR and not doctor and _ALONG.search(turn.text) and not _DOCTORS.search(turn.text)
    return replace(turn, meant=another.ESCORTED) if goes else turn


def _wished_in_its_clause(turn: Turn, code: str) -> bool:
    """Whether the clause that names a service wishes for it in so many words (想请人来家里打扫下卫生)."""
    for said in (e for e in turn.of("service") if e.value == code and e.end):
        clause = next((c for c in PIECE.finditer(turn.text) if c.start() <= said.start < c.end()), None)
        if clause and _WANTS.search(turn.text[clause.start() : said.start]) and clause.end() - said.end <= BEHIND:
            return not REPORTED.match(clause.group())
    return False


def _besides_it(turn: Turn, codes: list[str]) -> list[str]:
    """What else is wanted, one beside the other, than the service meant; not what only belongs to its words (送去养老院短住)."""
    if turn.meant not in codes or not _joined(turn):
        return []
    if TWO_WISHES.search(turn.text):
        return [code for code in codes if code != turn.meant]
    meant = next((e for e in turn.of("service") if e.value == turn.meant and e.end), None)
    others = [e for e in turn.of("service") if e.value != turn.meant and e.end]
    return list(dict.fromkeys(e.value for e in others if meant and BESIDES.search(turn.text[min(e.end, meant.end) : max(e.start, meant.start)])))


def _joined(turn: Turn) -> bool:
    """Whether two services are wanted one beside the other."""
    named = sorted((e for e in turn.of("service") if e.end), key=lambda e: e.start)
    if len({e.value for e in named}) > 1 and TWO_WISHES.search(turn.text):
        return True
    return any(
        one.value != other.value and BESIDES.search(turn.text[one.end : other.start])
        for one, other in zip(named, named[1:], strict=False)
    )


def _given_back(hearing: Hearing, codes: list[str]) -> list[str]:
    """“轮椅用不着了，你们来人收走吧” names an aid to rent and means that it is returned."""
    if not hearing.fresh or (codes and codes[0] != another.RENTED):
        return codes
    if codes and hearing.turn.meant == another.BACK:
        return [another.BACK]
    if not hearing.turn.all("aid"):
        return codes
    back = data.table("services")["back"]
    return next(([code] for code, words in back.items() if any(word in hearing.turn.text for word in words)), codes)


def _implied(hearing: Hearing) -> list[str]:
    """The service that something else in the words belongs to (眼科 → going to the doctor)."""
    implied = data.table("services")["implied"]
    if hearing.turn.all("aid") and AWAY.search(hearing.turn.text) and not RENTS.search(hearing.turn.text):
        return [another.ESCORTED]
    if hearing.turn.all("facility") and offered.ALONG.search(hearing.turn.text):
        return [another.DOCTOR]
    if hearing.turn.all("medical_task") == ["escort"] and _elsewhere(hearing):
        return [another.ESCORTED]
    broken = [URGENT] if _implied_by_words(hearing.turn.text) == [URGENT] and not hearing.turn.all("aid") else []
    if broken and not hearing.turn.all("department"):
        return broken
    portions = any(value.get("unit") == "份" for value in hearing.turn.all("quantity") if isinstance(value, dict))
    return [code for kind, code in implied.items() if hearing.turn.all(kind)][:1] or [MEAL] * portions


def _elsewhere(hearing: Hearing) -> bool:
    """Whether somebody is to come along to a place that is no doctor's (去银行取钱，要个人陪着)."""
    named = any(word in hearing.turn.text for word in data.table("services")["errands"])
    return named and not hearing.turn.all("department") and not hearing.turn.all("facility")


def _implied_by_words(text: str) -> list[str]:
    table = data.table("services")["implied_words"]
    return [code for code, words in table.items() if any(word in text for word in words)][:1]


def _first(hearing: Hearing, codes: list[str]) -> None:
    if not codes:
        return
    several = len(codes) > 1 and (any(word in hearing.turn.text for word in SEVERAL_WORDS) or bool(TWO_WISHES.search(hearing.turn.text)))
    chosen = codes[-1] if not several and INSTEAD.search(hearing.turn.text) else codes[0]
    hearing.draft.service = chosen
    hearing.set("service")
    if several and (wish := _apart(hearing, codes, chosen)):
        hearing.draft.queue.append(wish)
    elif several:
        days = _days_said(hearing)
        hearing.draft.queue += [Wish(service=code, entities=days) for code in codes if code != chosen]


def _apart(hearing: Hearing, codes: list[str], chosen: str) -> Wish | None:
    """The second of two things wanted in clauses of their own (明天下午洗澡，再订一份后天的饭), with what belongs to it.

    The turn keeps what was said of the first. Nothing, when both are wanted in one breath.
    """
    turn = hearing.turn
    other = next((e for e in turn.of("service") if e.value != chosen), None)
    first = next((e for e in turn.of("service") if e.value == chosen), None)
    if other is None or first is None or len(set(codes)) != 2 or not 0 < first.end <= other.start:
        return None
    cut = max((m.end() for m in _CLAUSE.finditer(turn.text, first.end) if m.end() <= other.start), default=0)
    behind = [e for e in turn.entities if e.start >= cut and e.kind != "service"]
    if not cut or not any(e.kind == "time" for e in behind) or not any(e.start < cut for e in turn.of("time")):
        return None
    kept = tuple(e for e in turn.entities if e.start < cut or e.kind in COMMON)
    hearing.turn = replace(turn, text=turn.text[:cut], entities=kept)
    return Wish(service=other.value, text=turn.text[cut:], entities=[(e.kind, e.value, e.text) for e in behind])


def _days_said(hearing: Hearing) -> list[tuple[str, Any, str]]:
    """The one day named for all that is wanted; its hour is that of the first."""
    times = [e for e in hearing.turn.of("time") if e.value.get("date")]
    if len(times) != 1:
        return []
    return [("time", {**times[0].value, "time": None, "end_time": None, "part": None}, times[0].text)]


def _instead(hearing: Hearing, code: str) -> None:
    draft = hearing.draft
    item = data.service_item(draft.region, code)
    if code == draft.service:
        hearing.handled = True
        return
    draft.service = code
    hearing.set("service")
    if item is None:
        return
    slots = asked_slots(draft)
    kept = bool(draft.date or draft.address or draft.phone)
    kept_as = data.table("services")["same_as"]
    told = {**{kept_as[name]: value for name, value in draft.particulars.items() if name in kept_as}, **draft.particulars}
    draft.particulars = {name: value for name, value in told.items() if name in slots}
    draft.offered, draft.options = {}, []
    if "quantity" not in slots:
        draft.quantity = 0
    if item.kind != "delivery":
        draft.repeats, draft.end_date, draft.weekdays, draft.apart, draft.chosen = False, "", [], 0, []
    if not item.dated:
        draft.forget("date")
        draft.forget("time")
    hearing.exchanged = True
    hearing.note("service_changed_kept" if kept else "service_changed", service=data.service_name(item))


def in_one_clause(text: str, one: Entity, other: Entity) -> bool:
    """Whether two things are named in the same clause."""
    first, second = sorted((one, other), key=lambda e: e.start)
    return not _CLAUSE.search(text[first.end : second.start])


def _besides(hearing: Hearing, codes: list[str]) -> bool:
    draft, turn = hearing.draft, hearing.turn
    said = [(e.kind, e.value, e.text) for e in turn.entities if e.kind != "service"]
    wanted = [code for code in codes if data.service_item(draft.region, code)]
    for code in wanted:
        draft.queue.append(Wish(service=code, text=turn.text, entities=said if len(wanted) == 1 else []))
        draft.next_open = len(wanted) == 1 and not turn.all("time")
        later, now = (data.chosen(draft.region, c) for c in (code, draft.service))
        hearing.note(
            "queued" if code != draft.service else "queued_same",
            later=data.service_name(later),
            now=data.service_name(now),
        )
    return bool(wanted)


def asked_slots(draft: Draft) -> list[str]:
    """Every slot that a booking of this service fills, in the order of asking."""
    item = data.service_item(draft.region, draft.service)
    if item is None:
        return []
    services = data.table("services")
    late = services["late_slots"]
    slots = [slot for slot in item.slots if slot not in late]
    for extra in services["extra_slots"].get(item.code, ()):
        slots.insert(slots.index("phone"), extra)
    if draft.repeats and "duration" not in slots:
        slots.insert(slots.index("date") + 1, "duration")
    slots.insert(slots.index("place") + 1 if "place" in slots else slots.index("phone"), "region")
    for name in late:
        if name in item.slots:
            slots.insert(slots.index("phone"), name)
    return slots

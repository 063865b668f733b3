"""What people add to what was read back (要带护栏的, 她耳朵背，打过来大点声): noted with the order, no yes and no refusal."""

from __future__ import annotations

import re

from care import agreement
from care.booking import clause, contact, data, left_over, stance
from care.booking.hearing import Hearing, is_question
from care.booking.missing import CHANGE, CONFIRM
from care.texts import reply
from care.turn import Turn

HEALTH, NO_ILLNESS = "health", "none"
_PAUSE = re.compile(r"[，,。；;！!\s]+")
_ILL = re.compile(r"炎|疼|痛|钢板|支具|抬不|弯不|骨折|骨头|风湿|关节|结石|肿|麻|突出|腰突|哮喘|白内障|老寒|颈椎|腰椎|糖尿")
"""Something nobody asked for that whoever comes should know."""
_NOT_ILL = re.compile(r"没|冇|莫得|不疼|不痛|唔|无")
MOST = 3
"""Remarks kept with one order."""
LONGEST = 60
"""Characters of one remark; what is longer ends with a whole clause."""
REMARKS = ("remark", "add", "change")
"""What a clause does that must not be lost, where it fills nothing."""
NO_REMARK = ("agree", "ask", "stop", "wait", "hear", "nothing")
"""What a clause does that adds nothing for whoever comes."""
SHORTEST = 3
_TELLS = re.compile(
    r"要|别|莫|让|叫|请|带|最好|就行|就可以|就够|就成|的就|小心|轻|慢点|大声|耳|眼|糖尿|血压|过敏|伤|腿|脚|牙|记得|先|门|楼|电梯|狗|钥匙|有|没|冇|不|只|用|自己|多|少|大|小|长|短|高|低|软|硬|宽|的$"
)
"""Words of something that can matter to whoever comes."""
_HOW = re.compile(
    r"别忘|莫忘|记得|小心|当心|轻点|轻一点|慢点|大点声|大声|耳朵|耳背|过敏|有狗|养了狗|电梯|密码|钥匙|按门铃|敲门|门铃|单程|往返|自己有|自带|自己带|最好|让师傅|叫师傅|跟师傅|让护士|护栏|扶手|提前打|先打|打个电话"
)
"""Words that say how something is to be done, whatever is being asked."""
_NAMING = re.compile(r"^(?:就|还|也)?是")
"""Before what is named again (就是水管)."""
_READY = re.compile(r"[^，。]{0,4}(?:我们?|俺们?|咱)?(?:就)?(?:都)?(?:在(?:家|屋|门口|楼下|院里|路口)[^，。]{0,3})?(?:等|候|盼|迎)(?:着|到|起|你们|您|师傅|哈|啦|了|来)*|[^，。]{0,3}(?:准时|按时|按点)[^，。]{0,3}(?:到|来|送|去)[^，。]{0,3}")
"""Somebody will be there: that belongs to a yes (后天我在门口等着)."""
_HURRIES = re.compile(
    r"(?:那|就|请|麻烦|你们?|您们?|师傅)*(?:快|早|尽快|尽早|赶快|赶紧|抓紧)(?:一?点儿?|些)?(?:来|过来|到|送|送来|上门|办)?(?:就(?:行|好|成|可以|是))?[吧啊哦哈呀了点的]*"
)
"""A wish for haste that changes no hour (对对，快点来就好)."""
_RIGHTS = re.compile(r"(?:说|讲|搞|弄|报|记|听|写|念|打|登)(?:错|岔|反|混)|口误|单号|再(?:说|讲|念|报)(?:一)?(?:遍|次|下)|(?:记|写)一下|(?<!是)不是[^，。]{1,10}[，,]?(?:是|而是)[^，。]|错了")
"""Words that put something right, or ask us to say it again, are no remark."""
_OF_THE_BOOKING = ("service", "time", "quantity", "duration", "aid", "medical_task", "cleaning_task", "address", "bath_place", "facility", "department")
"""Kinds of entity that the booking itself holds."""
_OTHER_MATTERS = ("emergency", "human", "complaint", "scam", "abuse", "lonely", "bye", "stop", "order_cancel", "rate")


def note(hearing: Hearing, words: str) -> None:
    """Keeps a remark and says it back; the same a second time is only heard."""
    while len(words) > LONGEST:
        words = words.rpartition("，")[0] or words[:LONGEST]
    if any(words in kept for kept in hearing.draft.remarks):
        hearing.handled = True
        return
    hearing.draft.remarks = [*hearing.draft.remarks, words][-MOST:]
    hearing.note("remark_noted", words=words)
    hearing.remarked = True


def take(hearing: Hearing) -> None:
    """Notes what a turn adds, where it fills nothing, asks nothing and refuses nothing."""
    turn, before_yes = hearing.turn, hearing.asked in (CONFIRM, CHANGE)
    if hearing.asked == HEALTH and hearing.changed == [HEALTH] and hearing.draft.particulars[HEALTH] == [NO_ILLNESS]:
        ills = [one for one in _PAUSE.split(turn.text) if _ILL.search(one) and not _NOT_ILL.search(one)]
        if ills:
            note(hearing, "，".join(ills))  # 肩周炎，心脏没问题
    if hearing.fresh or hearing.half_told or hearing.notes or turn.intent in _OTHER_MATTERS:
        return
    if hearing.changed:
        _beside_what_was_taken(hearing)
        return
    if hearing.handled and turn.intent == "correct" and turn.all("change"):
        return  # 改地址
    if for_nurse := _for_the_nurse(hearing):
        note(hearing, for_nurse)
        return
    if before_yes and clause.rather(turn.text) and not turn.entities:
        note(hearing, turn.text.strip("，。！! "))  # 我要的不是手推的，是电动的
        return
    if (
        agreement.says_no(turn.text)
        or agreement.hedges(turn.text)
        or agreement.asks_to_hear(turn)
        or _RIGHTS.search(turn.text)
        or before_yes and agreement.finds_wrong(turn.text)
    ):
        return
    moves = turn.moves or ((turn.text, turn.does),)
    pattern = _TELLS if before_yes else _HOW
    added = [
        piece for piece in left_over.words_of(turn) if not _repeats(hearing, piece) and _may_be_noted(piece, moves)
    ]
    words = agreement.without_yes_last("，".join(added))
    if len(words) >= SHORTEST and any(_does(piece, moves) in REMARKS or contact.tells_rooms(piece) or pattern.search(piece) for piece in added):
        note(hearing, words)
    elif before_yes and not agreement.yes_first(turn.text) and (ages := [e.text for e in turn.of("age")]):
        told = [one for one in re.split(r"[，,。；;！!\s]+", turn.text) if any(age in one for age in ages)]
        note(hearing, "，".join(told))  # 岁数八十七: nothing of a booking holds it


def _beside_what_was_taken(hearing: Hearing) -> None:
    """A clause of its own that is known from examples to tell something for whoever comes (上门洗，要男的来)."""
    turn = hearing.turn
    clauses = [piece for piece in _PAUSE.split(turn.text) if piece]
    filled = [e.text for e in turn.entities if e.kind != "relation"]
    known = [piece for piece in clauses if piece in turn.doing("remark") and len(piece) >= SHORTEST]
    added = [p for p in known if _may_be_noted(p, turn.moves) and not any(text in p for text in filled)]
    if added and len(clauses) > 1:
        note(hearing, "，".join(added))


def _for_the_nurse(hearing: Hearing) -> str:
    """What somebody has, in the words it was told in, where a nurse comes and nobody asked for it (压疮)."""
    item, turn = hearing.item, hearing.turn
    if item is None or HEALTH in item.slots or item.code != data.table("services")["home_care"] or is_question(turn.text):
        return ""
    ills = [e for e in turn.of(HEALTH) if e.value != NO_ILLNESS and e.end]
    ills = [e for e in ills if not stance.denied(turn.text, e.start, e.end) and not stance.of_other(hearing, e.start)]
    pieces = (piece for piece in _PAUSE.split(turn.text) if any(e.text in piece for e in ills))
    return "，".join(piece for piece in pieces if not any(piece in kept for kept in hearing.draft.remarks))


def _may_be_noted(piece: str, moves: tuple[tuple[str, str], ...]) -> bool:
    if is_question(piece) or agreement.wants_otherwise(piece) or _READY.fullmatch(piece) or _HURRIES.fullmatch(piece):
        return False
    return _does(piece, moves) not in NO_REMARK


def _does(piece: str, moves: tuple[tuple[str, str], ...]) -> str:
    """What the clause of a piece does."""
    return next((does for words, does in moves if piece in words), "")


def _repeats(hearing: Hearing, piece: str) -> bool:
    """Whether a piece only names again what is being booked (对，修脚), or who it is for (吃饭的人是郭万福)."""
    if hearing.draft.name and piece.endswith(hearing.draft.name):
        return True
    rest = piece
    named = [e for e in hearing.turn.entities if e.kind in _OF_THE_BOOKING and e.text in piece]
    named = [e for e in named if e.kind != "address" or contact.names_a_place(e.text)]
    for entity in named:
        rest = rest.replace(entity.text, "")
    known = bool(named)
    return (
        known
        and len(rest) <= left_over.LITTLE
        or any(_NAMING.sub("", piece) in str(value) for value in hearing.draft.particulars.values())
    )


def told_to_go_ahead(hearing: Hearing) -> bool:
    """Whether somebody who was asked what to change wants it placed as it was read back (对，给我登上)."""
    return hearing.asked == CHANGE and not hearing.changed and agreement.goes_ahead(hearing.turn.text) and agreement.agrees(hearing.turn)


def beside_a_yes(turn: Turn) -> bool:
    """Whether the words begin or end with a plain yes and only tell something besides (对，她自己也愿意去): no second yes is needed."""
    if agreement.yes_last(turn.text):
        return True
    return agreement.yes_first(turn.text) and all(does in agreement.BESIDE_A_YES for _, does in turn.moves)


def short_question(hearing: Hearing) -> None:
    """A read-back is said whole again to whoever wants to hear it, and not to somebody who only repeats it or says that there is
    nothing more."""
    if hearing.asked in (CONFIRM, CHANGE) and agreement.asks_to_hear(hearing.turn):
        hearing.draft.changing, hearing.draft.read_back = False, ""
        hearing.handled = True
    elif hearing.asked == CHANGE and (agreement.agrees(hearing.turn) or agreement.closes(hearing.turn.text)):
        hearing.draft.changing = False
        hearing.notes.append(reply("booking.stands"))
        hearing.handled = True
    elif hearing.asked == CONFIRM and agreement.closes(hearing.turn.text):
        hearing.handled = True

"""The way back of a journey (看完再接回来，大概四点半; 来回都要车): noted for whoever comes, and never the hour of leaving."""

from __future__ import annotations

import re
from dataclasses import replace

from care import agreement
from care.booking import data, remarks, suits
from care.booking.hearing import Hearing, is_question
from care.booking.when_words import halves
from care.texts import phrase
from care.turn import Entity
from care.wording import say_time

_BACK = re.compile(
    r"返程|回程|回头车|(?:接|送|拉|载|带|捎|搭)(?:我|俺|额|咱|他|她|佢|人|老人|老伴)?(?:们)?(?:再|又)?(?:回(?!访)|返(?:来|去|屋))"
    r"|(?:再|还|也|要)(?:来)?(?:接|送)(?:我|俺|他|她|佢|人)?(?:们)?(?:一趟|一下)?(?=$|[，。,的吧呢啊哈])|(?<!来)回(?:来|去|家|屋)(?:也|还|都|时|的时候|那趟|的车)?"
)
"""Words of the way back, beside which an hour is that of it."""
_THING = r"(?:药|单子?|报告|片子|结果|化验单|病历|证|卡|本子?|钱|东西|货|菜|米|饭|票)"
_HOME_WITH = r"(?:(?:给|帮|替)[^，。,]{1,3})?(?:[回返](?:来|嚟|去|家|屋)?|转(?:来|去))"
_FETCHED = re.compile(
    rf"(?:取|拿|攞|买|领|抓|配|开|提|拎|寄|捡|讨|(?:[给帮替][^，。,]{{1,2}}|(?<![我俺额他她佢人爸妈爹娘伴]))(?:捎|带))(?:了|完|好|到|上|着)*(?:再|就|然后)?(?:给[^，。,]{{1,3}})?(?:送|带|捎|拿|取|拎|攞)?(?:(?<=[送带捎拿取拎攞])给[^，。,]{{1,3}})?{_HOME_WITH}"
    rf"|(?:把|将)?{_THING}[^，。,接我俺额]{{0,6}}?(?:取|拿|攞|买|领|弄|搞|提|拎|寄|捎|带)(?:了|完|好|到|给[^，。,]{{1,3}})?(?:送|带|捎|拿)?{_HOME_WITH}"
    rf"|(?:捎|带|拿|送|买|领)(?:点|些|个|份|了|上)*{_THING}[^，。,接送我俺额他她佢人]{{0,2}}{_HOME_WITH}"
)
"""A thing that is brought home (取回来, 把药带回来, 买好送返屋): no journey of a person."""
_OVER = re.compile(
    r"(?:看|查|检查|办|做|弄|输|打|透析|透|拿|取|治|搞|开|散|吃)(?:了)?(?:病|药|事情?|针|液|水|检查|手续|会|席|饭|得)?(?:完|好|罢|结束)|完事|结束|散场|出院门|差不多(?:完|好)"
)
"""Words for the end of what somebody goes for."""
_THERE = re.compile(r"来回|往返|双程|去回")
_ONE_WAY = re.compile(
    r"(?:不用|不要|不必|不需要|别|莫|甭|唔使|用不着)(?:你们?|您)?(?:再|来)*(?:接|送|管)|(?:回(?:来|嚟|去|家|屋|程)|返(?:来|嚟|去|屋|程))[^，。,]{0,3}(?:不用|不要|不必|不需要|别|莫|甭|唔使|唔要|用不着)(?:再)?(?:叫|要|坐|派)?(?:你们的?)?车|单程|只(?:要|管)?送|自己回|有人接|来接我们?回|(?:儿子|女儿|闺女|崽|孩子|他们?|她|老伴|邻居)[^，。,]{0,4}(?:接|送)[^，。,]{0,4}回"
)
"""Somebody else brings them home, or nobody needs to."""
_NO_WAY_BACK = re.compile(
    r"(?:不用|不要|不必|不需要|别|莫|甭|唔使|用不着|不)(?:你们?|您)?(?:再|来|去)*(?:接|送|管|拉)(?:我|俺|额|他|她|佢|人)?(?:们)?(?:再)?(?:回|返|转)(?:来|去|屋|家)?|(?:回来|回去|返程|回程)(?:的|时|那趟)?(?:就)?(?:不用|不要|不需要|用不着|甭|莫)(?:你们|再|来)*(?:管|接|送|了|$)|单程|单趟|不用来回|不(?:要|用)往返|只(?:要|管|用)?(?:送|去)(?:过去|到|就行)?(?:单程|一趟)?(?:就[行好中成]|[，。]|$)"
)
"""Nobody is brought home again."""
_OTHERS = r"接(?!(?:我|俺|额)(?:们)?(?:回|返|$|[，。,]))[^，。,去回]{1,6}"
_FETCHES = re.compile(rf"出院(?!门)|(?:去|到|上|在|从)[^，。,]{{1,8}}{_OTHERS}(?:回|到)|^[^，。,]{{0,10}}{_OTHERS}回(?![^，。,]*去)")
"""Somebody is only fetched home from somewhere (去火车站接我妹回家)."""
_MOVES = re.compile(r"改|换成|推迟|提前|挪|延后|不是")
"""Words that put another hour in the place of the one agreed on."""
_NEAR = 3
"""Characters behind an hour that are about it where another one follows."""
_OVER_NEAR = 5
"""Characters beside an hour in which it is told that it is then over."""
NO_HOUR = {"time": None, "end_time": None, "part": None, "role": ""}
_BLANK = "　"
_CLAUSE = re.compile(r"[^，,。；;！!？?]+")


def take(hearing: Hearing, said: list[Entity]) -> list[Entity]:
    """Notes the way back, and gives the times without those that belong to it."""
    item, text = hearing.item, _of_persons(hearing.turn.text)
    if item is None or item.code not in data.table("services")["both_ways"] or is_question(text):
        return said
    wanted = (_BACK.search(text) or _THERE.search(text)) and not _ONE_WAY.search(text) and (_THERE.search(text) or not _FETCHES.search(text))
    before = _noted(hearing)
    if only_there(hearing):
        return said
    if not wanted or not before and (_MOVES.search(text) or agreement.says_no(text) and not _THERE.search(text)):
        return said
    out = bool(hearing.draft.time or hearing.draft.part or hearing.draft.options)
    hours = [e for e in said if e.value.get("time") and not e.value.get("past")]
    if len(hours) == 1 and not out and not _when_over(text, hours[0]):
        if hours[0].value.get("date") or hearing.draft.date or _THERE.search(text):
            _note(hearing, None, [])
        return said  # the one hour told is that of leaving
    back = [e for e in hours if suits.role(e) == suits.UNTIL or _of_the_way_back(text, e, hours)]
    leaving = [e for e in hours if e not in back]
    days = [replace(e, value={**e.value, **NO_HOUR}) for e in back if e.value.get("date")]
    left = [e for e in said if e not in back]
    known = out or leaving or any(e.value.get("date") or e.value.get("part") for e in (*left, *days))
    if not (known or _THERE.search(text)):
        return said
    _note(hearing, back[-1] if back else None, leaving)
    return left if out or leaving else [*left, *days]


def refused(hearing: Hearing) -> bool:
    """Whether the words say so of a journey."""
    journey = hearing.item is not None and hearing.item.code in data.table("services")["both_ways"]
    return journey and bool(_NO_WAY_BACK.search(hearing.turn.text)) and not is_question(hearing.turn.text)


def only_there(hearing: Hearing) -> bool:
    """Whether nobody is to be brought home again (单程就行, 不用接回来): a way back that was noted is no longer one."""
    if not refused(hearing):
        return False
    before = _noted(hearing)
    hearing.draft.remarks = [one for one in hearing.draft.remarks if one != before]
    remarks.note(hearing, phrase("booking.one_way"))
    return True


def _of_persons(text: str) -> str:
    """The words without those of things brought home; every place in them stays."""
    return _FETCHED.sub(lambda found: _BLANK * len(found.group()), text)


def _of_the_way_back(text: str, one: Entity, hours: list[Entity]) -> bool:
    """Whether an hour stands beside words of the way back: in its clause, or alone in one right beside such words."""
    if not one.end:
        return False
    clauses = list(_CLAUSE.finditer(text))
    at = next((n for n, c in enumerate(clauses) if c.start() <= one.start < c.end()), None)
    if at is None:
        return False
    clause = clauses[at]
    before = max([clause.start(), *(e.end for e in hours if e.end <= one.start)])
    behind = min([clause.end(), *(e.start for e in hours if e.start >= one.end)])
    later = any(one.end <= e.start < clause.end() for e in hours)
    own = text[before : one.start], text[one.end : behind][: _NEAR if later else None]  # 八点去透析，做完 belongs to the next hour
    inside = text[one.start : one.end] if one.value.get("date") else ""  # 明天去医院，看完大概五点
    if any(pattern.search(words) for pattern in (_BACK, _OVER) for words in (*own, inside)):
        return True
    bare = len(own[0] + own[1]) <= len("大概就行")
    beside = [clauses[n].group() for n in (at - 1,) if n >= 0]
    return bare and any(_BACK.search(words) or _OVER.search(words) for words in beside)


def _when_over(text: str, one: Entity) -> bool:
    """Whether an hour is plainly when it is over (看完大概五点): of leaving nothing is known by it."""
    near = text[max(0, one.start - _OVER_NEAR) : one.start], text[one.end : one.end + _OVER_NEAR]
    return suits.role(one) == suits.UNTIL or bool(one.end) and any(_OVER.search(words) for words in near)


def _note(hearing: Hearing, back: Entity | None, leaving: list[Entity]) -> None:
    """Keeps the way back as a remark, in the place of one told before."""
    before = _noted(hearing)
    words = phrase("booking.way_back_there" if _THERE.search(hearing.turn.text) else "booking.way_back")
    if back is not None:
        words += phrase("booking.way_back_at", time=say_time(hour_after(hearing, back, leaving)))
    elif before:
        hearing.handled = True
        return
    hearing.draft.remarks = [one for one in hearing.draft.remarks if one != before]
    remarks.note(hearing, words)


def _noted(hearing: Hearing) -> str:
    """The way back as it was noted before."""
    kinds = (phrase("booking.way_back"), phrase("booking.way_back_there"))
    return next((one for one in hearing.draft.remarks if one.startswith(kinds)), "")


def hour_after(hearing: Hearing, back: Entity, leaving: list[Entity]) -> str:
    """The hour of the way back, or of being fetched: of the two that an unclear one can mean the first after leaving."""
    time = str(back.value["time"])
    if back.value.get("ampm"):
        return time
    start, end = data.table("schedule")["waking"]
    out = hearing.draft.time or start
    if leaving:
        told = str(leaving[0].value["time"])
        open_hours = hearing.listed.hours
        both = [told] if leaving[0].value.get("ampm") else halves(told)
        out = next((one for one in both if any(first <= one < last for first, last in open_hours)), both[-1])
    return next((one for one in sorted(halves(time)) if max(out, start) < one <= end), time)

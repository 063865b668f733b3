"""The few words of a tale that name what is wanted: 厨房水管漏水，滴滴答答的，叫个师傅来 → 厨房水管漏水."""

from __future__ import annotations

import re
from collections.abc import Sequence

from care.booking.hearing import bare

NEAR = 6
"""Characters before the word that names it which belong to it (脚上换药)."""
_ASKED_FOR = re.compile(r"[给帮替来去派请找叫能要得个]|上门|家里|屋里|可以")
SHORT = 12
"""Characters of a clause that need not be cut to the thing and what is wrong with it."""
THING = 8
"""Characters before what is wrong in which the thing is looked for."""
PIECE = 18
"""A piece without a pause that is longer (characters) is a tale, not a name for something."""
WHOLE, LIST = 24, 44
"""Most characters that are taken together, and of a list of goods."""
ASIDE_IN_BRACKETS = re.compile(r"[（(【\[][^）)】\]]*[）)】\]]")
"""What is written in brackets only explains (我家婆（老公的妈）)."""
_SO_OFTEN = re.compile(r"(换|打|量|测|洗|拆|抽|擦)(?:[一两二三几0-9]?[次回趟])(药|针|血压|血糖|伤口|线|血)")
"""换一次药 is 换药."""
_TOLD_TO = re.compile(
    r"^(?:.*?(?:医生|大夫|护士|医院|社区|他们?|她们?)[^，。,]{0,8}?(?:叫|让|喊|说|讲|嘱咐|交代)(?:要|得|我|我们)?|叫|让)?(?:(?:每|隔)?[一两二三四五六七几0-9]+[天日](?:就|都)?(?:要|得|来)?)?(?=[换打量测拆抽])"
)
"""Who said it and how often, before what is to be done (护士叫两日换一次药)."""
_OF_WHOM = re.compile(r"^(?:我|俺|额)(?:家里?的?|屋里)?(?:家[婆公]|婆婆|公公|老[公婆伴]|[妈爸娘爹]|岳[父母]|丈母娘|老丈人|奶奶|爷爷|外婆|外公|嫲嫲|阿[嫲公婆爷妈爸])(?![家屋那])(?:的|她|他)?(?=[^，。,]{2})")
"""Of whom it is told: the order says that apart (我家婆屁股那里有个褥疮)."""
_MORE = re.compile(r"再|还|顺便|另外")
_BREAKS = re.compile(r"[，。,；;！!？?…：:\s]+")
UNIT = r"(?:公斤|斤|两(?=[\u4e00-\u9fff])|袋|盒|瓶|包|把|块|个|桶|条|板|支|提|箱|样|颗|棵|根|捆|罐|听|刀|打|节|串|卷|筒|壶|只|片|筐|坛|份|双|件|排|扎|贴|管|张|副|粒|圈|枝|朵|碗|挂|尾|头|兜)"
MEASURED = re.compile(
    rf"[一两二三四五六七八九十半几0-9]+{UNIT}(?<!个)|[一两二三四五六七八九十半几0-9]+个(?!人)|(?:仨|俩)(?![人个])|(?:再|还|来|买|带|捎|拿|加|要){UNIT}(?=[\u4e00-\u9fff]{{1,6}}$)|[0-9一二三四五六七八九十半]+(?:kg|g|克|毫升|ml|升)"
)
_SOUNDS_END = re.compile(r"(?<=[咧哩嘞哒咯啦呀啊嘛呐])|(?<=[\u4e00-\u9fff]了)(?![个一两几点下不])")
"""Behind the small words that end a clause of a tale told without a pause."""
_FAULT = re.compile(
    r"(?:漏水|漏电|漏|爆(?:裂|了|咧)|堵(?:住|死|上)?|坏|不通|[冒反返喷]水|倒灌|不亮|不热|不转|不制冷|跳闸|不出水|滴水|关不(?:住|严|上|拢)|打不(?:开|着)|停电|停水|没电|没水|断)(?:了)?"
)
"""What is wrong with a thing of the house."""
_BEFORE_A_THING = re.compile(
    r".*(?:[我俺额咱]们?(?:这|那)?(?:家|屋)?[里头]*|[给帮替找请叫说]|就是|[今昨前]天|早上|晚上|[咧了哩呀啊])(?=[\u4e00-\u9fff])"
)
"""What stands before the thing in such a tale."""
_PARTICLE = re.compile(r"[咧哩嘞哒咯啦呐]+$")
_RATHER = re.compile(r".*(?:不是|不对)[^，。,；;！!]{0,10}[，。,；; ]+(?:应该|哦|噢|而|就|原来|其实)*是(?=[^，。,]{2})")
"""Words up to what somebody means after all (不是灯，是电闸跳了)."""
_STALLS = re.compile(
    r"^(?:你|您)?(?:先)?(?:等(?:一?[会下]儿?|等|下)|稍等|慢着|别急|别挂)[^，。,]{0,6}$|^(?:让|等|容)?我(?:先|再)?(?:看|瞧|瞅|问|想)(?:了)?(?:一)?(?:眼|下|看|瞧|瞅|想)?(?:啊|哈|吧|了)?$"
)
"""Words of somebody who has to look first."""
_NOT_WANTED = re.compile(r"(?:不用|不要|不必|别|甭|莫|不需要)(?:再)?(?:买|带|捎|修|管|换|弄|交)(?!不|得)|(?:不要|不用|不买)了$")
"""What is expressly not asked for (药不用买)."""
_SINCE = re.compile(
    r"^(?:(?:从|自)?(?:昨|今|前|大前)(?:天|日|儿个?|晚)?(?:上午|下午|晚上|早上|夜里|半夜|中午|早|晚)?(?:开始|起|就)?|(?:刚才?|这[两几]天|前几天)(?:开始|就)?)+"
)
"""Since when it is so."""
ASIDE = 6
"""Most characters between two goods of a list that tell of the first."""
_LEAD = re.compile(
    rf"^(?!(?:再|还|来|买|带|捎|拿|加|要){UNIT})(?:(?:几时|啥时候?|什么时候|么子时候|多久|哪天|几点)(?:能|可以|才)*来?|是(?=[^，。,]{{3}})|那个|就是|我(?:想)?(?:约|找|请|叫)个人来|我想|我要|我就|想|要|麻烦(?:你们?|您)?|请|帮我|帮|给我|给|替我|你们|快点?|赶紧|叫|找|派|约|个|位|一个|人|师傅|上门|来|去|一下"
    rf"|(?:照看|照顾|护理|服侍|伺候)的[^，,]{{1,5}}?(?:约|请|叫|找)个?|我家里?的?|我屋企[嘅个]?|我屋里头?的?|俺家|咱家|家里头?的?|我们家)+(?=[\u4e00-\u9fff]{{2}})"
)
_CRIES = re.compile(
    r"^(?:(?:哎|诶)?呀?(?:妈|娘)(?:呀|耶|啊)|(?:我的?|俺的?)?(?:老?天爷?|天哪)(?:呀|啊|哪)?|我的?(?:妈|娘)(?:呀|耶|啊)|哎[呀哟]+|啊呀|唉+)+"
)
"""What is cried out before the matter (哎呀妈呀俺家灯咋不亮了)."""
_OURS = re.compile(r"^额(?:家|屋里?)?(?=[\u4e00-\u9fff]{2})")
_TAIL = re.compile(r"(?:了?(?:行不行|可以吗|好不好|行吗|帮帮忙|怎么办|咋办|咋整))$")
_SERVICE = re.compile(r"[^，。,]*?(?:上门护理|护士上门|护士来家里?|护士|上门)(?=[^，。,]{2})")
_CALL = re.compile(r"^(?:叫|找|派|请|喊|让)?(?:你们|个|一个|位)?(?:师傅|人)(?:来|上门|给|帮|去).*|^(?:快|赶紧).*")


def naming(text: str, hints: list[str], asked: bool, vague: Sequence[str] = ()) -> str:
    """The words that name it; empty when a long tale names nothing in short."""
    text = _SO_OFTEN.sub(r"\1\2", _RATHER.sub("", ASIDE_IN_BRACKETS.sub("", text)))
    text = _SERVICE.sub("", text) if any(hint in _SERVICE.sub("", text) for hint in hints) else text
    pieces = [words for one in _pieces(text, hints) if not (_STALLS.match(one) or _NOT_WANTED.search(one)) and (words := _trimmed(one))]
    if len(pieces) == 1 and len(pieces[0]) <= PIECE:
        return pieces[0]
    amounts = any(MEASURED.search(words) for words in pieces) and (
        any(word in text for word in vague)
        or not any(hint in words for words in pieces if not MEASURED.search(words) for hint in hints)
    )
    telling = [n for n, words in enumerate(pieces) if (MEASURED.search(words) if amounts else _names(words, hints))]
    if not telling:
        return (
            (next((words for words in pieces if len(words) <= PIECE), "") or pieces[0][:PIECE])
            if asked and pieces
            else ""
        )
    taken = [pieces[telling[0]]]
    for n, words in enumerate(pieces[telling[0] + 1 :], telling[0] + 1):
        if amounts and not (MEASURED.search(words) or _names(words, hints) or _MORE.match(words)):
            if len(words) > ASIDE or n + 1 not in telling:
                break
            taken.append(words)  # 带包烟，软中华，再打二斤酒
            continue
        besides = MEASURED.search(words) or words.endswith("的") or _MORE.match(words)
        belongs = (besides or _names(words, hints)) and not _CALL.match(words)
        if (
            not belongs
            or len(words) > (LIST if amounts else PIECE)
            or len("".join(taken)) + len(words) > (LIST if amounts else WHOLE)
            or _sounds(words)
        ):
            break
        taken.append(words)
    return "，".join(taken)


def amid(text: str, hints: list[str]) -> str:
    """What is wrong, told in one breath with something else (就是没水用了今儿后晌两点能来不); empty when nothing is."""
    parts = [one for one in _pieces(text, hints) if any(hint in one for hint in hints)]
    return naming("，".join(parts), hints, False) if parts and not any(one in _BREAKS.split(text) for one in parts) else ""


def _pieces(text: str, hints: list[str]) -> list[str]:
    """The words between the pauses; of a long tale without one, the clauses that its small words end, or what is wrong in it."""
    pieces: list[str] = []
    for one in _BREAKS.split(text):
        if len(bare(_CRIES.sub("", one))) <= PIECE or MEASURED.search(one.replace("一样", "")):
            pieces.append(one)
            continue
        parts = [_PARTICLE.sub("", part) for part in _SOUNDS_END.split(one) if part]
        told = [(len(part) > SHORT and _fault(part)) or part for part in parts]
        pieces += told if any(_names(part, hints) for part in told if _FAULT.search(part)) else [one]
    return pieces


def _fault(words: str) -> str:
    """A thing and what is wrong with it, out of the middle of a tale; empty when there is none."""
    found = _FAULT.search(words)
    thing = _BEFORE_A_THING.sub("", words[max(found.start() - THING, 0) : found.start()]) if found else ""
    return thing + found.group() if found and len(thing) >= len("水管") else ""


def rather(text: str) -> str:
    """What it is after all (不是龙头，是下面的管子漏); empty where nothing is put right so."""
    found = _RATHER.match(text)
    return _trimmed(next(iter(_BREAKS.split(text[found.end() :])), "")) if found else ""


def measured(text: str) -> bool:
    """Whether words say how much of something (一袋面)."""
    return bool(MEASURED.search(text))


def shortest(words: str, hints: list[str]) -> str:
    """What a question wishes for, in the words from its last verb of asking on (能派个护士来给换药不 → 换药); empty when that is unclear."""
    found = next((hint for hint in hints if hint in words), "")
    if not found:
        return ""
    place = words.find(found)
    lead = max((m.end() for m in _ASKED_FOR.finditer(words, 0, place)), default=0)
    near = re.sub("^[我俺她他]+", "", words[max(lead, place - NEAR) : place + len(found)])
    return near if len(near) >= len("换药") else ""


def _names(words: str, hints: list[str]) -> bool:
    return len(words) <= PIECE and any(hint in words for hint in hints)


def _sounds(words: str) -> bool:
    """滴滴答答的 paints, it names nothing."""
    return bool(re.fullmatch(r"(.)\1(.)\2的|(.)(.)\3\4的", words))


def _trimmed(piece: str) -> str:
    words = "、".join(kept for one in piece.split("、") if (kept := bare(_CRIES.sub("", one))))
    words = _TOLD_TO.sub("", _OF_WHOM.sub("", _SINCE.sub("", words)))
    return _TAIL.sub("", _LEAD.sub("", _OURS.sub("", words)))

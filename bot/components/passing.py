"""Times and people that a speech names in passing: 我屋里那口子这两天腰疼，明儿个给送顿午饭 wants tomorrow; 我去县医院看我姐姐 is
no ride for the sister.

Of several times said in clauses of their own those of a clause that only tells (an illness, a journey, a guest, a day on which it
does not suit) are left out as long as another remains.
"""

from __future__ import annotations

import re
from typing import List, Sequence, Tuple

from bot.components.spans import Span

CLAUSE = re.compile(r"[^，。,；;！!？?\s]+")
TELLS = re.compile(
    r"不行|不成|不中|不得行|不方便|加班|开会|不在|没空|冇空|没工夫|没得空|不得闲|走不开|去不了|来不了|有事|有课|有会|上班|值班|出差|"
    r"(?:要|得|会|还|都|刚|才|已经|准备|打算|想)?(?:去|回|到)(?!时候|你们|站里|家|屋)|出院|住院|手术|开刀|打针|吊水|输液|复查|检查|透析|化疗|做梦|"
    r"疼|痛|病|摔|崴|闪了|感冒|发烧|拉肚子|咳|晕|没吃|没睡|没洗|没劲|睡|困觉|打牌|喝喜酒|吃席|吃酒|结婚|生日|过寿|上坟|搬|停水|停电|"
    r"来客|走亲戚|带孙|带娃|接孙|忙|下雨|下雪|坏了|走了|过世|不在了|才发现"
)
"""Of what happens to people, not of what they want."""
WANTS = re.compile(
    r"想(?:让|要|请|叫|订|定|约|找|你们|吃|洗|做|租|借|办)|[订定约租]|请|派|安排|登记|预约|报名|帮我|帮忙|替我|给(?:我|俺|额|他|她|老人|我妈|我爸|送|修|洗|做|换|剪|理|打扫)|"
    r"(?<!回)来(?:人|个|一|接|送|做|洗|修|换|剪|理|打扫|吧|装|拿|取|拉|搬|看看|就|行|$)|送(?:来|到|过来|饭|餐|一|两|三|点|$)|上门|"
    r"用车|叫(?:个|辆)?车|派(?:个|辆)?车|要(?:个|辆)?车|送(?:他|她|我|俺|过|老人|[^，。去到]{1,4})?(?:去|到)(?!年)|接(?:他|她|我|俺)(?:去|到)|"
    r"改|挪|推(?:到|迟|后)|提前|换(?:到|成)|可以|方便|有空|得闲|在家|都行|也行|也成|也中|就行|就成|就中|好了|要得|开始|吧$|行吗|行不|中不|成不|好吗"
)
"""Of a clause that says when something is wanted or would suit."""
OTHERS_DO = re.compile(
    r"(?:弟|哥|姐|妹|儿子|女儿|闺女|崽|媳妇|女婿|孙子|孙女|外甥|侄子|老头子?|老伴|他们?|她)(?:说|讲)?[他她]?(?:也|又|都|就|要|会|得|可以)*"
    r"(?:过去|过来|回来|返来|回去|来看|来接|给[他她我]|陪|带[他她我]|送[他她我]|烧|做饭|开会)"
)
"""What others do, not what is wanted of the hotline."""
OF_YOU = re.compile(r"你们|请|帮我|派|麻烦")
NOW = re.compile(r"现在|这会儿|眼下|这阵子?|目前|刚才|刚刚")
HOW_IT_IS = re.compile(r"睡不|困不|没睡|睡得|疼|痛|咳|喘|难受|没空|冇空|没工夫|不在家|不得闲|怕黑|害怕|一个人坐|起夜")
"""What is told of a part of the day."""
UNABLE = re.compile(r"不方便|不在|没空|去不了|来不了|走不开")
"""These hold a word of `WANTS` and say the opposite."""
OF_TIME = ("date", "time")
"""Questions that are answered with any time."""
THAT_DAY = re.compile(r"(?:那|嗰|该)(?:一)?[天日](?!是|，|,)|当天")
"""Words that come back to the day told before as the reason (星期天儿子回来，那天的饭别送)."""
VISITED = re.compile(r"(?:去|到|上(?!门)|往)[^，。,]{0,8}(?:看望|看看|看|照顾|伺候|找|探望|接)(?:一下|下)?(?:一个|个|我)?(?:[^，。,]{0,6}那边的?)?$")
"""Before the people to whom somebody goes."""


def kept(spans: List[Span], text: str, asking: str = "") -> List[Span]:
    """The spans without what is only told of; where neither day nor hour is open, also the only time of what others do."""
    spans = [s for s in spans if not (s.kind == "relation" and VISITED.search(text[: s.start]) and not _comes(text[s.end :]))]
    times = [s for s in spans if s.kind == "time"]
    spans = [s for s in spans if not (s.kind == "duration" and any(t.value["vague"] and t.overlaps(s) for t in times))]
    dropped = _in_passing(times, text) or [t for t in times if asking not in OF_TIME and _others_do(_clause(t, text)[0])]
    dropped = [*dropped, *(t for t in times if _tells_of_a_part(t, text))]
    return [s for s in spans if s not in dropped or s.kind == "time" and THAT_DAY.search(text[s.end :])]


def _comes(behind: str) -> bool:
    """Whether those visited are the ones to be helped (去医院接我妈回家，她坐轮椅)."""
    return bool(re.match(r"[^，。]{0,2}(?:回|出院|去|上|下)", behind))


def _in_passing(times: Sequence[Span], text: str) -> List[Span]:
    """The times of clauses that only tell, where another clause has one too."""
    if len(times) < 2:
        return []
    told = [t for t in times if _is_now(t, text) or _only_tells(*_clause(t, text))]
    if all(_is_now(t, text) for t in times if t not in told or not t.value["date"]):
        told = [t for t in told if not (t.value["date"] and t.value["time"]) or _is_now(t, text)]
    return told if len(told) < len(times) else []


def _is_now(span: Span, text: str) -> bool:
    """Whether a time only says how it is at this moment (不是现在闷)."""
    return bool(NOW.fullmatch(text[span.start : span.end]))


def _tells_of_a_part(span: Span, text: str) -> bool:
    """Whether a part of the day belongs to how somebody is (夜里困不着, 下午没空), which is no wish for it."""
    value = span.value
    if value["date"] or value["time"] or not value["part"]:
        return False
    clause, long = _clause(span, text)
    return not long and bool(HOW_IT_IS.search(clause)) and not WANTS.search(clause)


def _clause(span: Span, text: str) -> Tuple[str, bool]:
    """The clause in which a time begins, without the time; and whether the time goes on over more than one clause."""
    found = next((m for m in CLAUSE.finditer(text) if m.start() <= span.start < m.end()), None)
    if found is None:
        return "", True
    return text[found.start() : span.start] + text[span.end : found.end()], span.end > found.end()


def _only_tells(clause: str, long: bool) -> bool:
    if long:
        return False
    tells = TELLS.search(clause) and (UNABLE.search(clause) or not WANTS.search(clause))
    return bool(tells) or _others_do(clause)


def _others_do(clause: str) -> bool:
    return bool(OTHERS_DO.search(clause)) and not OF_YOU.search(clause)

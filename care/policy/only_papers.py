"""Questions that only a document answers, whoever they are asked for: which office, how much is paid out, a sum it names.

“我妈八十三，屋里装扶手归哪个单位管” speaks of somebody and of a service, and is still no order.
"""

from __future__ import annotations

import re

from care import regions
from care.policy.asked import Asked, aspects_of
from care.policy.decide import decide, paid_sums
from care.policy.matters import PAUSE, asks
from care.policy.phrasings import phrasings
from care.policy.retrieve import NEAR_ENOUGH
from care.turn import Turn

ELIGIBILITY = "eligibility_ask"
SURE_TOPIC = 2.0
UNSURE_ORDER = 0.7
IN_CHARGE = re.compile(
    "(归|由|该|是)(谁|哪|什么)(个|家|里|儿)?(单位|部门|局|科|衙门)?(来)?(管|负责|牵头|给弄|弄|出面)?|(哪|什么|啥)(个|家)?(单位|部门|局|厅|衙门)(?!.{0,4}(电话|上班))|责任单位|主管"
)
"""Which office: nobody who orders asks that."""
PAID_OUT = re.compile(
    "(?<!要)(?<!得)(给|补|贴|发|领|拿|出|报|攞|俾)(我|她|他|咱|俺|家里|老人|一户|每户|一家)?(们)?(发|补|贴)?(多少|几|好多|几多)(?!次|回|趟|个人|点|岁|家)"
    "|(一户|每户|一家|每家|每人|一个人).{0,3}(多少|几)(百|千|万|块|钱)|(能|可以)(领|拿|补|报).{0,3}[一二两三四五六七八九0-9]+(百|千|块|元)"
)
"""Money paid out, not a price."""
FOUNDS = re.compile(
    "(?<![打公召张])(开|办|建|投资)(个|家|间|所|一个|一家|一间)?[^，]{0,4}(食堂|饭堂|餐厅|养老院|托老所|助餐点|敬老院|养老机构|驿站)"
    ".*(补|扶持|优惠|手续|许可|批|条件|好处|支持|要求|奖)"
)
"""Somebody who wants to found a canteen or a home; nobody orders one."""
HOW_FAR = re.compile("铺开|摸索|试着(来|搞|做)|先试|推开了|全都有了|都(有|搞|办)了(没|吗|么)")
"""How far a plan has got, which nobody asks who orders."""
CALLED = re.compile("叫(个)?(什么|啥)|什么名字|啥名字")
MAY = re.compile("能不能|可不可以|够不够|符不符合|有没有资格|能(领|拿|享受|申请|办|报).*(吗|么|不|没)|有.{0,3}份")
"""Words that ask whether somebody may."""
SUM_ASKED = re.compile("多少(钱|块|元)?(一个?月)?[呀啊呢？?]?$|(报|补|发|给|领|拿|有)(多少|几百|几多)")
"""A sum asked for at the end, of which only a document tells."""
FREE_OR_NOT = re.compile(
    "收不收(钱|费)|要不要(钱|交钱|掏钱|收费)|免不免费|收(钱|费)(吗|么|不|没|啵)|要(钱|掏钱|交钱)(吗|么|不|啵)"
)
SURE_SUM_INTENT = 0.9
VAGUEST = 1.0
"""Weight that a topic needs at least."""
ORDER = re.compile(
    "(帮|给|替)(我|俺|咱|她|他|老人|我妈|我爸)?.{0,3}(订|约|预约|登记|申请|报名|排)|我(要|想)(订|约|预约|登记|报名)"
)
WHOSE = re.compile(
    "(钱|补助|补贴|款|[百千]块?|数)[^，]{0,3}，?(这|那)?[^，]{0,4}(打|发|给|进|归|到|落|算|交|拨)(到|给|进|在)?(我|俺|咱|额|老人|家里|家属|她|他|谁|哪个|自己|个人|本人|手|院|养老院|机构|卡)"
    "|(给|归|打|发|算|拨)(给|到|在)?(院|养老院|机构|敬老院|我|俺|咱|额|老人|家里|自己|她|他)[^，]{0,5}还是(是)?(给|归|打|发|算|拨)?"
    "|(打|发|归|算|拨|进)(给|到|在)?(我|俺|咱|额|谁|院|养老院|机构|家属|老人|个人|本人)[^，]{0,6}(啵|吗|么|不|没|还是|的|卡)|到(我|俺|咱|老人)?[^，]{0,2}手[上里]?(吗|么|不|没|啵)?$"
)
"""Whose the money is: 这钱是打给我们的啵, 是给我家还是给院里的."""
PAID_TO_HOMES = frozenset({"institution", "provider"})
"""Topics whose sums are paid to homes, which is said to whoever takes them for the elder's."""
OF_NOBODY = frozenset({
    "staff", "provider", "finance", "market", "platform", "quality", "facilities", "elder_education", "time_bank", "catalogue",
    "hospice", "insurance", "medical_care", "health_check", "fraud", "safety_bell", "benefit_card",
})  # fmt: skip
"""Topics in which there is nothing that somebody's own case would decide."""
UNPRICED = frozenset({
    "safety_bell", "high_age_allowance", "allowance", "benefit_card", "ltc_insurance", "home_adaptation", "disability_allowance",
    "finance",
})  # fmt: skip
"""Topics about which the service list knows no price."""


LAID_DOWN = frozenset({"how_often", "deadline", "department", "who", "percent", "count"})
"""What a document lays down, and nobody asks who orders."""
BY_WHEN = re.compile("哪一?年|几几年|最[晚迟]|年底|原(来|先)(定|说)|定的|期限|截止|(弄|做|改|建|修|装|铺)(完|好|齐|成)")
"""By when a plan is to be done, not when somebody comes."""
YEAR_SAID = re.compile(
    "(二[零〇]?[一二三]|20[12]|二)[0-9零〇一二三四五六七八九]年(底|以前|前|之前|就).*(完|好|成|齐|做|改|弄|有|建|办|装)"
)
"""A year by which something was to be done, told and asked about: 是不是二二年前就该弄完."""
OFFICIALLY = re.compile(
    "(公家|政府|国家|上头|上面|上边|社区|街道|民政|政策|文件)[^，]{0,4}(有没有|有冇|有无|有啥|有什么|有么子|咋|怎么?|什么|啥|么子)[^，]{0,4}(说法|规定|政策|讲法|安排|办法|章程|讲究)"
)
"""What the authorities say to something."""


ASKED_FOR = re.compile("(哪|几|什么|啥)(一|个|一个)?$")
"""Words before a time that is asked for: 哪年底前给弄好."""


def to_come(turn: Turn) -> bool:
    """Whether a time is told that is still to come; when something was heard (前儿个听说) orders nothing."""
    told = (e for e in turn.of("time") if not ASKED_FOR.search(turn.text[: e.start]))
    return any(not (isinstance(e.value, dict) and e.value.get("past")) for e in told)


def asks_laid_down(turn: Turn, asked: Asked, region: str) -> bool:
    """Whether the part that asks, wants what a document lays down, whatever story goes before: 老伴走了…公家多久来看一回."""
    if to_come(turn) or ORDER.search(asked.text):
        return False
    asking = next((part for part in reversed(PAUSE.split(asked.text)) if part and asks(part)), "")
    if OFFICIALLY.search(asking):
        return decide(asked, region).record is not None
    wanted = LAID_DOWN & set(aspects_of(asking))
    if YEAR_SAID.search(asking):
        wanted |= {"deadline"}
    elif not BY_WHEN.search(asking):
        wanted -= {"deadline"}
    heaviest = max(asked.topics.values(), default=0.0)
    if not wanted or heaviest < VAGUEST:
        return False
    finding = decide(asked, region)
    record = finding.record
    if record is None or not finding.known or not wanted & set(record.aspects):
        return False
    sure = heaviest >= SURE_TOPIC or phrasings().nearest(asked.text)[0][record.id] >= NEAR_ENOUGH
    return sure and bool(asked.topics.keys() & set(record.topics))


def asks_whose_money(asked: Asked) -> bool:
    """Whether it is asked for whom a sum is that a document pays to homes, whoever lives there."""
    if not WHOSE.search(asked.text) or not asked.topics.keys() & PAID_TO_HOMES:
        return False
    return not asked.sums or any(asked.sums & paid_sums(region.id) for region in regions.regions())


def asks_rule(turn: Turn, asked: Asked, region: str) -> bool:
    """Whether only a document answers, whoever it is asked for: which office, how much is paid out, a sum that it names."""
    if asked.sums & paid_sums(region) and asked.topics.keys() & PAID_TO_HOMES and turn.confidence < SURE_SUM_INTENT:
        return True
    if ORDER.search(asked.text) or to_come(turn) or turn.confidence >= UNSURE_ORDER and turn.intent == "book":
        return False
    if max(asked.topics.values(), default=0.0) < VAGUEST or asked.topic == "complaint":
        return False
    if FOUNDS.search(asked.text) or CALLED.search(asked.text) and not turn.confidence >= UNSURE_ORDER:
        return decide(asked, region).record is not None
    if HOW_FAR.search(asked.text):
        return decide(asked, region).known
    if "how_often" in asked.aspects and "visits" in asked.topics:
        return turn.intent != ELIGIBILITY or not MAY.search(asked.text)
    if turn.intent == ELIGIBILITY and (SUM_ASKED.search(asked.text) or "deadline" in asked.aspects):
        return not MAY.search(asked.text) and decide(asked, region).found not in ("none", "no_topic")
    if IN_CHARGE.search(asked.text) and "department" in asked.aspects:
        return True
    if turn.intent == ELIGIBILITY:
        known = asked.topic in OF_NOBODY and asked.topics[asked.topic] >= SURE_TOPIC
        return known and decide(asked, region).record is not None
    unpriced = UNPRICED - {"allowance"} if turn.last("service") else UNPRICED
    if PAID_OUT.search(asked.text) and asked.topics.keys() & unpriced:
        return True
    return bool(FREE_OR_NOT.search(asked.text)) and "institution" in asked.topics and turn.intent != "price_query"

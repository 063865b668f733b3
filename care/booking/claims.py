"""Whether words order something new although the bot took them for something else.

“租个轮椅 一个月” sounds like a rental that is made longer, “想评个残，能上门来办不” like a question whether somebody may.
"""

from __future__ import annotations

import re

from care.booking import offered, wished
from care.booking.data import service_item
from care.booking.hearing import is_question
from care.conversation.model import Conversation
from care.eligibility.named import OF_SERVICE
from care.orders import finding
from care.service_list import SERVICE_SPOKEN_OF
from care.turn import Turn

NEW = re.compile(r"租|借|订|定|约|想要|想请|想找|来一|要一|(?:来|派|叫|找)(?:个|一?位)?(?:人|师傅|护士)")
"""Words that order."""
STANDING = re.compile(r"改|换|挪|推|提前|续|延|晚|早一|早点|单号|刚才|那个|取消|退|到期|还没|什么时候|啥时候|几点|查|(?<![想要])[订定约](?:好|了|过)?的(?!是)|订上|订好|约好|约上|延长")
"""Words about what is ordered already."""
COMING = re.compile(r"(?:想|该|要|得|到日子)[^。]*(?:能|可以|可不可以|能不能)[^，。]{0,4}(?:上门|来家|来人|到家|来给|过来)[^，。]{0,6}$")
"""Something is wanted, and whether somebody can come for it is asked."""
COMES = re.compile(r"(?:来|过来|上门)(?:个?人|给[我俺咱]们?|帮[我俺咱]们?|把)?$")
"""Right before what somebody is to come for."""
ABLE = re.compile(r"能|可以|得闲|有空")
MAY = re.compile(r"[^，。]{0,4}(?:行不|行吗|可以不|可以吗|好不|中不|得不|成不|要得不)")
ORDERED = re.compile(r"[订定约叫][的了好过]|单|刚才|那个|说好|还没|怎么还|咋还|不来|没来|改|挪|推")
"""Words about what was ordered already."""
APPLICATION = "application"
"""Kind of what is applied for: whether one may is then asked in earnest."""
TAKEN_OUT = re.compile(r"(?:想|要)(?:去|上)[^，。]{1,8}(?:转转|走走|逛|散步|看看|晒太阳|遛弯)|有没有人(?:推|陪|送|接)|推(?:着)?我")
"""Somebody in a wheelchair wants to be taken somewhere, and rents none."""
WANTED = re.compile(
    r"(?:能不能|可不可以|可以|能)(?:不能)?(?:帮|给|替)?(?:我们?|俺|她|他|我[妈爸爹娘])?(?:叫|找|派|请|安排|约|送|租|弄|订|定|来|接)(?:个|一|人|位|点|趟|过来|到|去|我|他|她|饭|餐|药|上门)"
)
"""Whether somebody can be sent is asked, and that is wanted (能不能叫个志愿者来说说话)."""
FIRST = re.compile(r"(?:那|就|先)[^，。]{0,6}(?:约|来|吧)|来(?:行不行|可以吗|行吗|吧)")
"""Words that want a day for what was only spoken of."""
RETURNED = re.compile(r"(?:租|借)(?:你们|的|了|过|回来)[^，。]{0,8}(?:不用了|用不着|用不上|用完|不要了)|(?:租|借)[^，。]{0,8}(?:怎么|咋|想|要)(?:还|退)")
LENT = re.compile(r"租|借|辅具|轮椅|床|拐|助行|氧|(?<!订的)东西|还(?:给|回|掉|了)|(?:收|拿|拉|搬|取)(?:走|回)")
"""Words of something lent: 退 alone calls off an order (全退了)."""
ENTITLED = re.compile(r"政府|国家|免费|优惠|条件|资格|符合|补贴|补助|报销|够不够|管不管|申请得")
"""Words that ask whether one may."""


def claims(conversation: Conversation, turn: Turn) -> bool:
    """Whether a booking begins with this turn."""
    if conversation.task:
        return False
    if offered.before(conversation, turn) or wished.told_for(conversation, turn):
        return True
    if not turn.all("service"):
        return _of_what_was_told(conversation, turn) or _gives_back(conversation, turn)
    if _gives_back(conversation, turn):
        return True
    if turn.intent == "out_of_scope" and turn.meant in turn.all("service") and not is_question(turn.text):
        return True
    if turn.intent == "eligibility_ask" and turn.all("aid") and TAKEN_OUT.search(turn.text):
        return True
    if turn.intent == "order_reschedule" or turn.intent == "order_status" and not conversation.recall("last_order"):
        return bool(NEW.search(turn.text)) and not STANDING.search(turn.text) or _asks_to_come(turn)
    if turn.intent != "eligibility_ask" or ENTITLED.search(turn.text):
        return False
    if COMING.search(turn.text):
        return True
    plain = [code for code in turn.all("service") if (item := service_item(conversation.region, code)) and item.kind != APPLICATION]
    known = [code for code in plain if code in OF_SERVICE]
    return bool(plain) and (bool(WANTED.search(turn.text)) or not known)


def _asks_to_come(turn: Turn) -> bool:
    """Whether it is asked if, or when, somebody can come for it, and nothing of an order that stands (几时能来修灯; 今天来打扫行不)."""
    if ORDERED.search(turn.text):
        return False
    for said in (e for e in turn.of("service") if e.end):
        before, behind = turn.text[: said.start], turn.text[said.end :]
        if COMES.search(before) and (ABLE.search(before) or MAY.match(behind) or turn.all("time")):
            return True
    return False


def _of_what_was_told(conversation: Conversation, turn: Turn) -> bool:
    """“那先约下星期二” after a service was told of, when nothing is ordered yet that could be moved."""
    if turn.intent not in ("order_reschedule", "order_status") or conversation.recall("last_order") or not turn.all("time"):
        return False
    return bool(conversation.recall(SERVICE_SPOKEN_OF)) and bool(NEW.search(turn.text) or FIRST.search(turn.text))


def _gives_back(conversation: Conversation, turn: Turn) -> bool:
    """“租你们那张床不用了，怎么退”: an aid goes back, where no rental of this conversation is meant, which has not come yet."""
    if finding.goes_back(conversation, turn):
        return True
    standing = conversation.recall("ordered_services") or []
    if turn.intent not in ("order_cancel", "order_status", "order_reschedule") or "aids_rental" in standing:
        return False
    lent = turn.all("aid") or turn.all("service") or LENT.search(turn.text)
    return turn.meant == "aids_return" and bool(lent) or bool(RETURNED.search(turn.text))

"""Those who care for somebody and can no more: a warm word first, then that the elder can stay somewhere for some days.

“天天守到我婆婆，人都熬垮了，有没有地方托几日让我缓口气” names no service; whoever says that they are worn out by caring is told of one.
"""

from __future__ import annotations

import re

from sqlalchemy.orm import Session

from care import offers
from care.conversation.model import Conversation
from care.eligibility import whom
from care.reply import Outcome
from care.service_list import RELATION_SPOKEN_OF, SERVICE_SPOKEN_OF
from care.texts import phrase, reply
from care.turn import Turn

RESPITE = "respite"
WISH = "我要约喘息服务"
ELDER = (
    r"(?:我|俺|额|咱)?(?:家|屋里)?(?:的|那)?(?:老)?(?:妈妈?|爸爸?|爹|娘|母亲|父亲|公公|婆婆|爷爷?|奶奶?|外公|外婆|姥姥|姥爷|老伴|老头子?|老太婆|老婆|老公"
    r"|岳母|岳父|丈母娘|丈人|老人|老的|老娘|老爹|老爷子|老太太|阿[妈爸公婆嫲]|姆妈|家婆|伯父?|姑姑?|姨|俩老|两老|两个老|他|她|佢)"
)
CARES = re.compile(
    r"照[顾料看应]|伺候|侍候|服侍|守(?:着|到|了|住|在)|看护|看(?:着|住|到)|睇(?:住|实)|护理|端屎端尿|喂饭|擦身|"
    rf"(?:带|陪|顾|管)(?:着|住|到)?{ELDER}|离不(?:了|开|得)人|走不开|脱不(?:了|开)身|没人(?:管|顾|照)|(?:瘫|失智|糊涂|卧床|痴呆)"
)
"""Words of somebody who has an elder to look after."""
WORN = re.compile(
    r"(?:熬|累|拖|搞|弄|折腾|磨)(?:得|到)?[^，。]{0,4}(?:垮|倒|趴|散架|不行|没形|脱了?[形相]|不成人|半条命|够呛|狠|病|哭|死)|快?(?:垮|倒下|崩溃|疯)(?:了|咯|哒)?|散了?架"
    r"|(?:撑|顶|扛|熬|挺|吃|受|搞|坚持)(?:不|唔)(?:住|下去?|消|了|顺|到)|(?:喘|缓|松|透|歇)(?:一?口|口|下|一下)?气|(?:歇|休息|松快|轻松|松泛|缓|换换?)(?:一?歇|一下|下|一?两?[几两天]天?|几日|一会)"
    r"|攰|累(?:坏|得很|极|得慌|人|得)|(?:腰|背|腿)[^，。]{0,3}(?:直不起|断|累)|(?:睡|合)不(?:了|成|着|上)(?:觉|眼)?|觉都(?:睡|没)|没(?:睡|合)过[^，。]{0,4}(?:觉|眼)|睡不好|歇[^，。]{0,3}(?:礼拜|星期|周)|人都(?:瘦|老|木)|吃不消|身体(?:也)?(?:垮|不行|拖)"
)
"""Words of somebody who is worn out."""
STAYS = re.compile(
    r"(?:托|寄|放|住|送|搁|待|呆)(?:出去|过去|养|管|到|在)?(?:[^，。]{0,8})(?:几|两|三|十来?|半|个把|一)(?:个)?(?:天|日|宿|晚|周|星期|礼拜|月)|短(?:期|住|托)|托(?:养|管)|送(?:他|她|老人)?(?:出去|走)(?:几|住)"
    r"|(?:替|帮|代|换|顶)(?:替|换|顶|顾|我|下|一下|手|把手)?[^，。]{0,4}(?:几|两|一)?(?:天|日|下|把|手)|(?:替|顶|换)(?:替|我|换)|有(?:没有|冇|啥|什么)?(?:个)?(?:地方|办法|法子|人)"
)
"""Words that ask for somebody or some place to take over for a while."""
LEAVES = re.compile(
    r"(?:要|得)(?:出(?:趟|个)?(?:远)?门|去外地|出差|回老家|住院|做手术|动手术|开刀)|(?:出(?:趟|个)?门|出差|住院|手术)"
)
"""Why a carer cannot be there for a while."""
REMEDY = re.compile(r"吃[^，。]{0,4}药|[啥什]么?药|挂号|血压|血糖|打针")
"""What a doctor is asked."""
BOOKS = re.compile(r"(?:帮|给|替)我[^，。]{0,4}(?:约|订|登记|申请)|^(?:我)?(?:要|想)(?:约|订|预约)|(?:放|送|住|托|搁)(?:在|到)?你们(?:那|这)")
"""Who says plainly that it is to be booked, or that the elder shall come to us, needs no offer."""
TOLD_TO_ORDER = frozenset({"phone", "address", "order_number"})
NOT_OURS = frozenset({
    "emergency", "human", "callback", "complain", "order_cancel", "order_reschedule", "stop", "affirm", "deny", "bye", "abuse",
    "thanks", "repeat",
})  # fmt: skip


def claims(conversation: Conversation, turn: Turn) -> bool:
    """Whether somebody who cares is worn out, or cannot be there, and a place for some days would help."""
    if conversation.task or turn.intent in NOT_OURS or any(e.kind in TOLD_TO_ORDER for e in turn.entities):
        return False
    text = turn.text
    if BOOKS.search(text) or any(value.get("date") for value in turn.all("time") if isinstance(value, dict)):
        return False
    if not CARES.search(text) or not (turn.all("relation") or re.search(ELDER, text)):
        return False
    asks = bool(STAYS.search(text))
    if turn.intent == "medical_advice" and not asks or REMEDY.search(text):
        return False
    return bool(WORN.search(text)) and (asks or turn.intent not in ("policy_ask", "eligibility_ask", "order_status")) or (
        asks and bool(LEAVES.search(text))
    )


def takes_up(conversation: Conversation) -> bool:
    """Whether the stay offered to somebody who cares is what is booked now: it is for whoever is cared for."""
    return offers.wish(conversation) == WISH


def answer(session: Session, conversation: Conversation, turn: Turn) -> Outcome:
    """The warm word, and the offer of a stay."""
    worn = bool(WORN.search(turn.text))
    relation = whom.relation(turn)
    whose = "老人" if relation in (None, whom.SELF) else whom.who(relation)
    conversation.remember(**{SERVICE_SPOKEN_OF: RESPITE, RELATION_SPOKEN_OF: str(turn.last("relation") or "")})
    offers.leave_open(conversation, WISH)
    said = reply("company.respite", comfort=phrase("company.respite_worn" if worn else "company.respite_away"), who=whose)
    return Outcome([said], "answered")

"""What is asked on after a check or a document: why, where to apply and what to bring, how long it takes, may one go for another."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy.orm import Session

from care.conversation.model import Conversation
from care.eligibility.claims import MEMORY
from care.eligibility.known import facts_of
from care.eligibility.offer import offered
from care.eligibility.rules import NATIONAL, benefits, is_national
from care.eligibility.verdict import Verdict, check
from care.eligibility.wording import how, on_behalf, why
from care.policy import known_besides, silent_on, told_of
from care.reply import Outcome
from care.texts import reply
from care.turn import Turn

LONGEST = 15
"""Longest words, in characters, that only ask on."""
NEVER = frozenset({"human", "callback", "bye", "emergency", "scam", "order_cancel", "order_reschedule", "privacy"})
"""What people say for its own sake, also after a check."""
OF_SOMETHING_ELSE = frozenset({"service", "phone", "address", "order_number", "person_name"})
_WHAT = r"(?:啥|什么|甚么|么子|么[里事个]|乜嘢?|咩|嘛|哪些|哪样)"
_WHERE = rf"(?:哪(?:里|儿|个|家|块|边|头)?|边度|边个|何处|{_WHAT}(?:地方|部门|单位|人)|谁)"
_LONG = r"(?:多久|好久|几久|几耐|多长时间|多少天|好多天|几(?:多)?天|几日|几个?(?:月|星期|礼拜)|几时|什么时候|啥时候|啥时|么子时候|多会儿|多早晚|哪天)"
HOW_LONG = re.compile(
    rf"等{_LONG}|{_LONG}(?:能|才|可以|会|得|就)*[^，来去上]{{0,3}}(?:批|下来|办|弄|装|轮|排|搞|回音|消息|信|结果|答复|领|拿|发|到手|好)|(?:得|要|需要?|用|花)(?:等)?{_LONG}(?:呀|啊|呢|咧|嘞)?$|^(?:那|大概|一般)?{_LONG}(?:呀|啊|呢|咧|嘞)?$"
)
"""How long an application takes."""
TIMES = re.compile(r"一[次回趟]|来看|上门|开门|上班")
"""Words with which one asks how often or when somebody comes."""
WHY = re.compile(
    rf"为(?:{_WHAT}|何|咋)|凭{_WHAT}|(?:怎么|咋|点解|做么[子事]?|干嘛|搞么)(?:个|样|就|还|又|会|都)*(?:不|没|冇|唔|够|算)|点解|{_WHAT}(?:原因|道理|缘故|理由)|(?:哪(?:里|儿|点|一?条|样)?|{_WHAT}(?:地方|条件)?)(?:就|都)?(?:不|没|冇|唔)(?:够|符合|行|合|达|对)"
)
"""Why the check came out as it did."""
APPLY = re.compile(
    rf"(?:去|到|上|在|跑|往|找|问){_WHERE}|{_WHERE}(?:能|可以|好)?(?:申请|办|报名|登记|弄|领)|(?:带|拿|备|准备|交)(?:些|点|上|好|齐)*{_WHAT}(?!用|时)|{_WHAT}(?:材料|手续|证件?|资料)|(?:材料|手续|证件|资料)(?:呢|咧|是|要|有|带)*(?:{_WHAT}|[吗么不]?$)|(?:怎么|咋|怎样|如何|点样?|么样)(?:样|个|才)*(?:去|能)?(?:申请|报名?|登记|领|弄|搞|签(?:约|的|呀|啊|呢)?|办(?:理|手续|的|呀|啊|呢|下来)?(?!$))"
)
"""Where to apply and what to bring."""
HAVE_IT_DONE = re.compile(r"(?:帮|替)[我俺额咱她他]|(?<!不)给[我俺额咱](?!讲|说|念)|我[都就]?有|[不甭别](?:用|要|必|办|问)|算了|办好了")
"""Words that want it done, have it, or want no more."""
_DOES = r"(?:去|来|跑|上门)*(?:办|申请|领|弄|交|报名|登记|签|填|跑)"
_FAMILY = r"(?:[我俺咱她他](?:们)?(?:家)?)?(?:大|小|二)?(?:哥哥?|弟弟?|姐姐?|妹妹?|女婿|儿子|女儿|儿女|子女|孩子|家里人|家属|家人|亲戚|邻居|别人|旁人|老伴|孙子|媳妇|儿媳妇?|闺女|仔女?|伢子?)"
_ELDER = r"(?:她|他|佢|[我俺咱]?(?:妈|爸|爹|娘|老伴|爷爷|奶奶|姥姥|外婆|公公|婆婆)|老人家?|本人)"
_MAY = r"(?:行|可以|能|成|得|中)(?:不|吗|么|冇|唔|啵)"
ON_BEHALF = re.compile(
    rf"(?:替|帮|代){_ELDER}{_DOES}?[^，]{{0,3}}{_MAY}|(?:能|可以|行不行|好不好)[^，]{{0,4}}(?:替|帮|代){_ELDER}{_DOES}"
    rf"|代(?:办|领|申请|签|交)|委托{_FAMILY}|(?:让|叫|喊|请|由|托){_FAMILY}(?:去|来|帮|替|代)*{_DOES}|{_FAMILY}(?:能|可以)(?:不能|不可以)?(?:去|来|帮|替|代)*{_DOES}"
    r"|本人(?:不|没|唔)(?:用|能|在|到|去|来)|(?:要|得|用|非得?|必须|一定)(?:不要|不用)?(?:本人|自己|亲自)(?:去|到|来|跑|办)"
    r"|(?:去不了|去不成|来不了|走不动|走不了|下不了床|出不了门|没法去|不方便去)[^，]{0,2}(?:怎么|咋|点|么样|行|可以|能|成)"
)
"""Whether somebody else may go for the old person."""
OF_US = re.compile(r"[你您]们?")
"""Words to us: who asks us to do it for the old person wants it (你们能帮她办吗)."""
SIGNS = re.compile(r"签|材料|证件?|手续|[带备交](?:些|点|上|好|齐)*" + _WHAT)
"""Of an offer to apply for something: what to do for it, not that it is to be done (怎么办 takes it up)."""
KINDS = (("how_long", HOW_LONG), ("why", WHY), ("apply", APPLY))
OF_A_DOCUMENT = frozenset({"on_behalf", "apply"})
"""What the papers leave out and is known of every benefit: asked after a document that told something else."""


def asks_on(conversation: Conversation, turn: Turn) -> bool:
    """Whether words straight after a check or a document ask on about it, and no document knows better."""
    if conversation.task or turn.intent in NEVER or len(turn.text) > LONGEST:
        return False
    kind = _asked(turn.text)
    last = _looked_at(conversation) if kind else {}
    if not last or any(_of_something_else(entity.kind, entity.value, last) for entity in turn.entities):
        return False
    if "outcome" in last:
        return True
    if not told_of(conversation)[0]:
        return kind == "on_behalf" or kind == "apply" and bool(SIGNS.search(turn.text))
    return kind != "why" and (silent_on(conversation) or kind in OF_A_DOCUMENT and not known_besides(conversation, turn.text))


def answer(session: Session, conversation: Conversation, turn: Turn) -> Outcome:
    """The answer; what was looked at stays in mind for the next question."""
    last = _looked_at(conversation)
    conversation.remember(**{MEMORY: {**last, "message": turn.message_id}})
    benefit = benefits()[last["benefit"]]
    facts = facts_of(conversation, last)
    verdict = _verdict(last, facts)
    kind = _asked(turn.text)
    if kind == "on_behalf":
        return Outcome([on_behalf(verdict, facts)], "answered")
    if kind == "apply":
        return Outcome([how(verdict, facts)], "answered")
    if kind == "how_long":
        return Outcome([reply("eligibility.how_long", title=benefit.title)], "answered")
    return Outcome([why(verdict, facts, last.get("relation"))], "answered")


def _asked(text: str) -> str:
    """What is asked: on_behalf, how_long, why or apply; empty where nothing of these."""
    if ON_BEHALF.search(text) and not OF_US.search(text):
        return "on_behalf"
    if TIMES.search(text) or HAVE_IT_DONE.search(text):
        return ""
    return next((kind for kind, words in KINDS if words.search(text)), "")


def _of_something_else(kind: str, value: Any, last: dict[str, Any]) -> bool:
    its_own = kind == "service" and value in (last["benefit"], benefits()[last["benefit"]].service)
    return kind in OF_SOMETHING_ELSE and not its_own


def _looked_at(conversation: Conversation) -> dict[str, Any]:
    """The check told a moment ago, or whose application was offered again just now; else the benefit that a document was asked about or that was offered."""
    last: dict[str, Any] = conversation.recall(MEMORY, {})
    if last.get("message") and (last["message"] == conversation.recall("handled") or last["benefit"] == offered(conversation)):
        return last
    topic, region = told_of(conversation)
    if topic in benefits() and region:
        return {"benefit": topic, "relation": None, "region": region}
    if about := offered(conversation):
        return {"benefit": about, "relation": None, "region": conversation.region}
    return {}


def _verdict(last: dict[str, Any], facts: dict[str, Any]) -> Verdict:
    region = NATIONAL if is_national(last["benefit"]) else last.get("region") or NATIONAL
    return check(region, last["benefit"], facts, tuple(last.get("asked", ())))

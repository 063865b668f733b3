"""Whether words alter an order that stands, although the bot took them for a new one: “刚才那个饭加一份”."""

from __future__ import annotations

import re

from sqlalchemy.orm import Session

from care.conversation.model import Conversation
from care.orders import afterwards, finding, meaning, speech
from care.orders.model import CANCELLED
from care.orders.service import by_number
from care.reply import Choice, Reply
from care.service_list import aliases
from care.texts import reply
from care.turn import Turn

ALTERS = frozenset({meaning.CHANGE, meaning.CANCEL})
TAKEN_OVER = frozenset({"book", "add_item", "inform", "correct", "nlu_fallback"})
JUST_NOW = re.compile(
    r"(?:刚才|刚刚|方才|才刚|刚)(?:订|定|约|叫|说|要)?(?:的|好的?|那)?[^，。]{0,6}[，,]?(?:再|给我)?(?:加|多|减|少|改|变|换)"
)
"""Words about what was ordered a moment ago, and that it is to be otherwise."""
MORE_OF_IT = re.compile(r"^(?:那|哦|对了|等等|，)*(?:再)?多(?:送|加|订|来)(?:一|两|1|2)份[吧啊呗]?$")
"""One more of what was ordered a moment ago (再多送一份)."""
CANCELS = re.compile(
    r"取消|退掉|退了|撤了|撤掉|撤单|(?:不要|不订|不约|不去|不洗|不送|不做|不办|不吃)了|(?:别|莫|唔好|甭)(?:再)?(?:送|来|做)(?:了|$|，)|不用(?:来|送|做)了?|(?:洗|吃|去|做|剪|弄|看)不(?:成|了)了?(?:$|，)"
)
"""Words that, after an order, mean that order; it is repeated and asked about before anything is cancelled."""
TO_ELSEWHERE = re.compile(
    r"(?:饭|餐|东西|人)?[^，。]{0,3}(?:送|改)(?:去|到)?[^，。]{0,8}(?:那边|那里|那儿|那头|家里?)(?:去|吧|$|，)|搬(?:到|去)[^，。]{1,8}(?:家|那)|换(?:了|个)?(?:地方|地址|住处)|搬(?:了)?家"
)
"""Words that, after an order, have it brought to another place, of which the address is still to be told."""
FOR_ANOTHER = re.compile(r"也|再|另|又|多送")
"""These order for somebody else as well."""
NOT_NEEDED = re.compile(
    r"(?:不用|不必|甭|唔使|莫|别)(?:再)?(?:让?人)?(?:白)?(?:跑|上门|来|派(?:人|师傅|车)(?:来)?)(?:了|啦|一趟|这趟)(?!.{0,2}电话)"
)
"""Nobody need come any more (我闺女擦过了，你们就不用跑了)."""
GRUDGE = re.compile(r"投诉|态度|没来|迟到|晚了|骂|凶|差劲|什么人|怎么搞|再也|下次|以后")
"""Words of a complaint, or about later times."""
BACK_AGAIN = re.compile(
    r"(?:还是|又|再)(?:给我)?(?:留着|要|来吧|送吧|洗吧|剪吧|去吧|恢复)|别退|不退了|莫退|不取消了|别取消|恢复"
)
"""Second thoughts after a cancellation: the same is booked anew."""
TOLD_WRONG = re.compile(
    r"(?:门牌|地址|楼号|楼层|栋号|房号|时间|日子|钟点|哪天)[^，。]{0,4}(?:(?:说|讲|念|记|报|写|弄|搞)错|错了|不对)"
)
SHIFTED = re.compile(
    r"往[后前]头?(?:挪|推|移|延|错)|挪[一两到后]|推[后迟]|顺延|错开[一两]?天|(?:提前|延后|改晚|改早)[一两]天"
)
"""Words that move what was ordered, whatever else is told as the reason (那天村里体检，往后挪一天)."""
OLD_ONE = re.compile(r"[，,]?(?:而)?不是[^，。,]+")
"""What is said to be wrong, beside what is right (是五栋三零二，不是三栋)."""
SO_MANY = re.compile(
    r"(?:饭|餐|菜)[^，。]{0,4}(?:得|要|改|变|换)[^，。]{0,3}[一二两三四五六七八九十0-9]+(?:个人|份|位|口人)|(?:饭|餐)[^，。]{0,3}就(?:送|要|订)[^，。]{0,2}[一二两三四五六七八九十0-9]+份"
)
"""How many it must be now, told of the meal (孙子来了，饭得四个人的)."""
RATED = re.compile(r"(?:给|打|评)(?:你们|[他她]们?|这顿|这次)?[^，。]{0,3}[一二两三四五0-9]分")
"""Points for what was ordered."""
MEAL = "meal"
KEPT_OFF = re.compile(r"别|不用|不要|不想|取消|没|再说一")
INSTEAD = re.compile(
    r"(?:不要|不订|不约|不做|不洗|不剪|不送|取消|退|算)(?:了|掉)?[^。]{0,6}(?:换成?|改成?|改约|改订)([^，。]{2,12})"
)
"""Something else instead of what was ordered."""
_PART = r"[0-9零〇一二三四五六七八九十百]+(?:号楼|号院|号|栋|幢|座|单元|室|门|组|片)?"
RIGHT_NOT_WRONG = re.compile(rf"是(?P<right>{_PART})[，, ]?(?:而)?不是(?P<wrong>{_PART})")
WRONG_BUT_RIGHT = re.compile(rf"不是(?P<wrong>{_PART})[，, ]?(?:而|应该)?是(?P<right>{_PART})")
INSTEAD_OF = "wanted_instead"
REFUSING = ("deny", "stop")
CANCELLING = "取消刚才的订单，"
"""Put before words that are to be taken up as a cancellation."""


def cancelling(conversation: Conversation, turn: Turn) -> str:
    """The words to take up when the order made last, or some of its days, is not wanted any more (那两天不要了)."""
    if not conversation.recall(finding.LAST) or not CANCELS.search(turn.text):
        return ""
    plain = afterwards.PLAINLY.search(turn.text) and not turn.all("service")
    meant = turn.intent in REFUSING or turn.all("time") or turn.all("duration") or plain
    return CANCELLING + turn.text if meant else ""


MOVING = "我要改刚才的订单，"
"""Put before words that are to be taken up as a change."""
SENT_TO = re.compile(r"(?:送到?|改到?|换到?|搬到?)[^，。]{1,}")


def redirecting(conversation: Conversation, turn: Turn) -> str:
    """The words to take up when, after an order, another address is told (送到东城区我女儿那边行吗)."""
    elsewhere = turn.all("address") and SENT_TO.search(turn.text)
    return MOVING + turn.text if conversation.recall(finding.LAST) and elsewhere else ""


def claims(conversation: Conversation, turn: Turn) -> bool:
    """Whether the change task takes this turn: an order was made in this conversation, and no task is open."""
    if conversation.task or not conversation.recall(finding.LAST):
        return False
    if turn.text.startswith((MOVING, CANCELLING)) or afterwards.means(conversation, turn) in ALTERS:
        return True
    if turn.intent not in TAKEN_OVER:
        return False
    text = turn.text
    return bool(
        JUST_NOW.search(text) or MORE_OF_IT.search(text) or (TO_ELSEWHERE.search(text) and not FOR_ANOTHER.search(text))
    )


def retold(session: Session, conversation: Conversation, text: str) -> str:
    """Words about the order made last, said so that they are heard as what they are; empty when they are no such words.

    The same once more (照这个下礼拜再来一回) is a new order; something else instead (打扫不要了，换成理发) is a cancellation,
    after which the other is offered.
    """
    order = by_number(session, conversation.recall(finding.LAST) or "") if not conversation.task else None
    if order is None or not finding.may_hear(conversation, order):
        return ""
    if order.status == CANCELLED and BACK_AGAIN.search(text):
        what = order.particulars.get("problem") or ""
        return "，".join(one for one in (f"我想再订{speech.name(order)}", str(what), speech.when(order)) if one)
    if fixed := put_right(order.address, text):
        return f"{MOVING}地址改成{fixed}"
    named = _service_in(text)
    like_it = named is None or named[1] == order.service
    if like_it and meaning.of_words(text) == meaning.AGAIN and not KEPT_OFF.search(text):
        return speech.once_more(order, text)
    if NOT_NEEDED.search(text) and not GRUDGE.search(text):
        return CANCELLING + text
    of_meal = order.service == MEAL and SO_MANY.search(text) and not FOR_ANOTHER.search(text)
    if SHIFTED.search(text) and not GRUDGE.search(text):
        return MOVING + text
    if TOLD_WRONG.search(text) or of_meal:
        return MOVING + OLD_ONE.sub("", text)
    if RATED.search(text):
        return f"给{speech.name(order)}打分，{text}"
    if (found := INSTEAD.search(text)) and (wanted := _service_in(found[1])) and wanted[1] != order.service:
        conversation.remember(**{INSTEAD_OF: wanted[0]})
        return CANCELLING + speech.name(order)
    return ""


def wanted_instead(conversation: Conversation) -> list[Reply]:
    """The offer of what was wanted instead of the order that is cancelled now."""
    name = conversation.recall(INSTEAD_OF)
    conversation.remember(**{INSTEAD_OF: None})
    if not name:
        return []
    taps = (Choice(f"对，订{name}", f"我想订{name}"), Choice("先不用", "先不用"))
    return [reply("orders.instead", name=name, choices=taps)]


def put_right(address: str, text: str) -> str:
    """The address with one number instead of another (是21号，不是12号); empty when the words name none in it."""
    found = RIGHT_NOT_WRONG.search(text) or WRONG_BUT_RIGHT.search(text)
    if not found or not address:
        return ""
    wrong, right = found["wrong"], found["right"]
    held = next((one for one in (wrong, wrong.translate(finding.HANZI)) if one in address), "")
    if not held:
        return ""
    unit = held.lstrip("0123456789零〇一二三四五六七八九十百")
    if held.isascii() or held[0].isdigit():
        right = right if re.search("[十百]", right) else right.translate(finding.HANZI)
    plain = right if right.lstrip("0123456789零〇一二三四五六七八九十百") else right + unit
    return address.replace(held, plain, 1)


def _service_in(words: str) -> tuple[str, str] | None:
    """The service that these words name, and its code."""
    name = max((alias for alias in aliases() if alias in words), key=len, default="")
    return (name, aliases()[name]) if name else None

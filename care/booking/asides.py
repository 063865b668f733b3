"""A question in the middle of a booking that reached the booking: answered, so that the booking can go on."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from care import agreement, policy
from care.booking import data
from care.booking.hearing import Hearing, bare, is_question
from care.booking.missing import CONFIRM
from care.booking.when_words import say_when
from care.conversation.model import Conversation
from care.orders import finding
from care.reply import Reply
from care.service_list import aside, ready
from care.texts import reply
from care.turn import Entity, Turn
from care.wording import say_address, say_calendar_day

LONGER = re.compile(r"续(?:租|借|订|上|一|两|二|三|半|到|几)|延长|多(?:租|用)(?:一|两|二|三|半|几)")
CHANGING = "改一下订单，"
"""Put before words that are to be taken up as the change of an order."""
RECAP = re.compile(
    r"(?:刚才|刚刚|刚|你|您)[^，。,]{0,6}(?:说|讲|订|约|定|念|报)[^，。,]{0,4}(?:几点|哪一?[天日]|几号|什么时候|啥时候|几时|哪儿|哪里|什么地方|啥地方|边度)"
    r"|(?<![今天现在日])(?<!礼拜)(?:几点|哪一?[天日]|哪里|哪儿|什么时候|啥时候)来着"
)
"""Words that want said again what is booked (你刚刚讲的是几点来着)."""
PAYS = re.compile(
    r"(?:钱|费|账)[^，。,]{0,8}(?:怎么|咋|何什|点样|什么时候|啥时候|几时|先|再|现在|当场|时候|哪个时候)[^，。,]{0,4}(?:给|付|交|结|算|收)"
    r"|(?:送来|来了|洗完|做完|弄完|修好|完事|完了|上门|到了|到时)[^，。,]{0,4}(?:再|才|时候)(?:给|付|交|结)(?:钱|账)?|货到付|先(?:给|交|付)钱|(?:给|付|交)现金|微信(?:付|给|转)"
)
PAY_ASKED = re.compile(r"[?？]|吧|吗|么|呢|啰|咯|嘛|不$|怎么|咋|何什|什么时候|啥时候|几时|哪个时候|点样|是不是|要不要|得不得")
"""When and how it is paid is asked (钱是送来再给吧)."""
GIVEN_BACK = re.compile(r"(?:什么时候|啥时候|几时|多会儿|哪天|几号|到哪天|到几号)[^，。]{0,4}(?:还|到期|拿回|收走)")
"""Words that ask until when something is lent."""
_WISH = re.compile(
    r"(?:那|哎|对了|还有|顺便|另外|你们|您们|你|还|我|俺|咱|额|伢|也|就|再)*(?:想要?|要|需要|想请|想找|能不能|可不可以|能|帮我|帮俺|给我|给俺|有没有人|找人|找个人|请人|叫人|来个人|派人|上门|来家里|一下)+(?:一?个)?"
    r"([\u4e00-\u9fff]{2,7}?)(?:的|的师傅|的人|吗|不|么|行不行|可以吗|一下)?"
)
"""A short wish; what it is for stands behind."""
_REPEATED = re.compile(r"(.{1,3})\1+")
"""要得要得."""
_CAN = re.compile(r"能不能|可不可以|有没有人|(?:吗|不|么|行不行|可以吗)[？?]?$")
_NO_SERVICE = re.compile(
    r"^[问说讲想看听知晓改换回退取等睡上喝坐走死哭备带穿脱烧]|^(?:自己|提前|先|准备|预备|空腹|签字|家属|陪)|[问说讲]|厕所|多少|什么|电话|地址|时间|名字|单子|订单|你们?|您|清楚|明白|知道|约|订|定"
)
"""Wishes that are no service: to ask, to think it over, to change something."""
TELLING = (
    "time",
    "quantity",
    "duration",
    "address",
    "phone",
    "person_name",
    "service",
    "facility",
    "department",
    "aid",
    "relation",
)
"""Kinds of entity with which a question fills what was asked for (能后天来吗), or wishes for something."""
MOST = 2
"""Answers to one turn."""
_PIECE = re.compile(r"[^，。,；;！!？?\s]+[？?]?")
REPEATED = ("time", "quantity", "duration", "address", "phone", "person_name", "service")
"""Kinds that a read-back says."""
LITTLE_MORE = 3
"""Characters beside them that ask nothing new (是……吧)."""
PRICED = ("quantity", "duration")
"""Kinds of entity of which the price may be asked."""
OF_POLICIES = re.compile(
    r"政策|补贴|补助|津贴|报销|文件|规定|政府|国家|民政|条件|资格|符合|方案|标准|哪些人|什么人能|岁"
)
"""Words of a question about what is laid down; another one of which the list knows something is about what is being booked."""
_OF_RULES = ("policy_ask", "policy_compare", "eligibility_ask")
"""Intents of questions that a document may answer."""
OF_THE_VISIT = re.compile(
    r"带|准备|备好|谁来|什么人|几个人|多久|多长时间|提前|来的|师傅|护士|护理员|上门|工具|毛巾|热水|取消|退|中午|午睡|接送"
)
"""Words of a question about what is being booked, also where it sounds like one about a policy."""
OF_PAYING = re.compile(r"租金|押金|租费|工钱|付钱|给钱|付款|现金|微信|扫码|车费|材料费|零件|收费|多少钱|几多钱|好多钱|几块")
"""Words of a question about the price of what is being booked, whatever topic it also names."""
_NEVER_MIND = re.compile(r"算了|不问了|不管|随便|拉倒|无所谓|就这样")
"""Words that take a question back."""
_TAGS = re.compile(r"行不行|好不好|得不得|中不中|成不成|可不可以|(?:靠得住|靠谱|可靠|正规|有证|安全|干净|收钱|要钱|会的|带的|管的)[^，。]{0,3}吧$")
"""Questions besides the plain ones: about what is spoken of, not whether it is right."""
_AMOUNT = r"多少钱|几多钱|好多钱|几块|几钱|多钱"
_PRICE_BEHIND = re.compile(rf"[^，。,；;！!]{{0,3}}(?:{_AMOUNT}|收费|要钱|花钱|收钱|免费|不要钱|便宜|贵|价)")
_PRICE_BEFORE = re.compile(rf"(?:{_AMOUNT}(?:钱)?)[^，。,；;！!]{{0,2}}$")
PRICE = re.compile(r"多少钱|几多钱|好多钱|几块|几钱|收费|要钱|花钱|收钱|免费|不要钱|便宜|贵|价")


def without_price_of(turn: Turn) -> Turn:
    """The turn without the amount of which only the price is asked (一个月多少钱, 一份几块): nothing is agreed on by it."""
    kept = tuple(e for e in turn.entities if e.kind not in PRICED or not _priced(turn.text, e))
    return replace(turn, entities=kept)


def _priced(text: str, said: Entity) -> bool:
    start = said.start if said.end else text.find(said.text)
    behind, before = text[start + len(said.text) :], text[: max(start, 0)]
    return bool(_PRICE_BEHIND.match(behind) or _PRICE_BEFORE.search(before))


def answer_price(hearing: Hearing) -> None:
    """What it costs, asked beside something that was taken (两份，多少钱啊)."""
    if hearing.notes or not PRICE.search(hearing.turn.text) or not is_question(hearing.turn.text):
        return
    said = answer(hearing) if hearing.turn.intent not in ("dont_know", "affirm", "correct") else []
    hearing.notes += said
    hearing.draft.prompt = "" if said else hearing.draft.prompt
    hearing.handled = hearing.handled or bool(said)


def answer_recap(hearing: Hearing) -> None:
    """“你刚才说的是几点来着”, “钱是送来再给吧”: said again or told, whatever was being asked."""
    draft, text, item = hearing.draft, hearing.turn.text, hearing.item
    if hearing.fresh or hearing.notes or item is None:
        return
    if RECAP.search(text):
        when = say_when(draft, hearing.today, full=False) if item.dated else ""
        where = draft.address if draft.address and draft.address not in draft.guarded else ""
        said = "，".join(one for one in (when, say_address(where) if where else "") if one)
        hearing.note("recap", what=data.service_name(item) + ("，" + said if said else ""))
    elif PAYS.search(text) and PAY_ASKED.search(text):
        hearing.note("answer_pay" if item.price else "answer_pay_unknown")
    else:
        return
    draft.prompt = ""


def answer_beside(hearing: Hearing) -> None:
    """What the list says to a question in which something was only told again (来陪的是些什么人), or beside what was told
    (后天上午十点来，要准备啥不)."""
    if hearing.fresh or hearing.notes and not hearing.remarked or not asks(hearing.turn):
        return
    if hearing.changed:
        if PRICE.search(hearing.turn.text):
            return  # answer_price
        said = told_by_list(hearing.conversation, hearing.turn, hearing.draft.service, besides=True)
    elif hearing.handled:
        open_question = hearing.asked == CONFIRM and not hearing.draft.changing and not _only_repeats(hearing)
        said = answer(hearing, at_least="booking.aside_unknown" if open_question else "")
    else:
        return
    hearing.notes += said
    hearing.draft.prompt = "" if said else hearing.draft.prompt


def _only_repeats(hearing: Hearing) -> bool:
    """Whether a question only names what was read back (是三点吧): the read-back answers it."""
    rest = hearing.turn.text
    for entity in sorted((e for e in hearing.turn.entities if e.kind in REPEATED), key=lambda e: -len(e.text)):
        rest = rest.replace(entity.text, "")
    return len(bare(rest)) <= LITTLE_MORE


def extends_a_rental(hearing: Hearing) -> bool:
    """“轮椅再续一个月”: begun as a booking, but meant is the order there is; the words are then taken up as its change."""
    turn = hearing.turn
    if not hearing.fresh or not LONGER.search(turn.text) or turn.text.startswith(CHANGING):
        return False
    if not finding.rentals(hearing.session, hearing.conversation):
        return False
    hearing.conversation.remember(again=CHANGING + turn.text)
    return True


def of_the_visit(conversation: Conversation, turn: Turn, code: str) -> bool:
    """Whether a question that sounds like one about what is laid down is about what is being booked, and the list answers it."""
    if OF_POLICIES.search(turn.text):
        return False
    other = {e.kind for e in turn.entities} & {"topic", "place", "service"}
    own = OF_PAYING.search(turn.text) or not other and (OF_THE_VISIT.search(turn.text) or ready(conversation, turn, code))
    return bool(own) and bool(told_by_list(conversation, turn, code))


def answer_policy(hearing: Hearing) -> None:
    """A question about a policy that was taken for an answer (多久上门看一次老人) is answered, and the booking goes on."""
    if hearing.fresh or hearing.changed or hearing.notes and not _only_remarked(hearing):
        return
    beside = hearing.remarked or hearing.turn.intent in _OF_RULES
    turn = _asked_beside(hearing.turn) if beside else hearing.turn
    named = turn.all("topic") and turn.all("aspect") and not turn.all("service") and not PRICE.search(turn.text)
    if not is_question(turn.text) or not (named or beside and policy.knows(hearing.conversation, turn)):
        return
    if hearing.draft.service and of_the_visit(hearing.conversation, turn, hearing.draft.service):
        return
    told = policy.answer(hearing.session, hearing.conversation, replace(turn, intent="policy_ask"))
    hearing.notes += [one.without_offer() for one in told.replies]
    hearing.draft.prompt = ""
    hearing.handled = True


def _only_remarked(hearing: Hearing) -> bool:
    """Whether a turn was of use only by what was noted of it, so that what it asks besides has no answer yet."""
    return hearing.remarked and not hearing.changed and len(hearing.notes) == 1


def _asked_beside(turn: Turn) -> Turn:
    """The question in a turn that tells something besides (公办的是不是低保的先进？我妈是低保)."""
    text = "，".join(piece for piece in _PIECE.findall(turn.text) if is_question(piece))
    return replace(turn, text=text, intent="policy_ask", entities=tuple(e for e in turn.entities if e.text in text))


def other_wish(turn: Turn) -> str:
    """What a wish in plain words is for, when nothing that is offered was recognised in it (俺想磨刀 → 磨刀)."""
    found = _WISH.fullmatch(bare(turn.text))
    if turn.intent in ("affirm", "deny") or agreement.agrees(turn) or _REPEATED.fullmatch(bare(turn.text)):
        return ""
    if not found or turn.entities or is_question(_CAN.sub("", turn.text)):
        return ""
    return "" if _NO_SERVICE.search(found.group(1)) else found.group(1)


_JUST_THIS = re.compile(r"[帮替给代](?:我|她|他|佢|老人家?|我?[妈爸爹娘])[们]?(?:办|弄|登记|申请|报名|订|约|搞)(?:一?下|好|成)?")
"""A wish for what is being booked, without its name (帮她办)."""


def not_offered(hearing: Hearing) -> list[Reply]:
    """Said honestly when something is wished for that is on no list; what is being booked goes on."""
    thing, code = other_wish(hearing.turn), hearing.draft.service
    if code and _JUST_THIS.fullmatch(thing):
        return [reply("booking.done_here")]
    if thing and code and told_by_list(hearing.conversation, hearing.turn, code):
        return []  # 要准备热水不
    return [reply("booking.not_offered", thing=thing)] if thing else []


def asks(turn: Turn) -> bool:
    """Whether a turn asks something, by its words or as learnt from examples (一个钟头够不够)."""
    learnt = [words for words in turn.doing("ask") if not agreement.yes_first(words)]
    if agreement.goes_ahead(turn.text) and (not is_question(turn.text) or _NEVER_MIND.search(turn.text)):
        return False  # 发票啊，那算了，不用开。订吧
    return is_question(turn.text) or bool(_TAGS.search(turn.text)) or bool(learnt) and (bool(turn.moves) or not agreement.agrees(turn))


def answer(hearing: Hearing, at_least: str = "booking.aside_unknown") -> list[Reply]:
    """What the service list says to a question; else that it is not known here; nothing when nothing was asked."""
    turn = hearing.turn
    if not asks(turn) or turn.intent in ("dont_know", "affirm"):
        return []
    draft, code = hearing.draft, hearing.draft.service
    if GIVEN_BACK.search(turn.text) and draft.days and draft.date and hearing.item and "duration" in hearing.item.slots:
        until = date.fromisoformat(draft.date) + timedelta(days=draft.days)
        return [reply("booking.rental_until", when=say_calendar_day(until, hearing.today))]
    said = told_by_list(hearing.conversation, turn, code) if code else []
    return said or ([reply(at_least)] if at_least else [])


def told_by_list(conversation: Conversation, turn: Turn, code: str, besides: bool = False) -> list[Reply]:
    """What the service list says to each of the questions of a turn, two at most; `besides` what a turn tells, only to clauses
    that tell nothing."""
    clauses = [piece for piece in _PIECE.findall(turn.text) if is_question(piece) or _TAGS.search(piece) or piece in turn.doing("ask")]
    if besides:
        wishes = [e.text for e in turn.entities if e.kind in TELLING]
        clauses = [piece for piece in clauses if not any(word in piece for word in wishes) or ready(conversation, replace(turn, text=piece), code)]
    said: dict[str, Reply] = {}
    for piece in clauses if clauses or besides else [turn.text]:
        price = bool(PRICE.search(piece))
        entities = tuple(e for e in turn.entities if price or e.text in piece)
        asked = replace(turn, text=piece, entities=entities, intent="price_query" if price else "service_query")
        if told := aside(conversation, asked, code):
            said.setdefault(told.say, told)
    return list(said.values())[:MOST]

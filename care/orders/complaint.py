"""The complaint task: what happened, how to reach the person, repeated, put on the desk with a number."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session

from care import agreement, company
from care.conversation import hearing
from care.conversation.model import Conversation
from care.handover import human, open_ticket, reachable
from care.orders import finding, meaning, speech
from care.orders.model import CANCELLED, Order
from care.orders.service import by_number
from care.reply import Choice, Outcome, Reply
from care.texts import phrase, reply
from care.turn import Turn
from care.wording import say_digits, say_phone

TASK = "complaint"
EMPTY = re.compile(
    r"[我俺额咱]?(要|想|得)?(给你们)?(投诉|头诉|反映(个|一个)?(问题|情况)?|提(个|点)?意见|举报|告你们|讨个说法|评理|有意见|对你们服务)+[吧啊呀了。，]*"
)
"""A sentence that only says that there is a complaint."""
MARKS = r"[\s，。,、：:；;！!？?…．.—~～]"
"""A mark or space, with which no story begins."""
SAID_ENOUGH = 5
"""Characters that must be left beside `EMPTY` for it to be a story."""
SPOKEN = 40
"""Characters of the story that are read back."""
GRAVE = re.compile(r"打人|打我|骂|弄伤|受伤|流血|偷|拿了我家|摔|丢下|摸我|冒充|推销|卖药")
"""Puts the ticket before others."""
MORE_TOLD = re.compile(r"[\u4e00-\u9fff]{5,}")
"""Words beside the question for a telephone number that tell more of what happened."""
NUMBER = re.compile(r"[0-9零〇一二三四五六七八九幺两\s，,。-]+|(?:我的?|打)?(?:电话|手机|号码)(?:号码)?(?:就?是)?")
"""What a telephone number is told in."""
MOST_TOLD = 2
"""Turns that may tell on before the number is not asked for again."""
COMPLAINS = re.compile(
    r"(?:我|俺|得|要|想|就|给|帮我|必须)[^，。]{0,6}(?:投诉|举报|讨个说法|评评?理)|(?:投诉|举报)(?:他|她|你们|那|这|一下|个)|(?:给|讨)(?:我)?(?:一)?个说法|我(?:还|也)?(?:要|得|想)?(?:给你们)?提(?:个|点)?意见|(?:我)?有(?:个|点)?意见要(?:提|讲|说)"
)
"""Words that bring a complaint whatever is being asked."""
LATER_ON = re.compile(
    r"(?:怎么|咋|如何|哪里|在哪|打什么电话)[^，。]{0,4}投诉|投诉(?:电话|怎么|到哪)|(?:不|没)(?:想|要|用)?投诉"
)
WHERE_TO = re.compile(r"(?:哪(?:里|儿|个|家)?|边度|找谁|跟谁|向谁|怎么|咋|如何|点样?|电话|打几)[^，。]{0,6}(?:投诉|告状?|反映|举报|提意见)|(?:投诉|反映|举报|提意见|告状?)[^，。]{0,4}(?:找谁|去哪|到哪|打哪|打几|电话|怎么|咋)")
"""Where one complains."""
ONLY_WHERE = 10
"""Longest words, in characters, that only ask it."""
BESIDES = re.compile(r"^(?:对|嗯|好|行|是|，|,)*(?:还有|另外|再有|对了|顺便|哦对|还有个事|还有一样|再就是)[，,]?")
"""Words that begin with something else beside the complaint (还有，明天改成三份)."""
WISHES = re.compile(
    r"(?:再|另外?|重新?|顺便|也)(?:帮我|给我|替我)?(?:订|定|约|叫|请|来[一两三几个]|送[一两三几个]|要[一两三几个])|(?:帮|给|替)(?:我|俺|额|咱|我们|老头子|老伴)(?:再|也)?(?:订|定|约|叫|请|找|派|送[一两三几个]|安排|申请|租|买|挂)"
    r"|(?:想|要|得)(?:再|请|找|叫|派)?(?:订|定|约|租|申请|请|叫|找|派)(?!个?说法)|(?:订|约|租|预约|申请|请|派)(?:一)?[个份次台张辆位]|改(?:成|到|为|在)"
    r"|(?:明|后|大后)(?:天|日|儿个?|早|晚)?[^，。]{0,8}(?:送|来)(?:[一两三几]|个|吧|我)|(?:想|要|需要)(?:一|两|三)?[个份次]?(?:洗澡|理发|送餐|打扫|陪诊|护工|轮椅|保洁)"
)
"""Words that plainly want something done, beside which a grievance is only told on."""
GRIEVES = re.compile(
    r"昨|前[天日晚年]|上(?:回|次|个?(?:星期|礼拜|周|月))|那(?:天|次|回|个|一)|刚才|当时|结果|本来|说好|明明|从来|每[次回天]|老是|总是|(?:骂|凶|嫌|吼|气|怪|赖|啰嗦|态度|冷|凉|馊|酸|臭|脏|迟|晚|慢)[得了的哒咯很死着到]|不讲理|不像话|欺负"
)
"""Words of what happened, or of blame: their clause wants nothing."""
OF_AN_ORDER = (meaning.CHANGE, meaning.CANCEL, meaning.NEW)
LEAVES_NONE = re.compile(r"(?:就|我|俺|电话|号码|也|还是)*不(?:想|用|要|愿意?)?留(?:电话|号码|了|的|啊|吧)*")
"""No telephone number is to be noted, said to the read-back."""
NO_NUMBER = re.compile(r"(?:没得?|没有|冇|莫得|不(?:知道|晓得|记得|清楚)|忘了?|记不(?:得|住|清)|找不到)[^，。]{0,3}(?:单号|单子号|号码?|单子)|(?:单号|单子号|号码?)[^，。]{0,3}(?:没有|没得|冇|忘|不(?:知道|晓得|记得)|记不)")
"""No number of an order is known: none is needed."""
NO_PHONE = re.compile(r"不留|不想留|不用留|不说|算了")


class ComplaintTask:
    """Listens, asks how to reach the person, repeats, and opens a ticket."""

    name = TASK

    def take(self, session: Session, conversation: Conversation, turn: Turn) -> Outcome:
        """Takes the story, a telephone number, a yes or a no."""
        draft = conversation.draft(TASK)
        if draft and draft.get("last_message") == turn.message_id:
            return Outcome(state=conversation.state)
        begins, heard = not draft, []
        draft["last_message"] = turn.message_id
        asking = draft.get("asking", "")
        if not begins and draft.get("what") and (turn.intent == "human" or hearing.wants_who_is_in_charge(turn.text)):
            return self._to_people(session, conversation, draft, turn)
        if turn.intent == "stop" and not begins:
            return self._end(conversation, reply("orders.complaint_stopped"), "idle")
        agreed = asking == "confirm" and agreement.agrees(turn)
        wish_goes_on = draft.get("wish") and asking == "phone" and not NO_PHONE.search(turn.text)
        if asking and (wish_goes_on or _wishes(conversation, turn)):
            heard = [] if draft.get("wish") else [reply("orders.complaint_then")]
            draft["wish"] = "，".join(words for words in (draft.get("wish"), _wished(turn, agreed)) if words)
            if not agreed:
                draft["phone"] = turn.last("phone") or draft.get("phone", "")
                conversation.keep_draft(TASK, draft)
                return Outcome(heard, conversation.state)
        if asking == "confirm":
            draft["phone"] = turn.last("phone") or draft.get("phone", "")
            if LEAVES_NONE.fullmatch(re.sub(rf"{MARKS}+", "", turn.text)):
                conversation.keep_draft(TASK, {**draft, "phone": "", "unnamed": True})
                return Outcome(heard, conversation.state)
            if agreed:
                if (more := agreement.besides(turn.text)) and not draft.get("wish"):
                    draft["what"] = f"{draft['what']}，{more}"
                return self._done(session, conversation, draft)
            if NO_NUMBER.search(turn.text) and not agreement.finds_wrong(turn.text):
                conversation.keep_draft(TASK, draft)
                return Outcome([*heard, reply("orders.complaint_no_number")], conversation.state)
            told = any(turn.all(kind) for kind in ("person_name", "order_number", "phone"))
            if turn.intent in ("deny", "correct", "go_back") and not told and not _story(turn.text.removeprefix("不对")):
                if draft.get("denied"):
                    return self._end(conversation, reply("orders.complaint_stopped"), "idle")
                draft |= {"what": "", "denied": True}
                conversation.keep_draft(TASK, draft)
                return Outcome([reply("orders.complaint_again")])
            if NUMBER.sub("", turn.text) or not turn.last("phone"):
                draft["what"] = f"{draft['what']}，{turn.text}"
        elif asking == "phone":
            if phone := turn.last("phone"):
                draft["phone"] = phone
            elif turn.intent in ("deny", "dont_know") or NO_PHONE.search(turn.text):
                draft["unnamed"] = True
            else:
                draft["misses"] = draft.get("misses", 0) + 1
                told = bool(MORE_TOLD.search(turn.text) or turn.entities or _is_name(turn.text))
                draft["unnamed"] = draft["misses"] > (MOST_TOLD if told else 1)
                if told:
                    draft["what"] = f"{draft['what']}，{turn.text.rstrip('。！!.')}"
                    heard = [reply("orders.complaint_more")]
        elif begins and len(turn.text) <= ONLY_WHERE and WHERE_TO.search(turn.text):
            heard = [reply("orders.complaint_where")]
        elif story := _story(turn.text):
            draft["what"] = story
            heard = [reply("orders.complaint_heard")]
        else:
            draft["misses"] = draft.get("misses", -1) + 1
        self._about(session, conversation, draft, turn)
        conversation.keep_draft(TASK, draft)
        return Outcome(heard, conversation.state)

    def ask(self, session: Session, conversation: Conversation, resumed: bool) -> Outcome:
        """What happened, how to reach the person, or whether it is noted right."""
        draft = conversation.draft(TASK)
        if not draft.get("what"):
            said, slot = reply("orders.ask_what", attempt=draft.get("misses", 0)), "what"
        elif not (draft.get("phone") or reachable(conversation) or draft.get("unnamed")):
            said, slot = reply("orders.ask_complaint_phone"), "phone"
        else:
            draft["phone"] = draft.get("phone") or ("" if draft.get("unnamed") else reachable(conversation))
            said, slot = self._confirmation(session, conversation, draft), "confirm"
        conversation.keep_draft(TASK, {**draft, "asking": slot})
        bridge = [reply("orders.complaint_bridge")] if resumed else []
        return Outcome([*bridge, said], "confirming" if slot == "confirm" else f"asking_{slot}", draft.get("order"))

    def _to_people(self, session: Session, conversation: Conversation, draft: dict[str, Any], turn: Turn) -> Outcome:
        """To the person in charge, with the story on the ticket: it is not told a second time."""
        story = f"{draft['what']}，{turn.text}"
        handed = human(session, conversation, replace(turn, intent="human", text=story))
        conversation.keep_draft(TASK, None)
        return Outcome(handed.replies, handed.state, draft.get("order"), finished=True)

    @staticmethod
    def _about(session: Session, conversation: Conversation, draft: dict[str, Any], turn: Turn) -> None:
        """Notes the order that it is about, if it can be told."""
        if draft.get("order"):
            return
        number = finding.spoken_number(turn)
        if number and by_number(session, number):
            draft["order"] = number
            return
        service = turn.last("service")
        orders = [order for order in finding.known(session, conversation) if order.status != CANCELLED]
        fitting = [order for order in orders if order.service == service] if service else orders
        if len(fitting) == 1:
            draft["order"] = fitting[0].number

    @staticmethod
    def _confirmation(session: Session, conversation: Conversation, draft: dict[str, Any]) -> Reply:
        what = draft["what"] if len(draft["what"]) <= SPOKEN else draft["what"][:SPOKEN] + "……"
        order: Order | None = by_number(session, draft["order"]) if draft.get("order") else None
        taps = (Choice("对，登记", "对"), Choice("不对", "不对"))
        told = draft.get("phone") if draft.get("phone") != conversation.phone else ""
        call = phrase("orders.complaint_call", phone=say_phone(told)) if told else ""
        if order is None or not finding.may_hear(conversation, order):
            return reply("orders.confirm_complaint", what=what, call=call, choices=taps)
        return reply("orders.confirm_complaint_order", what=what, order=speech.name(order), call=call, choices=taps)

    def _done(self, session: Session, conversation: Conversation, draft: dict[str, Any]) -> Outcome:
        order = f"单号{draft['order']}：" if draft.get("order") else ""
        phone = draft.get("phone") or conversation.phone
        urgent = bool(GRAVE.search(draft["what"]))
        ticket = open_ticket(session, "complaint", conversation, order + draft["what"], phone, urgent=urgent)
        key = "complaint_done" if phone else "complaint_done_unnamed"
        said = reply(
            f"orders.{key}", number=say_digits(ticket.number), card={"kind": "ticket", "number": ticket.number}
        )
        if draft.get("wish"):
            conversation.remember(again=draft["wish"])
        return self._end(conversation, said, "submitted", draft.get("order"))

    @staticmethod
    def _end(conversation: Conversation, said: Reply, state: str, order: str | None = None) -> Outcome:
        conversation.keep_draft(TASK, None)
        return Outcome([said], state, order, finished=True)


def complains(turn: Turn) -> bool:
    """Whether words in the middle of something else bring a complaint, which is taken up at once."""
    return bool(COMPLAINS.search(turn.text)) and not LATER_ON.search(turn.text)


def _wishes(conversation: Conversation, turn: Turn) -> bool:
    """Whether words beside the questions of a complaint are no part of it: a wish, or a change of what is being ordered or stands.

    They are taken up after it.
    """
    if complains(turn):
        return False
    stands = conversation.draft("booking") or conversation.recall(finding.LAST)
    if stands and BESIDES.search(turn.text) and meaning.of_words(BESIDES.sub("", turn.text)) in OF_AN_ORDER:
        return True
    if company.wants_visit(turn.text):
        return True
    return bool(turn.all("service")) and _wants_something(turn.text)


def _wants_something(text: str) -> bool:
    """Whether a clause plainly wants something done, and does not tell of what was wrong (昨天送饭的后生还讲我啰嗦)."""
    return any(WISHES.search(clause) and not GRIEVES.search(clause) for clause in re.split(r"[，。！？；,.!?;\s]+", text))


def _is_name(text: str) -> bool:
    from care.booking import contact  # the bookings import the orders

    return contact.surely_a_name(text)


def _wished(turn: Turn, agreed: bool) -> str:
    """The wish in its own words, without the yes said before it."""
    if company.wants_visit(turn.text):
        return company.as_visit(turn.text)
    return agreement.besides(turn.text) if agreed else turn.text


def _story(text: str) -> str:
    """What happened; empty when the words only say that there is a complaint."""
    rest = re.sub(r"[\s，。！？、,.!?]", "", EMPTY.sub("", text))
    told = re.sub(rf"^{MARKS}*(?:{EMPTY.pattern})?{MARKS}*", "", text)
    told = told.replace(",", "，")
    return told.rstrip("。！!. ") if len(rest) >= SAID_ENOUGH else ""


complaint_task = ComplaintTask()

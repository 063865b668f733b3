"""Ratings: from stars, points or plain words."""

from __future__ import annotations

import re

from sqlalchemy.orm import Session

from care.clock import today
from care.conversation.model import Conversation
from care.handover import open_ticket
from care.orders import finding, speech
from care.orders.model import CANCELLED, Order
from care.orders.service import by_number, rate_order
from care.reply import Outcome
from care.texts import reply
from care.turn import Turn
from care.wording import say_count, say_digits

BEST, WORST = 5, 1
LOW = 2
"""From here down a complaint is offered."""
OUT_OF_TEN = re.compile(r"十分(里头|里|制|满分)|满分十分")
POINTS = re.compile(r"(\d{1,3})\s*(?:分|星|颗星|个星)")
EARLIER = re.compile(r"上[次回趟]|上个?(?:星期|礼拜|周|月)|昨[天日晚儿]|前[天日几]|那[天回次]|以前")
_SPOKEN = ("零〇", "一幺", "二两", "三", "四", "五", "六", "七", "八", "九")
"""How a digit may be written."""
WORDS: tuple[tuple[str, int], ...] = (
    (r"不太?满意|不太好|不咋|差点意思|有点差", 2),
    (r"差评|很差|太差|不行|不好(?!不坏)|糟|难吃", 1),
    (r"满分|最高分|高分|五星", 5),
    (r"还可以|还行|一般|马马虎虎|凑合|不好不坏|中等|过得去", 3),
    (r"还不错|可以|挺快|不赖|蛮好|几好", 4),
    (
        r"很?满意|很好|真好|好得很|好评|非常好|点个?赞|表扬|得劲|嫽|挺好|太好|特别好|贴心|耐心|仔细|喜欢|要得|勤快|利索|麻利|热情|细心|周到|手轻|懂事|顶呱呱|巴适|清爽|舒坦|干净|好话|好样|最好的|有礼貌|客气|夸|好",
        5,
    ),
)
"""First match wins."""
ASKED = re.compile(r"(?P<said>[好行])不(?P=said)")
"""“那好不好办” asks, and praises nothing."""


def stars(text: str) -> int | None:
    """One to five, from what was said; none when it says nothing about how good it was."""
    counted = POINTS.findall(re.sub(OUT_OF_TEN, "", text).translate(finding.HANZI))
    if counted:
        points = int(counted[-1])
        if OUT_OF_TEN.search(text) or BEST < points <= 10:
            points = round(points / 2)
        elif points > BEST:
            points = round(points / 20)
        return max(WORST, min(BEST, points))
    said = ASKED.sub("", text)
    return next((value for words, value in WORDS if re.search(words, said)), None)


def rate(session: Session, conversation: Conversation, turn: Turn) -> Outcome:
    """Keeps a rating for the order named, or for the one last carried out; a bad one offers a complaint."""
    order = _rated(session, conversation, turn)
    number = finding.spoken_number(turn)
    if order is None:
        if number and by_number(session, number) is None:
            return Outcome([reply("orders.rate_no_such", number=say_digits(number))])
        if stars(_besides(turn.text, number)) is None:
            return Outcome([reply("orders.rate_ask_order")])
        ticket = open_ticket(session, "rating", conversation, turn.text)
        card = {"kind": "ticket", "number": ticket.number}
        return Outcome([reply("orders.rate_kept", number=say_digits(ticket.number), card=card)])
    name = speech.name(order)
    if number and order.days and order.days[0].day > today():
        return Outcome([reply("orders.rate_not_yet", name=name, when=speech.when(order))], order=order.number)
    if order.status == CANCELLED:
        return Outcome([reply("orders.rate_cancelled", name=name)])
    given = stars(_besides(turn.text, number))
    conversation.remember(**{finding.LAST: order.number})
    if given is None:
        return Outcome([reply("orders.rate_ask", name=name)])
    rate_order(session, order.number, given, turn.text)
    key = "rate_low" if given <= LOW else "rate_thanks"
    return Outcome([reply(f"orders.{key}", name=name, stars=say_count(given))], order=order.number)


def _besides(text: str, number: str) -> str:
    """The words without the number of the order, whose digits are no points."""
    spoken = "".join(f"[{digit}{hanzi}]" for digit in number for hanzi in [_SPOKEN[int(digit)]])
    return re.sub(spoken, "，", text) if number else text


def _rated(session: Session, conversation: Conversation, turn: Turn) -> Order | None:
    number = finding.spoken_number(turn)
    if number:
        order = by_number(session, number)
        return order if order is not None and finding.may_hear(conversation, order) else None
    orders = [order for order in finding.known(session, conversation) if order.status != CANCELLED]
    service = turn.last("service")
    if service and not any(order.service == service for order in orders):
        return None
    if service:
        orders = [order for order in orders if order.service == service]
    if EARLIER.search(turn.text):  # what is still to come is not what is praised
        orders = [order for order in orders if order.days and order.days[0].day < today()]
    over = [order for order in orders if not finding.is_open(order)]
    last = conversation.recall(finding.LAST)
    return next((order for order in orders if order.number == last), None) or next(iter(over or orders), None)

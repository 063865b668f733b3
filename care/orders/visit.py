"""Questions about how an order will be done: who comes, what to prepare, how long it takes, what it costs.

Each question of a turn is answered from the order and from the service list; what neither holds is not made up.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from care.conversation.model import Conversation
from care.orders import speech
from care.orders.model import Order
from care.reply import Choice, Outcome, Reply
from care.service_list import aside, item, provider
from care.service_list.query import without_brackets
from care.texts import reply
from care.turn import Turn
from care.wording import say_money

TOTAL = re.compile(
    r"(?:一共|总共|拢共|合计)[^，。]{0,3}(?:给|付|要|得|交)?(?:多少|几多|好多)(?:钱)?$|(?:一共|总共|拢共|合计|加起来|得给|要给|[两三四]份)[^，。]{0,4}(?:(?:多少|几多|好多)钱|几块|多少块)|(?:饭钱|饭费)[^，。]{0,6}(?:多少|几)|(?:多少|几多|好多)钱了"
)
"""The sum of the order is asked, not the price of one."""
PRICE = re.compile(r"(?:多少|几多|好多)钱|要给多少|付多少|钱[^，。]{0,4}(?:还是|原来|那么多|变)")
OF_ONE = re.compile(r"一份|每|一次|一个(?:小时|钟头|人)|单独|零件|材料|配件|押金|车费|药")
"""Beside such words not the sum of the order is asked."""
FINE = re.compile(r"罚|扣(?:我)?(?:不扣)?(?:我)?钱|手续费|违约|(?:取消|退)[^，。]{0,4}(?:要钱|收钱|收费)")
"""Whether a change or a cancellation costs anything."""
MONEY = re.compile(r"钱|费|价|块|罚|扣")
WHEN = re.compile(r"几点|什么时候|啥时候?|几时|么子时候|多早晚|哪天|几号")
LENGTH = re.compile(r"钱|付|给|交|完|结束|回[来家去]|到家|出来|还")
"""Beside such words not the beginning is asked."""
OVER = re.compile(
    r"(?:几点|什么时候|啥时候?|几时|么子时候)[^，。]{0,5}(?:完|结束|收工|(?:弄|做|洗|搞|修|干)好|回[家来去])"
)
HOW_LONG = "一次要多久"
"""When it is over is told by how long it takes."""
BEFORE = re.compile(r"提前(?!.{0,3}[订约定])")
"""How early to be ready, which is not how early to order."""
BY_WHOM = re.compile(
    r"(?:啥|什么|么子|咩|乜|怎样|怎么样)(?:样子?)?的?(?:个)?人|小伙|大姐|阿姨|大叔|有(?:没有)?[^，。]{0,4}(?:证件|工作证|工作牌)|谁来|哪家(?:医院|单位|公司)(?:的|出来|派)|来的?(?:是|人是)?(?:谁|哪个)|男的|女的|[男女](?:师傅|护)|姓(?:啥|什么|么子|咩)|贵姓|叫(?:啥|什么|么子)|哪个(?:师傅|人)?来|哪位|派(?:谁|哪)|几(?:多)?个人|几位|[一两]个人来"
)
PIECE = re.compile(r"[^，。？！,.?!]+")


def answer(conversation: Conversation, order: Order, turn: Turn) -> Outcome:
    """Who comes, what to prepare, how long, what it costs: each question of the turn as far as the list knows."""
    conversation.region = conversation.region or order.region
    said: list[str] = []
    for piece in PIECE.findall(turn.text):
        told = _of_order(order, piece) or _of_service(conversation, order, replace(turn, text=piece))
        if told and told not in said:
            said.append(told)
    if said:
        return Outcome([Reply("".join(said))], "answered", order.number)
    who = provider(order.provider)
    taps = (Choice("请人回电话", "请给我回电话"), Choice("不用了", "先不用"))
    values: dict[str, Any] = {"name": speech.name(order), "who": without_brackets(who.name) if who else "社区"}
    return Outcome([reply("orders.visit_unknown", choices=taps, **values)], "answered", order.number)


def _of_order(order: Order, piece: str) -> str:
    """What the order itself knows: its sum, and who sends somebody."""
    asks_the_sum = TOTAL.search(piece) or (PRICE.search(piece) and not OF_ONE.search(piece))
    if asks_the_sum and order.total is not None:
        return reply("orders.total", name=speech.name(order), money=say_money(order.total)).say
    if WHEN.search(piece) and order.date and not LENGTH.search(piece):
        return reply("orders.when_it_is", name=speech.name(order), when=speech.when(order)).say
    if FINE.search(piece):
        return reply("orders.free_to_cancel").say
    listed, who = item(order.region, order.service), provider(order.provider)
    if BY_WHOM.search(piece) and listed and who:
        return reply("orders.who_comes", who=listed.who, provider=without_brackets(who.name)).say
    return ""


def _of_service(conversation: Conversation, order: Order, turn: Turn) -> str:
    if BEFORE.search(turn.text):
        return ""
    turn = replace(turn, text=HOW_LONG) if OVER.search(turn.text) else turn
    intent = "price_query" if MONEY.search(turn.text) else "service_query"
    told = aside(conversation, replace(turn, intent=intent, entities=()), order.service)
    return told.say if told else ""

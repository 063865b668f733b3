"""A question in the middle of a booking that reached the booking: answered, so that the booking can go on."""

from __future__ import annotations

import re
from dataclasses import replace

from care import policy
from care.booking.hearing import Hearing, is_question
from care.orders import finding
from care.reply import Reply
from care.service_list import aside
from care.texts import reply

LONGER = re.compile(r"续(?:租|借|订|上|一|两|二|三|半|到|几)|延长|多(?:租|用)(?:一|两|二|三|半|几)")
CHANGING = "改一下订单，"
"""Put before words that are to be taken up as the change of an order."""
PRICE = re.compile(r"多少钱|几多钱|好多钱|几块|几钱|收费|要钱|花钱|收钱|免费|不要钱|便宜|贵|价")


def extends_a_rental(hearing: Hearing) -> bool:
    """“轮椅再续一个月”: begun as a booking, but meant is the order there is; the words are then taken up as its change."""
    turn = hearing.turn
    if not hearing.fresh or not LONGER.search(turn.text) or turn.text.startswith(CHANGING):
        return False
    if not finding.rentals(hearing.session, hearing.conversation):
        return False
    hearing.conversation.remember(again=CHANGING + turn.text)
    return True


def answer_policy(hearing: Hearing) -> None:
    """A question about a policy that was taken for an answer (多久上门看一次老人) is answered, and the booking goes on."""
    turn = hearing.turn
    named = turn.all("topic") and turn.all("aspect") and not turn.all("service") and not PRICE.search(turn.text)
    if hearing.changed or hearing.notes or hearing.fresh or not named or not is_question(turn.text):
        return
    told = policy.answer(hearing.session, hearing.conversation, replace(turn, intent="policy_ask"))
    hearing.notes += [one.without_offer() for one in told.replies]
    hearing.draft.prompt = ""
    hearing.handled = True


def answer(hearing: Hearing) -> list[Reply]:
    """What the service list says to a question; else that it is not known here; nothing when nothing was asked."""
    turn = hearing.turn
    if not is_question(turn.text) or turn.intent in ("dont_know", "affirm"):
        return []
    intent = "price_query" if PRICE.search(turn.text) else "service_query"
    code = hearing.draft.service
    said = aside(hearing.session, hearing.conversation, replace(turn, intent=intent), code) if code else None
    return [said] if said else [reply("booking.aside_unknown")]

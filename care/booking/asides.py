"""A question in the middle of a booking that reached the booking: answered, so that the booking can go on."""

from __future__ import annotations

import re
from dataclasses import replace

from care.booking.hearing import Hearing, is_question
from care.reply import Reply
from care.service_list import aside
from care.texts import reply

PRICE = re.compile(r"多少钱|几多钱|好多钱|几块|几钱|收费|要钱|花钱|收钱|免费|不要钱|便宜|贵|价")


def answer(hearing: Hearing) -> list[Reply]:
    """What the service list says to a question; else that it is not known here; nothing when nothing was asked."""
    turn = hearing.turn
    if not is_question(turn.text) or turn.intent in ("dont_know", "affirm"):
        return []
    intent = "price_query" if PRICE.search(turn.text) else "service_query"
    code = hearing.draft.service
    said = aside(hearing.session, hearing.conversation, replace(turn, intent=intent), code) if code else None
    return [said] if said else [reply("booking.aside_unknown")]

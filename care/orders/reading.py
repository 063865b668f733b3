"""What the words of a change say: what is wanted, whether something is asked, whether a yes cancels."""

from __future__ import annotations

import re
from dataclasses import replace

from care import agreement
from care.orders import asked, meaning
from care.orders.claims import CANCELLING, CANCELS
from care.turn import Turn

CANCEL, MOVE, STATUS = "cancel", "reschedule", "status"
ACTIONS = {"order_cancel": CANCEL, "order_reschedule": MOVE, "order_status": STATUS, "waitlist_query": STATUS}
ELSEWHERE_INSTEAD = re.compile(
    r"不(?:去|到|上)[^，。]{0,8}了?[，,。 ](?:那)?(?:就|我)?(?:要|想)?(?:改|换)?(?:去|到|上)(?!不)[^，。]{2,}"
)
"""Another goal instead of the one agreed on (一院不去了，去二院)."""
EVERY_ORDER = re.compile(
    r"所有|全部|(?:都|全)(?:给我|帮我|一起|一并|替我)?(?:取消|退|撤|不|别|莫|用不|作废)|全(?:取消|退|撤|不要)|统统|通通|(?:两|三|四|几)(?:样|个|单|份单)(?:都|全|一起|一并)|一起(?:退|取消|撤)|一个(?:都|也)不"
)
"""All orders are cancelled at once."""
SHORT = 4
"""Characters of a bare no."""
WHOLE = re.compile(r"全都?|都|所有|整个|一个不留|统统")
NO_LONGER = re.compile(r"不(?!取消|退|撤|改|变|动|对|行|是|好)[^，。不]{1,3}了")
"""The thing itself refused (不租了), where it is asked whether to cancel it."""
KEEP = re.compile(r"(?:不|别|不要|不用|先不)(?:取消|退)|留着|还是要|还要的")
"""Second thoughts about cancelling."""

STAYS = re.compile(r"老样子|照旧|照原来|照样|原来(?:那样|的就)|不(?:改|换|变|动)了|算了|就那样")
"""Second thoughts about a change: it stays as it was."""


def begun_with(turn: Turn) -> str:
    """What a turn that begins the task wants done."""
    meant = meaning.CHANGE if ELSEWHERE_INSTEAD.search(turn.text) else meaning.of(turn)
    if turn.text.startswith(CANCELLING) or meant == meaning.CANCEL:
        return CANCEL
    return MOVE if meant == meaning.CHANGE else ACTIONS.get(turn.intent, MOVE)


def beside(turn: Turn) -> str:
    """Whether words beside the question ask how the order stands or how it will be done, or are a note for whoever comes."""
    if asked.about_it(turn.text):
        return meaning.STATUS
    short_no = agreement.says_no(turn.text) and len(turn.text) <= SHORT
    if short_no or agreement.agrees(turn) or KEEP.search(turn.text):
        return ""
    meant = meaning.of(replace(turn, intent="inform"))
    if meant == meaning.NOTE:
        return "" if turn.all("time") or turn.all("address") or turn.all("phone") else meant
    return meant if meant in (meaning.STATUS, meaning.VISIT) and meaning.ASKS.search(turn.text) else ""


def called_off(turn: Turn) -> bool:
    """A yes to a cancellation, also one that says it in its own words once more (确定取消, 嗯，莫送了)."""
    if KEEP.search(turn.text) or agreement.hedges(turn.text):
        return False
    told = CANCELS.search(turn.text) or NO_LONGER.search(turn.text)
    return agreement.agrees(turn) or agreement.calls_off(turn.text) or bool(told)

"""Turns that fill nothing: “不知道”, a bare yes or no, and words that were not understood."""

from __future__ import annotations

from care import agreement, handover, not_known
from care.booking import asides, data, dropped, free_time, particulars, steering
from care.booking import draft as drafts
from care.booking.draft import Draft
from care.booking.hearing import NOISE, Hearing, bare, is_question
from care.booking.missing import CHANGE, CONFIRM, fill_defaults
from care.reply import Outcome
from care.texts import reply
from care.turn import Turn

MISSES_BEFORE_HUMAN = 3
UNKNOWN_BEFORE_HUMAN = 2
"""So often somebody may not know what has to be known; asking on helps nobody then."""
LAST_RUNG = 2
LAST_TWO = 2
WEEKS = 4
"""How many weeks something on certain weekdays is booked for, when nobody says for how long."""
TELLS = {"told_time", "fact", "mobility", "health", "age", "relation", "quantity", "diet", "medical_task", "cleaning_task"}
"""Kinds of entity that tell something of the person or of how it is wanted."""
HEARD = ("remark", "nothing")
"""What a turn does that need only be heard: no miss."""
WRONG = ("不对", "错了", "不是", "说错了", "搞错了", "不对不对", "错了错了", "有错", "弄错了", "听错了")


def as_meant(hearing: Hearing) -> Turn:
    """The turn as an “I don't know” where its words come to that; what leaves it to us may be a yes to what is proposed."""
    draft, turn = hearing.draft, hearing.turn
    read_back = hearing.asked == CONFIRM
    proposed = read_back or draft.options or draft.offered.get(hearing.asked)
    if hearing.fresh or proposed and not not_known.cannot_tell(turn.text) or read_back and not not_known.whole(turn.text):
        return turn
    if turn.intent == "stop" and (off := dropped.off(turn.text)) and off.group("verb"):
        return turn  # 先不理了，回头再说吧
    return not_known.as_meant(turn)


def unknown(hearing: Hearing) -> None:
    """“我不知道”, “随便”: a sensible default, or the nearest free time as a proposal; asked what to change, nothing is."""
    draft, slot = hearing.draft, hearing.asked
    if hearing.turn.intent != "dont_know":
        return
    if slot == CHANGE:
        draft.changing = False
        hearing.note("stands")
    elif slot in ("date", "time"):
        free_time.offer_nearest(hearing)
    elif slot == "quantity":
        draft.quantity = draft.offered.pop("quantity", 1)
        hearing.set("quantity")
    elif slot == "duration":
        draft.days = data.table("schedule")["usual_days"]
        hearing.set("duration")
    elif slot == "name":
        draft.name = data.table("services")["nameless"]
        hearing.handled = True
    elif data.slot(slot) and particulars.unknown(slot) is not None:
        draft.particulars = {**draft.particulars, slot: particulars.unknown(slot)}
        hearing.set(slot)
    elif slot in _times_asked(draft):
        _as_usual(hearing, slot)
    fill_defaults(hearing)


def which(hearing: Hearing) -> None:
    """“有” to a question that wants to know which: asked so."""
    draft, spec = hearing.draft, data.slot(hearing.asked)
    first = not draft.misses.get(hearing.asked)
    if first and hearing.turn.intent == "affirm" and spec.get("kind") == "many" and "none" in spec:
        draft.misses = {**draft.misses, hearing.asked: 1}
        hearing.handled = True


def closed(hearing: Hearing) -> None:
    """“没别的了，请按这个下” while one thing is lacking: a proposal is taken, else what alone is lacking is asked."""
    draft, text = hearing.draft, hearing.turn.text
    closing = agreement.closes(text) or agreement.goes_ahead(text)
    if hearing.asked in ("", CONFIRM, CHANGE) or hearing.handled or hearing.changed or not closing:
        return
    if draft.offered.get(hearing.asked) or hearing.turn.intent == "deny" and data.slot(hearing.asked).get("none"):
        return
    hearing.notes.append(reply("booking.one_lacking"))
    hearing.handled = True


def optional(hearing: Hearing) -> None:
    """What the booking can do without is not insisted on: an answer to something else leaves it open, or as it usually is.

    The read-back says what is booked; whoever wants it otherwise says so then.
    """
    draft, slot = hearing.draft, hearing.asked
    waits = draft.waiting or hearing.turn.intent in ("go_back", "stop") or draft.options or draft.changing
    goes_on = hearing.told_place and hearing.changed == ["place"]  # house or door, told after the street
    if hearing.fresh or waits or goes_on or slot not in _times_asked(draft) or slot in hearing.changed or _known(draft, slot):
        return
    if is_question(hearing.turn.text) or hearing.notes and not hearing.changed or hearing.turn.all(NOISE):
        return
    agreed = not hearing.changed and (agreement.agrees(hearing.turn) or agreement.closes(hearing.turn.text))
    times = max(_times_asked(draft)[slot], NOT_LEFT_OPEN if _says_nothing_of_it(hearing) else 0)
    if draft.passed_over.count(slot) + 1 < times and not (agreed and slot in USUAL):
        draft.passed_over = [*draft.passed_over, slot]
        return
    _as_usual(hearing, slot)
    if slot == DIET and _says_nothing_of_it(hearing):
        hearing.note("none_noted")
    elif not hearing.changed and not hearing.notes:
        hearing.note("told")
    hearing.handled = True


DIET = "diet"
NOT_LEFT_OPEN = 2
"""So often is asked at least what somebody answered only with something else (a number), or with nothing that was understood."""


def _says_nothing_of_it(hearing: Hearing) -> bool:
    """Whether a turn that fills nothing here tells something else, or is no words at all (叽里咕噜)."""
    turn = hearing.turn
    if turn.intent in ("affirm", "deny", "dont_know"):
        return False
    return bool(hearing.changed) or not turn.entities and not turn.does


USUAL = ("diet", "quantity", "duration", "medical_task", "person")
"""Slots of which a plain yes means that they are to be as usual."""


def _times_asked(draft: Draft) -> dict[str, int]:
    """How often each slot is asked that the booking can do without."""
    times = dict(data.table("services")["optional"])
    if not draft.repeats or draft.end_date:
        times.pop("duration", None)
    return times


def _known(draft: Draft, slot: str) -> bool:
    return slot in draft.particulars or bool({"quantity": draft.quantity, "duration": draft.days, "person": draft.person}.get(slot))


def _as_usual(hearing: Hearing, slot: str) -> None:
    """One portion, no diet, the doctor's with company; on certain weekdays for some weeks."""
    draft = hearing.draft
    if slot == "quantity":
        draft.quantity = draft.offered.pop("quantity", 0) or draft.earlier.get(slot, 1)
        hearing.set("quantity")
        fill_defaults(hearing)
    elif slot == "person":
        draft.person = "self"
        hearing.set("person")
    elif slot == "duration":
        draft.days = data.table("schedule")["usual_days"] * (WEEKS if draft.weekdays else 1)
        hearing.set("duration")
    else:
        draft.particulars = {**draft.particulars, slot: draft.earlier.get(slot, particulars.unknown(slot))}


def half_answered(hearing: Hearing) -> None:
    """“没有” a turn late: the question before mentioned something else too (几个人吃？有忌口的也说一声)."""
    draft = hearing.draft
    before = draft.asked[-LAST_TWO] if len(draft.asked) >= LAST_TWO else ""
    late = data.table("services")["covers"].get(before) and not draft.misses.get(hearing.asked)
    if late and hearing.turn.intent == "deny" and not draft.offered.get(hearing.asked) and hearing.asked == "place":
        hearing.note("none_noted")


def told(hearing: Hearing) -> None:
    """Something about the person that nothing here has to be filled with (她瘫床上两年了): heard, and no miss."""
    kinds = {e.kind for e in hearing.turn.entities}
    if (
        hearing.changed
        or hearing.handled
        or hearing.fresh
        or hearing.turn.intent in ("deny", "correct", "affirm", "dont_know")
    ):
        return
    if hearing.asked == CONFIRM and agreement.finds_wrong(hearing.turn.text):
        return
    if (kinds & TELLS or hearing.turn.does in HEARD) and not is_question(hearing.turn.text):
        hearing.note("told")


def means_otherwise(hearing: Hearing) -> bool:
    """Whether words want something otherwise, and nothing in them was understood: a yes beside them agrees to nothing."""
    turn = hearing.turn
    if hearing.changed or hearing.handled and not hearing.remarked:
        return False
    if asides.asks(turn) and turn.does != "change":
        return False
    learnt = bool(turn.doing("change")) and not (agreement.yes_first(turn.text) or agreement.yes_last(turn.text))
    return not hearing.remarked and (learnt or agreement.wants_otherwise(turn.text) or agreement.finds_wrong(turn.text))


def wrong(hearing: Hearing) -> None:
    """A “不对” that changes nothing: what is wrong is asked for. What was read back is never kept over a no without a word."""
    if hearing.changed or hearing.asked == CHANGE or hearing.fresh:
        return
    text = hearing.turn.text
    refuses = agreement.says_no(text) or hearing.turn.does == "change" or steering.calls_off(hearing.turn)
    otherwise = means_otherwise(hearing) or not hearing.handled and refuses
    if hearing.asked == CONFIRM and not hearing.notes and (agreement.objects(text) or otherwise):
        hearing.draft.changing = True
        hearing.handled = True
    if hearing.handled:
        return
    if asides.asks(hearing.turn) and not agreement.says_no(hearing.turn.text):
        return
    denies = hearing.turn.intent in ("deny", "correct") and agreement.besides(hearing.turn.text) and not hearing.notes
    if denies and (hearing.asked == CONFIRM or bare(hearing.turn.text) in WRONG):
        hearing.draft.changing = True
        hearing.handled = True


def missed(hearing: Hearing) -> Outcome | None:
    """Nothing usable: a short word now, the question in other words next, and the third time a human."""
    draft, conversation = hearing.draft, hearing.conversation
    said = asides.not_offered(hearing) or asides.answer(hearing)
    if said:
        hearing.notes += said
        draft.prompt = ""
        return None
    misses = max(draft.misses.get(hearing.asked, 0), min(draft.repeated, LAST_RUNG)) + 1
    draft.misses = {**draft.misses, hearing.asked: misses}
    conversation.misses = misses
    unknown_yet = hearing.turn.intent == "dont_know"
    if unknown_yet and misses < UNKNOWN_BEFORE_HUMAN:
        hearing.notes += [reply("booking.not_known")] if hearing.asked != CONFIRM else []
        return None
    if not unknown_yet and misses < MISSES_BEFORE_HUMAN:
        yes = hearing.turn.intent == "affirm" and hearing.asked != CONFIRM
        hearing.notes.append(reply("booking.missed_yes" if yes else "booking.missed", attempt=misses - 1))
        return None
    drafts.remember_people(conversation, draft)
    dropped.keep(conversation, draft)
    outcome = handover.human(hearing.session, conversation, hearing.turn)
    return Outcome(outcome.replies, outcome.state, outcome.order, finished=True)

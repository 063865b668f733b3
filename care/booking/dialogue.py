"""The booking dialogue: takes each turn into the draft, asks what is missing, has everything confirmed, places it."""

from __future__ import annotations

import re
from dataclasses import replace

from sqlalchemy.orm import Session

from care import agreement, clock, handover, identity
from care.booking import (
    asides,
    carried,
    confirm,
    data,
    dropped,
    free_time,
    offered,
    particulars,
    readback,
    reading,
    remarks,
    unheard,
    where,
)
from care.booking import draft as drafts
from care.booking.draft import LAST, PEOPLE, Draft
from care.booking.hearing import Hearing, bare, is_question
from care.booking.missing import CHANGE, CONFIRM, next_slot
from care.booking.questions import question
from care.booking.reading import CONTACT_SLOTS
from care.booking.unheard import LAST_RUNG
from care.booking.what import SPOKEN_OF
from care.conversation.model import Conversation
from care.orders import change_task
from care.reply import Choice, Outcome, Reply
from care.service_list import SERVICE_SPOKEN_OF
from care.settings import settings
from care.texts import phrase, reply
from care.turn import Entity, Turn

TIMELY = {"service", "region", "date", "time", "quantity", "duration"}
"""Slots on which it depends whether a time can be had."""
RUNGS = range(LAST_RUNG + 1)
"""Wordings that every question has."""
MOST_SAID = 2
"""The same words are never said a third time, also when the answers between were of use."""
GIVES_UP = re.compile(r"^(?:那|还是|算了|哎|唉|嗯)*，?(?:不用了|不要了|不约了|不订了|不办了|不弄了|算了|先不)")
ASKS_INSTEAD = re.compile(r"(?<!不)(?:能来|来得?吗|行不|行吗|可以|换|改|吧)")
"""Words that want another day or hour although they begin with an end (算了，太晚，今天下午能来吗)."""
GOES_AHEAD = re.compile(r"(?:先|就)把?[^，。,不别算]{0,8}(?:订|定|约|办|登记)(?:了|上|好|下来|下)(?:吧|再说|呗|哈)?$")
"""Words that sound like an end and mean that what was agreed on is to be placed (先把饭订了)."""
GOES_ON = re.compile(
    r"(?:接着|继续|再)(?:说|办|订|约|弄|来|刚才|前面|刚刚|上面|那个)|(?:说|话)回(?:来|正题)|^(?:接着|继续)吧?$"
)
"""Words that only want the interrupted booking to go on."""
ONE_OF_MANY = ("time", "service", "order_number", "quantity")
"""Words that call off something else, or a part (周三那天取消)."""
TELLING = ("time", "quantity", "duration", "address", "phone", "person_name", "diet", "health")
"""Kinds of entity that tell something of a booking."""
WHERE_WERE_WE = re.compile(r"(?:说|讲|问|办|订)到哪(?:儿|里)?(?:了|啦)|(?:说|讲)到哪一步")
STATED = ("time", "quantity", "diet", "address", "service", "bath_place", "duration")
OPEN = ("service", "date", "time", "person", "region", "place", "name", "problem", "duration")
"""Questions to which “不用了” is no answer but the end."""


class Booking:
    """The task `booking` (see care.tasks.Task); all state lives in the conversation."""

    name = drafts.TASK

    def take(self, session: Session, conversation: Conversation, turn: Turn) -> Outcome:
        """Takes what was said into the draft; the same message a second time changes nothing."""
        done = conversation.recall(LAST)
        if done and turn.message_id and done["message"] == turn.message_id:
            return _outcome_from(done)
        outcome = _take(session, conversation, turn)
        conversation.remember(**{LAST: _outcome_as(outcome, turn.message_id)})
        return outcome

    def take_up(self, session: Session, conversation: Conversation, turn: Turn) -> Outcome | None:
        """The question at which a booking was stopped, when these words want it back; else nothing."""
        draft = dropped.back(conversation, turn)
        if draft is None:
            return self._spoken_of(conversation, turn)
        drafts.keep(conversation, draft)
        taken = self.take(session, conversation, turn) if turn.entities else Outcome()
        if taken.finished:
            return taken
        asked = self.ask(session, conversation, True)
        return Outcome(taken.replies + asked.replies, asked.state)

    @staticmethod
    def _spoken_of(conversation: Conversation, turn: Turn) -> Outcome | None:
        """“那约一个后天的” after a price was told wants that service; the words are taken up anew with its name."""
        code = conversation.recall(SERVICE_SPOKEN_OF)
        item = data.service_item("", code) if code else None
        if item is None or turn.all("service") or is_question(turn.text) or not SPOKEN_OF.search(turn.text):
            return None
        if not turn.all("time") and not SPOKEN_OF.fullmatch(bare(turn.text)):
            return None
        conversation.remember(again=f"我想要{item.say_name}，{turn.text}")
        return Outcome([reply("conversation.affirm")], "idle")

    def ask(self, session: Session, conversation: Conversation, resumed: bool) -> Outcome:
        """The pending question, or the sentence to confirm."""
        draft = drafts.load(conversation)
        if draft is None:
            return Outcome(state="idle", finished=True)
        if draft.waiting and not resumed:
            return Outcome(state=conversation.state)
        draft.guarded = identity.guarded(conversation, draft.guarded)
        item = data.service_item(draft.region, draft.service)
        slot = next_slot(draft, item)
        if slot == CONFIRM:
            request = confirm.request_of(draft, conversation.id, conversation.channel, item)
            said, shown = readback.confirmation(draft, item, request, clock.today(), where.own_number(conversation))
            rungs = [reply("booking.ask_confirm", attempt=rung, said=said, shown=shown) for rung in RUNGS]
            known = readback.without_remarks(draft, item, clock.today())
            if known == draft.read_back and not resumed:
                first, *more = [reply("booking.ask_confirm_short", attempt=rung, shown=shown) for rung in RUNGS]
                rungs = [first, *rungs[1:], *more]
            draft.read_back = known
            asked = _worded(draft, rungs, draft.misses.get(CONFIRM, 0))
        else:
            rungs = [question(draft, item, slot, rung) for rung in RUNGS]
            again = rungs[0].say == draft.prompt and not resumed
            draft.repeated = 0 if not again else 1 - min(draft.repeated, 1) if draft.progress else draft.repeated + 1
            draft.prompt = rungs[0].say
            asked = _worded(draft, rungs, max(draft.misses.get(slot, 0), draft.repeated))
        if draft.said[asked.say] > MOST_SAID:
            return _to_people(session, conversation, draft)
        if resumed and item is not None:
            asked = _bridged(asked, phrase("booking.resume", service=data.service_name(item)))
        draft.asking = slot
        if slot not in (CONFIRM, CHANGE) and (not draft.asked or draft.asked[-1] != slot):
            draft.asked = [*draft.asked, slot]
        drafts.keep(conversation, draft)
        return Outcome([asked], "confirming" if slot == CONFIRM else f"asking_{slot}")


def _to_people(session: Session, conversation: Conversation, draft: Draft) -> Outcome:
    """Every wording of a question was said twice: people go on, with all that was told."""
    drafts.remember_people(conversation, draft)
    drafts.keep(conversation, None)
    conversation.task = None
    outcome = handover.human(session, conversation, Turn(conversation.id, "", "human"))
    return Outcome(outcome.replies, outcome.state, outcome.order, finished=True)


def _worded(draft: Draft, rungs: list[Reply], rung: int) -> Reply:
    """The question in the words of its rung; words said twice already give way to those that were said least."""
    asked = rungs[min(rung, LAST_RUNG)]
    if draft.said.get(asked.say, 0) >= MOST_SAID:
        asked = min(rungs, key=lambda one: draft.said.get(one.say, 0))
    draft.said = {**draft.said, asked.say: draft.said.get(asked.say, 0) + 1}
    return asked


def _bridged(asked: Reply, bridge: str) -> Reply:
    return Reply(
        bridge + asked.say,
        bridge + asked.show if asked.show else "",
        asked.choices,
        asked.command,
        asked.card,
    )


def _take(session: Session, conversation: Conversation, turn: Turn) -> Outcome:
    draft = drafts.load(conversation)
    fresh = draft is None
    if fresh and confirm.settled(conversation, turn):
        return Outcome([reply("booking.settled")], "answered", finished=True)
    draft = draft or dropped.back(conversation, turn) or _start(conversation)
    hearing = Hearing(session, conversation, draft, turn, clock.today(), "" if fresh else draft.asking, fresh)
    hearing.item = data.service_item(draft.region, draft.service)
    draft.waiting = False
    draft.guarded = identity.guarded(conversation, draft.guarded)
    if fresh:
        carried.from_eligibility(hearing)
        carried.from_before(hearing)
    if asides.extends_a_rental(hearing):
        return Outcome([reply("conversation.affirm")], "idle", finished=True)
    ended = _manage(hearing)
    if ended is None and not hearing.handled:
        ended = _hear(hearing)
    outcome = ended or Outcome(_replies(hearing), conversation.state)
    hearing.draft.progress = bool(hearing.changed)
    drafts.keep(conversation, None if outcome.finished else hearing.draft)
    if outcome.finished:
        conversation.misses = 0
    return outcome


def _start(conversation: Conversation) -> Draft:
    """A new draft; a second booking in a conversation is for the same people at the same place."""
    change_task.leave(conversation)
    person = conversation.person
    region = conversation.region or (person.region if person else "") or settings().default_region
    before = {name: value for name, value in (conversation.recall(PEOPLE) or {}).items() if value}
    draft = Draft(**{"region": region, **before})
    if draft.address:
        draft.offered = {"place": draft.address}
        draft.address = ""
    return draft


def _manage(hearing: Hearing) -> Outcome | None:
    """Words that steer the dialogue itself: wait, stop, back."""
    draft, intent = hearing.draft, hearing.turn.intent
    if intent == "hold_on":
        draft.waiting = not hearing.fresh
        hearing.note("hold_on")
    elif not hearing.fresh and _only_goes_on(hearing):
        hearing.handled = True
    elif (
        intent == "stop"
        and not hearing.fresh
        and not _after_all(hearing.turn, draft)
        and not GOES_AHEAD.search(hearing.turn.text)
        or intent == "deny"
        and not hearing.fresh
        and hearing.asked in OPEN
        and GIVES_UP.search(hearing.turn.text)
        or not hearing.fresh
        and hearing.asked == CONFIRM
        and agreement.calls_off(hearing.turn.text)
        and not any(e.kind in ONE_OF_MANY for e in hearing.turn.entities)
    ):
        dropped.keep(hearing.conversation, draft)
        return Outcome([reply("booking.stopped")], "idle", finished=True)
    elif intent == "go_back" and not hearing.fresh:
        _go_back(hearing)
    return None


def _only_goes_on(hearing: Hearing) -> bool:
    """Whether words after an interruption want the booking back and tell nothing new (接着说修脚的事)."""
    # Where an address was asked for, any words may have been taken for one.
    told = any(e.kind in TELLING and not GOES_ON.search(e.text) for e in hearing.turn.entities)
    same = all(code == hearing.draft.service for code in hearing.turn.all("service"))
    if WHERE_WERE_WE.search(hearing.turn.text):
        return True
    return bool(GOES_ON.search(hearing.turn.text)) and same and not told and not is_question(hearing.turn.text)


def _agrees(hearing: Hearing) -> bool:
    """Whether words agree to what was read back."""
    turn = hearing.turn
    return agreement.agrees(turn) or bool(GOES_AHEAD.search(turn.text) or offered.ONWARD.fullmatch(bare(turn.text)))


def _after_all(turn: Turn, draft: Draft) -> bool:
    """“算了，还是明天” changes something and stops nothing, nor does “算了，给我修脚吧”."""
    if any(e.value != draft.service and "不" not in e.text for e in turn.of("service")):  # 先不租了 names none
        return True
    if turn.all("service") and re.search(r"[就还]是?[^，。不]{1,6}(?:吧|呗|好了)?$", turn.text):  # 算了，就理发吧
        return True
    if any(e.kind in STATED and e.kind != "service" for e in turn.entities) and ASKS_INSTEAD.search(turn.text):
        return True
    return any(word in turn.text for word in ("还是", "改", "换")) and any(e.kind in STATED for e in turn.entities)


def _go_back(hearing: Hearing) -> None:
    draft = hearing.draft
    if draft.changing:
        draft.changing = False
        hearing.handled = True
        return
    before = [slot for slot in draft.asked if slot != hearing.asked]
    if not before:
        hearing.note("first_already")
        return
    for slot in (hearing.asked, before[-1]):
        draft.forget(slot)
    if before[-1] in CONTACT_SLOTS:
        draft.offered = {**draft.offered, before[-1]: ""}
    draft.asked = before[:-1]
    hearing.note("gone_back")


def _hear(hearing: Hearing) -> Outcome | None:
    """Reads the turn into the draft, slot by slot; then sees what came of it."""
    draft = hearing.draft
    hearing.turn = asides.without_price_of(hearing.turn)
    reading.read(hearing)
    carried.from_story(hearing)
    refused = _refuse(hearing)
    if refused:
        return refused
    if hearing.changed:
        draft.changing = False
    asides.answer_recap(hearing)
    said_more = list(hearing.notes)
    remarks.take(hearing)
    if (
        hearing.asked == CONFIRM
        and not hearing.changed
        and not said_more
        and not is_question(hearing.turn.text)
        and _agrees(hearing)
    ):
        return _store(hearing)
    if remarks.told_to_go_ahead(hearing) and not said_more and hearing.draft.read_back:
        draft.changing = False
        return _store(hearing)
    remarks.short_question(hearing)
    if not hearing.changed and not hearing.handled:
        hearing.handled = (
            hearing.asked != CONFIRM
            and bool(offered.ONWARD.fullmatch(bare(hearing.turn.text)))
            and hearing.turn.intent not in ("affirm", "deny")
        )
        unheard.unknown(hearing)
        unheard.which(hearing)
        unheard.closed(hearing)
        unheard.half_answered(hearing)
        unheard.told(hearing)
        unheard.wrong(hearing)
    unheard.optional(hearing)
    asides.answer_beside(hearing)
    asides.answer_policy(hearing)
    asides.answer_price(hearing)
    if TIMELY & set(hearing.changed):
        free_time.settle(hearing)
    if not hearing.changed and not hearing.handled and not hearing.fresh:
        return unheard.missed(hearing)
    hearing.conversation.misses = 0
    if hearing.changed:
        draft.misses.pop(hearing.asked, None)
    return None


def _refuse(hearing: Hearing) -> Outcome | None:
    """What cannot be booked: not offered in that town, or not safe with this illness."""
    draft, item = hearing.draft, hearing.item
    call = Choice(phrase("booking.call_me"), phrase("booking.call_me"))
    if draft.service and item is None:
        known = data.service_item("", draft.service)
        name = data.service_name(known) if known else draft.service
        return Outcome([reply("booking.unserved", choices=(call,), service=name)], "refused", finished=True)
    ill = [flag for flag in draft.particulars.get("health", ()) if item and flag in item.stops]
    if not ill:
        return None
    drafts.remember_people(hearing.conversation, draft)
    nurse = data.service_item(draft.region, data.table("services")["home_care"])
    said = particulars.say("health", ill)
    if nurse is None:
        return Outcome([reply("booking.unsafe", choices=(call,), health=said)], "refused", finished=True)
    visit = Choice(phrase("booking.book_nurse"), phrase("booking.book_nurse"))
    return Outcome([reply("booking.unsafe_nurse", choices=(visit, call), health=said)], "refused", finished=True)


def _store(hearing: Hearing) -> Outcome:
    """Places the order; then takes up what else was wanted, with the words it was wanted in."""
    outcome = confirm.store(hearing)
    wish = confirm.next_wish(hearing) if outcome.order else None
    if wish is None:
        return outcome
    entities = tuple(Entity(kind, value, text) for kind, value, text in wish.entities)
    turn = replace(hearing.turn, text=wish.text, intent="book", entities=entities)
    later = Hearing(hearing.session, hearing.conversation, hearing.draft, turn, hearing.today, "", True)
    reading.read(later)
    if TIMELY & set(later.changed):
        free_time.settle(later)
    later.set("service")
    replies = outcome.replies + _replies(later)
    return Outcome(replies, outcome.state, outcome.order, finished=False)


def _replies(hearing: Hearing) -> list[Reply]:
    """The acknowledgement of what was heard (the confirmation repeats it anyway), then what else has to be said."""
    if next_slot(hearing.draft, hearing.item) == CONFIRM:
        return hearing.notes
    changed = [slot for slot in hearing.changed if slot != "service" or not hearing.exchanged]
    if hearing.draft.options:
        own_day = all(day == hearing.draft.date for day, _ in hearing.draft.options)
        changed = [slot for slot in changed if slot != "time" and (slot != "date" or own_day)]
    changed += [slot for slot in hearing.again if slot not in changed]
    said = readback.acknowledge(hearing.draft, hearing.item, changed, hearing.today)
    return ([Reply(said)] if said else []) + hearing.notes


def _outcome_as(outcome: Outcome, message: str) -> dict:
    return {
        "message": message,
        "replies": [one.as_dict() for one in outcome.replies],
        "state": outcome.state,
        "order": outcome.order,
        "finished": outcome.finished,
    }


def _outcome_from(kept: dict) -> Outcome:
    replies = [Reply.from_dict(one) for one in kept["replies"]]
    return Outcome(replies, kept["state"], kept["order"], kept["finished"])


task = Booking()

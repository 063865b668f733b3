"""The booking dialogue: takes each turn into the draft, asks what is missing, has everything confirmed, places it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session

from care import agreement, clock, handover, identity
from care.booking import (
    ailments,
    asides,
    breath,
    carried,
    confirm,
    consent,
    data,
    dropped,
    free_time,
    kitchen,
    mistaken,
    no_such_day,
    offered,
    one_more,
    particulars,
    pauses,
    readback,
    reading,
    recap,
    remarks,
    repeated,
    steering,
    telephone,
    towns,
    unheard,
    who,
)
from care.booking import draft as drafts
from care.booking.draft import LAST, PEOPLE, Draft
from care.booking.hearing import Hearing, asks_whether_there_is, bare, is_question
from care.booking.missing import CHANGE, CONFIRM, next_slot
from care.booking.questions import question
from care.booking.unheard import LAST_RUNG
from care.booking.what import SPOKEN_OF
from care.conversation.model import CUT_SHORT, Conversation
from care.orders import change_task
from care.reply import Choice, Command, Outcome, Reply
from care.service_list import SERVICE_SPOKEN_OF, ServiceItem
from care.settings import settings
from care.texts import phrase, reply
from care.turn import Entity, Turn

TIMELY = {"service", "region", "date", "time", "quantity", "duration"}
"""Slots on which it depends whether a time can be had."""
RUNGS = range(LAST_RUNG + 1)
"""Wordings that every question has."""
MOST_FRUITLESS = 2
"""Turns in a row that may bring nothing new: the third time somebody says what is not understood, people help."""
MOST_SAID = 2
"""The same words are never said a third time, also when the answers between were of use."""


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
        standing = one_more.standing(session, conversation, draft, item) if item is not None and slot == CONFIRM else None
        if item is not None and slot == CONFIRM and standing is None:
            asked = self._read_back(conversation, draft, item, resumed)
        else:
            slot = one_more.ASKED if standing else slot
            rungs = one_more.questions(standing) if standing else [question(draft, item, slot, rung) for rung in RUNGS]
            again = rungs[0].say == draft.prompt and not resumed
            if (draft.progress or resumed or not draft.prompt) and all(draft.said.get(one.say, 0) >= MOST_SAID for one in rungs):
                rungs = [_bridged(one, phrase("booking.still_asked")) for one in rungs]
            draft.repeated = 0 if not again else 1 - min(draft.repeated, 1) if draft.progress else draft.repeated + 1
            draft.prompt = rungs[0].say
            asked = _worded(draft, rungs, max(draft.misses.get(slot, 0), draft.repeated))
        if draft.said[asked.say] > MOST_SAID:
            return _to_people(session, conversation, draft)
        if resumed and item is not None:
            asked = _bridged(asked, phrase("booking.resume", service=data.service_name(item)))
        draft.asking = slot
        if slot not in (CONFIRM, CHANGE, one_more.ASKED) and (not draft.asked or draft.asked[-1] != slot):
            draft.asked = [*draft.asked, slot]
        drafts.keep(conversation, draft)
        return Outcome([asked], "confirming" if slot == CONFIRM else f"asking_{slot}")

    @staticmethod
    def _read_back(conversation: Conversation, draft: Draft, item: ServiceItem, resumed: bool) -> Reply:
        """All that was agreed, to be said yes to; what was heard once is not said whole again for one change in it."""
        request = confirm.request_of(draft, conversation.id, conversation.channel, item)
        told = readback.confirmation(draft, item, request, clock.today(), telephone.own_number(conversation))
        rungs = [reply("booking.ask_confirm", attempt=rung, said=told.said, shown=told.shown) for rung in RUNGS]
        known = readback.without_remarks(draft, item, clock.today())
        heard = bool(draft.read_back) and draft.told_for == [draft.service, draft.person] and not resumed
        changed = told.since(draft.told, draft.told_after) if heard else ""
        if known == draft.read_back and not resumed:
            first, *more = [reply("booking.ask_confirm_short", attempt=rung, shown=told.shown) for rung in RUNGS]
            rungs = [first, *rungs[1:], *more]
        elif changed:
            rungs = [reply("booking.ask_confirm_changed", attempt=rung, changed=changed, shown=told.shown) for rung in RUNGS]
        draft.read_back, draft.repeated, draft.prompt = known, 0, CONFIRM
        draft.told, draft.told_after, draft.told_for = told.agreed, told.follows, [draft.service, draft.person]
        return replace(_worded(draft, rungs, draft.misses.get(CONFIRM, 0)), again=told.said)


def _to_people(session: Session, conversation: Conversation, draft: Draft) -> Outcome:
    """Every wording of a question was said twice: people go on, with all that was told."""
    drafts.remember_people(conversation, draft)
    dropped.keep(conversation, draft)
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
    return replace(asked, say=bridge + asked.say, show=bridge + asked.show if asked.show else "")


def _take(session: Session, conversation: Conversation, turn: Turn) -> Outcome:
    draft = drafts.load(conversation)
    fresh = draft is None
    if fresh and confirm.settled(conversation, turn):
        return Outcome([reply("booking.settled")], "answered", finished=True)
    if fresh and (words := offered.with_its_day(conversation, turn)):
        conversation.remember(again=words)
        return Outcome([reply("conversation.affirm")], "idle", finished=True)
    draft = draft or dropped.back(conversation, turn) or _start(conversation)
    hearing = Hearing(session, conversation, draft, turn, clock.today(), "" if fresh else draft.asking, fresh)
    hearing.item = data.service_item(draft.region, draft.service)
    draft.waiting = False
    draft.one_more = draft.one_more or fresh and one_more.wanted(turn.text)
    if conversation.recall(CUT_SHORT) and draft.asking == CONFIRM:
        draft.told, draft.told_after = [], []
    draft.guarded = identity.guarded(conversation, draft.guarded)
    if fresh:
        breath.apart(hearing)
        carried.from_eligibility(hearing)
        carried.from_before(hearing)
    if asides.extends_a_rental(hearing):
        return Outcome([reply("conversation.affirm")], "idle", finished=True)
    hearing.turn = unheard.as_meant(hearing)
    known = draft.content(hearing.asked in (CONFIRM, CHANGE))
    ended = _manage(hearing)
    if ended is None and not hearing.handled:
        ended = _hear(hearing)
    outcome = ended or Outcome(_replies(hearing), conversation.state)
    hearing.draft.progress = bool(hearing.changed) or hearing.remarked
    if not outcome.finished and _goes_round(hearing, known):
        return _to_people(session, conversation, hearing.draft)
    drafts.keep(conversation, None if outcome.finished else hearing.draft)
    if outcome.finished:
        conversation.misses = 0
    return outcome


def _goes_round(hearing: Hearing, known: dict[str, Any]) -> bool:
    """Whether one turn after the other brought nothing new, and was no question that had its answer, so that people have to help."""
    draft = hearing.draft
    answered = not draft.prompt or draft.waiting or hearing.said_back or agreement.asks_to_hear(hearing.turn)
    new = hearing.fresh or answered or draft.content(hearing.asked in (CONFIRM, CHANGE)) != known
    back = hearing.asked == CHANGE and hearing.turn.intent == "dont_know"
    draft.fruitless = 0 if new else draft.fruitless + (not back)
    return not back and draft.fruitless > MOST_FRUITLESS


def _start(conversation: Conversation) -> Draft:
    """A new draft; a second booking in a conversation is for the same people at the same place."""
    change_task.leave(conversation)
    person = conversation.person
    region = conversation.region or (person.region if person else "") or settings().default_region
    before = {name: value for name, value in (conversation.recall(PEOPLE) or {}).items() if value}
    draft = Draft(**{"region": region, "town": towns.kept(conversation, region), **before})
    if draft.address:
        draft.offered = {"place": draft.address}
        draft.address = ""
    return draft


def _manage(hearing: Hearing) -> Outcome | None:
    """Words that steer the dialogue itself: wait, stop, back."""
    draft = hearing.draft
    if hearing.turn.intent == "hold_on" and not hearing.fresh and (rest := pauses.rest(hearing.turn)):
        hearing.turn = rest
    if hearing.turn.intent == "hold_on" and hearing.asked == CONFIRM and hearing.turn.does == "agree":
        hearing.turn = replace(hearing.turn, intent="affirm")  # 好，我在家等你们
    if hearing.turn.intent == "hold_on" or pauses.learnt(hearing):
        draft.waiting = not hearing.fresh
        hearing.note("hold_on")
    elif hearing.fresh:
        return None
    elif one_more.declined(hearing):
        return _stop(hearing, "as_it_stands")
    elif one_more.taken(hearing) or steering.only_goes_on(hearing) or steering.lets_go_of_next(hearing):
        hearing.handled = True
    elif words := mistaken.meant(draft.service, hearing.turn):
        dropped.keep(hearing.conversation, draft)
        hearing.conversation.remember(again=words)
        return Outcome([reply("booking.stopped")], "idle", finished=True)
    elif steering.ends(hearing):
        return _stop(hearing)
    elif steering.leaves(hearing):
        dropped.keep(hearing.conversation, draft)
        return Outcome([reply("booking.left", command=Command("hang_up"))], "ended", finished=True)
    elif hearing.turn.intent == "go_back":
        steering.go_back(hearing)
    return None


def _stop(hearing: Hearing, said: str = "stopped") -> Outcome:
    """The booking is not wanted; what was wanted besides is taken up."""
    dropped.keep(hearing.conversation, hearing.draft)
    stopped = Outcome([reply(f"booking.{said}")], "idle", finished=True)
    wish = confirm.next_wish(hearing)
    return _then(hearing, stopped, wish) if wish else stopped


def _hear(hearing: Hearing) -> Outcome | None:
    """Reads the turn into the draft, slot by slot; then sees what came of it."""
    draft = hearing.draft
    hearing.turn = asides.without_price_of(hearing.turn)
    if recap.answer(hearing):
        hearing.conversation.misses = 0
        return None
    reading.read(hearing)
    carried.from_story(hearing)
    refused = _refuse(hearing)
    if refused:
        return refused
    no_such_day.told(hearing)
    towns.warn(hearing)
    if hearing.changed:
        draft.changing = False
    asides.answer_recap(hearing)
    said_more = list(hearing.notes)
    consent.take(hearing)
    kitchen.take(hearing)
    remarks.take(hearing)
    ailments.take(hearing)
    if (
        hearing.asked == CONFIRM
        and not hearing.changed
        and not said_more
        and not asides.asks(hearing.turn)
        and steering.agrees(hearing)
        and not unheard.means_otherwise(hearing)
        and (not hearing.remarked or agreement.goes_ahead(hearing.turn.text) or remarks.beside_a_yes(hearing.turn))
    ):
        return _store(hearing)
    if remarks.told_to_go_ahead(hearing) and not said_more and hearing.draft.read_back:
        draft.changing = False
        return _store(hearing)
    repeated.say_back(hearing)
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
    if outcome.order and hearing.remarked:
        outcome.replies = [*hearing.notes, *outcome.replies]
    wish = confirm.next_wish(hearing) if outcome.order else None
    return _then(hearing, outcome, wish) if wish else outcome


def _then(hearing: Hearing, outcome: Outcome, wish: drafts.Wish) -> Outcome:
    """Goes on with what was wanted besides, in the words it was wanted in."""
    entities = tuple(Entity(kind, value, text) for kind, value, text in wish.entities)
    turn = replace(hearing.turn, text=wish.text, intent="book", entities=entities)
    later = Hearing(hearing.session, hearing.conversation, hearing.draft, turn, hearing.today, "", True)
    later.draft.one_more = one_more.wanted(wish.text)
    if wish.person:
        who.becomes(later, wish.person)
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
    if (
        said
        and hearing.fresh
        and "service" in changed
        and not hearing.draft.options
        and asks_whether_there_is(hearing.turn.text)
    ):
        said = phrase("booking.there_is") + said
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

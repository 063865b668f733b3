"""The jobs of one call: asking the desk and saying its answer, saying something again, putting through, goodbye.

Each is a coroutine that ends when it is done or when the caller's voice ended it; `voice_gateway.call.dialogue` starts them,
one at a time.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from enum import Enum, auto
from typing import Any

import structlog

from care.conversation import accent
from care.conversation.service import Message, Result
from care.reply import Reply
from care.texts import phrase, reply
from voice_gateway.call import fillers, handover
from voice_gateway.call.figures import Figures, TurnTimes
from voice_gateway.call.fillers import Fillers
from voice_gateway.call.house import Caller, House, Opening
from voice_gateway.call.keys import Keypad
from voice_gateway.call.listener import Listener
from voice_gateway.call.mouth import Mouth
from voice_gateway.call.playback import Playback
from voice_gateway.call.question import Question
from voice_gateway.leg import Leg
from voice_gateway.listening.expect import CONFIRMING

log = structlog.get_logger(__name__)

LAST_SECONDS = 3.0
"""Longest that the end of a call waits for what the desk was told aside."""
CALL_BACK = "请给我回电话"
"""What the key for a call back stands for."""
DESK_SECONDS = 15.0
"""Longest that an answer of the desk is waited for."""
TROUBLES = 2
"""So many turns in a row without bot or database, and the caller is given to people."""
WEIGHTY = ("booked", "submitted", "cancelled", "rescheduled", "handed_over", "emergency", "ended")
"""States of answers that are said although the caller has gone on talking."""


class Stage(Enum):
    """What the present job is at."""

    IDLE = auto()
    THINKING = auto()
    SPEAKING = auto()
    HANDING = auto()


class Turns:
    """What the call does; its state is what the dialogue looks at."""

    def __init__(
        self, leg: Leg, house: House, opening: Opening, playback: Playback, mouth: Mouth, listener: Listener,
        keys: Keypad, figures: Figures,
    ) -> None:  # fmt: skip
        self._leg = leg
        self._house = house
        self._opening = opening
        self._playback = playback
        self._mouth = mouth
        self._listener = listener
        self._question = Question(keys, listener)
        self._figures = figures
        self._notes: list[asyncio.Task[None]] = []
        self._background: set[asyncio.Task[Any]] = set()
        self._fillers = Fillers(playback, mouth, figures)
        self._troubles = 0
        self._repeats = 0
        self._number = 0
        self._way_out_taken = False
        self.phone = opening.phone or leg.caller
        self.stage = Stage.IDLE
        self.outcome = ""
        self.handing_over = False
        """The words before a transfer are being said."""
        self.more_to_come = False
        """Another job waits."""
        self.asked_there = False
        """The caller was asked whether they are there, and has said nothing since."""
        self.recorded = house.keep_audio_days > 0

    @property
    def state(self) -> str:
        """Of the conversation after its last answer."""
        return self._question.state

    # What the dialogue says about jobs

    def begin(self, number: int, more: bool, waited: float = 0.0) -> None:
        """A job begins; the caller has waited for it so many seconds already."""
        self._number, self.more_to_come = number, more
        self._fillers.begin(waited)
        self.stage = Stage.THINKING

    def rest(self) -> None:
        """No job runs."""
        self.stage = Stage.IDLE
        self._playback.settled()

    def fill(self) -> None:
        """Passes the time when something is owed and nothing sounds."""
        if self.stage not in (Stage.IDLE, Stage.HANDING):
            self._fillers.fill()

    # Jobs

    async def greet(self, caller: Caller) -> None:
        """The first words: who speaks, that it is a machine, what can be done."""
        loop = asyncio.get_running_loop()
        answered = loop.time()
        self._mouth.pace, self._mouth.louder, self._question.region = caller.pace, caller.louder, caller.region
        self._speak_in(caller.accent)
        first = f"call.outgoing_{self._opening.purpose}" if self._opening.direction == "out" else "call.greeting"
        replies = [reply(first)]
        if self.recorded:
            replies.append(reply("call.greeting_recorded", days=self._house.keep_audio_days))
        replies += [said for said in (caller.hint, caller.offer) if said]

        def sounding() -> None:
            self._figures.greeting = loop.time() - answered

        self._question.ask(replies, "asking_unfinished" if caller.offer else "idle")
        await self._speak(replies, on_start=sounding)

    async def take(self, text: str, times: TurnTimes) -> None:
        """One turn: the desk's answer to what was said."""
        await self._answer(self.ask(text), times)

    async def unheard(self, times: TurnTimes) -> None:
        """A turn whose words could not be made out."""
        await self._answer(self._asked(self._house.desk.unheard(self._message(""))), times)

    async def ask(self, text: str) -> Result | None:
        """The desk's answer; none when it could not be had."""
        return await self._asked(self._house.desk.handle(self._message(text)))

    async def say(self, replies: Sequence[Reply], keep: bool = False, slot: str = "") -> None:
        """Says something of the telephone's own; unless `keep`, its choices are what the keys mean next; `slot` is to be said again."""
        if slot:
            self._question.hear_again(slot)
        elif not keep and any(r.choices for r in replies):
            self._question.ask_beside(replies[-1])
        await self._speak(replies)

    async def again(self, before: Reply | None = None) -> None:
        """The last words once more; after something short only the question, without what was said before it."""
        replies = self._question.replies
        self._question.ask(replies, self.state)
        asked = replies[-1:] if self.state.startswith("asking") else self._question.asked
        await self._speak([*([before] if before else []), *(asked if before and asked else replies)])

    async def check(self, value: str) -> None:
        """Makes sure of something that was heard with doubt."""
        asked = reply("call.check", value=value)
        self._question.make_sure(asked)
        await self._speak([asked])

    async def instant(self, name: str, text: str) -> None:
        """Repeat, slower, faster, louder, quieter, Cantonese, Mandarin: without the bot, now and for the next calls."""
        before = [] if name == "repeat" else [reply(f"{'accent' if name in accent.NAMES else 'call'}.{name}")]
        self._repeats = self._repeats + 1 if name == "repeat" else 0
        if name in ("slower", "faster"):
            self._mouth.change_pace(-1 if name == "slower" else 1)
        elif name in ("louder", "quieter"):
            self._mouth.louder = name == "louder"
        elif name in accent.NAMES:
            self._speak_in(accent.NAMES[name])
            before += [reply("accent.way_back")] if name == "cantonese" else []
        self._aside(self._asked(self._house.desk.handle(self._message(text))))
        asked = self._question.repeated if name == "repeat" else self._question.replies if self.state != "idle" else [reply("call.go_on")]
        await self._speak([*before, *asked], slower=self._repeats > 1)

    async def still_listening(self) -> None:
        """The first silence: nothing but patience, and the question once more, slower."""
        if self.state == CONFIRMING and not self._question.cut_short:  # all of it was heard; who is silent may have said yes
            await self._speak([reply("call.quiet_confirm")])
            return
        question = self._question.replies[-1:] if self.state.startswith(("asking", "confirming")) else []
        await self._speak([reply("call.quiet_listening"), *question], slower=True)

    async def are_you_there(self) -> None:
        """The second silence."""
        self.asked_there = True
        asked = reply("call.quiet_there" if self.phone else "call.quiet_there_no_phone")
        if self.phone:
            self._question.ask_beside(asked)
        await self._speak([asked])

    async def goodbye_for_silence(self, done: bool) -> None:
        """The third silence. What was done needs no call back."""
        name = "bye" if done else "quiet_goodbye" if self.phone else "quiet_goodbye_no_phone"
        if not done:
            self._note("fell_silent" if self._figures.turns else "silence")
        await self._last_words(name, "finished" if done else "silent")

    async def goodbye_for_length(self) -> None:
        """The longest call is over."""
        await self._last_words("limit_goodbye", "limit")

    async def call_back(self) -> None:
        """The caller wants to be called back at this number."""
        self._note("wished")
        await self._last_words("callback_promised", "callback")

    async def ear_slow(self) -> None:
        """What the caller says is heard late."""
        self._figures.fillers += 1
        await self._sentence(reply("call.filler", attempt=fillers.MOST).say)

    async def ear_broken(self) -> None:
        """The caller cannot be heard any more: keys, then people."""
        self._figures.faults.append("ear")
        asked = reply("call.ear_broken")
        self._question.ask_beside(asked)
        await self._sentence(asked.say)

    async def way_out(self) -> None:
        """Something broke for good: people, else a call back; said with sounds that are at hand."""
        if self._way_out_taken:
            self.outcome = self.outcome or "broken"
            return
        self._way_out_taken = True
        self._playback.stop(everything=True)
        if self._leg.can_transfer and self._house.operators and self._house.on_duty():
            await self._sentence(phrase("call.broken_handing_over"))
            if await self._put_through("desk"):
                return
        self._note("broken")
        await self._last_words("broken" if self.phone else "broken_no_phone", "broken")

    def caption(self, text: str, final: bool = True) -> None:
        """Shows what was heard, where the line has a screen."""
        if text:
            self._aside(self._leg.caption("caller", text, final))

    async def close(self) -> None:
        """Lets what runs beside the call come to its end."""
        await asyncio.gather(*self._notes)
        if self._background:
            await asyncio.wait(self._background, timeout=LAST_SECONDS)

    # How they do it

    def _speak_in(self, chosen: str) -> None:
        self._mouth.accent = chosen
        self._question.speak_in(chosen)

    def _message(self, text: str) -> Message:
        return Message(self._leg.id, text, "phone", self.phone or None, cut_short=self._question.cut_short)

    async def _asked(self, answer: Any) -> Result | None:
        try:
            async with asyncio.timeout(DESK_SECONDS):
                return await answer
        except Exception as error:  # the desk's promise is never to raise; the caller is not to suffer if it does
            log.error("desk_failed", error=type(error).__name__)
            return None

    async def _answer(self, asked: Any, times: TurnTimes) -> None:
        number = self._number
        self._repeats = 0
        self._figures.turns.append(times)
        loop = asyncio.get_running_loop()
        waited = min(loop.time() - times.speech_ended, self._playback.quiet)
        filler = loop.call_later(self._fillers.after(waited), self._fill_turn, number, times)
        try:
            result = await asked
            if number != self._number:  # an emergency went first; what was decided is in the records
                return
            times.understood = loop.time()
            if result is None or result.trouble:
                self._troubles += 1
                self._figures.faults.append(result.trouble if result else "desk")
                if result is None or self._troubles >= TROUBLES:
                    await self.way_out()
                    return
            else:
                self._troubles = 0
            self._question.ask(result.replies, result.state, result.region)
            if self.more_to_come and result.state not in WEIGHTY:
                return
            await self._give(result, times)
        finally:
            filler.cancel()

    def _fill_turn(self, number: int, times: TurnTimes) -> None:
        speech = self._playback.speaking
        if number == self._number and not (speech and speech.started):
            times.filled = True
            self.fill()

    async def _give(self, result: Result, times: TurnTimes) -> None:
        """Says an answer and does what it commands."""
        command = next((r.command for r in result.replies if r.command), None)
        name = command.name if command else ""
        if name in ("slower", "faster"):
            self._mouth.pace = command.detail.get("rate", self._mouth.pace)
        elif name in ("louder", "quieter"):
            self._mouth.louder = name == "louder"
        elif command and name == "accent":
            self._speak_in(command.detail.get("accent", self._mouth.accent))
        detail = command.detail if name == "transfer" else {}
        urgent = bool(detail.get("urgent"))
        goes_through = name == "transfer" and handover.can_go_through(self._leg, self._house, detail)
        self.handing_over = goes_through and not urgent
        replies, ringing = result.replies, None
        if goes_through and urgent:
            replies = handover.unasked(replies)
        if goes_through and urgent and detail.get("to") == "duty":
            ringing = handover.ring_at_once(self._leg, self._house, self._playback)

        def sounding() -> None:
            times.sounded = asyncio.get_running_loop().time()

        try:
            whole = await self._speak(replies, interruptible=not urgent, on_start=sounding)
            going = goes_through and (urgent or self.handing_over) and not self.outcome
            self.handing_over = False
            if going:
                await self._hand_over(detail, ringing)
        finally:
            if ringing:
                ringing.cancel()
        if not going and name == "hang_up" and whole:
            self.outcome = "finished"

    async def _hand_over(self, detail: dict[str, Any], ringing: asyncio.Task[bool] | None = None) -> None:
        to = str(detail.get("to", "desk"))
        if await self._put_through(to, ringing):
            return
        said = handover.not_taken(detail, self.phone)
        if said.choices:
            self._question.ask([said], self.state)
        await self._sentence(said.say)

    async def _put_through(self, to: str, ringing: asyncio.Task[bool] | None = None) -> bool:
        """Has the caller taken over, while they hear the ringing tone; `ringing`: it is under way already."""
        self.stage = Stage.HANDING
        self._listener.deaf = self._playback.ringing = True
        try:
            taken = await (ringing or handover.put_through(self._leg, self._house, to))
        finally:
            self._playback.ringing = False
            self._listener.reset()
            self._listener.deaf = False
        if taken:
            self._listener.deaf = True
            self.outcome = "transferred"
        return taken

    def _note(self, why: str) -> None:
        """Has somebody call back; the caller is not kept waiting while that is written down."""
        self._notes.append(asyncio.create_task(self._house.book.note(self._leg.id, self.phone, why)))

    async def _last_words(self, name: str, outcome: str) -> None:
        self._question.settle()
        if await self._sentence(phrase(f"call.{name}")):
            self.outcome = outcome

    async def _sentence(self, text: str) -> bool:
        """A sentence that is at hand; whether it was said to its end."""
        self.stage = Stage.SPEAKING
        self._aside(self._leg.caption("hotline", text, True))
        speech = self._mouth.at_once(text)
        await speech.done.wait()
        return not speech.interrupted

    async def _speak(
        self, replies: Sequence[Reply], *, interruptible: bool = True, slower: bool = False, on_start: Any = None
    ) -> bool:
        """Says replies; whether all of it was said."""
        if not replies:
            return True
        self.stage = Stage.SPEAKING
        said = [r.say for r in replies]

        def sounding() -> None:
            self._aside(self._leg.caption("hotline", "".join(said), True))
            if on_start:
                on_start()

        speech = self._mouth.say(said, interruptible=interruptible, slower=slower, on_start=sounding)
        await speech.done.wait()
        self._question.said(replies, 1.0 if not speech.interrupted else speech.share)
        if speech.failed:
            self._figures.faults.append("voice")
            await self.way_out()
            return False
        return not speech.interrupted

    def _aside(self, work: Any) -> None:
        task = asyncio.ensure_future(work)
        self._background.add(task)
        task.add_done_callback(self._background.discard)

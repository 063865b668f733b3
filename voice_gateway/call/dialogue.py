"""The dialogue of one call: what each thing that happens means now, and in which order it is dealt with.

Emergencies go before everything; then keys and commands, which need no understanding; then the desk. One job runs at a
time (asking the desk and saying its answer, saying something again, putting through); what comes in meanwhile waits,
except that the caller's voice ends what is being said.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import structlog

from care import emergency
from care.calls.words import means
from care.conversation import hearing
from care.texts import reply
from voice_gateway.call import happenings as it
from voice_gateway.call import silence, tongue
from voice_gateway.call.cry import Cry
from voice_gateway.call.doubts import Doubts
from voice_gateway.call.figures import Figures, TurnTimes
from voice_gateway.call.house import Caller, House, Opening
from voice_gateway.call.jobs import Job, Jobs
from voice_gateway.call.keys import Keypad
from voice_gateway.call.ladders import SilenceLadder
from voice_gateway.call.listener import Listener
from voice_gateway.call.monologue import Monologue
from voice_gateway.call.mouth import Mouth
from voice_gateway.call.playback import Playback
from voice_gateway.call.turns import CALL_BACK, Stage, Turns
from voice_gateway.leg import Leg
from voice_gateway.listening import Partial, SpeechStarted, Utterance, spoken_names

log = structlog.get_logger(__name__)

ENOUGH = 0.6
"""Part of a sentence from which a bare yes, said into it, can be an answer to it."""
COUGH = 1.5
"""Seconds after which speech that was held back goes on, if the caller's sound had no words in it."""
FALSE_STARTS = 3
"""So many sounds without words during one speech, and it is not held back any more: an echo, or a television."""
WORD_SECONDS = 0.35
"""Shorter sounds that were not understood were no words."""
NAMES_ASKED = ("asking_name", "asking_identity")
INSTANT = ("repeat", "slower", "faster", "louder", "quieter")


class Dialogue:
    """Deals with what happens, one thing after the other (`on`)."""

    def __init__(
        self, leg: Leg, house: House, opening: Opening, playback: Playback, mouth: Mouth, listener: Listener,
        figures: Figures, post: Callable[[Any], None],
    ) -> None:  # fmt: skip
        self._leg = leg
        self._playback = playback
        self._listener = listener
        self._figures = figures
        self._post = post
        self._keys = Keypad()
        self._cry = Cry(self._cried)
        self._typing: asyncio.TimerHandle | None = None
        self.ladder = SilenceLadder(lambda rung: post(it.Quiet(rung)), house.patience)
        self.turns = Turns(leg, house, opening, playback, mouth, listener, self._keys, figures)
        self._doubts = Doubts(self.turns, figures)
        self._monologue = Monologue(post)
        self._jobs = Jobs(self.turns, playback, figures, post)
        self._talking = False
        self._words_begun = False
        self._false_starts = 0
        self._searching = False
        self._heard_late = False
        """That the ear is behind is being said."""
        self._since: float | None = None
        """When the caller fell silent, or pressed a key, for which something is being done."""
        self._key_at = 0.0

    @property
    def outcome(self) -> str:
        """How the dialogue ended; empty while it goes on."""
        return self.turns.outcome

    def greet(self, caller: Caller) -> None:
        """Begins to speak."""
        self._jobs.submit(Job(lambda: self.turns.greet(caller)))

    def on(self, event: object) -> None:
        """Deals with one thing; never waits."""
        self._since = None
        match event:
            case it.TurnOver():
                self._turn_over(event)
            case SpeechStarted():
                self._speech_started()
            case Partial(text=text):
                self._words_begun = self._words_begun or bool(text)
                self._monologue.goes_on()
                self.ladder.hold()
                self.turns.caption(text, final=False)
                if self.turns.state != "emergency" and self.turns.stage is not Stage.HANDING and not self._is_name(text, over=False):
                    self._cry.partial(text)
            case it.Pressed(digit):
                self._pressed(digit)
            case it.TypingPaused():
                self._since = self._key_at
                self._typed()
            case it.Quiet(rung):
                self._quiet(rung)
            case it.JobDone(number):
                self._job_done(number)
            case it.Held(on):
                self._held(on)
            case it.EarSlow():
                if self.turns.stage is Stage.IDLE:
                    self._heard_late = True
                    self._submit(Job(self.turns.ear_slow))
            case it.EarReplaced():
                self._not_heard()
            case it.EarBroke():
                self._submit(Job(self.turns.ear_broken))
            case it.NearEnd(now):
                self._near_end(now)

    async def left(self) -> None:
        """The caller is gone: a cry for help that was cut off still counts."""
        half = self._listener.key()
        words = self._cry.joined(half.text) if half and not self._cry.acted else ""
        if words and emergency.check(words):
            await self.turns.ask(words)

    async def close(self) -> None:
        """Ends whatever is under way."""
        self.ladder.stop()
        self._cry.over()
        self._monologue.forget()
        if self._typing:
            self._typing.cancel()
        await self._jobs.close()

    # What the caller does

    def _speech_started(self) -> None:
        self._talking, self._words_begun = True, False
        self.ladder.hold()
        if self._playback.speaking and self._false_starts < FALSE_STARTS:
            self._playback.pause()
            asyncio.get_running_loop().call_later(COUGH, self._only_a_cough, self._jobs.number)

    def _only_a_cough(self, number: int) -> None:
        if number == self._jobs.number and self._playback.paused and not self._words_begun:
            self._false_starts += 1
            self._playback.resume()

    def _turn_over(self, turn: it.TurnOver) -> None:
        heard = turn.heard
        self._talking = False
        self._since = turn.speech_ended
        times = TurnTimes(turn.speech_ended, turn.decided, heard=asyncio.get_running_loop().time())
        text = heard.text.strip()
        self.turns.caption(text)
        raw = heard.raw.replace(" ", "")
        acted, rest = self._cry.acted, self._cry.rest(raw)
        told = [] if acted or self._is_name(raw) else dict.fromkeys([self._cry.joined(text), text, raw])
        danger = next((words for words in told if emergency.check(words)), "")
        self._cry.over(raw, heard.cut and not danger)
        listens = not danger and self._listens_only(text)
        log.info("turn", letters=len(text), sure=round(heard.confidence, 2), doubted=bool(heard.unsure), acted=acted,
                 danger=bool(danger), listens=listens, speaking=self._playback.speaking is not None)  # fmt: skip
        if acted:
            self._went_on(rest, times)
        elif danger:
            self._urgent(danger, times)
        elif listens:
            self._playback.resume()
        else:
            self._heard_out(self._monologue.whole(heard), times)

    def _heard_out(self, heard: Utterance, times: TurnTimes) -> None:
        """What was said is no emergency; if it goes on behind the limit for one turn, the rest belongs to it."""
        if self.turns.state != "emergency" and self._monologue.waits(heard):
            self._talking = True
            self.ladder.hold()
        elif not heard.text.strip():
            self._nothing_made_out(heard, times)
        else:
            self._false_starts = 0
            self.ladder.heard()
            self._said(heard.text.strip(), times, heard)

    def _is_name(self, words: str, over: bool = True) -> bool:
        """Whether a name was asked for and told, in which the recogniser may have written any characters (烧着)."""
        told = spoken_names.tells_name(words) or not over and spoken_names.begins_name(words)
        return self.turns.state in NAMES_ASKED and told

    def _listens_only(self, text: str) -> bool:
        """Whether a sound such as 嗯 or 喂 came while we speak, before it can be an answer; to the short “您说的是……，对吗？” it always is one."""
        speech = self._playback.speaking
        return speech is not None and not self._doubts.open and means(text, "listening") and speech.share < ENOUGH

    def _nothing_made_out(self, heard: Utterance, times: TurnTimes) -> None:
        if self._playback.paused or self._playback.speaking:
            self._false_starts += 1
            self._playback.resume()
        elif self.turns.stage is not Stage.IDLE:
            return
        elif heard.speech_ended - heard.speech_started < WORD_SECONDS:
            self.ladder.start(self._searching)
        else:
            self.ladder.heard()
            self._figures.unheard += 1
            self._submit(Job(lambda: self.turns.unheard(times)))

    def _said(self, text: str, times: TurnTimes, heard: Utterance | None = None) -> None:
        """Words (or what a key stands for) that are no emergency."""
        turns = self.turns
        if turns.stage is Stage.HANDING or (turns.handing_over and not means(text, "stay")):
            self._playback.resume()
            return
        if turns.handing_over:
            turns.handing_over = False
            self._submit(Job(lambda: turns.say([reply("call.transfer_kept")])))
            return
        if text == CALL_BACK and turns.phone:
            self._submit(Job(turns.call_back))
        elif turns.recorded and means(text, "no_recording"):
            turns.recorded = False
            self._submit(Job(lambda: turns.say([reply("call.recording_stopped")])))
        elif wished := tongue.wished(text, heard):
            self._doubts.forget()
            self._instant(wished, tongue.TOLD[wished])
        elif self._doubts.open:
            self._meant(self._doubts.answered(text, times), times)
        elif means(text, "presence") and (turns.asked_there or text not in ("在", "在的")) and heard:
            self._submit(Job(turns.again))
        elif not (heard and heard.unsure) and (name := hearing.command(text)) in INSTANT:
            self._instant(str(name), text)
        elif heard and means(text, "hesitation"):
            self._submit(Job(turns.still_listening))
        elif means(text, "searching"):
            self._searching = True
            self._submit(Job(lambda: turns.say([reply("conversation.hold_on")])))
        elif heard and heard.unsure:
            self._meant(self._doubts.about(heard, times), times)
        else:
            self._take(text, times)

    def _take(self, text: str, times: TurnTimes) -> None:
        self._searching = self.turns.asked_there = False
        self._doubts.settle()
        self._submit(Job(lambda: self.turns.take(text, times), text, times))

    def _meant(self, found: Job | str, times: TurnTimes) -> None:
        """Does what is to be done about a doubt, or takes the words that it left."""
        if isinstance(found, str):
            self._take(found, times)
        else:
            self._submit(found)

    def _cried(self, text: str) -> None:
        """An emergency in words that are not over yet."""
        now = asyncio.get_running_loop().time()
        self._urgent(text, TurnTimes(speech_ended=now, decided=now))

    def _went_on(self, rest: str, times: TurnTimes) -> None:
        """The turn that was acted on before its end is over: what it said besides comes after the advice."""
        if rest:
            self._take(rest, times)
        elif self.turns.stage is Stage.IDLE:
            self.ladder.heard()
            self.ladder.start()
        else:
            self._playback.resume()

    def _urgent(self, text: str, times: TurnTimes) -> None:
        self.ladder.heard()
        self._monologue.forget()
        speech = self._playback.speaking
        if speech and not speech.interruptible:  # the advice is being said: what is told meanwhile comes after it
            self._take(text, times)
            return
        self._doubts.forget()
        self._playback.stop()
        self.ladder.stop()
        self._jobs.at_once(Job(lambda: self.turns.take(text, times), since=self._since))

    def _instant(self, name: str, text: str) -> None:
        """Repeat, slower, louder: done here and now; the desk is told afterwards."""
        self._submit(Job(lambda: self.turns.instant(name, text)))

    def _pressed(self, digit: str) -> None:
        half = self._listener.key()
        self._talking = False
        self._monologue.forget()
        acted = self._cry.acted
        self._cry.over()
        now = self._since = self._key_at = asyncio.get_running_loop().time()
        if half and not acted and emergency.check(half.text):
            self._urgent(half.text, TurnTimes(now, now))
            return
        if self._typing:
            self._typing.cancel()
        self.ladder.heard()
        meaning = self._keys.press(digit)
        if meaning.do == "collect":
            self._playback.stop()
            if meaning.pause:
                self._typing = asyncio.get_running_loop().call_later(meaning.pause, self._post, it.TypingPaused())
            else:
                self._typed()
        else:
            self._do(meaning.do, meaning.text)

    def _typed(self) -> None:
        meaning = self._keys.ended()
        self._do(meaning.do, meaning.text)

    def _do(self, what: str, text: str) -> None:
        now = asyncio.get_running_loop().time()
        times = TurnTimes(now if self._since is None else self._since, now)
        if what == "human":
            self._take("人工", times)
        elif what in INSTANT:
            self._instant(what, {"repeat": "再说一遍", "slower": "慢一点"}[what])
        elif what == "say":
            self.turns.caption(text)
            if emergency.check(text):
                self._urgent(text, times)
            else:
                self._said(text, times)
        elif self.turns.stage is Stage.IDLE:
            self.ladder.start()
        else:
            self._playback.resume()

    # What does not happen, and the rest

    def _quiet(self, rung: int) -> None:
        if self.turns.stage is Stage.IDLE:
            self._talking = False
            self._submit(silence.job(self.turns, rung, self._listener.broken))

    def _not_heard(self) -> None:
        """Something was said and is lost; ears fail only while they hear a voice."""
        self._talking = False
        again = Job(lambda: self.turns.again(reply("call.unheard")))
        if self._heard_late:
            self._jobs.later(again)
        elif self.turns.stage is Stage.IDLE:
            self._submit(again)
        else:
            self._playback.resume()
            return
        self._figures.unheard += 1

    def _held(self, on: bool) -> None:
        self._playback.muted = self._listener.deaf = on
        if on:
            self.ladder.stop()
        elif self.turns.stage is Stage.IDLE:
            self.ladder.heard()
            self._submit(Job(lambda: self.turns.again(reply("call.welcome_back"))))

    def _near_end(self, now: bool) -> None:
        if self.turns.state == "emergency":
            return
        if now:
            self._playback.stop(everything=True)
            self.ladder.stop()
            self._jobs.at_once(Job(self.turns.goodbye_for_length))
        elif self.turns.stage is Stage.IDLE and not self._talking:
            self._submit(Job(lambda: self.turns.again(reply("call.limit_warning"))))
        else:
            self._jobs.later(Job(lambda: self.turns.say([reply("call.limit_warning")], keep=True)))

    # Jobs

    def _submit(self, job: Job) -> None:
        self.ladder.stop()
        self._jobs.submit(replace(job, since=self._since))

    def _job_done(self, number: int) -> None:
        if number != self._jobs.number or self.outcome:
            return
        self.turns.rest()
        self._heard_late = False
        self.ladder.emergency = self.turns.state == "emergency"
        if self._jobs.next():
            self.ladder.stop()
        elif self._talking or self._keys.begun:
            self.ladder.hold()
        else:
            self.ladder.start(self._searching)

    def dead_air(self) -> None:
        """Something is owed and nothing sounds."""
        self.turns.fill()
